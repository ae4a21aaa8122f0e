/**
 * Completes package-lock.json after `npm install`: where a registry does not carry the binaries of other platforms, npm leaves their
 * optional packages out, and then `npm ci` refuses the lock file. Adds an entry for each, by what its name says.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const entrySchema = z.looseObject({
  dev: z.boolean().optional(),
  license: z.string().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const lockSchema = z.looseObject({ packages: z.record(z.string(), entrySchema) });

const systems = ['android', 'darwin', 'freebsd', 'linux', 'win32', 'openharmony'];
const processors = ['arm64', 'arm', 'x64', 'ia32', 'wasm32', 'ppc64', 'riscv64', 's390x'];

/** What a name like `binding-linux-x64-musl` says of where the package belongs. */
function place(name: string): { cpu: string[]; os?: string[]; libc?: string[] } | null {
  const parts = name.split('/').at(-1)?.split('-') ?? [];
  const cpu = processors.find((processor) => parts.includes(processor));
  const os = systems.find((system) => parts.includes(system));
  if (cpu === undefined) return null;
  const libc = parts.includes('musl') ? 'musl' : parts.includes('gnu') ? 'glibc' : undefined;
  return { cpu: [cpu], ...(os ? { os: [os] } : {}), ...(libc ? { libc: [libc] } : {}) };
}

const file = new URL('../package-lock.json', import.meta.url);
const lock = lockSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
let added = 0;
for (const [path, { optionalDependencies = {}, dev, license }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const known = [`node_modules/${name}`, `${path}/node_modules/${name}`].some(
      (key) => key in lock.packages,
    );
    const where = known ? null : place(name);
    if (where === null) continue;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...where,
      ...(dev ? { dev } : {}),
      license: license ?? 'UNKNOWN',
      optional: true,
    };
    added += 1;
  }
}
const { '': root, ...others } = lock.packages;
const sorted = Object.entries(others).toSorted(([one], [other]) => (one < other ? -1 : 1));
lock.packages = { ...(root ? { '': root } : {}), ...Object.fromEntries(sorted) };
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} entries added to package-lock.json`);

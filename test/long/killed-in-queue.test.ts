import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { exitCodes } from '../../src/main/hosts/cli/exit-codes.ts';
import { scratchFolder } from '../support/case-fixture.ts';

const main = fileURLToPath(new URL('../../src/main/hosts/cli/main.ts', import.meta.url));
const lineSchema = z.looseObject({ type: z.string(), url: z.string().optional() });

/** Runs the command line and gives what it printed; kills it without warning once it has said `killAfter` lines of that type. */
async function constat(folder: string, args: string[], input = '', killAfter = { type: '', lines: 0 }) {
  const env = { ...process.env, CONSTAT_HOME: join(folder, 'home'), CONSTAT_CASE: 'case.constat' };
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  child.stdin.end(input);
  const lines: string[] = [];
  let counted = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line.includes(`"type":"${killAfter.type}"`)) counted += 1;
    if (killAfter.lines > 0 && counted === killAfter.lines) child.kill('SIGKILL');
  }
  return { lines, exit: await exited };
}

it('captures each address of a list once, though it was killed in the middle of it', async () => {
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    const host = request.headers.host ?? '';
    if (request.url === '/') asked.set(host, (asked.get(host) ?? 0) + 1);
    response.setHeader('content-type', 'text/html');
    response.end(`<title>${host}</title><p>Here it is.`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const urls = ['a', 'b', 'c', 'd', 'e'].map((name) => `http://${name}.localhost:${port}/`);
  const folder = scratchFolder();
  await constat(folder, ['new', 'case.constat', '--title', 'Killed']);
  const capture = ['capture', '--from', '-', '--allow-private', '--no-pdf', '--concurrency', '2', '--json'];

  const killed = await constat(folder, capture, urls.join('\n'), { type: 'sealed', lines: 2 });
  expect(killed.exit).toEqual([null, 'SIGKILL']);

  const resumed = await constat(folder, ['resume', '--json']);
  // What was being captured then may be sealed as far as it came.
  expect([exitCodes.done, exitCodes.partial]).toContain(resumed.exit[0]);
  const sealed = [...killed.lines, ...resumed.lines]
    .map((line) => lineSchema.parse(JSON.parse(line)))
    .filter(({ type }) => type === 'sealed');
  // What was sealed in the very moment of the kill is in the case and was not said.
  const listed: unknown = JSON.parse((await constat(folder, ['list', '--json'])).lines.join('\n'));
  const captures = z.array(z.object({ requestedUrl: z.string() })).parse(listed);
  expect(captures.map(({ requestedUrl }) => requestedUrl).toSorted()).toEqual(urls);
  expect(sealed.length).toBeGreaterThanOrEqual(4);
  expect((await constat(folder, ['verify'])).exit[0]).toBe(0);
  // Asking for the list again asks no server for anything.
  const before = new Map(asked);
  const again = await constat(folder, capture, urls.join('\n'));
  expect(again.exit[0]).toBe(0);
  expect(asked).toEqual(before);
});

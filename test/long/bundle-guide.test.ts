import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exportBundle } from '../../src/main/bundle/export.ts';
import { bundleRequestSchema } from '../../src/shared/domain/bundle.ts';
import { sampleCase, type MadeUpCase } from '../service/bundle-case.ts';

const tools = ['sha256sum', 'ssh-keygen', 'openssl'];
const missing = tools.filter((tool) => spawnSync(tool, ['--help']).error !== undefined);

let made: MadeUpCase;
let copy: string;
beforeAll(async () => {
  made = await sampleCase();
  copy = join(made.folder, 'copy');
  for (const language of ['en', 'fr'] as const) {
    const destination = join(made.folder, language);
    await exportBundle(made.deps, bundleRequestSchema.parse({ destination, language }));
  }
});
afterAll(() => made.close());

beforeEach(() => {
  rmSync(copy, { recursive: true, force: true });
  cpSync(join(made.folder, 'en'), copy, { recursive: true });
});

/** Does what VERIFY.txt tells its reader to do to run everything at once, and nothing else. */
function follow(folder: string) {
  const own = join(made.folder, 'check.sh');
  const taken = spawnSync('sh', ['-c', `sed -n 's/^    //p' VERIFY.txt > '${own}'`], { cwd: folder });
  expect(taken.status).toBe(0);
  const before = readdirSync(folder, { recursive: true }).length;
  const { status, stdout, stderr } = spawnSync('sh', ['-e', own], { cwd: folder, encoding: 'utf8' });
  expect(readdirSync(folder, { recursive: true }).length, 'the commands leave nothing in the bundle').toBe(
    before,
  );
  return { ok: status === 0, output: `${stdout}${stderr}` };
}

describe.skipIf(missing.length > 0)(`VERIFY.txt, followed to the letter (needs ${tools.join(', ')})`, () => {
  it.each(['en', 'fr'])('finds everything in order (%s)', (language) => {
    const { ok, output } = follow(join(made.folder, language));
    expect(output).toMatch(/^data\/captures\/001-[0-9a-f]{8}\/archive.wacz: OK$/m);
    expect(output).toContain(
      `Good "constat-bundle@constat.invalid" signature for operator with ED25519 key ${made.key.fingerprint}`,
    );
    expect(output).toContain('Signature Verified Successfully');
    expect(output).toMatch(/^entry 0: in the log$/m);
    expect(output).toMatch(/^detail 1: as in the log$/m);
    expect(output).toMatch(/^data\/captures\/003-[0-9a-f]{8}\/archive.wacz: as sealed$/m);
    expect(output).not.toContain('NOT');
    expect(ok).toBe(true);
  });

  it('tells the fingerprint to ask for over another channel, and that what comes in a bundle can lie', () => {
    const guide = readFileSync(join(copy, 'VERIFY.txt'), 'utf8');
    expect(guide).toContain(made.key.fingerprint);
    expect(guide).toMatch(/can lie[\s\S]*ANOTHER CHANNEL/);
  });

  it.each([
    [
      'en',
      /covered by the lists[\s\S]*"constat verify" compares[\s\S]*any WACZ player/,
      /nothing\s+recomputes/,
    ],
    [
      'fr',
      /couvert que par les\s+listes[\s\S]*« constat verify »\s+compare[\s\S]*lecteur WACZ/,
      /rien ne\s+recalcule/,
    ],
  ])(
    'says what its steps do not compare, and whose statement the report is (%s)',
    (language, beside, report) => {
      const guide = readFileSync(join(made.folder, language, 'VERIFY.txt'), 'utf8');
      expect(guide).toMatch(beside);
      expect(guide).toMatch(report);
      expect(readFileSync(join(made.folder, language, 'data/report.html'), 'utf8')).toMatch(
        /nothing recomputes it|rien ne le recalcule/,
      );
    },
  );

  it.each<[string, () => void]>([
    ['a changed archive', () => change(archive(), /courier/, 'courieR')],
    ['a changed entry', () => change('data/log/events.jsonl', /2026-/, '2025-')],
    ['a changed tag file', () => change('bag-info.txt', /Basin/, 'Basic')],
    ['a changed list', () => change('manifest-sha256.txt', /^[0-9a-f]/, 'x')],
    ['a file too many in data/', () => writeFileSync(join(copy, 'data/extra'), '')],
    ['a file too many beside data/', () => writeFileSync(join(copy, 'READ ME FIRST.html'), '')],
    ['a file too many in keys/', () => writeFileSync(join(copy, 'keys/other.pub'), '')],
    ['an empty folder', () => mkdirSync(join(copy, 'data/captures/005-suppressed'))],
    ['a lost file', () => rmSync(join(copy, 'data/report.html'))],
    ['another key', () => change('keys/allowed_signers', /AAAAC3/, 'AAAAC4')],
  ])('fails on %s', (_, tamper) => {
    tamper();
    expect(follow(copy).ok).toBe(false);
  });

  it.each<[string, RegExp, () => void]>([
    ['the signature', /^2\. /, () => change('tagmanifest-sha256.txt', /bag-info/, 'bag-infO')],
    ['a second key', /^2\. /, () => swapLast('keys/log.vkey')],
    ['the head', /^3\. /, () => change('data/log/checkpoint.txt', /\n\d+\n/, '\n99\n')],
    ['an entry', /^4\. /, () => change('data/log/events.jsonl', /2026-/, '2025-')],
    ['a detail', /^5\. /, () => change('data/log/details.jsonl', /Basin/, 'Basic')],
    ['an entry without its line end', /^4\. /, () => appendFileSync(join(copy, events), forgedEntry())],
    [
      'a detail without its line end',
      /^5\. /,
      () => appendFileSync(join(copy, details), '{"seq":1,"salt":"AAAA","detail":{}}'),
    ],
    ['an archive', /^6\. /, () => change(archive(), /courier/, 'courieR')],
    ['archives of two exhibits exchanged', /^6\. /, () => exchange('archive.wacz')],
    [
      'archives and capture.json of two exhibits exchanged',
      /^6\. /,
      () => {
        exchange('archive.wacz');
        exchange('capture.json');
      },
    ],
    ['a lost exhibit', /^6\. /, () => rmSync(join(copy, archive(), '..'), { recursive: true })],
  ])('has a step of its own for %s', (_, step, tamper) => {
    expect(only(step)).toBe(true);
    tamper();
    expect(only(step)).toBe(false);
  });
});

function change(path: string, what: RegExp, by: string): void {
  const text = readFileSync(join(copy, path), 'latin1');
  expect(text).toMatch(what);
  writeFileSync(join(copy, path), text.replace(what, by), 'latin1');
}
/** Another last letter of the key, whichever it is. */
function swapLast(path: string): void {
  change(path, /(.)(....)\n$/, readFileSync(join(copy, path), 'latin1').at(-6) === 'x' ? 'y$2\n' : 'x$2\n');
}

const [events, details] = ['data/log/events.jsonl', 'data/log/details.jsonl'];

/** The last entry, as one that the log does not have. */
function forgedEntry(): string {
  const line = readFileSync(join(copy, events), 'utf8').split('\n').at(-2) ?? '';
  expect(line).toMatch(/"seq":\d+/);
  return line.replace(/"time":"2/, '"time":"1');
}

function archive(exhibit = 1): string {
  return `data/captures/${readdirSync(join(copy, 'data/captures')).sort()[exhibit - 1]}/archive.wacz`;
}

function exchange(name: string): void {
  const [one, two] = [join(copy, archive(1), '..', name), join(copy, archive(2), '..', name)];
  const bytes = readFileSync(one);
  cpSync(two, one);
  writeFileSync(two, bytes);
}

/** Only one step, on a copy whose lists were not made anew: each step finds on its own what it is there for. */
function only(step: RegExp): boolean {
  const blocks = readFileSync(join(copy, 'VERIFY.txt'), 'utf8')
    .split(/\n(?=\d\. )/)
    .filter((block) => block.startsWith('0. ') || step.test(block));
  const commands = blocks.flatMap((block) => block.split('\n').filter((line) => line.startsWith('    ')));
  return (
    spawnSync('sh', ['-e', '-c', commands.map((line) => line.slice(4)).join('\n')], { cwd: copy }).status ===
    0
  );
}

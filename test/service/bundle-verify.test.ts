import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openFolderTree } from '../../src/main/bundle/bagit/folder-tree.ts';
import { exportBundle } from '../../src/main/bundle/export.ts';
import { keyFiles } from '../../src/main/bundle/keys.ts';
import { verifyBundle } from '../../src/main/bundle/verify.ts';
import { loadOrCreateOperatorKey } from '../../src/main/custody/operator-key.ts';
import { formatVkey, signNote } from '../../src/main/custody/signed-note.ts';
import { bundleRequestSchema } from '../../src/shared/domain/bundle.ts';
import type { Verification } from '../../src/shared/domain/custody.ts';
import { ConstatError } from '../../src/shared/problems.ts';
import { sampleCase, type MadeUpCase } from './bundle-case.ts';
import { capture, dropLine, replace, sealAnew } from './bundle-tamper.ts';

let made: MadeUpCase;
let whole: string;
let zip: string;
let copy: string;
beforeAll(async () => {
  made = await sampleCase();
  [whole, zip, copy] = [
    join(made.folder, 'whole'),
    join(made.folder, 'whole.zip'),
    join(made.folder, 'copy'),
  ];
  await exportBundle(made.deps, bundleRequestSchema.parse({ destination: whole }));
  await exportBundle(made.deps, bundleRequestSchema.parse({ destination: zip, format: 'zip' }));
});
afterAll(() => made.close());

beforeEach(() => {
  rmSync(copy, { recursive: true, force: true });
  cpSync(whole, copy, { recursive: true });
});

/** What failed, as `item: message`; an unreadable bundle counts with its reason. */
async function failures(path: string): Promise<string[]> {
  let verification: Verification;
  try {
    verification = await verifyBundle(path);
  } catch (error) {
    if (error instanceof ConstatError && error.code === 'BUNDLE_UNREADABLE') return [error.message];
    throw error;
  }
  const failed = verification.checks.filter(({ status }) => status === 'fail');
  expect(verification.ok).toBe(failed.length === 0);
  return failed.map(({ item, message }) => `${item}: ${message}`);
}

/** The same numbers in every run, so that a failure can be looked at. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe('a bundle as it was written', () => {
  it.each(['folder', 'zip'])('verifies without case, key or browser (%s)', async (format) => {
    const progress: number[] = [];
    const path = format === 'zip' ? zip : whole;
    const onProgress = ({ done, total }: { done: number; total: number }): void =>
      void progress.push(done / total);
    const verification = await verifyBundle(path, { onProgress });
    expect(verification.checks.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect(verification).toMatchObject({ ok: true, subject: 'Basin Solidarity', counts: { captures: 3 } });
    expect(verification.checkpoint?.note).toContain(made.log.origin);
    expect(progress.at(-1)).toBe(1);
    expect(progress.every((value, index) => value >= (progress[index - 1] ?? 0))).toBe(true);
  });

  it('verifies when another program packed it, and says so', async () => {
    const packed = join(made.folder, 'packed.zip');
    const run = spawnSync('python3', ['-c', packer, packed, 'whole'], { cwd: made.folder });
    expect(run.stderr.toString()).toBe('');
    const verification = await verifyBundle(packed);
    expect(verification.checks.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(verification.checks).toContainEqual(expect.objectContaining({ item: 'zip', status: 'warning' }));
  });
});

const packer = `
import sys, os, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
    for folder, _, files in os.walk(sys.argv[2]):
        for name in files: z.write(os.path.join(folder, name))
`;

describe('one flipped bit', () => {
  it('in any file of a folder fails and names the file', async () => {
    const random = numbers(7);
    for (const file of openFolderTree(whole).files) {
      const path = join(copy, file.path);
      const bytes = readFileSync(path);
      const offset = Math.floor(random.next().value * bytes.length);
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(offset) ^ (1 << Math.floor(random.next().value * 8)), offset);
      writeFileSync(path, flipped);
      const found = await failures(copy);
      expect(found.join('\n'), `${file.path}, byte ${offset}`).toContain(
        file.path.replace(/^data\/captures\/00(\d).*\/archive/, 'exhibit $1, archive'),
      );
      writeFileSync(path, bytes);
    }
    expect(await failures(copy)).toEqual([]);
  }, 120_000);

  it('anywhere in a zip fails', async () => {
    const bytes = readFileSync(zip);
    const random = numbers(11);
    const directory = bytes.readUInt32LE(bytes.length - 6);
    const path = join(made.folder, 'flipped.zip');
    const spots = Array.from({ length: 40 }, (_, index) =>
      // Half of them where no file's digest reaches: the directory at the end.
      index % 2 === 0
        ? random.next().value * directory
        : directory + random.next().value * (bytes.length - directory),
    );
    for (const spot of spots.map(Math.floor)) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(spot) ^ (1 << Math.floor(random.next().value * 8)), spot);
      writeFileSync(path, flipped);
      expect(await failures(path), `byte ${spot} of ${bytes.length}`).not.toEqual([]);
    }
  }, 120_000);
});

describe('a bundle that was tampered with', () => {
  it.each<[string, (folder: string) => void, RegExp]>([
    [
      'a lost file',
      (at) => rmSync(join(at, 'data/actors.json')),
      /^data\/actors.json: It is listed in manifest-sha256/,
    ],
    [
      'a file too many',
      (at) => writeFileSync(join(at, 'data/extra.txt'), 'x'),
      /^data\/extra.txt: It is not listed/,
    ],
    [
      'a tag file too many',
      (at) => writeFileSync(join(at, 'READ ME.txt'), 'x'),
      /^READ ME.txt: It is not listed in tagmanifest/,
    ],
    [
      'a lost signature',
      (at) => rmSync(join(at, 'tagmanifest-sha256.txt.sig')),
      /^tagmanifest-sha256.txt.sig: It is not there/,
    ],
    [
      'a fetch.txt',
      (at) => writeFileSync(join(at, 'fetch.txt'), 'http://x.test/ - data/x\n'),
      /^fetch.txt: It asks for files/,
    ],
    [
      'an empty folder',
      (at) => mkdirSync(join(at, 'data/captures/005-suppressed')),
      /^data\/captures\/005-suppressed: It is a folder with nothing in it/,
    ],
    ['a link', (at) => linkTo(at, 'data/case.json'), /^data\/case.json: It is a symbolic link/],
    [
      'two archives exchanged',
      (at) => exchange(at),
      /^exhibit 1, archive.wacz: It is not the archive that was sealed/,
    ],
    [
      'a name that deceives',
      (at) => writeFileSync(join(at, 'data/x\u202Egpj.exe'), ''),
      /^data\/xU\+202egpj.exe: /,
    ],
    [
      'a name of a device',
      (at) => writeFileSync(join(at, 'data/AUX.txt'), ''),
      /^data\/AUX.txt: Its name cannot be used/,
    ],
    [
      'a name twice but for case',
      (at) => writeFileSync(join(at, 'data/CASE.json'), ''),
      /^data\/case.json: Some systems take it/,
    ],
  ])('is found out: %s', async (_, tamper, expected) => {
    tamper(copy);
    expect(await failures(copy)).toContainEqual(expect.stringMatching(expected));
  });
});

/** What somebody can do who has the operator's key: every manifest and signature is made anew, so only the content speaks. */
describe('a bundle that was changed and sealed anew with the same key', () => {
  it.each<[string, (folder: string) => void, RegExp]>([
    [
      'an entry left out',
      (at) => dropLine(at, 'data/log/events.jsonl', 4),
      /^data\/log\/details.jsonl, line 5: There is no entry 4 here/,
    ],
    [
      'an entry changed',
      (at) => replace(at, 'data/log/events.jsonl', /"time":"2026/, '"time":"2025'),
      /^log entry 0 \(case.created\): It is not in the log/,
    ],
    [
      'a detail changed',
      (at) => replace(at, 'data/log/details.jsonl', /Émile/, 'Emile'),
      /^log entry \d+ \(actor.added\): Its detail is not/,
    ],
    [
      'another head',
      (at) => replace(at, 'data/log/checkpoint.txt', /\n\d+\n/, '\n99\n'),
      /^data\/log\/checkpoint.txt: It cannot be read/,
    ],
    [
      'a proof of another entry',
      (at) => renameSync(join(at, 'data/log/proofs/2.tlog-proof'), join(at, 'data/log/proofs/1.tlog-proof')),
      /^data\/log\/proofs\/1.tlog-proof: It is not the proof/,
    ],
    [
      'another title of the case',
      (at) => replace(at, 'data/case.json', /Basin/, 'Basic'),
      /^data\/case.json: It is not what the log says/,
    ],
    [
      'another role of an actor',
      (at) => replace(at, 'data/actors.json', /"subject"/, '"author"'),
      /^data\/actors.json: It is not what the entries shown here say/,
    ],
    [
      'another address',
      (at) => replace(at, capture(at, 'capture.json'), /courier/, 'courrier'),
      /capture.json: It is not what the log says/,
    ],
    [
      'another picture',
      (at) => cpSync(join(at, capture(at, 'view.png', 2)), join(at, capture(at, 'view.png'))),
      /view.png: It is not what is sealed/,
    ],
    [
      'another provenance',
      (at) => replace(at, capture(at, 'provenance.json'), /"headless":true/, '"headless":false'),
      /provenance.json: It is not what is sealed/,
    ],
    [
      'another archive',
      (at) => cpSync(join(at, capture(at, 'archive.wacz', 2)), join(at, capture(at, 'archive.wacz'))),
      /^exhibit 1, archive.wacz: It is not the archive/,
    ],
    [
      'a file that nothing accounts for',
      (at) => writeFileSync(join(at, 'data/captures/note.txt'), 'x'),
      /^data\/captures\/note.txt: Nothing in the bundle accounts/,
    ],
    [
      'a report that names another exhibit',
      (at) => replace(at, 'data/report.html', /data-capture="[^"]*"/, `data-capture="${'0'.repeat(36)}"`),
      /^data\/report.html: It names exhibit 1 \(capture 0+\), which is not in/,
    ],
    [
      'a report that leaves an exhibit out',
      (at) => replace(at, 'data/report.html', /<section class="exhibit"[\s\S]*?<\/section>/, ''),
      /^data\/report.html: It does not name exhibit 1 /,
    ],
    [
      'an exhibit left out with its entry',
      (at) => leaveOut(at),
      /^data\/report.html: It names exhibit 3 .* not in this bundle/,
    ],
    [
      'a lost capture',
      (at) => rmSync(join(at, capture(at, '')), { recursive: true }),
      /archive.wacz: It is not there/,
    ],
  ])('is found out: %s', async (_, tamper, expected) => {
    tamper(copy);
    sealAnew(copy, made.key);
    expect(await failures(copy)).toContainEqual(expect.stringMatching(expected));
  });

  it('is found out when the key is another: it is not the one that the log knows', async () => {
    sealAnew(copy, loadOrCreateOperatorKey(join(made.folder, 'other')));
    expect(await failures(copy)).toContainEqual(
      expect.stringMatching(/^tagmanifest-sha256.txt.sig: .*another key/),
    );
  });

  it('is found out when a stranger signs log and bundle anew: the log does not know their key', async () => {
    const stranger = loadOrCreateOperatorKey(join(made.folder, 'stranger'));
    const { origin } = made.log;
    const path = join(copy, 'data/log/checkpoint.txt');
    const note = readFileSync(path, 'utf8');
    const forged = signNote(note.slice(0, note.indexOf('\n\n') + 1), { ...stranger, name: origin });
    for (const file of openFolderTree(join(copy, 'data/log')).files) {
      const target = join(copy, 'data/log', file.path);
      writeFileSync(target, readFileSync(target, 'utf8').replace(note, forged));
    }
    for (const [name, text] of keyFiles(stranger, formatVkey(origin, stranger.publicKey)))
      writeFileSync(join(copy, name), text);
    sealAnew(copy, stranger);
    expect(await failures(copy)).toEqual([
      'operator: The key that signed is not entered in the log as an operator’s.',
    ]);
  });

  it('is good when nothing was changed: the sealing in this test is the real one', async () => {
    sealAnew(copy, made.key);
    expect(await failures(copy)).toEqual([]);
  });
});

describe('what is no bundle', () => {
  it('is refused with a reason', async () => {
    const junk = join(made.folder, 'junk');
    await expect(verifyBundle(junk)).rejects.toMatchObject({ code: 'BUNDLE_NOT_FOUND' });
    writeFileSync(junk, 'not a zip');
    await expect(verifyBundle(junk)).rejects.toMatchObject({ code: 'BUNDLE_UNREADABLE' });
    mkdirSync(join(made.folder, 'empty'));
    await expect(verifyBundle(join(made.folder, 'empty'))).rejects.toMatchObject({
      code: 'BUNDLE_UNREADABLE',
    });
  });

  it.each([
    ['a path out of it', `z.writestr('b/../../x', 'x')`],
    ['an absolute path', `z.writestr('/b/x', 'x')`],
    ['a name twice', `z.writestr('b/bagit.txt', 'x'); z.writestr('b/BAGIT.txt', 'y')`],
    ['a bomb', `z.writestr('b/bagit.txt', 'x'); z.writestr('b/data/x', b'0' * 50_000_000)`],
    [
      'a link',
      `i = zipfile.ZipInfo('b/bagit.txt'); i.create_system = 3; i.external_attr = 0o120777 << 16; z.writestr(i, '/etc/passwd')`,
    ],
  ])('does not get further with %s', async (name, write) => {
    const path = join(made.folder, `${name}.zip`);
    const script = `import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z: ${write}`;
    spawnSync('python3', ['-W', 'ignore', '-c', script, path]);
    expect(await failures(path)).not.toEqual([]);
  });
});

function linkTo(folder: string, path: string): void {
  renameSync(join(folder, path), join(folder, '..', 'elsewhere'));
  symlinkSync(join(folder, '..', 'elsewhere'), join(folder, path));
}

function exchange(folder: string): void {
  const [one, two] = [
    join(folder, capture(folder, 'archive.wacz')),
    join(folder, capture(folder, 'archive.wacz', 2)),
  ];
  const bytes = readFileSync(one);
  cpSync(two, one);
  writeFileSync(two, bytes);
}

/** The last exhibit, its sealing and all that belongs to it, as if it had never been in this bundle. */
function leaveOut(folder: string): void {
  rmSync(join(folder, capture(folder, '', 3)), { recursive: true });
  const seq = made.list().at(-1)?.sealedSeq ?? -1;
  for (const path of ['data/log/events.jsonl', 'data/log/details.jsonl']) dropLine(folder, path, seq);
  rmSync(join(folder, `data/log/proofs/${seq}.tlog-proof`));
}

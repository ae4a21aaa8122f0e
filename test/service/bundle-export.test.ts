import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openWacz } from '../../src/main/archive/wacz/reader.ts';
import { openFolderTree } from '../../src/main/bundle/bagit/folder-tree.ts';
import { wholeOf } from '../../src/main/bundle/bagit/tree.ts';
import { openZipTree } from '../../src/main/bundle/bagit/zip-tree.ts';
import { exportBundle } from '../../src/main/bundle/export.ts';
import { previewBundle } from '../../src/main/bundle/preview.ts';
import { bundleRequestSchema, type BundleRequest } from '../../src/shared/domain/bundle.ts';
import { tamper } from '../support/case-fixture.ts';
import { canMount, smallDisk } from '../support/small-disk.ts';
import { sampleCase, type MadeUpCase } from './bundle-case.ts';

let made: MadeUpCase;
let bundle: string;
beforeAll(async () => {
  made = await sampleCase();
  bundle = join(made.folder, 'bundle');
  await exportBundle(
    made.deps,
    request({ destination: bundle, recipient: 'Maître Lefèvre', purpose: 'Proceedings 12' }),
  );
});
afterAll(() => made.close());

function request(fields: Partial<BundleRequest>): BundleRequest {
  return bundleRequestSchema.parse({ destination: join(made.folder, 'unused'), ...fields });
}

function filesOf(folder: string): Map<string, Buffer> {
  const { files } = openFolderTree(folder);
  return new Map(files.map((file) => [file.path, Buffer.from(wholeOf(file, 2 ** 30))]));
}

/** What the folder of the case holds, passing files included. */
function inFolder(): string[] {
  return readdirSync(made.folder).sort();
}

describe('an exported bundle', () => {
  it('holds the sealed archives byte for byte, and beside each what is sealed inside', async () => {
    const folders = readdirSync(join(bundle, 'data/captures'));
    expect(folders.map((name) => name.slice(0, 4))).toEqual(['001-', '002-', '003-']);
    for (const [index, capture] of made.list().entries()) {
      const folder = join(bundle, 'data/captures', folders[index] ?? '');
      const sealed = made.wacz(capture.id);
      expect(readFileSync(join(folder, 'archive.wacz')).equals(sealed.read(0, sealed.size))).toBe(true);
      const wacz = await openWacz(sealed);
      const view = await (await wacz.resource(`urn:view:${capture.finalUrl}`))?.bytes();
      expect(readFileSync(join(folder, 'view.png')).equals(view ?? Buffer.alloc(0))).toBe(true);
      expect(readdirSync(folder).sort()).toEqual([
        'archive.wacz',
        'capture.json',
        'dom.html.txt',
        'full-page.png',
        'page.pdf',
        'provenance.html',
        'provenance.json',
        'text.txt',
        'view.png',
      ]);
    }
  });

  it('has nothing of a captured page that a double click would run', () => {
    const pages = [...filesOf(bundle).keys()].filter((path) => /\.(x?html?|svg|js|mht(ml)?)$/.test(path));
    expect(pages.every((path) => path === 'data/report.html' || path.endsWith('/provenance.html'))).toBe(
      true,
    );
  });

  it('is entered in the log after the head that it carries, with the digest of its tag manifest', () => {
    const event = made.log.events().find(({ leaf }) => leaf.type === 'export.created');
    const head = readFileSync(join(bundle, 'data/log/checkpoint.txt'), 'utf8').split('\n')[1];
    expect(Number(head)).toBe(event?.leaf.seq);
    expect(event?.detail).toMatchObject({
      format: 'folder',
      recipient: 'Maître Lefèvre',
      purpose: 'Proceedings 12',
    });
    const signed = readFileSync(join(bundle, 'tagmanifest-sha256.txt'));
    expect(event?.leaf.evidence?.size).toBe(signed.length);
  });

  it('tells nothing of the machine that made it', () => {
    const secrets = [hostname(), homedir(), made.folder, process.cwd(), `/${userInfo().username}/`];
    for (const [path, bytes] of filesOf(bundle)) {
      for (const secret of secrets) {
        if (secret.length < 4) continue;
        expect(bytes.includes(secret), `${path} holds ${secret}`).toBe(false);
        expect(path).not.toContain(secret);
      }
      expect(bytes.includes('PRIVATE KEY'), path).toBe(false);
    }
  });

  it('can be read by whom it is given to', () => {
    expect(statSync(bundle).mode & 0o777).toBe(0o755);
    expect(statSync(join(bundle, 'data/report.html')).mode & 0o777).toBe(0o644);
  });

  it('is the same, file for file, as the zip of the same moment', async () => {
    const now = new Date('2026-11-22T20:00:00.000Z');
    const [folder, zip] = [join(made.folder, 'same'), join(made.folder, 'same.zip')];
    const head = made.log.head()?.size;
    await exportBundle(made.deps, request({ destination: folder }), { now });
    await exportBundle(withLogAt(made, head ?? 0), request({ destination: zip, format: 'zip' }), { now });
    const tree = await openZipTree(zip);
    const zipped = new Map(tree.files.map((file) => [file.path, Buffer.from(wholeOf(file, 2 ** 30))]));
    tree.close();
    expect([...zipped]).toEqual([...filesOf(folder)]);
  });
});

/** The case as it was when its log had so many entries: an export adds one. */
function withLogAt(from: MadeUpCase, size: number): MadeUpCase['deps'] {
  const { log } = from;
  const note = log.inclusion(0, size).split('\n\n').slice(1).join('\n\n');
  const root = Buffer.from(log.rootAt(size)).toString('hex');
  const past = Object.assign(Object.create(log) as typeof log, {
    events: () => log.events().slice(0, size),
    head: () => ({ size, root, note, signedAt: '2026-11-22T20:00:00.000Z' }),
    leafBytes: (seq: number) => log.leafBytes(seq),
    inclusion: (seq: number, of: number) => log.inclusion(seq, of),
    append: (event: Parameters<typeof log.append>[0]) => log.append(event),
  });
  return { ...from.deps, log: past };
}

describe('a bundle of some captures', () => {
  it('shows their events and actors, with proofs, and nothing that names another capture', async () => {
    const [first, second, third] = made.list();
    if (!first || !second || !third) throw new Error('the sample case has three captures');
    const failed = { ok: false, failures: [`exhibit 2, ${second.finalUrl}: damaged`] };
    made.log.append({
      type: 'case.verified',
      subject: { kind: 'case', id: made.file.info.id },
      detail: failed,
    });
    const destination = join(made.folder, 'part');
    await exportBundle(made.deps, request({ destination, captureIds: [first.id] }));
    const files = filesOf(destination);
    const hidden = [
      second.id,
      third.id,
      second.finalUrl,
      third.finalUrl,
      second.title,
      second.sha256,
      third.sha256,
    ];
    for (const [path, bytes] of files) {
      for (const secret of hidden) expect(bytes.includes(secret), `${path} holds ${secret}`).toBe(false);
    }
    const leaves = (files.get('data/log/events.jsonl')?.toString() ?? '').trim().split('\n');
    const proofs = [...files.keys()].filter((path) => path.endsWith('.tlog-proof'));
    expect(proofs.length).toBe(leaves.length);
    expect(leaves.filter((leaf) => leaf.includes('"item.sealed"')).length).toBe(1);
    expect(leaves.filter((leaf) => leaf.includes('"capture.requested"')).length).toBe(1);
    expect(leaves.some((leaf) => leaf.includes('"case.verified"'))).toBe(true);
    const { actors, links } = JSON.parse(files.get('data/actors.json')?.toString() ?? '');
    expect(actors.map(({ name }: { name: string }) => name)).toEqual([
      'Basin Solidarity Initiative',
      'Émile Rakoto',
    ]);
    expect(links.length).toBe(2);
    expect(await previewBundle(made.deps, [first.id])).toEqual({
      captures: 1,
      loggedIn: 0,
      events: leaves.length,
      actors: 2,
      bytes: first.sizeBytes,
    });
  });
});

describe('an export that cannot be', () => {
  it.each([
    ['where something stands', 'DESTINATION_EXISTS', () => request({ destination: bundle })],
    [
      'where a file stands',
      'DESTINATION_EXISTS',
      () => request({ destination: made.file.path, format: 'zip' }),
    ],
    [
      'in a folder that is not there',
      'DESTINATION_UNWRITABLE',
      () => request({ destination: join(made.folder, 'no/where') }),
    ],
    [
      'under a file',
      'DESTINATION_UNWRITABLE',
      () => request({ destination: join(made.file.path, 'x.zip'), format: 'zip' }),
    ],
    [
      'of a capture that is not there',
      'CAPTURE_NOT_FOUND',
      () => request({ captureIds: [made.file.info.id] }),
    ],
  ])('says so and leaves nothing: %s', async (_, code, make) => {
    const before = inFolder();
    const entries = made.log.head()?.size;
    await expect(exportBundle(made.deps, make())).rejects.toMatchObject({ code });
    expect(inFolder()).toEqual(before);
    expect(made.log.head()?.size).toBe(entries);
  });

  it.each(['folder', 'zip'] as const)('leaves nothing when it is stopped half-way (%s)', async (format) => {
    const before = inFolder();
    const stop = new AbortController();
    const onProgress = ({ done, total }: { done: number; total: number }): void => {
      if (done > total / 2) stop.abort();
    };
    const running = exportBundle(made.deps, request({ format }), { signal: stop.signal, onProgress });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(inFolder()).toEqual(before);
  });

  it.each(['folder', 'zip'] as const)(
    'leaves nothing when the log cannot take its entry (%s)',
    async (format) => {
      const before = inFolder();
      const log = Object.assign(withLogAt(made, made.log.head()?.size ?? 0).log, { append: refuse });
      await expect(exportBundle({ ...made.deps, log }, request({ format }))).rejects.toThrow('no');
      expect(inFolder()).toEqual(before);
    },
  );

  it('does not sign a log whose older heads do not fit any more', async () => {
    const other = await sampleCase();
    onTestFinished(() => other.close());
    tamper(other.file.path, (database) =>
      database.exec(
        'UPDATE checkpoint SET note = (SELECT note FROM checkpoint WHERE size = 4) WHERE size = 3',
      ),
    );
    const running = exportBundle(other.deps, request({ destination: join(other.folder, 'bundle') }));
    await expect(running).rejects.toMatchObject({
      code: 'EVIDENCE_DAMAGED',
      problem: { params: { item: expect.stringContaining('checkpoint 3') } },
    });
    expect(readdirSync(other.folder)).not.toContain('bundle');
  });

  it('stops at evidence that is not as sealed, and names it', async () => {
    const wacz = (id: string) => {
      const { size, read, stream } = bound(made.wacz(id));
      const flipped = function* (): Generator<Uint8Array> {
        for (const piece of stream()) {
          const copy = Buffer.from(piece);
          copy.writeUInt8(copy.readUInt8(100) ^ 1, 100);
          yield copy;
        }
      };
      return { size, read, stream: flipped };
    };
    const captures = { ...made.deps.captures, wacz };
    const expected = { code: 'EVIDENCE_DAMAGED', problem: { params: { item: 'exhibit 1, archive.wacz' } } };
    await expect(exportBundle({ ...made.deps, captures }, request({}))).rejects.toMatchObject(expected);
    const captures2 = {
      ...made.deps.captures,
      list: () => made.list().map((c) => ({ ...c, title: 'Another' })),
    };
    await expect(exportBundle({ ...made.deps, captures: captures2 }, request({}))).rejects.toMatchObject({
      problem: { params: { item: 'exhibit 1' } },
    });
  });

  it.skipIf(!canMount).each(['folder', 'zip'] as const)(
    'says that the disk is full, and leaves nothing on it (%s; needs the right to mount)',
    async (format) => {
      const { folder } = smallDisk(1);
      writeFileSync(join(folder, 'ballast'), Buffer.alloc(700_000));
      const destination = join(folder, 'bundle');
      await expect(exportBundle(made.deps, request({ destination, format }))).rejects.toMatchObject({
        code: 'DISK_FULL',
      });
      expect(readdirSync(folder)).toEqual(['ballast']);
    },
  );

  it.skipIf(!canMount)('says that a disk takes nothing (needs the right to mount)', async () => {
    const { folder, protect } = smallDisk(1);
    protect();
    const running = exportBundle(made.deps, request({ destination: join(folder, 'bundle') }));
    await expect(running).rejects.toMatchObject({ code: 'DESTINATION_UNWRITABLE' });
  });
});

function refuse(): never {
  throw new Error('no');
}

function bound(blob: ReturnType<MadeUpCase['wacz']>) {
  return { size: blob.size, read: blob.read.bind(blob), stream: blob.stream.bind(blob) };
}

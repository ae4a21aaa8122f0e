import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, oneof, property, string, uint8Array } from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFolderTree } from './folder-tree.ts';
import { formatManifest, readManifest } from './manifest.ts';
import {
  collisionKey,
  decodeManifestPath,
  encodeManifestPath,
  escapeFault,
  portabilityFault,
} from './paths.ts';
import { folderSink } from './sink.ts';
import { formatBagInfo, readBagInfo, readDeclaration } from './tag-file.ts';
import { validateBag } from './validate.ts';
import { BagWriter } from './writer.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bag-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function writeBag(files: Record<string, string>): Promise<void> {
  const sink = folderSink(folder);
  const bag = new BagWriter(sink);
  for (const [path, text] of Object.entries(files)) await bag.payload(path, Buffer.from(text));
  await bag.finish([['External-Identifier', 'case\nFetch: evil']]);
  sink.finish();
}

async function findings(): Promise<string[]> {
  const report = await validateBag(openFolderTree(folder));
  return report.findings.map(({ level, item, message }) => `${level} ${item}: ${message}`);
}

describe('a bag that Constat writes', () => {
  it('is valid, whatever the names', async () => {
    await writeBag({ 'a b.txt': 'one', 'é/100%.txt': 'two', empty: '' });
    expect(await findings()).toEqual([]);
    rmSync(join(folder, 'data/é/100%.txt'));
    expect(await findings()).toContainEqual(expect.stringContaining('data/é/100%.txt: It is listed in'));
  });

  it('is checked by sha256sum and sha512sum as it is', async () => {
    await writeBag({ 'a b.txt': 'one', 'é.txt': 'two', empty: '' });
    const shell = [
      'sha256sum --strict -c manifest-sha256.txt tagmanifest-sha256.txt',
      'sha512sum --strict -c manifest-sha512.txt',
    ];
    const run = spawnSync('sh', ['-c', shell.join(' && ')], { cwd: folder });
    expect(run.stdout.toString()).toContain('data/é.txt: OK');
    expect(run.status).toBe(0);
  });

  it('keeps a value from adding a label to bag-info.txt', async () => {
    await writeBag({ a: 'x' });
    expect(readFileSync(join(folder, 'bag-info.txt'), 'utf8')).toBe(
      'External-Identifier: case Fetch: evil\nPayload-Oxum: 1.1\n',
    );
  });

  it('can be read by whom it is given to', async () => {
    await writeBag({ 'a/b': 'x' });
    expect(statSync(join(folder, 'data/a/b')).mode & 0o777).toBe(0o644);
  });

  it.each(['../out', '/abs', 'a\\b', 'con.txt', 'a/./b', 'x.', 'e\u0301'])(
    'is not written with the name %j',
    async (name) => {
      const bag = new BagWriter(folderSink(folder));
      await expect(bag.payload(name === '/abs' ? '/abs' : name, Buffer.from(''))).rejects.toThrow(
        /cannot be in a bag/,
      );
    },
  );

  it('is not written with two names that one system takes for the same', async () => {
    const bag = new BagWriter(folderSink(folder));
    await bag.payload('Straße', Buffer.from(''));
    await expect(bag.payload('STRASSE', Buffer.from(''))).rejects.toThrow(/cannot be in a bag/);
    await expect(bag.tag('fetch.txt', Buffer.from(''))).rejects.toThrow(/it fetches/);
  });
});

describe('a bag that was changed', () => {
  beforeEach(() => writeBag({ 'one.txt': 'one', 'two.txt': 'two' }));

  const change: [string, () => void, RegExp][] = [
    [
      'a changed file',
      () => writeFileSync(join(folder, 'data/one.txt'), 'onf'),
      /error data\/one.txt: Its sha256 digest/,
    ],
    [
      'a missing file',
      () => rmSync(join(folder, 'data/one.txt')),
      /error data\/one.txt: It is listed in manifest-sha256.txt/,
    ],
    [
      'a file too many',
      () => writeFileSync(join(folder, 'data/three.txt'), ''),
      /error data\/three.txt: It is not listed/,
    ],
    [
      'a changed tag file',
      () => writeFileSync(join(folder, 'bag-info.txt'), 'Payload-Oxum: 6.2\n'),
      /error bag-info.txt: Its sha256/,
    ],
    ['a link to a file', () => relink('data/one.txt'), /error data\/one.txt: It is a symbolic link/],
    [
      'a fetch.txt',
      () => writeFileSync(join(folder, 'fetch.txt'), 'http://x/ 3 data/one.txt\n'),
      /warning fetch.txt: It asks/,
    ],
    [
      'a fetch.txt that leads out',
      () => writeFileSync(join(folder, 'fetch.txt'), 'http://x/ - ../a\n'),
      /error fetch.txt: .*leads out/,
    ],
    [
      'a manifest with less in it',
      () => dropLine('manifest-sha512.txt'),
      /error data\/one.txt: It is not listed in manifest-sha512/,
    ],
    [
      'names that differ in case',
      () => writeFileSync(join(folder, 'data/ONE.txt'), ''),
      /warning data\/one.txt: Some systems/,
    ],
  ];
  it.each(change)('is found out: %s', async (_, mutate, expected) => {
    mutate();
    expect(await findings()).toContainEqual(expect.stringMatching(expected));
  });

  it('is not followed out of the folder by a link to a folder', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'secret'), 'secret');
    symlinkSync(outside, join(folder, 'data/linked'));
    expect(await findings()).toContainEqual(
      'error data/linked: It is a symbolic link, not a file. It was not read.',
    );
    rmSync(outside, { recursive: true });
  });
});

function relink(path: string): void {
  rmSync(join(folder, path));
  writeFileSync(join(folder, 'elsewhere'), 'one');
  symlinkSync(join(folder, 'elsewhere'), join(folder, path));
}

function dropLine(name: string): void {
  const lines = readFileSync(join(folder, name), 'utf8').split('\n');
  writeFileSync(join(folder, name), lines.slice(1).join('\n'));
}

describe('paths', () => {
  it('survive a manifest, whatever is in them', () => {
    const path = string({ minLength: 1, unit: 'grapheme' }).filter(
      (text) => escapeFault(`data/${text}`) === null && !/^\s/.test(text),
    );
    assert(
      property(path, (text) => {
        expect(decodeManifestPath(encodeManifestPath(text), '1.0')).toBe(text);
        const digest = 'ab'.repeat(32);
        const { entries, errors } = readManifest(
          formatManifest([{ path: `data/${text}`, digest }]),
          'sha256',
          '1.0',
        );
        expect(errors).toEqual([]);
        expect(entries).toEqual([{ path: `data/${text}`, digest }]);
      }),
    );
  });

  it.each(['../a', 'a/../../b', '/etc/passwd', 'C:/x', 'c:x', '\\\\server\\x', '~/x', '~root/x', 'a\0b', ''])(
    '%j leads out or could',
    (path) => {
      expect(escapeFault(path)).not.toBeNull();
    },
  );

  it.each(['CON', 'a/nul.txt', 'x/COM1', 'a:b', 'a?', 'tab\t', 'a/ ', 'a.', 'a//b', 'n\u0303', '\u{FFFD}'])(
    '%j is not for every system',
    (path) => {
      expect(portabilityFault(path)).not.toBeNull();
    },
  );

  it('collide as on the systems that fold them', () => {
    expect(collisionKey('data/É.txt')).toBe(collisionKey('data/e\u0301.TXT'));
    expect(collisionKey('ſ')).toBe(collisionKey('S'));
  });
});

describe('tag files', () => {
  it('are read back as they were written', () => {
    const info: [string, string][] = [
      ['Source-Organization', 'A: b'],
      ['Contact-Name', 'É'],
    ];
    expect(readBagInfo(formatBagInfo(info))).toEqual(info);
    expect(readBagInfo('Long: one\n  two\r\nOther : x')).toEqual([
      ['Long', 'one two'],
      ['Other', 'x'],
    ]);
  });

  it('never make the reader stumble', () => {
    assert(
      property(
        oneof(
          uint8Array(),
          string().map((text) => Buffer.from(`BagIt-Version: 1.0\n${text}`)),
        ),
        (bytes) => {
          const read = readDeclaration(bytes);
          expect(typeof read === 'string' || read.version === '1.0').toBe(true);
        },
      ),
    );
    assert(
      property(string({ unit: 'binary' }), (text) => {
        readBagInfo(text);
        readManifest(text, 'sha256', '1.0');
      }),
    );
  });
});

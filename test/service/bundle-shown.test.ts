import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportBundle } from '../../src/main/bundle/export.ts';
import { verifyBundle } from '../../src/main/bundle/verify.ts';
import { bundleRequestSchema } from '../../src/shared/domain/bundle.ts';
import { sampleCase, type MadeUpCase } from './bundle-case.ts';
import { dropLine, sealAnew } from './bundle-tamper.ts';

let made: MadeUpCase;
let whole: string;
let zip: string;
beforeAll(async () => {
  made = await sampleCase();
  [whole, zip] = [join(made.folder, 'whole'), join(made.folder, 'whole.zip')];
  await exportBundle(made.deps, bundleRequestSchema.parse({ destination: whole }));
  await exportBundle(made.deps, bundleRequestSchema.parse({ destination: zip, format: 'zip' }));
});
afterAll(() => made.close());

describe('a bundle that does not show everything', () => {
  it('says how many entries and details are not shown', async () => {
    const path = join(made.folder, 'part');
    const captureIds = [made.list()[0]?.id ?? ''];
    const { checkpoint } = await exportBundle(
      made.deps,
      bundleRequestSchema.parse({ destination: path, captureIds }),
    );
    dropLine(path, 'data/log/details.jsonl', 0);
    sealAnew(path, made.key);
    const { checks, counts } = await verifyBundle(path);
    const warnings = checks.filter(({ status }) => status === 'warning').map(({ message }) => message);
    expect(warnings).toEqual([
      expect.stringContaining(`${checkpoint.size - counts.events} of the ${checkpoint.size} entries`),
      expect.stringContaining(`The details of 1 of the ${counts.events} entries`),
    ]);
  });

  it('does not claim more of actors than the entries shown say', async () => {
    const { checks } = await verifyBundle(whole);
    expect(checks).toContainEqual({
      item: 'data/actors.json',
      status: 'pass',
      message: '2 actors and 3 links are what the entries shown here say.',
    });
  });
});

const packer = `
import sys, os, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
    for folder, _, files in os.walk(sys.argv[2]):
        for name in files: z.write(os.path.join(folder, name))
`;

describe('a wrong checksum in the zip', () => {
  it.each(['own', 'another program'])('fails and names the file (packed by %s)', async (packed) => {
    const path = join(made.folder, `checksum ${packed}.zip`);
    if (packed === 'own') cpSync(zip, path);
    else spawnSync('python3', ['-c', packer, path, 'whole'], { cwd: made.folder });
    const bytes = readFileSync(path);
    for (const [signature, name, crc] of [
      [0x04034b50, 26, 14],
      [0x02014b50, 28, 16],
    ] as const) {
      const length = name === 26 ? 30 : 46;
      for (let at = bytes.indexOf('report.html'); at !== -1; at = bytes.indexOf('report.html', at + 1)) {
        const start = bytes.lastIndexOf('PK', at);
        if (
          bytes.readUInt32LE(start) === signature &&
          start + length + bytes.readUInt16LE(start + name) === at + 11
        )
          bytes.writeUInt32LE(0xdeadbeef, start + crc);
      }
    }
    writeFileSync(path, bytes);
    expect(
      (await verifyBundle(path)).checks.map(({ item, message }) => `${item}: ${message}`),
    ).toContainEqual(expect.stringMatching(/^data\/report.html: .*CRC-32/));
  });
});

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openFolderTree } from '../../src/main/bundle/bagit/folder-tree.ts';
import { formatManifest } from '../../src/main/bundle/bagit/manifest.ts';
import { signSsh } from '../../src/main/bundle/sshsig.ts';
import type { MadeUpCase } from './bundle-case.ts';

/** The path of a file of an exhibit. */
export function capture(folder: string, name: string, exhibit = 1): string {
  const found = openFolderTree(folder).files.find(({ path }) =>
    path.startsWith(`data/captures/00${exhibit}-`),
  );
  return `${found?.path.split('/').slice(0, 3).join('/')}/${name}`;
}

/** Changes a text of a bundle; what is to be changed must be there. */
export function replace(folder: string, path: string, what: RegExp, by: string): void {
  const text = readFileSync(join(folder, path), 'utf8');
  expect(text).toMatch(what);
  writeFileSync(join(folder, path), text.replace(what, by));
}

/** Takes a line out of a file. */
export function dropLine(folder: string, path: string, index: number): void {
  const lines = readFileSync(join(folder, path), 'utf8').split('\n');
  writeFileSync(join(folder, path), lines.toSpliced(index, 1).join('\n'));
}

/** What somebody can do who has the key: both manifests, the tag manifest and its signature are made anew. */
export function sealAnew(folder: string, key: MadeUpCase['key']): void {
  const files = openFolderTree(folder).files.map(({ path, size }) => ({ path, size }));
  const list = (paths: string[], algorithm: string): string =>
    formatManifest(
      paths.map((path) => ({
        path,
        digest: createHash(algorithm)
          .update(readFileSync(join(folder, path)))
          .digest('hex'),
      })),
    );
  const payload = files.filter(({ path }) => path.startsWith('data/'));
  const oxum = `${payload.reduce((sum, { size }) => sum + size, 0)}.${payload.length}`;
  replace(folder, 'bag-info.txt', /Payload-Oxum: .*/, `Payload-Oxum: ${oxum}`);
  for (const algorithm of ['sha256', 'sha512']) {
    writeFileSync(
      join(folder, `manifest-${algorithm}.txt`),
      list(
        payload.map(({ path }) => path),
        algorithm,
      ),
    );
  }
  const tags = files
    .map(({ path }) => path)
    .filter((path) => !path.startsWith('data/') && !path.startsWith('tagmanifest'));
  const tagManifest = Buffer.from(list(tags, 'sha256'));
  writeFileSync(join(folder, 'tagmanifest-sha256.txt'), tagManifest);
  writeFileSync(join(folder, 'tagmanifest-sha256.txt.sig'), signSsh(key, tagManifest));
}

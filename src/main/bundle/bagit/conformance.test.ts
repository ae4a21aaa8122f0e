import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFolderTree } from './folder-tree.ts';
import { validateBag, type BagReport } from './validate.ts';

const suite = join(import.meta.dirname, '../../../../../shared/vectors/bagit');
const present = existsSync(suite);

/** The bags of one kind over the versions asked for. `windows-only` bags name paths that must be refused anywhere. */
function bags(versions: string[], kind: string): [name: string, path: string][] {
  return versions.flatMap((version) => {
    const folder = join(suite, version, kind);
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
    return names.map((name): [string, string] => [`${version} ${name}`, join(folder, name)]);
  });
}

async function validate(path: string): Promise<{ report: BagReport; errors: string[]; warnings: string[] }> {
  const tree = openFolderTree(path);
  const report = await validateBag(tree);
  tree.close();
  const of = (level: string): string[] =>
    report.findings
      .filter((finding) => finding.level === level)
      .map(({ item, message }) => `${item}: ${message}`);
  return { report, errors: of('error'), warnings: of('warning') };
}

const all = ['v0.93', 'v0.94', 'v0.95', 'v0.96', 'v0.97', 'v1.0'];

describe.skipIf(!present)(
  'BagIt conformance suite of the Library of Congress (needs ../shared/vectors)',
  () => {
    it.each(present ? bags(all, 'valid') : [])('%s is valid', async (_, path) => {
      const { errors, report } = await validate(path);
      expect(errors).toEqual([]);
      expect(report.digests.size).toBeGreaterThan(0);
    });

    it.each(
      present ? [...bags(all, 'invalid'), ...bags(all, 'linux-only'), ...bags(all, 'windows-only')] : [],
    )('%s is refused', async (_, path) => {
      expect((await validate(path)).errors).not.toEqual([]);
    });

    it.each(present ? bags(all, 'warning') : [])('%s is valid with a warning', async (_, path) => {
      const { errors, warnings } = await validate(path);
      expect(errors).toEqual([]);
      expect(warnings).not.toEqual([]);
    });
  },
);

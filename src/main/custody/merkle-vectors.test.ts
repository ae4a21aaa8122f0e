import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { verifyConsistency, verifyInclusion } from './merkle-verify.ts';

/** Test data of transparency-dev/merkle (Apache-2.0), kept beside the repository and not in it. */
const folder = join(import.meta.dirname, '../../../../shared/vectors/merkle');
const present = existsSync(folder);

const bytes = z.string().transform((encoded) => Buffer.from(encoded, 'base64'));
const proof = z
  .array(bytes)
  .nullable()
  .transform((hashes) => hashes ?? []);
const inclusionSchema = z.object({
  leafIdx: z.number(),
  treeSize: z.number(),
  root: bytes.nullable(),
  leafHash: bytes.nullable(),
  proof,
  wantErr: z.boolean(),
});
const consistencySchema = z.object({
  size1: z.number(),
  size2: z.number(),
  root1: bytes.nullable(),
  root2: bytes.nullable(),
  proof,
  wantErr: z.boolean(),
});

const none = Buffer.alloc(0);
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const named = (kind: string) => globSync(`${kind}/**/*.json`, { cwd: folder }).toSorted();

// Two of the vectors are about the length of hashes, and both hold here: `single-entry/empty-root-and-leaf` (empty “hashes”)
// is refused because inclusion demands 32 bytes, and `sizes-are-equal-one-and-proof-is-empty` (12-byte roots) is accepted
// because equal sizes are compared without hashing anything.

it.skipIf(!present)('judges every public inclusion vector as expected (needs ../shared/vectors)', () => {
  const names = named('inclusion');
  expect(names).toHaveLength(98);
  for (const name of names) {
    const vector = inclusionSchema.parse(read(name));
    const holds = verifyInclusion(
      vector.leafHash ?? none,
      vector.leafIdx,
      vector.treeSize,
      vector.proof,
      vector.root ?? none,
    );
    expect(holds, name).toBe(!vector.wantErr);
  }
});

it.skipIf(!present)('judges every public consistency vector as expected (needs ../shared/vectors)', () => {
  const names = named('consistency');
  expect(names).toHaveLength(98);
  for (const name of names) {
    const vector = consistencySchema.parse(read(name));
    const holds = verifyConsistency(
      vector.size1,
      vector.size2,
      vector.root1 ?? none,
      vector.root2 ?? none,
      vector.proof,
    );
    expect(holds, name).toBe(!vector.wantErr);
  }
});

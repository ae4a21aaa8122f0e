import { createHash } from 'node:crypto';
import type { NodeSource } from '../../src/main/custody/merkle.ts';

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** RFC 6962 2.1, word for word and with nothing remembered: what the real tree is held against. */
export function plainRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (!only) return sha256();
  if (leaves.length === 1) return sha256(Uint8Array.of(0), only);
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha256(Uint8Array.of(1), plainRoot(leaves.slice(0, k)), plainRoot(leaves.slice(k)));
}

/** The complete subtrees over given leaves, as the log stores them. */
export function plainNodes(leaves: readonly Uint8Array[]): NodeSource {
  return (level, index) => plainRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
}

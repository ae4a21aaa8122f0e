import { hashLength, nodeHash } from './merkle.ts';

const whole = (n: number) => Number.isSafeInteger(n) && n >= 0;
const half = (n: number) => Math.floor(n / 2);
const isOdd = (n: number) => n % 2 === 1;

/** Whether two hashes are the same bytes. Nothing here is secret, so time does not matter. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

/**
 * Whether `proof` shows that a leaf with this hash stands at `index` in the tree of `size` leaves with this root
 * (RFC 9162 2.1.3.2). Every hash must be 32 bytes, which the RFC leaves to the type system of the reader.
 */
export function verifyInclusion(
  leafHash: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!whole(index) || !whole(size) || index >= size) return false;
  if ([leafHash, root, ...proof].some((hash) => hash.length !== hashLength)) return false;
  let node = index;
  let last = size - 1;
  let computed = leafHash;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      computed = nodeHash(sibling, computed);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      computed = nodeHash(computed, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameBytes(computed, root);
}

/**
 * Whether `proof` shows that the tree of `size1` leaves with `root1` is the beginning of the tree of `size2` leaves with
 * `root2` (RFC 9162 2.1.4.2). For equal sizes the proof is empty and the roots are compared, whatever their length.
 */
export function verifyConsistency(
  size1: number,
  size2: number,
  root1: Uint8Array,
  root2: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!whole(size1) || !whole(size2) || size1 > size2) return false;
  // Every tree begins with nothing, so there is nothing to prove, and what is offered as a proof is none.
  if (size1 === 0) return false;
  if (size1 === size2) return proof.length === 0 && sameBytes(root1, root2);
  if ([root1, root2, ...proof].some((hash) => hash.length !== hashLength)) return false;
  const [first, ...rest] = Number.isInteger(Math.log2(size1)) ? [root1, ...proof] : proof;
  if (!first || proof.length === 0) return false;
  let node = size1 - 1;
  let last = size2 - 1;
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  let [old, current] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      old = nodeHash(sibling, old);
      current = nodeHash(sibling, current);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      current = nodeHash(current, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameBytes(old, root1) && sameBytes(current, root2);
}

import { hash } from 'node:crypto';

/** Bytes of every hash in the tree (SHA-256). */
export const hashLength = 32;

/** Gives the root of the complete subtree over leaves [index * 2^level, (index + 1) * 2^level); level 0 is a leaf's hash. */
export type NodeSource = (level: number, index: number) => Uint8Array;

const leafPrefix = Uint8Array.of(0x00);
const nodePrefix = Uint8Array.of(0x01);

/** RFC 6962 2.1: SHA-256(0x00 ‖ leaf). */
export function leafHash(leaf: Uint8Array): Uint8Array {
  return hash('sha256', Buffer.concat([leafPrefix, leaf]), 'buffer');
}

/** RFC 6962 2.1: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash('sha256', Buffer.concat([nodePrefix, left, right]), 'buffer');
}

/** The largest power of two smaller than `n` (n ≥ 2), where RFC 6962 splits a tree of `n` leaves. */
function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Root over leaves [from, to), to > from; complete subtrees are taken from the source. */
function subtreeRoot(from: number, to: number, nodes: NodeSource): Uint8Array {
  const size = to - from;
  const level = Math.log2(size);
  if (Number.isInteger(level)) return nodes(level, from / size);
  const k = splitPoint(size);
  return nodeHash(subtreeRoot(from, from + k, nodes), subtreeRoot(from + k, to, nodes));
}

/** Root of the tree over the first `size` leaves, in O(log size) look-ups; SHA-256 of nothing for an empty tree. */
export function treeRoot(size: number, nodes: NodeSource): Uint8Array {
  return size === 0 ? hash('sha256', '', 'buffer') : subtreeRoot(0, size, nodes);
}

/** Audit path of leaf `index` in the tree over the first `size` leaves, leaf's sibling first (RFC 6962 2.1.1). */
export function inclusionProof(index: number, size: number, nodes: NodeSource): Uint8Array[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  const path: Uint8Array[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitPoint(to - from);
    if (index < middle) {
      path.unshift(subtreeRoot(middle, to, nodes));
      to = middle;
    } else {
      path.unshift(subtreeRoot(from, middle, nodes));
      from = middle;
    }
  }
  return path;
}

/** Proof that the tree of `from` leaves is a prefix of the tree of `to` leaves (RFC 6962 2.1.2); 0 < from ≤ to. */
export function consistencyProof(from: number, to: number, nodes: NodeSource): Uint8Array[] {
  if (!(from > 0 && from <= to)) throw new RangeError(`no proof leads from ${from} leaves to ${to}`);
  const path: Uint8Array[] = [];
  let [low, high] = [0, to];
  // Whether the old tree as a whole is the subtree looked at: then the other side knows its root.
  let known = true;
  while (from < high) {
    const middle = low + splitPoint(high - low);
    if (from <= middle) {
      path.unshift(subtreeRoot(middle, high, nodes));
      high = middle;
    } else {
      path.unshift(subtreeRoot(low, middle, nodes));
      low = middle;
      known = false;
    }
  }
  if (!known) path.unshift(subtreeRoot(low, high, nodes));
  return path;
}

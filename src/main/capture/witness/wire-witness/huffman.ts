import { latin1 } from './byte-store.ts';
import { Unfollowable } from './unfollowable.ts';

/**
 * How many bits the code of each octet has, and of the end of string. The code is canonical: this alone says what the codes are.
 * (RFC 7541 Appendix B)
 */
const LENGTHS = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7,
  8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19,
  13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13,
  28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21,
  22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23,
  22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
  19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25,
  25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30,
];

const END_OF_STRING = 256;

/** Where each bit leads from each node: to a node, or to a symbol, of which the complement is kept. The root is 0. */
const CHILDREN = new Int16Array(2 * LENGTHS.length);
{
  const symbols = LENGTHS.map((_, symbol) => symbol).sort(
    (a, b) => (LENGTHS[a] ?? 0) - (LENGTHS[b] ?? 0) || a - b,
  );
  let nodes = 1;
  let code = 0;
  let previous = 0;
  for (const symbol of symbols) {
    const length = LENGTHS[symbol] ?? 0;
    code <<= length - previous;
    previous = length;
    let node = 0;
    for (let bit = length - 1; bit > 0; bit -= 1) {
      const slot = node * 2 + ((code >> bit) & 1);
      if (CHILDREN[slot] === 0) {
        CHILDREN[slot] = nodes;
        nodes += 1;
      }
      node = CHILDREN[slot] ?? 0;
    }
    CHILDREN[node * 2 + (code & 1)] = ~symbol;
    code += 1;
  }
}

/** Where four bits lead, and the symbol they end if they end one: no code is shorter than five. */
const NEXT = new Int16Array(16 * LENGTHS.length);
const ENDED = new Int16Array(16 * LENGTHS.length).fill(-1);
for (let from = 0; from < LENGTHS.length; from += 1)
  for (let nibble = 0; nibble < 16; nibble += 1) {
    let node = from;
    for (let bit = 3; bit >= 0; bit -= 1) {
      const child = CHILDREN[node * 2 + ((nibble >> bit) & 1)] ?? 0;
      if (child < 0) ENDED[from * 16 + nibble] = ~child;
      node = Math.max(child, 0);
    }
    NEXT[from * 16 + nibble] = node;
  }

/** Nodes at which a string may end: after less than a byte of the end of string, which is all ones. */
const LAST_NODES = new Set<number>();
for (let node = 0, depth = 0; depth < 8; depth += 1) {
  LAST_NODES.add(node);
  node = CHILDREN[node * 2 + 1] ?? 0;
}

/** A string in HPACK's Huffman code, a character per octet. (RFC 7541 5.2) @throws Unfollowable */
export function decodeHuffman(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil((bytes.length * 8) / 5));
  let written = 0;
  let node = 0;
  for (const byte of bytes) {
    for (const nibble of [byte >> 4, byte & 15]) {
      const symbol = ENDED[node * 16 + nibble] ?? -1;
      node = NEXT[node * 16 + nibble] ?? 0;
      if (symbol === END_OF_STRING) throw new Unfollowable('A header names the end of a string inside one.');
      if (symbol >= 0) {
        text[written] = symbol;
        written += 1;
      }
    }
  }
  if (!LAST_NODES.has(node)) throw new Unfollowable('A header ends within a character.');
  return latin1(text.subarray(0, written));
}

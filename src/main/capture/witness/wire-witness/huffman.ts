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
const LONGEST = 30;

/** The symbols in the order of their codes; for each length the first code, and where its symbols begin. */
const SYMBOLS = LENGTHS.map((_, symbol) => symbol).sort(
  (a, b) => (LENGTHS[a] ?? 0) - (LENGTHS[b] ?? 0) || a - b,
);
const FIRST_CODE = new Float64Array(LONGEST + 2);
const FIRST_SYMBOL = new Uint16Array(LONGEST + 2);
const COUNT = new Uint16Array(LONGEST + 2);
for (const length of LENGTHS) COUNT[length] = (COUNT[length] ?? 0) + 1;
for (let length = 1; length <= LONGEST; length += 1) {
  FIRST_CODE[length + 1] = ((FIRST_CODE[length] ?? 0) + (COUNT[length] ?? 0)) * 2;
  FIRST_SYMBOL[length + 1] = (FIRST_SYMBOL[length] ?? 0) + (COUNT[length] ?? 0);
}

/** A string in HPACK's Huffman code, a character per octet. (RFC 7541 5.2) @throws Unfollowable */
export function decodeHuffman(bytes: Uint8Array): string {
  // The shortest code has five bits.
  const text = new Uint8Array(Math.ceil((bytes.length * 8) / 5));
  let written = 0;
  let code = 0;
  let length = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit -= 1) {
      code = code * 2 + ((byte >> bit) & 1);
      length += 1;
      const offset = code - (FIRST_CODE[length] ?? 0);
      if (offset < (COUNT[length] ?? 0)) {
        const symbol = SYMBOLS[(FIRST_SYMBOL[length] ?? 0) + offset] ?? END_OF_STRING;
        if (symbol === END_OF_STRING)
          throw new Unfollowable('A header names the end of a string inside one.');
        text[written] = symbol;
        written += 1;
        code = 0;
        length = 0;
      }
    }
  }
  // What is left over are the first bits of the end of string, all ones, less than a byte of them.
  if (length > 7 || code !== 2 ** length - 1) throw new Unfollowable('A header ends within a character.');
  return latin1(text.subarray(0, written));
}

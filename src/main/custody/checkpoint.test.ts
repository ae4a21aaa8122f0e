import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { openNote, parseVkey } from './signed-note.ts';
import { formatTlogProof, parseTlogProof } from './tlog-proof.ts';

const root = Buffer.alloc(32, 0xab);
const encoded = root.toString('base64');

it('writes the three lines of a checkpoint and reads them back', () => {
  const body = { origin: 'constat/x', size: 1234, root };
  expect(formatCheckpoint(body)).toBe(`constat/x\n1234\n${encoded}\n`);
  expect(parseCheckpoint(formatCheckpoint(body))).toEqual(body);
  expect(parseCheckpoint(`constat/x\n0\n${encoded}\nextension\n`).size).toBe(0);
});

it.each([
  ['', 'nothing'],
  [`\n1\n${encoded}\n`, 'no origin'],
  [`o\n01\n${encoded}\n`, 'a leading zero'],
  [`o\n-1\n${encoded}\n`, 'a sign'],
  [`o\n1e3\n${encoded}\n`, 'an exponent'],
  [`o\n9007199254740993\n${encoded}\n`, 'more than can be counted'],
  [`o\n1\n${encoded.slice(0, 40)}\n`, 'a short root'],
  [`o\n1\n${encoded.replace('=', '')}\n`, 'no padding'],
  [`o\n1\n${encoded}`, 'no last newline'],
  [`o\n1\n${encoded}\n\nx\n`, 'an empty line'],
])('refuses %j as a checkpoint: %s', (text) => {
  expect(() => parseCheckpoint(text)).toThrow(RangeError);
});

it('writes a proof file and reads it back, the checkpoint byte for byte', () => {
  const checkpoint = `o\n8\n${encoded}\n\n— o abc=\n`;
  const proof = { index: 5, proof: [root, Buffer.alloc(32, 1)], checkpoint };
  const text = formatTlogProof(proof);
  expect(text).toBe(
    `c2sp.org/tlog-proof@v1\nindex 5\n${encoded}\n${Buffer.alloc(32, 1).toString('base64')}\n\n${checkpoint}`,
  );
  expect(parseTlogProof(text)).toEqual(proof);
  const alone = { index: 0, proof: [], checkpoint, extra: Buffer.from('x') };
  expect(parseTlogProof(formatTlogProof(alone))).toEqual(alone);
});

it.each([
  'c2sp.org/tlog-proof@v1\nindex 5\n',
  'c2sp.org/tlog-proof@v2\nindex 5\n\nx',
  'c2sp.org/tlog-proof@v1\nindex 05\n\nx',
  'c2sp.org/tlog-proof@v1\nindex 99999999999999999999\n\nx',
  `c2sp.org/tlog-proof@v1\n${encoded}\n\nx`,
  'c2sp.org/tlog-proof@v1\nindex 5\nAAAA\n\nx',
  'c2sp.org/tlog-proof@v1\nindex 5\n????\n\nx',
  `c2sp.org/tlog-proof@v1\nindex 5\nextra AA==\n${encoded}\n\nx`,
])('refuses %j as a proof file', (text) => {
  expect(() => parseTlogProof(text)).toThrow(RangeError);
});

/** Whether reading `text` ends in a value or in a RangeError. */
function isCalm(read: (text: string) => unknown, text: string): boolean {
  try {
    read(text);
  } catch (error) {
    return error instanceof RangeError;
  }
  return true;
}

it('refuses anything else with a RangeError and nothing worse', () => {
  const like = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          'c2sp.org/tlog-proof@v1',
          'index 1',
          '\n',
          '\n\n',
          encoded,
          'o',
          '8',
          'extra ',
          '— o ',
          '+',
        ),
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(like, (text) => {
      const readers = [parseCheckpoint, parseTlogProof, parseVkey, (note: string) => openNote(note, [])];
      expect(readers.every((read) => isCalm(read, text))).toBe(true);
    }),
    { numRuns: 200 },
  );
});

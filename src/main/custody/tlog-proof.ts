import { hashLength } from './merkle.ts';

const header = 'c2sp.org/tlog-proof@v1';

/** One entry's place in a log, with the signed checkpoint it is proven against (C2SP tlog-proof). */
export interface TlogProof {
  index: number;
  /** Audit path, the leaf's sibling first. */
  proof: Uint8Array[];
  /** The whole signed note, byte for byte. */
  checkpoint: string;
  /** What an application adds; not part of what is proven. */
  extra?: Uint8Array;
}

/** The text of a `.tlog-proof` file. */
export function formatTlogProof({ index, proof, checkpoint, extra }: TlogProof): string {
  const lines = [
    header,
    ...(extra ? [`extra ${base64(extra)}`] : []),
    `index ${index}`,
    ...proof.map(base64),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Reads a `.tlog-proof` file; it checks no signature and no hash. Throws RangeError where it is malformed. */
export function parseTlogProof(text: string): TlogProof {
  const end = text.indexOf('\n\n');
  if (end < 0) throw new RangeError('not a proof file: the blank line is missing');
  const [first, ...lines] = text.slice(0, end).split('\n');
  if (first !== header) throw new RangeError('not a proof file of a known version');
  const extra = lines[0]?.startsWith('extra ') ? strictBase64(lines.shift()?.slice(6) ?? '') : undefined;
  const [, decimal] = /^index (0|[1-9][0-9]*)$/.exec(lines.shift() ?? '') ?? [];
  const index = Number(decimal);
  if (decimal === undefined || !Number.isSafeInteger(index)) throw new RangeError('the proof names no entry');
  const proof = lines.map(strictBase64);
  if (proof.some((hash) => hash.length !== hashLength))
    throw new RangeError('a hash of the proof has the wrong length');
  return { index, proof, checkpoint: text.slice(end + 2), ...(extra ? { extra } : {}) };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function strictBase64(encoded: string): Uint8Array {
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64') !== encoded) throw new RangeError('a line of the proof is not proper base64');
  return bytes;
}

import { hashLength } from './merkle.ts';

/** What a checkpoint says: this log has so many entries and this root (C2SP tlog-checkpoint). */
export interface CheckpointBody {
  origin: string;
  size: number;
  root: Uint8Array;
}

/** The three lines of a checkpoint, ready to be signed as a note. */
export function formatCheckpoint({ origin, size, root }: CheckpointBody): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
}

/** Reads the text of a checkpoint. Extension lines are allowed and passed over. Throws RangeError where it is malformed. */
export function parseCheckpoint(text: string): CheckpointBody {
  const [origin, decimal, encoded, ...rest] = text.split('\n');
  if (!origin || decimal === undefined || encoded === undefined || rest.at(-1) !== '')
    throw new RangeError('not a checkpoint');
  if (rest.slice(0, -1).includes('')) throw new RangeError('the checkpoint has an empty line');
  const size = Number(decimal);
  if (!/^(0|[1-9][0-9]*)$/.test(decimal) || !Number.isSafeInteger(size))
    throw new RangeError('the checkpoint has no size');
  const root = Buffer.from(encoded, 'base64');
  if (root.length !== hashLength || root.toString('base64') !== encoded)
    throw new RangeError('the checkpoint has no root');
  return { origin, size, root };
}

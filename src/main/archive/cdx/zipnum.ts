import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { RandomAccess } from '../bytes.ts';
import { ArchiveError, reasonOf } from '../errors.ts';
import { linesOf } from './line.ts';

/** Lines per block, as browsertrix has it. */
const BLOCK_LINES = 256;
/** A block from outside unpacks to no more than this, in bytes. */
const MAX_BLOCK = 64 * 1024 * 1024;

const metaSchema = z.looseObject({ format: z.literal('cdxj-gzip-1.0'), filename: z.string() });
const blockSchema = z.looseObject({
  offset: z.int().min(0),
  length: z.int().min(1),
  digest: z.string().optional(),
  filename: z.string().optional(),
});

/** One block of a compressed index: the first line's `KEY TIMESTAMP`, and where its gzip member is. */
export interface ZipNumBlock {
  readonly first: string;
  readonly offset: number;
  readonly length: number;
  /** `sha256:…` of the gzip member, where it is said. */
  readonly digest: string | null;
}

/**
 * Packs sorted lines (each with its line feed) into gzip members of `blockLines` lines and an index of their first lines.
 * A block goes on as long as lines begin like its first one: ReplayWeb.page keeps one block per `KEY TIMESTAMP`.
 */
export function packZipNum(
  sorted: readonly Uint8Array[],
  filename: string,
  blockLines = BLOCK_LINES,
  compress: (bytes: Uint8Array) => Uint8Array = gzipSync,
): { packed: Uint8Array; index: Uint8Array } {
  const members: Uint8Array[] = [];
  const lines = [`!meta 0 ${JSON.stringify({ format: 'cdxj-gzip-1.0', filename })}\n`];
  let offset = 0;
  for (let start = 0; start < sorted.length;) {
    const first = prefixOf(sorted[start]);
    let end = Math.min(start + blockLines, sorted.length);
    while (end < sorted.length && prefixOf(sorted[end]) === first) end += 1;
    const member = compress(Buffer.concat(sorted.slice(start, end)));
    const digest = `sha256:${createHash('sha256').update(member).digest('hex')}`;
    lines.push(`${first} ${JSON.stringify({ offset, length: member.byteLength, digest, filename })}\n`);
    members.push(member);
    offset += member.byteLength;
    start = end;
  }
  return { packed: Buffer.concat(members), index: new TextEncoder().encode(lines.join('')) };
}

/** Reads an `index.idx`. Throws ArchiveError about `item`. */
export function parseZipNum(index: Uint8Array, item: string): { filename: string; blocks: ZipNumBlock[] } {
  const [meta, ...lines] = linesOf(index);
  const header = /^!meta \d+ (\{.*)$/.exec(meta ?? '')?.[1];
  const parsed = metaSchema.safeParse(json(header ?? '', item));
  if (!parsed.success) throw new ArchiveError(item, 'its first line is not the one of a compressed index');
  const blocks = lines.map((line, at): ZipNumBlock => {
    const where = `${item}, line ${at + 2}`;
    const match = /^(\S+ \d+) (\{.*)$/.exec(line);
    const block = blockSchema.safeParse(json(match?.[2] ?? '', where));
    if (!block.success || match?.[1] === undefined)
      throw new ArchiveError(where, 'it is no line of a compressed index');
    const { offset, length, digest } = block.data;
    return { first: match[1], offset, length, digest: digest ?? null };
  });
  return { filename: parsed.data.filename, blocks };
}

/** The lines of one block. Throws ArchiveError about `item` where its digest or its bytes are wrong. */
export function readZipNumBlock(packed: RandomAccess, block: ZipNumBlock, item: string): string[] {
  if (block.offset + block.length > packed.size)
    throw new ArchiveError(item, 'it points outside of the index');
  const member = packed.read(block.offset, block.length);
  if (
    block.digest !== null &&
    block.digest !== `sha256:${createHash('sha256').update(member).digest('hex')}`
  ) {
    throw new ArchiveError(item, 'its bytes do not match its digest');
  }
  try {
    return linesOf(gunzipSync(member, { maxOutputLength: MAX_BLOCK }));
  } catch (error) {
    throw new ArchiveError(item, reasonOf(error), { cause: error });
  }
}

/** The blocks that may hold lines with this key: from the last that begins before it to the last that begins with it. */
export function blocksForKey(blocks: readonly ZipNumBlock[], key: string): ZipNumBlock[] {
  const wanted = Buffer.from(key);
  const keys = blocks.map((block) => Buffer.from(block.first.slice(0, block.first.indexOf(' '))));
  // Lines with the key can start inside of the last block whose own first key is smaller.
  const after = keys.findIndex((first) => Buffer.compare(first, wanted) >= 0);
  const from = after < 0 ? blocks.length - 1 : Math.max(0, after - 1);
  const end = keys.findIndex((first) => Buffer.compare(first, wanted) > 0);
  return blocks.slice(Math.max(0, from), end < 0 ? blocks.length : end);
}

/** `KEY TIMESTAMP` of a line. */
function prefixOf(line: Uint8Array | undefined): string {
  const text = new TextDecoder().decode(line ?? new Uint8Array(0));
  return text.slice(0, text.indexOf(' ', text.indexOf(' ') + 1));
}

function json(text: string, item: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ArchiveError(item, 'its JSON is not readable', { cause: error });
  }
}

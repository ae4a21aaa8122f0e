import { z } from 'zod';
import { ArchiveError } from '../errors.ts';

const number = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int().min(0));

const fieldsSchema = z.looseObject({
  url: z.string(),
  /** `sha256:…`; other writers leave the prefix out. */
  digest: z.string().optional(),
  mime: z.string().optional(),
  filename: z.string(),
  offset: number,
  length: number,
  status: z.union([z.number(), z.string()]).optional(),
  recordDigest: z.string().optional(),
  method: z.string().optional(),
  requestBody: z.string().optional(),
});

/** One line of a CDXJ index (reference part 3.5). `filename` is relative to `archive/`, offset and length are bytes. */
export interface CdxEntry extends z.infer<typeof fieldsSchema> {
  readonly key: string;
  /** 14 or 17 digits, UTC. */
  readonly timestamp: string;
}

/** What a line is made of; the order here is the order in the file. */
export interface CdxFields {
  url: string;
  digest: string;
  mime: string;
  status: number;
  filename: string;
  offset: number;
  length: number;
  recordDigest: string;
  method?: string;
  requestBody?: string;
}

/** A line with its line feed. The key must hold no white space. */
export function formatCdxLine(key: string, timestamp: string, fields: CdxFields): Uint8Array {
  return new TextEncoder().encode(`${key} ${timestamp} ${JSON.stringify(fields)}\n`);
}

/** Reads a line without its line feed. Throws ArchiveError about `item`. */
export function parseCdxLine(line: string, item: string): CdxEntry {
  const first = line.indexOf(' ');
  const second = line.indexOf(' ', first + 1);
  if (first <= 0 || second < 0) throw new ArchiveError(item, 'it is no CDXJ line');
  const timestamp = line.slice(first + 1, second);
  if (!/^\d{14}(\d{3})?$/.test(timestamp)) throw new ArchiveError(item, 'its timestamp is not readable');
  let json: unknown;
  try {
    json = JSON.parse(line.slice(second + 1));
  } catch (error) {
    throw new ArchiveError(item, 'its JSON is not readable', { cause: error });
  }
  const fields = fieldsSchema.safeParse(json);
  if (!fields.success)
    throw new ArchiveError(item, `its fields are not complete (${z.prettifyError(fields.error)})`);
  return { ...fields.data, key: line.slice(0, first), timestamp };
}

/** An RFC 3339 instant as 17 digits; what is missing of the milliseconds is zero. */
export function cdxTimestamp(instant: string): string {
  const digits = instant.replace(/\D/g, '');
  return digits.slice(0, 17).padEnd(17, '0');
}

/** Lines in the order of their bytes (LC_ALL=C). */
export function sortLines(lines: readonly Uint8Array[]): Uint8Array[] {
  return [...lines].sort((a, b) => Buffer.compare(a, b));
}

/** Text split at line feeds, without the empty last one. */
export function linesOf(bytes: Uint8Array): string[] {
  const lines = new TextDecoder().decode(bytes).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

import { z } from 'zod';
import { ArchiveError } from '../errors.ts';

export const WACZ_VERSION = '1.1.1';
export const DATAPACKAGE = 'datapackage.json';
export const DATAPACKAGE_DIGEST = 'datapackage-digest.json';
export const PAGES = 'pages/pages.jsonl';
export const WARC_FILE = 'data.warc.gz';
export const INDEX_PLAIN = 'indexes/index.cdx';
export const INDEX_BLOCKS = 'indexes/index.idx';
export const INDEX_PACKED = 'indexes/index.cdx.gz';

/** Largest datapackage.json, pages.jsonl or index that is read into memory, in bytes. */
export const MAX_TEXT = 256 * 1024 * 1024;

/** A file of the package. `name` is its base name in lower case: Frictionless allows `[-a-z0-9._/]` and no two alike. */
const resourceSchema = z.looseObject({
  name: z.string(),
  path: z.string(),
  /** `sha256:…`; other writers may have another algorithm. */
  hash: z.string().regex(/^[a-z0-9]+:[0-9a-f]+$/),
  bytes: z.int().min(0),
});

/** datapackage.json of WACZ 1.1.1 (reference part 3.2). */
export const datapackageSchema = z.looseObject({
  profile: z.string().optional(),
  wacz_version: z.string().optional(),
  resources: z.array(resourceSchema),
  title: z.string().optional(),
  description: z.string().optional(),
  created: z.string().optional(),
  modified: z.string().optional(),
  software: z.string().optional(),
  mainPageUrl: z.string().optional(),
  mainPageDate: z.string().optional(),
});
export type Datapackage = z.infer<typeof datapackageSchema>;

/** datapackage-digest.json: the package's own digest, and who signed it (wacz-auth 0.1.0). */
export const digestFileSchema = z.looseObject({
  path: z.literal(DATAPACKAGE),
  hash: z.string(),
  signedData: z.looseObject({ hash: z.string(), created: z.string(), signature: z.string() }).optional(),
});

const pageSchema = z.looseObject({
  url: z.string(),
  ts: z.string(),
  id: z.string().optional(),
  title: z.string().optional(),
});
/** A row of pages.jsonl. */
export type PageRow = z.infer<typeof pageSchema>;
const pageHeaderSchema = z.looseObject({ format: z.literal('json-pages-1.0') });

/** Parses JSON against a schema. Throws ArchiveError about `item`. */
export function parseJson<T>(schema: z.ZodType<T>, text: string, item: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ArchiveError(item, 'it is no JSON', { cause: error });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success)
    throw new ArchiveError(item, `it is not as the format asks (${z.prettifyError(parsed.error)})`);
  return parsed.data;
}

/** The rows of a pages.jsonl; the first line is its header. Throws ArchiveError. */
export function parsePages(text: string, item: string): PageRow[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  parseJson(pageHeaderSchema, lines[0] ?? '', `${item}, line 1`);
  return lines.slice(1).map((line, at) => parseJson(pageSchema, line, `${item}, line ${at + 2}`));
}

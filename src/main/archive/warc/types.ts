import type { JsonObject } from '../../../shared/domain/common.ts';
import type { HeaderList } from '../../../shared/domain/provenance.ts';
import type { Payload } from '../bytes.ts';

export type Truncation = 'length' | 'time' | 'disconnect' | 'unspecified';

/** One request and its answer. Header values are byte strings: a character per byte, as HTTP has them. */
export interface HttpExchange {
  url: string;
  method: string;
  /** WARC-Date of both records. */
  requestTime: Date;
  requestHeaders: HeaderList;
  /** What stood in the request line; without it, the path and query of `url`. */
  requestTarget?: string;
  requestBody?: Payload | null;
  status: number;
  statusText: string;
  responseHeaders: HeaderList;
  /** What was really spoken: `http/1.1`, `h2`, `h3`. */
  httpVersion: string;
  payload: Payload | null;
  /** The payload is what came out of the content coding (CDP), not what was sent. */
  bodyDecoded: boolean;
  serverAddress?: string | null;
  tls?: { protocol: string; cipher: string | null } | null;
  truncated?: Truncation | null;
  resourceType?: string;
  pageId?: string;
  /** Goes to WARC-JSON-Metadata. */
  extra?: JsonObject;
  /** What the browser took the answer for. */
  mimeType?: string | null;
}

/** Something made beside the exchanges: a screenshot, a text, a document after load. */
export interface ResourceInput {
  /** `urn:view:URL`, `urn:fullPage:URL`, `urn:text:URL` and so on. */
  uri: string;
  contentType: string;
  payload: Payload;
  time: Date;
  pageId?: string;
  /** The other program that made it, with version and SHA-256; for the account, not written to the record. */
  tool?: string;
}

/** A record as written. Offset and length are of its gzip member in the WARC file. */
export interface WrittenRecord {
  /** `<urn:uuid:…>` */
  readonly id: string;
  readonly uri: string;
  readonly offset: number;
  readonly length: number;
  /** SHA-256 of the gzip member, hexadecimal. */
  readonly recordSha256: string;
  readonly payloadSha256: string;
  readonly payloadSize: number;
}

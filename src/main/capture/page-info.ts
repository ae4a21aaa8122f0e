import type { ResourceAccount } from '../../shared/domain/provenance.ts';
import type { Payload } from '../archive/bytes.ts';
import { textPayload } from '../archive/payload.ts';

/**
 * `urn:pageinfo:URL` as browsertrix-crawler writes it, which its checks of a replay read: every address the page asked for, with
 * status and type as they came. (capture.md 2.2) The times of each, which browsertrix has not, stand beside them under `timing`.
 */
export function pageInfo(input: {
  pageId: string;
  url: string;
  time: Date;
  status: number | null;
  jsErrors: number;
  accounts: readonly ResourceAccount[];
}): Payload {
  const urls: Record<string, object> = Object.create(null) as Record<string, object>;
  for (const { url, status, mimeType, type, failure, fromCache, requestedAt, timing } of input.accounts) {
    // A first answer stands: what a cache repeats later says less.
    if (url in urls) continue;
    urls[url] = {
      status: status ?? 0,
      ...(mimeType === null ? {} : { mime: mimeType }),
      type: type.toLowerCase(),
      ...(failure === null || status !== null ? {} : { error: failure }),
      ...(fromCache ? { fromBrowserCache: true } : {}),
      timing: { requestedAt, ...timing },
    };
  }
  const { pageId, url, time, status, jsErrors } = input;
  return textPayload(
    JSON.stringify({
      pageid: pageId,
      urls,
      url,
      ts: time.toISOString(),
      tsStatus: status ?? 0,
      counts: { jsErrors },
    }),
  );
}

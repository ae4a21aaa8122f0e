import { bytesPayload } from '../../../archive/payload.ts';
import type { Payload } from '../../../archive/bytes.ts';
import type { CdpSession } from '../../cdp/connection.ts';
import type { Protocol } from '../../cdp/protocol.ts';

/** The body of a request as it was sent; `missing` where there was one and the browser does not give it. */
export type RequestBody = Payload | null | 'missing';

/** Reads what a page sent: from the announcement where it holds all of it (forms, beacons), otherwise by asking (files, blobs). */
export async function readRequestBody(
  session: CdpSession,
  requestId: string,
  request: Protocol.Network.Request,
): Promise<RequestBody> {
  if (request.hasPostData !== true) return null;
  const pieces = request.postDataEntries ?? [];
  if (pieces.length > 0 && pieces.every((piece) => piece.bytes !== undefined)) {
    return bytesPayload(Buffer.concat(pieces.map((piece) => Buffer.from(piece.bytes ?? '', 'base64'))));
  }
  try {
    const { postData, base64Encoded } = await session.send('Network.getRequestPostData', { requestId });
    return bytesPayload(Buffer.from(postData, base64Encoded ? 'base64' : 'utf8'));
  } catch {
    return request.postData === undefined ? 'missing' : bytesPayload(Buffer.from(request.postData, 'utf8'));
  }
}

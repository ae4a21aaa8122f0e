import { z } from 'zod';
import { sha256Schema } from '../../../shared/domain/common.ts';
import type { Provenance, ResourceAccount, Tls } from '../../../shared/domain/provenance.ts';
import { claimedType } from '../../archive/warc/http-head.ts';
import type { WholeRecord } from '../../archive/warc/unfinished.ts';

const connectionSchema = z.object({ certificates: z.array(sha256Schema).default([]) });
const truncationSchema = z
  .enum(['length', 'time', 'disconnect', 'unspecified'])
  .nullable()
  .catch('unspecified');

/** The line of the account that a response record with its request stands for; null for records of another kind. */
export function exchangeOf(
  [response, request]: readonly WholeRecord[],
  seenBy: ResourceAccount['seenBy'],
): ResourceAccount | null {
  if (response?.type !== 'response' || !response.http) return null;
  const { fields, http, payload, uri, date } = response;
  const type = fields.get('WARC-Resource-Type') ?? 'other';
  const truncated = truncationSchema.parse(fields.get('WARC-Truncated'));
  const extra = metadataOf(response);
  return {
    url: uri,
    method: request?.http?.startLine.split(' ', 1)[0] ?? 'GET',
    type: `${type.slice(0, 1).toUpperCase()}${type.slice(1)}`,
    status: http.status,
    mimeType: fields.get('WARC-Identified-Payload-Type') ?? claimedType(http.headers),
    size: payload.size,
    sha256: payload.sha256,
    decodedSha256: null,
    seenBy,
    protocol: fields.all('WARC-Protocol').find((protocol) => !isTls(protocol)) ?? null,
    serverAddress: fields.get('WARC-IP-Address'),
    tls: tlsOf(response, extra),
    requestedAt: new Date(date).toISOString(),
    timing: null,
    fromCache: false,
    fromServiceWorker: extra?.['fromServiceWorker'] === true,
    truncated,
    failure: truncated === null ? null : truncationWords[truncated],
    blocked: false,
  };
}

/** The line among the files that a resource record stands for; null for records of another kind. */
export function artefactOf(
  [record]: readonly WholeRecord[],
  noted: Provenance['artefacts'],
): Provenance['artefacts'][number] | null {
  if (record?.type !== 'resource') return null;
  const { uri, contentType, payload } = record;
  const tool = noted.find((artefact) => artefact.uri === uri)?.tool ?? null;
  return { uri, contentType, ...payload, tool };
}

/** As the verdict sorts them. */
const truncationWords = {
  length: 'the limit of bytes for this capture was reached',
  time: 'it was still arriving when the capture ended',
  disconnect: 'it was cut',
  unspecified: 'it was not kept whole',
} as const;

function metadataOf({ fields }: WholeRecord): Record<string, unknown> | null {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(fields.get('WARC-JSON-Metadata') ?? ''));
  } catch {
    return null;
  }
}

const isTls = (protocol: string): boolean => /^(tls|ssl)\//.test(protocol);

/** Names and dates of certificates are not in the record; their digests are, on the wire. */
function tlsOf({ fields }: WholeRecord, extra: Record<string, unknown> | null): Tls | null {
  const protocol = fields.all('WARC-Protocol').find(isTls);
  if (protocol === undefined) return null;
  const connection = connectionSchema.safeParse(extra ?? {});
  return {
    protocol,
    cipher: fields.get('WARC-Cipher-Suite'),
    issuer: null,
    subjectName: null,
    validFrom: null,
    validTo: null,
    chain: connection.success ? connection.data.certificates : [],
    trust: null,
  };
}

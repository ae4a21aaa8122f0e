import type { HeaderList } from '../../../../shared/domain/provenance.ts';
import type { RequestHead, ResponseHead } from './parser.ts';

/** What a header block says: the pseudo-headers, the first of each, and the fields as they were sent. (RFC 9113 8.3) */
function split(block: HeaderList): { pseudo: Map<string, string>; headers: HeaderList } {
  const pseudo = new Map<string, string>();
  for (const [name, value] of block) if (name.startsWith(':') && !pseudo.has(name)) pseudo.set(name, value);
  return { pseudo, headers: withoutPseudo(block) };
}

export function withoutPseudo(block: HeaderList): HeaderList {
  return block.filter(([name]) => !name.startsWith(':'));
}

/** Null where it lacks what makes a request. */
export function requestOf(block: HeaderList, at: Date): RequestHead | null {
  const { pseudo, headers } = split(block);
  const method = pseudo.get(':method');
  const authority =
    pseudo.get(':authority') ?? headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? null;
  // A plain CONNECT names no path. (RFC 9113 8.5)
  const target = pseudo.get(':path') ?? (method === 'CONNECT' ? authority : null);
  if (!method || !target) return null;
  return {
    method,
    target,
    authority,
    scheme: pseudo.get(':scheme') ?? null,
    headers,
    version: 'h2',
    raw: null,
    at,
    protocol: pseudo.get(':protocol') ?? null,
  };
}

/** Null where it lacks a status. 101 is none in HTTP/2. (RFC 9113 8.6) */
export function responseOf(block: HeaderList, at: Date): ResponseHead | null {
  const { pseudo, headers } = split(block);
  const status = pseudo.get(':status') ?? '';
  if (!/^[1-9]\d\d$/.test(status) || status === '101') return null;
  return { status: Number(status), statusText: '', headers, version: 'h2', raw: null, at };
}

import { isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** RFC 1928 reply codes the egress uses. */
export const socksReply = {
  ok: 0,
  failure: 1,
  notAllowed: 2,
  networkUnreachable: 3,
  hostUnreachable: 4,
  refused: 5,
  command: 7,
  addressType: 8,
} as const;

export type SocksStep =
  | { need: 'more' }
  | { need: 'close'; reply: Uint8Array }
  | { need: 'greet'; used: number; reply: Uint8Array }
  | { need: 'connect'; used: number; host: string; port: number };

const more: SocksStep = { need: 'more' };

/** First message of the client: version and methods. Only “no authentication” is known. */
export function readGreeting(bytes: Buffer): SocksStep {
  if (bytes.length < 2)
    return bytes.length === 1 && bytes[0] !== 5 ? { need: 'close', reply: new Uint8Array() } : more;
  if (bytes[0] !== 5) return { need: 'close', reply: new Uint8Array() };
  const methods = bytes[1] ?? 0;
  if (bytes.length < 2 + methods) return more;
  if (!bytes.subarray(2, 2 + methods).includes(0)) return { need: 'close', reply: Uint8Array.of(5, 0xff) };
  return { need: 'greet', used: 2 + methods, reply: Uint8Array.of(5, 0) };
}

/** Second message: CONNECT to a name or an address; anything else is refused. */
export function readRequest(bytes: Buffer): SocksStep {
  if (bytes.length < 5) return more;
  if (bytes[0] !== 5) return { need: 'close', reply: new Uint8Array() };
  if (bytes[1] !== 1) return { need: 'close', reply: answer(socksReply.command) };
  const type = bytes[3];
  const length = type === 1 ? 4 : type === 4 ? 16 : type === 3 ? (bytes[4] ?? 0) : -1;
  if (length < 1) return { need: 'close', reply: answer(socksReply.addressType) };
  const start = type === 3 ? 5 : 4;
  if (bytes.length < start + length + 2) return more;
  const address = bytes.subarray(start, start + length);
  const host =
    type === 3
      ? address.toString('latin1').replace(/^\[(.*)\]$/, '$1')
      : ipaddr.fromByteArray([...address]).toString();
  return { need: 'connect', used: start + length + 2, host, port: bytes.readUInt16BE(start + length) };
}

/** A reply; the bound address is of no use to the browser and left empty. */
export function answer(code: number): Uint8Array {
  return Uint8Array.of(5, code, 0, 1, 0, 0, 0, 0, 0, 0);
}

/** `host:port`, brackets around IPv6. */
export function hostAndPort(host: string, port: number): string {
  return host.includes(':') && !isIPv4(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

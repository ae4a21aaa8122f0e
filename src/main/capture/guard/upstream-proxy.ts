import { randomBytes } from 'node:crypto';
import { connect, isIP, type Socket } from 'node:net';
import ipaddr from 'ipaddr.js';
import { ConstatError } from '../../../shared/problems.ts';
import { NoWay } from './names.ts';
import { hostAndPort, socksReply } from './socks.ts';

/** What all traffic goes through behind the exit. */
export interface UpstreamProxy {
  kind: 'socks5' | 'http' | 'tor';
  host: string;
  port: number;
  /** True where names are looked up at the far end and not on this machine, which then asks no name server. */
  remoteNames: boolean;
  credentials: { user: string; password: string } | null;
  /** As recorded: without credentials. */
  recorded: string;
}

const kinds: Record<string, { kind: UpstreamProxy['kind']; port: number; remoteNames: boolean }> = {
  'socks5:': { kind: 'socks5', port: 1080, remoteNames: false },
  'socks5h:': { kind: 'socks5', port: 1080, remoteNames: true },
  'http:': { kind: 'http', port: 8080, remoteNames: true },
  'tor:': { kind: 'tor', port: 9050, remoteNames: true },
};

/**
 * Reads a proxy's address: `socks5://host:port` (names looked up here), `socks5h://` (there), `http://` (CONNECT), `tor://`; null for an
 * empty text. Credentials are no part of it, since the address is sealed with the capture: they come beside it (`user:password`). With Tor,
 * credentials of its own for each capture keep captures on circuits apart. Throws PROXY_INVALID.
 */
export function parseProxy(text: string, credentials = ''): UpstreamProxy | null {
  if (text.trim() === '') return null;
  const [scheme = '', rest = ''] = text.trim().split('//', 2);
  const known = kinds[scheme.toLowerCase()];
  const [, name = '', digits] = /^(\[[0-9a-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?\/?$/i.exec(rest) ?? [];
  const host = name.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  const port = digits === undefined ? known?.port : Number(digits);
  if (!known || host === '' || port === undefined || port < 1 || port > 65_535)
    throw new ConstatError('PROXY_INVALID', { proxy: text.replace(/\/\/[^/@]*@/, '//…@') });
  const { kind, remoteNames } = known;
  const [user = '', ...password] = credentials.split(':');
  return {
    kind,
    host,
    port,
    remoteNames,
    credentials:
      kind === 'tor'
        ? { user: randomBytes(8).toString('hex'), password: randomBytes(8).toString('hex') }
        : credentials === ''
          ? null
          : { user, password: password.join(':') },
    recorded: `${scheme.toLowerCase()}//${hostAndPort(host, port)}`,
  };
}

/**
 * Asks a proxy for a connection to a name or an address. The socket given back carries what the destination says and nothing before it.
 * Rejects with NoWay, whose words say whether the proxy or the destination failed.
 */
export function connectThrough(
  proxy: UpstreamProxy,
  to: { host: string; port: number },
  options: { timeout: number; onSocket: (socket: Socket) => void },
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: proxy.host, port: proxy.port, allowHalfOpen: true });
    options.onSocket(socket);
    const talk = proxy.kind === 'http' ? httpTalk(proxy, to) : socksTalk(proxy, to);
    let held: Buffer = Buffer.alloc(0);
    const give = (error: NoWay | null): void => {
      clearTimeout(timer);
      socket.off('data', hear);
      if (error) {
        socket.destroy();
        reject(error);
        return;
      }
      socket.pause();
      if (held.byteLength > 0) socket.unshift(held);
      resolve(socket);
    };
    const timer = setTimeout(() => give(new NoWay('failed', 'ETIMEDOUT')), options.timeout);
    const hear = (chunk: Buffer): void => {
      held = Buffer.concat([held, chunk]);
      for (;;) {
        const step = talk.answer(held);
        if (step.kind === 'more') {
          if (held.byteLength > LIMIT) give(new NoWay('failed', 'the proxy’s answer was not understood'));
          return;
        }
        if (step.kind === 'refused') {
          give(new NoWay('failed', step.reason));
          return;
        }
        held = held.subarray(step.used);
        if (step.kind === 'open') {
          give(null);
          return;
        }
        socket.write(step.say);
      }
    };
    socket.on('data', hear);
    socket.once('connect', () => socket.write(talk.first));
    socket.once('error', (error) =>
      give(new NoWay('failed', `the proxy could not be reached (${error.message})`)),
    );
    socket.once('close', () => give(new NoWay('failed', 'the proxy closed the connection')));
  });
}

/** Longer answers to a request for a connection are none. */
const LIMIT = 64 * 1024;

type TalkStep =
  | { kind: 'more' }
  | { kind: 'say'; used: number; say: Uint8Array }
  | { kind: 'open'; used: number }
  | { kind: 'refused'; reason: string };

interface Talk {
  first: Uint8Array;
  answer(bytes: Buffer): TalkStep;
}

/** RFC 9110 9.3.6. */
function httpTalk({ credentials }: UpstreamProxy, { host, port }: { host: string; port: number }): Talk {
  const where = hostAndPort(host, port);
  const authorization = credentials
    ? `Proxy-Authorization: Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}\r\n`
    : '';
  return {
    first: Buffer.from(`CONNECT ${where} HTTP/1.1\r\nHost: ${where}\r\n${authorization}\r\n`, 'latin1'),
    answer: (bytes) => {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return { kind: 'more' };
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(bytes.toString('latin1', 0, 64))?.[1] ?? 'no HTTP';
      return status.startsWith('2')
        ? { kind: 'open', used: end + 4 }
        : { kind: 'refused', reason: `the proxy refused (${status})` };
    },
  };
}

/** RFC 1928, RFC 1929. */
function socksTalk({ credentials }: UpstreamProxy, to: { host: string; port: number }): Talk {
  let stage: 'method' | 'password' | 'request' = 'method';
  return {
    first: credentials ? Uint8Array.of(5, 1, 2) : Uint8Array.of(5, 1, 0),
    answer: (bytes) => {
      if (stage === 'request') return socksAnswer(bytes);
      if (bytes.byteLength < 2) return { kind: 'more' };
      if (stage === 'method') {
        if (bytes[0] !== 5 || bytes[1] === 0xff)
          return { kind: 'refused', reason: 'the proxy accepts none of the ways to log in' };
        if (bytes[1] === 2 && credentials) {
          stage = 'password';
          return { kind: 'say', used: 2, say: passwordMessage(credentials) };
        }
      } else if (bytes[1] !== 0) return { kind: 'refused', reason: 'the proxy refused the credentials' };
      stage = 'request';
      return { kind: 'say', used: 2, say: socksRequest(to) };
    },
  };
}

function passwordMessage({ user, password }: { user: string; password: string }): Uint8Array {
  const [name, secret] = [Buffer.from(user).subarray(0, 255), Buffer.from(password).subarray(0, 255)];
  return Buffer.concat([Uint8Array.of(1, name.byteLength), name, Uint8Array.of(secret.byteLength), secret]);
}

function socksRequest({ host, port }: { host: string; port: number }): Uint8Array {
  const place =
    isIP(host) === 0
      ? Buffer.concat([Uint8Array.of(3, Buffer.byteLength(host)), Buffer.from(host, 'latin1')])
      : Buffer.from([isIP(host) === 4 ? 1 : 4, ...ipaddr.parse(host).toByteArray()]);
  return Buffer.concat([Uint8Array.of(5, 1, 0), place, Uint8Array.of(port >> 8, port & 0xff)]);
}

const refusals: Record<number, string> = {
  [socksReply.notAllowed]: 'the proxy does not allow it',
  [socksReply.networkUnreachable]: 'ENETUNREACH',
  [socksReply.hostUnreachable]: 'EHOSTUNREACH',
  [socksReply.refused]: 'ECONNREFUSED',
};

function socksAnswer(bytes: Buffer): TalkStep {
  if (bytes.byteLength < 5) return { kind: 'more' };
  const [version, code = 1, , type] = bytes;
  if (version !== 5) return { kind: 'refused', reason: 'the proxy speaks no SOCKS5' };
  if (code !== socksReply.ok)
    return { kind: 'refused', reason: refusals[code] ?? `the proxy failed (${code})` };
  const length = type === 1 ? 4 : type === 4 ? 16 : 1 + (bytes[4] ?? 0);
  return bytes.byteLength < 6 + length ? { kind: 'more' } : { kind: 'open', used: 6 + length };
}

import { createHash, type X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import * as tls from 'node:tls';
import type { Certificate } from '../../../../shared/domain/witness.ts';

export interface UpstreamOptions {
  /** The name the browser asked for: what the certificate must be for. */
  host: string;
  alpn: string[];
  /** Milliseconds for the handshake. */
  timeout: number;
  /** PEM certificates that count as roots besides the machine's, in tests. */
  trustedToo?: readonly string[];
}

/** A secure connection to a server, and what it showed of itself on this very connection. */
export interface UpstreamTls {
  socket: tls.TLSSocket;
  /** The protocol agreed on, or null where none was negotiated. */
  alpn: string | null;
  protocol: string;
  cipher: string;
  /** Leaf first, as far as the server sent it. */
  chain: Certificate[];
  /** `ok`, or why the chain is not trusted (OpenSSL's name for it). */
  trust: string;
  /** SHA-256 of the OCSP answer the server stapled, or null. */
  stapled: string | null;
}

let roots: string[] | null = null;

/** Mozilla's roots, which Node brings, and those of this machine. */
function trustedRoots(): string[] {
  roots ??= [...new Set([...tls.rootCertificates, ...tls.getCACertificates('system')])];
  return roots;
}

let shared: tls.SecureContext | null = null;

function context(trustedToo: readonly string[]): tls.SecureContext {
  if (trustedToo.length > 0) return tls.createSecureContext({ ca: [...trustedRoots(), ...trustedToo] });
  shared ??= tls.createSecureContext({ ca: trustedRoots() });
  return shared;
}

/**
 * Opens TLS over a connection that exists. The chain is verified, and the result given back rather than thrown: whoever asked decides
 * whether to go on. Rejects with an Error when no secure connection could be agreed at all.
 */
export function connectTls(raw: Socket, options: UpstreamOptions): Promise<UpstreamTls> {
  const { host, alpn, timeout, trustedToo = [] } = options;
  return new Promise((resolve, reject) => {
    let stapled: string | null = null;
    const socket = tls.connect({
      socket: raw,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      host,
      ...(alpn.length > 0 ? { ALPNProtocols: alpn } : {}),
      secureContext: context(trustedToo),
      rejectUnauthorized: false,
      requestOCSP: true,
    });
    const timer = setTimeout(() => socket.destroy(new Error('no secure connection in time')), timeout);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(error);
    };
    socket.once('error', fail);
    socket.once('close', () => fail(new Error('the server closed the connection')));
    socket.on('OCSPResponse', (answer: Buffer | null) => {
      if (answer !== null && answer.byteLength > 0)
        stapled = createHash('sha256').update(answer).digest('hex');
    });
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      socket.off('error', fail);
      resolve({
        socket,
        alpn: typeof socket.alpnProtocol === 'string' ? socket.alpnProtocol : null,
        protocol: protocolName(socket.getProtocol()),
        cipher: socket.getCipher().standardName,
        chain: chainOf(socket),
        // Node has checked the chain and the name by now; it does not end the connection for it.
        trust: socket.authorized ? 'ok' : errorName(socket.authorizationError),
        stapled,
      });
    });
  });
}

function errorName(error: unknown): string {
  if (typeof error === 'string') return error;
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return error instanceof Error ? error.message : 'not trusted';
}

/** Servers that send themselves in circles are cut at a length no real chain has. */
const LONGEST = 12;

function chainOf(socket: tls.TLSSocket): Certificate[] {
  const chain: Certificate[] = [];
  let next: X509Certificate | undefined = socket.getPeerX509Certificate();
  while (next && chain.length < LONGEST) {
    chain.push(describe(next));
    const issuer: X509Certificate | undefined = next.issuerCertificate;
    if (!issuer || issuer.fingerprint256 === next.fingerprint256) break;
    next = issuer;
  }
  return chain;
}

function describe(certificate: X509Certificate): Certificate {
  return {
    sha256: createHash('sha256').update(certificate.raw).digest('hex'),
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    validFrom: certificate.validFromDate.toISOString(),
    validTo: certificate.validToDate.toISOString(),
    pem: certificate.toString(),
  };
}

const oneLine = (name: string | undefined): string => (name ?? '').replaceAll('\n', ', ');

/** `TLSv1.3` as the browser writes it: `TLS 1.3`. */
function protocolName(name: string | null): string {
  return (name ?? 'TLS').replace(/^TLSv/, 'TLS ');
}

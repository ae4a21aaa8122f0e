import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Duplex } from 'node:stream';
import type { Certificate } from '../../../../shared/domain/witness.ts';
import { peekClientHello, type ClientHello } from './client-hello.ts';
import { Http1Parser } from './http1-parser.ts';
import { Http2Parser } from './http2-parser.ts';
import type { RunAuthority } from './run-authority.ts';
import { connectTls, type UpstreamTls } from './upstream-tls.ts';
import type { WireConnection } from './wire-exchange.ts';
import type { WireLog } from './wire-log.ts';

export interface Destination {
  host: string;
  port: number;
  address: string;
}

export interface WireTapOptions {
  authority: RunAuthority;
  log: WireLog;
  /** Go on where the server's chain is not trusted. */
  allowBadCertificates: boolean;
  trustedToo?: readonly string[];
  /** Milliseconds for a TLS handshake. */
  timeout?: number;
  /** Called when a connection is not made after all, with a short reason. */
  onRefused: (destination: Destination, reason: string) => void;
}

/** What can be followed; a server is offered nothing else. */
const spoken = new Set(['h2', 'http/1.1', 'http/1.0']);

/**
 * Stands at the exit: ends TLS on both sides with the protocol the browser and the server agree on, hands every byte on as it came, and
 * lets a parser listen. The browser waits for the server only, never for what is recorded. (design: two witnesses, decision 3)
 */
export class WireTap {
  readonly #options: WireTapOptions;
  readonly #certificates = new Map<string, Certificate>();
  #connections = 0;

  constructor(options: WireTapOptions) {
    this.#options = options;
  }

  /** Every certificate servers sent, once each. */
  get certificates(): Certificate[] {
    return [...this.#certificates.values()];
  }

  /** Joins a connection of the browser with one to the server it asked for. */
  join(client: Socket, upstream: Socket, destination: Destination): void {
    let held: Buffer = Buffer.alloc(0);
    const look = (chunk: Buffer): void => {
      held = held.byteLength === 0 ? chunk : Buffer.concat([held, chunk]);
      const peeked = peekClientHello(held);
      if (peeked.kind === 'more') return;
      client.off('data', look);
      client.off('end', early);
      client.off('close', gone);
      upstream.off('close', closed);
      client.pause();
      client.unshift(held);
      const ready = peeked.kind === 'tls' ? this.#secure(client, upstream, destination, peeked.hello) : null;
      if (ready) void ready.catch((error: unknown) => this.#refuse(client, upstream, destination, error));
      else this.#plain(client, upstream, destination);
    };
    // Until the first bytes have said what is spoken, each side only hears that the other is gone.
    const early = (): void => {
      upstream.end();
    };
    const gone = (): void => {
      upstream.destroy();
    };
    const closed = (): void => client.destroySoon();
    client.on('data', look);
    client.once('end', early);
    client.once('close', gone);
    upstream.once('close', closed);
    client.resume();
  }

  #plain(client: Socket, upstream: Socket, destination: Destination): void {
    this.#listen(client, upstream, this.#connection(destination, null), null);
  }

  async #secure(
    client: Socket,
    upstream: Socket,
    destination: Destination,
    hello: ClientHello,
  ): Promise<void> {
    const { authority, allowBadCertificates, trustedToo, timeout = 20_000 } = this.#options;
    const { host } = destination;
    const context = authority.context(hello.serverName ?? host);
    context.catch(() => undefined);
    const server = await connectTls(upstream, {
      host,
      alpn: hello.alpn.filter((name) => spoken.has(name)),
      timeout,
      ...(trustedToo ? { trustedToo } : {}),
    });
    for (const certificate of server.chain) this.#certificates.set(certificate.sha256, certificate);
    if (server.trust !== 'ok' && !allowBadCertificates) throw new Error(server.trust);
    const browser = new TLSSocket(client, {
      isServer: true,
      secureContext: await context,
      ...(server.alpn === null ? {} : { ALPNProtocols: [server.alpn] }),
    });
    this.#listen(browser, server.socket, this.#connection(destination, server), server.alpn);
  }

  #refuse(client: Socket, upstream: Socket, destination: Destination, error: unknown): void {
    this.#options.onRefused(destination, error instanceof Error ? error.message : String(error));
    upstream.destroy();
    client.destroy();
  }

  #connection({ host, port, address }: Destination, server: UpstreamTls | null): WireConnection {
    this.#connections += 1;
    const leaf = server?.chain[0];
    return {
      number: this.#connections,
      host,
      port,
      address,
      secure: server !== null,
      tls:
        server === null
          ? null
          : {
              protocol: server.protocol,
              cipher: server.cipher,
              issuer: leaf?.issuer ?? null,
              subjectName: leaf?.subject ?? null,
              validFrom: leaf?.validFrom ?? null,
              validTo: leaf?.validTo ?? null,
              chain: server.chain.map(({ sha256 }) => sha256),
              trust: server.trust,
            },
    };
  }

  #listen(browser: Duplex, server: Duplex, connection: WireConnection, alpn: string | null): void {
    const sink = this.#options.log.sink(connection);
    const parser = alpn === 'h2' ? new Http2Parser(sink) : new Http1Parser(sink);
    forward(
      browser,
      server,
      (bytes) => parser.client(bytes),
      (broken) => parser.clientEnd(broken),
    );
    forward(
      server,
      browser,
      (bytes) => parser.server(bytes),
      (broken) => parser.serverEnd(broken),
    );
  }
}

/** Hands bytes on as fast as the other side takes them. The listener hears them first, so that it knows of a request before anyone answers it. */
function forward(
  from: Duplex,
  to: Duplex,
  hear: (bytes: Uint8Array) => void,
  ended: (broken?: string) => void,
): void {
  let over = false;
  let error = '';
  const end = (broken?: string): void => {
    if (over) return;
    over = true;
    ended(broken);
    to.end();
  };
  from.on('data', (chunk: Buffer) => {
    hear(chunk);
    if (!to.destroyed && !to.write(chunk)) from.pause();
  });
  to.on('drain', () => from.resume());
  from.on('end', () => end());
  from.on('error', (failure) => {
    error = 'code' in failure ? String(failure.code) : failure.message;
    from.destroy();
  });
  from.on('close', () => {
    end(error === '' ? 'closed without an end' : error);
    if (to.writableFinished) to.destroy();
    else to.once('finish', () => to.destroy());
  });
  from.resume();
}

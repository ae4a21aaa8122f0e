import { connect, createServer, type Server, type Socket } from 'node:net';
import { codeOf, Names, NoWay, systemResolver, type ResolvedName, type Resolver } from './names.ts';
import { judgeAddress } from './addresses.ts';
import { connectThrough, type UpstreamProxy } from './upstream-proxy.ts';
import { answer, hostAndPort, readGreeting, readRequest, socksReply, type SocksStep } from './socks.ts';

export interface EgressOptions {
  allowPrivateAddresses: boolean;
  resolver?: Resolver;
  /** Addresses that count as public all the same; see Names. */
  publicToo?: readonly string[];
  /** Takes connections over once they are made: the wire witness. Without it bytes pass untouched. */
  takeOver?: (client: Socket, upstream: Socket, to: { host: string; port: number; address: string }) => void;
  /** What all connections go through. */
  proxy?: UpstreamProxy | null;
  /** Milliseconds for one attempt to connect. */
  connectTimeout?: number;
}

/** A destination nothing was sent to, and why. */
export interface NotReached {
  host: string;
  port: number;
  /** In words for what was refused by rule; the system's code (`ECONNREFUSED`) for what failed. */
  reason: string;
  address: string;
}

/** A connection, and the address it goes to; empty where only a proxy knows it. */
interface Reached {
  socket: Socket;
  address: string;
}

export interface EgressAccount {
  resolved: ResolvedName[];
  refused: NotReached[];
  failed: NotReached[];
  /** Connections that were made, `host:port`. */
  reached: string[];
}

/**
 * The capture browser's only way out: a SOCKS5 server on loopback that resolves a name once, refuses private and special
 * addresses on every connection (page, frame, worker, WebSocket, redirect alike), connects to the address it checked, and
 * passes the bytes untouched. TLS runs through it from end to end. (design.md decision 3, custody.md T3)
 */
export class Egress {
  readonly #server: Server;
  readonly #names: Names;
  readonly #sockets = new Set<Socket>();
  readonly #forbidden = new Set<number>();
  readonly #refused = new Map<string, NotReached>();
  readonly #failed = new Map<string, NotReached>();
  readonly #reached = new Map<string, string>();
  readonly #timeout: number;
  readonly #takeOver: EgressOptions['takeOver'];
  readonly #proxy: UpstreamProxy | null;

  private constructor(options: EgressOptions) {
    this.#names = new Names(
      options.resolver ?? systemResolver,
      options.allowPrivateAddresses,
      options.publicToo,
      options.proxy?.remoteNames === true ? (options.proxy.kind === 'tor' ? 'tor' : 'proxy') : 'no',
    );
    this.#proxy = options.proxy ?? null;
    this.#timeout = options.connectTimeout ?? 15_000;
    this.#takeOver = options.takeOver;
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#serve(client));
  }

  /** Starts an egress on a port of the system's choosing. */
  static async start(options: EgressOptions): Promise<Egress> {
    const egress = new Egress(options);
    await new Promise<void>((resolve, reject) => {
      egress.#server.once('error', reject);
      egress.#server.listen(0, '127.0.0.1', resolve);
    });
    egress.forbidLocalPort(egress.port);
    // A proxy on this machine is for the exit, never for a page.
    if (options.proxy) egress.forbidLocalPort(options.proxy.port);
    return egress;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Refuses a port of this machine whatever the person allowed: the egress's own and the browser's debugging port. */
  forbidLocalPort(port: number): void {
    this.#forbidden.add(port);
  }

  /** Looks a host up and checks its addresses, so that no browser is started for one that cannot be reached; the account says why. */
  async mayReach(host: string, port: number): Promise<boolean> {
    try {
      await this.#names.resolve(host);
      return true;
    } catch (error) {
      this.#note(host, port, error);
      return false;
    }
  }

  /** The address used for a host and port, or null where nothing was reached. */
  addressOf(host: string, port: number): string | null {
    const address = this.#reached.get(hostAndPort(host.toLowerCase().replace(/^\[(.*)\]$/, '$1'), port));
    return address === undefined || address === '' ? null : address;
  }

  /** Notes that a connection was made and given up before anything was asked: a certificate nobody vouches for. */
  noteFailed(host: string, port: number, reason: string, address: string): void {
    this.#failed.set(hostAndPort(host.toLowerCase(), port), {
      host: host.toLowerCase(),
      port,
      reason,
      address,
    });
  }

  account(): EgressAccount {
    return {
      resolved: this.#names.resolved,
      refused: [...this.#refused.values()],
      failed: [...this.#failed.values()],
      reached: [...this.#reached.keys()],
    };
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }

  #serve(client: Socket): void {
    this.#track(client);
    let held: Buffer = Buffer.alloc(0);
    let read: (bytes: Buffer) => SocksStep = readGreeting;
    const onData = (chunk: Buffer): void => {
      held = Buffer.concat([held, chunk]);
      for (;;) {
        const step = read(held);
        if (step.need === 'more') return;
        if (step.need === 'close') {
          client.end(step.reply);
          return;
        }
        held = held.subarray(step.used);
        if (step.need === 'greet') {
          client.write(step.reply);
          read = readRequest;
          continue;
        }
        client.off('data', onData);
        client.pause();
        if (held.length > 0) client.unshift(held);
        void this.#join(client, step.host, step.port);
        return;
      }
    };
    client.on('data', onData);
  }

  async #join(client: Socket, host: string, port: number): Promise<void> {
    try {
      const { socket: upstream, address } = await this.#reach(host, port);
      if (client.destroyed) {
        upstream.destroy();
        return;
      }
      client.write(answer(socksReply.ok));
      if (this.#takeOver) {
        this.#takeOver(client, upstream, { host, port, address });
        return;
      }
      upstream.once('close', () => client.destroySoon());
      client.once('close', () => upstream.destroy());
      client.pipe(upstream);
      upstream.pipe(client);
    } catch (error) {
      client.end(answer(this.#note(host, port, error)));
    }
  }

  async #reach(host: string, port: number): Promise<Reached> {
    const name = await this.#names.resolve(host);
    if (name.addresses.length === 0) {
      // Looked up at the far end of the proxy: which address it was is not known here.
      const socket = await this.#connect(name.host, port);
      this.#reached.set(hostAndPort(name.host, port), '');
      return { socket, address: '' };
    }
    let failure: unknown;
    const candidates = name.used === null ? name.addresses : [name.used];
    for (const address of candidates) {
      if (this.#forbidden.has(port) && judgeAddress(address).kind === 'private') {
        throw new NoWay('refused', 'a port Constat itself uses', address);
      }
      try {
        const socket = await this.#connect(address, port);
        name.used = address;
        this.#reached.set(hostAndPort(name.host, port), address);
        return { socket, address };
      } catch (error) {
        failure ??= error;
      }
    }
    throw failure;
  }

  #connect(host: string, port: number): Promise<Socket> {
    return this.#proxy
      ? connectThrough(
          this.#proxy,
          { host, port },
          { timeout: this.#timeout, onSocket: (socket) => this.#track(socket) },
        )
      : this.#connectDirectly(host, port);
  }

  #connectDirectly(address: string, port: number): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: address, port, allowHalfOpen: true });
      this.#track(socket);
      const timer = setTimeout(() => {
        socket.destroy();
        reject(new NoWay('failed', 'ETIMEDOUT', address));
      }, this.#timeout);
      socket.once('connect', () => {
        clearTimeout(timer);
        resolve(socket);
      });
      socket.once('error', (error) => {
        clearTimeout(timer);
        reject(new NoWay('failed', codeOf(error) === '' ? error.message : codeOf(error), address));
      });
      socket.once('close', () => {
        clearTimeout(timer);
        reject(new NoWay('failed', 'ECONNRESET', address));
      });
    });
  }

  #note(host: string, port: number, error: unknown): number {
    const known = error instanceof NoWay ? error : new NoWay('failed', String(error));
    const entry: NotReached = {
      host: host.toLowerCase(),
      port,
      reason: known.message,
      address: known.address,
    };
    const list = known.sort === 'refused' ? this.#refused : this.#failed;
    list.set(hostAndPort(entry.host, port), entry);
    if (known.sort === 'refused') return socksReply.notAllowed;
    if (known.message === 'ECONNREFUSED') return socksReply.refused;
    if (known.message === 'ENETUNREACH') return socksReply.networkUnreachable;
    return socksReply.hostUnreachable;
  }
}

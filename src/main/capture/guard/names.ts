import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { judgeAddress } from './addresses.ts';

/** Every address a name has; throws like `dns.lookup` (an error with a `code`). Replaced in tests. */
export type Resolver = (host: string) => Promise<string[]>;

export const systemResolver: Resolver = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/** Why a connection was not made: by rule (`refused`) or by the network (`failed`, with the system's code). */
export class NoWay extends Error {
  readonly sort: 'refused' | 'failed';
  readonly address: string;

  constructor(sort: 'refused' | 'failed', reason: string, address = '') {
    super(reason);
    this.name = 'NoWay';
    this.sort = sort;
    this.address = address;
  }
}

export interface ResolvedName {
  host: string;
  addresses: string[];
  /** The address connections go to, once one was made. */
  used: string | null;
  /** When the system was asked, and for how long (milliseconds); null where it was not. */
  at: string | null;
  tookMs: number | null;
}

/**
 * Names of one capture: each is resolved once, every answer is checked, and later connections go to what was checked then,
 * so that a name cannot point elsewhere after the check (DNS rebinding).
 */
export class Names {
  readonly #resolver: Resolver;
  readonly #allowPrivate: boolean;
  readonly #publicToo: readonly string[];
  readonly #elsewhere: 'no' | 'proxy' | 'tor';
  readonly #known = new Map<string, Promise<ResolvedName>>();
  readonly #resolved: ResolvedName[] = [];

  /**
   * `publicToo` are addresses that count as public: in tests, loopback stands for the open web. `elsewhere` says that names are looked
   * up at the far end of a proxy: then this machine asks no name server, and only what a name itself tells can be checked.
   */
  constructor(
    resolver: Resolver,
    allowPrivate: boolean,
    publicToo: readonly string[] = [],
    elsewhere: 'no' | 'proxy' | 'tor' = 'no',
  ) {
    this.#elsewhere = elsewhere;
    this.#resolver = resolver;
    this.#allowPrivate = allowPrivate;
    this.#publicToo = publicToo;
  }

  get resolved(): ResolvedName[] {
    return this.#resolved.map((entry) => ({ ...entry, addresses: [...entry.addresses] }));
  }

  /** The checked addresses of a host. Throws NoWay. */
  async resolve(host: string): Promise<ResolvedName> {
    const name = host.toLowerCase().replace(/\.$/, '');
    let known = this.#known.get(name);
    if (!known) {
      known = this.#look(name);
      this.#known.set(name, known);
    }
    return known;
  }

  async #look(name: string): Promise<ResolvedName> {
    const asks = isIP(name) === 0 && name !== 'localhost' && !name.endsWith('.localhost');
    const at = asks ? new Date().toISOString() : null;
    const start = performance.now();
    const addresses = await this.#addresses(name);
    const tookMs = asks ? Math.round(performance.now() - start) : null;
    const entry: ResolvedName = { host: name, addresses, used: null, at, tookMs };
    this.#resolved.push(entry);
    for (const address of entry.addresses) {
      if (this.#publicToo.includes(address)) continue;
      const { kind, reason } = judgeAddress(address);
      if (kind === 'never' || (kind === 'private' && !this.#allowPrivate))
        throw new NoWay('refused', reason, address);
    }
    return entry;
  }

  async #addresses(name: string): Promise<string[]> {
    if (isIP(name) !== 0) return [name];
    // RFC 6761: never asked of a name server.
    if (name === 'localhost' || name.endsWith('.localhost')) return ['127.0.0.1', '::1'];
    if (name.endsWith('.onion') && this.#elsewhere !== 'tor')
      throw new NoWay('failed', 'an onion address is reached through Tor only');
    if (this.#elsewhere !== 'no') {
      if (isLocalName(name) && !this.#allowPrivate)
        throw new NoWay('refused', 'a name of a local network', name);
      return [];
    }
    try {
      const addresses = await this.#resolver(name);
      if (addresses.length === 0) throw new NoWay('failed', 'ENOTFOUND');
      return [...new Set(addresses)];
    } catch (error) {
      if (error instanceof NoWay) throw error;
      throw new NoWay('failed', codeOf(error) === '' ? 'ENOTFOUND' : codeOf(error));
    }
  }
}

/** Names that mean something only inside one network (RFC 6762, 8375, 6761, ICANN's `.internal`), and names without a dot. */
function isLocalName(name: string): boolean {
  return (
    !name.includes('.') ||
    /\.(?:local|localdomain|lan|home|home\.arpa|internal|intranet|corp|private|test)$/.test(name)
  );
}

/** The system's name of an error (`ECONNREFUSED`), or nothing. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}

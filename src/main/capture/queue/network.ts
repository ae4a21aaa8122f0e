import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { codeOf, systemResolver, type Resolver } from '../guard/names.ts';

/** What of this computer's network the queue looks at; replaced in tests. */
export interface Network {
  resolve: Resolver;
  /** The computer's own addresses that lead somewhere: neither loopback nor link-local. */
  addresses(): string[];
  /** Whether a name server's “no such name” can be believed here: elsewhere than on Linux it is also said where there is no network. */
  believesNoSuchName: boolean;
}

export function systemNetwork(resolve: Resolver = systemResolver): Network {
  return {
    resolve,
    addresses: () =>
      Object.values(networkInterfaces())
        .flatMap((list) => list ?? [])
        .filter(({ internal, address }) => !internal && !/^(169\.254\.|fe80:)/i.test(address))
        .map(({ address }) => address)
        .toSorted(),
    believesNoSuchName: process.platform === 'linux',
  };
}

const noSuchName = new Set(['ENOTFOUND', 'EAI_NONAME', 'EAI_NODATA', 'ENODATA']);

/** Hosts asked for at most in one look. */
const askedAtOnce = 4;

/**
 * What a failure of one host means: `offline` where this computer reaches nobody, `host` where only that one cannot be reached now, `final`
 * where there is no such name. Asks for the addresses of other hosts that the person wants captured anyway, and of nobody else.
 */
export async function meaningOf(
  { host, code }: { host: string; code: string },
  others: readonly string[],
  network: Network,
): Promise<'offline' | 'host' | 'final'> {
  // RFC 6761, 6.4: exists nowhere.
  if (host === 'invalid' || host.endsWith('.invalid')) return 'final';
  if (network.addresses().length === 0) return 'offline';
  const asked = askable(others.filter((other) => other !== host));
  if (await anyResolves(asked, network)) return noSuchName.has(code) ? 'final' : 'host';
  if (!noSuchName.has(code)) return 'offline';
  return network.believesNoSuchName || asked.length === 0 ? 'final' : 'offline';
}

/** Whether there seems to be a network again. Where none of the hosts can be asked for, only a capture can tell. */
export async function seemsOnline(hosts: readonly string[], network: Network): Promise<boolean> {
  if (network.addresses().length === 0) return false;
  const asked = askable(hosts);
  return asked.length === 0 || anyResolves(asked, network);
}

/** Names that a name server is asked for, a few of them. */
function askable(hosts: readonly string[]): string[] {
  return hosts
    .filter((host) => isIP(host) === 0 && host.includes('.') && !/(^|\.)(localhost|invalid)$/.test(host))
    .slice(0, askedAtOnce);
}

async function anyResolves(
  hosts: readonly string[],
  { resolve, believesNoSuchName }: Network,
): Promise<boolean> {
  const answers = await Promise.all(
    hosts.map(async (host) => {
      try {
        return (await resolve(host)).length > 0;
      } catch (error) {
        // That a name does not exist was learnt from somebody.
        return believesNoSuchName && noSuchName.has(codeOf(error));
      }
    }),
  );
  return answers.includes(true);
}

import ipaddr from 'ipaddr.js';

export type AddressKind = 'public' | 'private' | 'never';
export interface Judgement {
  kind: AddressKind;
  /** What sort of address it is, in words; empty for a public one. */
  reason: string;
}

/** Cloud services that hand out credentials to whoever asks from inside: refused even where private addresses are allowed. */
const metadata = new Set(
  [
    '169.254.169.254',
    '169.254.170.2',
    '169.254.170.23',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    'fd00:ec2::254',
    'fd20:ce::254',
  ].map((address) => ipaddr.parse(address).toString()),
);

const words: Record<string, string> = {
  unspecified: 'an unspecified address (this machine)',
  loopback: 'a loopback address (this machine)',
  private: 'a private address',
  uniqueLocal: 'a private (unique local) address',
  linkLocal: 'a link-local address',
  carrierGradeNat: 'an address inside a carrier’s network',
  reserved: 'a reserved address',
  multicast: 'a multicast address',
  broadcast: 'a broadcast address',
};

/** IPv6 ranges that carry an IPv4 address: where it stands, in bytes from the start. */
const embedded: { prefix: [ipaddr.IPv6, number]; at: number }[] = [
  { prefix: [ipaddr.IPv6.parse('::'), 96], at: 12 },
  { prefix: [ipaddr.IPv6.parse('::ffff:0:0'), 96], at: 12 },
  { prefix: [ipaddr.IPv6.parse('::ffff:0:0:0'), 96], at: 12 },
  { prefix: [ipaddr.IPv6.parse('64:ff9b::'), 96], at: 12 },
  { prefix: [ipaddr.IPv6.parse('2002::'), 16], at: 2 },
];
const globalUnicast: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/**
 * Whether an address may be connected to: public; private (only where the person allowed it for this capture); or never
 * (multicast, broadcast, cloud metadata). Everything that is not plainly public counts as private. Accepts IPv4 and
 * IPv6 text, a zone index included; text that is no address is `never`. (custody.md T3)
 */
export function judgeAddress(text: string): Judgement {
  const bare = text.replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return { kind: 'never', reason: 'not an address' };
  const address = ipaddr.parse(bare);
  if (metadata.has(address.toString()))
    return { kind: 'never', reason: 'an address of a cloud’s metadata service' };
  return address instanceof ipaddr.IPv4 ? judgeIpv4(address) : judgeIpv6(address);
}

function judgeIpv4(address: ipaddr.IPv4): Judgement {
  const range = address.range();
  if (range === 'unicast') return { kind: 'public', reason: '' };
  const reason = words[range] ?? `a special address (${range})`;
  return { kind: range === 'multicast' || range === 'broadcast' ? 'never' : 'private', reason };
}

function judgeIpv6(address: ipaddr.IPv6): Judgement {
  const range = address.range();
  if (range === 'multicast') return { kind: 'never', reason: 'a multicast address' };
  if (range === 'loopback' || range === 'unspecified')
    return { kind: 'private', reason: words[range] ?? range };
  for (const { prefix, at } of embedded) {
    if (!address.match(prefix)) continue;
    const inside = judgeAddress(
      address
        .toByteArray()
        .slice(at, at + 4)
        .join('.'),
    );
    return inside.kind === 'public'
      ? inside
      : { kind: inside.kind, reason: `${inside.reason}, written as IPv6` };
  }
  if (range === 'unicast' && address.match(globalUnicast)) return { kind: 'public', reason: '' };
  return { kind: 'private', reason: words[range] ?? 'an IPv6 address that is not public' };
}

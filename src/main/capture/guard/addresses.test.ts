import { expect, it } from 'vitest';
import { judgeAddress, type AddressKind } from './addresses.ts';

const table: Record<AddressKind, string[]> = {
  public: [
    '1.1.1.1',
    '93.184.216.34',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '::ffff:1.1.1.1',
    '64:ff9b::101:101',
    '2002:101:101::1',
  ],
  private: [
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.1.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.7',
    '240.0.0.1',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:0:10.0.0.1',
    '64:ff9b::a00:1',
    '64:ff9b:1::1',
    '2002:a00:1::1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    '100::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    '4000::1',
  ],
  never: [
    '224.0.0.1',
    '239.255.255.250',
    '255.255.255.255',
    'ff02::1',
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::1',
    '100.100.100.200',
    '168.63.129.16',
    'fd00:ec2::254',
    'fd00:ec2:0:0:0:0:0:254',
    'example.org',
    '',
  ],
};

it.each(Object.entries(table).flatMap(([kind, list]) => list.map((address) => [address, kind])))(
  '%s is %s',
  (address, kind) => {
    expect(judgeAddress(address).kind).toBe(kind);
  },
);

it('says why, in words a person understands', () => {
  expect(judgeAddress('::ffff:10.0.0.1').reason).toBe('a private address, written as IPv6');
  expect(judgeAddress('169.254.169.254').reason).toContain('metadata service');
});

import { createHash, type X509Certificate } from 'node:crypto';
import type { ResourceAccount } from '../../shared/domain/provenance.ts';
import type { Certificate } from '../../shared/domain/witness.ts';

/** The certificates of one host, leaf first. */
export interface HostCertificates {
  host: string;
  /** `server`: as it sent them on the connection that was recorded. `browser`: the chain the browser built from them and its own store. */
  from: 'server' | 'browser';
  /** Whether Constat found the chain trustworthy (`ok`), or why not; null where the browser was the judge. */
  trust: string | null;
  chain: Certificate[];
}

/** What is recorded of a certificate. */
export function describeCertificate(certificate: X509Certificate): Certificate {
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

/** The chains as the servers sent them, from the exchanges that name them by their SHA-256. */
export function sentCertificates(
  certificates: readonly Certificate[],
  accounts: readonly ResourceAccount[],
): HostCertificates[] {
  const bySha256 = new Map(certificates.map((one) => [one.sha256, one]));
  const hosts = new Map<string, HostCertificates>();
  for (const { url, tls } of accounts) {
    if (!tls || tls.chain.length === 0 || !URL.canParse(url)) continue;
    const { host } = new URL(url);
    const chain = tls.chain.flatMap((sha256) => bySha256.get(sha256) ?? []);
    // A host may show another chain on another connection.
    hosts.set(`${host} ${tls.chain.join(' ')}`, { host, from: 'server', trust: tls.trust, chain });
  }
  return [...hosts.values()];
}

/** `urn:certificates:URL`: each certificate once, and which host showed which. Null where no connection was encrypted. */
export function certificatesJson(hosts: readonly HostCertificates[]): string | null {
  if (hosts.length === 0) return null;
  const certificates = new Map(hosts.flatMap(({ chain }) => chain).map((one) => [one.sha256, one]));
  return JSON.stringify(
    {
      hosts: hosts.map(({ chain, ...host }) => ({ ...host, chain: chain.map(({ sha256 }) => sha256) })),
      certificates: [...certificates.values()],
    },
    null,
    2,
  );
}

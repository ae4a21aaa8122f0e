import { X509Certificate } from 'node:crypto';
import type { CdpSession } from '../../cdp/connection.ts';
import { describeCertificate, type HostCertificates } from '../../certificates.ts';

/** More hosts than this are not asked about. */
const MANY = 200;
/** Milliseconds for all of them. */
const PATIENCE = 3000;

/** The chains the browser built for the hosts it spoke to over TLS; of one whose certificate it does not trust it shows none. */
export async function browserCertificates(
  session: CdpSession,
  urls: Iterable<string>,
): Promise<HostCertificates[]> {
  const origins = [...new Set([...urls].map(originOf))].filter((origin) => origin !== '').slice(0, MANY);
  const found = Promise.all(
    origins.map(async (origin): Promise<HostCertificates | null> => {
      try {
        const { tableNames } = await session.send('Network.getCertificate', { origin });
        const chain = tableNames.map((der) =>
          describeCertificate(new X509Certificate(Buffer.from(der, 'base64'))),
        );
        return { host: new URL(origin).host, from: 'browser', trust: null, chain };
      } catch {
        return null;
      }
    }),
  );
  const known = await Promise.race([found, late()]);
  return known.filter((one) => one !== null).filter(({ chain }) => chain.length > 0);
}

function late(): Promise<(HostCertificates | null)[]> {
  return new Promise((resolve) => {
    setTimeout(() => resolve([]), PATIENCE).unref();
  });
}

function originOf(url: string): string {
  if (!URL.canParse(url)) return '';
  const { protocol, origin } = new URL(url);
  return protocol === 'https:' ? origin : '';
}

import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { z } from 'zod';

/** Signs a WACZ in the anonymous form of wacz-auth 0.1.0: an ECDSA P-384 key over SHA-256. */
export interface WaczSigner {
  /** SubjectPublicKeyInfo in base64. */
  readonly publicKeySpkiBase64: string;
  /** The signature as raw r||s, 96 bytes. */
  sign(message: Uint8Array): Uint8Array;
}

/** No other property may stand in it. */
const anonymousSchema = z.strictObject({
  hash: z.string(),
  created: z.string(),
  software: z.string(),
  version: z.string(),
  signature: z.base64(),
  publicKey: z.base64(),
});

const domainSchema = z.looseObject({
  hash: z.string(),
  signature: z.base64(),
  domain: z.string(),
  domainCert: z.string(),
});

/** The `signedData` of datapackage-digest.json. The message is the text of `hash`, with its `sha256:`. */
export function signedData(
  signer: WaczSigner,
  about: { hash: string; created: string; software: string },
): z.infer<typeof anonymousSchema> {
  const signature = Buffer.from(signer.sign(new TextEncoder().encode(about.hash))).toString('base64');
  return { ...about, version: '0.1.0', signature, publicKey: signer.publicKeySpkiBase64 };
}

/**
 * Null where the signature is good; otherwise what is wrong with it, in words. The form with a domain certificate is taken
 * only where `domainForm` is true; of it the signature and the certificate's name are checked, not who issued it.
 */
export function signatureProblem(signed: Record<string, unknown>, domainForm: boolean): string | null {
  try {
    if (domainForm && 'domain' in signed) return domainProblem(domainSchema.parse(signed));
    const parsed = anonymousSchema.safeParse(signed);
    if (!parsed.success) return 'its signature is not in the anonymous form that can be checked here';
    const { hash, publicKey, signature } = parsed.data;
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyDetails?.namedCurve !== 'secp384r1')
      return 'its signing key is not on the curve P-384';
    const good = verify(
      'sha256',
      Buffer.from(hash),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64'),
    );
    return good ? null : 'its signature does not match';
  } catch {
    return 'its signature is not readable';
  }
}

function domainProblem({ hash, signature, domain, domainCert }: z.infer<typeof domainSchema>): string | null {
  const certificate = new X509Certificate(domainCert);
  if (certificate.checkHost(domain) === undefined) return `its certificate is not one of ${domain}`;
  const good = verify('sha256', Buffer.from(hash), certificate.publicKey, Buffer.from(signature, 'base64'));
  return good ? null : 'its signature does not match';
}

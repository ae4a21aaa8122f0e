import 'reflect-metadata';
import { createHash, generateKeyPairSync, randomBytes, webcrypto, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';

const HOUR = 3_600_000;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/**
 * The throw-away authority of one capture. It has one key, which never leaves this process; every certificate it makes carries that key,
 * and the capture browser is told to trust that key and nothing else beyond its own rules (`--ignore-certificate-errors-spki-list`).
 * No certificate of it is installed anywhere.
 */
export class RunAuthority {
  /** Base64 of the SHA-256 of the public key (SPKI), as the browser's switch takes it. */
  readonly pin: string;
  readonly #keys: webcrypto.CryptoKeyPair;
  readonly #pem: string;
  readonly #contexts = new Map<string, Promise<SecureContext>>();

  private constructor(keys: webcrypto.CryptoKeyPair, privateKey: KeyObject, publicKey: KeyObject) {
    this.#keys = keys;
    this.#pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    this.pin = createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64');
  }

  /** Makes a new key. */
  static async create(): Promise<RunAuthority> {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const format = { type: 'pkcs8', format: 'der' } as const;
    const keys = {
      privateKey: await webcrypto.subtle.importKey('pkcs8', privateKey.export(format), algorithm, true, [
        'sign',
      ]),
      publicKey: await webcrypto.subtle.importKey(
        'spki',
        publicKey.export({ type: 'spki', format: 'der' }),
        algorithm,
        true,
        ['verify'],
      ),
    };
    return new RunAuthority(keys, privateKey, publicKey);
  }

  /** What a server needs to speak for `host` (a name or an address) to the capture browser. Made once per host. */
  context(host: string): Promise<SecureContext> {
    const known = this.#contexts.get(host);
    if (known) return known;
    const made = this.#make(host);
    this.#contexts.set(host, made);
    return made;
  }

  async #make(host: string): Promise<SecureContext> {
    const now = Date.now();
    const certificate = await X509CertificateGenerator.createSelfSigned(
      {
        serialNumber: `00${randomBytes(15).toString('hex')}`,
        name: 'CN=Constat capture',
        // A clock that is a little wrong must not get in the way; longer than a capture lasts is not needed.
        notBefore: new Date(now - 48 * HOUR),
        notAfter: new Date(now + 48 * HOUR),
        signingAlgorithm: algorithm,
        keys: this.#keys,
        extensions: [
          new SubjectAlternativeNameExtension([{ type: isIP(host) === 0 ? 'dns' : 'ip', value: host }]),
        ],
      },
      webcrypto,
    );
    return createSecureContext({ key: this.#pem, cert: certificate.toString('pem') });
  }
}

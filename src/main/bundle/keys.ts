import type { OperatorKey } from '../custody/operator-key.ts';
import { places, signerName } from './layout.ts';
import { bundleNamespace, sshPublicKeyLine } from './sshsig.ts';

/** The files of `keys/`, each a form of the one public key; the verifier makes them again and compares. */
export function keyFiles(
  key: Pick<OperatorKey, 'publicKey' | 'publicKeyPem'>,
  vkey: string,
): [path: string, text: string][] {
  return [
    [
      places.allowedSigners,
      `${signerName} namespaces="${bundleNamespace}" ${sshPublicKeyLine(key.publicKey)}\n`,
    ],
    [places.publicKey, key.publicKeyPem],
    [places.vkey, `${vkey}\n`],
  ];
}

import { createPublicKey } from 'node:crypto';
import { fingerprintOf } from '../../custody/operator-key.ts';
import { parseVkey } from '../../custody/signed-note.ts';
import { keyFiles } from '../keys.ts';
import { places } from '../layout.ts';
import { readSshPublicKey, spki, sshSignatureFault } from '../sshsig.ts';
import type { VerifyContext } from './context.ts';

/** The one key of a bundle. */
export interface BundleKey {
  raw: Uint8Array;
  vkey: string;
  fingerprint: string;
}

/** The files of `keys/` are one key, in the one way of writing each; null where there is none to go on with. */
export function checkKeys(context: VerifyContext): BundleKey | null {
  const vkey = context.text(places.vkey)?.replace(/\n$/, '');
  const raw = vkey === undefined ? null : context.attempt(places.vkey, () => parseVkey(vkey).raw);
  if (vkey === undefined || raw === null) {
    // The signature can still be checked with the other form of the key.
    const other = readSshPublicKey(context.text(places.allowedSigners) ?? '');
    context.file(places.publicKey);
    return other && { raw: other, vkey: '', fingerprint: fingerprintOf(other) };
  }
  const publicKeyPem = createPublicKey({ key: spki(raw), format: 'der', type: 'spki' }).export({
    type: 'spki',
    format: 'pem',
  });
  for (const [path, text] of keyFiles({ publicKey: raw, publicKeyPem: publicKeyPem.toString() }, vkey)) {
    context.same(path, text, `It does not hold the key of ${places.vkey}.`);
  }
  return { raw, vkey, fingerprint: fingerprintOf(raw) };
}

/** The tag manifest, and through it every file, was signed with the key. */
export function checkSignature(context: VerifyContext, key: BundleKey): void {
  const signature = context.text(places.signature);
  const manifest = context.bytes(places.tagManifest);
  if (signature === null || manifest === null) return;
  const fault = sshSignatureFault(signature, manifest, key.raw);
  if (fault !== null) context.fail(places.signature, `The signature is not good: ${fault}.`);
  else context.pass(places.signature, `The bundle is signed with the key ${key.fingerprint}.`);
}

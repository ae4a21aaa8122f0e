import { createHash, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { arrayOfLines } from './text-lines.ts';

/**
 * SSHSIG, the signature that `ssh-keygen -Y sign` makes and `ssh-keygen -Y verify` checks on any Linux, macOS and
 * Windows machine (openssh PROTOCOL.sshsig). Ed25519 over SHA-512 only.
 */

/** What the signature is good for: a signature made for another purpose is refused. */
export const bundleNamespace = 'constat-bundle@constat.invalid';

const magic = Buffer.from('SSHSIG', 'ascii');
const keyType = 'ssh-ed25519';
const begin = '-----BEGIN SSH SIGNATURE-----';
const end = '-----END SSH SIGNATURE-----';

/** The part of an operator's key that signing takes. */
export interface SshSigner {
  /** Raw Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/** Signs a message and gives the armoured signature file. */
export function signSsh(signer: SshSigner, message: Uint8Array, namespace: string = bundleNamespace): string {
  const signature = signer.sign(signedData(message, namespace));
  const blob = Buffer.concat([
    magic,
    uint32(1),
    string(sshKeyBlob(signer.publicKey)),
    string(Buffer.from(namespace)),
    string(Buffer.alloc(0)),
    string(Buffer.from('sha512')),
    string(Buffer.concat([string(Buffer.from(keyType)), string(signature)])),
  ]);
  const lines = blob.toString('base64').match(/.{1,70}/g) ?? [];
  return [begin, ...lines, end, ''].join('\n');
}

/**
 * Says why an armoured signature is not good for this message, this key and this namespace; null where it is.
 * Never throws, whatever the text.
 */
export function sshSignatureFault(
  armoured: string,
  message: Uint8Array,
  publicKey: Uint8Array,
  namespace: string = bundleNamespace,
): string | null {
  const fields = readSignature(armoured);
  if (typeof fields === 'string') return fields;
  if (fields.namespace !== namespace) return `it was made for another purpose (“${fields.namespace}”)`;
  if (!same(fields.publicKey, publicKey)) return 'it was made with another key';
  const key = createPublicKey({ key: spki(publicKey), format: 'der', type: 'spki' });
  return verify(null, signedData(message, namespace), key, fields.signature)
    ? null
    : 'it does not fit the file';
}

/** The public key as a line of `authorized_keys` and `allowed_signers` has it: `ssh-ed25519 AAAA…`. */
export function sshPublicKeyLine(publicKey: Uint8Array): string {
  return `${keyType} ${sshKeyBlob(publicKey).toString('base64')}`;
}

/** The raw Ed25519 key of such a line; null where it is none. */
export function readSshPublicKey(line: string): Uint8Array | null {
  const found = /(?:^|\s)ssh-ed25519 ([A-Za-z0-9+/]+={0,2})(?:\s|$)/.exec(line);
  if (!found) return null;
  const blob = Buffer.from(found[1] ?? '', 'base64');
  return keyOfBlob(blob);
}

/** DER of the SubjectPublicKeyInfo of a raw Ed25519 key (RFC 8410). */
export function spki(publicKey: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey]);
}

function signedData(message: Uint8Array, namespace: string): Buffer {
  const digest = createHash('sha512').update(message).digest();
  return Buffer.concat([
    magic,
    string(Buffer.from(namespace)),
    string(Buffer.alloc(0)),
    string(Buffer.from('sha512')),
    string(digest),
  ]);
}

function sshKeyBlob(publicKey: Uint8Array): Buffer {
  return Buffer.concat([string(Buffer.from(keyType)), string(publicKey)]);
}

function keyOfBlob(blob: Buffer): Buffer | null {
  const reader = new FieldReader(blob);
  const type = reader.field();
  const key = reader.field();
  return type?.toString('latin1') === keyType && key?.length === 32 && reader.atEnd ? key : null;
}

interface SignatureFields {
  publicKey: Buffer;
  namespace: string;
  signature: Buffer;
}

/** The fields of an armoured signature, or why it cannot be read. Exactly one way of writing each is accepted. */
function readSignature(armoured: string): SignatureFields | string {
  const lines = arrayOfLines(armoured);
  if (lines.shift() !== begin || lines.pop() !== end) return 'it is not an SSH signature';
  const base64 = lines.join('');
  const blob = Buffer.from(base64, 'base64');
  if (blob.toString('base64') !== base64) return 'its base64 text is not well formed';
  const reader = new FieldReader(blob);
  if (!reader.take(6)?.equals(magic) || reader.take(4)?.readUInt32BE() !== 1)
    return 'it is not an SSH signature, version 1';
  const publicKey = keyOfBlob(reader.field() ?? Buffer.alloc(0));
  const namespace = reader.field()?.toString('utf8');
  const reserved = reader.field();
  const hash = reader.field()?.toString('latin1');
  const inner = new FieldReader(reader.field() ?? Buffer.alloc(0));
  const type = inner.field()?.toString('latin1');
  const signature = inner.field();
  if (!publicKey || type !== keyType) return 'it is not of the kind Ed25519';
  if (hash !== 'sha512' || reserved?.length !== 0) return 'it uses a way of hashing that is not known here';
  if (namespace === undefined || signature?.length !== 64 || !inner.atEnd || !reader.atEnd)
    return 'it is cut short or too long';
  return { publicKey, namespace, signature };
}

/** Reads the length-prefixed fields of RFC 4251, never past the end. */
class FieldReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  take(length: number): Buffer | null {
    if (this.#at + length > this.#bytes.length) return null;
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  field(): Buffer | null {
    const length = this.take(4)?.readUInt32BE();
    return length === undefined ? null : this.take(length);
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function string(bytes: Uint8Array): Buffer {
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

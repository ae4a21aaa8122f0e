import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  sign,
  type KeyObject,
} from 'node:crypto';
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConstatError } from '../../shared/problems.ts';
import { ensurePrivateFolder } from '../vault/home.ts';

/** The operator's signing key. The private half stays in their own folder and leaves it with nothing. */
export interface OperatorKey {
  /** Raw Ed25519 public key, 32 bytes. */
  publicKey: Uint8Array;
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  fingerprint: string;
  /** Ed25519 signature (RFC 8032), 64 bytes. */
  sign(message: Uint8Array): Uint8Array;
  /** SubjectPublicKeyInfo, as openssl reads it. */
  publicKeyPem: string;
  /** `ssh-ed25519 AAAA…`, as ssh-keygen reads it. */
  sshPublicKey: string;
}

/**
 * The operator's key from `operator-key.pem` (PKCS #8) in their folder; made there on first use, readable by nobody else.
 * Throws KEY_UNUSABLE where a file is there that is no such key: it is never replaced.
 */
export function loadOrCreateOperatorKey(home: string): OperatorKey {
  const path = join(home, 'operator-key.pem');
  try {
    ensurePrivateFolder(home);
    if (!statSync(path, { throwIfNoEntry: false })) createKey(path);
    const privateKey = createPrivateKey(readFileSync(path));
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('it is not an Ed25519 key');
    return operatorKey(privateKey);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConstatError('KEY_UNUSABLE', { path, reason }, { cause: error });
  }
}

/** Writes a new key under a passing name and links it into place, so that two first starts agree on one whole key. */
function createKey(path: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  const passing = `${path}.${process.pid}.new`;
  writeFileSync(passing, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  try {
    linkSync(passing, path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST') return;
    // No hard links on this disk: `wx` still refuses to replace a key that came to be meanwhile.
    writeFileSync(path, readFileSync(passing), { mode: 0o600, flag: 'wx', flush: true });
  } finally {
    rmSync(passing, { force: true });
  }
}

/** A key held in memory as an operator's key. */
export function operatorKey(privateKey: KeyObject): OperatorKey {
  const publicHalf = createPublicKey(privateKey);
  const { x = '' } = publicHalf.export({ format: 'jwk' });
  const publicKey = Buffer.from(x, 'base64url');
  return {
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    sign: (message) => sign(null, message, privateKey),
    publicKeyPem: publicHalf.export({ type: 'spki', format: 'pem' }).toString(),
    sshPublicKey: `ssh-ed25519 ${sshBlob(publicKey).toString('base64')}`,
  };
}

/** The wire form of an Ed25519 public key in OpenSSH (RFC 8709): two strings with their lengths. */
function sshBlob(publicKey: Uint8Array): Buffer {
  return Buffer.concat([sshString(Buffer.from('ssh-ed25519')), sshString(publicKey)]);
}

function sshString(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Fingerprint of a raw Ed25519 public key, as `ssh-keygen -l` prints it. */
export function fingerprintOf(publicKey: Uint8Array): string {
  return `SHA256:${hash('sha256', sshBlob(publicKey), 'base64').replace(/=+$/, '')}`;
}

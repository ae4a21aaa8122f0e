import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, base64String, oneof, property, string, uint8Array } from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  bundleNamespace,
  readSshPublicKey,
  signSsh,
  sshPublicKeyLine,
  sshSignatureFault,
  type SshSigner,
} from './sshsig.ts';

function makeSigner(): SshSigner & { privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { publicKey: raw, privateKey, sign: (message) => sign(null, message, privateKey) };
}

const signer = makeSigner();
const message = Buffer.from('0123  bag-info.txt\n');
const armoured = signSsh(signer, message);

describe('an SSH signature', () => {
  it('is good for its message, key and purpose, and for no other', () => {
    expect(sshSignatureFault(armoured, message, signer.publicKey)).toBeNull();
    expect(sshSignatureFault(armoured, Buffer.from('0123  bag-info.txt'), signer.publicKey)).toMatch(
      /does not fit/,
    );
    expect(sshSignatureFault(armoured, message, makeSigner().publicKey)).toMatch(/another key/);
    expect(sshSignatureFault(armoured, message, signer.publicKey, 'git')).toMatch(/another purpose/);
  });

  it('has one spelling: any changed character is found', () => {
    for (let at = 0; at < armoured.length - 1; at++) {
      const changed = `${armoured.slice(0, at)}${armoured[at] === 'A' ? 'B' : 'A'}${armoured.slice(at + 1)}`;
      expect(sshSignatureFault(changed, message, signer.publicKey), `character ${at}`).not.toBeNull();
    }
  });

  it('is refused, not stumbled over, whatever the text', () => {
    const body = oneof(
      string(),
      base64String(),
      uint8Array({ maxLength: 300 }).map((b) => Buffer.from(b).toString('base64')),
    );
    assert(
      property(body, (text) => {
        const wrapped = `-----BEGIN SSH SIGNATURE-----\n${text}\n-----END SSH SIGNATURE-----\n`;
        expect(sshSignatureFault(wrapped, message, signer.publicKey)).toEqual(expect.any(String));
        expect(sshSignatureFault(text, message, signer.publicKey)).toEqual(expect.any(String));
      }),
    );
  });

  it('carries a key line that reads back', () => {
    const line = `operator namespaces="${bundleNamespace}" ${sshPublicKeyLine(signer.publicKey)}`;
    expect(readSshPublicKey(line)).toEqual(Buffer.from(signer.publicKey));
    expect(readSshPublicKey('operator ssh-rsa AAAA')).toBeNull();
    expect(readSshPublicKey('ssh-ed25519 AAAA')).toBeNull();
  });
});

const keygen = 'ssh-keygen';
const hasSshKeygen = spawnSync(keygen, ['-Y']).error === undefined;

describe.skipIf(!hasSshKeygen)('the same signature for ssh-keygen (needs OpenSSH)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sshsig-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'sig'), armoured);
  writeFileSync(
    join(folder, 'allowed'),
    `operator namespaces="${bundleNamespace}" ${sshPublicKeyLine(signer.publicKey)}\n`,
  );

  const verify = (input: Buffer, namespace = bundleNamespace) =>
    spawnSync(
      'ssh-keygen',
      ['-Y', 'verify', '-f', 'allowed', '-I', 'operator', '-n', namespace, '-s', 'sig'],
      { cwd: folder, input },
    );

  it('is good', () => {
    const { status, stdout } = verify(message);
    expect(stdout.toString()).toMatch(
      /^Good "constat-bundle@constat.invalid" signature for operator with ED25519 key SHA256:/,
    );
    expect(status).toBe(0);
  });

  it('is refused for another file or another purpose', () => {
    expect(verify(Buffer.from('other')).status).not.toBe(0);
    expect(verify(message, 'file').status).not.toBe(0);
  });

  it('is understood the other way: what ssh-keygen signs is good here', () => {
    spawnSync(keygen, ['-q', '-t', 'ed25519', '-N', '', '-f', 'key'], { cwd: folder });
    const made = spawnSync(keygen, ['-Y', 'sign', '-f', 'key', '-n', bundleNamespace], {
      cwd: folder,
      input: message,
    });
    const line = spawnSync('cat', ['key.pub'], { cwd: folder }).stdout.toString();
    expect(
      sshSignatureFault(made.stdout.toString(), message, readSshPublicKey(line) ?? Buffer.alloc(0)),
    ).toBeNull();
  });
});

import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, verify } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scratchFolder } from '../../../test/support/case-fixture.ts';
import { loadOrCreateOperatorKey } from './operator-key.ts';

function found(program: string, ...test: string[]): boolean {
  try {
    execFileSync(program, test, { stdio: 'ignore' });
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}

it('makes a key once and loads the same one ever after, readable by nobody else', () => {
  const home = join(scratchFolder(), 'home');
  const key = loadOrCreateOperatorKey(home);
  expect(loadOrCreateOperatorKey(home).fingerprint).toBe(key.fingerprint);
  expect(readdirSync(home)).toEqual(['operator-key.pem']);
  expect(statSync(join(home, 'operator-key.pem')).mode & 0o777).toBe(0o600);
  expect(statSync(home).mode & 0o777).toBe(0o700);
  const message = Buffer.from('signed');
  expect(key.publicKey).toHaveLength(32);
  expect(key.sign(message)).toHaveLength(64);
  expect(verify(null, message, key.publicKeyPem, key.sign(message))).toBe(true);
});

it.skipIf(!found('ssh-keygen', '-?'))('has the fingerprint that ssh-keygen prints (needs ssh-keygen)', () => {
  const home = scratchFolder();
  const key = loadOrCreateOperatorKey(home);
  const path = join(home, 'key.pub');
  writeFileSync(path, `${key.sshPublicKey}\n`);
  expect(execFileSync('ssh-keygen', ['-l', '-f', path], { encoding: 'utf8' })).toContain(
    `256 ${key.fingerprint} `,
  );
});

it.skipIf(!found('openssl', 'version'))('signs what openssl verifies (needs openssl)', () => {
  const home = scratchFolder();
  const key = loadOrCreateOperatorKey(home);
  const [pem, message, signature] = ['pub.pem', 'm', 's'].map((name) => join(home, name));
  writeFileSync(pem ?? '', key.publicKeyPem);
  writeFileSync(message ?? '', 'signed');
  writeFileSync(signature ?? '', key.sign(Buffer.from('signed')));
  const check =
    `openssl pkeyutl -verify -pubin -inkey ${pem} -rawin -in ${message} -sigfile ${signature}`.split(' ');
  expect(execFileSync(check[0] ?? '', check.slice(1), { encoding: 'utf8' })).toContain(
    'Signature Verified Successfully',
  );
});

it.each([
  ['damaged', () => '-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n'],
  ['empty', () => ''],
  [
    'of another kind',
    () =>
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
  ],
])('refuses a key file that is %s and leaves it as it is', (_, content) => {
  const home = scratchFolder();
  const path = join(home, 'operator-key.pem');
  const text = content();
  writeFileSync(path, text);
  expect(() => loadOrCreateOperatorKey(home)).toThrow(`The signing key at ${path} cannot be used`);
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(readdirSync(home)).toEqual(['operator-key.pem']);
});

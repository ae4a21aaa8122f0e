import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { operatorKey } from './operator-key.ts';
import { checkSignatures, formatVkey, openNote, parseVkey, readNote, signNote } from './signed-note.ts';

/** The example of the C2SP signed-note specification. */
const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const text = 'This is an example message.\n';
const line =
  '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
const example = `${text}\n${line}`;

function signer(name: string) {
  const key = operatorKey(generateKeyPairSync('ed25519').privateKey);
  return { name, publicKey: key.publicKey, sign: (message: Uint8Array) => key.sign(message) };
}

it('opens the note of the specification', async () => {
  const verifier = parseVkey(vkey);
  expect(openNote(example, [verifier])).toEqual({ text, signedBy: [verifier] });
  await expect(checkSignatures(readNote(example, [verifier]))).resolves.toBeUndefined();
  expect(formatVkey('example.com/foo', verifier.raw)).toBe(vkey);
});

it('signs notes that open, with a key made from a seed as other software makes it', () => {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]);
  const key = operatorKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  const note = signNote('a\n\nb\n', {
    name: 'constat/x',
    publicKey: key.publicKey,
    sign: (message) => key.sign(message),
  });
  expect(openNote(note, [parseVkey(formatVkey('constat/x', key.publicKey))]).text).toBe('a\n\nb\n');
});

it('passes over signatures it does not know and refuses a known one that fails', () => {
  const [ana, bo] = [signer('ana'), signer('bo')];
  const known = parseVkey(formatVkey('ana', ana.publicKey));
  const note = signNote('text\n', ana);
  const also = signNote('text\n', bo).slice('text\n\n'.length);
  expect(openNote(note + also, [known]).signedBy).toEqual([known]);
  expect(() => openNote(`text\n\n${also}`, [known])).toThrow('not signed by a known key');
  expect(() => openNote(note.replace('text', 'test'), [known])).toThrow('does not hold');
  const forged = `text\n\n${signNote('other\n', ana).slice('other\n\n'.length)}`;
  expect(() => openNote(note + forged.slice('text\n\n'.length), [known])).toThrow('does not hold');
});

it('refuses a note of which any one character was changed', async () => {
  const verifier = parseVkey(vkey);
  await fc.assert(
    fc.asyncProperty(fc.nat(example.length - 1), fc.integer({ min: 0x20, max: 0x7e }), async (at, code) => {
      fc.pre(example.charCodeAt(at) !== code);
      const changed = example.slice(0, at) + String.fromCharCode(code) + example.slice(at + 1);
      expect(() => openNote(changed, [verifier])).toThrow(RangeError);
      await expect((async () => checkSignatures(readNote(changed, [verifier])))()).rejects.toThrow(
        RangeError,
      );
    }),
    { numRuns: 300 },
  );
});

it.each([
  ['no signature', 'text\n'],
  ['no newline at the end', example.slice(0, -1)],
  ['a control character', example.replace('an', 'a\u0007')],
  ['a hyphen for the dash', example.replace('—', '-')],
  ['two blanks', example.replace('foo U', 'foo  U')],
  ['a line that is no signature', `${example}hello\n`],
  ['a key id alone', `${text}\n— example.com/foo Uw2QOg==\n`],
])('refuses a note with %s', (_, note) => {
  expect(() => openNote(note, [parseVkey(vkey)])).toThrow(RangeError);
});

it('signs no text that a note cannot have', () => {
  for (const bad of ['no newline', 'tab\t\n', 'half \ud800\n', ''])
    expect(() => signNote(bad, signer('a'))).toThrow(RangeError);
});

it.each([
  vkey.replace('530d903a', '530d903b'),
  vkey.replace('foo', 'fool'),
  vkey.replace('+Ae', '+Be'),
  'example.com+530d903a',
  'a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
])('refuses the verifier key %s', (bad) => {
  expect(() => parseVkey(bad)).toThrow(RangeError);
});

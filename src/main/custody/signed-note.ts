import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto';

/** Signature type of Ed25519 in C2SP signed notes. */
const ed25519 = 0x01;

/** A line says: em dash, space, name, space, base64 of key id and signature. */
const signatureLine = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/;

/** Somebody whose Ed25519 signatures on notes are known. */
export interface NoteVerifier {
  name: string;
  /** 32 bits, in hexadecimal. */
  keyId: string;
  publicKey: KeyObject;
}

/** Somebody who signs notes. */
export interface NoteSigner {
  name: string;
  /** Raw Ed25519 public key, 32 bytes. */
  publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/** A note of which at least one known signature holds. */
export interface OpenedNote {
  text: string;
  /** Those of the given verifiers who signed. */
  signedBy: NoteVerifier[];
}

/** An Ed25519 public key from its 32 raw bytes (RFC 8032). */
function ed25519PublicKey(raw: Uint8Array): KeyObject {
  return createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') },
    format: 'jwk',
  });
}

/** The first 32 bits of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key), as eight hexadecimal digits (C2SP signed-note). */
function keyId(name: string, publicKey: Uint8Array): string {
  const input = Buffer.concat([Buffer.from(`${name}\n`), Uint8Array.of(ed25519), publicKey]);
  return hash('sha256', input, 'hex').slice(0, 8);
}

/** The verifier key of a signer as people pass it on: `name+keyid+base64`. */
export function formatVkey(name: string, publicKey: Uint8Array): string {
  if (!/^[^\s+]+$/u.test(name))
    throw new RangeError(`“${name}” cannot name a key: it is empty or has blanks or a plus`);
  const key = Buffer.concat([Uint8Array.of(ed25519), publicKey]).toString('base64');
  return `${name}+${keyId(name, publicKey)}+${key}`;
}

/** Reads a verifier key. Throws RangeError where it is malformed, of another type, or its id is not that of its key. */
export function parseVkey(vkey: string): NoteVerifier & { raw: Uint8Array } {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u.exec(vkey) ?? [];
  if (name === undefined || id === undefined || encoded === undefined)
    throw new RangeError('not a verifier key');
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== 33 || bytes[0] !== ed25519) throw new RangeError('not an Ed25519 verifier key');
  if (bytes.toString('base64') !== encoded) throw new RangeError('the verifier key is not proper base64');
  const raw = bytes.subarray(1);
  if (keyId(name, raw) !== id) throw new RangeError('the verifier key does not match its own id');
  return { name, keyId: id, raw, publicKey: ed25519PublicKey(raw) };
}

/** Whether a text can be signed as a note: valid UTF-8, no control characters but newlines, ends in one. */
function isNoteText(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return text.endsWith('\n') && text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
}

/** Signs a text, which must end in a newline, and gives the whole note. Throws RangeError for a text no note can have. */
export function signNote(text: string, signer: NoteSigner): string {
  if (!isNoteText(text))
    throw new RangeError('a note is text without control characters that ends in a newline');
  const signature = signer.sign(Buffer.from(text));
  const id = Buffer.from(keyId(signer.name, signer.publicKey), 'hex');
  return `${text}\n\u2014 ${signer.name} ${Buffer.concat([id, signature]).toString('base64')}\n`;
}

/** A note taken apart, with those of its signatures that known keys are to answer for. None of them is checked yet. */
export interface ReadNote {
  text: string;
  signatures: { verifier: NoteVerifier; signature: Uint8Array }[];
  /** Names on the lines that none of the known keys answers for. */
  unknown: string[];
}

/**
 * Takes a note apart (C2SP signed-note); unknown signatures are named only. Throws RangeError where it is malformed or where
 * no known key signed it.
 */
export function readNote(note: string, verifiers: readonly NoteVerifier[]): ReadNote {
  const split = note.lastIndexOf('\n\n');
  if (split < 0) throw new RangeError('the note has no signature');
  const text = note.slice(0, split + 1);
  const block = note.slice(split + 2);
  if (!isNoteText(text) || !block.endsWith('\n')) throw new RangeError('the note is malformed');
  const signatures: ReadNote['signatures'] = [];
  const unknown: string[] = [];
  for (const line of block.slice(0, -1).split('\n')) {
    const [, name = '', encoded] = signatureLine.exec(line) ?? [];
    const bytes = Buffer.from(encoded ?? '', 'base64');
    if (bytes.length < 5 || bytes.toString('base64') !== encoded)
      throw new RangeError('a signature line of the note is malformed');
    const id = bytes.toString('hex', 0, 4);
    const verifier = verifiers.find((known) => known.name === name && known.keyId === id);
    if (verifier) signatures.push({ verifier, signature: bytes.subarray(4) });
    else unknown.push(name);
  }
  if (signatures.length === 0) throw new RangeError('the note is not signed by a known key');
  return { text, signatures, unknown };
}

/** Opens a note: every signature by a known key must hold, and there must be one. Throws RangeError with the reason. */
export function openNote(note: string, verifiers: readonly NoteVerifier[]): OpenedNote {
  const { text, signatures } = readNote(note, verifiers);
  const message = Buffer.from(text);
  for (const { verifier, signature } of signatures)
    if (!verify(null, message, verifier.publicKey, signature)) throw badSignature(verifier);
  return { text, signedBy: [...new Set(signatures.map(({ verifier }) => verifier))] };
}

/** Checks the signatures of a note on other threads, for logs with many checkpoints. Rejects as `openNote` throws. */
export async function checkSignatures({ text, signatures }: ReadNote): Promise<void> {
  const message = Buffer.from(text);
  for (const { verifier, signature } of signatures) {
    const holds = await new Promise<boolean>((resolve, reject) => {
      verify(null, message, verifier.publicKey, signature, (error, result) =>
        error ? reject(error) : resolve(result),
      );
    });
    if (!holds) throw badSignature(verifier);
  }
}

function badSignature(verifier: NoteVerifier): RangeError {
  return new RangeError(`the signature of ${verifier.name} does not hold`);
}

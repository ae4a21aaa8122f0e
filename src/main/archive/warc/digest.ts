import { createHash, type Hash } from 'node:crypto';

const sizes: Readonly<Record<string, number>> = { md5: 16, sha1: 20, sha256: 32, sha512: 64 };

/**
 * Compares bytes with a labelled digest (`algorithm:value`, WARC 1.1 part 5.8). The value may be hexadecimal or base32, as
 * both are in use.
 */
export class DigestCheck {
  readonly #label: string | null;
  readonly #algorithm: string;
  readonly #hash: Hash | null;
  #result: Buffer | null = null;

  /** `label` null: there is nothing to compare with. */
  constructor(label: string | null) {
    this.#label = label;
    this.#algorithm = label?.slice(0, label.indexOf(':')).toLowerCase().replace('-', '') ?? '';
    this.#hash = this.#algorithm in sizes ? createHash(this.#algorithm) : null;
  }

  update(bytes: Uint8Array): void {
    this.#hash?.update(bytes);
  }

  /** Null where it matches, or where there was none; otherwise what is wrong, to be put behind a noun. */
  problem(): string | null {
    if (this.#label === null) return null;
    if (this.#hash === null)
      return `is of a kind that is not known here (${JSON.stringify(this.#label.slice(0, 80))})`;
    this.#result ??= this.#hash.digest();
    const value = this.#label.slice(this.#label.indexOf(':') + 1);
    const matches =
      value.toLowerCase() === this.#result.toString('hex') || value.toUpperCase() === base32(this.#result);
    return matches ? null : 'does not match';
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  const text = groups.map((group) => ALPHABET[Number.parseInt(group.padEnd(5, '0'), 2)] ?? '').join('');
  return text.padEnd(Math.ceil(text.length / 8) * 8, '=');
}

import type { OmissionRule } from '../../../shared/domain/omissions.ts';
import type { SecretKind, Secrets } from './secrets.ts';

/** What a walk over a text does with each credential it finds; the walks are the same for looking and for leaving out. */
export interface Editor {
  /**
   * @param name of the header, field or argument, as it stands there
   * @param value in plain text, its codings undone
   * @param length bytes that it takes where it stands
   * @returns what is put in its place, plain ASCII without quotes or signs
   */
  omit(name: string, value: string, length: number, kind: SecretKind, rule: OmissionRule): string;
}

/** Only takes notes. */
export function notingEditor(secrets: Secrets): Editor {
  return {
    omit(_name, value, _length, kind) {
      secrets.note(value, kind);
      return '';
    },
  };
}

/** A place in one record or file from which something is left out. */
export interface Change {
  where: 'head' | 'body' | 'field';
  name: string;
  rule: OmissionRule;
  bytes: number;
  places: number;
}

/** Puts markers, and keeps the account of one record or file. */
export class OmittingEditor implements Editor {
  readonly changes: Change[] = [];
  readonly #byKey = new Map<string, Change>();
  where: Change['where'] = 'body';
  readonly #secrets: Secrets;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  omit(name: string, value: string, length: number, _kind: SecretKind, rule: OmissionRule): string {
    this.add({ where: this.where, name: safeName(name), rule, bytes: length, places: 1 });
    return this.#secrets.marker(value);
  }

  /** Forgets what was noted so far. */
  clear(): void {
    this.changes.length = 0;
    this.#byKey.clear();
  }

  add(change: Change): void {
    if (change.places === 0) return;
    const key = `${change.where} ${change.rule} ${change.name}`;
    const like = this.#byKey.get(key);
    if (like === undefined) {
      const own = { ...change };
      this.#byKey.set(key, own);
      this.changes.push(own);
      return;
    }
    like.bytes += change.bytes;
    like.places += change.places;
  }
}

/** Names come from the page: printable, and short enough for a list. */
function safeName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '_').slice(0, 120);
}

/** Text of which each character is a byte, as the UTF-8 it stands for; as it is where it is none. */
export function utf8Of(bytes: string): string {
  if (!/[\x80-\xff]/.test(bytes)) return bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return bytes;
  }
}

/** The other way round: a character per byte. */
export function bytesOf(text: string): string {
  return /[^\0-\x7f]/.test(text) ? Buffer.from(text.toWellFormed()).toString('latin1') : text;
}

import {
  omissionRules,
  type Omission,
  type Omissions,
  type SealedRecord,
} from '../../../shared/domain/omissions.ts';
import type { Change } from './editor.ts';
import { MARKER, SHORTEST } from './secrets.ts';

/** Changes of the method are new numbers: only the same method makes the same bytes. */
export const METHOD = 'constat-redaction-1';

const statement = [
  'This archive is a working copy of a sealed one. It was made by a program, without anyone choosing what to leave out.',
  'Each record is the sealed record byte for byte, unless it is named in “omissions”. In those, the value was replaced by the marker, and lengths, digests and indexes were computed anew; the name of a header or field stays.',
  'A marker with a number stands for one value: the same number is the same value everywhere in this copy.',
  'A page can send words of its own as if they were a password, and so have them left out of this copy. The list names every place, and the original has them.',
  'The sealed original keeps its hash. Whoever has it can make this copy again with the same method and compare: every byte follows from the original alone.',
  '“sealed-records.jsonl” lists each record of the original, where it stands in it and, where nothing was left out, the SHA-256 of its bytes. Without the original this list is the statement of whoever made the copy; the records themselves do not prove that they were in it.',
];

const mayStillContain = [
  'Pictures, video, audio, fonts, PDF and other files that are no text were copied unread. A screenshot shows what the screen showed.',
  'What a script keeps or computes from a credential (a cookie set by a script, a hash, an encrypted form) cannot be told from other text unless it was sent as one.',
  'A password sent under a name that does not say so, in a form of its own (protocol buffers, encrypted bodies), is not recognised as one.',
  `Values shorter than ${SHORTEST} bytes, plain words, phrases and dates are left out in their own place only, not where they occur again.`,
  'What the page shows of the person who was logged in (name, account, messages) is evidence and stays.',
  'The name of a user, the length of what was left out and the hash of the original stay known. Were everything that was left out so short that it could be guessed at once, the hash would confirm the guess.',
];

/** The account of a copy while it is made. */
export class OmissionLog {
  readonly #omissions: Omission[] = [];
  readonly #notLookedInto: Omissions['notLookedInto'] = [];
  readonly #records: SealedRecord[] = [];

  changed(file: string, record: { id: string; type: string } | null, changes: readonly Change[]): void {
    for (const { where, name, rule, places, bytes } of changes)
      this.#omissions.push({
        file,
        record: record?.id ?? null,
        recordType: record?.type ?? null,
        where,
        name,
        rule,
        places,
        bytes,
      });
  }

  notLookedInto(file: string, record: string | null, why: string): void {
    this.#notLookedInto.push({ file, record, why });
  }

  record(record: SealedRecord): void {
    this.#records.push(record);
  }

  /** The two files of the account: the list, and the records of the original. */
  files(
    software: string,
    original: { sha256: string; size: number },
  ): { omissions: Uint8Array; records: Uint8Array } {
    const unchanged = this.#records.filter(({ sha256 }) => sha256 !== null).length;
    const list: Omissions = {
      format: 'constat-omissions-1',
      software,
      method: METHOD,
      statement,
      original,
      marker: MARKER,
      rules: omissionRules,
      records: { unchanged, changed: this.#records.length - unchanged },
      omissions: this.#omissions,
      notLookedInto: this.#notLookedInto,
      mayStillContain,
    };
    return {
      omissions: Buffer.from(`${JSON.stringify(list, null, 2)}\n`),
      records: Buffer.from(this.#records.map((record) => `${JSON.stringify(record)}\n`).join('')),
    };
  }
}

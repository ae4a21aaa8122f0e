import { ZodError } from 'zod';
import type { Check } from '../../../shared/domain/custody.ts';
import { strictText } from '../text-lines.ts';
import { wholeOf, type Tree, type TreeFile } from '../bagit/tree.ts';

/** Largest text of a bundle that is read into memory, in bytes. */
const maxText = 256 * 1024 * 1024;

/** What the parts of a verification share: the files, what was found, and how far it has come. */
export class VerifyContext {
  readonly tree: Tree;
  readonly checks: Check[] = [];
  /** Files that something in the bundle accounts for; whatever is left over should not be there. */
  readonly expected = new Set<string>();
  readonly #files: Map<string, TreeFile>;
  readonly #onBytes: (item: string, bytes: number) => void;

  constructor(tree: Tree, onBytes: (item: string, bytes: number) => void) {
    this.tree = tree;
    this.#files = new Map(tree.files.map((file) => [file.path, file]));
    this.#onBytes = onBytes;
  }

  progress(item: string, bytes: number): void {
    this.#onBytes(item, bytes);
  }

  pass(item: string, message: string): void {
    this.checks.push({ item, status: 'pass', message });
  }

  fail(item: string, message: string): void {
    this.checks.push({ item: printable(item), status: 'fail', message: printable(message) });
  }

  /** For a person to judge; the bundle is good all the same. */
  warn(item: string, message: string): void {
    this.checks.push({ item: printable(item), status: 'warning', message: printable(message) });
  }

  get failures(): number {
    return this.checks.filter(({ status }) => status === 'fail').length;
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** A file by its path, counted as expected. A missing one is a failure and null. */
  file(path: string): TreeFile | null {
    this.expected.add(path);
    const found = this.#files.get(path);
    if (!found) this.fail(path, 'It is not there.');
    return found ?? null;
  }

  bytes(path: string): Uint8Array | null {
    const file = this.file(path);
    return file && this.attempt(path, () => wholeOf(file, maxText));
  }

  /** The text of a file; one that is not UTF-8 is a failure and null. */
  text(path: string): string | null {
    const bytes = this.bytes(path);
    const text = bytes && strictText(bytes);
    if (bytes && text === null) this.fail(path, 'It is not UTF-8 text.');
    return text;
  }

  /** A file that must be exactly this text. */
  same(path: string, expected: string, message: string): void {
    const text = this.text(path);
    if (text !== null && text !== expected) this.fail(path, message);
  }

  /** Runs a part; what it throws is a failure of the item. */
  attempt<T>(item: string, work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      this.fail(item, `It cannot be read: ${reasonOf(error)}.`);
      return null;
    }
  }
}

/** What a thrown value says, in one line and without a full stop. */
export function reasonOf(error: unknown): string {
  if (error instanceof ZodError)
    return `it is not what is expected there (${error.issues[0]?.path.join('.') ?? ''})`;
  return printable(error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}

/** Names and texts of a bundle may be made to deceive whoever reads them in a terminal: nothing in them is obeyed. */
function printable(text: string): string {
  const whole = text.length > 600 ? `${text.slice(0, 600)}…` : text;
  return whole.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (char) => `U+${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

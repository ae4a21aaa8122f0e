import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ByteSink, RandomAccess } from '../../archive/bytes.ts';
import { fileSource } from '../../archive/random-access.ts';
import { redactWacz, type Redacted, type RedactOptions } from '../../archive/redact/redact.ts';

/** A working copy without credentials on the disk, until it is discarded. */
export interface WorkingCopy extends Redacted {
  readonly source: RandomAccess;
  discard(): void;
}

/**
 * Makes the working copy of a sealed archive in a closed folder of its own inside `folder`. Throws ArchiveError, what the file
 * system throws, and the signal's reason; nothing is left then.
 */
export async function makeWorkingCopy(
  sealed: RandomAccess,
  folder: string,
  options: RedactOptions = {},
): Promise<WorkingCopy> {
  const own = mkdtempSync(join(folder, '.constat-copy-'));
  const path = join(own, 'copy.wacz');
  const discard = (): void => rmSync(own, { recursive: true, force: true });
  try {
    const redacted = await writeWorkingCopy(sealed, path, options);
    const source = fileSource(path);
    return {
      ...redacted,
      source,
      discard: () => {
        source.close();
        discard();
      },
    };
  } catch (error) {
    discard();
    throw error;
  }
}

/** Writes the working copy to a new file that only its owner may read. Throws as above, and EEXIST. */
export async function writeWorkingCopy(
  sealed: RandomAccess,
  path: string,
  options: RedactOptions = {},
): Promise<Redacted> {
  const sink = new FileSink(path);
  try {
    const redacted = await redactWacz(sealed, sink, options);
    sink.flush();
    return redacted;
  } finally {
    sink.close();
  }
}

const HELD = 1024 * 1024;

/** A new file as a sink; small writes are gathered. */
class FileSink implements ByteSink {
  readonly #descriptor: number;
  #held: Uint8Array[] = [];
  #heldSize = 0;
  #written = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'wx', 0o600);
  }

  get position(): number {
    return this.#written + this.#heldSize;
  }

  write(bytes: Uint8Array): void {
    // The caller may use its buffer again.
    this.#held.push(Uint8Array.from(bytes));
    this.#heldSize += bytes.byteLength;
    if (this.#heldSize >= HELD) this.flush();
  }

  patch(offset: number, bytes: Uint8Array): void {
    this.flush();
    this.#put(bytes, offset);
  }

  flush(): void {
    const bytes = Buffer.concat(this.#held, this.#heldSize);
    this.#put(bytes, this.#written);
    this.#written += bytes.byteLength;
    this.#held = [];
    this.#heldSize = 0;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #put(bytes: Uint8Array, position: number): void {
    for (let done = 0; done < bytes.byteLength;)
      done += writeSync(this.#descriptor, bytes, done, bytes.byteLength - done, position + done);
  }
}

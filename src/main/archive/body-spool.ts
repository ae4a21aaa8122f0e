import { createHash, randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Payload } from './bytes.ts';
import { fileChunks } from './payload.ts';

/**
 * A body that arrives in pieces. It stays in memory up to `memoryLimit` bytes; a longer one goes to a file in `folder`
 * that only its owner may read (mode 0600) and that `discard` removes.
 */
export class BodySpool {
  readonly #folder: string;
  readonly #memoryLimit: number;
  readonly #hash = createHash('sha256');
  #pieces: Uint8Array[] = [];
  #size = 0;
  #path: string | null = null;
  #descriptor: number | null = null;
  #state: 'open' | 'finished' | 'discarded' = 'open';

  constructor(folder: string, memoryLimit = 1024 * 1024) {
    this.#folder = folder;
    this.#memoryLimit = memoryLimit;
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#size;
  }

  /** Appends a copy of the bytes. Throws what the file system throws (ENOSPC on a full disk), or an Error once finished. */
  write(bytes: Uint8Array): void {
    if (this.#state !== 'open') throw new Error(`this body is ${this.#state}`);
    if (bytes.byteLength === 0) return;
    this.#hash.update(bytes);
    this.#size += bytes.byteLength;
    if (this.#descriptor === null && this.#size <= this.#memoryLimit) {
      this.#pieces.push(Uint8Array.from(bytes));
      return;
    }
    this.#append(bytes);
  }

  /** Closes the body. Its payload can be read until `discard`. */
  finish(): Payload {
    if (this.#state !== 'open') throw new Error(`this body is ${this.#state}`);
    this.#state = 'finished';
    this.#closeFile();
    const sha256 = this.#hash.digest('hex');
    const path = this.#path;
    return {
      size: this.#size,
      sha256,
      stream: () => {
        if (this.#state === 'discarded') throw new Error('this body is discarded');
        return path === null ? this.#pieces.values() : fileChunks(path);
      },
    };
  }

  /** Forgets the bytes and removes the file, at any time and as often as wanted. */
  discard(): void {
    this.#state = 'discarded';
    this.#closeFile();
    this.#pieces = [];
    if (this.#path !== null) rmSync(this.#path, { force: true });
  }

  #append(bytes: Uint8Array): void {
    if (this.#descriptor === null) {
      this.#path = join(this.#folder, `body-${randomUUID()}`);
      this.#descriptor = openSync(this.#path, 'wx', 0o600);
      for (const piece of this.#pieces) writeAll(this.#descriptor, piece);
      this.#pieces = [];
    }
    writeAll(this.#descriptor, bytes);
  }

  #closeFile(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.byteLength;) at += writeSync(descriptor, bytes, at);
}

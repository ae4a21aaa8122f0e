import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { formatManifest } from './manifest.ts';
import { collisionKey, escapeFault, portabilityFault } from './paths.ts';
import type { TreeSink } from './sink.ts';
import { formatBagInfo, type BagInfo } from './tag-file.ts';

export interface WrittenFile {
  path: string;
  size: number;
  sha256: string;
  sha512: string;
}

/** The bytes of a file to write: whole, or in pieces as they come. */
export type Pieces = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Writes a BagIt 1.0 bag (RFC 8493) with SHA-256 and SHA-512 manifests, in one pass and with flat memory. It never
 * writes `fetch.txt`: a bag of evidence is whole or it is not one.
 */
export class BagWriter {
  readonly #sink: TreeSink;
  readonly #onBytes: (path: string, bytes: number) => void;
  readonly #signal: AbortSignal | undefined;
  readonly #payload: WrittenFile[] = [];
  readonly #tags: WrittenFile[] = [];
  readonly #taken = new Set<string>();
  #files = 0;
  #bytes = 0;

  constructor(
    sink: TreeSink,
    options: { onBytes?: (path: string, bytes: number) => void; signal?: AbortSignal } = {},
  ) {
    this.#sink = sink;
    this.#onBytes = options.onBytes ?? (() => undefined);
    this.#signal = options.signal;
  }

  /** Writes a payload file; the path is relative to `data/`. */
  async payload(path: string, pieces: Pieces): Promise<WrittenFile> {
    const written = await this.#write(`data/${path}`, pieces);
    this.#payload.push(written);
    return written;
  }

  /** Writes a file beside `data/`; it will be in the tag manifest. */
  async tag(path: string, pieces: Pieces): Promise<WrittenFile> {
    const written = await this.#write(path, pieces);
    this.#tags.push(written);
    return written;
  }

  /** Declaration, `bag-info.txt` with its Payload-Oxum, manifests and, last, the tag manifest, which is given back. */
  async finish(info: BagInfo): Promise<{ tagManifest: Uint8Array; written: WrittenFile }> {
    const bytes = this.#payload.reduce((sum, { size }) => sum + size, 0);
    const oxum: BagInfo = [['Payload-Oxum', `${bytes}.${this.#payload.length}`]];
    await this.tag('bagit.txt', Buffer.from('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'));
    await this.tag('bag-info.txt', Buffer.from(formatBagInfo([...info, ...oxum])));
    for (const algorithm of ['sha256', 'sha512'] as const) {
      await this.tag(`manifest-${algorithm}.txt`, Buffer.from(manifestOf(this.#payload, algorithm)));
    }
    const tagManifest = Buffer.from(manifestOf(this.#tags, 'sha256'));
    return { tagManifest, written: await this.#write('tagmanifest-sha256.txt', tagManifest) };
  }

  /** Writes a file that no manifest lists: the signature over the tag manifest cannot be in it. */
  async beyond(path: string, bytes: Uint8Array): Promise<WrittenFile> {
    return this.#write(path, bytes);
  }

  /** Files written so far, and their bytes. */
  get totals(): { files: number; bytes: number } {
    return { files: this.#files, bytes: this.#bytes };
  }

  async #write(path: string, pieces: Pieces): Promise<WrittenFile> {
    const fault = escapeFault(path) ?? portabilityFault(path) ?? (path === 'fetch.txt' ? 'it fetches' : null);
    if (fault !== null || this.#taken.has(collisionKey(path)))
      throw new Error(`“${path}” cannot be in a bag: ${fault ?? 'taken'}`);
    this.#taken.add(collisionKey(path));
    const hashes = { sha256: createHash('sha256'), sha512: createHash('sha512') };
    const file = this.#sink.add(path);
    let size = 0;
    for await (const piece of pieces instanceof Uint8Array ? [pieces] : pieces) {
      this.#signal?.throwIfAborted();
      file.write(piece);
      hashes.sha256.update(piece);
      hashes.sha512.update(piece);
      size += piece.length;
      this.#onBytes(path, piece.length);
      await breathe();
    }
    file.close();
    this.#files += 1;
    this.#bytes += size;
    return { path, size, sha256: hashes.sha256.digest('hex'), sha512: hashes.sha512.digest('hex') };
  }
}

function manifestOf(files: readonly WrittenFile[], algorithm: 'sha256' | 'sha512'): string {
  return formatManifest(files.map((file) => ({ path: file.path, digest: file[algorithm] })));
}

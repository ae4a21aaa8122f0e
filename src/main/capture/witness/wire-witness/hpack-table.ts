/** RFC 7541 Appendix A. */
const STATIC: readonly (readonly [string, string])[] = [
  [':authority', ''],
  [':method', 'GET'],
  [':method', 'POST'],
  [':path', '/'],
  [':path', '/index.html'],
  [':scheme', 'http'],
  [':scheme', 'https'],
  [':status', '200'],
  [':status', '204'],
  [':status', '206'],
  [':status', '304'],
  [':status', '400'],
  [':status', '404'],
  [':status', '500'],
  ['accept-charset', ''],
  ['accept-encoding', 'gzip, deflate'],
  ['accept-language', ''],
  ['accept-ranges', ''],
  ['accept', ''],
  ['access-control-allow-origin', ''],
  ['age', ''],
  ['allow', ''],
  ['authorization', ''],
  ['cache-control', ''],
  ['content-disposition', ''],
  ['content-encoding', ''],
  ['content-language', ''],
  ['content-length', ''],
  ['content-location', ''],
  ['content-range', ''],
  ['content-type', ''],
  ['cookie', ''],
  ['date', ''],
  ['etag', ''],
  ['expect', ''],
  ['expires', ''],
  ['from', ''],
  ['host', ''],
  ['if-match', ''],
  ['if-modified-since', ''],
  ['if-none-match', ''],
  ['if-range', ''],
  ['if-unmodified-since', ''],
  ['last-modified', ''],
  ['link', ''],
  ['location', ''],
  ['max-forwards', ''],
  ['proxy-authenticate', ''],
  ['proxy-authorization', ''],
  ['range', ''],
  ['referer', ''],
  ['refresh', ''],
  ['retry-after', ''],
  ['server', ''],
  ['set-cookie', ''],
  ['strict-transport-security', ''],
  ['transfer-encoding', ''],
  ['user-agent', ''],
  ['vary', ''],
  ['via', ''],
  ['www-authenticate', ''],
];

/** What an entry costs besides its letters. (RFC 7541 4.1) */
export const ENTRY_OVERHEAD = 32;

/** The static and the dynamic table of one direction, under one index. (RFC 7541 2.3) */
export class HpackTable {
  /** Newest last; those before #first are gone. */
  #entries: [string, string][] = [];
  #first = 0;
  #size = 0;
  #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#size;
  }

  get(index: number): readonly [string, string] | undefined {
    if (index <= STATIC.length) return STATIC[index - 1];
    const at = this.#entries.length - (index - STATIC.length);
    return at < this.#first ? undefined : this.#entries[at];
  }

  /** Adds an entry; one that is larger than the table empties it. (RFC 7541 4.4) */
  add(name: string, value: string): void {
    const size = name.length + value.length + ENTRY_OVERHEAD;
    this.#shrink(this.#limit - size);
    if (size > this.#limit) return;
    this.#entries.push([name, value]);
    this.#size += size;
  }

  resize(limit: number): void {
    this.#limit = limit;
    this.#shrink(limit);
  }

  #shrink(size: number): void {
    while (this.#size > Math.max(size, 0)) {
      const [name, value] = this.#entries[this.#first] ?? ['', ''];
      this.#entries[this.#first] = ['', ''];
      this.#first += 1;
      this.#size -= name.length + value.length + ENTRY_OVERHEAD;
    }
    if (this.#first > 64 && this.#first * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#first);
      this.#first = 0;
    }
  }
}

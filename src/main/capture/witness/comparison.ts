import type { Comparison, Difference } from '../../../shared/domain/witness.ts';
import type { HeaderList } from '../../../shared/domain/provenance.ts';
import { decodedDigest, isKnownCoding } from './decoded-digest.ts';
import { codingsOf } from './browser-witness/headers.ts';
import type { MessageDigests } from './message-digests.ts';
import type { WireExchange } from './wire-witness/wire-exchange.ts';

/** What the browser said of an exchange: null where it did not show that part. */
export interface BrowserSide {
  status: number | null;
  headers: HeaderList | null;
  /** After undoing the content coding. */
  body: { size: number; sha256: string } | null;
}

/** Beyond this many, differences are counted and no longer listed. */
const LISTED = 500;
/** So many that contradict each other are named in the verdict. */
const SHOWN = 3;

const contrary: ReadonlySet<Difference['what']> = new Set(['status', 'headers', 'body', 'only-browser']);

/** Compares what the browser says it got with what went over the wire, exchange by exchange. (design: decision 3) */
export class WitnessComparison {
  readonly #differences: Difference[] = [];
  #unlisted = 0;
  #noted = 0;
  /** The first of those that contradict each other, and how many there are. */
  readonly #contrary: Difference[] = [];
  #contraryCount = 0;
  #compared = 0;
  #same = 0;

  /** Compares one exchange both saw; gives the digest of the wire's body as the browser would hand it over, where that was worked out. */
  async both(seen: WireExchange, browser: BrowserSide): Promise<string | null> {
    const { response, url, request } = seen;
    if (!response) return null;
    this.#compared += 1;
    const before = this.#noted;
    const differ = (what: Difference['what'], words: string): void =>
      this.#note({ url, method: request.method, what, words });
    if (browser.status !== null && browser.status !== response.status)
      differ('status', `The server answered ${response.status}; the browser reported ${browser.status}.`);
    if (browser.headers) {
      const sent = asBrowserReads(response.headers);
      const unlike = sent === null ? [] : unlikeHeaders(sent, browser.headers);
      if (unlike.length > 0) differ('headers', `Headers differ: ${unlike.join(', ')}.`);
      if (sent === null)
        differ(
          'not-compared',
          'The headers hold bytes that are not UTF-8: the record has them as sent, the browser reports them garbled.',
        );
    }
    const decoded = await this.#body(seen, browser, differ);
    if (this.#noted === before) this.#same += 1;
    return decoded;
  }

  /** Whether the two accounts can be of one and the same exchange: it is over, and nothing in them differs. */
  async agrees(seen: WireExchange, { status, headers, body }: BrowserSide): Promise<boolean> {
    const { response, isOver, failure } = seen;
    // The browser had no answer: nor should the wire have a whole one.
    if (status === null) return !isOver || failure !== null || response === null;
    if (!isOver || response?.status !== status) return false;
    const sent = asBrowserReads(response.headers);
    if (headers && sent && unlikeHeaders(sent, headers).length > 0) return false;
    return !body || (await unpacked(seen, body)) === body.sha256;
  }

  /** What went over a WebSocket; where one of the two heard more at the end of the capture, the rest cannot be compared. */
  socket({ url, request }: WireExchange, wire: MessageDigests, browser: MessageDigests): void {
    this.#compared += 1;
    const before = this.#contraryCount;
    for (const direction of ['sent', 'received'] as const) {
      const [one, other] = [wire.of(direction), browser.of(direction)];
      if (one.sha256 === other.sha256) continue;
      const same = one.bytes === other.bytes;
      this.#note({
        url,
        method: request.method,
        what: same ? 'body' : 'not-compared',
        words: same
          ? `What was ${direction} over the WebSocket is not what the browser reported.`
          : `Of what was ${direction} over the WebSocket, ${one.bytes} bytes were seen on the wire and ${other.bytes} by the browser.`,
      });
    }
    if (this.#contraryCount === before) this.#same += 1;
  }

  /** An exchange both saw, of which one of the two made nothing. */
  notCompared({ url, request }: WireExchange, words: string): void {
    this.#note({ url, method: request.method, what: 'not-compared', words });
  }

  /** An exchange only one of the two saw. */
  alone(what: 'only-wire' | 'only-browser', method: string, url: string, words: string): void {
    this.#note({ url, method, what, words });
  }

  result(): Comparison {
    return { compared: this.#compared, same: this.#same, differences: [...this.#differences] };
  }

  /** Sentences for the verdict: where the accounts contradict each other, and that more differs than can be listed. */
  remarks(): string[] {
    const shown = this.#contrary.map(
      ({ url, words }) => `${url.length > 120 ? `${url.slice(0, 117)}…` : url} (${words.replace(/\.$/, '')})`,
    );
    const [more, count] = [this.#contraryCount - shown.length, this.#contraryCount];
    return [
      ...(count > 0
        ? [
            `What the browser reported is not what went over the wire, for ${count === 1 ? '1 exchange' : `${count} exchanges`}: ${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}. The record has what went over the wire, where it went there.`,
          ]
        : []),
      ...(this.#unlisted > 0
        ? [`${this.#unlisted} more differences between the two accounts are not listed.`]
        : []),
    ];
  }

  async #body(
    seen: WireExchange,
    { body }: BrowserSide,
    differ: (what: Difference['what'], words: string) => void,
  ): Promise<string | null> {
    // What was cut is cut at different places: the wire may have more than the browser handed to the page.
    if (!body || seen.truncated !== null || seen.response?.status === 304) return null;
    const decoded = await unpacked(seen, body);
    const received = seen.receivedBody();
    if (decoded === null) {
      differ(
        'body',
        `The body as sent (${codingsOf(seen.response?.headers ?? []).join(', ')}, ${received.size} bytes) does not unpack to the ${body.size} bytes the browser reported.`,
      );
      return null;
    }
    if (decoded !== body.sha256)
      differ(
        'body',
        `The body as sent (${received.size} bytes) is not the ${body.size} bytes the browser reported.`,
      );
    return decoded;
  }

  #note(difference: Difference): void {
    this.#noted += 1;
    if (contrary.has(difference.what)) {
      this.#contraryCount += 1;
      if (this.#contrary.length < SHOWN) this.#contrary.push(difference);
    }
    if (this.#differences.length < LISTED) this.#differences.push(difference);
    else this.#unlisted += 1;
  }
}

const unpackedTo = new WeakMap<WireExchange, { size: number; digest: Promise<string | null> }>();

/**
 * Digest of the body as the browser would hand it over, given what it did; null where it cannot be unpacked to that. Of an exchange that is
 * held against several accounts it is worked out once for each size.
 */
function unpacked(seen: WireExchange, body: { size: number; sha256: string }): Promise<string | null> {
  const known = unpackedTo.get(seen);
  const received = seen.receivedBody();
  const codings = codingsOf(seen.response?.headers ?? []);
  // Browsers leave alone what has a coding they do not know; an empty body with a coding named is no error.
  if ((received.size === 0 || !codings.every(isKnownCoding)) && received.sha256 === body.sha256)
    return Promise.resolve(body.sha256);
  if (known?.size === body.size) return known.digest;
  const digest = decodedDigest(received, codings, body.size);
  unpackedTo.set(seen, { size: body.size, digest });
  return digest;
}

/** Headers as sent (a character per byte) in the characters the browser reports them in, which are those of UTF-8; null where they are none. */
function asBrowserReads(headers: HeaderList): HeaderList | null {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const read = (text: string): string => utf8.decode(Buffer.from(text, 'latin1'));
  try {
    return headers.map(([name, value]) => [read(name), read(value)]);
  } catch {
    return null;
  }
}

/** Names of headers whose values are not the same, whatever their order and spelling of the name. */
function unlikeHeaders(sent: HeaderList, reported: HeaderList): string[] {
  const left = grouped(sent);
  const right = grouped(reported);
  const names = new Set([...left.keys(), ...right.keys()]);
  return [...names].filter((name) => left.get(name) !== right.get(name));
}

function grouped(headers: HeaderList): Map<string, string> {
  const found = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    found.set(key, [...(found.get(key) ?? []), value.trim()]);
  }
  return new Map([...found].map(([name, values]) => [name, values.toSorted().join('\n')]));
}

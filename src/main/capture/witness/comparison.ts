import type { Comparison, Difference } from '../../../shared/domain/witness.ts';
import type { HeaderList } from '../../../shared/domain/provenance.ts';
import { decodedDigest } from './decoded-digest.ts';
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

/** Compares what the browser says it got with what went over the wire, exchange by exchange. (design: decision 3) */
export class WitnessComparison {
  readonly #differences: Difference[] = [];
  #unlisted = 0;
  #compared = 0;
  #same = 0;

  /** Compares one exchange both saw; gives the digest of the wire's body as the browser would hand it over, where that was worked out. */
  async both(seen: WireExchange, browser: BrowserSide): Promise<string | null> {
    const { response, url, request } = seen;
    if (!response) return null;
    this.#compared += 1;
    const before = this.#count;
    const differ = (what: Difference['what'], words: string): void =>
      this.#note({ url, method: request.method, what, words });
    if (browser.status !== null && browser.status !== response.status)
      differ('status', `The server answered ${response.status}; the browser reported ${browser.status}.`);
    if (browser.headers) {
      const unlike = unlikeHeaders(response.headers, browser.headers);
      if (unlike.length > 0) differ('headers', `Headers differ: ${unlike.join(', ')}.`);
    }
    const decoded = await this.#body(seen, browser, differ);
    if (this.#count === before) this.#same += 1;
    return decoded;
  }

  /** What went over a WebSocket; where one of the two heard more at the end of the capture, the rest cannot be compared. */
  socket({ url, request }: WireExchange, wire: MessageDigests, browser: MessageDigests): void {
    this.#compared += 1;
    const before = this.#count;
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
    if (this.#count === before) this.#same += 1;
  }

  /** An exchange only one of the two saw. */
  alone(what: 'only-wire' | 'only-browser', method: string, url: string, words: string): void {
    this.#note({ url, method, what, words });
  }

  result(): Comparison {
    return { compared: this.#compared, same: this.#same, differences: [...this.#differences] };
  }

  /** A sentence for the verdict where more differs than can be listed. */
  get unlisted(): number {
    return this.#unlisted;
  }

  get #count(): number {
    return this.#differences.filter(({ what }) => what !== 'not-compared').length + this.#unlisted;
  }

  async #body(
    seen: WireExchange,
    { body }: BrowserSide,
    differ: (what: Difference['what'], words: string) => void,
  ): Promise<string | null> {
    // What was cut is cut at different places: the wire may have more than the browser handed to the page.
    if (!body || seen.truncated !== null || seen.response?.status === 304) return null;
    const received = seen.receivedBody();
    const codings = codingsOf(seen.response?.headers ?? []);
    const decoded = await decodedDigest(received, codings, body.size);
    if (decoded === null) {
      // An empty body with a coding named is no error.
      if (received.size === 0 && body.size === 0) return body.sha256;
      differ(
        'body',
        `The body as sent (${codings.join(', ')}, ${received.size} bytes) does not unpack to the ${body.size} bytes the browser reported.`,
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
    if (this.#differences.length < LISTED) this.#differences.push(difference);
    else this.#unlisted += 1;
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

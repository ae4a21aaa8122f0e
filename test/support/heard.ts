import { createHash, type Hash } from 'node:crypto';
import type { HeaderList } from '../../src/shared/domain/provenance.ts';
import type {
  ExchangeSink,
  RequestHead,
  ResponseHead,
  Side,
} from '../../src/main/capture/witness/wire-witness/parser.ts';

interface Body {
  size: number;
  hash: Hash;
}

/** One exchange as a parser told it. */
export interface HeardExchange {
  id: number;
  request: RequestHead | null;
  requestBody: Body;
  requestTrailers: HeaderList | null;
  informational: ResponseHead[];
  response: ResponseHead | null;
  responseBody: Body;
  responseTrailers: HeaderList | null;
  failure: { reason: string; by: Side } | null;
  upgraded: { client: Buffer[]; server: Buffer[]; end: string | null | undefined } | null;
}

/** Writes down what a parser says: exchange by exchange, and as a list of lines that does not depend on how the bytes were cut. */
export class Heard implements ExchangeSink {
  readonly exchanges = new Map<number, HeardExchange>();
  readonly unfollowed: string[] = [];
  /** Calls that break what `ExchangeSink` promises. */
  readonly broken: string[] = [];
  readonly #lines: (string | { key: string; hash: Hash; size: number })[] = [];

  get all(): HeardExchange[] {
    return [...this.exchanges.values()];
  }

  get lines(): string[] {
    return this.#lines.map((line) =>
      typeof line === 'string'
        ? line
        : `${line.key} ${line.size} ${line.hash.copy().digest('hex').slice(0, 16)}`,
    );
  }

  get(id: number): HeardExchange {
    const found = this.exchanges.get(id);
    if (!found) throw new Error(`No exchange ${id} among ${[...this.exchanges.keys()].join(', ')}.`);
    return found;
  }

  request(id: number, head: RequestHead): void {
    if (this.exchanges.has(id)) this.broken.push(`request ${id} twice`);
    this.exchanges.set(id, {
      id,
      request: head,
      requestBody: newBody(),
      requestTrailers: null,
      informational: [],
      response: null,
      responseBody: newBody(),
      responseTrailers: null,
      failure: null,
      upgraded: null,
    });
    this.#line(`request ${id}`, withoutTime(head));
  }

  requestBody(id: number, chunk: Uint8Array): void {
    const exchange = this.#open(id, 'requestBody');
    if (exchange?.requestTrailers) this.broken.push(`request body after its end, ${id}`);
    this.#data(`request body ${id}`, chunk, exchange?.requestBody);
  }

  requestEnd(id: number, trailers: HeaderList): void {
    const exchange = this.#open(id, 'requestEnd');
    if (exchange?.requestTrailers) this.broken.push(`request ${id} ended twice`);
    if (exchange) exchange.requestTrailers = trailers;
    this.#line(`request end ${id}`, trailers);
  }

  informational(id: number, head: ResponseHead): void {
    this.#open(id, 'informational')?.informational.push(head);
    this.#line(`informational ${id}`, withoutTime(head));
  }

  response(id: number, head: ResponseHead): void {
    const exchange = this.#open(id, 'response');
    if (exchange?.response) this.broken.push(`response ${id} twice`);
    if (exchange) exchange.response = head;
    this.#line(`response ${id}`, withoutTime(head));
  }

  responseBody(id: number, chunk: Uint8Array): void {
    const exchange = this.#open(id, 'responseBody');
    if (!exchange?.response || exchange.responseTrailers)
      this.broken.push(`response body out of place, ${id}`);
    this.#data(`response body ${id}`, chunk, exchange?.responseBody);
  }

  responseEnd(id: number, trailers: HeaderList): void {
    const exchange = this.#open(id, 'responseEnd');
    if (!exchange?.response || exchange.responseTrailers)
      this.broken.push(`response end out of place, ${id}`);
    if (exchange) exchange.responseTrailers = trailers;
    this.#line(`response end ${id}`, trailers);
  }

  failed(id: number, reason: string, by: Side): void {
    const exchange = this.#open(id, 'failed');
    if (exchange?.requestTrailers && exchange.responseTrailers)
      this.broken.push(`${id} failed after its end`);
    if (exchange) exchange.failure = { reason, by };
    this.#line(`failed ${id} by ${by}`, reason);
  }

  upgraded(id: number): void {
    const exchange = this.#open(id, 'upgraded');
    if (exchange) exchange.upgraded = { client: [], server: [], end: undefined };
    this.#line(`upgraded ${id}`, '');
  }

  upgradedBytes(id: number, from: Side, bytes: Uint8Array): void {
    const upgraded = this.exchanges.get(id)?.upgraded;
    if (!upgraded || upgraded.end !== undefined) this.broken.push(`upgraded bytes out of place, ${id}`);
    upgraded?.[from].push(Buffer.from(bytes));
    this.#data(`upgraded ${from} ${id}`, bytes, undefined);
  }

  upgradedEnd(id: number, reason: string | null): void {
    const upgraded = this.exchanges.get(id)?.upgraded;
    if (!upgraded || upgraded.end !== undefined) this.broken.push(`upgraded end out of place, ${id}`);
    if (upgraded) upgraded.end = reason;
    this.#line(`upgraded end ${id}`, reason);
  }

  unparsable(reason: string): void {
    if (this.unfollowed.length > 0) this.broken.push('unparsable twice');
    this.unfollowed.push(reason);
    this.#line('unparsable', reason);
  }

  /** What is neither over nor failed, once both sides have closed. */
  get dangling(): number[] {
    return this.all
      .filter((one) => !one.failure && !(one.requestTrailers && one.responseTrailers))
      .map(({ id }) => id);
  }

  #open(id: number, call: string): HeardExchange | undefined {
    const exchange = this.exchanges.get(id);
    if (!exchange || exchange.failure || (this.unfollowed.length > 0 && call !== 'failed'))
      this.broken.push(`${call} of ${id}, which is not open`);
    return exchange;
  }

  #line(key: string, value: unknown): void {
    this.#lines.push(`${key} ${JSON.stringify(value)}`);
  }

  #data(key: string, bytes: Uint8Array, body: Body | undefined): void {
    if (bytes.length === 0) this.broken.push(`an empty chunk: ${key}`);
    body?.hash.update(bytes);
    if (body) body.size += bytes.length;
    const last = this.#lines.at(-1);
    const line =
      typeof last === 'object' && last.key === key ? last : { key, hash: createHash('sha256'), size: 0 };
    if (line !== last) this.#lines.push(line);
    line.hash.update(bytes);
    line.size += bytes.length;
  }
}

export function sha256(body: Body): string {
  return body.hash.copy().digest('hex');
}

function newBody(): Body {
  return { size: 0, hash: createHash('sha256') };
}

function withoutTime(head: RequestHead | ResponseHead): unknown {
  return { ...head, at: undefined, raw: head.raw && Buffer.from(head.raw).toString('latin1') };
}

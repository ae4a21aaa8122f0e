import type { Asset } from './assets.ts';
import { playerPage, replayPage, replayStyle } from './page.ts';
import { commonReplayHeaders, framedPolicy, shellPolicy, workerPolicy, type HeaderFields } from './policy.ts';
import { rangeOf } from './range.ts';
import type { ReplaySource, ReplayTarget } from './source.ts';
import { guardingWorker } from './worker.ts';

/** A request to a replay origin, as either host receives it. */
export interface ReplayRequest {
  method: string;
  /** The name granted to the capture: the first label of the host name. */
  token: string;
  /** Path without the query, as it came. */
  path: string;
  range?: string | undefined;
}

export interface ReplayAnswer {
  status: number;
  headers: HeaderFields;
  /** Null for HEAD and for errors without a text. */
  body: Uint8Array | AsyncIterable<Uint8Array> | null;
}

const piece = 1024 * 1024;
const html = 'text/html; charset=utf-8';
const text = (content: string) => new TextEncoder().encode(content);

/**
 * Answers for every replay origin, the same in the browser host and in the desktop: a page, the player's two scripts, and the
 * sealed WACZ in ranges. GET and HEAD only; any other path is 404, so what the service worker does not find in the archive is
 * found nowhere. `appOrigin` is the only place that may frame a replay.
 */
export class ReplayAnswers {
  readonly #source: ReplaySource;
  readonly #page: HeaderFields;
  readonly #files: Map<string, Asset & { policy: string }>;
  readonly #framed: string;

  constructor(source: ReplaySource, player: { ui: Asset; worker: Asset }, appOrigin: string) {
    this.#source = source;
    this.#framed = framedPolicy(appOrigin);
    this.#page = { 'content-type': html, 'content-security-policy': shellPolicy(appOrigin) };
    const guard = guardingWorker({ ...commonReplayHeaders(), 'content-security-policy': this.#framed });
    this.#files = new Map([
      [
        '/replay.css',
        { mediaType: 'text/css; charset=utf-8', bytes: text(replayStyle), policy: this.#framed },
      ],
      ['/replay/', { mediaType: html, bytes: text(playerPage), policy: this.#framed }],
      ['/replay/ui.js', { ...player.ui, policy: this.#framed }],
      ['/replay/sw.js', { mediaType: player.worker.mediaType, bytes: text(guard), policy: workerPolicy }],
      ['/replay/player-worker.js', { ...player.worker, policy: workerPolicy }],
    ]);
  }

  async answer(request: ReplayRequest): Promise<ReplayAnswer> {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return this.#refusal(405, { allow: 'GET, HEAD' });
    const target = await this.#source.target(request.token);
    if (!target) return this.#refusal(404);
    const answer = this.#found(request, target);
    return request.method === 'HEAD' ? { ...answer, body: null } : answer;
  }

  #found(request: ReplayRequest, target: ReplayTarget): ReplayAnswer {
    if (request.path === '/') return this.#whole(text(replayPage(target)), this.#page);
    if (request.path === '/capture.wacz') return this.#archive(request, target);
    const file = this.#files.get(request.path);
    if (!file) return this.#refusal(404);
    return this.#whole(file.bytes, {
      'content-type': file.mediaType,
      'content-security-policy': file.policy,
    });
  }

  #whole(bytes: Uint8Array, headers: HeaderFields): ReplayAnswer {
    return {
      status: 200,
      headers: { ...commonReplayHeaders(), ...headers, 'content-length': String(bytes.length) },
      body: bytes,
    };
  }

  #archive({ token, range }: ReplayRequest, { size }: ReplayTarget): ReplayAnswer {
    const wanted = rangeOf(range, size);
    if (wanted === 'unsatisfiable') return this.#refusal(416, { 'content-range': `bytes */${size}` });
    const { start, end } = wanted ?? { start: 0, end: size };
    const headers: HeaderFields = {
      ...commonReplayHeaders(),
      'accept-ranges': 'bytes',
      'content-type': 'application/wacz',
      'content-security-policy': this.#framed,
      'content-length': String(end - start),
      ...(wanted ? { 'content-range': `bytes ${start}-${end - 1}/${size}` } : {}),
    };
    return { status: wanted ? 206 : 200, headers, body: this.#pieces(token, start, end) };
  }

  /** One piece at a time, read when the receiver asks for it: memory stays flat however large the archive. */
  async *#pieces(token: string, start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let offset = start; offset < end; offset += piece) {
      yield await this.#source.read(token, offset, Math.min(piece, end - offset));
    }
  }

  #refusal(status: number, headers: HeaderFields = {}): ReplayAnswer {
    const all = {
      ...commonReplayHeaders(),
      'content-security-policy': this.#framed,
      'content-length': '0',
      ...headers,
    };
    return { status, headers: all, body: null };
  }
}

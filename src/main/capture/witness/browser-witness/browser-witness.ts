import type { ResourceAccount } from '../../../../shared/domain/provenance.ts';
import type { CdpConnection, CdpSession } from '../../cdp/connection.ts';
import type { HostCertificates } from '../../certificates.ts';
import type { AnsweredHead } from '../../clock-check.ts';
import type { Egress } from '../../guard/egress.ts';
import type { Certificate, Comparison } from '../../../../shared/domain/witness.ts';
import type { WireRecording } from '../wire-recording.ts';
import { accountOfWitness } from '../witness-words.ts';
import type { MainDocument, Record, Witness } from '../witness.ts';
import { Bodies } from './body.ts';
import { browserCertificates } from './browser-certificates.ts';
import { ByteBudget } from './budget.ts';
import { Downloads } from './downloads.ts';
import type { Exchange } from './exchange.ts';
import { header } from './headers.ts';
import { Keeper } from './keeper.ts';
import { Ledger } from './ledger.ts';
import { SocketLog } from './socket-log.ts';
import { StreamTap } from './stream-tap.ts';
import { attachEverywhere, isOwn, StartingOrder, type AttachedTarget } from './targets.ts';
import { TrafficMeter } from './traffic.ts';

export interface BrowserWitnessOptions {
  /** The recorder's two connections to the same browser (see StreamTap). */
  main: CdpConnection;
  tap: CdpConnection;
  record: Record;
  egress: Egress;
  /** Folders inside the throw-away profile. */
  spoolFolder: string;
  downloadFolder: string;
  maxBytes: number;
  pageId: string;
  /** The second witness, where there is one. */
  wire: WireRecording | null;
  onTarget: (target: AttachedTarget) => void;
  /** Called when the archive cannot take a record (a full disk): the capture cannot go on. */
  onRecordFailure: (error: unknown) => void;
}

/** What the browser holds back for the recorder, outside the page's own processes: bodies that are read as soon as they are over. */
const BUFFERS = { maxTotalBufferSize: 160_000_000, maxResourceBufferSize: 32_000_000 };

/** The passive recorder: attached to every page, frame and worker, it listens and asks, and changes nothing. */
export class BrowserWitness implements Witness {
  readonly kind: 'browser' | 'wire';
  readonly shows: readonly string[];
  readonly doesNotShow: readonly string[];
  readonly traffic: TrafficMeter;
  readonly #options: BrowserWitnessOptions;
  readonly #ledger: Ledger;
  readonly #keeper: Keeper;
  readonly #tap: StreamTap;
  readonly #downloads: Downloads;
  readonly #sockets: SocketLog;
  readonly #pending = new Set<Promise<void>>();
  readonly #remarks: string[] = [];
  /** Sessions of pages and frames: their buffers also hold what their workers received. */
  readonly #documents = new Set<CdpSession>();
  readonly #wire: WireRecording | null;
  /** Lines of the account that the browser's requests do not give. */
  readonly #fromWire: ResourceAccount[] = [];
  #mainFrame = '';
  /** Workers and frames that were announced and do not run yet: about to ask for something. */
  #starting = 0;
  #closed = false;

  constructor(options: BrowserWitnessOptions) {
    this.#options = options;
    this.#wire = options.wire;
    this.kind = options.wire ? 'wire' : 'browser';
    ({ shows: this.shows, doesNotShow: this.doesNotShow } = accountOfWitness[this.kind]);
    const budget = new ByteBudget(options.maxBytes);
    this.#downloads = new Downloads(options.downloadFolder, () => this.traffic.touch());
    this.traffic = new TrafficMeter(() => this.#downloads.running + this.#starting);
    this.#tap = new StreamTap(options.spoolFolder, budget);
    this.#sockets = new SocketLog(options.spoolFolder, budget);
    const bodies = new Bodies(this.#tap, this.#downloads, budget, () => this.#documents);
    this.#keeper = new Keeper({
      record: options.record,
      bodies,
      egress: options.egress,
      pageId: options.pageId,
      wire:
        options.wire?.begin({
          record: options.record,
          spoolFolder: options.spoolFolder,
          maxBytes: options.maxBytes,
          pageId: options.pageId,
          onFailure: options.onRecordFailure,
        }) ?? null,
    });
    this.#ledger = new Ledger({
      ask: (exchange) => {
        if (this.#closed) return;
        this.traffic.began(exchange);
        this.#keeper.asked(exchange);
      },
      end: (exchange) => {
        if (this.#closed) return;
        this.traffic.ended(exchange);
        this.#keep(exchange, false);
      },
      bytes: (count) => this.traffic.received(count),
      document: (exchange) => this.traffic.shows(exchange),
    });
  }

  /** Attaches both connections. Until this resolves nothing may be opened. */
  async attach(): Promise<void> {
    const { main, tap, onTarget } = this.#options;
    await this.#downloads.attach(main.browser);
    const order = new StartingOrder();
    await this.#tap.attach(tap, order, ({ session, info }) => {
      // Under load Chromium sometimes leaves one of two sessions of a starting shared worker without a word; both are heard.
      if (info.type === 'shared_worker') this.#ledger.listen(session);
    });
    const prepare = async (target: AttachedTarget): Promise<void> => {
      const { session, info } = target;
      onTarget(target);
      // A tab that shows one of the browser's own pages (a new tab) may be led to the web.
      if (isOwn(info) && info.type !== 'page') return;
      this.#listen(target);
      session.tell('Network.configureDurableMessages', BUFFERS);
      await session.send('Network.enable', { ...BUFFERS, maxPostDataSize: 1_000_000 });
    };
    await attachEverywhere(main, {
      prepare,
      passedOn: (targetId) => order.ready(targetId),
      starting: (change) => {
        this.#starting += change;
        this.traffic.touch();
      },
    });
  }

  #listen({ session, info }: AttachedTarget): void {
    this.#ledger.listen(session);
    this.#sockets.listen(session);
    if (info.type !== 'page' && info.type !== 'iframe') return;
    this.#documents.add(session);
    session.onGone(() => this.#documents.delete(session));
  }

  /** Says which frame's documents are the page itself. */
  watchMainFrame(frameId: string): void {
    this.#mainFrame = frameId;
  }

  mainDocument(loaderId?: string): MainDocument | null {
    const documents = this.#mainDocuments(loaderId);
    const shown =
      documents.findLast((exchange) => exchange.responseHead(exchange.hops.length - 1) !== null) ??
      documents.at(-1);
    const last = shown?.last;
    if (!shown || !last) return null;
    const index = shown.hops.length - 1;
    const head = shown.responseHead(index);
    return {
      hops: documents.flatMap((exchange) =>
        exchange.hops.slice(0, -1).map((hop, at) => ({
          url: hop.url,
          status: exchange.responseHead(at)?.status ?? 0,
          location: exchange.location(at),
        })),
      ),
      url: last.url,
      status: head?.status ?? null,
      mimeType: last.response?.mimeType ?? null,
      retryAfter: (head && header(head.headers, 'retry-after')) ?? null,
      requestedAt: last.requestedAt,
      isDownload: shown.failure?.errorText === 'net::ERR_ABORTED' && head !== null,
    };
  }

  accounts(): ResourceAccount[] {
    const accounts = [...this.#keeper.accounts(this.#ledger.exchanges), ...this.#fromWire];
    return accounts.toSorted((a, b) => a.requestedAt.localeCompare(b.requestedAt));
  }

  comparison(): Comparison | null {
    return this.#wire?.comparison() ?? null;
  }

  certificates(): Certificate[] {
    return this.#wire?.certificates() ?? [];
  }

  heads(): AnsweredHead[] {
    return this.#keeper.heads(this.#ledger.exchanges);
  }

  async shownCertificates(): Promise<HostCertificates[]> {
    const [session] = this.#documents;
    const secured = this.#ledger.exchanges.flatMap(({ hops }) =>
      hops.filter(({ response }) => response?.securityDetails).map(({ url }) => url),
    );
    return session ? browserCertificates(session, secured) : [];
  }

  remarks(): string[] {
    return [...this.#remarks];
  }

  async finish(budget: number): Promise<void> {
    this.#closed = true;
    await this.#downloads.stop();
    for (const exchange of this.#ledger.exchanges) if (!exchange.ended) this.#keep(exchange, true);
    const unread = await this.#allKept(budget);
    if (unread > 0) this.#remarks.push(`${unread} answers could not be read from the browser in time.`);
    await this.#keepSockets();
    if (this.#wire) {
      this.#fromWire.push(...(await this.#wire.keepRest()));
      this.#remarks.push(...this.#wire.remarks());
    }
    await this.#keeper.keepFromWorkers();
    await this.#keepStrayDownloads();
  }

  abandon(): void {
    this.#closed = true;
    this.#tap.abandon();
    this.#sockets.abandon();
    this.#wire?.abandon();
  }

  #mainDocuments(wanted?: string): Exchange[] {
    return this.#ledger.exchanges.filter(
      ({ type, frameId, loaderId, requestId }) =>
        type === 'Document' &&
        loaderId === requestId &&
        (wanted === undefined ? frameId === this.#mainFrame : loaderId === wanted),
    );
  }

  #keep(exchange: Exchange, closing: boolean): void {
    const work = this.#keeper
      .keep(exchange, closing)
      .catch((error: unknown) => this.#options.onRecordFailure(error));
    this.#pending.add(work);
    void work.finally(() => this.#pending.delete(work));
  }

  /** Waits for what is being kept, `budget` milliseconds at most; gives how much of it is then still not. */
  async #allKept(budget: number): Promise<number> {
    const until = performance.now() + budget;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, budget);
    });
    while (this.#pending.size > 0 && performance.now() < until) {
      await Promise.race([Promise.allSettled(this.#pending), limit]);
    }
    clearTimeout(timer);
    return this.#pending.size;
  }

  /** A file saved without a request the browser told of (a link with `download`, a blob made by a script). */
  async #keepStrayDownloads(): Promise<void> {
    for (const download of this.#downloads.unclaimed) {
      download.claimed = true;
      const payload = await this.#downloads.payload(download);
      if (!payload) continue;
      await this.#options.record.resource({
        uri: `urn:download:${download.url.startsWith('data:') ? 'data:' : download.url}`,
        contentType: 'application/octet-stream',
        payload,
        time: new Date(),
        pageId: this.#options.pageId,
      });
      this.#downloads.forget(download);
      this.#remarks.push(
        `The page saved a file of ${payload.size} bytes (“${download.name}”) whose request the browser did not show.`,
      );
    }
  }

  async #keepSockets(): Promise<void> {
    for (const socket of this.#sockets.finish()) {
      const { url, createdAt } = socket;
      const kept = await this.#wire?.keepSocket(socket);
      if (kept) this.#fromWire.push(kept.account);
      const lines = kept?.lines ?? socket.lines;
      await this.#options.record.resource({
        uri: `urn:websocket:${url}`,
        contentType: 'application/x-ndjson',
        payload: lines.finish(),
        time: createdAt,
        pageId: this.#options.pageId,
      });
      kept?.lines?.discard();
      socket.lines.discard();
      this.#remarks.push(
        `A WebSocket to ${url} was open; ${lines.messages} messages are in the log of it${lines.limited ? ', then the limit of bytes was reached' : ''}.`,
      );
    }
  }
}

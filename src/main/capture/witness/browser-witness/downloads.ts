import { existsSync, linkSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { filePayload } from '../../../archive/payload.ts';
import type { Payload } from '../../../archive/bytes.ts';
import type { CdpSession } from '../../cdp/connection.ts';

export interface Download {
  guid: string;
  url: string;
  frameId: string;
  name: string;
  state: 'inProgress' | 'completed' | 'canceled';
  received: number;
  claimed: boolean;
  /** For whoever waits for its end. */
  waiting: (() => void)[];
}

/** What the browser saves instead of showing. It writes into the throw-away profile; from there it is streamed into the record. */
export class Downloads {
  readonly #folder: string;
  readonly #all: Download[] = [];
  readonly #onChange: () => void;
  readonly #expecting: (() => void)[] = [];
  #browser: CdpSession | null = null;

  constructor(folder: string, onChange: () => void) {
    this.#folder = folder;
    this.#onChange = onChange;
  }

  async attach(browser: CdpSession): Promise<void> {
    this.#browser = browser;
    browser.on('Browser.downloadWillBegin', ({ guid, url, frameId, suggestedFilename }) => {
      this.#all.push({
        guid,
        url,
        frameId,
        name: suggestedFilename,
        state: 'inProgress',
        received: 0,
        claimed: false,
        waiting: [],
      });
      for (const wake of this.#expecting.splice(0)) wake();
      this.#onChange();
    });
    browser.on('Browser.downloadProgress', ({ guid, state, receivedBytes }) => {
      const download = this.#all.find((one) => one.guid === guid);
      if (!download) return;
      download.state = state;
      download.received = receivedBytes;
      if (state !== 'inProgress') for (const wake of download.waiting.splice(0)) wake();
      this.#onChange();
    });
    await browser.send('Browser.setDownloadBehavior', {
      behavior: 'allowAndName',
      downloadPath: this.#folder,
      eventsEnabled: true,
    });
  }

  get running(): number {
    return this.#all.filter((one) => one.state === 'inProgress').length;
  }

  get received(): number {
    return this.#all.reduce((sum, one) => sum + one.received, 0);
  }

  /** Downloads that began without a request the browser told of. */
  get unclaimed(): Download[] {
    return this.#all.filter((one) => !one.claimed);
  }

  /** The download that took over the answer from an address, once. */
  claim(url: string): Download | null {
    const bare = url.replace(/#.*$/, '');
    const found = this.#all.find((one) => !one.claimed && one.url.replace(/#.*$/, '') === bare) ?? null;
    if (found) found.claimed = true;
    return found;
  }

  /** Like `claim`, for an answer that may be about to become a download: waits up to `patience` milliseconds for it. */
  async claimSoon(url: string, patience: number): Promise<Download | null> {
    const now = this.claim(url);
    if (now) return now;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patience);
      this.#expecting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    return this.claim(url);
  }

  /** Resolves when the download is over, or was stopped. */
  async over(download: Download): Promise<void> {
    if (download.state === 'inProgress') await new Promise<void>((resolve) => download.waiting.push(resolve));
  }

  /** Stops what still runs; the bytes that arrived stay until they are read. */
  async stop(): Promise<void> {
    for (const one of this.#all.filter((candidate) => candidate.state === 'inProgress')) {
      one.received = this.#sizeOf(one.guid);
      await this.#keepPart(one);
      one.state = 'canceled';
      for (const wake of one.waiting.splice(0)) wake();
    }
  }

  /** The file as it is now; null where the browser left none. */
  async payload(download: Download): Promise<Payload | null> {
    const path = this.#path(download.guid);
    return path === null ? null : filePayload(path);
  }

  forget(download: Download): void {
    const path = this.#path(download.guid);
    if (path !== null) rmSync(path, { force: true });
  }

  /** The browser removes the file of a download it cancels; a second name keeps what arrived. */
  async #keepPart({ guid }: Download): Promise<void> {
    const path = this.#path(guid);
    const kept = join(this.#folder, `${guid}.part`);
    if (path !== null) linkSync(path, kept);
    await this.#browser?.send('Browser.cancelDownload', { guid }).catch(() => undefined);
  }

  #path(guid: string): string | null {
    for (const name of [`${guid}.part`, guid, `${guid}.crdownload`])
      if (existsSync(join(this.#folder, name))) return join(this.#folder, name);
    return null;
  }

  #sizeOf(guid: string): number {
    const path = this.#path(guid);
    return path === null ? 0 : statSync(path).size;
  }
}

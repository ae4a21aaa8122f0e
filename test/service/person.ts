import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CdpConnection, type CdpSession } from '../../src/main/capture/cdp/connection.ts';

async function until<T>(look: () => Promise<T | null> | T | null, what: string): Promise<T> {
  for (let turn = 0; turn < 400; turn += 1) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  throw new Error(`it never came: ${what}`);
}

function debuggingAddress(folder: string | null): string | null {
  const folders =
    folder === null
      ? readdirSync(tmpdir())
          .filter((name) => name.startsWith(`constat-browser-${process.pid}-`))
          .map((name) => join(tmpdir(), name))
      : [folder];
  for (const one of folders) {
    try {
      const [port = '', path = ''] = readFileSync(join(one, 'DevToolsActivePort'), 'utf8').split('\n');
      if (path !== '') return `ws://127.0.0.1:${port}${path}`;
    } catch {
      // Not started yet.
    }
  }
  return null;
}

/** Whoever sits before the window of a recording by hand: points, clicks and types, and knows nothing of the recorder. */
export class Person {
  readonly #connection: CdpConnection;

  private constructor(connection: CdpConnection) {
    this.#connection = connection;
  }

  /** Sits down before the browser that this process opened; `folder` is its profile where that is a kept one. */
  static async sitDown(folder: string | null = null): Promise<Person> {
    const address = await until(() => debuggingAddress(folder), 'the window');
    return new Person(await CdpConnection.connect(address));
  }

  /** The tab that shows an address ending so, once it does. */
  async tab(end: string): Promise<Hands> {
    const { browser } = this.#connection;
    const target = await until(async () => {
      const { targetInfos } = await browser.send('Target.getTargets');
      return targetInfos.find(({ type, url }) => type === 'page' && url.endsWith(end)) ?? null;
    }, end);
    const { sessionId } = await browser.send('Target.attachToTarget', {
      targetId: target.targetId,
      flatten: true,
    });
    return new Hands(this.#connection.session(sessionId), target.targetId);
  }

  async closeTab({ targetId }: Hands): Promise<void> {
    await this.#connection.browser.send('Target.closeTarget', { targetId });
  }

  /** Opens an empty tab of the browser's own, as Ctrl+T does. */
  async newTab(): Promise<Hands> {
    const { browser } = this.#connection;
    const { targetId } = await browser.send('Target.createTarget', { url: 'chrome://newtab/' });
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
    const hands = new Hands(this.#connection.session(sessionId), targetId);
    // Nobody types into a tab that is not there yet.
    const shown = 'document.readyState === "complete" && location.href.startsWith("chrome:")';
    await until(async () => ((await hands.read(shown)) === true ? true : null), 'the new tab');
    return hands;
  }

  async crash(): Promise<void> {
    await this.#connection.browser.send('Browser.crash').catch(() => undefined);
  }

  leave(): void {
    this.#connection.close();
  }
}

export class Hands {
  readonly targetId: string;
  readonly #session: CdpSession;

  constructor(session: CdpSession, targetId: string) {
    this.#session = session;
    this.targetId = targetId;
  }

  async #where(selector: string): Promise<{ x: number; y: number }> {
    return until(async () => {
      const place = await this
        .read(`(() => { const box = document.querySelector(${JSON.stringify(selector)})?.getBoundingClientRect();
          return document.readyState === 'complete' && box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null; })()`);
      return (place ?? null) as { x: number; y: number } | null;
    }, selector);
  }

  async click(selector: string): Promise<void> {
    const { x, y } = await this.#where(selector);
    for (const type of ['mousePressed', 'mouseReleased'] as const)
      await this.#session.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
  }

  async type(selector: string, text: string): Promise<void> {
    await this.click(selector);
    await this.#session.send('Input.insertText', { text });
  }

  /** Types an address into this tab's address bar. */
  async goTo(url: string): Promise<void> {
    await this.#session.send('Page.navigate', { url, transitionType: 'typed' });
  }

  /** What an expression gives in the page; undefined while it is between two documents. */
  async read(expression: string): Promise<unknown> {
    const answer = this.#session.send('Runtime.evaluate', { expression, returnByValue: true });
    return answer.then(
      ({ result }) => result.value as unknown,
      () => undefined,
    );
  }
}

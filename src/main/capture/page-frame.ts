import type { CdpSession } from './cdp/connection.ts';
import type { CapturePage } from './page.ts';

/** One document inside the page: the page itself, or a frame of it, in whichever process it runs. */
export class PageFrame {
  readonly #page: CapturePage;
  readonly session: CdpSession;
  readonly frameId: string;
  readonly url: string;

  constructor(page: CapturePage, session: CdpSession, frameId: string, url: string) {
    this.#page = page;
    this.session = session;
    this.frameId = frameId;
    this.url = url;
  }

  get isMain(): boolean {
    return this.frameId === this.#page.mainFrame;
  }

  /**
   * Evaluates in the recorder's own world of this frame, as `CapturePage.evaluate` does. The world of a document is the same every time,
   * so that what an expression leaves in it is found by the next one. Rejects when the frame is gone.
   */
  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.#run(expression, true);
    if (exceptionDetails)
      throw new Error(exceptionDetails.exception?.description?.split('\n', 1)[0] ?? exceptionDetails.text);
    return result.value;
  }

  /** Brings a frame into sight, as a reader does who wants to see it: what is out of sight is not painted and loads nothing. */
  async show(): Promise<void> {
    for (const session of [this.#page.session, ...this.#page.frames.map((frame) => frame.session)]) {
      try {
        const { backendNodeId } = await session.send('DOM.getFrameOwner', { frameId: this.frameId });
        await session.send('DOM.scrollIntoViewIfNeeded', { backendNodeId });
        return;
      } catch {
        // It stands in a frame of another process, or is not shown at all.
      }
    }
  }

  /** Where its top left corner stands in the window, in CSS pixels. Rejects where it is not shown. */
  async origin(): Promise<{ x: number; y: number }> {
    if (this.isMain) return { x: 0, y: 0 };
    const owners = [null, ...this.#page.frames.filter(({ frameId }) => frameId !== this.frameId)];
    for (const owner of owners) {
      const session = owner?.session ?? this.#page.session;
      try {
        const { backendNodeId } = await session.send('DOM.getFrameOwner', { frameId: this.frameId });
        const { model } = await session.send('DOM.getBoxModel', { backendNodeId });
        const [x = 0, y = 0] = model.content;
        const above = owner ? new PageFrame(this.#page, session, owner.frameId, '') : null;
        const base = (await above?.origin()) ?? { x: 0, y: 0 };
        return { x: x + base.x, y: y + base.y };
      } catch {
        // It stands in a frame of another process.
      }
    }
    throw new Error('the frame is not shown');
  }

  /** The recorder's own world in the document this frame shows now. */
  async world(): Promise<number> {
    const { executionContextId } = await this.#page.orGone(
      this.session.send('Page.createIsolatedWorld', { frameId: this.frameId, worldName: 'w' }),
    );
    return executionContextId;
  }

  async #run(expression: string, returnByValue: boolean) {
    const contextId = await this.world();
    return this.#page.orGone(
      this.session.send('Runtime.evaluate', {
        expression,
        contextId,
        returnByValue,
        awaitPromise: true,
      }),
    );
  }
}

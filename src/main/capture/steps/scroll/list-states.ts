import { textPayload } from '../../../archive/payload.ts';
import type { StepContext } from '../step.ts';
import type { ListState } from './in-page-scroll.ts';

/** Characters of all states together, and their number, after which no further one is kept. */
const CHARACTERS = 40_000_000;
const STATES = 3000;

/** What lists showed before they recycled their rows, each state once. */
export class ListStates {
  readonly #lines: string[] = [];
  readonly #texts: string[] = [];
  readonly #known = new Set<string>();
  #characters = 0;
  limited = false;

  get count(): number {
    return this.#lines.length;
  }

  /** `shown`: the list as it stood; `left`: rows that had left it before the recorder knew that it recycles them. */
  add(document: string, how: 'shown' | 'left', state: ListState): void {
    const key = `${document}\n${state.list}\n${state.text}\n${state.html}`;
    if (this.#known.has(key)) return;
    const line = JSON.stringify({ at: new Date().toISOString(), document, how, ...state });
    if (this.#characters + line.length > CHARACTERS || this.#lines.length >= STATES) {
      this.limited = true;
      return;
    }
    this.#known.add(key);
    this.#lines.push(line);
    this.#texts.push(state.text);
    this.#characters += line.length;
  }

  /** Puts them into the record as `urn:states:URL`, a JSON line per state. */
  async keep({ record, page, url, pageId, found }: StepContext): Promise<void> {
    if (this.#lines.length === 0) return;
    found.listed = this.#texts;
    await record.resource({
      uri: `urn:states:${page.url ?? url}`,
      contentType: 'application/x-ndjson',
      payload: textPayload(`${this.#lines.join('\n')}\n`),
      time: new Date(),
      pageId,
    });
  }
}

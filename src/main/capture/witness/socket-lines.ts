import { isUtf8 } from 'node:buffer';
import { BodySpool } from '../../archive/body-spool.ts';
import type { Payload } from '../../archive/bytes.ts';
import type { ByteBudget } from './browser-witness/budget.ts';

/** Text, of the kinds a WebSocket message can be. (RFC 6455 11.8) */
const TEXT = 1;

/** The log of one WebSocket: a line of JSON per message, in order, with its direction and time. */
export class SocketLines {
  readonly #spool: BodySpool;
  readonly #budget: ByteBudget;
  #messages = 0;
  #limited = false;
  #payload: Payload | null = null;

  constructor(folder: string, budget: ByteBudget) {
    this.#spool = new BodySpool(folder);
    this.#budget = budget;
  }

  get messages(): number {
    return this.#messages;
  }

  /** True where messages are left out because the limit of bytes was reached. */
  get limited(): boolean {
    return this.#limited;
  }

  add(direction: 'sent' | 'received', opcode: number, payload: Buffer): void {
    if (this.#limited || this.#payload) return;
    const encoding = opcode === TEXT && isUtf8(payload) ? 'utf8' : 'base64';
    const line = {
      direction,
      at: new Date().toISOString(),
      opcode,
      encoding,
      data: payload.toString(encoding),
    };
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`, 'utf8');
    const granted = this.#budget.take(bytes.length);
    if (granted < bytes.length) {
      this.#budget.giveBack(granted);
      this.#limited = true;
      return;
    }
    this.#spool.write(bytes);
    this.#messages += 1;
  }

  /** Ends the log. Its payload can be read until `discard`. */
  finish(): Payload {
    this.#payload ??= this.#spool.finish();
    return this.#payload;
  }

  discard(): void {
    this.#spool.discard();
  }
}

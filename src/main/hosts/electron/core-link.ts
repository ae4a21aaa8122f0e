import type { ReplaySource, ReplayTarget } from '../replay/source.ts';
import { fromCoreSchema, type FromCore, type ToCore } from './core-messages.ts';

/** How the shell sends to the core; ports only where the transport can carry them. */
export type Send<Port> = (message: ToCore, ports?: Port[]) => void;

interface Waiting {
  resolve(message: FromCore): void;
  reject(reason: Error): void;
}

/** The shell's end of the core: starts it, lends it windows' ports, and reads replays from it. */
export class CoreLink<Port> implements ReplaySource {
  readonly #send: Send<Port>;
  readonly #answers = new Map<number, Waiting>();
  readonly #started = Promise.withResolvers<void>();
  readonly #closed = Promise.withResolvers<void>();
  #next = 0;

  constructor(send: Send<Port>) {
    this.#send = send;
    // Nobody may be waiting when it fails; whoever waits is told.
    this.#started.promise.catch(() => undefined);
  }

  /** Takes one message of the core. */
  take(data: unknown): void {
    const message = fromCoreSchema.parse(data);
    if (message.type === 'started') this.#started.resolve();
    else if (message.type === 'unable') this.#started.reject(new Error(message.message));
    else if (message.type === 'closed') this.#closed.resolve();
    else this.#settle(message);
  }

  #settle(message: Extract<FromCore, { id: number }>): void {
    const waiting = this.#answers.get(message.id);
    this.#answers.delete(message.id);
    if (message.type === 'failed') waiting?.reject(new Error(message.message));
    else waiting?.resolve(message);
  }

  /** The core is gone: whatever was asked of it fails, and closing it is done. */
  lost(): void {
    const reason = new Error('the core stopped');
    this.#started.reject(reason);
    for (const waiting of this.#answers.values()) waiting.reject(reason);
    this.#answers.clear();
    this.#closed.resolve();
  }

  /** Opens the operator's folder in the core. Rejects with a sentence for the person. */
  async start(home: string, openCases: string[]): Promise<void> {
    this.#send({ type: 'start', home, openCases });
    await this.#started.promise;
  }

  /** Serves the contract to whoever holds the other end of the port. */
  serve(port: Port): void {
    this.#send({ type: 'serve' }, [port]);
  }

  /** Cancels what runs and lets go of every case. */
  async close(): Promise<void> {
    this.#send({ type: 'close' });
    await this.#closed.promise;
  }

  async target(token: string): Promise<ReplayTarget | null> {
    const answer = await this.#ask((id) => ({ type: 'target', id, token }));
    if (answer.type !== 'target') throw new Error('the core answered something else');
    return answer.target;
  }

  async read(token: string, offset: number, length: number): Promise<Uint8Array> {
    const answer = await this.#ask((id) => ({ type: 'read', id, token, offset, length }));
    if (answer.type !== 'bytes') throw new Error('the core answered something else');
    return answer.bytes;
  }

  #ask(message: (id: number) => ToCore): Promise<FromCore> {
    this.#next += 1;
    const id = this.#next;
    return new Promise((resolve, reject) => {
      this.#answers.set(id, { resolve, reject });
      this.#send(message(id));
    });
  }
}

import { EventEmitter } from 'node:events';
import { WebSocket } from 'ws';
import type { Protocol } from './protocol.ts';

export type Command = keyof Protocol.CommandParameters;
export type EventName = keyof Protocol.Events;

/** A command the browser refused, or that could no longer be answered because the session or the browser is gone. */
export class CdpError extends Error {
  readonly gone: boolean;

  constructor(message: string, gone: boolean) {
    super(message);
    this.name = 'CdpError';
    this.gone = gone;
  }
}

interface Pending {
  method: string;
  resolve: (value: unknown) => void;
  reject: (reason: CdpError) => void;
}

/** One target's end of the connection (flat mode). The empty id is the browser itself. */
export class CdpSession {
  readonly id: string;
  readonly #connection: CdpConnection;
  readonly #events = new EventEmitter({ captureRejections: false }).setMaxListeners(0);
  readonly #pending = new Map<number, Pending>();
  #gone = false;

  constructor(connection: CdpConnection, id: string) {
    this.#connection = connection;
    this.id = id;
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** Sends a command. Rejects with CdpError when the browser refuses it or goes away before it answers. */
  send<T extends Command>(
    method: T,
    params?: Protocol.CommandParameters[T],
  ): Promise<Protocol.CommandReturnValues[T]> {
    return new Promise<unknown>((resolve, reject) => {
      if (this.#gone) {
        reject(new CdpError(`${method}: the target is gone`, true));
        return;
      }
      const id = this.#connection.post(this, method, params);
      if (id === null) reject(new CdpError(`${method}: the browser is gone`, true));
      else this.#pending.set(id, { method, resolve, reject });
    }) as Promise<Protocol.CommandReturnValues[T]>;
  }

  /** Sends a command whose failure changes nothing. */
  tell<T extends Command>(method: T, params?: Protocol.CommandParameters[T]): void {
    this.send(method, params).catch(() => undefined);
  }

  on<T extends EventName>(event: T, listener: (payload: Protocol.Events[T]) => void): this {
    this.#events.on(event, listener);
    return this;
  }

  off<T extends EventName>(event: T, listener: (payload: Protocol.Events[T]) => void): this {
    this.#events.off(event, listener);
    return this;
  }

  /** Called once, when the target or the whole browser has gone. */
  onGone(listener: () => void): void {
    if (this.#gone) listener();
    else this.#events.once('gone', listener);
  }

  /** For the connection: an answer to one of this session's commands. */
  answer(id: number, result: unknown, error: string | null): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#pending.delete(id);
    if (error === null) pending.resolve(result);
    else pending.reject(new CdpError(`${pending.method}: ${error}`, false));
  }

  /** For the connection: an event of this session. */
  emit(method: string, params: unknown): void {
    this.#events.emit(method, params);
  }

  /** For the connection: nothing more will come. */
  end(): void {
    if (this.#gone) return;
    this.#gone = true;
    for (const { method, reject } of this.#pending.values())
      reject(new CdpError(`${method}: the target is gone`, true));
    this.#pending.clear();
    this.#events.emit('gone');
    this.#events.removeAllListeners();
  }
}

/** The recorder's own connection to the browser: one WebSocket, a session per target, messages in the order they came. */
export class CdpConnection {
  readonly browser: CdpSession;
  readonly #socket: WebSocket;
  readonly #sessions = new Map<string, CdpSession>();
  #lastId = 0;
  #closed = false;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.browser = new CdpSession(this, '');
    this.#sessions.set('', this.browser);
    socket.on('message', (data: Buffer) => this.#receive(data));
    socket.on('close', () => this.#end());
    socket.on('error', () => this.#end());
  }

  /** Connects to the address the browser printed (`ws://127.0.0.1:PORT/devtools/browser/…`). Rejects with CdpError. */
  static connect(address: string): Promise<CdpConnection> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(address, {
        perMessageDeflate: false,
        maxPayload: 0,
        skipUTF8Validation: true,
      });
      socket.once('error', (error) =>
        reject(new CdpError(`no connection to the browser: ${error.message}`, true)),
      );
      socket.once('open', () => resolve(new CdpConnection(socket)));
    });
  }

  /** For sessions: writes a command and returns its number, or null when the browser is gone. */
  post(session: CdpSession, method: string, params: unknown): number | null {
    if (this.#closed) return null;
    this.#lastId += 1;
    const message = {
      id: this.#lastId,
      method,
      params: params ?? {},
      ...(session.id === '' ? {} : { sessionId: session.id }),
    };
    this.#socket.send(JSON.stringify(message));
    return this.#lastId;
  }

  /** The session of a target that was announced with `Target.attachedToTarget`. */
  session(id: string): CdpSession {
    const known = this.#sessions.get(id);
    if (known) return known;
    const made = new CdpSession(this, id);
    this.#sessions.set(id, made);
    return made;
  }

  close(): void {
    this.#socket.terminate();
    this.#end();
  }

  #receive(data: Buffer): void {
    const message = JSON.parse(data.toString('utf8')) as unknown;
    if (typeof message !== 'object' || message === null) return;
    const { id, method, params, result, error, sessionId } = message as Record<string, unknown>;
    const session = this.#sessions.get(typeof sessionId === 'string' ? sessionId : '');
    if (!session) return;
    if (typeof id === 'number') {
      session.answer(id, result, error === undefined ? null : errorText(error));
      return;
    }
    if (typeof method !== 'string') return;
    // The child must exist before anything it says arrives: its messages follow this one on the same socket.
    if (method === 'Target.attachedToTarget') this.session(childOf(params));
    session.emit(method, params);
    if (method === 'Target.detachedFromTarget') this.#forget(childOf(params));
  }

  #forget(id: string): void {
    const session = this.#sessions.get(id);
    this.#sessions.delete(id);
    session?.end();
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const session of this.#sessions.values()) session.end();
    this.#sessions.clear();
  }
}

function errorText(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error);
  return String(error.message);
}

function childOf(params: unknown): string {
  if (typeof params !== 'object' || params === null || !('sessionId' in params)) return '';
  return String(params.sessionId);
}

import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import type { ExchangeSink, Side, WireParser } from '../../src/main/capture/witness/wire-witness/parser.ts';
import { Heard } from './heard.ts';

/** What went over one connection, in the order in which it went; null where that side closed. */
export type Recording = [Side, Buffer | null][];

export interface WireTee {
  port: number;
  /** One per connection, in the order in which they came. */
  heard: Heard[];
  recordings: Recording[];
  /** Resolves when every connection so far is closed. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Passes every byte on, unchanged, between its clients and a server on loopback, and shows them to a parser. */
export async function teeTo(
  port: number,
  parserFor: (sink: ExchangeSink) => WireParser,
  tls?: { key: string; cert: string; protocol: string },
): Promise<WireTee> {
  const heard: Heard[] = [];
  const recordings: Recording[] = [];
  const closings: Promise<unknown>[] = [];
  const accept = (client: Socket) => {
    const sink = new Heard();
    const parser = parserFor(sink);
    const recording: Recording = [];
    heard.push(sink);
    recordings.push(recording);
    const server = tls
      ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, ALPNProtocols: [tls.protocol] })
      : connect(port, '127.0.0.1');
    pass(client, server, 'client', parser, recording);
    pass(server, client, 'server', parser, recording);
    closings.push(Promise.all([closed(client), closed(server)]));
  };
  const listener = tls
    ? createTlsServer({ key: tls.key, cert: tls.cert, ALPNProtocols: [tls.protocol] }, accept)
    : createServer(accept);
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    heard,
    recordings,
    settled: async () => void (await Promise.all(closings)),
    close: async () => {
      listener.close();
      await Promise.all(closings);
    },
  };
}

/** Plays a recording again to another parser, cut otherwise. */
export function replay(
  recording: Recording,
  parserFor: (sink: ExchangeSink) => WireParser,
  cut: (bytes: Buffer) => Iterable<Buffer> = (bytes) => [bytes],
): Heard {
  const heard = new Heard();
  const parser = parserFor(heard);
  for (const [side, bytes] of recording) {
    if (bytes === null) {
      if (side === 'client') parser.clientEnd();
      else parser.serverEnd();
    } else {
      for (const piece of cut(bytes))
        if (side === 'client') parser.client(piece);
        else parser.server(piece);
    }
  }
  return heard;
}

function pass(from: Socket, to: Socket, side: Side, parser: WireParser, recording: Recording): void {
  let isOver = false;
  const end = (broken?: string) => {
    if (isOver) return;
    isOver = true;
    recording.push([side, null]);
    if (side === 'client') parser.clientEnd(broken);
    else parser.serverEnd(broken);
  };
  from.on('data', (bytes: Buffer) => {
    recording.push([side, Buffer.from(bytes)]);
    if (side === 'client') parser.client(bytes);
    else parser.server(bytes);
    if (!to.write(bytes)) {
      from.pause();
      to.once('drain', () => from.resume());
    }
  });
  from.on('end', () => {
    end();
    to.end();
  });
  from.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  from.on('close', () => {
    end();
    to.destroySoon();
  });
}

async function closed(socket: Socket): Promise<void> {
  if (!socket.closed) await new Promise((resolve) => void socket.once('close', resolve));
}

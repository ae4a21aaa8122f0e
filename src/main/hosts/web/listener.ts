import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A listener on this machine only. */
export interface Listener {
  readonly server: Server;
  readonly port: number;
  /** Stops listening and ends every connection, also those that were upgraded. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1; `port` 0 takes a free one. Headers and time are capped: nothing here needs much of either. */
export async function listenLocally(
  port: number,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Listener> {
  const server = createServer(
    { maxHeaderSize: 16 * 1024, headersTimeout: 20_000, requestTimeout: 20_000 },
    answer,
  );
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('listening, but on no port');
  return {
    server,
    port: address.port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

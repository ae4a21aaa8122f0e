import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { router } from '../../api/router.ts';
import type { Workspace } from '../../api/workspace.ts';

/** Room for the longest list of addresses a person may paste; nothing else sent to a host is large. */
const maxMessage = 8 * 1024 * 1024;

export interface RpcSockets {
  close(): void;
}

/**
 * The contract over WebSocket at `/rpc`. Each connection is checked when it is made: right host name, right origin, right cookie;
 * what fails is refused before the handshake. Closing a connection aborts what was asked over it.
 */
export function serveRpc(
  server: Server,
  workspace: Workspace,
  admits: (request: IncomingMessage) => boolean,
): RpcSockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessage, perMessageDeflate: false });
  const handler = new RPCHandler(router);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (request.url !== '/rpc' || !admits(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => {
      connection.on('error', () => connection.terminate());
      void handler.upgrade(connection, { context: { workspace } });
    });
  });
  return {
    close() {
      for (const connection of sockets.clients) connection.close(1001, 'Constat was closed');
      sockets.close();
    },
  };
}

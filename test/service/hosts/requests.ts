import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { contract } from '../../../src/shared/contract/contract.ts';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** One plain request with exactly this path and these headers: `fetch` would mend both. */
export function ask(
  port: number,
  path: string,
  headers: OutgoingHttpHeaders = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(pieces).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Redeems the token of an address as a tool would, and gives the cookie. */
export async function cookieFrom(address: string): Promise<string> {
  const url = new URL(address);
  const { headers } = await ask(Number(url.port), `${url.pathname}${url.search}`);
  return headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '';
}

/** A WebSocket that is open, or the status with which it was refused. */
export function knock(address: string, headers: Record<string, string>): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address, { headers });
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
  });
}

/** The contract over a WebSocket of Node. */
export function clientOver(socket: WebSocket): ContractRouterClient<typeof contract> {
  socket.binaryType = 'arraybuffer';
  // The same at run time; the two declarations differ in the events they name.
  const websocket = socket as unknown as ConstructorParameters<typeof RPCLink>[0]['websocket'];
  return createORPCClient(new RPCLink({ websocket }));
}

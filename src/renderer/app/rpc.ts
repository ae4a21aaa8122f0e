import { createORPCClient, DynamicLink, type ClientContext, type ClientLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { contract } from '../../shared/contract/contract.ts';
import { connection } from './connection.ts';
import { isDesktop, portOfShell } from './platform.ts';

type Client = ContractRouterClient<typeof contract>;
type Link = ClientLink<ClientContext>;

/** Longest wait between two tries to reach the browser host again, in milliseconds. */
const longestPause = 8000;

function socketAddress(): string {
  const address = new URL('rpc', window.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.pathname = '/rpc';
  address.search = '';
  address.hash = '';
  return address.href;
}

/** Keeps one socket to the browser host, and opens the next one by itself when it is lost. */
function socketLink(): () => Link {
  let link: Link;
  let pause = 500;
  const connect = () => {
    const websocket = new WebSocket(socketAddress());
    websocket.binaryType = 'arraybuffer';
    link = new SocketLink({ websocket });
    websocket.addEventListener('open', () => {
      pause = 500;
      connection.set('open');
    });
    websocket.addEventListener('close', () => {
      connection.set('lost');
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, longestPause);
    });
  };
  connect();
  return () => link;
}

async function portLink(): Promise<Link> {
  const port = await portOfShell();
  connection.set('open');
  return new PortLink({ port });
}

function linkOfHost(): Link {
  if (!isDesktop) {
    const current = socketLink();
    return new DynamicLink(() => current());
  }
  const link = portLink();
  return new DynamicLink(() => link);
}

/** The one way to the core, over a port in the desktop and a WebSocket in a browser. */
export const client: Client = createORPCClient(linkOfHost());

/** The same, as options and keys for TanStack Query. */
export const rpc = createTanstackQueryUtils(client);

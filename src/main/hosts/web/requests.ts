import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InterfaceFile } from '../interface/files.ts';
import type { HeaderFields } from '../replay/policy.ts';
import type { WebSession } from './session.ts';

export interface InterfaceDoor {
  session: WebSession;
  files: Map<string, InterfaceFile>;
  /** HeaderFields of every answer. */
  headers: HeaderFields;
  /** `127.0.0.1:PORT`: the name that every browser and tool can reach. */
  plainHost: string;
  /** `app.SESSION.localhost:PORT`: the same listener under a name of its own, which replays can share a site with. */
  namedHost: string;
}

/** Whether the Host header is one of ours. Anything else is a name an attacker points at this machine (DNS rebinding). */
export function knownHost(request: IncomingMessage, { plainHost, namedHost }: InterfaceDoor): boolean {
  return request.headers.host === plainHost || request.headers.host === namedHost;
}

/**
 * Answers for the interface's origin: a page opened with a token gets the cookie, one with the cookie gets the files, every other
 * gets a sentence. GET and HEAD of known paths only; everything else the interface asks goes over the WebSocket.
 */
export function interfaceRequests(door: () => InterfaceDoor | undefined) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const current = door();
    if (!current) response.writeHead(503).end();
    else answer(current, request, response);
  };
}

function answer(door: InterfaceDoor, request: IncomingMessage, response: ServerResponse): void {
  const say = (status: number, sentence: string, headers: HeaderFields = {}) => {
    const body = `${sentence}\n`;
    const length = String(Buffer.byteLength(body));
    response.writeHead(status, {
      ...door.headers,
      'content-type': 'text/plain; charset=utf-8',
      'content-length': length,
      ...headers,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  if (!knownHost(request, door)) return say(421, 'This is not an address of Constat.');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return say(405, 'Not that way.', { allow: 'GET, HEAD' });

  const base = `http://${door.plainHost}`;
  const url = URL.canParse(request.url ?? '/', base) ? new URL(request.url ?? '/', base) : null;
  if (!url) return say(404, 'There is nothing at this address.');
  const token = url.searchParams.get('token');
  if (url.pathname === '/' && token !== null && request.method === 'GET')
    return redeem(door, request, token, say);

  // A replayed page shares the site, so SameSite does not stop what it asks for; the browser says where a request comes from.
  const from = request.headers['sec-fetch-site'];
  const ours = from === undefined || from === 'none' || from === 'same-origin';
  if (!ours || !door.session.admits(request.headers.cookie)) {
    return say(403, 'Open Constat with the address it printed when it started.');
  }
  const file = door.files.get(url.pathname);
  if (!file) return say(404, 'There is nothing at this address.');
  const { bytes, mediaType } = file;
  response.writeHead(200, {
    ...door.headers,
    'content-type': mediaType,
    'content-length': String(bytes.length),
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

function redeem(
  door: InterfaceDoor,
  request: IncomingMessage,
  token: string,
  say: (status: number, sentence: string, headers?: HeaderFields) => void,
): void {
  const { session, namedHost } = door;
  const opening = 'Opening Constat.';
  if (session.admits(request.headers.cookie)) {
    session.redeem(token);
    return say(303, opening, { location: '/' });
  }
  if (request.headers.host !== namedHost && reachesNames(request) && session.knows(token)) {
    return say(303, opening, { location: `http://${namedHost}/?token=${encodeURIComponent(token)}` });
  }
  if (!session.redeem(token)) {
    return say(
      403,
      'This address was used already, or is from an earlier start. Start Constat again for a new one.',
    );
  }
  // The next step is the page's own, so that it counts as same-site and carries the cookie wherever the address was clicked.
  return say(200, '<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Constat</title>', {
    'content-type': 'text/html; charset=utf-8',
    'set-cookie': session.setCookie,
  });
}

/** Chromium and Firefox resolve `*.localhost` to this machine by themselves; others ask the system, which may not know it. */
function reachesNames(request: IncomingMessage): boolean {
  return /\b(?:Chrome|Firefox)\//.test(
    (request.headers['user-agent'] ?? '').replace('HeadlessChrome', 'Chrome'),
  );
}

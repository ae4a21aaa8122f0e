import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReplayAnswer, ReplayAnswers } from '../replay/answer.ts';

/**
 * Replay origins of the browser host: `http://TOKEN.localhost:PORT`, one per capture, which every current browser resolves to this
 * machine by itself. Another site than the interface's 127.0.0.1, so the interface's cookie is never sent here. A request that
 * names no such host (DNS rebinding) gets 404.
 */
export function replayRequests(answers: () => ReplayAnswers | undefined, domain: () => string) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const [token, rest] = splitHost(request.headers.host ?? '');
    const known = rest === domain();
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const answered = answers()?.answer({
      method: request.method ?? 'GET',
      token: known ? token : '',
      path,
      range: request.headers.range,
    });
    if (!answered) response.writeHead(503).end();
    else answered.then((answer) => send(response, answer)).catch(() => response.destroy());
  };
}

function splitHost(host: string): [string, string] {
  const dot = host.indexOf('.');
  return dot < 0 ? ['', host] : [host.slice(0, dot), host.slice(dot + 1)];
}

async function send(response: ServerResponse, { status, headers, body }: ReplayAnswer): Promise<void> {
  response.writeHead(status, headers);
  if (body === null || body instanceof Uint8Array) response.end(body ?? undefined);
  else await pipeline(Readable.from(body), response);
}

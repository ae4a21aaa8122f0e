import type { Session } from 'electron';
import type { InterfaceFile } from '../interface/files.ts';
import { interfaceHeaders } from '../interface/policy.ts';
import type { ReplayAnswers } from '../replay/answer.ts';
import { appOrigin, appPolicy, pathOf, replayToken } from './security.ts';

const headers = interfaceHeaders(appPolicy);

/** Answers `app://constat/…` from the built interface; nothing else of the disk can be named. */
export function answerApp(files: Map<string, InterfaceFile>, request: Request): Response {
  const file = request.url.startsWith(`${appOrigin}/`) ? files.get(pathOf(request)) : undefined;
  if (request.method !== 'GET' || !file) return new Response(null, { status: 404, headers });
  return new Response(new Uint8Array(file.bytes), {
    headers: { ...headers, 'content-type': file.mediaType },
  });
}

/** Answers `replay://TOKEN/…` as the browser host does, from the same code. */
export async function answerReplay(answers: ReplayAnswers, request: Request): Promise<Response> {
  const { status, headers, body } = await answers.answer({
    method: request.method,
    token: replayToken(request.url) ?? '',
    path: pathOf(request),
    range: request.headers.get('range') ?? undefined,
  });
  return new Response(body === null ? null : streamOf(body), { status, headers });
}

/** A body that is pulled: the next piece is read from the case when the last one was taken. */
function streamOf(body: Uint8Array | AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const pieces = body instanceof Uint8Array ? [body] : body;
  return ReadableStream.from<Uint8Array>(pieces);
}

/** Gives the two schemes to the session of the interface, which frames replays. */
export function serveInterface(
  session: Session,
  files: Map<string, InterfaceFile>,
  answers: ReplayAnswers,
): void {
  session.protocol.handle('app', (request) => answerApp(files, request));
  serveReplays(session, answers);
}

/** Gives a session the replays and nothing else. */
export function serveReplays(session: Session, answers: ReplayAnswers): void {
  session.protocol.handle('replay', (request) => answerReplay(answers, request));
}

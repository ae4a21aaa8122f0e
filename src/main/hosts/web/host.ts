import { randomBytes } from 'node:crypto';
import { createWorkspace, type Workspace } from '../../api/workspace.ts';
import { interfaceFiles } from '../interface/files.ts';
import { interfaceHeaders, interfacePolicy } from '../interface/policy.ts';
import { ReplayAnswers } from '../replay/answer.ts';
import { loadPlayer } from '../replay/assets.ts';
import { ReplayGrants } from '../replay/grants.ts';
import { workspaceSource } from '../replay/source.ts';
import { listenLocally, type Listener } from './listener.ts';
import { replayRequests } from './replay.ts';
import { interfaceRequests, knownHost, type InterfaceDoor } from './requests.ts';
import { serveRpc } from './rpc.ts';
import { WebSession } from './session.ts';

export interface WebHostOptions {
  /** The operator's own folder. */
  home: string;
  /** 0 takes a free port. */
  port?: number;
  /** Folder of the built interface. */
  rendererDir: string;
  /** Cases to open at once. */
  openCases?: string[];
}

export interface WebHost {
  /** Address on 127.0.0.1 with a token that opens once. */
  readonly url: string;
  /** Where the interface lives once opened in Chromium or Firefox. */
  readonly origin: string;
  /** Source of replay frames, as in a content security policy: one origin per capture, all under this. */
  readonly replayOrigin: string;
  readonly workspace: Workspace;
  /** Another address with a fresh token. */
  newAddress(): string;
  close(): Promise<void>;
}

/**
 * The interface in a browser of this machine. Two listeners on 127.0.0.1: the interface with its WebSocket, and the replays. The
 * names under `SESSION.localhost`, fresh at every start, make the two different origins and hosts (no shared cookie) of one site,
 * because browsers that block third-party storage would deny the player its service worker on another site. Throws what opening
 * a case throws; nothing keeps running then.
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const files = interfaceFiles(options.rendererDir);
  const domain = `c${randomBytes(8).toString('hex')}.localhost`;
  const grants = new ReplayGrants();
  const opened: Listener[] = [];
  let workspace: Workspace | undefined;
  const closing = async () => {
    await Promise.all(opened.map((listener) => listener.close()));
    await workspace?.close();
  };
  try {
    const player = await loadPlayer();
    let answers: ReplayAnswers | undefined;
    let door: InterfaceDoor | undefined;
    const replay = await listenLocally(
      0,
      replayRequests(
        () => answers,
        () => `${domain}:${replay.port}`,
      ),
    );
    opened.push(replay);
    const app = await listenLocally(
      options.port ?? 0,
      interfaceRequests(() => door),
    );
    opened.push(app);

    const plainHost = `127.0.0.1:${app.port}`;
    const namedHost = `app.${domain}:${app.port}`;
    const origins = [`http://${namedHost}`, `http://${plainHost}`];
    const replayOrigin = `http://*.${domain}:${replay.port}`;
    const session = new WebSession(app.port);
    const current = createWorkspace({
      home: options.home,
      host: 'web',
      replay: {
        url: (caseId, captureId) => `http://${grants.grant(caseId, captureId)}.${domain}:${replay.port}/`,
      },
    });
    workspace = current;
    for (const path of options.openCases ?? []) current.open(path);

    answers = new ReplayAnswers(workspaceSource(current, grants), player, origins.join(' '));
    const socket = `ws://${plainHost} ws://${namedHost}`;
    const headers = interfaceHeaders(interfacePolicy({ frames: replayOrigin, socket }));
    const gate: InterfaceDoor = { session, files, headers, plainHost, namedHost };
    door = gate;
    const rpc = serveRpc(app.server, current, (request) => {
      const { origin, host, cookie } = request.headers;
      return knownHost(request, gate) && origin === `http://${host}` && session.admits(cookie);
    });
    const newAddress = () => `http://${plainHost}/?token=${session.mint()}`;
    return {
      url: newAddress(),
      origin: `http://${namedHost}`,
      replayOrigin,
      workspace: current,
      newAddress,
      async close() {
        rpc.close();
        await closing();
      },
    };
  } catch (error) {
    await closing();
    throw error;
  }
}

import { RPCHandler } from '@orpc/server/message-port';
import { createWorkspace, type Workspace } from '../../api/workspace.ts';
import { router } from '../../api/router.ts';
import { problemOf } from '../../../shared/problems.ts';
import { ReplayGrants } from '../replay/grants.ts';
import { workspaceSource, type ReplaySource } from '../replay/source.ts';
import { toCoreSchema, type FromCore, type ToCore } from './core-messages.ts';
import { replayUrl } from './security.ts';

/** A port as oRPC takes one: of Electron, of a page, or of a worker thread. */
export type ServedPort = Parameters<RPCHandler<{ workspace: Workspace }>['upgrade']>[0] & { start?(): void };

/**
 * The core as the shell sees it: owns the workspace, serves the contract on a port per window, and gives the shell the bytes of
 * replays. Knows nothing of Electron, so that it runs, and is tested, over any pair of message ports.
 */
export class CoreService {
  readonly #say: (message: FromCore) => void;
  readonly #handler = new RPCHandler(router);
  #workspace: Workspace | undefined;
  #replays: ReplaySource | undefined;

  constructor(say: (message: FromCore) => void) {
    this.#say = say;
  }

  /** Takes one message of the shell, with the ports that came with it. */
  async take(data: unknown, ports: readonly ServedPort[] = []): Promise<void> {
    const message = toCoreSchema.parse(data);
    if (message.type === 'start') this.#start(message.home, message.openCases);
    else if (message.type === 'close') await this.#close();
    else if (message.type === 'serve') for (const port of ports) this.#serve(port);
    else await this.#answer(message);
  }

  #start(home: string, openCases: string[]): void {
    try {
      const grants = new ReplayGrants();
      const workspace = createWorkspace({
        home,
        host: 'electron',
        replay: { url: (caseId, captureId) => replayUrl(grants.grant(caseId, captureId)) },
      });
      this.#workspace = workspace;
      this.#replays = workspaceSource(workspace, grants);
      for (const path of openCases) workspace.open(path);
      this.#say({ type: 'started' });
    } catch (error) {
      this.#say({ type: 'unable', message: problemOf(error).message });
    }
  }

  #serve(port: ServedPort): void {
    if (!this.#workspace) return;
    this.#handler.upgrade(port, { context: { workspace: this.#workspace } });
    port.start?.();
  }

  async #answer(message: Extract<ToCore, { id: number }>): Promise<void> {
    const { id, token } = message;
    try {
      if (!this.#replays) throw new Error('not started');
      if (message.type === 'target')
        this.#say({ type: 'target', id, target: await this.#replays.target(token) });
      else
        this.#say({
          type: 'bytes',
          id,
          bytes: await this.#replays.read(token, message.offset, message.length),
        });
    } catch (error) {
      this.#say({ type: 'failed', id, message: problemOf(error).message });
    }
  }

  async #close(): Promise<void> {
    await this.#workspace?.close();
    this.#say({ type: 'closed' });
  }
}

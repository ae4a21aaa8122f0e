import {
  BrowserWindow,
  ipcMain,
  MessageChannelMain,
  session,
  type IpcMainEvent,
  type MessagePortMain,
} from 'electron';
import type { ReplayAnswers } from '../replay/answer.ts';
import type { InterfaceFile } from '../interface/files.ts';
import { shellChannels } from '../../../shared/shell-channels.ts';
import type { CoreLink } from './core-link.ts';
import { answerDialogs, forgetDialogs } from './dialogs.ts';
import { guardSession } from './guard.ts';
import { serveInterface, serveReplays } from './protocols.ts';
import { appOrigin, isInterface, replayWindowOptions, windowOptions } from './security.ts';

/** Kept on disk for the interface's own preferences; what replays leave there is cleared at every start and end. */
const partition = 'persist:constat';

export interface Shell {
  core: CoreLink<MessagePortMain>;
  files: Map<string, InterfaceFile>;
  answers: ReplayAnswers;
  preload: string;
  packaged: boolean;
}

/** Readies the session of the interface, once. */
export async function prepareSession(shell: Shell): Promise<void> {
  const own = session.fromPartition(partition);
  guardSession(own);
  serveInterface(own, shell.files, shell.answers);
  await clearReplays();
}

/** Removes what replayed pages and the player stored. */
export async function clearReplays(): Promise<void> {
  await session.fromPartition(partition).clearData({ excludeOrigins: [appOrigin] });
}

/** Opens the interface. Its page asks for the port to the core when it is ready for it. */
export async function openWindow(shell: Shell): Promise<BrowserWindow> {
  const window = new BrowserWindow(
    windowOptions({ preload: shell.preload, packaged: shell.packaged, partition }),
  );
  const connect = (event: IpcMainEvent) => {
    if (event.sender !== window.webContents || !isInterface(event.senderFrame)) return;
    const { port1, port2 } = new MessageChannelMain();
    shell.core.serve(port1);
    event.senderFrame?.postMessage(shellChannels.port, null, [port2]);
  };
  ipcMain.on(shellChannels.connect, connect);
  answerDialogs(window, (url) => void openReplayWindow(shell, url));
  window.once('ready-to-show', () => window.show());
  window.once('closed', () => {
    ipcMain.off(shellChannels.connect, connect);
    forgetDialogs();
  });
  await window.loadURL(`${appOrigin}/`);
  return window;
}

let replayWindows = 0;

/** Opens one replay in a window and a session of its own, which is in memory only and ends with it. */
export async function openReplayWindow(shell: Shell, url: string): Promise<void> {
  replayWindows += 1;
  const own = `replay-${replayWindows}`;
  const replaySession = session.fromPartition(own);
  guardSession(replaySession);
  serveReplays(replaySession, shell.answers);
  await new BrowserWindow(replayWindowOptions(own)).loadURL(url);
}

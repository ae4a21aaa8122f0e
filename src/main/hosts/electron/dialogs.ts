import {
  app,
  dialog,
  ipcMain,
  shell,
  type BrowserWindow,
  type OpenDialogOptions,
  type SaveDialogOptions,
} from 'electron';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { shellChannels } from '../../../shared/shell-channels.ts';
import { isInterface, replayToken } from './security.ts';
import { wording } from './wording.ts';

const pathSchema = z.string().max(4096);
const zipFilter = [{ name: 'ZIP', extensions: ['zip'] }];
const caseFilter = [{ name: 'Constat', extensions: ['constat'] }];

/**
 * The few questions that only a desktop can answer: the system's choosers and its file manager. Each checks that the
 * interface's own page asks, and every argument. A choice is a path or null; what is done with it goes through the contract.
 */
export function answerDialogs(window: BrowserWindow, openReplay: (url: string) => void): void {
  const handle = (channel: string, answer: (...given: unknown[]) => unknown) => {
    ipcMain.handle(channel, (event, ...given: unknown[]) => {
      if (event.sender !== window.webContents || !isInterface(event.senderFrame))
        throw new Error('not for this page');
      return answer(...given);
    });
  };
  const open = async (options: OpenDialogOptions) => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, options);
    return canceled ? null : (filePaths[0] ?? null);
  };
  const save = async (options: SaveDialogOptions) => {
    const { canceled, filePath } = await dialog.showSaveDialog(window, options);
    return canceled || filePath === '' ? null : filePath;
  };
  handle(shellChannels.chooseNewCase, (suggested) =>
    save({ defaultPath: pathSchema.parse(suggested), filters: caseFilter }),
  );
  handle(shellChannels.chooseCase, () => open({ properties: ['openFile'], filters: caseFilter }));
  handle(shellChannels.chooseDestination, (suggested, format) =>
    save({
      defaultPath: pathSchema.parse(suggested),
      filters: z.enum(['folder', 'zip']).parse(format) === 'zip' ? zipFilter : [],
    }),
  );
  handle(shellChannels.chooseBundle, async () => {
    if (process.platform === 'darwin') return open({ properties: ['openFile', 'openDirectory'] });
    // Elsewhere a chooser takes either files or folders.
    const words = wording(app.getLocale());
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: words.bundleKind,
      buttons: [words.zipFile, words.folder, words.cancel],
      cancelId: 2,
    });
    if (response === 2) return null;
    return open(
      response === 0 ? { properties: ['openFile'], filters: zipFilter } : { properties: ['openDirectory'] },
    );
  });
  handle(shellChannels.reveal, (path) => {
    const wanted = pathSchema.refine(isAbsolute).parse(path);
    shell.showItemInFolder(wanted);
  });
  handle(shellChannels.openReplay, (url) => {
    const wanted = pathSchema.parse(url);
    if (replayToken(wanted) === null) throw new Error('not a replay');
    openReplay(wanted);
  });
}

/** Gives up the channels, so that a window opened anew can take them. */
export function forgetDialogs(): void {
  for (const channel of Object.values(shellChannels)) ipcMain.removeHandler(channel);
}

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A file that is served as it is. */
export interface Asset {
  mediaType: string;
  bytes: Uint8Array;
}

const script = 'text/javascript; charset=utf-8';

/** Folder of the player (ReplayWeb.page) as installed beside the program. */
function playerFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('replaywebpage/index.html'));
}

/** The two files of the player that are ever served, read once. */
export async function loadPlayer(folder: string = playerFolder()): Promise<{ ui: Asset; worker: Asset }> {
  const [ui, worker] = await Promise.all([readFile(join(folder, 'ui.js')), readFile(join(folder, 'sw.js'))]);
  return { ui: { mediaType: script, bytes: ui }, worker: { mediaType: script, bytes: worker } };
}

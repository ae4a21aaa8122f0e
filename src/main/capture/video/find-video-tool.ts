import { execFile } from 'node:child_process';
import { accessSync, closeSync, constants, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { filePayload } from '../../archive/payload.ts';
import { toolEnvironment } from './tool-environment.ts';

/** yt-dlp as it is installed here. */
export interface VideoTool {
  /** What is run: the program itself, or the interpreter of the script that it is, and the script. */
  command: string;
  before: string[];
  version: string;
  /** Of the file that is started; of an installation by pip that is only the script that starts the rest. */
  sha256: string;
}

const run = promisify(execFile);
const names = process.platform === 'win32' ? ['yt-dlp.exe'] : ['yt-dlp'];

/** The yt-dlp of the search path, or null where there is none that runs. Nothing is written and nothing is asked of the network. */
export async function findVideoTool(folder: string, env = process.env): Promise<VideoTool | null> {
  const path = onPath(names, env);
  if (path === null) return null;
  const { command, before } = startedBy(path, env);
  try {
    const { stdout } = await run(command, [...before, '--ignore-config', '--version'], {
      env: toolEnvironment(folder),
      cwd: folder,
      timeout: 15_000,
    });
    const { sha256 } = await filePayload(realpathSync(path));
    return { command, before, version: stdout.trim().split('\n', 1)[0]?.slice(0, 60) ?? '', sha256 };
  } catch {
    return null;
  }
}

function onPath(wanted: readonly string[], env: NodeJS.ProcessEnv): string | null {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    for (const name of wanted) {
      const path = join(folder, name);
      if (folder !== '' && isProgram(path)) return path;
    }
  }
  return null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The tool runs without a search path, so that it finds no other program; the interpreter a script asks `env` for is looked up here. */
function startedBy(path: string, env: NodeJS.ProcessEnv): { command: string; before: string[] } {
  const asked = /^#!\s*\S*\/env\s+(?:-S\s+)?([\w.-]+)/.exec(firstBytes(path))?.[1];
  const interpreter = asked === undefined ? null : onPath([asked], env);
  return interpreter === null ? { command: path, before: [] } : { command: interpreter, before: [path] };
}

function firstBytes(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(256);
    return bytes.toString('latin1', 0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
}

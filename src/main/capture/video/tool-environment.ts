import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * What yt-dlp is told of this computer: next to nothing. Without a search path it starts no other program (ffmpeg, for one, would
 * not go through the exit); its home is a folder of the capture, so that it finds no settings, cookies or cache and leaves none.
 */
export function toolEnvironment(folder: string): Record<string, string> {
  const system: Record<string, string> = {};
  for (const name of ['SystemRoot', 'SYSTEMDRIVE', 'WINDIR', 'LD_LIBRARY_PATH']) {
    const value = process.env[name];
    if (value !== undefined) system[name] = value;
  }
  return {
    ...system,
    PATH: folder,
    HOME: folder,
    USERPROFILE: folder,
    APPDATA: folder,
    XDG_CONFIG_HOME: folder,
    XDG_CACHE_HOME: folder,
    XDG_DATA_HOME: folder,
    TMPDIR: folder,
    TEMP: folder,
    TMP: folder,
    LANG: 'C.UTF-8',
    PYTHONIOENCODING: 'utf-8',
    PYTHONDONTWRITEBYTECODE: '1',
    YTDLP_NO_PLUGINS: '1',
    // Where `pip install --user` put it; only read.
    ...(process.platform === 'linux' ? { PYTHONUSERBASE: join(homedir(), '.local') } : {}),
  };
}

import { readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

const mediaTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** A file of the built interface. */
export interface InterfaceFile {
  path: string;
  mediaType: string;
}

/**
 * Every file of the built interface by its address, made once: what is not in here is served by no host, so no path that a page
 * makes up can lead out of the folder. Files of a kind we do not build are left out. Throws where the folder does not exist.
 */
export function interfaceFiles(folder: string): Map<string, InterfaceFile> {
  const files = new Map<string, InterfaceFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const mediaType = mediaTypes[extname(entry.name)];
    if (!entry.isFile() || mediaType === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { path, mediaType });
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}

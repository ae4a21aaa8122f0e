import { readdirSync, readFileSync } from 'node:fs';
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
  mediaType: string;
  bytes: Uint8Array;
}

/**
 * Every file of the built interface by its address, read once: what is not in here is served by no host, so no path that a page
 * makes up can lead out of the folder, and an interface that is built anew meanwhile does not mix with this one. Files of a kind we do not build are left out. Throws where the folder does not exist.
 */
export function interfaceFiles(folder: string): Map<string, InterfaceFile> {
  const files = new Map<string, InterfaceFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const mediaType = mediaTypes[extname(entry.name)];
    if (!entry.isFile() || mediaType === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { mediaType, bytes: readFileSync(path) });
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}

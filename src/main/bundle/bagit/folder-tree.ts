import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  type Dirent,
} from 'node:fs';
import { join } from 'node:path';
import { byBytes } from './paths.ts';
import type { OpenedFile, Tree, TreeFault, TreeFile } from './tree.ts';

/** More files than any bundle has; a folder with more is not read through. */
export const maxFiles = 200_000;

/**
 * Reads a folder as a tree of files. Links are not followed and, like devices and pipes, are faults: what a link shows
 * is not in the bundle (threat T10). Throws what `readdir` throws.
 */
export function openFolderTree(root: string): Tree {
  const files: TreeFile[] = [];
  const faults: TreeFault[] = [];
  const emptyFolders: string[] = [];
  const walk = (folder: string): void => {
    const entries = readdirSync(join(root, folder), { withFileTypes: true });
    if (entries.length === 0) emptyFolders.push(folder);
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (files.length >= maxFiles) throw new RangeError(`it holds more than ${maxFiles} files`);
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) files.push(folderFile(root, path));
      else faults.push({ item: path, message: `It is ${kindOf(entry)}, not a file. It was not read.` });
    }
  };
  walk('');
  files.sort((a, b) => byBytes(a.path, b.path));
  return { files, faults, emptyFolders: emptyFolders.sort(byBytes), close: () => undefined };
}

function folderFile(root: string, path: string): TreeFile {
  const absolute = join(root, ...path.split('/'));
  return { path, size: lstatSync(absolute).size, open: () => openFile(absolute) };
}

/** Opens a regular file for random reading; a link in its place is refused by the system. */
export function openFile(path: string): OpenedFile {
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  const { size } = fstatSync(descriptor);
  return {
    size,
    read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > size) throw new RangeError('outside the file');
      const bytes = Buffer.allocUnsafe(length);
      let done = 0;
      while (done < length) {
        const got = readSync(descriptor, bytes, done, length - done, offset + done);
        if (got === 0) throw new RangeError('the file became shorter while it was read');
        done += got;
      }
      return bytes;
    },
    close: () => closeSync(descriptor),
  };
}

function kindOf(entry: Dirent): string {
  if (entry.isSymbolicLink()) return 'a symbolic link';
  return entry.isFIFO() ? 'a pipe' : entry.isSocket() ? 'a socket' : 'a device';
}

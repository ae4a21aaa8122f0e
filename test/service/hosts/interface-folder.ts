import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A stand-in for the built interface, and a home for an operator; both gone after `remove`. */
export function temporaryFolders(): { home: string; rendererDir: string; cases: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), 'constat-hosts-'));
  const make = (name: string) => mkdtempSync(join(root, name));
  const rendererDir = make('interface-');
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>Interface</title><h1>Interface</h1>');
  writeFileSync(join(rendererDir, 'main.js'), 'export {};');
  return {
    home: make('home-'),
    rendererDir,
    cases: make('cases-'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

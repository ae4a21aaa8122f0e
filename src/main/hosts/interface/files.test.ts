import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { interfaceFiles } from './files.ts';

it('serves the built files by exact address and nothing else of the disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'constat-files-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '');
  writeFileSync(join(folder, 'assets', 'main.js'), '');
  writeFileSync(join(folder, 'notes.secret'), '');
  symlinkSync('/etc/passwd', join(folder, 'passwd.txt'));
  const files = interfaceFiles(folder);
  rmSync(folder, { recursive: true });
  expect([...files.keys()].sort()).toEqual(['/', '/assets/main.js', '/index.html']);
  expect(files.get('/')?.mediaType).toBe('text/html; charset=utf-8');
});

import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { newCase, scratchFolder } from '../../../test/support/case-fixture.ts';
import { ConstatError, type ProblemCode } from '../../shared/problems.ts';
import { CaseFile } from './case-file.ts';
import { applicationId, formatVersion } from './format.ts';
import { Database } from './sqlite.ts';

const application = 'Constat test';

function create(path = join(scratchFolder(), 'a.constat')): CaseFile {
  const file = CaseFile.create(path, newCase, { application });
  onTestFinished(() => file.close());
  return file;
}

function open(path: string, readOnly = false): CaseFile {
  const file = CaseFile.open(path, { application, readOnly });
  onTestFinished(() => file.close());
  return file;
}

/** The problem that `work` ends in. */
function problemOf(work: () => unknown): ConstatError {
  try {
    work();
  } catch (error) {
    if (error instanceof ConstatError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

function expectCode(code: ProblemCode, work: () => unknown): ConstatError {
  const error = problemOf(work);
  expect(error.code).toBe(code);
  return error;
}

it('creates a case that says what it is, in a file nobody else may read', () => {
  const file = create();
  expect(file.info).toMatchObject({ ...newCase, createdWith: expect.stringMatching(/^Constat\//) });
  expect(file.sizeBytes).toBe(statSync(file.path).size);
  file.close();
  const head = readFileSync(file.path);
  expect(head.readUInt32BE(68)).toBe(applicationId);
  expect(head.readUInt32BE(60)).toBe(formatVersion);
  expect(head.readUInt16BE(16)).toBe(16_384);
  expect(statSync(file.path).mode & 0o077).toBe(0);
});

it('leaves one file when it is closed, and that file is all there is', () => {
  const file = create();
  const folder = dirname(file.path);
  expect(readdirSync(folder)).toContain('a.constat-lock');
  file.close();
  file.close();
  expect(readdirSync(folder)).toEqual(['a.constat']);
  const copy = join(scratchFolder(), 'elsewhere.constat');
  copyFileSync(file.path, copy);
  expect(open(copy).info).toEqual(file.info);
});

it('refuses a place where something stands, and leaves it as it is', () => {
  const path = join(scratchFolder(), 'notes.txt');
  writeFileSync(path, 'mine');
  expectCode('CASE_EXISTS', () => create(path));
  expect(readFileSync(path, 'utf8')).toBe('mine');
  expect(readdirSync(dirname(path))).toEqual(['notes.txt']);
});

it('names a folder that does not exist or is none, and creates nothing', () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'file'), '');
  expect(expectCode('CASE_UNWRITABLE', () => create(join(folder, 'missing/a.constat'))).message).toContain(
    'does not exist',
  );
  expect(expectCode('CASE_UNWRITABLE', () => create(join(folder, 'file/a.constat'))).message).toContain(
    'not a folder',
  );
  expect(readdirSync(folder)).toEqual(['file']);
});

function begin(): void {
  throw new Error('no key');
}

it('leaves nothing behind when the beginning of a case fails', () => {
  const folder = scratchFolder();
  const path = join(folder, 'a.constat');
  expect(() => CaseFile.create(path, newCase, { application, begin })).toThrow('no key');
  expect(readdirSync(folder)).toEqual([]);
});

it('does not replace what came to stand there while it was being made', () => {
  const folder = scratchFolder();
  const path = join(folder, 'a.constat');
  const begin = () => writeFileSync(path, 'mine');
  expectCode('CASE_EXISTS', () => CaseFile.create(path, newCase, { application, begin }));
  expect(readFileSync(path, 'utf8')).toBe('mine');
  expect(readdirSync(folder)).toEqual(['a.constat']);
});

it('tells a second writer who has the case, and lets readers in', () => {
  const file = create();
  const error = expectCode('CASE_LOCKED', () => open(file.path));
  expect(error.message).toContain(`${application}, process ${process.pid}, since 20`);
  const reader = open(file.path, true);
  expect(reader.info).toEqual(file.info);
  reader.close();
  file.close();
  expect(open(file.path).readOnly).toBe(false);
});

it('is locked under every name it is reached by', () => {
  const file = create();
  const [linkedFile, linkedFolder] = [join(scratchFolder(), 'link.constat'), join(scratchFolder(), 'link')];
  symlinkSync(file.path, linkedFile);
  symlinkSync(dirname(file.path), linkedFolder);
  expectCode('CASE_LOCKED', () => open(linkedFile));
  expectCode('CASE_LOCKED', () => open(join(linkedFolder, 'a.constat')));
});

it('tells a writer in another process as well, and takes the lock back when that process is killed', () => {
  const file = create();
  const script = `
    import { CaseFile } from ${JSON.stringify(new URL('case-file.ts', import.meta.url).href)};
    try { CaseFile.open(process.argv[1], { application: 'other' }); console.log('opened'); }
    catch (error) { console.log(error.code); }
    process.kill(process.pid, 'SIGKILL');`;
  const inOther = () =>
    spawnSync(process.execPath, ['--input-type=module', '-e', script, file.path], {
      encoding: 'utf8',
    }).stdout.trim();
  expect(inOther()).toBe('CASE_LOCKED');
  file.close();
  expect(inOther()).toBe('opened');
  expect(open(file.path).integrityProblems()).toEqual([]);
});

it('reads without changing a byte or leaving anything beside the case', () => {
  const file = create();
  file.close();
  const before = readFileSync(file.path);
  const reader = open(file.path, true);
  expect(reader.integrityProblems()).toEqual([]);
  expect(expectCode('CASE_READ_ONLY', () => reader.transaction(() => 1)).message).toContain(file.path);
  expect(() => reader.prepare("UPDATE job SET kind = 'x'").run()).toThrow(/readonly/);
  expect(readdirSync(dirname(file.path))).toEqual(['a.constat']);
  reader.close();
  expect(readdirSync(dirname(file.path))).toEqual(['a.constat']);
  expect(readFileSync(file.path).equals(before)).toBe(true);
});

const jobs = (from: CaseFile) => from.prepare('SELECT id FROM job').all().length;

it('keeps what a reader sees as it was, while a writer goes on', () => {
  const file = create();
  const view = file.snapshot();
  file.prepare("INSERT INTO job VALUES ('j', 'k', 'queued', '{}', '{}', NULL, NULL, 0, '', '')").run();
  expect([jobs(file), jobs(view)]).toEqual([1, 0]);
  view.close();
  const later = file.snapshot();
  expect(jobs(later)).toBe(1);
  later.close();
});

it('names what is no case and leaves it alone', () => {
  const folder = scratchFolder();
  const paths = ['text', 'empty', 'other.db', 'folder'].map((name) => join(folder, name));
  const [text = '', empty = '', other = '', directory = ''] = paths;
  writeFileSync(text, 'not a database, and long enough to be taken for one'.repeat(100));
  writeFileSync(empty, '');
  const database = new Database(other);
  database.exec('CREATE TABLE t (a)');
  database.close();
  mkdirSync(directory);
  for (const path of paths)
    for (const readOnly of [true, false]) expectCode('CASE_NOT_A_CASE', () => open(path, readOnly));
  expectCode('CASE_NOT_FOUND', () => open(join(folder, 'nothing')));
  expect(readdirSync(folder).toSorted()).toEqual(['empty', 'folder', 'other.db', 'text']);
  expect(statSync(empty).size).toBe(0);
});

it('refuses a case of a newer Constat with both numbers, and changes nothing', () => {
  const file = create();
  file.close();
  const database = new Database(file.path);
  database.pragma('user_version = 99');
  database.close();
  const before = readFileSync(file.path);
  const message = `format 99, this one reads up to ${formatVersion}`;
  for (const readOnly of [true, false])
    expect(expectCode('CASE_NEWER', () => open(file.path, readOnly)).message).toContain(message);
  expect(readFileSync(file.path).equals(before)).toBe(true);
  expect(readdirSync(dirname(file.path))).toEqual(['a.constat']);
});

it('names a damaged case and repairs nothing', () => {
  const file = create();
  file.close();
  truncateSync(file.path, 3 * 16_384 + 5);
  const before = readFileSync(file.path);
  for (const readOnly of [true, false]) expectCode('CASE_DAMAGED', () => open(file.path, readOnly));
  expect(readFileSync(file.path).equals(before)).toBe(true);
});

it('names a case without its title page as damaged', () => {
  const file = create();
  file.close();
  const database = new Database(file.path);
  database.exec('DROP TRIGGER case_info_no_delete; DELETE FROM case_info');
  database.close();
  expectCode('CASE_DAMAGED', () => open(file.path));
  expect(readdirSync(dirname(file.path))).toEqual(['a.constat']);
});

it('finds rules that were taken away or added', () => {
  const file = create();
  file.close();
  const database = new Database(file.path);
  database.exec('DROP TRIGGER checkpoint_no_delete');
  database.exec('CREATE TRIGGER sneak AFTER INSERT ON job BEGIN DELETE FROM job; END');
  database.close();
  expect(open(file.path, true).integrityProblems()).toEqual([
    'trigger checkpoint_no_delete is missing',
    'trigger sneak does not belong to the format',
  ]);
});

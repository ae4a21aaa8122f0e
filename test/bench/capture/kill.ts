import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createWorkspace } from '../../../src/main/api/workspace.ts';
import { auditCaptures } from '../../../src/main/capture/audit.ts';
import { verifyCase } from '../../../src/main/custody/verify-case.ts';
import { serveTimedPages } from './pages.ts';

const script = join(import.meta.dirname, '../../faults/recording-process.ts');

/**
 * Kills the recorder at random moments of a capture (every other time it is the computer instead: case and operator's folder are copied
 * as they are, and the copy is opened), opens the case as the next start does, and prints what became of it. False where something that
 * was sealed does not verify, where neither a capture nor a job to resume is there, or where anything is left behind.
 */
export async function kill(count: number): Promise<boolean> {
  const { pages, close } = await serveTimedPages();
  const chosen = pages.filter(({ name }) => name === 'simple' || name === 'article');
  const tally = new Map<string, number>();
  let isSound = true;
  let longest = 4000;
  try {
    for (let round = 0; round < count; round += 1) {
      const page = chosen[(round >> 1) % chosen.length];
      if (!page) break;
      const folder = mkdtempSync(join(tmpdir(), 'constat-kill-'));
      const after = Math.round(Math.random() * longest);
      const { outcome, step, took, fault } = await oneRound(folder, page.url, round % 2 === 1, after);
      if (took !== null) longest = took + 100;
      const line = `${round % 2 === 1 ? 'computer' : 'recorder'} at ${after} ms (${step}): ${outcome}`;
      console.log(fault === null ? line : `${line} – ${fault}`);
      isSound &&= fault === null;
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
      rmSync(folder, { recursive: true, force: true });
    }
  } finally {
    await close();
  }
  console.log([...tally].map(([outcome, times]) => `${times} × ${outcome}`).join(', '));
  return isSound;
}

interface Round {
  outcome: string;
  /** What it was at. */
  step: string;
  /** Milliseconds it took where it was over before. */
  took: number | null;
  fault: string | null;
}

async function oneRound(folder: string, url: string, wholeComputer: boolean, after: number): Promise<Round> {
  const [path, home] = [join(folder, 'case.constat'), join(folder, 'home')];
  const workspace = createWorkspace({ home, host: 'cli' });
  workspace.create(path, { title: 'Killed', reference: '', purpose: '' });
  await workspace.close();
  const child = spawn(process.execPath, [script, path, home, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let step = 'starting';
  child.stdout.on('data', (said: Buffer) => (step = said.toString().trim().split('\n').at(-1) ?? step));
  await once(child.stdout, 'data');
  const from = performance.now();
  await Promise.race([sleep(after), exited]);
  const took = child.exitCode === null ? null : performance.now() - from;
  const copy = join(folder, 'copy');
  if (wholeComputer) {
    child.kill('SIGSTOP');
    copyAsItIs(folder, copy);
  }
  child.kill('SIGKILL');
  await exited;
  const found = await nextStart(wholeComputer ? copy : folder);
  const left = wholeComputer ? null : await leftBehind(child);
  return { ...found, fault: found.fault ?? left, step, took };
}

/** The case with what SQLite keeps beside it, and the operator's folder; no lock of a process that is not there. */
function copyAsItIs(folder: string, copy: string): void {
  for (const name of [
    'home',
    ...readdirSync(folder).filter((entry) => entry.startsWith('case.') && !entry.endsWith('-lock')),
  ])
    cpSync(join(folder, name), join(copy, name), { recursive: true });
}

async function nextStart(folder: string): Promise<{ outcome: string; fault: string | null }> {
  const workspace = createWorkspace({ home: join(folder, 'home'), host: 'cli' });
  try {
    const { captures, file } = workspace.open(join(folder, 'case.constat'));
    const salvaged = (await captures.salvaged()).length;
    const { checks } = await verifyCase(file, [auditCaptures]);
    const [bad] = checks.filter(({ status }) => status !== 'pass');
    const sealed = captures.list();
    const resumable = captures.jobs().filter(({ state }) => state === 'interrupted').length;
    const [first] = sealed;
    const outcome = first
      ? `sealed ${salvaged === 1 ? 'as far as it came' : 'before'} (${first.state})`
      : `to be resumed (${resumable})`;
    if (bad) return { outcome, fault: `${bad.item}: ${bad.message}` };
    const noteFolder = join(folder, 'home', 'recording');
    const notes = existsSync(noteFolder) ? readdirSync(noteFolder).length : 0;
    if (notes > 0) return { outcome, fault: `${notes} notes are left` };
    return {
      outcome,
      fault: sealed.length + resumable === 1 ? null : 'the capture was lost, or is there twice',
    };
  } catch (error) {
    return { outcome: 'not opened', fault: String(error) };
  } finally {
    await workspace.close();
  }
}

/** Processes and folders of a recorder that is dead; a browser is given a moment to notice. */
async function leftBehind({ pid }: ChildProcess): Promise<string | null> {
  const profile = `constat-browser-${pid}-`;
  for (let look = 0; ; look += 1) {
    const processes = readdirSync('/proc').filter((entry) => isOf(entry, profile));
    if (processes.length === 0) break;
    if (look === 100) return `${processes.length} processes of its browser still run`;
    await sleep(100);
  }
  const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith(profile));
  for (let look = 0; look < 30 && folders().length > 0; look += 1) await sleep(100);
  return folders().length === 0 ? null : `${folders().join(', ')} is left`;
}

function isOf(entry: string, profile: string): boolean {
  try {
    return /^\d+$/.test(entry) && readFileSync(`/proc/${entry}/cmdline`, 'latin1').includes(profile);
  } catch {
    return false;
  }
}

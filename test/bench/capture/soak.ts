import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Bench } from '../../service/capture-harness.ts';
import { serveTimedPages } from './pages.ts';

interface Footprint {
  captures: number;
  /** Megabytes. */
  resident: number;
  heap: number;
  files: number;
  /** Processes this one started, and theirs. */
  children: number;
  temporary: number;
}

const EVERY = 20;
/** Growth per capture, after the first fifth, that no longer counts as noise (megabytes). */
const LEAK = 0.15;

/** Captures many times in a row and prints what is left behind; false where anything grows. */
export async function soak(count: number): Promise<boolean> {
  const { pages, forget, close } = await serveTimedPages();
  // A folder of its own, so that what others leave is not counted.
  const temporary = mkdtempSync(join(tmpdir(), 'soak-'));
  process.env['TMPDIR'] = temporary;
  const bench = new Bench();
  const points: Footprint[] = [];
  console.log('captures  resident MB  heap MB  files  processes  temporary');
  try {
    const chosen = pages.filter(({ name }) => name === 'simple' || name === 'article');
    for (let done = 0; done <= count; done += 1) {
      forget();
      if (done % EVERY === 0) points.push(await footprint(done));
      const page = chosen[done % chosen.length];
      if (!page || done === count) continue;
      const job = await bench.run(page.url, { scrollTimeout: 3000 });
      if (job.captureId === null) throw new Error(`capture ${done}: ${job.problem?.message ?? job.state}`);
    }
  } finally {
    await bench.close();
    await close();
    rmSync(temporary, { recursive: true, force: true });
  }
  const first = points[Math.min(points.length - 1, Math.max(1, Math.ceil(points.length / 5)))];
  const last = points.at(-1);
  if (!first || !last) return false;
  const captures = Math.max(1, last.captures - first.captures);
  const growth = (last.heap - first.heap) / captures;
  const faults = [
    growth > LEAK ? `the heap grew by ${growth.toFixed(2)} MB a capture` : '',
    last.files > first.files + 2 ? `${last.files - first.files} open files more` : '',
    last.children > 0 ? `${last.children} processes left` : '',
    last.temporary > first.temporary ? `${last.temporary - first.temporary} temporary files more` : '',
  ].filter(Boolean);
  console.log(faults.length === 0 ? 'nothing is left behind' : faults.join('; '));
  return faults.length === 0;
}

async function footprint(captures: number): Promise<Footprint> {
  // What ends by itself (thumbnails, a browser's last process) is given a moment.
  await sleep(1500);
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const point: Footprint = {
    captures,
    resident: rss / 1e6,
    heap: (heapUsed + external) / 1e6,
    files: readdirSync('/proc/self/fd').length,
    children: descendants(process.pid).length,
    temporary: readdirSync(tmpdir()).length,
  };
  const columns = [
    point.captures,
    Math.round(point.resident),
    Math.round(point.heap),
    point.files,
    point.children,
    point.temporary,
  ];
  console.log(columns.map((value, at) => String(value).padStart([8, 11, 7, 5, 9, 9][at] ?? 9)).join('  '));
  return point;
}

function descendants(of: number): number[] {
  const parents = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = parentOf(entry);
    if (parent !== null) parents.set(parent, [...(parents.get(parent) ?? []), Number(entry)]);
  }
  const found: number[] = [];
  for (const pending = [of]; pending.length > 0;) {
    const children = parents.get(pending.pop() ?? 0) ?? [];
    found.push(...children);
    pending.push(...children);
  }
  return found;
}

function parentOf(pid: string): number | null {
  try {
    const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ');
    return Number(after.split(' ')[1]);
  } catch {
    return null;
  }
}

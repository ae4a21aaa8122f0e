import { chromium } from 'playwright-core';
import { findBrowser } from '../../../src/main/capture/find-browser.ts';
import type { CaptureOptions } from '../../../src/shared/domain/capture-options.ts';
import type { StepOutcome } from '../../../src/shared/domain/provenance.ts';
import { Bench } from '../../service/capture-harness.ts';
import { serveTimedPages, type TimedPage } from './pages.ts';

const BARE = 1.35;
const SCOOP = 0.6;
/** A page that never stops loading is given this long by the bare run (milliseconds): what Constat waits for by itself. */
const LOAD = 30_000;

interface Run {
  milliseconds: number;
  steps: StepOutcome[];
}

/** Only what a bare run makes too: load, screenshots, PDF. */
const alike: Partial<CaptureOptions> = {
  pdf: true,
  scrollTimeout: 0,
  expand: false,
  play: false,
  otherSizes: false,
  mhtml: false,
  accessibility: false,
  videoTool: false,
};

/**
 * Times the same pages through a bare browser and through Constat, in turn, and prints medians and ratios. Constat's time is from the
 * request to the sealed, signed item; the bare one is from the start of the browser to its end. False where a bar is missed.
 */
export async function speed(
  rounds: number,
  witness: CaptureOptions['witness'],
  names: string[],
  steps: boolean,
): Promise<boolean> {
  const { pages, close } = await serveTimedPages();
  const bench = new Bench();
  let good = true;
  console.log('page             bare    alike   ratio   default  of Scoop’s (median ms; bars 1.35 and 0.6)');
  try {
    for (const page of pages.filter(({ name }) => names.length === 0 || names.includes(name))) {
      const bare: number[] = [];
      const same: Run[] = [];
      const full: Run[] = [];
      for (let round = 0; round < rounds; round += 1) {
        bare.push(await bareRun(page));
        same.push(await constat(bench, page, { ...alike, witness }));
        full.push(await constat(bench, page, { pdf: true, witness }));
      }
      const time = (runs: Run[]): number => median(runs.map(({ milliseconds }) => milliseconds));
      const ratio = time(same) / median(bare);
      const scoop = time(full) / page.scoop;
      good &&= ratio <= BARE && scoop <= SCOOP;
      const columns = [median(bare), time(same)]
        .map((value) => String(Math.round(value)).padStart(6))
        .join('  ');
      console.log(
        `${page.name.padEnd(14)} ${columns}  ${ratio.toFixed(2).padStart(6)}  ${String(Math.round(time(full))).padStart(8)}  ${scoop.toFixed(2).padStart(6)}`,
      );
      if (steps) for (const runs of [same, full]) console.log(`    ${stepLine(runs)}`);
    }
  } finally {
    await bench.close();
    await close();
  }
  return good;
}

async function bareRun({ url }: TimedPage): Promise<number> {
  const { path } = await findBrowser();
  const start = performance.now();
  const browser = await chromium.launch({
    executablePath: path,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(url, { waitUntil: 'load', timeout: LOAD });
    await page.screenshot({ fullPage: true });
    await page.pdf();
  } finally {
    await browser.close();
  }
  return performance.now() - start;
}

async function constat(bench: Bench, { url }: TimedPage, some: Partial<CaptureOptions>): Promise<Run> {
  const start = performance.now();
  const job = await bench.run(url, some);
  const milliseconds = performance.now() - start;
  const { provenance } = await bench.service.get(job.captureId ?? '');
  const recorded: StepOutcome = {
    name: 'load',
    outcome: 'done',
    startedAt: provenance.time.start,
    durationMs: provenance.time.durationMs,
    note: 'all',
  };
  return { milliseconds, steps: [...provenance.stepOutcomes, recorded] };
}

/** Where the time went: each step, what of the recording is in none, and what comes after it (index, hashes, seal, the browser's end). */
function stepLine(runs: Run[]): string {
  const names = [
    ...new Set(
      runs.flatMap(({ steps }) => steps.filter(({ note }) => note !== 'all').map(({ name }) => name)),
    ),
  ];
  const of = (run: Run, name: string): number =>
    run.steps
      .filter((step) => step.name === name && step.note !== 'all')
      .reduce((sum, { durationMs }) => sum + durationMs, 0);
  const recorded = (run: Run): number => run.steps.find(({ note }) => note === 'all')?.durationMs ?? 0;
  const inSteps = (run: Run): number => names.reduce((sum, name) => sum + of(run, name), 0);
  return [
    ...names.map((name) => `${name} ${Math.round(median(runs.map((run) => of(run, name))))}`),
    `before the steps ${Math.round(median(runs.map((run) => recorded(run) - inSteps(run))))}`,
    `after them ${Math.round(median(runs.map((run) => run.milliseconds - recorded(run))))}`,
  ].join(', ');
}

function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return sorted.length % 2 === 1 ? middle : (middle + (sorted[sorted.length / 2 - 1] ?? middle)) / 2;
}

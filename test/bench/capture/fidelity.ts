import type { CaptureOptions } from '../../../src/shared/domain/capture-options.ts';
import {
  hardCases,
  startHardSite,
  type HardSite,
  type SocketMessage,
} from '../../fixtures/hard-site/site.ts';
import type { HardCase } from '../../fixtures/hard-site/case.ts';
import { compare, invented, type Judged } from '../../fixtures/hard-site/compare.ts';
import { readKept } from '../../fixtures/hard-site/kept.ts';
import { Bench } from '../../service/capture-harness.ts';

interface CaseResult {
  name: string;
  witness: string;
  state: string;
  judged: Judged[];
  /** Things that are wrong and belong to no single answer. */
  faults: string[];
  milliseconds: number;
  /** What the capture says of itself. */
  account: string[];
}

/** What is printed besides the counts: answers that are not whole and said so, and the account of the capture. */
export interface Shown {
  told: boolean;
  account: boolean;
}

/** Captures each case, compares, prints a line per case and what is missing; false where a byte is missing and nothing says so. */
export async function fidelity(
  names: string[],
  witness: CaptureOptions['witness'],
  show: Shown,
): Promise<boolean> {
  const chosen =
    names.length === 0
      ? hardCases
      : hardCases.filter(({ name }) => names.some((wanted) => name.startsWith(wanted)));
  const results: CaseResult[] = [];
  for (const one of chosen) {
    const result = await runCase(one, witness);
    results.push(result);
    print(result, show);
  }
  const sum = (verdict: Judged['verdict']): number =>
    results.flatMap(({ judged }) => judged).filter((one) => one.verdict === verdict).length;
  const faults = results.flatMap((one) => one.faults).length;
  console.log(
    `\n${results.length} cases: ${sum('kept')} answers kept whole, ${sum('told')} not whole and said so, ${sum('missing')} missing without a word, ${sum('late')} after the end, ${faults} other faults`,
  );
  return sum('missing') === 0 && faults === 0;
}

async function runCase(one: HardCase, witness: CaptureOptions['witness']): Promise<CaseResult> {
  const site = await startHardSite();
  const bench = new Bench();
  const start = performance.now();
  try {
    const { capture, provenance } = await bench.capture(site.url(one), {
      allowBadCertificates: true,
      witness,
      ...one.options,
    });
    const { answers, messages } = await readKept(bench.service.wacz(capture.id));
    const faults = [
      ...invented([...site.log, ...site.handshakes], answers, provenance).map((what) => `made up: ${what}`),
      ...unasked(one, site),
      ...lostMessages(site.messages, messages),
    ];
    return {
      name: one.name,
      witness: provenance.witness.kind,
      state: capture.state,
      judged: compare(site.log, answers, provenance),
      faults,
      milliseconds: performance.now() - start,
      account: [
        ...provenance.stepOutcomes.map(
          (step) => `${step.name} ${step.outcome} ${step.durationMs} ms ${step.note ?? ''}`,
        ),
        ...provenance.verdict.remarks,
        ...(provenance.witness.comparison?.differences ?? []).map(
          (one) => `${one.what} ${one.method} ${one.url}: ${one.words}`,
        ),
      ],
    };
  } catch (error) {
    return {
      name: one.name,
      witness,
      state: 'FAILED',
      judged: [],
      faults: [String(error)],
      milliseconds: 0,
      account: [],
    };
  } finally {
    await bench.close();
    await site.close();
  }
}

function unasked(one: HardCase, { log }: HardSite): string[] {
  const seen = new Set(
    log.map(({ url }) => {
      const { pathname, search } = new URL(url);
      return pathname.replace(`/${one.name}/`, '') + search;
    }),
  );
  const paths = new Set([...seen].map((path) => path.replace(/\?.*$/, '')));
  return (one.asks ?? [])
    .filter((path) => !seen.has(path) && !paths.has(path))
    .map((path) => `never asked for: ${path}`);
}

function lostMessages(messages: SocketMessage[], kept: string[]): string[] {
  const left = [...kept];
  return messages.flatMap(({ url, direction, data }) => {
    const at = left.indexOf(`${direction} ${url} ${data}`);
    if (at >= 0) left.splice(at, 1);
    return at >= 0 ? [] : [`WebSocket message ${direction} at ${url}: ${data.slice(0, 40)}`];
  });
}

function print(
  { name, witness, state, judged, faults, milliseconds, account }: CaseResult,
  show: Shown,
): void {
  const counted = judged.filter(({ verdict }) => verdict !== 'late');
  const kept = counted.filter(({ verdict }) => verdict === 'kept').length;
  const told = counted.filter(({ verdict }) => verdict === 'told').length;
  const bytes = (which: 'served' | 'kept'): number => counted.reduce((sum, one) => sum + one.bytes[which], 0);
  const bad = counted.length - kept - told > 0 || faults.length > 0;
  console.log(
    `${bad ? 'MISSING' : 'ok     '} ${name.padEnd(20)} ${witness.padEnd(7)} ${state.padEnd(8)} ${`${kept}/${counted.length}`.padStart(9)} answers ${String(bytes('kept')).padStart(9)}/${bytes('served')} bytes${told > 0 ? `, ${told} told` : ''} (${Math.round(milliseconds)} ms)`,
  );
  for (const { served, verdict, lacks } of judged) {
    if (verdict === 'missing' || (show.told && verdict === 'told'))
      console.log(
        `          ${verdict} ${served.method} ${served.url.slice(0, 120)} ${served.status}: ${lacks.join('; ')}`,
      );
  }
  if (show.account) for (const line of account) console.log(`          ${line.slice(0, 300)}`);
  for (const fault of faults) console.log(`          ${fault.slice(0, 300)}`);
}

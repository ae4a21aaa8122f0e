import type { CaptureOptions } from '../../../src/shared/domain/capture-options.ts';
import type { SocketMessage } from '../../fixtures/hard-site/site.ts';
import { compare, invented, type Judged } from '../../fixtures/hard-site/compare.ts';
import { readKept } from '../../fixtures/hard-site/kept.ts';
import type { Served } from '../../fixtures/hard-site/served.ts';
import { Bench } from '../../service/capture-harness.ts';

export interface CaseResult {
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

/** What a site that takes down what it serves lets be compared. */
export interface Source {
  log: readonly Served[];
  handshakes: { method: string; url: string }[];
  messages: SocketMessage[];
  /** What was not asked for though it should have been. */
  unasked: () => string[];
}

/** Captures one page in a case of its own and compares what was kept with what the site says it served. */
export async function judgeCapture(
  name: string,
  url: string,
  source: Source,
  options: Partial<CaptureOptions>,
): Promise<CaseResult> {
  const bench = new Bench();
  const start = performance.now();
  try {
    const { capture, provenance } = await bench.capture(url, { allowBadCertificates: true, ...options });
    const { answers, messages } = await readKept(bench.service.wacz(capture.id));
    const faults = [
      ...invented([...source.log, ...source.handshakes], answers, provenance).map(
        (what) => `made up: ${what}`,
      ),
      ...source.unasked(),
      ...lostMessages(source.messages, messages),
    ];
    return {
      name,
      witness: provenance.witness.kind,
      state: capture.state,
      judged: compare(source.log, answers, provenance),
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
      name,
      witness: options.witness ?? 'auto',
      state: 'FAILED',
      judged: [],
      faults: [String(error)],
      milliseconds: 0,
      account: [],
    };
  } finally {
    await bench.close();
  }
}

function lostMessages(messages: SocketMessage[], kept: string[]): string[] {
  const left = [...kept];
  return messages.flatMap(({ url, direction, data }) => {
    const at = left.indexOf(`${direction} ${url} ${data}`);
    if (at >= 0) left.splice(at, 1);
    return at >= 0 ? [] : [`WebSocket message ${direction} at ${url}: ${data.slice(0, 40)}`];
  });
}

export function print(
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

/** The last line; false where anything is missing. */
export function summary(results: readonly CaseResult[]): boolean {
  const sum = (verdict: Judged['verdict']): number =>
    results.flatMap(({ judged }) => judged).filter((one) => one.verdict === verdict).length;
  const faults = results.flatMap((one) => one.faults).length;
  console.log(
    `\n${results.length} cases: ${sum('kept')} answers kept whole, ${sum('told')} not whole and said so, ${sum('missing')} missing without a word, ${sum('late')} after the end, ${faults} other faults`,
  );
  return sum('missing') === 0 && faults === 0;
}

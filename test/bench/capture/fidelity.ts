import type { CaptureOptions } from '../../../src/shared/domain/capture-options.ts';
import { openWacz } from '../../../src/main/archive/wacz/reader.ts';
import {
  hardCases,
  startHardSite,
  type HardSite,
  type SocketMessage,
} from '../../fixtures/hard-site/site.ts';
import type { HardCase } from '../../fixtures/hard-site/case.ts';
import { compare, invented, type Judged } from '../../fixtures/hard-site/compare.ts';
import { Bench } from '../../service/capture-harness.ts';

interface CaseResult {
  name: string;
  witness: string;
  state: string;
  judged: Judged[];
  /** Things that are wrong and belong to no single answer. */
  faults: string[];
  milliseconds: number;
}

/** Captures each case, compares, prints a line per case and what is missing; false where a byte is missing and nothing says so. */
export async function fidelity(
  names: string[],
  witness: CaptureOptions['witness'],
  verbose: boolean,
): Promise<boolean> {
  const chosen =
    names.length === 0
      ? hardCases
      : hardCases.filter(({ name }) => names.some((wanted) => name.startsWith(wanted)));
  const results: CaseResult[] = [];
  for (const one of chosen) {
    const result = await runCase(one, witness);
    results.push(result);
    print(result, verbose);
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
    const { capture, provenance, answers } = await bench.capture(site.url(one), {
      allowBadCertificates: true,
      witness,
      ...one.options,
    });
    const faults = [
      ...invented(site.log, answers, provenance).map((what) => `made up: ${what}`),
      ...unasked(one, site),
      ...(await lostMessages(bench, capture.id, site.messages)),
    ];
    return {
      name: one.name,
      witness: provenance.witness.kind,
      state: capture.state,
      judged: compare(site.log, answers, provenance),
      faults,
      milliseconds: performance.now() - start,
    };
  } catch (error) {
    return { name: one.name, witness, state: 'FAILED', judged: [], faults: [String(error)], milliseconds: 0 };
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

async function lostMessages(bench: Bench, id: string, messages: SocketMessage[]): Promise<string[]> {
  if (messages.length === 0) return [];
  const reader = await openWacz(bench.service.wacz(id));
  const left: string[] = [];
  for await (const record of reader.records()) {
    if (!record.uri.startsWith('urn:websocket:')) continue;
    const pieces: Uint8Array[] = [];
    for await (const piece of record.block()) pieces.push(piece);
    for (const line of Buffer.concat(pieces).toString('utf8').split('\n').filter(Boolean)) {
      const { direction, data } = JSON.parse(line) as { direction: string; data: string };
      left.push(`${direction} ${record.uri.slice('urn:websocket:'.length)} ${data}`);
    }
  }
  return messages.flatMap(({ url, direction, data }) => {
    const at = left.indexOf(`${direction} ${url} ${data}`);
    if (at >= 0) left.splice(at, 1);
    return at >= 0 ? [] : [`WebSocket message ${direction} at ${url}: ${data.slice(0, 40)}`];
  });
}

function print({ name, witness, state, judged, faults, milliseconds }: CaseResult, verbose: boolean): void {
  const counted = judged.filter(({ verdict }) => verdict !== 'late');
  const kept = counted.filter(({ verdict }) => verdict === 'kept').length;
  const told = counted.filter(({ verdict }) => verdict === 'told').length;
  const bytes = (which: 'served' | 'kept'): number => counted.reduce((sum, one) => sum + one.bytes[which], 0);
  const bad = counted.length - kept - told > 0 || faults.length > 0;
  console.log(
    `${bad ? 'MISSING' : 'ok     '} ${name.padEnd(20)} ${witness.padEnd(7)} ${state.padEnd(8)} ${`${kept}/${counted.length}`.padStart(9)} answers ${String(bytes('kept')).padStart(9)}/${bytes('served')} bytes${told > 0 ? `, ${told} told` : ''} (${Math.round(milliseconds)} ms)`,
  );
  for (const { served, verdict, lacks } of judged) {
    if (verdict === 'missing' || (verbose && verdict === 'told'))
      console.log(
        `          ${verdict} ${served.method} ${served.url.slice(0, 120)} ${served.status}: ${lacks.join('; ')}`,
      );
  }
  for (const fault of faults) console.log(`          ${fault.slice(0, 300)}`);
}

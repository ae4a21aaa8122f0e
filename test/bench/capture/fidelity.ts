import type { CaptureOptions } from '../../../src/shared/domain/capture-options.ts';
import { hardCases, startHardSite, type HardSite } from '../../fixtures/hard-site/site.ts';
import type { HardCase } from '../../fixtures/hard-site/case.ts';
import { judgeCapture, print, summary, type CaseResult, type Shown } from './judge.ts';

/** Captures each case, compares, prints a line per case and what is missing; false where a byte is missing and nothing says so. */
export async function fidelity(
  names: string[],
  witness: CaptureOptions['witness'],
  show: Shown,
): Promise<boolean> {
  const chosen = hardCases.filter(
    ({ name }) => names.length === 0 || names.some((wanted) => name.startsWith(wanted)),
  );
  const results: CaseResult[] = [];
  for (const one of chosen) {
    const site = await startHardSite();
    const source = { ...site, unasked: () => unasked(one, site) };
    const result = await judgeCapture(one.name, site.url(one), source, { witness, ...one.options });
    await site.close();
    results.push(result);
    print(result, show);
  }
  return summary(results);
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

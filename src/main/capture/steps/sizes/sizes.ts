import type { PageFrame } from '../../page-frame.ts';
import { done, seconds, type StepContext, type StepResult } from '../step.ts';
import { fetchAll, survey, surveySchema } from './in-page-sizes.ts';
import { conditionalCss, cssUrls, srcsetUrls } from './variants.ts';

/** Pictures asked for beyond what the page itself asked for, and bytes of them together. */
const MANY = 400;
const BYTES = 100_000_000;
/** Style sheets of other origins that are looked into. */
const SHEETS = 60;
/** Asked for at once. */
const BATCH = 12;

export interface Wanted {
  url: string;
  crossOrigin: string | null;
  referrerPolicy: string;
}

/**
 * Asks, as the page itself would, for the pictures a window of another size or density would ask for: every variant of `srcset`,
 * `picture`, `imagesrcset` and `image-set()`, backgrounds of other media queries, and what lazy loaders hold back. Limited in number,
 * bytes and time (`budget`, milliseconds), and says so.
 */
export async function sizes(context: StepContext, signal: AbortSignal, budget: number): Promise<StepResult> {
  const { page, options, witness } = context;
  if (!options.otherSizes) return { outcome: 'skipped', note: 'Not asked for.' };
  const start = performance.now();
  const bytes = witness.traffic.bytes;
  const known = new Set<string>();
  let asked = 0;
  let limit = '';
  for (const frame of await page.documents()) {
    const wanted = (await wantedBy(context, frame)).filter(({ url }) => !known.has(url) && known.add(url));
    for (let at = 0; at < wanted.length; at += BATCH) {
      if (asked >= MANY) limit = `${MANY} pictures`;
      else if (witness.traffic.bytes - bytes > BYTES) limit = `${BYTES / 1_000_000} MB`;
      else if (signal.aborted || performance.now() - start > budget) limit = seconds(budget);
      if (limit !== '') break;
      const batch = wanted.slice(at, at + Math.min(BATCH, MANY - asked));
      asked += batch.length;
      await frame.evaluate(fetchAll(batch)).catch((error: unknown) => {
        if (page.isGone) throw error;
      });
    }
  }
  if (asked === 0) return done;
  const note = `${asked} ${asked === 1 ? 'picture was' : 'pictures were'} asked for that windows of other sizes would show.`;
  context.events.note('sizes', note);
  return limit === ''
    ? { outcome: 'done', note }
    : { outcome: 'partial', note: `${note} There were more than the ${limit} allowed.` };
}

async function wantedBy(context: StepContext, frame: PageFrame): Promise<Wanted[]> {
  const found = await frame.evaluate(survey).then(
    (value) => surveySchema.parse(value),
    () => null,
  );
  if (!found) return [];
  const loaded = new Set(found.loaded);
  const wanted = new Map<string, Wanted>();
  const add = (address: string, base: string, crossOrigin: string | null, referrerPolicy: string): void => {
    const url = URL.parse(address.trim(), base);
    if (!url || !/^https?:$/.test(url.protocol)) return;
    url.hash = '';
    if (!loaded.has(url.href) && !wanted.has(url.href))
      wanted.set(url.href, { url: url.href, crossOrigin, referrerPolicy });
  };
  for (const { kind, value, base, crossOrigin, referrerPolicy } of found.sources) {
    const urls = kind === 'srcset' ? srcsetUrls(value) : kind === 'css' ? cssUrls(value) : [value];
    for (const url of urls) add(url, base, crossOrigin, referrerPolicy);
  }
  if (found.closedSheets && frame.isMain)
    for (const { css, base } of await foreignSheets(context))
      for (const url of cssUrls(conditionalCss(css))) add(url, base, null, '');
  return [...wanted.values()];
}

/**
 * Style sheets of other origins, which no script may read: as they were received. (Not through the protocol's CSS domain, which asks the
 * servers for all of them a second time, unseen by any recorder.)
 */
async function foreignSheets({ page }: StepContext): Promise<{ css: string; base: string }[]> {
  const own = URL.parse(page.url ?? '')?.origin;
  const sheets: { css: string; base: string }[] = [];
  for (const [url, requestId] of [...page.styleSheets].slice(0, SHEETS)) {
    if (URL.parse(url)?.origin === own) continue;
    try {
      const { body, base64Encoded } = await page.send('Network.getResponseBody', { requestId });
      sheets.push({ css: base64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body, base: url });
    } catch (error) {
      // The browser holds back no more than it was told to.
      if (page.isGone) throw error;
    }
  }
  return sheets;
}

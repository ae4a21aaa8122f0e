import { z } from 'zod';
import type { PageFrame } from '../../page-frame.ts';
import { leaveMouse, press } from '../press/press.ts';
import { keepPicture } from '../screenshot.ts';
import { pause, type StepContext, type StepResult } from '../step.ts';
import { bannerRules, type BannerRule } from './banners.ts';
import { answers, speaksOfConsent } from './consent-words.ts';
import {
  findKnown,
  findLater,
  findUnknown,
  knownSchema,
  laterSchema,
  stillThere,
  unknownSchema,
} from './in-page-consent.ts';

/** How long (milliseconds) a banner may take to appear after the page has calmed down, and to go once it is answered. */
const APPEAR = 2500;
const GO = 4000;
const LOOK_EVERY = 150;

interface Banner {
  frame: PageFrame;
  rule: BannerRule | null;
  /** The words of the rule, for the account. */
  name: string;
  button: { id: number; label: string } | null;
  next: readonly string[];
}

/**
 * Answers a consent banner as the person chose: the picture before it (`urn:beforeConsent:URL`), the press among the events, and what it
 * sets off waited for. Where the wished answer has no button nothing is pressed: never the other one instead.
 */
export async function consent(context: StepContext, signal: AbortSignal): Promise<StepResult> {
  const { page, witness, events, options } = context;
  const wish = options.consent;
  if (wish === 'leave') return { outcome: 'skipped', note: 'Not asked for.' };
  const banner = await waitForBanner(context, wish, signal);
  if (!banner) {
    events.note('consent', 'No consent banner was found.');
    return { outcome: 'done', note: 'No consent banner was found.' };
  }
  const shot = await page.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
  await keepPicture(context, 'beforeConsent', Buffer.from(shot.data, 'base64'));
  if (!banner.button) {
    const words = `A consent banner (${banner.name}) stands on the page; no button to ${wish} was found, and nothing was pressed.`;
    events.note('consent', words);
    return { outcome: 'partial', note: words };
  }
  const { gone, pressed } = await answer(context, banner, banner.button, wish, signal);
  await leaveMouse(context);
  await witness.traffic.calm(200, GO, signal);
  const note = `The consent banner (${banner.name}) was answered: ${pressed.map((label) => `“${label}”`).join(', ')}.`;
  return gone ? { outcome: 'done', note } : { outcome: 'partial', note: `${note} It did not go away.` };
}

async function answer(
  context: StepContext,
  { frame, rule, name, next }: Banner,
  button: { id: number; label: string },
  wish: 'refuse' | 'accept',
  signal: AbortSignal,
): Promise<{ gone: boolean; pressed: string[] }> {
  const { page, witness } = context;
  const pressed: string[] = [];
  const loads = page.loads;
  let last = button;
  for (const selector of [null, ...next]) {
    const found =
      selector === null
        ? button
        : await poll(GO, signal, async () => laterSchema.parse(await frame.evaluate(findLater(selector))));
    if (!found) break;
    last = found;
    const sentence = `Pressed “${found.label}” on the consent banner to ${wish} (rule ${name}).`;
    const { reached } = await press(context, frame, found.id, { kind: 'consent', sentence }, signal, true);
    if (reached) pressed.push(found.label);
  }
  if (rule?.wholePage === true) {
    await Promise.race([page.orGone(page.loaded(loads)), pause(GO, signal)]);
    await witness.traffic.calm(200, GO, signal);
  }
  const expression = stillThere(last.id, rule?.banner ?? null);
  // A frame or a document that is gone took its banner with it.
  const gone = await poll(GO, signal, async () => {
    const still = await frame.evaluate(expression).catch(() => false);
    return z.boolean().parse(still) ? null : true;
  });
  return { gone: gone === true && pressed.length > 0, pressed };
}

async function waitForBanner(
  context: StepContext,
  wish: 'refuse' | 'accept',
  signal: AbortSignal,
): Promise<Banner | null> {
  let without: Banner | null = null;
  const found = await poll(APPEAR, signal, async () => {
    for (const frame of await context.page.documents()) {
      const banner = await look(frame, wish).catch(() => null);
      if (banner?.button) return banner;
      without ??= banner;
    }
    return null;
  });
  return found ?? without;
}

async function look(frame: PageFrame, wish: 'refuse' | 'accept'): Promise<Banner | null> {
  const rules = bannerRules.filter(({ host }) => host?.test(frame.url) ?? true);
  const known = knownSchema.parse(await frame.evaluate(findKnown(rules, wish)));
  if (known?.button) {
    const rule = rules.find(({ id }) => id === known.rule) ?? null;
    return { frame, rule, name: known.rule, button: known.button, next: known.next };
  }
  for (const { text, buttons } of unknownSchema.parse(await frame.evaluate(findUnknown))) {
    if (!speaksOfConsent(text)) continue;
    const button = buttons.find(({ label }) => answers(wish, label));
    if (button) return { frame, rule: null, name: known?.rule ?? 'by its words', button, next: [] };
    // Something that speaks of cookies and has the other answer is a banner, be it without the wished one.
    if (buttons.some(({ label }) => answers(wish === 'refuse' ? 'accept' : 'refuse', label)))
      return { frame, rule: null, name: known?.rule ?? 'by its words', button: null, next: [] };
  }
  return known ? { frame, rule: null, name: known.rule, button: null, next: [] } : null;
}

/** Looks again and again until something is found or the time (milliseconds) is over. */
async function poll<T>(
  budget: number,
  signal: AbortSignal,
  take: () => Promise<T | null>,
): Promise<T | null> {
  const until = performance.now() + budget;
  for (;;) {
    const found = await take();
    if (found !== null || signal.aborted || performance.now() > until) return found;
    await pause(LOOK_EVERY, signal);
  }
}

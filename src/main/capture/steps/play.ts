import { z } from 'zod';
import type { PageFrame } from '../page-frame.ts';
import { inPage } from './in-page.ts';
import { anyOf, normalLabel } from './press/label.ts';
import { isForbidden } from './press/never-press.ts';
import { leaveMouse, press } from './press/press.ts';
import { done, pause, seconds, type StepContext, type StepResult } from './step.ts';

/** Media and embeds of one page beyond this number are left alone. */
const MANY = 30;
const EMBEDS = 8;
/** How long (milliseconds) one is given to receive its first bytes. */
const FIRST = 4000;

/** What a button says that starts a recording, by language: sources of patterns over the whole normal label. */
export const playWords = {
  en: [
    'play(?: .{1,60})?',
    'watch(?: video| now)?',
    'listen(?: now)?',
    '(?:start|resume) (?:video|playback)',
  ],
  fr: [
    'lire(?: la (?:vidéo|lecture).*)?',
    'lecture',
    'lancer (?:la|le) .{1,30}',
    'regarder(?: la vidéo)?',
    'écouter(?: .{1,30})?',
    'voir la vidéo',
  ],
  de: [
    'abspielen',
    '(?:video|wiedergabe)(?: .{1,20})?(?: starten| abspielen| ansehen)',
    'wiedergabe',
    'anhören',
  ],
  es: ['reproducir(?: .{1,40})?', 'ver (?:el )?vídeo', 'ver (?:el )?video', 'escuchar'],
  it: ['riproduci(?: .{1,40})?', 'guarda(?: il video)?', 'ascolta'],
  pt: ['reproduzir(?: .{1,40})?', 'assistir(?: .{1,30})?', 'ouvir', 'tocar'],
  nl: ['afspelen', 'video (?:afspelen|bekijken)', 'luisteren'],
  ru: ['воспроизвести(?: .{1,40})?', 'смотреть(?: видео)?', 'слушать'],
  ar: ['تشغيل(?: .{1,40})?', 'شاهد(?: الفيديو)?', 'استمع'],
  ja: ['再生(?:する)?', '動画を(?:見る|再生)'],
  zh: ['播放(?:视频|影片)?', '观看(?:视频)?'],
} as const satisfies { [language: string]: readonly string[] };
const pattern = anyOf(Object.values(playWords).flat(), true);

/** Whether a button with this label starts a recording on the page. */
export function isPlay(label: string): boolean {
  return pattern.test(normalLabel(label));
}

const mediaSchema = z.array(z.object({ id: z.int(), label: z.string() }));

/** Media that have not loaded anything a player could show. */
const idle = `(() => { ${inPage}
  const list = globalThis.media ??= [];
  return deepAll('video, audio').filter((element) => (element.currentSrc || element.src || element.querySelector('source')) &&
      !element.error && element.readyState < 2 && !list.includes(element)).slice(0, ${MANY}).map((element) => {
    const id = list.push(element) - 1;
    return { id, label: element.localName };
  });
})()`;

/** Plays one without sound until its first pictures or tones are there, then puts it back to where it was. */
const playOne = (id: number): string => `new Promise((resolve) => {
  const element = globalThis.media[${id}];
  const { muted, currentTime, preload } = element;
  const poster = element.poster !== '' && currentTime === 0 && preload === 'none' && !/^blob:/.test(element.currentSrc);
  let over = false;
  const end = (words) => {
    if (over) return; over = true;
    element.pause(); element.muted = muted;
    if (element.currentTime !== currentTime) element.currentTime = currentTime;
    // A poster is shown again only by an element that begins anew; with preload=none that asks for nothing.
    if (poster) element.load();
    resolve(words);
  };
  element.addEventListener('canplay', () => end('loaded'), { once: true });
  element.addEventListener('error', () => end('failed'), { once: true });
  setTimeout(() => end(element.readyState >= 2 ? 'loaded' : 'late'), ${FIRST});
  element.muted = true;
  element.play().then(() => { if (element.readyState >= 3) end('loaded'); }, () => { if (element.error) end('failed'); else setTimeout(() => end(element.readyState >= 2 ? 'loaded' : 'refused'), 300); });
})`;

/** Play buttons: of embeds that load their player only when pressed, and of players that have no recording yet. */
const buttons = `(() => { ${inPage}
  const list = globalThis.pressables ??= [];
  const known = globalThis.playersPressed ??= new WeakSet();
  const inert = (element) => { const link = element.closest('a[href]'); return !link || /^(#|javascript:)/i.test(link.getAttribute('href').trim()); };
  const found = [];
  const add = (element, label) => {
    if (known.has(element) || !visible(element) || !inert(element)) return;
    known.add(element);
    found.push({ id: list.push(element) - 1, label: label.trim().slice(0, 80) });
  };
  for (const element of deepAll('lite-youtube, lite-vimeo, lite-tiktok, youtube-lite, amp-youtube')) add(element, element.getAttribute('playlabel') || element.localName);
  for (const element of deepAll('button, [role=button], [class*="play" i]')) {
    const label = element.getAttribute('aria-label') || element.title || element.innerText || '';
    if (label.trim() === '' || element.hasAttribute('aria-haspopup') || (element.form && element.type === 'submit')) continue;
    const box = element.closest('figure, [class*="video" i], [class*="player" i], [class*="audio" i], [class*="embed" i], [data-video], [data-embed], [data-src]');
    if (!box || box.querySelector('video[src], audio[src], video > source, audio > source')) continue;
    if (element.localName !== 'button' && element.getAttribute('role') !== 'button' && getComputedStyle(element).cursor !== 'pointer') continue;
    add(element, label);
  }
  return found.slice(0, 40);
})()`;

/** Quiets everything that plays, where it began, so that the pictures show the page as it stood. */
const quiet = `(() => { ${inPage} for (const element of deepAll('video, audio')) if (!element.paused && !element.autoplay) element.pause(); delete globalThis.media; })()`;

/**
 * Starts audio and video that load only when they are played, without a sound, until their first bytes are there, and presses the play
 * button of embeds that load no player before: `budget` milliseconds at most. Afterwards nothing of it plays.
 */
export async function play(context: StepContext, signal: AbortSignal, budget: number): Promise<StepResult> {
  const { page, witness, options } = context;
  if (!options.play) return { outcome: 'skipped', note: 'Not asked for.' };
  const start = performance.now();
  const left = (): number => budget - (performance.now() - start);
  const documents = await page.documents();
  const pressed = await pressEmbeds(context, documents, signal, left);
  if (pressed > 0) {
    await pause(100, signal);
    await witness.traffic.calm(200, Math.max(0, Math.min(FIRST, left())), signal);
    await leaveMouse(context);
  }
  const account: string[] = [];
  let late = false;
  for (const frame of pressed > 0 ? await page.documents() : documents) {
    const media = await frame.evaluate(idle).then(
      (value) => mediaSchema.parse(value),
      () => [],
    );
    if (media.length > 0 && !frame.isMain) await frame.show();
    for (const { id, label } of media) {
      if (signal.aborted || left() <= 0 || account.length >= MANY) {
        late = true;
        break;
      }
      const ended = await frame.evaluate(playOne(id)).then(String, () => 'failed');
      account.push(ended);
      context.events.note(
        'play',
        `Played ${label === 'audio' ? 'a sound' : 'a film'} of the page, muted: ${endWords[ended] ?? ended}.`,
      );
    }
  }
  if (account.length + pressed === 0 && !late) return done;
  for (const frame of await page.documents()) await frame.evaluate(quiet).catch(() => undefined);
  if (pressed > 0) await page.evaluate('scrollTo({ top: 0, left: 0, behavior: "instant" })');
  const loaded = account.filter((ended) => ended === 'loaded').length;
  const note = `${account.length} ${account.length === 1 ? 'recording was' : 'recordings were'} started, of which ${loaded} began to load; ${pressed} play ${pressed === 1 ? 'button was' : 'buttons were'} pressed.`;
  return late
    ? {
        outcome: 'partial',
        note: `${note} There were more than ${seconds(budget)} or ${MANY} of them allowed.`,
      }
    : { outcome: 'done', note };
}

const endWords: { [ended: string]: string | undefined } = {
  loaded: 'it began to load',
  late: `nothing of it had come after ${seconds(FIRST)}`,
  failed: 'it could not be played',
  refused: 'the browser did not let it play',
};

async function pressEmbeds(
  context: StepContext,
  documents: readonly PageFrame[],
  signal: AbortSignal,
  left: () => number,
): Promise<number> {
  let pressed = 0;
  for (const frame of documents.filter(({ session }) => session === context.page.session)) {
    const found = await frame.evaluate(buttons).then(
      (value) => mediaSchema.parse(value),
      () => [],
    );
    for (const { id, label } of found.filter((one) => /^lite-|-lite$/.test(one.label) || isPlay(one.label))) {
      if (signal.aborted || left() <= 0 || pressed >= EMBEDS) return pressed;
      if (isForbidden(label)) continue;
      const words = { kind: 'press', sentence: `Pressed the play button “${label}”.` };
      const { reached, leftPage } = await press(context, frame, id, words, signal);
      if (reached) pressed += 1;
      if (leftPage) return pressed;
    }
  }
  return pressed;
}

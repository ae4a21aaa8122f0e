import { z } from 'zod';
import type { CaptureOptions } from '../../../shared/domain/capture-options.ts';
import type { Provenance } from '../../../shared/domain/provenance.ts';
import { html, type Html } from '../../../shared/html.ts';
import { facts, section } from './parts.ts';

const sizeSchema = z.object({ width: z.number(), height: z.number() });

/** In words; an option without any is shown by its own name. */
const words: Partial<Record<keyof CaptureOptions, string>> = {
  allowPrivateAddresses: 'Private addresses allowed',
  allowBadCertificates: 'Untrusted certificates allowed',
  witness: 'Way of recording asked for',
  proxy: 'Through a proxy',
  profile: 'Browser profile',
  viewport: 'Size of the page',
  locale: 'Language',
  timeZone: 'Time zone',
  loadTimeout: 'Time to load',
  settleTimeout: 'Time to calm down',
  scrollTimeout: 'Time to scroll',
  sessionTimeout: 'Time for what is done by hand',
  maxScreens: 'Screens of an endless feed',
  consent: 'Consent banners',
  expand: 'Open what is folded',
  play: 'Start audio and video',
  otherSizes: 'Pictures of other sizes',
  videoTool: 'Attach video by yt-dlp',
  maxBytes: 'Most bytes kept',
  pdf: 'PDF',
  mhtml: 'MHTML',
  accessibility: 'Accessibility tree',
};

/** Every option the capture was made with. */
export function everyOption({ options }: Provenance): Html {
  const label = new Map<string, string>(Object.entries(words));
  const rows = Object.entries(options).map(([name, value]): [string, Html] => [
    label.get(name) ?? name,
    html`${inWords(name, value)} <span class="soft small">${name}</span>`,
  ]);
  return section('Every option', 'options', facts(rows));
}

function inWords(name: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (name === 'timeZone' && value === '') return 'that of the computer';
  if (value === null || value === '') return 'none';
  if (typeof value === 'number' && name.endsWith('Timeout')) return `${value / 1000} s`;
  const size = sizeSchema.safeParse(value);
  if (size.success) return `${size.data.width} × ${size.data.height} pixels`;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

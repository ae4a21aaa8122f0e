import type { ResourceAccount } from '../../../shared/domain/provenance.ts';

/** Players of others, by the addresses they are embedded under or pages are shown at. */
const players: readonly [string, RegExp][] = [
  ['YouTube', /^https?:\/\/(www\.|m\.)?(youtube(-nocookie)?\.com\/(watch|embed|shorts|live)|youtu\.be\/)/i],
  ['Vimeo', /^https?:\/\/(player\.)?vimeo\.com\/(video\/)?\d/i],
  ['Dailymotion', /^https?:\/\/(www\.|geo\.)?dailymotion\.com\/(embed|video|player)/i],
  ['TikTok', /^https?:\/\/(www\.)?tiktok\.com\/(embed|@[^/]+\/video)/i],
  ['Facebook', /^https?:\/\/(www\.)?facebook\.com\/(plugins\/video|watch|reel|[^/]+\/videos)/i],
  ['Instagram', /^https?:\/\/(www\.)?instagram\.com\/(reel|tv)\//i],
  ['VK', /^https?:\/\/(www\.|m\.)?vk(video)?\.(com|ru)\/(video|clip)/i],
  ['Rutube', /^https?:\/\/rutube\.ru\/(play\/embed|video)/i],
  ['OK', /^https?:\/\/(www\.)?ok\.ru\/video/i],
  ['Rumble', /^https?:\/\/rumble\.com\/(embed|v)/i],
  ['Odysee', /^https?:\/\/odysee\.com\/(\$\/embed|@)/i],
  ['Twitch', /^https?:\/\/((player|clips)\.)?twitch\.tv\//i],
  ['SoundCloud', /^https?:\/\/(w\.|api\.)?soundcloud\.com\/(player|tracks)/i],
  ['Streamable', /^https?:\/\/streamable\.com\//i],
];

const signs: readonly [string, RegExp][] = [
  ['a video element', /<video[\s>]/i],
  ['an audio element', /<audio[\s>]/i],
  [
    'a description of its video',
    /<meta\s[^>]*(property|name)\s*=\s*["']?(og:video|og:audio|twitter:player)\b/i,
  ],
  ['a description of its video', /"@type"\s*:\s*"(VideoObject|AudioObject)"/i],
];

const media = /^(video|audio)\/|mpegurl|dash\+xml/i;

/** Why a page is taken to have video or audio, in words, or null where nothing speaks for it. */
export function videoOn(
  documents: readonly { url: string; html: string }[],
  accounts: readonly Pick<ResourceAccount, 'url' | 'type' | 'mimeType'>[],
): string | null {
  for (const { url, html } of documents) {
    const player = players.find(([, address]) => address.test(url));
    if (player) return `a player of ${player[0]}`;
    const sign = signs.find(([, pattern]) => pattern.test(html));
    if (sign) return sign[0];
  }
  const loaded = accounts.find(({ type, mimeType }) => type === 'Media' || media.test(mimeType ?? ''));
  return loaded ? 'video or audio that it loaded' : null;
}

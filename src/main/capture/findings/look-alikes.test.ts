import { expect, it } from 'vitest';
import { findPage } from './find-page.ts';

interface Page {
  at: string;
  /** Where the browser ended; `at` unless told otherwise. */
  to?: string;
  status?: number;
  html?: string;
}

const find = ({ at, to, status = 200, html = '' }: Page) =>
  findPage({
    requestedUrl: at,
    finalUrl: to ?? at,
    status,
    headers: [],
    title: /<title>([^<]*)/.exec(html)?.[1] ?? '',
    text: html.replaceAll(/<(script|style|title)[\s\S]*?<\/\1>/g, ' ').replaceAll(/<[^>]*>/g, ' '),
    html,
  });

const post = 'https://x.com/someone/status/1';
const main = (text: string): string => `<main><div>${text}</div></main>`;
const article = `<p>${'The council met again and heard two witnesses. '.repeat(20)}</p>`;

it.each<[string, Page]>([
  [
    'a post that speaks of suspended accounts',
    { at: post, html: '<article>Account suspended! X suspends accounts every day.</article>' },
  ],
  [
    'the same words elsewhere',
    {
      at: 'https://blog.test/a',
      html: main('Account suspended. X suspends accounts which violate the X Rules'),
    },
  ],
  [
    'a login page that was asked for',
    { at: 'https://www.facebook.com/login/', html: '<h2>Log in to Facebook</h2><p>Nothing else</p>' },
  ],
  [
    'a post on a page with a form to log in',
    {
      at: 'https://www.facebook.com/a',
      html: `<div role="article">Log in to Facebook, they said.</div><input type="password">`,
    },
  ],
  [
    'a video called “Private video”',
    {
      at: 'https://www.youtube.com/watch?v=1',
      html: '<div id="player"><video></video></div><h1>Private video</h1><p>Video unavailable? Here is why.</p>',
    },
  ],
  [
    'a channel that quotes a notice',
    {
      at: 'https://t.me/s/a',
      html: '<section class="tgme_channel_history"><div class="tgme_widget_message"><div class="tgme_widget_message_text">This channel can’t be displayed because it violated local laws. Post not found</div></div></section>',
    },
  ],
  [
    'a wall with a post on deleted pages',
    { at: 'https://vk.com/a', html: '<div class="wall_item">Страница удалена либо ещё не создана.</div>' },
  ],
  [
    'an article a subscriber reads as a whole',
    {
      at: 'https://news.test/a',
      html: `<script type="application/ld+json">{"isAccessibleForFree":false}</script>${article}<aside>Article réservé aux abonnés</aside><nav>Déjà abonné ?</nav>`,
    },
  ],
  [
    'an article that quotes a paywall',
    {
      at: 'https://news.test/a',
      html: `<article>${article}<p>“Subscribe to continue reading”, it said.</p></article>`,
    },
  ],
  [
    'a banner for consent beside content',
    {
      at: 'https://news.test/a',
      html: `<div id="onetrust-banner-sdk"><h2>We value your privacy</h2></div><article>${article}</article>`,
    },
  ],
  [
    'a community that discusses bans',
    {
      at: 'https://www.reddit.com/r/a',
      html: "<shreddit-post>This community has been banned, I heard. You've been blocked by network security.</shreddit-post>",
    },
  ],
])('says nothing of %s', (_, page) => {
  expect(find(page)).toEqual([]);
});

it('says how much of an article could be read, where the page says so', () => {
  const [finding] = find({
    at: 'https://www.lemonde.fr/a',
    html: '<p>A start.</p><div class="paywall">Il vous reste 72.63% de cet article à lire.</div>',
  });
  expect(finding?.readable).toBe(
    'The page says: “Il vous reste 72.63% de cet article à lire”. 52 characters of text could be read.',
  );
});

it('says how much stands beneath what covers a page', () => {
  const [finding] = find({
    at: 'https://news.test/a',
    html: `<body class="didomi-popup-open">${article}</body>`,
  });
  expect(finding?.readable).toMatch(/^9\d\d characters/);
});

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
const player = (text: string): string =>
  `<div id="player"><div id="error-screen">${text}</div></div><h1>Videos</h1>`;
const article = `<p>${'The council met again and heard two witnesses. '.repeat(20)}</p>`;

it.each<[string, Page]>([
  // X
  ['x-login-redirect', { at: post, to: 'https://x.com/i/flow/login?redirect_after_login=%2Fsomeone' }],
  [
    'x-suspended',
    { at: post, html: main('Account suspended. X suspends accounts which violate the X Rules') },
  ],
  [
    'x-suspended',
    { at: post, html: main('Compte suspendu. X suspend les comptes qui enfreignent les Règles') },
  ],
  ['x-suspended', { at: post, html: main('Cuenta suspendida') }],
  ['x-suspended', { at: post, html: main('Account gesperrt') }],
  ['x-suspended', { at: post, html: main('Account sospeso') }],
  ['x-suspended', { at: post, html: main('Conta suspensa') }],
  ['x-suspended', { at: post, html: main('Действие учётной записи приостановлено') }],
  ['x-suspended', { at: post, html: main('الحساب موقوف') }],
  ['x-deleted', { at: post, html: main('This Post was deleted by the Post author. Learn more') }],
  [
    'x-withheld',
    { at: post, html: main('@someone has been withheld in France in response to a legal demand') },
  ],
  ['x-protected', { at: 'https://twitter.com/someone', html: main('These posts are protected') }],
  [
    'x-no-such-page',
    { at: post, html: main('Hmm...this page doesn’t exist. Try searching for something else.') },
  ],
  ['x-rate-limit', { at: post, html: main('Sorry, you are rate limited. Rate limit exceeded') }],
  ['x-age', { at: post, html: main('Age-restricted adult content') }],
  ['x-empty', { at: 'https://x.com/someone', html: main('@someone hasn’t posted') }],
  ['x-error', { at: post, html: main('Something went wrong. Try reloading. Retry') }],
  // Facebook, Instagram, Threads
  [
    'facebook-login-redirect',
    { at: 'https://www.facebook.com/groups/1', to: 'https://www.facebook.com/login/?next=x' },
  ],
  [
    'facebook-login-page',
    {
      at: 'https://www.facebook.com/a',
      html: '<h2>Vous devez vous connecter pour continuer.</h2><input type="password">',
    },
  ],
  [
    'facebook-login-dialog',
    {
      at: 'https://m.facebook.com/a',
      html: `<div role="dialog">See more from Some Page<input type="password"></div>${article}`,
    },
  ],
  [
    'facebook-unavailable',
    { at: 'https://www.facebook.com/a/posts/1', html: main('Dieser Inhalt ist momentan nicht verfügbar') },
  ],
  [
    'facebook-unavailable',
    { at: 'https://www.facebook.com/a/posts/1', html: main('Эта страница недоступна') },
  ],
  ['facebook-blocked', { at: 'https://www.facebook.com/a', html: main('You’re Temporarily Blocked') }],
  [
    'instagram-login-redirect',
    {
      at: 'https://www.instagram.com/someone/',
      to: 'https://www.instagram.com/accounts/login/?next=%2Fsomeone',
    },
  ],
  [
    'instagram-login-dialog',
    {
      at: 'https://www.instagram.com/someone/',
      html: `<div role="dialog">Ne manquez jamais une publication de someone</div>${article}`,
    },
  ],
  ['instagram-private', { at: 'https://www.instagram.com/someone/', html: main('Questo account è privato') }],
  [
    'instagram-unavailable',
    {
      at: 'https://www.instagram.com/p/1/',
      html: main("Sorry, this page isn't available. The link you followed may be broken"),
    },
  ],
  [
    'instagram-unavailable',
    { at: 'https://www.instagram.com/p/1/', html: main('عذرًا، هذه الصفحة غير متاحة') },
  ],
  [
    'instagram-rate-limit',
    { at: 'https://www.instagram.com/p/1/', html: 'Please wait a few minutes before you try again.' },
  ],
  ['instagram-age', { at: 'https://www.instagram.com/someone/', html: main('Restricted profile') }],
  ['instagram-empty', { at: 'https://www.instagram.com/someone/', html: main('Noch keine Beiträge') }],
  [
    'threads-login-redirect',
    { at: 'https://www.threads.net/@a', to: 'https://www.threads.net/login?next=a' },
  ],
  ['threads-private', { at: 'https://www.threads.com/@a', html: main('This profile is private.') }],
  [
    'threads-lost',
    { at: 'https://www.threads.com/@a', html: main('Not all who wander are lost, but this page is.') },
  ],
  // YouTube, TikTok
  [
    'youtube-consent',
    { at: 'https://www.youtube.com/watch?v=1', to: 'https://consent.youtube.com/m?continue=x' },
  ],
  [
    'youtube-bot',
    { at: 'https://www.youtube.com/watch?v=1', html: player('Sign in to confirm you’re not a bot') },
  ],
  [
    'youtube-age',
    {
      at: 'https://www.youtube.com/watch?v=1',
      html: player('Войдите в аккаунт, чтобы подтвердить свой возраст'),
    },
  ],
  [
    'youtube-country',
    {
      at: 'https://youtu.be/1',
      html: player('The uploader has not made this video available in your country'),
    },
  ],
  ['youtube-private', { at: 'https://www.youtube.com/watch?v=1', html: player('Vidéo privée') }],
  [
    'youtube-terminated',
    {
      at: 'https://www.youtube.com/@a',
      html: main('This account has been terminated for violating the rules'),
    },
  ],
  ['youtube-removed', { at: 'https://www.youtube.com/watch?v=1', html: player('Video non disponibile') }],
  [
    'youtube-404',
    {
      at: 'https://www.youtube.com/@a',
      status: 200,
      html: main("This page isn't available. Sorry about that."),
    },
  ],
  [
    'tiktok-login-redirect',
    { at: 'https://www.tiktok.com/@a', to: 'https://www.tiktok.com/login?redirect_url=a' },
  ],
  [
    'tiktok-captcha',
    { at: 'https://www.tiktok.com/@a', html: `<div class="captcha_verify_container">Drag</div>${article}` },
  ],
  ['tiktok-private', { at: 'https://www.tiktok.com/@a', html: main('Ce compte est privé') }],
  ['tiktok-banned', { at: 'https://www.tiktok.com/@a', html: main('Account banned') }],
  [
    'tiktok-unavailable',
    { at: 'https://www.tiktok.com/@a/video/1', html: main('Vídeo indisponível no momento') },
  ],
  ['tiktok-no-account', { at: 'https://www.tiktok.com/@a', html: main('Couldn’t find this account') }],
  // Telegram, VK
  [
    'telegram-post-not-found',
    { at: 'https://t.me/a/1?embed=1', html: '<div class="tgme_widget_message_error">Post not found</div>' },
  ],
  [
    'telegram-channel-not-found',
    {
      at: 'https://t.me/a/1?embed=1',
      html: '<div class="tgme_widget_message_error">Channel with username <b>@a</b> not found</div>',
    },
  ],
  [
    'telegram-withheld',
    { at: 'https://t.me/s/a', html: main('This channel can’t be displayed because it violated local laws.') },
  ],
  [
    'telegram-blocked',
    {
      at: 'https://t.me/s/a',
      html: main('This channel can’t be displayed because it was used to spread pornographic content.'),
    },
  ],
  [
    'telegram-no-preview',
    {
      at: 'https://t.me/s/a',
      to: 'https://t.me/a',
      html: '<div class="tgme_page"><div class="tgme_page_action">View in Telegram</div></div>',
    },
  ],
  ['telegram-empty', { at: 'https://t.me/s/a', html: '<section class="tgme_channel_history"></section>' }],
  ['vk-login-redirect', { at: 'https://vk.com/a', to: 'https://vk.com/login?to=a' }],
  ['vk-challenge', { at: 'https://vk.com/a', to: 'https://vk.com/challenge.html?x=1', status: 429 }],
  [
    'vk-login-only',
    { at: 'https://vk.com/a', html: main('Страница доступна только авторизованным пользователям.') },
  ],
  ['vk-country', { at: 'https://vk.com/wall1_1', html: main('Материал заблокирован на территории РФ') }],
  ['vk-blocked', { at: 'https://vk.com/a', html: main('Эта страница заблокирована') }],
  ['vk-deleted', { at: 'https://vk.com/a', html: main('Страница удалена либо ещё не создана.') }],
  ['vk-private', { at: 'https://vk.ru/a', html: main('Это закрытый профиль') }],
  [
    'vk-rate-limit',
    {
      at: 'https://vk.com/a',
      html: main('Вы попытались загрузить более одной однотипной страницы в секунду.'),
    },
  ],
  // Bluesky, Mastodon, Reddit, LinkedIn
  [
    'bluesky-signed-in-only',
    {
      at: 'https://bsky.app/profile/a',
      html: main('Sign-in Required. This account has requested that users sign in.'),
    },
  ],
  ['bluesky-suspended', { at: 'https://bsky.app/profile/a', html: main('Account has been suspended') }],
  ['bluesky-deleted', { at: 'https://bsky.app/profile/a/post/1', html: main('Post not found') }],
  ['mastodon-suspended', { at: 'https://social.test/@a', html: '<div id="mastodon">Konto gesperrt</div>' }],
  [
    'mastodon-gone',
    {
      at: 'https://social.test/@a/1',
      status: 404,
      html: '<body class="error"><p>The page you are looking for isn\'t here.</p></body>',
    },
  ],
  [
    'reddit-blocked',
    { at: 'https://www.reddit.com/r/a', status: 403, html: main("You've been blocked by network security.") },
  ],
  ['reddit-private', { at: 'https://www.reddit.com/r/a', html: main('r/a is a private community') }],
  ['reddit-banned', { at: 'https://old.reddit.com/r/a', html: main('This community has been banned') }],
  [
    'reddit-removed',
    {
      at: 'https://www.reddit.com/r/a/comments/1',
      html: `<shreddit-post>Sorry, this post was deleted by the person who originally posted it.</shreddit-post>${article}`,
    },
  ],
  ['reddit-age', { at: 'https://old.reddit.com/r/a', to: 'https://old.reddit.com/over18?dest=x' }],
  [
    'reddit-nobody',
    { at: 'https://www.reddit.com/user/a', html: main('Sorry, nobody on Reddit goes by that name.') },
  ],
  [
    'linkedin-authwall',
    { at: 'https://www.linkedin.com/in/a', to: 'https://www.linkedin.com/authwall?trk=x' },
  ],
  ['linkedin-999', { at: 'https://fr.linkedin.com/in/a', status: 999 }],
  [
    'linkedin-dialog',
    {
      at: 'https://www.linkedin.com/in/a',
      html: `<div class="contextual-sign-in-modal__screen" role="dialog">Entre para ver o perfil completo</div>${article}`,
    },
  ],
  // Newspapers
  [
    'lemonde-paywall',
    {
      at: 'https://www.lemonde.fr/a',
      html: `${article}<section class="paywall">Il vous reste 72.63% de cet article à lire. La suite est réservée aux abonnés.</section>`,
    },
  ],
  [
    'paywall-shown',
    {
      at: 'https://news.test/a',
      html: `${article}<div id="poool-widget">Abonnez-vous pour lire la suite</div>`,
    },
  ],
  [
    'paywall-declared',
    {
      at: 'https://news.test/a',
      html: `<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>${article}<p>Diesen Artikel weiterlesen mit SPIEGEL+</p>`,
    },
  ],
  [
    'paywall-dialog',
    {
      at: 'https://news.test/a',
      html: `${article}<div aria-modal="true">Suscríbete para seguir leyendo</div>`,
    },
  ],
  // Consent
  [
    'consent-redirect',
    { at: 'https://www.google.com/search?q=a', to: 'https://consent.google.com/ml?continue=x' },
  ],
  [
    'consent-over-page',
    { at: 'https://news.test/a', html: `<body class="didomi-popup-open">${article}</body>` },
  ],
  [
    'consent-only',
    {
      at: 'https://news.test/a',
      html: '<div id="onetrust-consent-sdk"><h2>We value your privacy</h2><p>Cookies.</p></div>',
    },
  ],
])('%s', (rule, page) => {
  expect(find(page).map((finding) => finding.rule)).toEqual([rule]);
});

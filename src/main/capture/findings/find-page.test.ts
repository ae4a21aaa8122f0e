import { expect, it } from 'vitest';
import type { PageKind } from '../../../shared/domain/page-finding.ts';
import { findPage, isBotCheck } from './find-page.ts';
import type { PageFacts } from './page-facts.ts';
import { ruleSets } from './rules/all-rules.ts';

/** A made-up page: its text is what stands in its markup. */
function page(html: string, some: Partial<PageFacts> = {}): PageFacts {
  const url = some.requestedUrl ?? 'https://site.test/a';
  return {
    requestedUrl: url,
    finalUrl: url,
    status: 200,
    headers: [],
    title: /<title>([^<]*)/.exec(html)?.[1] ?? '',
    text: html.replaceAll(/<(script|style|title)[\s\S]*?<\/\1>/g, ' ').replaceAll(/<[^>]*>/g, ' '),
    html,
    ...some,
  };
}

const found = (html: string, some: Partial<PageFacts> = {}): [PageKind, string][] =>
  findPage(page(html, some)).map(({ kind, rule }) => [kind, rule]);

const long = 'The committee met again on Tuesday and heard what the two witnesses had to say. '.repeat(60);

it.each<[string, string, Partial<PageFacts>, PageKind, string]>([
  [
    'Cloudflare by its header, whatever the status',
    '<p>x</p>',
    { status: 429, headers: [['CF-Mitigated', 'challenge']] },
    'bot-check',
    'cloudflare-challenge',
  ],
  [
    'Cloudflare by its page',
    '<title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1"></script><p>Verify you are human</p>',
    { status: 403 },
    'bot-check',
    'cloudflare-challenge-page',
  ],
  [
    'Cloudflare in French',
    '<title>Un instant…</title><div id="challenge-error-text">Enable JavaScript</div>',
    {},
    'bot-check',
    'cloudflare-challenge-page',
  ],
  [
    'Cloudflare that blocks',
    '<title>Attention Required! | Cloudflare</title><div id="cf-error-details"><h1>Sorry, you have been blocked</h1></div>',
    { status: 403 },
    'bot-check',
    'cloudflare-blocked',
  ],
  [
    'Cloudflare 1015',
    '<div id="cf-error-details"><h1>Error 1015</h1><p>You are being rate limited</p></div>',
    { status: 429 },
    'rate-limit',
    'cloudflare-rate-limit',
  ],
  [
    'Akamai',
    '<title>Access Denied</title><h1>Access Denied</h1>You don\'t have permission to access "http://a.test/" on this server. Reference #18.2d4f',
    { status: 403 },
    'bot-check',
    'akamai-denied',
  ],
  [
    'DataDome',
    '<p>Please enable JS</p><iframe src="https://geo.captcha-delivery.com/captcha/?x=1"></iframe>',
    { status: 403 },
    'bot-check',
    'datadome-captcha',
  ],
  [
    'PerimeterX',
    '<h1>Press &amp; Hold to confirm you are a human</h1><div id="px-captcha"></div>',
    { status: 403 },
    'bot-check',
    'perimeterx-captcha',
  ],
  [
    'Anubis',
    '<title>Making sure you\'re not a bot!</title><script id="anubis_challenge" type="application/json">{}</script>',
    {},
    'bot-check',
    'anubis-challenge',
  ],
  [
    'AWS WAF',
    '',
    { status: 405, headers: [['x-amzn-waf-action', 'captcha']] },
    'bot-check',
    'aws-waf-header',
  ],
  [
    'Imperva',
    '<iframe id="main-iframe" src="/_Incapsula_Resource?x">Request unsuccessful. Incapsula incident ID: 1</iframe>',
    {},
    'bot-check',
    'imperva-block',
  ],
  [
    'a captcha of its own making',
    '<h1>Security check</h1><p>Type the letters.</p><img src="/captcha.png">',
    {},
    'bot-check',
    'captcha-page',
  ],
  [
    'hCaptcha in Russian',
    '<p>Подтвердите, что вы не робот</p><div class="h-captcha"></div>',
    {},
    'bot-check',
    'captcha-page',
  ],
  [
    'Google',
    '<form><div class="g-recaptcha"></div></form>',
    {
      requestedUrl: 'https://www.google.com/search?q=a',
      finalUrl: 'https://www.google.com/sorry/index?continue=x',
      status: 429,
    },
    'bot-check',
    'google-sorry',
  ],
  [
    'a login page instead of the page',
    '<form><input type="password"></form>',
    { finalUrl: 'https://site.test/account/login' },
    'login-wall',
    'login-redirect',
  ],
  [
    'a login page that leads back',
    '<p>Wait</p>',
    { finalUrl: 'https://site.test/login?next=%2Fa' },
    'login-wall',
    'login-redirect-return',
  ],
  [
    'a login elsewhere',
    '<p>Sign in</p>',
    { finalUrl: 'https://accounts.google.com/v3/signin' },
    'login-wall',
    'login-provider',
  ],
  [
    'a page that wants a login',
    '<h1>Vous devez être connecté</h1><input type="password">',
    {},
    'login-wall',
    'login-required-page',
  ],
  ['status 401', '', { status: 401 }, 'login-wall', 'status-401'],
  ['status 429', '<p>Nope</p>', { status: 429 }, 'rate-limit', 'status-429'],
  ['too many requests with status 200', '<h1>Zu viele Anfragen</h1>', {}, 'rate-limit', 'rate-limit-page'],
  ['status 451', '<p>No</p>', { status: 451 }, 'not-in-your-country', 'status-451'],
  [
    'another country',
    '<p>Este contenido no está disponible en tu país.</p>',
    {},
    'not-in-your-country',
    'not-in-your-country-page',
  ],
  [
    'a host that suspended its customer',
    '<title>Account Suspended</title><p>Contact your provider.</p>',
    {},
    'suspended',
    'site-suspended',
  ],
  [
    'an age gate',
    '<div role="dialog"><p>Sind Sie über 18?</p><button>Ja</button></div>',
    {},
    'age-gate',
    'age-gate-page',
  ],
  ['status 410', '', { status: 410 }, 'deleted', 'status-410'],
  [
    'a soft 404 in English',
    '<title>Page not found | Site</title><h1>Oops</h1>',
    {},
    'soft-404',
    'soft-404-page',
  ],
  ['a soft 404 in French', '<h1>Cette page n’existe plus</h1>', {}, 'soft-404', 'soft-404-page'],
  ['a soft 404 in Spanish', '<h1>Página no encontrada</h1>', {}, 'soft-404', 'soft-404-page'],
  ['a soft 404 in German', '<h1>Seite nicht gefunden</h1>', {}, 'soft-404', 'soft-404-page'],
  ['a soft 404 in Italian', '<h1>Pagina non trovata</h1>', {}, 'soft-404', 'soft-404-page'],
  ['a soft 404 in Portuguese', '<h1>Página não encontrada</h1>', {}, 'soft-404', 'soft-404-page'],
  ['a soft 404 in Russian', '<h1>Страница не найдена</h1>', {}, 'soft-404', 'soft-404-page'],
  ['a soft 404 in Arabic', '<h1>الصفحة غير موجودة</h1>', {}, 'soft-404', 'soft-404-page'],
  ['a soft 404 by WordPress', '<body class="blog error404"><h1>Hm</h1></body>', {}, 'soft-404', 'cms-404'],
  ['nothing to list', '<h2>Aucun résultat</h2>', {}, 'empty-feed', 'empty-search'],
  ['a plain 404', '<h1>Not Found</h1>', { status: 404 }, 'error-page', 'status-404'],
  ['a plain 403', '<h1>Forbidden</h1>', { status: 403 }, 'error-page', 'status-403'],
  [
    'an error with status 200',
    '<h1>Error establishing a database connection</h1>',
    {},
    'error-page',
    'server-error-page',
  ],
])('knows %s', (_, html, some, kind, rule) => {
  expect(found(html, some)).toEqual([[kind, rule]]);
});

it.each<[string, string, Partial<PageFacts>]>([
  [
    'an article about captchas, with one on its form for comments',
    `<title>Are you a robot? A history of the captcha</title><article><h1>Are you a robot? A history of the captcha</h1><p>${long}</p></article><div class="g-recaptcha"></div>`,
    {},
  ],
  [
    'a short note on “Just a moment”',
    '<title>Just a moment</title><article><h1>Just a moment</h1><p>A poem on patience.</p></article>',
    {},
  ],
  [
    'an article about deleted posts',
    '<title>Page not found: how the web forgets</title><article><h1>Page not found: how the web forgets</h1><p>This page does not exist, said the server.</p></article>',
    {},
  ],
  ['a long page with a notice in its title', `<title>404</title><h1>404</h1><p>${long}</p>`, {}],
  [
    'the login page that was asked for',
    '<h1>Log in</h1><input type="password">',
    { requestedUrl: 'https://site.test/login' },
  ],
  [
    'a page with a small login form beside its content',
    `<form><input type="password"></form><p>You need to log in to comment.</p><p>${long}</p>`,
    {},
  ],
  [
    'a contact form with a captcha',
    '<h1>Write to us</h1><form><textarea name="message"></textarea><div class="h-captcha"></div></form>',
    {},
  ],
  [
    'an article about countries where something is blocked',
    `<article><h1>Why is this film not available in your country?</h1><p>It is not available in your country. ${long}</p></article>`,
    {},
  ],
  [
    'a hidden dialog',
    '<div role="dialog" style="display: none">Are you over 18?</div><h1>Wine</h1><p>Red and white.</p>',
    {},
  ],
  [
    'a hidden notice of a page that has content',
    '<h1>Products</h1><div hidden><h2>No results found</h2></div><p>Chairs</p>',
    {},
  ],
  [
    'a dialog a style sheet hides',
    '<div role="dialog">Are you over 18?</div><h1>Wine</h1>',
    { text: 'Wine' },
  ],
  [
    'a page on a site of Cloudflare’s',
    '<title>News</title><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script><h1>News</h1>',
    {
      headers: [
        ['cf-ray', '1'],
        ['server', 'cloudflare'],
      ],
    },
  ],
  [
    'an article whose address speaks of login',
    `<h1>How to log in</h1><p>${long}</p>`,
    { finalUrl: 'https://site.test/help/login' },
  ],
  ['an empty answer', '', {}],
])('says nothing of %s', (_, html, some) => {
  expect(found(html, some)).toEqual([]);
});

it('says in a sentence what was seen', () => {
  const [finding] = findPage(page('<title>Page Not Found - Site</title><p>Go home.</p>'));
  expect(finding).toMatchObject({
    platform: 'generic',
    reason: expect.stringMatching(/status 200.*“Page Not Found”.*8 characters/),
  });
});

it('tells a check for robots from everything else', () => {
  expect(isBotCheck(findPage(page('', { headers: [['cf-mitigated', 'challenge']] })))).toBe(true);
  expect(isBotCheck(findPage(page('', { status: 404 })))).toBe(false);
});

it('has an identifier of its own for every rule', () => {
  const ids = ruleSets.flatMap(({ rules }) => rules.map(({ id }) => id));
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

it.each([
  ['tags without an end', '<a '.repeat(100_000)],
  ['tags inside one another', '<div>'.repeat(80_000)],
  ['one tag with very many attributes', `<a ${'b="c" '.repeat(100_000)}>`],
  ['raw text without an end', '<title></titl'.repeat(80_000)],
  ['a quotation without an end', '<a b="'.repeat(100_000)],
  ['the beginnings of a phrase', 'from a country '.repeat(80_000)],
  ['references', '&#'.repeat(300_000)],
  ['spaces in a style', `<p style="${' '.repeat(300_000)}">`],
])(
  'is not held up by %s',
  (_, html) => {
    expect(findPage(page('', { html, text: html }))).toBeInstanceOf(Array);
  },
  4000,
);

import type { RuleSetSource } from '../rule.ts';

/** How much of an article is left, as newspapers say it. */
const left = {
  fr: 'il vous reste … de cet article à lire | il vous reste … à lire | il vous reste à lire … de cet article',
  en: 'you have read … of … free articles | you have … free articles left | you have … free articles remaining | you have one free article left | this is your last free article',
  de: 'noch … des artikels | sie haben … von … artikeln gelesen',
  es: 'te quedan … artículos gratis | has leído … artículos gratuitos',
  it: 'ti restano … articoli gratuiti | ti rimangono … articoli',
  pt: 'você leu … de … matérias grátis | restam … artigos grátis',
};

/** What stands where an article breaks off. */
const subscribe = {
  en: "subscribe to continue reading | subscribe to read | subscribe to unlock this article | continue reading your article with a | to continue reading, subscribe | this article is for subscribers only | this article is exclusive to subscribers | this post is for paid subscribers | this post is for paying subscribers | already a subscriber? log in | subscribers only | you have reached your limit of free articles | you've read your last free article | create an account to read the full story | the rest of this article is for subscribers",
  fr: 'réservé aux abonnés | réservée aux abonnés | réservé à nos abonnés | réservés aux abonnés | réservé aux abonné·es | abonnez-vous pour lire la suite | pour lire la suite, abonnez-vous | la suite est réservée | déjà abonné ? | découvrez la suite de cet article | cet article est réservé',
  es: 'suscríbete para seguir leyendo | para seguir leyendo | exclusivo para suscriptores | solo para suscriptores | contenido exclusivo para suscriptores | hazte suscriptor para seguir leyendo',
  de: 'jetzt weiterlesen mit | diesen artikel weiterlesen mit | weiterlesen mit … abo | nur für abonnenten | nur für abonnentinnen und abonnenten | exklusiv für abonnenten | dieser artikel ist abonnenten vorbehalten | sie haben bereits ein abo | zugang zu allen f+ artikeln',
  it: 'abbonati per continuare a leggere | per continuare a leggere | contenuto riservato agli abbonati | articolo riservato agli abbonati | sei già abbonato?',
  pt: 'assine para continuar lendo | exclusivo para assinantes | conteúdo exclusivo para assinantes | para continuar a ler | já é assinante? | só para assinantes',
  ru: 'доступно только подписчикам | материал доступен только по подписке | доступно по подписке | чтобы читать дальше, оформите подписку | оформите подписку, чтобы прочитать | полный текст доступен подписчикам',
  ar: 'اشترك لمتابعة القراءة | للمشتركين فقط | حصري للمشتركين | هذا المقال للمشتركين',
};

/** Of these, what nothing but a wall says: a label beside another article, or a link to log in, is none. */
const breaksOff = {
  en: 'subscribe to continue reading | subscribe to unlock this article | continue reading your article with a | to continue reading, subscribe | this post is for paid subscribers | this post is for paying subscribers | you have reached your limit of free articles | create an account to read the full story | the rest of this article is for subscribers',
  fr: 'abonnez-vous pour lire la suite | pour lire la suite, abonnez-vous | la suite est réservée | découvrez la suite de cet article | il vous reste … de cet article à lire',
  es: 'suscríbete para seguir leyendo | hazte suscriptor para seguir leyendo',
  de: 'jetzt weiterlesen mit | diesen artikel weiterlesen mit | dieser artikel ist abonnenten vorbehalten',
  it: 'abbonati per continuare a leggere',
  pt: 'assine para continuar lendo | para continuar a ler, assine',
  ru: 'чтобы читать дальше, оформите подписку | оформите подписку, чтобы прочитать',
  ar: 'اشترك لمتابعة القراءة',
};

/** Elements that hold a paywall, by newspaper and by the products that put them up. */
const walls = [
  '#gateway-content',
  'div[data-testid="gateway-content"]',
  '.wsj-snippet-login',
  '#barrier-page',
  '.article__paywall',
  'section.paywall',
  'div.paywall',
  'aside.paywall',
  '.paywall',
  '#paywall',
  '.fig-premium-paywall',
  'div[data-area="paywall"]',
  '#poool-widget',
  '#poool-container',
  '#piano-paywall',
  '.piano-paywall',
  '.tp-modal',
  '.tp-container-inner',
  '.tp-backdrop',
  '#ctn_freemium_article',
  '#ctn_premium_article',
  '.ue-c-article__premium',
  '#wall-bottom-drawer',
  'div[data-qa="paywall"]',
  'div[data-qa="subscribe-promo"]',
  '.gate',
  '.zephr-registration-form-button',
  '.paywall-container',
  '.article-paywall',
  '#regWall',
  '.meteredContent',
  '.js-paywall',
  '.c-paywall',
  '.post-paywall',
  '.subscription-wall',
  '.premium-paywall',
  '#offer-overlay',
  '.offerwall',
  '.pay-wall',
];

/** Paywalls: of the newspapers that say in their data that an article is not free, and of those that show the wall. */
export const newspapers: RuleSetSource[] = [
  {
    platform: 'Le Monde',
    hosts: ['lemonde.fr'],
    rules: [
      {
        id: 'lemonde-paywall',
        kind: 'paywall',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                fr: 'il vous reste … de cet article à lire | la suite est réservée aux abonnés',
              },
            },
          ],
          has: [
            '.paywall',
            '.article__paywall',
            '.lmd-paywall',
            '#js-paywall-content',
            '.article--content-paywall',
          ],
        },
        reason: 'Le Monde broke the article off: “{seen}”.',
        readable: left,
      },
    ],
  },
  {
    platform: 'generic',
    hosts: [],
    rules: [
      {
        id: 'status-402',
        kind: 'paywall',
        when: { status: [[402, 402]] },
        reason: 'The server answered status 402: it wants to be paid.',
      },
      {
        id: 'paywall-shown',
        kind: 'paywall',
        when: { has: walls, words: [{ in: ['text'], inside: walls, say: subscribe }] },
        reason: 'The article stood behind a wall for subscribers: “{seen}”, in {element}.',
        readable: left,
      },
      {
        id: 'paywall-declared',
        kind: 'paywall',
        when: { notFree: true, words: [{ in: ['text'], say: breaksOff }], maxText: 12_000 },
        reason: 'The page says in its own data that it is not free to read, and showed “{seen}”.',
        readable: left,
      },
      {
        id: 'paywall-dialog',
        kind: 'paywall',
        when: { words: [{ in: ['dialog'], say: breaksOff }] },
        reason: 'A question to subscribe covered the page: “{seen}”.',
        readable: left,
      },
    ],
  },
];

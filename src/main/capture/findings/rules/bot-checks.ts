import type { RuleSetSource } from '../rule.ts';

const turnedAway: [number, number][] = [
  [400, 499],
  [503, 503],
];

/** Checks for robots and walls against them, by the products that put them up. */
export const botChecks: RuleSetSource[] = [
  {
    platform: 'Cloudflare',
    hosts: [],
    rules: [
      {
        id: 'cloudflare-challenge',
        kind: 'bot-check',
        when: { headers: [{ name: 'cf-mitigated', has: ['challenge'] }] },
        reason:
          'Cloudflare answered with a check for robots instead of the page (response header “{header}”, status {status}).',
      },
      {
        id: 'cloudflare-challenge-page',
        kind: 'bot-check',
        when: {
          has: [
            '#challenge-form',
            '#challenge-running',
            '#cf-challenge-running',
            '#trk_jschal_js',
            '#challenge-error-text',
            'script[src*="/cdn-cgi/challenge-platform/"]',
          ],
          maxText: 1500,
          words: [
            {
              in: ['title'],
              say: {
                en: 'just a moment | attention required! | please wait',
                fr: 'un instant | un moment',
                es: 'un momento | espera un momento',
                de: 'nur einen moment | einen moment',
                it: 'un attimo | ci siamo quasi',
                pt: 'um momento | só um momento',
                ru: 'один момент | подождите',
                ar: 'لحظة من فضلك | لحظة',
              },
            },
          ],
        },
        reason: 'The page was Cloudflare’s check for robots: its title was “{seen}” and it held {element}.',
      },
      {
        id: 'cloudflare-blocked',
        kind: 'bot-check',
        when: {
          has: ['#cf-error-details', '.cf-error-details', '#cf-wrapper'],
          status: turnedAway,
          words: [
            {
              in: ['heading', 'title'],
              say: {
                en: 'you have been blocked | you are unable to access | attention required! | access denied',
              },
              share: 0.3,
            },
          ],
        },
        reason: 'Cloudflare turned the browser away with status {status}: “{seen}”.',
      },
      {
        id: 'cloudflare-rate-limit',
        kind: 'rate-limit',
        when: {
          has: ['#cf-error-details', '.cf-error-details', '#cf-wrapper'],
          words: [{ in: ['text'], say: { en: 'you are being rate limited | error 1015' } }],
          maxText: 2000,
        },
        reason: 'Cloudflare answered that there had been too many requests: “{seen}”.',
      },
      {
        id: 'cloudflare-country',
        kind: 'not-in-your-country',
        when: {
          has: ['#cf-error-details', '.cf-error-details', '#cf-wrapper'],
          words: [{ in: ['text'], say: { en: 'has banned the country or region | error 1009' } }],
          maxText: 2000,
        },
        reason: 'Cloudflare answered that the site does not let this country in: “{seen}”.',
      },
      {
        id: 'cloudflare-error',
        kind: 'error-page',
        when: {
          has: ['#cf-error-details', '.cf-error-details', '#cf-wrapper'],
          status: [[500, 599]],
          maxText: 3000,
        },
        reason: 'Cloudflare answered with an error page of its own (status {status}).',
      },
    ],
  },
  {
    platform: 'Akamai',
    hosts: [],
    rules: [
      {
        id: 'akamai-denied',
        kind: 'bot-check',
        when: {
          status: [[400, 499]],
          maxText: 800,
          words: [
            { in: ['title', 'heading'], say: { en: 'access denied' } },
            { in: ['text'], say: { en: "you don't have permission to access" } },
            { in: ['text'], say: { en: 'reference # | errors.edgesuite.net' } },
          ],
        },
        reason: 'Akamai turned the browser away: “{seen}”, with a reference number and status {status}.',
      },
      {
        id: 'akamai-challenge',
        kind: 'bot-check',
        when: {
          has: [
            '#sec-if-cpt-container',
            '#sec-cpt-if',
            'iframe[src*="/_sec/cp_challenge/"]',
            'script[src*="/_sec/cp_challenge/"]',
          ],
          maxText: 1500,
        },
        reason: 'The page was Akamai’s check for robots: it held {element} and {length} characters of text.',
      },
    ],
  },
  {
    platform: 'DataDome',
    hosts: [],
    rules: [
      {
        id: 'datadome-captcha',
        kind: 'bot-check',
        when: {
          has: [
            'iframe[src*="captcha-delivery.com"]',
            'script[src*="captcha-delivery.com"]',
            'iframe[title="DataDome CAPTCHA"]',
            'iframe[title="DataDome Device Check"]',
          ],
          maxText: 1500,
        },
        reason:
          'The page was DataDome’s check for robots: it held {element} and {length} characters of text.',
      },
      {
        id: 'datadome-header',
        kind: 'bot-check',
        when: {
          headers: [{ name: 'x-datadome', has: ['protected'] }, { name: 'x-dd-b' }],
          status: [
            [403, 403],
            [405, 405],
            [429, 429],
          ],
          maxText: 1500,
        },
        reason: 'DataDome turned the browser away with status {status} (response header “{header}”).',
      },
    ],
  },
  {
    platform: 'PerimeterX',
    hosts: [],
    rules: [
      {
        id: 'perimeterx-captcha',
        kind: 'bot-check',
        when: { has: ['#px-captcha', '#px-captcha-wrapper', 'div[id^="px-captcha"]'], maxText: 2000 },
        reason:
          'The page was a check for robots of PerimeterX (HUMAN): it held {element} and {length} characters of text.',
      },
      {
        id: 'perimeterx-script',
        kind: 'bot-check',
        when: {
          has: [
            'script[src*="captcha.px-cdn.net"]',
            'script[src*="captcha.px-cloud.net"]',
            'meta[name="description"][content="px-captcha"]',
          ],
          status: turnedAway,
          maxText: 2000,
        },
        reason: 'PerimeterX (HUMAN) turned the browser away with status {status}; the page held {element}.',
      },
    ],
  },
  {
    platform: 'Anubis',
    hosts: [],
    rules: [
      {
        id: 'anubis-challenge',
        kind: 'bot-check',
        when: {
          has: [
            'script[id="anubis_challenge"]',
            'script[src*="/.within.website/x/cmd/anubis/"]',
            'link[href*="/.within.website/x/"]',
          ],
          maxText: 3000,
        },
        reason: 'The page was Anubis’ check for robots: it held {element}.',
      },
    ],
  },
  {
    platform: 'AWS WAF',
    hosts: [],
    rules: [
      {
        id: 'aws-waf-header',
        kind: 'bot-check',
        when: { headers: [{ name: 'x-amzn-waf-action', has: ['challenge', 'captcha'] }] },
        reason: 'AWS WAF answered with a check for robots (response header “{header}”, status {status}).',
      },
      {
        id: 'aws-waf-page',
        kind: 'bot-check',
        when: {
          has: ['script[src*=".awswaf.com/"]'],
          status: [
            [202, 202],
            [403, 403],
            [405, 405],
          ],
          maxText: 1000,
        },
        reason: 'The page was AWS WAF’s check for robots (status {status}, {length} characters of text).',
      },
    ],
  },
  {
    platform: 'Imperva',
    hosts: [],
    rules: [
      {
        id: 'imperva-block',
        kind: 'bot-check',
        when: {
          has: ['iframe[src*="_Incapsula_Resource"]', '#main-iframe'],
          words: [
            {
              in: ['text', 'title'],
              say: { en: 'incapsula incident id | request unsuccessful | pardon our interruption' },
            },
          ],
          maxText: 1500,
        },
        reason: 'Imperva turned the browser away: “{seen}”.',
      },
      {
        id: 'imperva-frame',
        kind: 'bot-check',
        when: {
          has: ['iframe[src*="_Incapsula_Resource"]', 'script[src*="_Incapsula_Resource"]'],
          maxText: 200,
        },
        reason: 'The page was Imperva’s check for robots: it held {element} and {length} characters of text.',
      },
    ],
  },
];

import type { RuleSetSource } from '../rule.ts';

/** Questions for consent that stand before the content or over all of it. A banner at the edge of a page is no wall. */
export const consent: RuleSetSource = {
  platform: 'generic',
  hosts: [],
  rules: [
    {
      id: 'consent-redirect',
      kind: 'consent-wall',
      when: {
        arrivedOn: [
          'consent.google.com',
          'consent.yahoo.com',
          'guce.yahoo.com',
          'guce.aol.com',
          'guce.techcrunch.com',
          'myprivacy.dpgmedia.nl',
          'myprivacy.dpgmedia.be',
          'consent.youtube.com',
        ],
      },
      reason: 'The browser was sent on to {to}, a question for consent, instead of the address asked for.',
    },
    {
      id: 'consent-path',
      kind: 'consent-wall',
      when: {
        arrivedAt: [
          '/privacy-gate/*',
          '/cookiewall*',
          '/cookie-wall*',
          '/consent?*',
          '/consent/?*',
          '/privacygate-confirm*',
          '*/cookiewall*',
          '/zustimmung*',
        ],
        maxText: 8000,
      },
      reason: 'The browser was sent on to {to}, a question for consent, instead of the address asked for.',
    },
    {
      id: 'consent-over-page',
      kind: 'consent-wall',
      when: {
        has: [
          'body.didomi-popup-open',
          'html.sp-message-open',
          'body.sp-message-open',
          '.fc-dialog-overlay',
          '#qc-cmp2-ui',
          '.fc-consent-root',
          'html.cmp-modal-open',
          '#appconsent',
          'body.cmpboxBG',
        ],
      },
      reason: 'A question for consent covered the page ({element}).',
      covers: true,
    },
    {
      id: 'consent-only',
      kind: 'consent-wall',
      when: {
        maxText: 2500,
        lacks: ['article'],
        has: [
          '#onetrust-banner-sdk',
          '#onetrust-consent-sdk',
          '#didomi-host',
          '#usercentrics-root',
          '#usercentrics-cmp-ui',
          '#CybotCookiebotDialog',
          '#truste-consent-track',
          'div[id^="sp_message_container_"]',
          '#cmpbox',
          '#sd-cmp',
          '#axeptio_overlay',
          '#tarteaucitronRoot',
          'form[action*="consent"]',
        ],
        words: [
          {
            in: ['heading', 'title'],
            share: 0.4,
            say: {
              en: 'before you continue | we value your privacy | your privacy | accept cookies',
              fr: "avant de continuer | avant d'accéder | nous respectons votre vie privée | votre vie privée",
              es: 'antes de continuar | valoramos tu privacidad | tu privacidad',
              de: 'bevor sie fortfahren | ihre privatsphäre | wir schätzen ihre privatsphäre | mit werbung weiterlesen',
              it: 'prima di continuare | la tua privacy | il rispetto della tua privacy',
              pt: 'antes de continuar | a sua privacidade | sua privacidade',
              ru: 'прежде чем продолжить | мы ценим вашу конфиденциальность',
              ar: 'قبل المتابعة | خصوصيتك',
            },
          },
        ],
      },
      reason: 'The page was a question for consent (“{seen}”) and little else ({length} characters of text).',
    },
  ],
};

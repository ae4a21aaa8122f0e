import { expect, it } from 'vitest';
import { answers, speaksOfConsent, type consentWords } from './consent-words.ts';

const said: Record<keyof typeof consentWords, { of: string; refuse: string[]; accept: string[] }> = {
  en: {
    of: 'We and our 812 partners use cookies.',
    refuse: [
      'Reject all',
      'Decline',
      'Only necessary cookies',
      'Continue without accepting →',
      'Necessary only',
      'I don’t agree',
    ],
    accept: ['Accept all', 'I Accept', 'Allow all cookies', 'Agree and continue', 'Got it!', 'OK'],
  },
  fr: {
    of: 'Nous utilisons des traceurs.',
    refuse: ['Tout refuser', 'Continuer sans accepter', 'Je refuse', 'Refuser tous les cookies', 'Non merci'],
    accept: ['Tout accepter', 'J’accepte', 'Accepter & Fermer', 'OK, tout accepter', 'Accepter et continuer'],
  },
  de: {
    of: 'Ihre Einwilligung zählt',
    refuse: ['Alle ablehnen', 'Nur notwendige Cookies', 'Ablehnen', 'Nur essenzielle Cookies akzeptieren'],
    accept: ['Alle akzeptieren', 'Zustimmen und weiter', 'Ich stimme zu', 'Einverstanden'],
  },
  es: {
    of: 'Usamos cookies propias y de terceros',
    refuse: ['Rechazar todo', 'Rechazar todas las cookies', 'Continuar sin aceptar', 'Solo necesarias'],
    accept: ['Aceptar todo', 'Acepto', 'Aceptar y continuar', 'Aceptar todas'],
  },
  it: {
    of: 'Il tuo consenso',
    refuse: ['Rifiuta tutto', 'Continua senza accettare', 'Solo cookie necessari', 'Rifiuta'],
    accept: ['Accetta tutti', 'Accetta e continua', 'Acconsento'],
  },
  pt: {
    of: 'A sua privacidade',
    refuse: ['Rejeitar tudo', 'Recusar', 'Apenas cookies necessários', 'Continuar sem aceitar'],
    accept: ['Aceitar tudo', 'Aceitar todos os cookies', 'Concordo'],
  },
  nl: {
    of: 'Wij vragen uw toestemming',
    refuse: ['Alles weigeren', 'Weigeren', 'Alleen noodzakelijke cookies', 'Doorgaan zonder te accepteren'],
    accept: ['Alles accepteren', 'Akkoord', 'Accepteer alles', 'Cookies toestaan'],
  },
  ar: {
    of: 'نستخدم ملفات تعريف الارتباط',
    refuse: ['رفض الكل', 'أرفض', 'لا أوافق'],
    accept: ['قبول الكل', 'موافق', 'أوافق'],
  },
};

it.each(Object.entries(said))('knows a banner and its buttons in %s', (_, { of, refuse, accept }) => {
  expect(speaksOfConsent(of)).toBe(true);
  expect(refuse.filter((label) => !answers('refuse', label) || answers('accept', label))).toEqual([]);
  expect(accept.filter((label) => !answers('accept', label) || answers('refuse', label))).toEqual([]);
});

it.each([
  'Subscribe to our newsletter',
  'Accept the invitation from Ann',
  'Cookie settings',
  'Manage options',
  'Mehr Informationen',
  'Log in',
])('takes no other button for an answer: %s', (label) => {
  expect([answers('refuse', label), answers('accept', label)]).toEqual([false, false]);
});

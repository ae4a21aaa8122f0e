import type { RuleSetSource } from '../rule.ts';

const turnedAway: [number, number][] = [
  [400, 499],
  [503, 503],
];

/** Checks for robots of other products, and of sites that made their own. */
export const captchas: RuleSetSource = {
  platform: 'generic',
  hosts: [],
  rules: [
    {
      id: 'vercel-checkpoint',
      kind: 'bot-check',
      when: { headers: [{ name: 'x-vercel-mitigated', has: ['challenge', 'deny'] }] },
      reason: 'Vercel answered with a check for robots (response header “{header}”, status {status}).',
    },
    {
      id: 'kasada-challenge',
      kind: 'bot-check',
      when: {
        headers: [{ name: 'x-kpsdk-ct' }],
        status: [
          [403, 403],
          [429, 429],
        ],
        maxText: 500,
      },
      reason: 'Kasada answered with a check for robots (response header “x-kpsdk-ct”, status {status}).',
    },
    {
      id: 'sucuri-block',
      kind: 'bot-check',
      when: {
        words: [
          {
            in: ['title', 'heading'],
            say: {
              en: 'access denied - sucuri website firewall | sucuri website firewall - access denied',
            },
          },
        ],
        maxText: 2000,
      },
      reason: 'Sucuri’s firewall turned the browser away: “{seen}”.',
    },
    {
      id: 'ddos-guard',
      kind: 'bot-check',
      when: {
        words: [{ in: ['title'], say: { en: 'ddos-guard' } }],
        has: ['#link-ddg', 'script[src*="ddos-guard"]', 'div[id^="ddg-"]'],
        maxText: 1500,
      },
      reason: 'The page was DDoS-Guard’s check for robots.',
    },
    {
      id: 'google-sorry',
      kind: 'bot-check',
      hosts: ['google.com'],
      when: { arrivedAt: ['/sorry/*'] },
      reason: 'Google asked for proof of not being a robot: the page stood at {to}.',
    },
    {
      id: 'yandex-captcha',
      kind: 'bot-check',
      hosts: ['yandex.ru', 'yandex.com', 'ya.ru', 'dzen.ru'],
      when: { arrivedAt: ['/showcaptcha*', '/checkcaptcha*'] },
      reason: 'Yandex asked for proof of not being a robot: the page stood at {to}.',
    },
    {
      id: 'captcha-turned-away',
      kind: 'bot-check',
      when: {
        has: [
          '.h-captcha',
          '.g-recaptcha',
          '.cf-turnstile',
          '.smart-captcha',
          'iframe[src*="hcaptcha.com"]',
          'iframe[src*="/recaptcha/"]',
          'iframe[src*="challenges.cloudflare.com"]',
        ],
        status: turnedAway,
        maxText: 1500,
      },
      reason: 'The server answered with status {status} and a captcha ({element}) instead of the page.',
    },
    {
      id: 'captcha-page',
      kind: 'bot-check',
      when: {
        has: [
          '.h-captcha',
          '.g-recaptcha',
          '.cf-turnstile',
          '.smart-captcha',
          'iframe[src*="hcaptcha.com"]',
          'iframe[src*="/recaptcha/"]',
          'iframe[src*="challenges.cloudflare.com"]',
          'img[src*="captcha"]',
          'input[name*="captcha"]',
        ],
        lacks: ['article', 'textarea[name="message"]', 'input[type="password"]'],
        maxText: 800,
        words: [
          {
            in: ['title', 'heading', 'text'],
            within: 300,
            share: 0.3,
            say: {
              en: "are you a robot | you are human | you're human | you are not a robot | you're not a robot | not a bot | unusual traffic | security check | prove your humanity | press & hold | complete the captcha | verification required",
              fr: "êtes-vous un robot | vous n'êtes pas un robot | vous êtes humain | vous êtes un humain | trafic inhabituel | vérification de sécurité",
              es: 'eres un robot | no eres un robot | eres humano | tráfico inusual | verificación de seguridad | no soy un robot',
              de: 'sind sie ein roboter | kein roboter | dass sie ein mensch sind | ungewöhnlichen datenverkehr | sicherheitsüberprüfung | sicherheitsabfrage',
              it: 'sei un robot | non sei un robot | sei umano | traffico insolito | verifica di sicurezza',
              pt: 'você é um robô | não é um robô | você é humano | tráfego incomum | verificação de segurança',
              ru: 'вы не робот | что вы человек | подозрительный трафик | необычный трафик | проверка безопасности',
              ar: 'لست روبوتا | أنك إنسان | أنك لست | حركة غير معتادة | التحقق الأمني',
            },
          },
        ],
      },
      reason: 'The page asked for proof of not being a robot (“{seen}”) and held {element}.',
    },
    {
      id: 'checking-browser',
      kind: 'bot-check',
      when: {
        maxText: 900,
        lacks: ['article'],
        words: [
          {
            in: ['title', 'heading'],
            share: 0.6,
            say: {
              en: "checking your browser | checking your browser before accessing | making sure you're not a bot | verifying you are human | verifying your browser | human verification | pardon our interruption | are you a human | are you a robot | robot check | access to this page has been denied | please verify you are a human | one more step",
              fr: "vérification de votre navigateur | vérification que vous êtes humain | êtes-vous un robot ? | nous vérifions que vous n'êtes pas un robot",
              es: 'comprobando su navegador | verificando que eres humano | ¿eres un robot?',
              de: 'ihr browser wird überprüft | überprüfung ihres browsers | sind sie ein mensch? | sind sie ein roboter?',
              it: 'verifica del browser in corso | sei un robot?',
              pt: 'verificando seu navegador | você é um robô?',
              ru: 'проверка браузера | проверяем ваш браузер | вы не робот? | подтвердите, что запросы отправляли вы, а не робот',
              ar: 'جار التحقق من متصفحك | التحقق من أنك إنسان',
            },
          },
        ],
      },
      reason: 'The page was a check for robots: “{seen}”, and {length} characters of text in all.',
    },
  ],
};

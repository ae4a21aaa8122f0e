import type { RuleSetSource } from '../rule.ts';

/** Ways in which login pages of any site are addressed. */
const loginPaths = [
  'login',
  'log-in',
  'signin',
  'sign-in',
  'sign_in',
  'auth',
  'sso',
  'authwall',
  'connexion',
  'se-connecter',
  'anmelden',
  'anmeldung',
  'einloggen',
  'accedi',
  'acceder',
  'acceso',
  'iniciar-sesion',
  'entrar',
  'vhod',
  'accounts/login',
  'account/login',
  'user/login',
  'users/sign_in',
  'wp-login.php',
  'session/new',
  'oauth/authorize',
  'oauth2/authorize',
];
const loginArrivals = loginPaths.flatMap((path) => [
  `/${path}`,
  `/${path}/`,
  `/${path}?*`,
  `/${path}/?*`,
  `*/${path}`,
  `*/${path}/`,
  `*/${path}?*`,
  `*/${path}/?*`,
]);

/** Notices of any site. */
export const generic: RuleSetSource = {
  platform: 'generic',
  hosts: [],
  rules: [
    {
      id: 'login-redirect',
      kind: 'login-wall',
      when: { arrivedAt: loginArrivals, password: true, maxText: 4000 },
      reason:
        'The browser was sent on to {to}, a page with a field for a password, instead of the address asked for.',
    },
    {
      id: 'login-redirect-return',
      kind: 'login-wall',
      when: {
        arrivedAt: loginArrivals
          .filter((path) => path.endsWith('?*'))
          .flatMap((path) =>
            [
              'next=',
              'return',
              'redirect',
              'continue=',
              'goto=',
              'target=',
              'from=',
              'back=',
              'service=',
              'retpath=',
            ].map((name) => `${path.slice(0, -1)}*${name}*`),
          ),
        maxText: 4000,
      },
      reason: 'The browser was sent on to {to}, a page to log in that leads back to the address asked for.',
    },
    {
      id: 'login-provider',
      kind: 'login-wall',
      when: {
        arrivedOn: [
          'accounts.google.com',
          'login.microsoftonline.com',
          'login.live.com',
          'appleid.apple.com',
          'auth0.com',
          'okta.com',
          'passport.yandex.ru',
          'id.vk.com',
          'login.yahoo.com',
        ],
        maxText: 6000,
      },
      reason: 'The browser was sent on to a place to log in ({to}) instead of the address asked for.',
    },
    {
      id: 'login-required-page',
      kind: 'login-wall',
      when: {
        maxText: 1500,
        password: true,
        lacks: ['article'],
        words: [
          {
            in: ['heading', 'title', 'text'],
            within: 400,
            share: 0.6,
            say: {
              en: 'you must be logged in | you must log in to continue | you need to log in to | you need to sign in to | please log in to continue | please sign in to continue | log in to continue | sign in to continue | login required | this page requires you to log in | members only',
              fr: 'vous devez être connecté | vous devez vous connecter | connectez-vous pour continuer | veuillez vous connecter | connexion requise | identifiez-vous pour',
              es: 'debes iniciar sesión | debe iniciar sesión | inicia sesión para continuar | necesitas iniciar sesión | tienes que iniciar sesión',
              de: 'sie müssen angemeldet sein | du musst angemeldet sein | sie müssen sich anmelden | du musst dich anmelden | bitte melden sie sich an | bitte melde dich an | anmeldung erforderlich',
              it: "devi effettuare l'accesso | devi accedere | accedi per continuare | è necessario accedere | devi essere registrato",
              pt: 'você precisa entrar | você precisa fazer login | faça login para continuar | entre para continuar | precisa de iniciar sessão | inicie sessão para continuar',
              ru: 'необходимо войти | необходимо авторизоваться | войдите, чтобы продолжить | требуется авторизация | только для зарегистрированных | вам необходимо войти',
              ar: 'يجب تسجيل الدخول | سجل الدخول للمتابعة | يرجى تسجيل الدخول | يجب عليك تسجيل الدخول',
            },
          },
        ],
      },
      reason:
        'The page asked to log in (“{seen}”), with a field for a password, and had {length} characters of text in all.',
    },
    {
      id: 'status-401',
      kind: 'login-wall',
      when: { status: [[401, 401]] },
      reason: 'The server answered status 401: it wants to know who asks.',
    },
    {
      id: 'status-429',
      kind: 'rate-limit',
      when: {
        status: [
          [429, 429],
          [420, 420],
        ],
      },
      fallback: true,
      reason: 'The server answered status {status}: too many requests.',
    },
    {
      id: 'rate-limit-page',
      kind: 'rate-limit',
      when: {
        maxText: 1200,
        lacks: ['article'],
        words: [
          {
            in: ['heading', 'title'],
            share: 0.6,
            say: {
              en: "too many requests | rate limit exceeded | rate limited | you are being rate limited | you've been rate limited | slow down",
              fr: 'trop de requêtes | trop de demandes | limite de requêtes dépassée',
              es: 'demasiadas solicitudes | demasiadas peticiones',
              de: 'zu viele anfragen',
              it: 'troppe richieste',
              pt: 'muitas solicitações | excesso de solicitações | demasiados pedidos',
              ru: 'слишком много запросов',
              ar: 'طلبات كثيرة جدا | عدد كبير جدا من الطلبات',
            },
          },
        ],
      },
      reason: 'The page said “{seen}” and little else ({length} characters of text).',
    },
    {
      id: 'status-451',
      kind: 'not-in-your-country',
      when: { status: [[451, 451]] },
      reason: 'The server answered status 451: not available for legal reasons.',
    },
    {
      id: 'not-in-your-country-page',
      kind: 'not-in-your-country',
      when: {
        maxText: 1800,
        lacks: ['article'],
        words: [
          {
            in: ['heading', 'title', 'text'],
            within: 600,
            share: 0.5,
            say: {
              en: 'not available in your country | not available in your region | unavailable in your country | unavailable in your region | not available in your location | unavailable in your location | not available in your territory | unavailable due to legal reasons | unavailable for legal reasons | has been blocked in your country | from a country belonging to the european economic area',
              fr: "n'est pas disponible dans votre pays | n'est pas disponible dans votre région | indisponible dans votre pays | pas accessible depuis votre pays | non disponible dans votre pays",
              es: 'no está disponible en tu país | no está disponible en su país | no disponible en tu país | no disponible en su país | no está disponible en tu región | no disponible en tu región',
              de: 'in deinem land nicht verfügbar | in ihrem land nicht verfügbar | in deiner region nicht verfügbar | in ihrer region nicht verfügbar | in deinem land leider nicht',
              it: 'non è disponibile nel tuo paese | non disponibile nel tuo paese | non è disponibile nella tua area | non disponibile nella tua regione',
              pt: 'não está disponível no seu país | não disponível no seu país | não está disponível em seu país | não está disponível na sua região | indisponível em seu país',
              ru: 'недоступно в вашей стране | недоступен в вашей стране | недоступна в вашей стране | недоступно в вашем регионе | недоступен в вашем регионе | заблокирован на территории | доступ к ресурсу ограничен',
              ar: 'غير متوفر في بلدك | غير متاح في بلدك | غير متوفر في منطقتك | غير متاح في منطقتك',
            },
          },
        ],
      },
      reason: 'The page said “{seen}” and little else ({length} characters of text).',
    },
    {
      id: 'site-suspended',
      kind: 'suspended',
      when: {
        maxText: 1500,
        words: [
          {
            in: ['heading', 'title'],
            share: 0.6,
            say: {
              en: 'this account has been suspended | account suspended | site suspended | website suspended',
              fr: 'compte suspendu | site suspendu',
              es: 'cuenta suspendida | sitio suspendido',
              de: 'konto gesperrt | diese website wurde gesperrt',
              it: 'account sospeso | sito sospeso',
              pt: 'conta suspensa | site suspenso',
              ru: 'сайт заблокирован | аккаунт заблокирован | сайт приостановлен',
              ar: 'الحساب موقوف | تم تعليق الحساب',
            },
          },
        ],
      },
      reason: 'The page said “{seen}” and little else ({length} characters of text).',
    },
    {
      id: 'age-gate-page',
      kind: 'age-gate',
      when: {
        words: [
          {
            in: ['dialog', 'heading'],
            share: 0.5,
            say: {
              en: 'are you over 18 | are you 18 or older | are you over 21 | are you 21 or older | are you of legal drinking age | age verification | verify your age | confirm your age | you must be 18 | you must be at least 18 | you must be 21',
              fr: "avez-vous plus de 18 ans | avez-vous 18 ans | vérification de l'âge | confirmez votre âge | vous devez avoir 18 ans | vous devez avoir plus de 18 ans",
              es: 'eres mayor de edad | eres mayor de 18 | verificación de edad | confirma tu edad',
              de: 'bist du über 18 | sind sie über 18 | bist du 18 | altersverifikation | altersüberprüfung | bestätige dein alter | bestätigen sie ihr alter',
              it: "hai più di 18 anni | sei maggiorenne | verifica dell'età | conferma la tua età",
              pt: 'você tem mais de 18 | é maior de 18 | verificação de idade | confirme sua idade | confirme a sua idade',
              ru: 'вам есть 18 | вам уже есть 18 | вам исполнилось 18 | подтвердите возраст | подтвердите свой возраст',
              ar: 'هل عمرك أكثر من 18 | هل عمرك 18 | التحقق من العمر | تأكيد العمر',
            },
          },
        ],
        lacks: ['article'],
        maxText: 6000,
      },
      reason: 'The page asked for the visitor’s age: “{seen}”.',
      covers: true,
    },
    {
      id: 'status-410',
      kind: 'deleted',
      when: { status: [[410, 410]] },
      reason: 'The server answered status 410: what stood at this address is gone for good.',
    },
    {
      id: 'soft-404-page',
      kind: 'soft-404',
      when: {
        status: [[200, 299]],
        maxText: 2500,
        lacks: ['article'],
        words: [
          {
            in: ['heading', 'title'],
            share: 0.75,
            say: {
              en: "page not found | 404 not found | error 404 | 404 error | 404 | not found | this page isn't available | this page is not available | this page doesn't exist | this page does not exist | page doesn't exist | page does not exist | the page you requested could not be found | we can't find that page | we couldn't find that page | sorry, we can't find that page | nothing found | oops! page not found | oops! that page can't be found | page unavailable | this content is no longer available | file not found",
              fr: "page introuvable | page non trouvée | erreur 404 | cette page n'existe pas | cette page n'existe plus | la page demandée n'existe pas | la page que vous recherchez n'existe pas | cette page n'est pas disponible | contenu introuvable | cette page n'est plus disponible | page inexistante",
              es: 'página no encontrada | error 404 | esta página no existe | la página no existe | no se encontró la página | no se ha encontrado la página | esta página no está disponible | página no disponible',
              de: 'seite nicht gefunden | fehler 404 | diese seite existiert nicht | die seite wurde nicht gefunden | seite existiert nicht | diese seite ist nicht verfügbar | diese seite gibt es nicht | seite nicht verfügbar',
              it: 'pagina non trovata | errore 404 | questa pagina non esiste | la pagina non esiste | pagina non disponibile | la pagina richiesta non è stata trovata',
              pt: 'página não encontrada | erro 404 | esta página não existe | a página não existe | página não existe | esta página não está disponível | página indisponível',
              ru: 'страница не найдена | ошибка 404 | такой страницы нет | такой страницы не существует | страница не существует | страница удалена | запрашиваемая страница не найдена',
              ar: 'الصفحة غير موجودة | خطا 404 | خطأ 404 | لم يتم العثور على الصفحة | هذه الصفحة غير متاحة | هذه الصفحة غير موجودة',
            },
          },
        ],
      },
      reason:
        'The server answered status {status}, but the page said “{seen}” and little else ({length} characters of text).',
    },
    {
      id: 'cms-404',
      kind: 'soft-404',
      when: {
        status: [[200, 299]],
        has: [
          'body.error404',
          'body.page-404',
          'body.template-404',
          'body.path-404',
          'body.error-404',
          'body#error404',
          '.noarticletext',
        ],
        maxText: 6000,
      },
      reason:
        'The server answered status {status}, but the site itself marks the page as not found ({element}).',
    },
    {
      id: 'empty-search',
      kind: 'empty-feed',
      when: {
        maxText: 1500,
        lacks: ['article'],
        words: [
          {
            in: ['heading'],
            share: 0.6,
            say: {
              en: 'no results found | no results | no posts yet | nothing to see here yet | no posts to show | your search did not match any',
              fr: 'aucun résultat | aucun résultat trouvé | aucune publication | aucune publication pour le moment',
              es: 'no se encontraron resultados | sin resultados | no hay resultados | aún no hay publicaciones | no hay publicaciones',
              de: 'keine ergebnisse | keine ergebnisse gefunden | noch keine beiträge | keine treffer',
              it: 'nessun risultato | nessun risultato trovato | nessun post | ancora nessun post',
              pt: 'nenhum resultado | nenhum resultado encontrado | nenhuma publicação | ainda não há publicações',
              ru: 'ничего не найдено | нет результатов | записей пока нет | публикаций пока нет',
              ar: 'لا توجد نتائج | لا توجد منشورات | لا منشورات بعد',
            },
          },
        ],
      },
      reason: 'The page had nothing to list: “{seen}”.',
    },
    {
      id: 'status-404',
      kind: 'error-page',
      when: { status: [[404, 404]] },
      fallback: true,
      reason: 'The server answered status 404: it has no such page.',
    },
    {
      id: 'status-403',
      kind: 'error-page',
      when: { status: [[403, 403]] },
      fallback: true,
      reason: 'The server answered status 403: it refused to give the page.',
    },
    {
      id: 'status-400',
      kind: 'error-page',
      when: { status: [[400, 499]] },
      fallback: true,
      reason: 'The server answered with an error status, {status}.',
    },
    {
      id: 'status-500',
      kind: 'error-page',
      when: { status: [[500, 599]] },
      fallback: true,
      reason: 'The server answered status {status}: an error on its side.',
    },
    {
      id: 'server-error-page',
      kind: 'error-page',
      when: {
        status: [[200, 299]],
        maxText: 1200,
        lacks: ['article'],
        words: [
          {
            in: ['heading', 'title'],
            share: 0.75,
            say: {
              en: 'internal server error | 502 bad gateway | 503 service unavailable | 504 gateway time-out | service unavailable | bad gateway | error establishing a database connection | something went wrong | welcome to nginx! | application error | site not found | under maintenance | down for maintenance',
              fr: "erreur interne du serveur | service indisponible | une erreur s'est produite | une erreur est survenue | site en maintenance",
              es: 'error interno del servidor | servicio no disponible | algo salió mal | se ha producido un error',
              de: 'interner serverfehler | dienst nicht verfügbar | etwas ist schiefgelaufen | ein fehler ist aufgetreten | wartungsarbeiten',
              it: 'errore interno del server | servizio non disponibile | si è verificato un errore | qualcosa è andato storto',
              pt: 'erro interno do servidor | serviço indisponível | algo deu errado | ocorreu um erro',
              ru: 'внутренняя ошибка сервера | сервис недоступен | произошла ошибка | что-то пошло не так | технические работы',
              ar: 'خطأ داخلي في الخادم | الخدمة غير متوفرة | حدث خطأ | حدث خطأ ما',
            },
          },
        ],
      },
      reason:
        'The server answered status {status}, but the page said “{seen}” and little else ({length} characters of text).',
    },
  ],
};

import type { RuleSetSource } from '../rule.ts';

const unavailable = {
  en: "sorry, this page isn't available | the link you followed may be broken | profile isn't available",
  fr: "cette page n'est malheureusement pas disponible | cette page n'est pas disponible | le lien que vous avez suivi est peut-être",
  es: 'esta página no está disponible | es posible que el enlace que has seguido',
  de: 'diese seite ist leider nicht verfügbar | der link, dem du gefolgt bist',
  it: 'questa pagina non è disponibile | il link che hai seguito potrebbe',
  pt: 'esta página não está disponível | o link em que você clicou pode não estar',
  ru: 'эта страница недоступна | к сожалению, эта страница недоступна',
  ar: 'عذرا، هذه الصفحة غير متاحة | هذه الصفحة غير متاحة',
};
const privateAccount = {
  en: 'this account is private | this profile is private',
  fr: 'ce compte est privé | ce profil est privé',
  es: 'esta cuenta es privada | este perfil es privado',
  de: 'dieses konto ist privat | dieses profil ist privat',
  it: 'questo account è privato | questo profilo è privato',
  pt: 'esta conta é privada | este perfil é privado | essa conta é privada',
  ru: 'это закрытый аккаунт | это закрытый профиль',
  ar: 'هذا الحساب خاص',
};

/** Facebook, Instagram and Threads. */
export const meta: RuleSetSource[] = [
  {
    platform: 'Facebook',
    hosts: ['facebook.com', 'fb.com'],
    rules: [
      {
        id: 'facebook-login-redirect',
        kind: 'login-wall',
        when: { arrivedAt: ['/login/*', '/login.php*', '/login?*', '/login', '/checkpoint/*'] },
        reason: 'Facebook sent the browser on to {to}, its page to log in, instead of the address asked for.',
      },
      {
        id: 'facebook-login-page',
        kind: 'login-wall',
        when: {
          password: true,
          maxText: 2500,
          lacks: ['div[role="article"]'],
          words: [
            {
              in: ['text'],
              within: 600,
              say: {
                en: 'you must log in to continue | log in to facebook | log into facebook',
                fr: 'vous devez vous connecter pour continuer | connectez-vous à facebook | se connecter à facebook',
                es: 'debes iniciar sesión para continuar | inicia sesión en facebook | iniciar sesión en facebook',
                de: 'du musst dich anmelden, um fortzufahren | bei facebook anmelden',
                it: 'devi accedere per continuare | accedi a facebook',
                pt: 'você precisa entrar para continuar | entrar no facebook | entre no facebook',
                ru: 'необходимо войти, чтобы продолжить | вход на facebook | войти на facebook',
                ar: 'يجب تسجيل الدخول للمتابعة | تسجيل الدخول إلى فيسبوك',
              },
            },
          ],
        },
        reason: 'Facebook asked to log in: “{seen}”.',
      },
      {
        id: 'facebook-login-dialog',
        kind: 'login-wall',
        when: {
          password: true,
          words: [
            {
              in: ['dialog'],
              say: {
                en: 'see more from | see more on facebook | log in or sign up',
                fr: 'voir plus de contenu de | en voir plus sur facebook',
                es: 'ver más de | ver más en facebook',
                de: 'mehr ansehen von | mehr auf facebook',
                it: 'vedi altro di | vedi altri contenuti di',
                pt: 'ver mais de | veja mais de',
                ru: 'смотрите больше | смотреть больше',
                ar: 'عرض المزيد من',
              },
            },
          ],
        },
        reason: 'Facebook covered the page with a question to log in: “{seen}”.',
        covers: true,
      },
      {
        id: 'facebook-unavailable',
        kind: 'deleted',
        when: {
          lacks: ['div[role="article"]'],
          words: [
            {
              in: ['text'],
              say: {
                en: "this content isn't available right now | this content isn't available at the moment | this page isn't available",
                fr: "ce contenu n'est pas disponible pour le moment | ce contenu n'est actuellement pas disponible | cette page n'est pas disponible",
                es: 'este contenido no está disponible en este momento | esta página no está disponible',
                de: 'dieser inhalt ist momentan nicht verfügbar | diese seite ist nicht verfügbar',
                it: 'questo contenuto non è al momento disponibile | questo contenuto non è disponibile in questo momento',
                pt: 'este conteúdo não está disponível no momento | esta página não está disponível',
                ru: 'контент сейчас недоступен | эта страница недоступна | этот контент сейчас недоступен',
                ar: 'هذا المحتوى غير متاح حاليا | هذا المحتوى غير متاح الآن',
              },
            },
          ],
          maxText: 2500,
        },
        reason:
          'Facebook said “{seen}”: it was deleted, or is shown to fewer people; Facebook does not say which.',
      },
      {
        id: 'facebook-blocked',
        kind: 'rate-limit',
        when: {
          words: [
            {
              in: ['heading', 'text'],
              say: {
                en: "you're temporarily blocked | you're temporarily restricted",
                fr: 'vous êtes temporairement bloqué',
                es: 'estás bloqueado temporalmente',
                de: 'du bist vorübergehend blockiert',
              },
            },
          ],
          maxText: 1500,
        },
        reason: 'Facebook said “{seen}”.',
      },
    ],
  },
  {
    platform: 'Instagram',
    hosts: ['instagram.com'],
    rules: [
      {
        id: 'instagram-login-redirect',
        kind: 'login-wall',
        when: {
          arrivedAt: ['/accounts/login*', '/accounts/signup*', '/challenge/*', '/accounts/suspended*'],
        },
        reason:
          'Instagram sent the browser on to {to}, its page to log in, instead of the address asked for.',
      },
      {
        id: 'instagram-login-dialog',
        kind: 'login-wall',
        when: {
          words: [
            {
              in: ['dialog'],
              say: {
                en: 'never miss a post from | see photos, videos and more from | sign up for instagram to stay in the loop | log in to see',
                fr: 'ne manquez jamais une publication de | inscrivez-vous sur instagram',
                es: 'no te pierdas ninguna publicación de | regístrate en instagram',
                de: 'verpasse nie einen beitrag von | registriere dich bei instagram',
                it: 'non perderti mai i post di | iscriviti a instagram',
                pt: 'nunca perca uma publicação de | cadastre-se no instagram',
                ru: 'не пропускайте публикации | зарегистрируйтесь в instagram',
              },
            },
          ],
        },
        reason: 'Instagram covered the page with a question to log in: “{seen}”.',
        covers: true,
      },
      {
        id: 'instagram-private',
        kind: 'private',
        when: { words: [{ in: ['text'], say: privateAccount }], lacks: ['article'], maxText: 3000 },
        reason: 'Instagram said “{seen}”.',
      },
      {
        id: 'instagram-unavailable',
        kind: 'soft-404',
        when: { words: [{ in: ['text'], say: unavailable }], lacks: ['article'], maxText: 2000 },
        reason: 'Instagram said “{seen}”: the address is wrong, or what stood there was removed.',
      },
      {
        id: 'instagram-rate-limit',
        kind: 'rate-limit',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: 'please wait a few minutes before you try again',
                fr: 'veuillez patienter quelques minutes avant de réessayer',
                es: 'espera unos minutos antes de volver a intentarlo',
                de: 'bitte warte einige minuten',
                pt: 'aguarde alguns minutos antes de tentar novamente',
              },
            },
          ],
          maxText: 800,
        },
        reason: 'Instagram said “{seen}”.',
      },
      {
        id: 'instagram-age',
        kind: 'age-gate',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: 'restricted profile | you must be 18 years old or over to see this profile',
                fr: 'profil restreint',
                es: 'perfil restringido',
                de: 'eingeschränktes profil',
                it: 'profilo con restrizioni',
                pt: 'perfil restrito',
              },
            },
          ],
          lacks: ['article'],
          maxText: 1500,
        },
        reason: 'Instagram said “{seen}”.',
      },
      {
        id: 'instagram-empty',
        kind: 'empty-feed',
        when: {
          words: [
            {
              in: ['heading', 'text'],
              say: {
                en: 'no posts yet',
                fr: 'aucune publication pour le moment | pas encore de publications',
                es: 'aún no hay publicaciones | todavía no hay publicaciones',
                de: 'noch keine beiträge',
                it: 'ancora nessun post',
                pt: 'ainda não há publicações | nenhuma publicação ainda',
                ru: 'публикаций пока нет',
                ar: 'لا توجد منشورات بعد',
              },
            },
          ],
          lacks: ['article'],
          maxText: 2000,
        },
        reason: 'Instagram showed no post: “{seen}”.',
      },
    ],
  },
  {
    platform: 'Threads',
    hosts: ['threads.net', 'threads.com'],
    rules: [
      {
        id: 'threads-login-redirect',
        kind: 'login-wall',
        when: { arrivedAt: ['/login*'] },
        reason: 'Threads sent the browser on to {to}, its page to log in, instead of the address asked for.',
      },
      {
        id: 'threads-private',
        kind: 'private',
        when: { words: [{ in: ['text'], say: privateAccount }], maxText: 2500 },
        reason: 'Threads said “{seen}”.',
      },
      {
        id: 'threads-lost',
        kind: 'soft-404',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                ...unavailable,
                en: `${unavailable.en} | not all who wander are lost, but this page is`,
              },
            },
          ],
          maxText: 1500,
        },
        reason: 'Threads said “{seen}”.',
      },
    ],
  },
];

import type { RuleSetSource } from '../rule.ts';

/** Bluesky, Mastodon, Reddit and LinkedIn. */
export const morePlatforms: RuleSetSource[] = [
  {
    platform: 'Bluesky',
    hosts: ['bsky.app'],
    rules: [
      {
        id: 'bluesky-signed-in-only',
        kind: 'login-wall',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: 'sign-in required | visible only to people who are signed in | visible to people who are signed in',
                fr: 'connexion requise',
                es: 'se requiere iniciar sesión',
                de: 'anmeldung erforderlich',
                it: 'accesso richiesto',
                pt: 'login necessário',
              },
            },
          ],
          maxText: 2500,
          lacks: ['div[data-testid^="postThreadItem-"]', 'div[data-testid^="feedItem-"]'],
        },
        reason: 'Bluesky said “{seen}”.',
      },
      {
        id: 'bluesky-suspended',
        kind: 'suspended',
        when: {
          words: [
            {
              in: ['text'],
              say: { en: 'account has been suspended | account suspended | account has been taken down' },
            },
          ],
          maxText: 2500,
          lacks: ['div[data-testid^="feedItem-"]'],
        },
        reason: 'Bluesky said “{seen}”.',
      },
      {
        id: 'bluesky-deleted',
        kind: 'deleted',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: 'post not found | post has been deleted | the post may have been deleted | account is deactivated | account deactivated',
                fr: 'post introuvable | post supprimé',
                es: 'publicación no encontrada | post no encontrado',
                de: 'post nicht gefunden | beitrag nicht gefunden',
                it: 'post non trovato',
                pt: 'post não encontrado',
                ru: 'пост не найден',
              },
            },
          ],
          maxText: 2500,
          lacks: ['div[data-testid^="postThreadItem-"]'],
        },
        reason: 'Bluesky said “{seen}”.',
      },
      {
        id: 'bluesky-no-profile',
        kind: 'soft-404',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: 'unable to resolve handle | profile not found | invalid handle',
                fr: 'profil introuvable',
                es: 'perfil no encontrado',
                de: 'profil nicht gefunden',
              },
            },
          ],
          maxText: 2500,
        },
        reason: 'Bluesky said “{seen}”.',
      },
    ],
  },
  {
    platform: 'Mastodon',
    hosts: [],
    rules: [
      {
        id: 'mastodon-suspended',
        kind: 'suspended',
        when: {
          has: ['#mastodon', 'div.app-holder'],
          words: [
            {
              in: ['text'],
              say: {
                en: 'account suspended',
                fr: 'compte suspendu',
                es: 'cuenta suspendida',
                de: 'konto gesperrt',
                it: 'account sospeso',
                pt: 'conta suspensa',
                ru: 'учетная запись заблокирована',
                ar: 'الحساب معلق',
              },
            },
          ],
          maxText: 2500,
          lacks: ['article', '.status'],
        },
        reason: 'Mastodon said “{seen}”.',
      },
      {
        id: 'mastodon-private',
        kind: 'private',
        when: {
          has: ['#mastodon'],
          words: [
            {
              in: ['text'],
              say: {
                en: 'this profile has been hidden by the moderators | profile unavailable | this profile is private',
                fr: 'ce profil a été masqué | profil indisponible',
                es: 'perfil no disponible',
                de: 'profil nicht verfügbar',
                pt: 'perfil indisponível',
              },
            },
          ],
          maxText: 2500,
          lacks: ['article', '.status'],
        },
        reason: 'Mastodon said “{seen}”.',
      },
      {
        id: 'mastodon-gone',
        kind: 'soft-404',
        when: {
          has: ['#mastodon', 'body.error'],
          words: [
            {
              in: ['text'],
              say: {
                en: "the page you are looking for isn't here | the page you were looking for doesn't exist here anymore | this page could not be found",
                fr: "la page que vous recherchez n'existe pas | la page que vous cherchez n'existe plus",
                es: 'la página que estás buscando no está disponible',
                de: 'die seite, die du suchst, existiert nicht | diese seite existiert nicht',
                it: 'la pagina che stai cercando non si trova qui',
                pt: 'a página que procura não existe',
                ru: 'страница, которую вы ищете, не найдена',
              },
            },
          ],
          maxText: 2500,
          lacks: ['.status'],
        },
        reason: 'Mastodon said “{seen}” (status {status}).',
      },
    ],
  },
  {
    platform: 'Reddit',
    hosts: ['reddit.com'],
    rules: [
      {
        id: 'reddit-blocked',
        kind: 'bot-check',
        when: {
          words: [
            {
              in: ['text', 'title'],
              share: 0.8,
              say: {
                en: "you've been blocked by network security | whoa there, pardner | prove your humanity",
              },
            },
          ],
          maxText: 2500,
          lacks: ['shreddit-post'],
        },
        reason: 'Reddit turned the browser away: “{seen}”.',
      },
      {
        id: 'reddit-login-redirect',
        kind: 'login-wall',
        when: { arrivedAt: ['/login*', '/account/login*'] },
        reason: 'Reddit sent the browser on to {to}, its page to log in, instead of the address asked for.',
      },
      {
        id: 'reddit-age',
        kind: 'age-gate',
        when: { arrivedAt: ['/over18*'] },
        reason: 'Reddit asked for the visitor’s age ({to}).',
      },
      {
        id: 'reddit-age-dialog',
        kind: 'age-gate',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: 'you must be 18+ to view this community | you must be at least eighteen years old to view | mature content',
              },
            },
          ],
          has: [
            'xpromo-nsfw-blocking-modal',
            'shreddit-nsfw-modal',
            '#nsfw-qr-dialog',
            'form[action*="over18"]',
            'div[data-testid="nsfw-modal"]',
          ],
        },
        reason: 'Reddit asked for the visitor’s age: “{seen}”.',
        covers: true,
      },
      {
        id: 'reddit-private',
        kind: 'private',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: 'this community is private | is a private community | you must be invited to visit this community',
              },
            },
          ],
          maxText: 2500,
          lacks: ['shreddit-post'],
        },
        reason: 'Reddit said “{seen}”.',
      },
      {
        id: 'reddit-banned',
        kind: 'suspended',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: 'this community has been banned | was banned from reddit | this account has been suspended | this community was banned',
                fr: 'cette communauté a été bannie | ce compte a été suspendu',
                es: 'esta comunidad fue suspendida | esta cuenta ha sido suspendida',
                de: 'diese community wurde gesperrt | dieses konto wurde gesperrt',
                pt: 'esta comunidade foi banida',
              },
            },
          ],
          maxText: 2500,
          lacks: ['shreddit-post'],
        },
        reason: 'Reddit said “{seen}”.',
      },
      {
        id: 'reddit-removed',
        kind: 'deleted',
        when: {
          words: [
            {
              in: ['text'],
              inside: [
                'shreddit-post',
                '.post-removed-banner',
                '#siteTable',
                'div[slot="post-removed-banner"]',
                'faceplate-tracker',
              ],
              say: {
                en: 'sorry, this post was deleted by the person who originally posted it | sorry, this post has been removed by | sorry, this post was removed by | this post was removed by',
              },
            },
          ],
        },
        reason: 'Reddit said “{seen}”.',
      },
      {
        id: 'reddit-nobody',
        kind: 'soft-404',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: 'nobody on reddit goes by that name | the page you requested does not exist | community not found | page not found',
              },
            },
          ],
          maxText: 1500,
          lacks: ['shreddit-post'],
        },
        reason: 'Reddit said “{seen}”.',
      },
    ],
  },
  {
    platform: 'LinkedIn',
    hosts: ['linkedin.com'],
    rules: [
      {
        id: 'linkedin-authwall',
        kind: 'login-wall',
        when: { arrivedAt: ['/authwall*', '/uas/login*', '/login*', '/signup*', '/checkpoint/*'] },
        reason: 'LinkedIn sent the browser on to {to}, its page to log in, instead of the address asked for.',
      },
      {
        id: 'linkedin-999',
        kind: 'bot-check',
        when: { status: [[999, 999]] },
        reason: 'LinkedIn answered status 999: it took the browser for a robot.',
      },
      {
        id: 'linkedin-dialog',
        kind: 'login-wall',
        when: {
          has: [
            '.contextual-sign-in-modal--open',
            '.contextual-sign-in-modal__screen',
            '#public_profile_contextual-sign-in',
          ],
          words: [
            {
              in: ['dialog'],
              say: {
                en: 'sign in to view | to view or add a comment, sign in | join to view',
                fr: "identifiez-vous pour voir | s'identifier pour voir | inscrivez-vous pour voir",
                es: 'inicia sesión para ver',
                de: 'loggen sie sich ein, um | einloggen, um',
                it: 'accedi per vedere | accedi per visualizzare',
                pt: 'entre para ver',
                ru: 'войдите, чтобы увидеть | войдите, чтобы просмотреть',
                ar: 'سجل الدخول لعرض',
              },
            },
          ],
        },
        reason: 'LinkedIn covered the page with a question to log in: “{seen}”.',
        covers: true,
      },
      {
        id: 'linkedin-404',
        kind: 'soft-404',
        when: {
          words: [
            {
              in: ['heading', 'text'],
              say: {
                en: "this page doesn't exist | profile not found | page not found",
                fr: "cette page n'existe pas | page introuvable",
                es: 'esta página no existe',
                de: 'diese seite existiert nicht',
                it: 'questa pagina non esiste',
                pt: 'esta página não existe',
              },
            },
          ],
          maxText: 1500,
        },
        reason: 'LinkedIn said “{seen}”.',
      },
    ],
  },
];

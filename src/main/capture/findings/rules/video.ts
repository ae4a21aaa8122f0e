import type { RuleSetSource } from '../rule.ts';

/** YouTube and TikTok. */
export const video: RuleSetSource[] = [
  {
    platform: 'YouTube',
    hosts: ['youtube.com', 'youtu.be'],
    rules: [
      {
        id: 'youtube-consent',
        kind: 'consent-wall',
        when: { arrivedOn: ['consent.youtube.com', 'consent.google.com'] },
        reason:
          'YouTube sent the browser on to {to}, its question for consent, instead of the address asked for.',
      },
      {
        id: 'youtube-bot',
        kind: 'bot-check',
        when: {
          words: [
            {
              in: ['text'],
              inside: [
                '#player',
                '#error-screen',
                'yt-player-error-message-renderer',
                '#movie_player',
                '.ytp-error',
              ],
              say: {
                en: "sign in to confirm you're not a bot",
                fr: "connectez-vous pour confirmer que vous n'êtes pas un robot",
                es: 'inicia sesión para confirmar que no eres un bot',
                de: 'melde dich an, um zu bestätigen, dass du kein bot bist',
                it: 'accedi per confermare di non essere un bot',
                pt: 'faça login para confirmar que você não é um bot',
                ru: 'войдите, чтобы подтвердить, что вы не бот',
              },
            },
          ],
        },
        reason: 'YouTube showed no video: “{seen}”.',
      },
      {
        id: 'youtube-age',
        kind: 'age-gate',
        when: {
          words: [
            {
              in: ['text'],
              inside: [
                '#player',
                '#error-screen',
                'yt-player-error-message-renderer',
                '#movie_player',
                '.ytp-error',
              ],
              say: {
                en: 'sign in to confirm your age | this video may be inappropriate for some users',
                fr: 'connectez-vous pour confirmer votre âge',
                es: 'inicia sesión para confirmar tu edad',
                de: 'melde dich an, um dein alter zu bestätigen | altersbeschränkung (ich bin älter als 18)',
                it: 'accedi per confermare la tua età',
                pt: 'faça login para confirmar sua idade',
                ru: 'войдите в аккаунт, чтобы подтвердить свой возраст',
                ar: 'سجل الدخول لتأكيد عمرك',
              },
            },
          ],
        },
        reason: 'YouTube showed no video: “{seen}”.',
      },
      {
        id: 'youtube-country',
        kind: 'not-in-your-country',
        when: {
          words: [
            {
              in: ['text'],
              inside: [
                '#player',
                '#error-screen',
                'yt-player-error-message-renderer',
                '#movie_player',
                '.ytp-error',
              ],
              say: {
                en: 'not made this video available in your country | this video is not available in your country | blocked it in your country',
                fr: "n'a pas rendu cette vidéo disponible dans votre pays | n'est pas disponible dans votre pays",
                es: 'no está disponible en tu país',
                de: 'in deinem land nicht verfügbar',
                it: 'non è disponibile nel tuo paese',
                pt: 'não está disponível no seu país',
                ru: 'недоступно в вашей стране',
                ar: 'غير متاح في بلدك',
              },
            },
          ],
        },
        reason: 'YouTube showed no video: “{seen}”.',
      },
      {
        id: 'youtube-private',
        kind: 'private',
        when: {
          words: [
            {
              in: ['text'],
              inside: [
                '#player',
                '#error-screen',
                'yt-player-error-message-renderer',
                '#movie_player',
                '.ytp-error',
              ],
              say: {
                en: 'private video | this video is private',
                fr: 'vidéo privée | cette vidéo est privée',
                es: 'video privado | vídeo privado | este video es privado',
                de: 'privates video | dieses video ist privat',
                it: 'video privato | questo video è privato',
                pt: 'vídeo privado | vídeo particular',
                ru: 'видео с ограниченным доступом',
                ar: 'فيديو خاص',
              },
            },
          ],
        },
        reason: 'YouTube showed no video: “{seen}”.',
      },
      {
        id: 'youtube-terminated',
        kind: 'suspended',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: 'this account has been terminated | this channel was removed because it violated | account associated with this video has been terminated',
                fr: 'ce compte a été clôturé | ce compte a été résilié',
                es: 'esta cuenta se ha cancelado | esta cuenta ha sido cancelada',
                de: 'dieses konto wurde gekündigt',
                it: 'questo account è stato chiuso',
                pt: 'esta conta foi encerrada',
                ru: 'этот аккаунт был заблокирован | аккаунт удален',
                ar: 'تم إنهاء هذا الحساب',
              },
            },
          ],
          maxText: 4000,
          lacks: ['ytd-comment-thread-renderer'],
        },
        reason: 'YouTube said “{seen}”.',
      },
      {
        id: 'youtube-removed',
        kind: 'deleted',
        when: {
          words: [
            {
              in: ['text'],
              inside: [
                '#player',
                '#error-screen',
                'yt-player-error-message-renderer',
                '#movie_player',
                '.ytp-error',
              ],
              say: {
                en: "this video has been removed | video unavailable | this video isn't available anymore | this video is no longer available",
                fr: "cette vidéo a été supprimée | vidéo non disponible | cette vidéo n'est plus disponible",
                es: 'se ha eliminado este video | se eliminó este video | video no disponible | vídeo no disponible',
                de: 'dieses video wurde entfernt | video nicht verfügbar',
                it: 'questo video è stato rimosso | video non disponibile',
                pt: 'este vídeo foi removido | vídeo indisponível',
                ru: 'видео удалено | видео недоступно',
                ar: 'تمت إزالة هذا الفيديو | الفيديو غير متاح',
              },
            },
          ],
        },
        reason: 'YouTube showed no video: “{seen}”.',
      },
      {
        id: 'youtube-404',
        kind: 'soft-404',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: "this page isn't available. sorry about that | this channel does not exist",
                fr: "cette page n'est pas disponible | cette chaîne n'existe pas",
                es: 'esta página no está disponible | este canal no existe',
                de: 'diese seite ist nicht verfügbar | dieser kanal existiert nicht',
                it: 'questa pagina non è disponibile | questo canale non esiste',
                pt: 'esta página não está disponível | este canal não existe',
                ru: 'страница недоступна | этот канал не существует',
              },
            },
          ],
          maxText: 1500,
        },
        reason: 'YouTube said “{seen}”.',
      },
    ],
  },
  {
    platform: 'TikTok',
    hosts: ['tiktok.com'],
    rules: [
      {
        id: 'tiktok-login-redirect',
        kind: 'login-wall',
        when: { arrivedAt: ['/login*'] },
        reason: 'TikTok sent the browser on to {to}, its page to log in, instead of the address asked for.',
      },
      {
        id: 'tiktok-captcha',
        kind: 'bot-check',
        when: {
          has: [
            '.captcha_verify_container',
            '#captcha-verify-image',
            '#tiktok-verify-ele',
            '.captcha-verify-container',
            '#captcha-verify-container-main-page',
          ],
        },
        reason: 'TikTok covered the page with a check for robots ({element}).',
        covers: true,
      },
      {
        id: 'tiktok-private',
        kind: 'private',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: 'this account is private | this video is private',
                fr: 'ce compte est privé | cette vidéo est privée',
                es: 'esta cuenta es privada | este video es privado',
                de: 'dieses konto ist privat',
                it: 'questo account è privato',
                pt: 'esta conta é privada | esta conta é particular',
                ru: 'это закрытый аккаунт',
                ar: 'هذا الحساب خاص',
              },
            },
          ],
          maxText: 2500,
        },
        reason: 'TikTok said “{seen}”.',
      },
      {
        id: 'tiktok-banned',
        kind: 'suspended',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: 'account banned | this account was banned',
                fr: 'compte banni',
                es: 'cuenta bloqueada',
                de: 'konto gesperrt',
                it: 'account bloccato',
                pt: 'conta banida',
                ru: 'аккаунт заблокирован',
                ar: 'الحساب محظور',
              },
            },
          ],
          maxText: 2500,
        },
        reason: 'TikTok said “{seen}”.',
      },
      {
        id: 'tiktok-unavailable',
        kind: 'deleted',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: 'video currently unavailable | video is unavailable',
                fr: 'vidéo actuellement indisponible',
                es: 'video no disponible en este momento | el vídeo no está disponible en este momento',
                de: 'video derzeit nicht verfügbar',
                it: 'video attualmente non disponibile | video al momento non disponibile',
                pt: 'vídeo indisponível no momento | vídeo atualmente indisponível',
                ru: 'видео сейчас недоступно',
                ar: 'الفيديو غير متاح حاليا',
              },
            },
          ],
          maxText: 3000,
        },
        reason: 'TikTok said “{seen}”: it was removed, or is not shown here; TikTok does not say which.',
      },
      {
        id: 'tiktok-no-account',
        kind: 'soft-404',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: "couldn't find this account | page not available",
                fr: 'impossible de trouver ce compte | page non disponible',
                es: 'no se pudo encontrar esta cuenta | no se ha encontrado esta cuenta',
                de: 'konto konnte nicht gefunden werden',
                it: 'impossibile trovare questo account',
                pt: 'não foi possível encontrar esta conta',
                ru: 'не удалось найти этот аккаунт',
                ar: 'تعذر العثور على هذا الحساب',
              },
            },
          ],
          maxText: 2500,
        },
        reason: 'TikTok said “{seen}”.',
      },
      {
        id: 'tiktok-country',
        kind: 'not-in-your-country',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: "tiktok isn't available right now | isn't available in your country or region | we have discontinued operating tiktok in",
              },
            },
          ],
          maxText: 2000,
        },
        reason: 'TikTok said “{seen}”.',
      },
    ],
  },
];

import type { RuleSetSource } from '../rule.ts';

/** X, formerly Twitter. Its notices stand in the main column; posts on a page that has some are `article` elements. */
export const x: RuleSetSource = {
  platform: 'X',
  hosts: ['x.com', 'twitter.com'],
  rules: [
    {
      id: 'x-login-redirect',
      kind: 'login-wall',
      when: { arrivedAt: ['/i/flow/login*', '/login*', '/account/access*', '/i/flow/signup*'] },
      reason: 'X sent the browser on to {to}, its page to log in, instead of the address asked for.',
    },
    {
      id: 'x-suspended',
      kind: 'suspended',
      when: {
        lacks: ['article'],
        words: [
          {
            in: ['text'],
            say: {
              en: 'account suspended | x suspends accounts | twitter suspends accounts | this post is from a suspended account',
              fr: "compte suspendu | x suspend les comptes | provient d'un compte suspendu",
              es: 'cuenta suspendida | x suspende las cuentas | es de una cuenta suspendida',
              de: 'account gesperrt | x sperrt accounts | account wurde gesperrt | stammt von einem gesperrten account',
              it: 'account sospeso | x sospende gli account',
              pt: 'conta suspensa | a conta está suspensa | o x suspende as contas | o x suspende contas',
              ru: 'аккаунт заблокирован | учетная запись приостановлена | действие учетной записи приостановлено',
              ar: 'الحساب موقوف | تم إيقاف الحساب | حساب موقوف',
            },
          },
        ],
        maxText: 2500,
      },
      reason: 'X said “{seen}” and showed no post.',
    },
    {
      id: 'x-deleted',
      kind: 'deleted',
      when: {
        lacks: ['article'],
        words: [
          {
            in: ['text'],
            say: {
              en: 'this post was deleted by the post author | this tweet was deleted by the tweet author',
              fr: 'ce post a été supprimé par son auteur | ce post a été supprimé',
              es: 'el autor del post eliminó este post | este post fue eliminado',
              de: 'dieser post wurde vom autor gelöscht | dieser post wurde vom verfasser gelöscht',
              it: 'questo post è stato eliminato',
              pt: 'este post foi excluído | este post foi apagado',
              ru: 'этот пост был удален | автор удалил этот пост',
              ar: 'تم حذف هذا المنشور | حذف صاحب المنشور',
            },
          },
        ],
        maxText: 2500,
      },
      reason: 'X said “{seen}”.',
    },
    {
      id: 'x-withheld',
      kind: 'not-in-your-country',
      when: {
        words: [
          {
            in: ['text'],
            say: {
              en: 'has been withheld in … in response to a legal demand | account withheld | has been withheld in',
              fr: 'compte bloqué dans | a été censuré | contenu retenu dans',
              es: 'cuenta retenida | se ha retenido en',
              de: 'account zurückgehalten | wurde in … zurückgehalten',
              it: 'account bloccato in',
              pt: 'conta retida | foi retida em',
              ru: 'доступ к аккаунту ограничен',
              ar: 'تم حجب الحساب',
            },
          },
        ],
        lacks: ['article'],
        maxText: 2500,
      },
      reason: 'X said “{seen}”.',
    },
    {
      id: 'x-protected',
      kind: 'private',
      when: {
        lacks: ['article'],
        words: [
          {
            in: ['text'],
            say: {
              en: 'these posts are protected | these tweets are protected | only approved followers can see',
              fr: 'ces posts sont protégés | seuls les abonnés approuvés',
              es: 'estos posts están protegidos | solo los seguidores aprobados',
              de: 'diese posts sind geschützt | nur bestätigte follower',
              it: 'questi post sono protetti | solo i follower approvati',
              pt: 'estes posts são protegidos | esses posts são protegidos | somente seguidores aprovados',
              ru: 'эти посты защищены | только подтвержденные читатели',
              ar: 'هذه المنشورات محمية',
            },
          },
        ],
        maxText: 2500,
      },
      reason: 'X said “{seen}” and showed no post.',
    },
    {
      id: 'x-no-such-page',
      kind: 'soft-404',
      when: {
        lacks: ['article'],
        words: [
          {
            in: ['text'],
            say: {
              en: "hmm…this page doesn't exist | this account doesn't exist | this post is unavailable | sorry, that page doesn't exist",
              fr: "cette page n'existe pas | ce compte n'existe pas | ce post n'est pas disponible",
              es: 'esta página no existe | esta cuenta no existe | este post no está disponible',
              de: 'diese seite existiert nicht | dieser account existiert nicht | dieser post ist nicht verfügbar',
              it: 'questa pagina non esiste | questo account non esiste | questo post non è disponibile',
              pt: 'esta página não existe | essa página não existe | esta conta não existe | essa conta não existe',
              ru: 'такой страницы нет | такой страницы не существует | такой учетной записи нет | этот аккаунт не существует',
              ar: 'هذه الصفحة غير موجودة | هذا الحساب غير موجود',
            },
          },
        ],
        maxText: 2000,
      },
      reason: 'X said “{seen}” and showed no post.',
    },
    {
      id: 'x-rate-limit',
      kind: 'rate-limit',
      when: {
        lacks: ['article'],
        words: [{ in: ['text'], say: { en: 'rate limit exceeded | you have exceeded the rate limit' } }],
        maxText: 2000,
      },
      reason: 'X said “{seen}”.',
    },
    {
      id: 'x-age',
      kind: 'age-gate',
      when: {
        lacks: ['article'],
        words: [
          {
            in: ['text'],
            say: {
              en: 'age-restricted adult content | this content might not be appropriate for people under 18',
              fr: "contenu pour adultes soumis à une limite d'âge",
              es: 'contenido para adultos con restricción de edad',
              de: 'inhalte für erwachsene mit altersbeschränkung',
            },
          },
        ],
        maxText: 2500,
      },
      reason: 'X said “{seen}”.',
    },
    {
      id: 'x-empty',
      kind: 'empty-feed',
      when: {
        lacks: ['article'],
        words: [
          {
            in: ['text'],
            say: {
              en: "hasn't posted | no results for",
              fr: "n'a pas posté | aucun résultat pour",
              es: 'no ha posteado | no hay resultados para',
              de: 'hat noch nichts gepostet | keine ergebnisse für',
              it: 'non ha pubblicato post | nessun risultato per',
              pt: 'não postou nada | nenhum resultado para',
              ru: 'еще ничего не опубликовал | нет результатов по запросу',
              ar: 'لم ينشر | لا توجد نتائج',
            },
          },
        ],
        maxText: 2500,
      },
      reason: 'X showed no post: “{seen}”.',
    },
    {
      id: 'x-error',
      kind: 'error-page',
      when: {
        lacks: ['article'],
        words: [
          {
            in: ['text'],
            say: {
              en: 'something went wrong. try reloading | javascript is not available',
              fr: "une erreur s'est produite. essayez d'actualiser",
              es: 'algo salió mal. intenta recargar',
              de: 'etwas ist schiefgelaufen. versuche | irgendetwas ist schiefgelaufen',
              it: 'qualcosa è andato storto. prova a ricaricare',
              pt: 'algo deu errado. tente recarregar',
              ru: 'что-то пошло не так. попробуйте перезагрузить',
              ar: 'حدث خطأ ما. حاول إعادة التحميل',
            },
          },
        ],
        maxText: 2000,
      },
      reason: 'X showed no post: “{seen}”.',
    },
  ],
};

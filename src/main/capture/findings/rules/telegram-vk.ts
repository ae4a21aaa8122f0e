import type { RuleSetSource } from '../rule.ts';

/** Telegram’s pages on the web, and VK. */
export const telegramAndVk: RuleSetSource[] = [
  {
    platform: 'Telegram',
    hosts: ['t.me', 'telegram.me'],
    rules: [
      {
        id: 'telegram-post-not-found',
        kind: 'deleted',
        when: {
          words: [
            {
              in: ['text'],
              inside: ['.tgme_widget_message_error', '.tgme_widget_message_error_wrap'],
              say: { en: 'post not found' },
            },
          ],
        },
        reason:
          'Telegram said “{seen}” where the post should be: it was deleted, or there never was one of this number.',
      },
      {
        id: 'telegram-channel-not-found',
        kind: 'soft-404',
        when: {
          words: [
            {
              in: ['text'],
              inside: ['.tgme_widget_message_error', '.tgme_widget_message_error_wrap'],
              say: { en: 'channel with username … not found | username not found' },
            },
          ],
        },
        reason: 'Telegram said “{seen}”.',
      },
      {
        id: 'telegram-withheld',
        kind: 'not-in-your-country',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: "this channel can't be displayed because it violated local laws | is unavailable due to … local laws",
              },
            },
          ],
          maxText: 3000,
          lacks: ['.tgme_widget_message_text'],
        },
        reason: 'Telegram said “{seen}”.',
      },
      {
        id: 'telegram-blocked',
        kind: 'suspended',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                en: "this channel can't be displayed because it was used | this channel is unavailable due to copyright | this channel was blocked | this group can't be displayed because it was used",
              },
            },
          ],
          maxText: 3000,
          lacks: ['.tgme_widget_message_text'],
        },
        reason: 'Telegram said “{seen}”.',
      },
      {
        id: 'telegram-no-preview',
        kind: 'private',
        when: {
          askedFor: ['/s/*'],
          has: ['.tgme_page_action'],
          lacks: ['.tgme_channel_history', '.tgme_widget_message', '.tgme_channel_info'],
        },
        reason:
          'Telegram gave a page to open the application with instead of the posts of the channel: it shows none on the web.',
      },
      {
        id: 'telegram-open-app',
        kind: 'private',
        when: {
          words: [
            {
              in: ['text'],
              inside: [
                '.tgme_widget_message_error',
                '.tgme_widget_message',
                '.message_media_not_supported_wrap',
              ],
              say: { en: 'please open telegram to view this post' },
            },
          ],
          lacks: ['.tgme_widget_message_text'],
        },
        reason: 'Telegram did not show the post on the web: “{seen}”.',
      },
      {
        id: 'telegram-empty',
        kind: 'empty-feed',
        when: { has: ['.tgme_channel_history'], lacks: ['.tgme_widget_message'], askedFor: ['/s/*'] },
        reason: 'Telegram listed no post of the channel.',
      },
    ],
  },
  {
    platform: 'VK',
    hosts: ['vk.com', 'vk.ru', 'vkvideo.ru'],
    rules: [
      {
        id: 'vk-login-redirect',
        kind: 'login-wall',
        when: { arrivedAt: ['/login*'] },
        reason: 'VK sent the browser on to {to}, its page to log in, instead of the address asked for.',
      },
      {
        id: 'vk-challenge',
        kind: 'bot-check',
        when: { arrivedAt: ['/challenge.html*', '/429.html*', '/badbrowser.php*'] },
        reason: 'VK sent the browser on to {to}, its check for robots.',
      },
      {
        id: 'vk-login-only',
        kind: 'login-wall',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                ru: 'доступна только авторизованным пользователям | необходимо войти на сайт или зарегистрироваться | чтобы просмотреть эту страницу, нужно войти',
                en: 'is only available to registered users | you have to log in to view | please log in to view this page | page is available only to authorized users',
              },
            },
          ],
          maxText: 2000,
          lacks: ['.wall_item', '.post'],
        },
        reason: 'VK said “{seen}”.',
      },
      {
        id: 'vk-country',
        kind: 'not-in-your-country',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                ru: 'материал заблокирован на территории | контент недоступен на территории | заблокирована на территории',
                en: 'blocked on the territory of | is not available in your region | this content is blocked in',
              },
            },
          ],
          maxText: 2000,
          lacks: ['.wall_item', '.post'],
        },
        reason: 'VK said “{seen}”.',
      },
      {
        id: 'vk-blocked',
        kind: 'suspended',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                ru: 'страница заблокирована | эта страница заблокирована | сообщество заблокировано | страница пользователя заблокирована',
                en: 'this page has been blocked | this community has been blocked | user page blocked | this profile has been blocked',
              },
            },
          ],
          maxText: 2000,
          lacks: ['.wall_item', '.post'],
        },
        reason: 'VK said “{seen}”.',
      },
      {
        id: 'vk-deleted',
        kind: 'deleted',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                ru: 'страница удалена либо еще не создана | пользователь удалил свою страницу | страница удалена ее владельцем | запись удалена | страница удалена',
                en: 'page is either deleted or not yet created | page has either been deleted or not been created | user deleted their page | this page has been deleted | post deleted',
              },
            },
          ],
          maxText: 2000,
          lacks: ['.wall_item', '.post'],
        },
        reason: 'VK said “{seen}”.',
      },
      {
        id: 'vk-private',
        kind: 'private',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                ru: 'это закрытый профиль | закрытый профиль | это закрытое сообщество | это частное сообщество',
                en: 'this is a private profile | this profile is private | this is a private community | this is a closed community',
              },
            },
          ],
          maxText: 2500,
          lacks: ['.wall_item', '.post'],
        },
        reason: 'VK said “{seen}”.',
      },
      {
        id: 'vk-rate-limit',
        kind: 'rate-limit',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                ru: 'вы попытались загрузить более одной однотипной страницы | слишком много запросов',
                en: 'you tried to load the same page more than once | too many requests',
              },
            },
          ],
          maxText: 1500,
        },
        reason: 'VK said “{seen}”.',
      },
      {
        id: 'vk-no-access',
        kind: 'private',
        when: {
          words: [
            {
              in: ['text'],
              say: {
                ru: 'доступ к странице ограничен | у вас нет доступа | доступ запрещен',
                en: 'access denied | access to this page is restricted',
              },
            },
          ],
          maxText: 1200,
          lacks: ['.wall_item', '.post'],
        },
        reason: 'VK said “{seen}”.',
      },
    ],
  },
];

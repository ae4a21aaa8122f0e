import { expect, it } from 'vitest';
import { isForbidden } from './never-press.ts';
import { isShowMore, type showMoreWords } from './show-more.ts';

const more: Record<keyof typeof showMoreWords, string[]> = {
  en: [
    'Show more',
    'See More…',
    'Load more comments',
    'View 3 more replies',
    '12 replies',
    'Read more ▾',
    '… more',
    'Continue reading',
    'Expand all',
    'View all 1,204 comments',
    'Read full article',
    'Show this thread',
  ],
  fr: [
    'Afficher plus',
    'Voir plus',
    'Afficher la suite',
    'Lire la suite »',
    'Voir les 12 commentaires',
    'Charger plus d’articles',
    'Voir davantage',
    'Afficher tous les commentaires précédents',
    'En voir plus',
    'Voir les réponses',
  ],
  de: [
    'Mehr anzeigen',
    'Weiterlesen',
    'Alle Kommentare anzeigen',
    '3 weitere Antworten anzeigen',
    'Mehr laden',
    'Zeige mehr',
    'aufklappen',
  ],
  es: [
    'Ver más',
    'Mostrar más',
    'Leer más',
    'Ver los 5 comentarios',
    'Seguir leyendo',
    'Ver respuestas',
    'Cargar más comentarios',
  ],
  it: ['Mostra altro', 'Leggi tutto', 'Vedi altri commenti', 'Continua a leggere', 'Carica altri', 'Altro…'],
  pt: [
    'Ver mais',
    'Mostrar mais',
    'Leia mais',
    'Carregar mais comentários',
    'Continuar lendo',
    'Ver 3 respostas',
  ],
  nl: ['Meer weergeven', 'Lees meer', 'Toon alle reacties', 'Verder lezen', 'Meer laden'],
  sv: ['Visa mer', 'Läs mer', 'Visa fler kommentarer'],
  pl: ['Pokaż więcej', 'Czytaj dalej', 'Rozwiń'],
  ru: ['Показать ещё', 'Читать далее', 'Показать полностью…', 'Развернуть', 'Показать 3 ответа'],
  uk: ['Показати більше', 'Читати далі'],
  tr: ['Daha fazla göster', 'Devamını oku', 'Tümünü gör'],
  ar: ['عرض المزيد', 'المزيد', 'اقرأ المزيد', 'عرض المزيد من التعليقات', 'أكمل القراءة', 'متابعة القراءة'],
  fa: ['نمایش بیشتر', 'ادامه مطلب'],
  he: ['הצג עוד', 'קרא עוד'],
  ja: ['もっと見る', '続きを読む', 'さらに表示', 'コメントをもっと見る'],
  zh: ['显示更多', '查看全部', '展开', '阅读全文', '加载更多评论', '查看3条回复'],
  ko: ['더 보기', '더보기', '펼치기', '댓글 3개 보기'],
};

it.each(Object.entries(more))('presses what shows more: %s', (_, labels) => {
  expect(labels.filter((label) => !isShowMore(label))).toEqual([]);
  expect(labels.filter(isForbidden)).toEqual([]);
});

const never: Record<string, string[]> = {
  en: [
    'Buy now',
    'Add to cart',
    'Log in to see more',
    'Sign up to read more',
    'Delete',
    'Like',
    'Follow',
    'Send',
    'Reply',
    'Share',
    'Subscribe to continue reading',
    'Post comment',
    'Show less and unfollow',
    'Submit',
    'Report post',
  ],
  fr: [
    'Acheter',
    'Ajouter au panier',
    'Se connecter pour voir plus',
    'S’abonner pour lire la suite',
    'J’aime',
    'Suivre',
    'Envoyer',
    'Répondre',
    'Supprimer',
    'Signaler',
    'Faire un don',
  ],
  de: [
    'Jetzt kaufen',
    'Anmelden, um mehr zu sehen',
    'Gefällt mir',
    'Folgen',
    'Absenden',
    'Löschen',
    'Abonnieren und weiterlesen',
  ],
  es: [
    'Comprar',
    'Iniciar sesión para ver más',
    'Me gusta',
    'Seguir',
    'Enviar',
    'Eliminar',
    'Suscríbete para seguir leyendo',
  ],
  it: ['Acquista', 'Accedi per vedere altro', 'Mi piace', 'Segui', 'Elimina', 'Abbonati'],
  pt: ['Comprar', 'Entrar para ver mais', 'Curtir', 'Seguir', 'Excluir', 'Assine'],
  nl: ['Kopen', 'Inloggen om meer te zien', 'Vind ik leuk', 'Volgen', 'Verwijderen'],
  ru: ['Купить', 'Войти, чтобы увидеть больше', 'Подписаться', 'Удалить', 'Поделиться', 'Нравится'],
  ar: ['شراء الآن', 'تسجيل الدخول لعرض المزيد', 'متابعة', 'حذف', 'إرسال', 'أعجبني', 'مشاركة'],
  ja: ['ログイン', 'いいね！', 'フォローする', '購入手続きへ', '削除'],
  zh: ['登录查看更多', '购买', '点赞', '关注', '删除'],
  ko: ['로그인', '좋아요', '팔로우', '삭제'],
};

it.each(Object.entries(never))('never presses what acts in somebody’s name: %s', (_, labels) => {
  expect(labels.filter((label) => !isForbidden(label) && isShowMore(label))).toEqual([]);
  expect(labels.filter((label) => !isForbidden(label))).toEqual([]);
});

it('leaves alone what is neither', () => {
  const others = [
    'Home',
    'More options…for you and 50 others who want to read this very long sentence about everything',
    'Menu',
    '3',
    'Weather',
    '',
    'Less',
    'Moreover',
    'More options',
    'Más opciones',
  ];
  expect(others.filter((label) => isShowMore(label) && !isForbidden(label))).toEqual([]);
});

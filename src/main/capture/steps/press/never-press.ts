import { anyOf, normalLabel } from './label.ts';

/**
 * What a button says that does something a recorder must never do in somebody's name: buy, log in, delete, like, follow, send. Sources
 * of patterns over the normal label, parted by commas: `anywhere` in it, or as its `first` words (a verb that is harmless further inside).
 */
export const neverWords = {
  en: {
    anywhere: String.raw`buy, purchase, check ?out, cart, basket, pay, donate, subscribe, unsubscribe, sign (?:in|up|out),
      log ?(?:in|out|off), logout, register, create (?:an )?account, delete, remove, block, mute, unlike, follow,
      unfollow, retweet, repost, upvote, downvote, submit, install, checkout, bid, hire, unfriend, add friend,
      report`,
    first: String.raw`menu, options, settings, filters?, sort(?: by)?, language, search, account, profile, notifications, help,
      like, love, share, send, post, publish, reply, comment, (?:add|write|leave|post) (?:a|your) , vote, rate,
      download, print, accept, agree, allow, edit, save, bookmark, join, invite, connect, call, message, chat,
      cancel, confirm, book, reserve, apply, upload, order, add, get the app, open (?:in|the) app, close, hide,
      less, start free, more (?:options|actions|settings|info|from|apps|menu), translate, copy, contact, request,
      claim`,
  },
  fr: {
    anywhere: String.raw`acheter, commander, panier, payer, paiement, don, faire un don, s'abonner, abonnez, m'abonner, s'inscrire,
      m'inscrire, inscription, inscrivez, connexion, se connecter, connectez, déconnexion, créer (?:un|mon) compte,
      supprimer, signaler, bloquer, masquer, j'aime, suivre, ne plus suivre, envoyer, publier, télécharger,
      installer`,
    first: String.raw`menu, options, paramètres, filtre[rs]?, tri(?:er)?, langue, recherche[r]?, compte, profil, aide, aimer,
      partager, répondre, commenter, voter, imprimer, accepter, autoriser, modifier, enregistrer, rejoindre,
      ajouter, inviter, annuler, confirmer, valider, réserver, postuler, fermer, réduire, contacter, copier,
      traduire`,
  },
  de: {
    anywhere: String.raw`kaufen, bestellen, warenkorb, bezahlen, spenden, abonnieren, anmelden, einloggen, abmelden, registrieren,
      konto erstellen, löschen, entfernen, melden, blockieren, gefällt mir, folgen, entfolgen, senden, absenden,
      veröffentlichen, herunterladen, installieren`,
    first: String.raw`menü, optionen, einstellungen, filter, sortieren, sprache, suchen?, konto, profil, hilfe, teilen, antworten,
      kommentieren, abstimmen, drucken, akzeptieren, zustimmen, bearbeiten, speichern, beitreten, schließen,
      weniger, merken`,
  },
  es: {
    anywhere: String.raw`comprar, carrito, pagar, donar, suscribirse, suscríbete, suscribirme, iniciar sesión, cerrar sesión,
      registrarse, regístrate, crear (?:una )?cuenta, eliminar, borrar, denunciar, bloquear, me gusta,
      seguir(?! leyendo), dejar de seguir, enviar, publicar, descargar, instalar`,
    first: String.raw`menú, opciones, ajustes, filtros?, ordenar, idioma, buscar, cuenta, perfil, ayuda, más (?:opciones|acciones),
      compartir, responder, comentar, votar, imprimir, aceptar, permitir, editar, guardar, unirse, cerrar, añadir,
      ocultar`,
  },
  it: {
    anywhere: String.raw`acquista, compra, carrello, paga, dona, abbonati, accedi, registrati, iscriviti, elimina, cancella, segnala,
      blocca, mi piace, segui, invia, pubblica, scarica, installa, esci`,
    first: String.raw`condividi, rispondi, commenta, vota, stampa, accetta, modifica, salva, chiudi, nascondi, aggiungi`,
  },
  pt: {
    anywhere: String.raw`comprar, carrinho, pagar, doar, assinar, assine, entrar, iniciar sessão, cadastrar, cadastre, criar conta,
      excluir, apagar, eliminar, denunciar, bloquear, curtir, gosto, seguir(?! leyendo), enviar, publicar, baixar,
      instalar, sair`,
    first: String.raw`mais (?:opções|ações), compartilhar, partilhar, responder, comentar, votar, imprimir, aceitar, editar,
      salvar, guardar, fechar, ocultar, adicionar`,
  },
  nl: {
    anywhere: String.raw`kopen, koop, bestellen, winkelwagen, betalen, doneren, abonneren, abonneer, inloggen, aanmelden, registreren,
      uitloggen, verwijderen, rapporteren, blokkeren, vind ik leuk, volgen, versturen, verzenden, plaatsen,
      downloaden, installeren`,
    first: String.raw`delen, deel, reageren, reageer, stemmen, printen, accepteren, opslaan, bewerken, sluiten, verbergen, minder`,
  },
  sv: {
    anywhere: String.raw`köp, betala, prenumerera, logga (?:in|ut), registrera, ta bort, radera, anmäl, blockera, gilla, följ, skicka,
      ladda ner`,
    first: String.raw`dela, svara, kommentera, godkänn`,
  },
  pl: {
    anywhere: String.raw`kup, koszyk, zapłać, subskrybuj, zaloguj, zarejestruj, wyloguj, usuń, zgłoś, zablokuj, lubię to, obserwuj,
      wyślij, opublikuj, pobierz`,
    first: String.raw`udostępnij, odpowiedz, skomentuj, akceptuję`,
  },
  ru: {
    anywhere: String.raw`купить, корзин\p{L}*, оплатить, подписаться, отписаться, войти, выйти, вход, регистрация, зарегистрироваться,
      удалить, пожаловаться, заблокировать, нравится, отправить, опубликовать, скачать, установить`,
    first: String.raw`поделиться, ответить, комментировать, принять, сохранить, скрыть`,
  },
  uk: {
    anywhere: String.raw`купити, кошик, оплатити, підписатися, увійти, вийти, зареєструватися, видалити, поскаржитися, заблокувати,
      подобається, надіслати, опублікувати, завантажити файл`,
    first: String.raw`поділитися, відповісти, коментувати, прийняти`,
  },
  tr: {
    anywhere: String.raw`satın al, sepet\p{L}*, öde, abone ol, giriş yap, oturum aç, kaydol, üye ol, sil, şikayet et, engelle, beğen,
      takip et, gönder, yayınla, indir`,
    first: String.raw`paylaş, yanıtla, yorum yap, kabul et`,
  },
  ar: {
    anywhere: String.raw`شراء, اشتر\p{L}*, سلة, ادفع, الدفع, تبرع, اشترك, اشتراك, تسجيل (?:الدخول|الخروج), سجل, تسجيل, إنشاء حساب,
      حذف, احذف, إبلاغ, حظر, أعجبني, إعجاب, متابعة(?! القراءة), إلغاء المتابعة, إرسال, أرسل, نشر, تنزيل`,
    first: String.raw`مشاركة, شارك, رد, علق, صوت, قبول, موافق`,
  },
  fa: {
    anywhere: String.raw`خرید, پرداخت, ورود, ثبت نام, حذف, گزارش, پسندیدن, دنبال کردن, ارسال, دانلود`,
    first: String.raw`اشتراک, پاسخ`,
  },
  he: {
    anywhere: String.raw`קנה, רכישה, התחבר, התחברות, הרשמה, הירשם, מחק, דווח, חסום, אהבתי, עקוב, שלח, פרסם, הורד`,
    first: String.raw`שתף, הגב`,
  },
  ja: {
    anywhere: String.raw`購入.*, .*カート.*, ログイン, ログアウト, 登録.*, 削除.*, 報告.*, ブロック.*, いいね.*, フォロー.*, 送信.*, 投稿.*, 共有.*, シェア.*`,
    first: String.raw`返信する, 返信$`,
  },
  zh: {
    anywhere: String.raw`购买.*, 購買.*, .*购物车.*, 登录.*, 登入.*, 注册.*, 註冊.*, 删除.*, 刪除.*, 举报.*, 檢舉.*, 拉黑.*, 点赞.*, 赞, 关注.*, 追蹤.*, 发送.*, 發送.*,
      发布.*, 分享.*, 下载.*`,
    first: String.raw`回复$, 回覆$`,
  },
  ko: {
    anywhere: String.raw`구매.*, 장바구니.*, 로그인, 로그아웃, 회원가입, 삭제.*, 신고.*, 차단.*, 좋아요.*, 팔로우.*, 보내기, 게시.*, 공유.*, 다운로드`,
    first: String.raw`답글 ?달기, 댓글 ?달기`,
  },
} as const;

const sources = (of: 'anywhere' | 'first'): string[] =>
  Object.values(neverWords).flatMap((one) => one[of].split(/,\s+/));
const anywhere = anyOf(sources('anywhere'), false);
const first = new RegExp(`^(?:${sources('first').join('|')})(?![\\p{L}\\p{N}])`, 'u');

/** Whether a button with this label is never to be pressed by the recorder. */
export function isForbidden(label: string): boolean {
  const normal = normalLabel(label);
  return anywhere.test(normal) || first.test(normal);
}

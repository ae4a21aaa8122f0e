import { anyOf, normalLabel } from './label.ts';

/** What stands between the words: a number, or a few words (“more of the 12 comments”). */
const n = String.raw`(?:[\d.,'kmμ ]+ )?`;
const some = '(?: .{1,40})?';

/** What a button says that shows more of the same page, by language: sources of patterns over the whole normal label. */
export const showMoreWords = {
  en: [
    `(?:show|see|view|read|load|display|get) (?:the )?${n}(?:more|all|full|rest|older|newer|previous|earlier|next|additional|remaining|hidden|other)${some}`,
    `(?:show|see|view|load) ${n}(?:replies|reply|comments?|answers|results|posts|items|reviews|photos|messages)`,
    `${n}more${some}`,
    `${n}(?:replies|more replies|more comments)`,
    '(?:continue|keep) reading',
    'read on',
    `expand(?: all| text| post| description| section| comments| thread)?`,
    'show (?:thread|this thread|transcript|details|description|quote|spoiler)',
    'unfold',
  ],
  fr: [
    `(?:afficher|voir|lire|charger|montrer|consulter) (?:les? |la |l')?${n}(?:plus|suite|tout|toute|tous|toutes|davantage|autres?|suivante?s?|précédente?s?|anciens?|reste|intégralité)${some}`,
    `(?:afficher|voir|charger) (?:les )?${n}(?:réponses?|commentaires?|avis|résultats|publications|messages)${some}`,
    'continuer (?:la|ma|votre) lecture',
    'poursuivre la lecture',
    `${n}(?:plus|davantage)(?: de .{1,30})?`,
    '(?:tout )?(?:déplier|dérouler|développer|déployer)(?: tout)?',
    'en voir plus',
    'la suite',
  ],
  de: [
    `${n}(?:mehr|alle[sn]?|weitere[sn]?|ältere|neuere|vollständigen?)(?: .{1,40})? (?:anzeigen|zeigen|lesen|laden|sehen|ansehen|einblenden)`,
    `(?:zeige?|lade|lies) (?:mehr|alle[sn]?|weitere[sn]?)${some}`,
    `${n}(?:antworten|kommentare)(?: .{1,20})? (?:anzeigen|laden|ansehen)`,
    'weiter ?lesen',
    'mehr',
    '(?:alles? )?(?:aufklappen|ausklappen|ausfahren|einblenden|erweitern)',
  ],
  es: [
    `(?:ver|mostrar|leer|cargar|muestra|lee|enseñar) (?:los |las )?${n}(?:más|todo|todos|toda|todas|resto|anteriores|siguientes|otros|otras)${some}`,
    `(?:ver|mostrar|cargar) (?:las |los )?${n}(?:respuestas?|comentarios?)${some}`,
    '(?:seguir|continuar|sigue|continúa) leyendo',
    `${n}más(?: .{1,30})?`,
    '(?:expandir|desplegar)(?: todo)?',
  ],
  it: [
    `(?:mostra|vedi|leggi|carica|visualizza|mostrare) ${n}(?:altro|altri|altre|di più|tutto|tutti|tutte|precedenti|il resto|più)${some}`,
    `(?:mostra|vedi|visualizza|carica) (?:le |i )?${n}(?:risposte|risposta|commenti)${some}`,
    'continua a leggere',
    '(?:espandi|altro)(?: tutto)?',
  ],
  pt: [
    `(?:ver|mostrar|ler|carregar|exibir|leia|mostre) (?:os |as )?${n}(?:mais|tudo|todos|todas|anteriores|outros|outras|o resto)${some}`,
    `(?:ver|mostrar|carregar) (?:as |os )?${n}(?:respostas?|comentários?)${some}`,
    '(?:continuar|continue) (?:lendo|a ler)',
    `${n}mais(?: .{1,30})?`,
    '(?:expandir|desdobrar)(?: tudo)?',
  ],
  nl: [
    `${n}(?:meer|alles|alle|oudere|volledige?)(?: .{1,40})? (?:tonen|weergeven|lezen|laden|bekijken|zien)`,
    `(?:toon|lees|laad|bekijk) ${n}(?:meer|alles|alle|verder|oudere)${some}`,
    `${n}(?:reacties|antwoorden)(?: .{1,20})? (?:tonen|weergeven|laden|bekijken)`,
    'verder lezen',
    'meer',
    '(?:alles )?(?:uitklappen|uitvouwen)',
  ],
  sv: [
    `(?:visa|läs|se|ladda|hämta) ${n}(?:mer|fler|alla|allt|äldre|hela)${some}`,
    'fortsätt läsa',
    `(?:visa )?${n}(?:svar|kommentarer)`,
  ],
  pl: [
    `(?:pokaż|zobacz|czytaj|wczytaj|załaduj|wyświetl) ${n}(?:więcej|dalej|wszystkie|wszystko|pozostałe|starsze|kolejne)${some}`,
    'rozwiń(?: wszystko)?',
    'więcej',
  ],
  ru: [
    `(?:показать|читать|смотреть|загрузить|открыть|посмотреть) (?:ещё|еще|больше|далее|дальше|полностью|все|всё|весь|остальные|предыдущие|следующие|${n}(?:ответ|комментари))\\S*${some}`,
    `(?:ещё|еще)(?: ${n}(?:ответ|комментари)\\S*)?`,
    'развернуть(?: .{1,20})?',
    'читать далее',
    'показать полностью',
  ],
  uk: [
    `(?:показати|читати|дивитися|завантажити|переглянути) (?:ще|більше|далі|повністю|всі|все|усі|решту|попередні)${some}`,
    'розгорнути',
    'більше',
  ],
  tr: [
    `(?:daha fazla|tümünü|devamını|hepsini|${n}yanıtı?)(?: .{1,30})?(?: (?:göster|gör|oku|yükle|görüntüle))?`,
    'genişlet',
  ],
  ar: [
    '(?:عرض|اقرأ|إقرأ|قراءة|شاهد|مشاهدة|إظهار|اظهار|تحميل|رؤية|أظهر|اعرض) (?:ال)?(?:مزيد|كل|أكثر|جميع|باقي|كامل|تعليقات|ردود)(?: .{1,40})?',
    '(?:المزيد|مزيد)(?: .{1,30})?',
    '(?:أكمل|تابع|متابعة|واصل) القراءة',
    'توسيع(?: الكل)?',
  ],
  fa: ['(?:نمایش|مشاهده|دیدن) (?:بیشتر|همه|ادامه|موارد بیشتر)(?: .{1,30})?', 'بیشتر', 'ادامه(?:ٔ)? مطلب'],
  he: ['(?:הצג|ראה|קרא|טען|הצגת) (?:עוד|הכל|יותר)(?: .{1,30})?', 'קרא עוד', 'עוד', 'המשך לקרוא'],
  ja: [
    '(?:もっと|さらに|続きを|すべて|全て|全文を|他の返信を|返信を)(?:見る|読む|表示|表示する|読み込む)?',
    '.{0,12}をもっと見る',
    '展開(?:する)?',
    '続きを読む',
  ],
  zh: [
    '(?:显示|查看|加载|阅读|展开|顯示|載入|閱讀|展開)(?:更多|全部|全文|所有|剩余|剩餘).{0,12}',
    '(?:更多|展开|展開|继续阅读|繼續閱讀)',
    '(?:查看|展开|展開).{0,10}(?:回复|回覆|评论|評論)',
  ],
  ko: [
    '더 ?(?:보기|읽기|불러오기)',
    '(?:모두|전체|계속) (?:보기|읽기)',
    '펼치기',
    '(?:답글|댓글) .{0,12}보기',
  ],
} as const satisfies { [language: string]: readonly string[] };

const pattern = anyOf(Object.values(showMoreWords).flat(), true);

/** Whether a button with this label shows more of the same page. */
export function isShowMore(label: string): boolean {
  const normal = normalLabel(label);
  return normal.length <= 80 && pattern.test(normal);
}

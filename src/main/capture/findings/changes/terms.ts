/** Scripts written without spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const LONG = 4000;

/** The different words of a text, in small letters; where words are not spaced, pairs of characters. */
export function termsOf(text: string): string[] {
  const words =
    text
      .slice(0, LONG)
      .toLowerCase()
      .match(/[\p{L}\p{M}]{3,}/gu) ?? [];
  return [...new Set(words.flatMap((word) => (unspaced.test(word) ? pairs(word) : [word])))];
}

function pairs(word: string): string[] {
  const characters = Array.from(word);
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}

/** Words a browser puts into a page by itself when a script asks for a date: months, days, spans of time, in one language. */
export function calendarWords(locale: string): string[] {
  const words: string[] = [];
  if (Intl.DateTimeFormat.supportedLocalesOf(locale).length === 0) return words;
  for (const width of ['long', 'short'] as const) {
    for (let month = 0; month < 12; month += 1)
      words.push(
        new Date(Date.UTC(2024, month, 1 + month)).toLocaleDateString(locale, {
          month: width,
          weekday: width,
          era: width,
        }),
      );
    const spans = new Intl.RelativeTimeFormat(locale, { style: width, numeric: 'auto' });
    for (const unit of ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'] as const)
      for (const count of [-2, -1, 0, 1, 5]) words.push(spans.format(count, unit));
    words.push(new Date().toLocaleTimeString(locale, { timeZoneName: width }));
  }
  words.push(new Date().toLocaleString(locale, { dayPeriod: 'long', hour: 'numeric' }));
  return words;
}

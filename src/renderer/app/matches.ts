/** Lower case, without accents: what is typed in haste still finds what was written with care. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

/** Whether every word that was typed stands somewhere in the texts. Nothing typed finds everything. */
export function matches(typed: string, ...texts: string[]): boolean {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const hay = plain(texts.join(' '));
  return words.every((word) => hay.includes(word));
}

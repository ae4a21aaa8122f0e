/** The addresses in what was typed or pasted: separated by lines or spaces, each once. */
export function addressesIn(text: string): string[] {
  return [...new Set(text.split(/\s+/).filter(Boolean))];
}

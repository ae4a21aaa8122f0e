/** The lines of a text whose every line ends in LF, as Constat writes them. A missing last LF is forgiven. */
export function arrayOfLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** UTF-8 to text; null where the bytes are not UTF-8 (a replacement character would hide a change). */
export function strictText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A link in running text. */
export const linkStyle =
  'text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent';

/** A link that looks like a secondary button: it leads somewhere rather than doing something. */
export const linkButtonStyle =
  'inline-flex min-h-8 items-center justify-center gap-1.5 rounded-md border border-edge/60 bg-raised px-3 text-sm text-ink shadow-raised hover:bg-hover';

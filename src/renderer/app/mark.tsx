/** The name, with its mark: a record that closes around what it confirms. */
export function Mark() {
  return (
    <span className="inline-flex items-center gap-2 text-sm font-semibold tracking-tight text-ink">
      <svg viewBox="0 0 32 32" aria-hidden className="size-5 shrink-0">
        <rect width="32" height="32" rx="7" className="fill-accent" />
        <path
          d="M22.5 11.2A8 8 0 1 0 22.5 20.8"
          fill="none"
          strokeWidth="3"
          strokeLinecap="round"
          className="stroke-on-accent"
        />
        <path
          d="m12.7 16 2.5 2.6 4.8-5.2"
          fill="none"
          strokeWidth="2.4"
          strokeLinecap="round"
          strokeLinejoin="round"
          className="stroke-on-accent"
        />
      </svg>
      Constat
    </span>
  );
}

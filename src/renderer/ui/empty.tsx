import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface Props {
  icon: LucideIcon;
  title: string;
  /** 1 where nothing else on the page is its heading. */
  level?: 1 | 2;
  text: ReactNode;
  children?: ReactNode;
}

/** What to do where there is nothing yet. */
export function Empty({ icon: Icon, title, level = 2, text, children }: Props) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 px-6 py-12 text-center">
      <Icon aria-hidden strokeWidth={1.5} className="size-7 text-faint" />
      <Heading className="text-base font-semibold text-ink">{title}</Heading>
      <p className="max-w-[46ch] text-sm text-soft">{text}</p>
      {children && <div className="mt-2 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}

/** A few words while something is read; no spinner, and nothing at all for what is quick. */
export function Waiting({ text }: { text: string }) {
  return (
    <p role="status" className="animate-[appear_200ms_300ms_backwards] p-6 text-sm text-faint">
      {text}
    </p>
  );
}

import type { ReactNode } from 'react';

interface Props {
  title: ReactNode;
  /** One sentence on what this page is for. */
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page that is read from top to bottom, not too wide. */
export function Page({ title, lead, actions, children }: Props) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto bg-surface">
      <div className="mx-auto flex max-w-4xl flex-col gap-6 px-5 py-7 sm:px-8">
        <header className="flex flex-wrap items-start justify-between gap-3">
          <div className="min-w-0 flex-1">
            <h1 className="text-xl font-semibold tracking-tight text-ink">{title}</h1>
            {lead && <p className="mt-1 max-w-[68ch] text-sm text-pretty text-soft">{lead}</p>}
          </div>
          {actions}
        </header>
        {children}
      </div>
    </div>
  );
}

/** A part of a page under a heading of its own. */
export function Section({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-sm font-semibold text-ink">{title}</h2>
      {children}
    </section>
  );
}

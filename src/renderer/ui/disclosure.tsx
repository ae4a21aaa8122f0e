import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Disclosure as AriaDisclosure, DisclosurePanel, Heading } from 'react-aria-components';

interface Props {
  title: ReactNode;
  /** Said beside the title while it is closed: a count, a short value. */
  hint?: ReactNode;
  level?: 2 | 3 | 4;
  isOpen?: boolean;
  children: ReactNode;
}

/** More about something, for those who ask. Its content is made only when it is opened. */
export function Disclosure({ title, hint, level = 3, isOpen = false, children }: Props) {
  return (
    <AriaDisclosure defaultExpanded={isOpen} className="group border-t">
      {({ isExpanded }) => (
        <>
          <Heading level={level} className="flex">
            <Button
              slot="trigger"
              className="flex min-h-9 w-full items-center gap-1.5 rounded-md py-1.5 text-start text-sm font-medium text-ink hover:text-accent"
            >
              <ChevronRight
                aria-hidden
                className="size-4 shrink-0 text-faint transition-transform group-expanded:rotate-90 rtl:-scale-x-100"
              />
              <span className="min-w-0 flex-1">{title}</span>
              {hint !== undefined && (
                <span className="tnum shrink-0 text-xs font-normal text-faint">{hint}</span>
              )}
            </Button>
          </Heading>
          <DisclosurePanel className="ps-5.5">
            {isExpanded && <div className="pb-4 pt-1">{children}</div>}
          </DisclosurePanel>
        </>
      )}
    </AriaDisclosure>
  );
}

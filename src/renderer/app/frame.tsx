import { Outlet, useParams } from '@tanstack/react-router';
import { Menu } from 'lucide-react';
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { Announcer } from '../ui/announcer.tsx';
import { IconButton } from '../ui/button.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { useOffer, type Command } from './commands.ts';
import { connection } from './connection.ts';
import { Drawer } from './drawer.tsx';
import { Mark } from './mark.tsx';
import { Palette } from './palette.tsx';
import { preferences, usePreferences } from './preferences.ts';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { Sidebar } from './sidebar.tsx';
import { useGlobalKeys } from './global-keys.ts';
import { useGoTo } from './use-go-to.ts';

/** What is always there: the way around on one side, the page beside it, and what stands over both. */
export function Frame() {
  const t = useText();
  const caseId = useCaseInHand();
  const { sidebar } = usePreferences();
  const [over, setOver] = useState<'palette' | 'shortcuts' | 'drawer' | null>(null);
  const close = useCallback(() => setOver(null), []);
  const state = useSyncExternalStore(connection.subscribe, connection.get);
  const goTo = useGoTo();

  const commands = useMemo<Command[]>(
    () => [
      {
        id: 'palette',
        title: 'command.palette',
        scope: 'everywhere',
        keys: 'Mod+K',
        inPalette: false,
        run: () => setOver('palette'),
      },
      {
        id: 'shortcuts',
        title: 'command.shortcuts',
        scope: 'everywhere',
        keys: 'F1',
        run: () => setOver('shortcuts'),
      },
      {
        id: 'sidebar',
        title: 'command.sidebar',
        scope: 'everywhere',
        keys: 'Mod+B',
        run: () => preferences.set({ sidebar: !preferences.get().sidebar }),
      },
      { id: 'cases', title: 'command.cases', scope: 'everywhere', run: () => goTo.cases() },
      { id: 'check', title: 'command.check', scope: 'everywhere', run: () => goTo.check() },
      { id: 'settings', title: 'command.settings', scope: 'everywhere', run: () => goTo.settings() },
      {
        id: 'theme-light',
        title: 'command.themeLight',
        scope: 'everywhere',
        run: () => preferences.set({ theme: 'light' }),
      },
      {
        id: 'theme-dark',
        title: 'command.themeDark',
        scope: 'everywhere',
        run: () => preferences.set({ theme: 'dark' }),
      },
    ],
    [goTo],
  );
  useOffer(commands);
  useGlobalKeys();

  return (
    <div className="flex h-full flex-col">
      <a
        href="#main"
        onClick={(event) => {
          // The address behind # is the router's; the focus is moved without touching it.
          event.preventDefault();
          document.querySelector<HTMLElement>('#main')?.focus();
        }}
        className="sr-only z-50 rounded-md bg-raised px-3 py-1.5 text-accent shadow-over focus:not-sr-only focus:fixed focus:start-2 focus:top-2"
      >
        {t('skip')}
      </a>
      {state === 'lost' && (
        <p role="alert" className="bg-bad-wash px-4 py-1.5 text-center text-sm text-bad">
          {t('connection.lost')}
        </p>
      )}
      <div className="flex items-center gap-2 border-b bg-canvas px-3 py-1.5 md:hidden">
        <IconButton icon={Menu} label={t('menu')} onPress={() => setOver('drawer')} />
        <Mark />
      </div>
      <div className="flex min-h-0 flex-1">
        {sidebar && (
          <div className="hidden w-56 shrink-0 border-e bg-canvas md:flex">
            <Sidebar
              caseId={caseId}
              onPalette={() => setOver('palette')}
              onShortcuts={() => setOver('shortcuts')}
            />
          </div>
        )}
        <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
          <Outlet />
        </main>
      </div>
      <Drawer isOpen={over === 'drawer'} onClose={close}>
        <Sidebar
          caseId={caseId}
          onPalette={() => setOver('palette')}
          onShortcuts={() => setOver('shortcuts')}
          onLeave={close}
        />
      </Drawer>
      <Palette isOpen={over === 'palette'} onClose={close} caseId={caseId} />
      <ShortcutSheet isOpen={over === 'shortcuts'} onClose={close} />
      <Announcer />
      <Toasts />
    </div>
  );
}

/** The case one is in, or was in last: settings and the like are looked at without putting it away. */
function useCaseInHand(): string | null {
  const { caseId } = useParams({ strict: false });
  const [last, setLast] = useState<string | null>(null);
  if (caseId !== undefined && caseId !== last) setLast(caseId);
  return caseId ?? last;
}

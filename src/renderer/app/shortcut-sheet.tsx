import type { MessageKey } from '../i18n/messages.ts';
import { useText } from '../i18n/use-text.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { keyNames, useCommands, type Scope } from './commands.ts';

const groups: { scope: Scope; title: MessageKey }[] = [
  { scope: 'everywhere', title: 'shortcuts.everywhere' },
  { scope: 'captures', title: 'shortcuts.captures' },
  { scope: 'actors', title: 'shortcuts.actors' },
];

/** Keys that lists and panes have from the start, beside the commands. */
const built: { scope: Scope; title: MessageKey; keys: string }[] = [
  { scope: 'everywhere', title: 'shortcuts.pane', keys: 'F6' },
  { scope: 'captures', title: 'shortcuts.move', keys: '↑+↓' },
  { scope: 'captures', title: 'shortcuts.extend', keys: 'Shift+↑+↓' },
  { scope: 'captures', title: 'shortcuts.toggle', keys: 'Space' },
  { scope: 'captures', title: 'shortcuts.all', keys: 'Mod+A' },
  { scope: 'captures', title: 'shortcuts.open', keys: 'Enter' },
];

/** Every key there is here, by the place where it works. */
export function ShortcutSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useText();
  const commands = useCommands();
  const all = [
    ...commands.flatMap(({ scope, title, keys }) => (keys ? [{ scope, title, keys }] : [])),
    ...built,
  ];
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('command.shortcuts')}>
      <div className="flex flex-col gap-5">
        {groups.map((group) => {
          const rows = all.filter((row) => row.scope === group.scope);
          const offered =
            group.scope === 'everywhere' || commands.some((command) => command.scope === group.scope);
          if (!offered || rows.length === 0) return null;
          return (
            <section key={group.scope} className="flex flex-col gap-1">
              <h3 className="text-xs font-medium text-faint">{t(group.title)}</h3>
              <dl className="flex flex-col">
                {rows.map((row) => (
                  <div
                    key={row.title}
                    className="flex min-h-8 items-center justify-between gap-4 border-b last:border-b-0"
                  >
                    <dt>{t(row.title)}</dt>
                    <dd className="flex gap-1">
                      {keyNames(row.keys).map((name) => (
                        <kbd
                          key={name}
                          className="min-w-6 rounded-sm border border-edge/60 bg-sunken px-1.5 py-px text-center font-sans text-xs text-soft"
                        >
                          {name}
                        </kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}

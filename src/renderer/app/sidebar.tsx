import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  BadgeCheck,
  FolderOpen,
  Images,
  Keyboard,
  Package,
  PackageCheck,
  Search,
  Settings,
  Users,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { CaseFacts } from '../features/cases/case-facts.tsx';
import { useText } from '../i18n/use-text.tsx';
import { keyNames } from './commands.ts';
import { Mark } from './mark.tsx';
import { rpc } from './rpc.ts';

const itemStyle =
  'flex min-h-7.5 items-center gap-2.5 rounded-md px-2 text-sm text-soft hover:bg-hover hover:text-ink ' +
  'aria-[current=page]:bg-accent-wash aria-[current=page]:font-medium aria-[current=page]:text-accent';

interface Props {
  caseId: string | null;
  onPalette: () => void;
  onShortcuts: () => void;
  /** Called when a link was followed: the drawer closes. */
  onLeave?: () => void;
}

/** The way around: cases, what is in the open one, and what concerns none. */
export function Sidebar({ caseId, onPalette, onShortcuts, onLeave }: Props) {
  const t = useText();
  const leave = onLeave ? { onClick: onLeave } : {};
  return (
    <nav
      data-pane
      aria-label={t('nav.label')}
      className="flex min-h-0 w-full flex-col gap-4 overflow-y-auto p-3"
    >
      <div className="flex items-center justify-between px-1.5 pt-1">
        <Mark />
      </div>
      <Button
        onPress={onPalette}
        className="flex min-h-8 items-center gap-2 rounded-md border bg-surface px-2 text-sm text-faint hover:text-ink"
      >
        <Search aria-hidden className="size-3.5" />
        <span className="flex-1 text-start">{t('command.palette')}</span>
        <kbd className="font-sans text-2xs">{keyNames('Mod+K').join(' ')}</kbd>
      </Button>
      <ul className="flex flex-col gap-px">
        <li>
          <Link to="/" {...leave} activeOptions={{ exact: true }} className={itemStyle}>
            <Label icon={FolderOpen}>{t('nav.cases')}</Label>
          </Link>
        </li>
        <li>
          <Link to="/check" {...leave} className={itemStyle}>
            <Label icon={PackageCheck}>{t('nav.check')}</Label>
          </Link>
        </li>
      </ul>
      {caseId && <CaseNavigation caseId={caseId} leave={leave} />}
      <ul className="mt-auto flex flex-col gap-px pt-4">
        <li>
          <Link to="/settings" {...leave} className={itemStyle}>
            <Label icon={Settings}>{t('nav.settings')}</Label>
          </Link>
        </li>
        <li>
          <Button onPress={onShortcuts} className={`${itemStyle} w-full`}>
            <Label icon={Keyboard} count={keyNames('F1').join('')}>
              {t('command.shortcuts')}
            </Label>
          </Button>
        </li>
      </ul>
    </nav>
  );
}

function Label({
  icon: Icon,
  count,
  children,
}: {
  icon: LucideIcon;
  count?: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className="min-w-0 flex-1 truncate text-start">{children}</span>
      {count !== undefined && <span className="tnum text-xs font-normal text-faint">{count}</span>}
    </>
  );
}

function CaseNavigation({ caseId, leave }: { caseId: string; leave: { onClick?: () => void } }) {
  const t = useText();
  const { data: open } = useQuery(rpc.cases.get.queryOptions({ input: { caseId } }));
  const captures = useQuery(rpc.captures.list.queryOptions({ input: { caseId } }));
  const actors = useQuery(rpc.actors.list.queryOptions({ input: { caseId } }));
  if (!open) return null;
  return (
    <div className="flex flex-col gap-1 border-t pt-4">
      <div className="px-2 pb-1">
        <p className="text-sm font-semibold text-ink">
          <bdi className="line-clamp-3 wrap-anywhere">{open.title}</bdi>
        </p>
        {open.reference && (
          <p className="truncate text-xs text-faint">
            <bdi>{open.reference}</bdi>
          </p>
        )}
      </div>
      <ul className="flex flex-col gap-px">
        <li>
          <Link to="/case/$caseId/captures" params={{ caseId }} {...leave} className={itemStyle}>
            <Label icon={Images} count={captures.data?.length}>
              {t('nav.captures')}
            </Label>
          </Link>
        </li>
        <li>
          <Link to="/case/$caseId/actors" params={{ caseId }} {...leave} className={itemStyle}>
            <Label icon={Users} count={actors.data?.length}>
              {t('nav.actors')}
            </Label>
          </Link>
        </li>
        <li>
          <Link to="/case/$caseId/verify" params={{ caseId }} {...leave} className={itemStyle}>
            <Label icon={BadgeCheck}>{t('nav.verify')}</Label>
          </Link>
        </li>
        <li>
          <Link to="/case/$caseId/export" params={{ caseId }} {...leave} className={itemStyle}>
            <Label icon={Package}>{t('nav.export')}</Label>
          </Link>
        </li>
      </ul>
      <CaseFacts open={open} />
    </div>
  );
}

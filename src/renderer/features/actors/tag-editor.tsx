import { useState } from 'react';
import { roleSchema, type Actor, type ActorKind, type Role } from '../../../shared/domain/actor.ts';
import type { ListedCapture } from '../../../shared/domain/capture.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Segments } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/field.tsx';
import type { NamedLink } from '../captures/use-filtered.ts';
import { ActorChips } from './actor-chips.tsx';
import { ActorFinder } from './actor-finder.tsx';
import { useTagging } from './use-tagging.ts';

interface Props {
  caseId: string;
  captures: readonly ListedCapture[];
  linksOf: ReadonlyMap<string, NamedLink[]>;
  isOpen: boolean;
  onClose: () => void;
}

/** Says who is behind one capture or many: type, Enter, type the next. */
export function TagEditor({ caseId, captures, linksOf, isOpen, onClose }: Props) {
  const t = useText();
  const [only] = captures;
  const title =
    captures.length === 1 && only
      ? t('tag.titleOne', { exhibit: only.exhibit })
      : t('tag.titleMany', { count: captures.length });
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title}>
      <Editor caseId={caseId} captures={captures} linksOf={linksOf} />
    </Dialog>
  );
}

const roles = roleSchema.options;

function Editor({ caseId, captures, linksOf }: Omit<Props, 'isOpen' | 'onClose'>) {
  const t = useText();
  const [role, setRole] = useState<Role>('author');
  const [note, setNote] = useState('');
  const { link } = useTagging(caseId);
  const links = captures.flatMap((capture) => linksOf.get(capture.id) ?? []);
  const linkTo = (actor: Actor | { kind: ActorKind; name: string }) => {
    const has = (capture: ListedCapture) =>
      'id' in actor &&
      (linksOf.get(capture.id) ?? []).some((known) => known.actorId === actor.id && known.role === role);
    const captureIds = captures.filter((capture) => !has(capture)).map((capture) => capture.id);
    // All of them have it already: asking for one of them again lets the core say so.
    const [first] = captures;
    if (captureIds.length === 0 && first) captureIds.push(first.id);
    link.mutate({ actor, captureIds, role, note });
    setNote('');
  };
  return (
    <div className="flex flex-col gap-4">
      {links.length > 0 && (
        <ActorChips caseId={caseId} label={t('capture.actors')} links={links} outOf={captures.length} />
      )}
      <ActorFinder caseId={caseId} onPick={linkTo} />
      {link.isError && <FailureNotice error={link.error} />}
      <Segments
        label={t('tag.role')}
        value={role}
        options={roles.map((id) => ({ id, label: t(`role.${id}`) }))}
        onChange={setRole}
      />
      <TextField
        label={t('tag.note')}
        description={t('tag.noteHint')}
        value={note}
        onChange={setNote}
        maxLength={4000}
      />
    </div>
  );
}

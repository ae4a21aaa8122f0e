import { X } from 'lucide-react';
import { Button, Tag, TagGroup, TagList } from 'react-aria-components';
import { useText } from '../../i18n/use-text.tsx';
import type { NamedLink } from '../captures/use-filtered.ts';
import { KindIcon } from './kind-icon.tsx';
import { useTagging } from './use-tagging.ts';

interface Props {
  caseId: string;
  label: string;
  links: readonly NamedLink[];
  /** Of how many captures; with more than one, a chip says on how many of them it stands. */
  outOf?: number;
}

interface Chip {
  id: string;
  name: string;
  text: string;
  kind: NamedLink['actor']['kind'];
  links: NamedLink[];
  note: string;
}

/** Who is linked to a capture, or to several: chips that arrow keys walk along and Delete takes away. */
export function ActorChips({ caseId, label, links, outOf = 1 }: Props) {
  const t = useText();
  const { unlink } = useTagging(caseId);
  const chips = chipsOf(links).map((chip): Chip => {
    const role = t(`role.${chip.role}`);
    const share = outOf > 1 ? ` · ${t('tag.share', { count: chip.links.length, total: outOf })}` : '';
    return { ...chip, text: `${role}${share}` };
  });
  if (chips.length === 0) return null;
  return (
    <TagGroup
      aria-label={label}
      className="contents"
      onRemove={(keys) => {
        for (const chip of chips)
          if (keys.has(chip.id)) unlink.mutate({ name: chip.name, links: chip.links });
      }}
    >
      <TagList items={chips} className="flex flex-wrap gap-1.5">
        {(chip) => (
          <Tag
            id={chip.id}
            textValue={`${chip.name}, ${chip.text}`}
            className="inline-flex min-h-6.5 max-w-full items-center gap-1.5 rounded-full border bg-accent-wash ps-2 pe-0.5 text-xs text-accent"
          >
            <KindIcon kind={chip.kind} className="size-3.5" />
            <bdi className="max-w-56 truncate font-medium" title={chip.note || chip.name}>
              {chip.name}
            </bdi>
            <span className="shrink-0 text-soft">{chip.text}</span>
            <Button
              slot="remove"
              aria-label={t('tag.remove', { name: chip.name })}
              className="grid size-6 place-items-center rounded-full hover:bg-hover"
            >
              <X aria-hidden className="size-3.5" />
            </Button>
          </Tag>
        )}
      </TagList>
    </TagGroup>
  );
}

/** One chip per actor and role, with the links that it stands for. */
function chipsOf(links: readonly NamedLink[]) {
  const chips = new Map<string, Omit<Chip, 'text'> & { role: NamedLink['role'] }>();
  for (const link of links) {
    const id = `${link.actorId} ${link.role}`;
    const chip = chips.get(id);
    if (chip) chip.links.push(link);
    else {
      const { actor, role, note } = link;
      chips.set(id, { id, name: actor.name, kind: actor.kind, role, note, links: [link] });
    }
  }
  return [...chips.values()];
}

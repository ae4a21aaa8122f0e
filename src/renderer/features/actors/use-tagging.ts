import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Actor, ActorKind, Link, Role } from '../../../shared/domain/actor.ts';
import { client, rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { announce } from '../../ui/announcer.tsx';
import { notify } from '../../ui/toasts.tsx';

interface ToLink {
  actor: Pick<Actor, 'id' | 'name'> | { kind: ActorKind; name: string };
  captureIds: string[];
  role: Role;
  note: string;
}

interface ToUnlink {
  name: string;
  links: readonly Link[];
}

/** Links actors to captures and takes links away again, each with a way back. Every one of these is an event in the log. */
export function useTagging(caseId: string) {
  const t = useText();
  const queries = useQueryClient();
  const refresh = async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: rpc.actors.key() }),
      queries.invalidateQueries({ queryKey: rpc.custody.key() }),
      queries.invalidateQueries({ queryKey: rpc.cases.get.queryKey({ input: { caseId } }) }),
    ]);
  };
  const takeAway = async (links: readonly Link[]) => {
    // Gone at once; were the core to refuse, what is read again below brings it back.
    const gone = new Set(links.map(({ id }) => id));
    queries.setQueryData(rpc.actors.links.queryKey({ input: { caseId } }), (known) =>
      known?.filter(({ id }) => !gone.has(id)),
    );
    for (const { id } of links) await client.actors.unlink({ caseId, linkId: id });
    await refresh();
  };
  const putBack = async (links: readonly Link[]) => {
    for (const { captureId, actorId, role, note } of links) {
      await client.actors.link({ caseId, captureIds: [captureId], actorId, role, note });
    }
    await refresh();
  };
  const failed = () => notify(t('undo.failed'));

  const link = useMutation({
    mutationFn: async ({ actor, captureIds, role, note }: ToLink) => {
      const known = 'id' in actor ? actor : await client.actors.add({ caseId, actor });
      const links = await client.actors.link({ caseId, captureIds, actorId: known.id, role, note });
      return { links, name: known.name };
    },
    onSuccess: ({ links, name }) => {
      const text = t('tag.done', { name, count: links.length });
      announce(text);
      notify(text, () => void takeAway(links).catch(failed));
    },
    onSettled: refresh,
  });

  const unlink = useMutation({
    mutationFn: ({ links }: ToUnlink) => takeAway(links),
    onSuccess: (_, { name, links }) => {
      const text = t('tag.removed', { name, count: links.length });
      announce(text);
      notify(text, () => void putBack(links).catch(failed));
    },
    onSettled: refresh,
  });

  return { link, unlink };
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OpenCase } from '../../../shared/domain/case.ts';
import { client, rpc } from '../../app/rpc.ts';
import { useGoTo } from '../../app/use-go-to.ts';

/** Goes to a case that was just opened or created, and keeps what is known of it. */
export function useEnterCase(): (open: OpenCase) => void {
  const queries = useQueryClient();
  const goTo = useGoTo();
  return (open) => {
    queries.setQueryData(rpc.cases.get.queryKey({ input: { caseId: open.id } }), open);
    void queries.invalidateQueries({ queryKey: rpc.cases.recent.key() });
    goTo.captures(open.id);
  };
}

/** Opens the case at a path and goes to it. */
export function useOpenCase() {
  const enter = useEnterCase();
  return useMutation({ mutationFn: (path: string) => client.cases.open({ path }), onSuccess: enter });
}

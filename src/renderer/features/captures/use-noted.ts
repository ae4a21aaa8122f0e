import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { rpc } from '../../app/rpc.ts';

/** Once something was answered that the core writes into the log, what is shown of the log is read again. */
export function useNoted(caseId: string, isAnswered: boolean, what: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    // `what` is what was answered: another capture is another entry.
    if (!isAnswered) return;
    void queries.invalidateQueries({ queryKey: rpc.cases.get.queryKey({ input: { caseId } }) });
    void queries.invalidateQueries({ queryKey: rpc.custody.key() });
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [queries, caseId, isAnswered, what]);
}

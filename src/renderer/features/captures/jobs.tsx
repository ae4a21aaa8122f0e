import { useQuery } from '@tanstack/react-query';
import { rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { JobCard } from './job-card.tsx';

/** The captures that wait or run, and those that came to nothing and were not yet put away. */
export function Jobs({ caseId }: { caseId: string }) {
  const t = useText();
  const jobs = useQuery(rpc.captures.jobs.queryOptions({ input: { caseId } }));
  const shown = (jobs.data ?? []).filter((job) => job.state !== 'done');
  if (shown.length === 0) return null;
  return (
    <section
      aria-label={t('jobs.title')}
      className="max-h-[40%] shrink-0 overflow-y-auto border-t bg-sunken/60"
    >
      <ul className="divide-y">
        {shown.map((job) => (
          <JobCard key={job.id} caseId={caseId} job={job} />
        ))}
      </ul>
    </section>
  );
}

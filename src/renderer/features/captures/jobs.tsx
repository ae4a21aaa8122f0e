import { useQuery } from '@tanstack/react-query';
import type { CaptureJob } from '../../../shared/domain/capture.ts';
import { rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { JobCard } from './job-card.tsx';
import { QueueBar } from './queue-bar.tsx';

/** Cards of jobs that are not begun; of a long list nobody reads more. */
const notBegunShown = 20;

/** The captures that wait or run, and those that came to nothing and were not yet put away. */
export function Jobs({ caseId, isReadOnly }: { caseId: string; isReadOnly: boolean }) {
  const t = useText();
  const jobs = useQuery(rpc.captures.jobs.queryOptions({ input: { caseId } }));
  const queue = useQuery(rpc.captures.queue.queryOptions({ input: { caseId } }));
  const { cards, notBegun } = shownOf(jobs.data ?? []);
  const numbers = queue.data;
  const all = numbers ? numbers.queued + numbers.interrupted : 0;
  const more = all - notBegun;
  return (
    <>
      <QueueBar caseId={caseId} isReadOnly={isReadOnly} />
      {cards.length > 0 && (
        <section
          aria-label={t('jobs.title')}
          className="max-h-[40%] shrink-0 overflow-y-auto border-t bg-sunken/60"
        >
          <ul className="divide-y">
            {cards.map((job) => (
              <JobCard key={job.id} caseId={caseId} job={job} />
            ))}
          </ul>
          {more > 0 && <p className="px-3 py-2 text-xs text-faint">{t('jobs.more', { count: more })}</p>}
        </section>
      )}
    </>
  );
}

/** What runs comes first, then what came to nothing, then what is to come. */
function shownOf(jobs: readonly CaptureJob[]): { cards: CaptureJob[]; notBegun: number } {
  const of = (...states: CaptureJob['state'][]) => jobs.filter(({ state }) => states.includes(state));
  // What a person drives has its own bar, over everything.
  const running = of('running').filter(({ interactive }) => !interactive);
  const notBegun = of('waiting', 'queued', 'interrupted').slice(0, notBegunShown);
  return { cards: [...running, ...of('failed', 'cancelled'), ...notBegun], notBegun: notBegun.length };
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueueSettings } from '../../../shared/domain/capture-queue.ts';
import { client, rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Checkbox, Select } from '../../ui/choice.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Section } from '../../ui/page.tsx';

const atOnce = [0, 1, 2, 3, 4, 6, 8];
const pauses = [0, 1, 2, 5, 10, 30, 60];
const tries = [1, 2, 4, 8, 16];

/** How captures are queued. */
export function QueueSection() {
  const t = useText();
  const queries = useQueryClient();
  const settings = useQuery(rpc.system.queueSettings.queryOptions());
  const save = useMutation({
    mutationFn: (next: QueueSettings) => client.system.setQueueSettings(next),
    onSuccess: (saved) => queries.setQueryData(rpc.system.queueSettings.queryKey(), saved),
  });
  const { data } = settings;
  if (!data) return null;
  const set = (change: Partial<QueueSettings>) => save.mutate({ ...data, ...change });
  return (
    <Section title={t('settings.queue')}>
      <div className="flex flex-wrap gap-x-6 gap-y-3">
        <Select
          label={t('settings.atOnce')}
          value={String(data.concurrency)}
          options={choices(atOnce, data.concurrency, (value) =>
            value === 0 ? t('settings.atOnceOwn') : String(value),
          )}
          onChange={(value) => set({ concurrency: Number(value) })}
        />
        <Select
          label={t('settings.hostPause')}
          value={String(data.hostPause / 1000)}
          options={choices(pauses, data.hostPause / 1000, (count) => t('settings.seconds', { count }))}
          onChange={(value) => set({ hostPause: Number(value) * 1000 })}
        />
        <Select
          label={t('settings.tries')}
          value={String(data.tries)}
          options={choices(tries, data.tries, String)}
          onChange={(value) => set({ tries: Number(value) })}
        />
      </div>
      <Checkbox
        isSelected={data.resumeOwn}
        onChange={(resumeOwn) => set({ resumeOwn })}
        description={t('settings.resumeOwnHint')}
      >
        {t('settings.resumeOwn')}
      </Checkbox>
      {save.isError && <FailureNotice error={save.error} />}
    </Section>
  );
}

/** The usual values and the one that is set. */
function choices(known: number[], own: number, label: (value: number) => string) {
  return [...new Set([...known, own])]
    .toSorted((one, other) => one - other)
    .map((value) => ({ id: String(value), label: label(value) }));
}

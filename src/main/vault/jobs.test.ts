import { expect, it } from 'vitest';
import { caseFixture } from '../../../test/support/case-fixture.ts';
import { problem } from '../../shared/problems.ts';
import { CaseFile } from './case-file.ts';
import { JobStore } from './jobs.ts';

it('keeps a job through a restart, with what was asked and how far it came', () => {
  const { file } = caseFixture();
  const jobs = new JobStore(file);
  jobs.add({ id: 'one', kind: 'capture', request: { url: 'https://example.org/' } });
  jobs.add({ id: 'two', kind: 'capture', request: ['x'] });
  jobs.add({ id: 'three', kind: 'export', request: null });
  jobs.update('one', { state: 'running', progress: { step: 'load' } });
  jobs.update('one', { progress: { step: 'settle', resources: 4 } });
  file.close();
  const again = CaseFile.open(file.path, { application: 'again' });
  const restored = new JobStore(again);
  const why = problem('CAPTURE_INTERRUPTED');
  expect(restored.interruptUnfinished('analysis', why)).toEqual([]);
  expect(restored.interruptUnfinished('capture', why).map(({ id }) => id)).toEqual(['one']);
  expect(restored.get('one')).toMatchObject({
    state: 'interrupted',
    request: { url: 'https://example.org/' },
    progress: { step: 'settle', resources: 4 },
    problem: why,
    resultId: null,
  });
  expect(restored.list('capture').map((job) => [job.id, job.state])).toEqual([
    ['one', 'interrupted'],
    ['two', 'interrupted'],
  ]);
  again.close();
});

it('shows how a job ended until it is taken off the list', () => {
  const jobs = new JobStore(caseFixture().file);
  jobs.add({ id: 'one', kind: 'capture', request: {} });
  const failed = problem('CAPTURE_CANCELLED');
  expect(jobs.update('one', { state: 'failed', problem: failed }).problem).toEqual(failed);
  expect(jobs.update('one', { state: 'done', problem: null, resultId: 'c' })).toMatchObject({
    problem: null,
    resultId: 'c',
  });
  jobs.dismiss('one');
  expect(jobs.list('capture')).toEqual([]);
  expect(jobs.list('capture', { includeDismissed: true })).toHaveLength(1);
  expect(jobs.get('none')).toBeNull();
  expect(() => jobs.update('none', { state: 'done' })).toThrow(RangeError);
});

it('gives the jobs of one state page by page, also while they change', () => {
  const { file } = caseFixture();
  const jobs = new JobStore(file);
  const ids = Array.from({ length: 1203 }, (_, i) => `job-${String(i).padStart(5, '0')}`);
  file.transaction(() => {
    for (const id of ids) jobs.add({ id, kind: 'capture', request: {} });
  });
  jobs.dismiss('job-00007');
  const seen: string[] = [];
  file.transaction(() => {
    for (const { id } of jobs.each('capture', 'queued')) {
      seen.push(id);
      jobs.update(id, { state: 'cancelled' });
    }
  });
  expect(seen).toEqual(ids.filter((id) => id !== 'job-00007'));
  expect([jobs.count('capture', 'queued'), jobs.count('capture', 'cancelled')]).toEqual([0, 1202]);
  expect(jobs.page('capture', 'cancelled', 2).map(({ id }) => id)).toEqual(['job-00000', 'job-00001']);
});

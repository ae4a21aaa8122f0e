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
  expect(restored.interruptUnfinished('analysis')).toEqual([]);
  expect(restored.interruptUnfinished('capture')).toEqual(['one', 'two']);
  expect(restored.get('one')).toMatchObject({
    state: 'interrupted',
    request: { url: 'https://example.org/' },
    progress: { step: 'settle', resources: 4 },
    problem: null,
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

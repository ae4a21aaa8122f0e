import { createServer } from 'node:http';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { JobStore } from '../../src/main/vault/jobs.ts';
import { Bench, options } from './capture-harness.ts';

const benches: Bench[] = [];
function bench(): Bench {
  const made = new Bench();
  benches.push(made);
  return made;
}
afterEach(async () => {
  for (const made of benches.splice(0)) await made.close();
});

const lost = (name: string): string => `http://no-such-name.invalid/${name}`;
const urls = (made: Bench, state: string): string[] =>
  made.service
    .jobs()
    .filter((job) => job.state === state)
    .map(({ url }) => url);

it('sends nothing when a case is opened that says a capture is waiting', async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end('never');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const made = bench();
  const planted = { url: `http://127.0.0.1:${port}/planted`, options: options() };
  new JobStore(made.file).add({
    id: '01a2049c-9650-72c8-948e-0727768f0abc',
    kind: 'capture',
    request: planted,
  });
  const entries = made.log.size;
  made.reopen();
  expect(made.service.jobs()).toMatchObject([{ state: 'interrupted', url: planted.url }]);
  expect(made.log.size).toBe(entries);
  await made.run(lost('one'));
  // Not even when a person goes on with everything: the log does not know that it was asked for.
  expect(await made.service.resume({ foreign: true })).toEqual({ jobIds: [], left: 1 });
  expect(await made.service.cancelWaiting()).toBe(1);
  expect(asked).toBe(0);
  expect(made.eventTypes().slice(entries)).toEqual(['capture.requested', 'capture.failed']);
  server.close();
});

it('keeps what waited, says of what was under way that it was cut short, and goes on when told to', async () => {
  const made = bench();
  made.service.start([lost('one'), lost('two'), lost('three')], options());
  await made.service.close();
  made.reopen();
  const [last] = made.log.events().slice(-1);
  expect(last).toMatchObject({ leaf: { type: 'capture.interrupted' }, detail: { url: lost('one') } });
  expect(urls(made, 'interrupted')).toEqual([lost('one'), lost('two'), lost('three')]);
  expect(made.service.summary()).toMatchObject({ queued: 0, interrupted: 3 });

  expect(await made.service.resume({ foreign: false })).toMatchObject({ jobIds: { length: 3 }, left: 0 });
  await Promise.all(made.service.jobs().map(({ id }) => made.service.settled(id)));
  expect(made.eventTypes().slice(-6)).toEqual([
    'capture.resumed',
    'capture.failed',
    'capture.resumed',
    'capture.failed',
    'capture.resumed',
    'capture.failed',
  ]);
  expect(await made.failures()).toEqual([]);
});

it('goes on with what another installation queued only when a person says so, and never with what was changed since', async () => {
  const made = bench();
  made.service.start([lost('one'), lost('two'), lost('three')], options());
  await made.service.close();
  // As if the case had come from somebody else.
  rmSync(join(made.folder, 'home', 'queued'), { recursive: true });
  const changed = made.service.jobs().find(({ url }) => url === lost('three'));
  const sql = `UPDATE job SET request = json_set(request, '$.options.allowPrivateAddresses', json('false')) WHERE id = ?`;
  made.file.prepare(sql).run(changed?.id);
  made.reopen();
  expect(await made.service.resume({ foreign: false })).toEqual({ jobIds: [], left: 3 });
  expect(await made.service.resume({ foreign: true })).toMatchObject({ jobIds: { length: 2 }, left: 1 });
  expect(urls(made, 'interrupted')).toEqual([lost('three')]);
});

it('takes an address that is asked for again up where an earlier session left it', async () => {
  const made = bench();
  made.service.start([lost('one'), lost('two')], options());
  await made.service.close();
  made.reopen();
  const list = { text: [lost('two'), lost('new')].join('\n'), options: options(), again: false };
  expect(made.service.previewList(list)).toMatchObject({ fresh: 1, resumable: 1, remarks: [] });
  const { jobIds, ...outcome } = await made.service.startList({ ...list, tries: 1 });
  expect(outcome).toMatchObject({ added: 1, resumed: 1, skipped: 0 });
  await Promise.all(jobIds.map((id) => made.service.settled(id)));
  expect(urls(made, 'failed')).toEqual([lost('two'), lost('new')]);
  expect(urls(made, 'interrupted')).toEqual([lost('one')]);
});

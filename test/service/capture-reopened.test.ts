import { createServer } from 'node:http';
import { once } from 'node:events';
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
  await made.run('http://no-such-name.invalid/');
  expect(asked).toBe(0);
  server.close();
});

it('says of a capture that was asked for and still waited that it was cut short', async () => {
  const made = bench();
  made.service.start(['http://no-such-name.invalid/one', 'http://no-such-name.invalid/two'], options());
  await made.service.close();
  made.reopen();
  const [cancelled, interrupted] = made.log.events().slice(-2);
  expect(cancelled?.leaf.type).toBe('capture.cancelled');
  expect(interrupted).toMatchObject({
    leaf: { type: 'capture.interrupted' },
    detail: { url: 'http://no-such-name.invalid/two' },
  });
});

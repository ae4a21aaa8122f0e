import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { CaptureDeps } from '../../src/main/capture/deps.ts';
import type { Clock } from '../../src/main/capture/queue/clock.ts';
import type { Network } from '../../src/main/capture/queue/network.ts';
import type { CaptureJob } from '../../src/shared/domain/capture.ts';
import { ConstatError } from '../../src/shared/problems.ts';
import { eventually } from '../e2e/support/eventually.ts';
import { Bench, options } from './capture-harness.ts';

/** A clock that stands still until it is set. */
class SetClock implements Clock {
  #now = Date.parse('2026-11-22T10:00:00Z');
  readonly #timers = new Map<symbol, { at: number; work: () => void }>();

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, work: () => void): () => void {
    const timer = Symbol('timer');
    this.#timers.set(timer, { at: this.#now + milliseconds, work });
    return () => this.#timers.delete(timer);
  }

  /** Lets time pass, timer by timer, and others have their turn in between. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const [due] = [...this.#timers].toSorted(([, one], [, other]) => one.at - other.at);
      if (!due || due[1].at > end) break;
      this.#timers.delete(due[0]);
      this.#now = Math.max(this.#now, due[1].at);
      due[1].work();
    }
    this.#now = end;
  }
}

let port = 0;
let refusals = 0;
const server = createServer((request, response) => {
  response.setHeader('content-type', 'text/html');
  if (request.url === '/busy' && refusals++ === 0) response.writeHead(429, { 'retry-after': '3600' });
  response.end(`<title>${request.url ?? ''}</title><p>Here it is.`);
});
beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let bench: Bench;
afterEach(() => bench.close());

/** A bench whose names resolve to this machine while `net.up`, and whose clock the test sets. */
function stage(more: Partial<CaptureDeps> = {}) {
  const clock = new SetClock();
  const net = { up: true, addresses: ['192.168.1.7'] };
  const resolver = async (): Promise<string[]> => {
    if (net.up) return ['127.0.0.1'];
    throw Object.assign(new Error('no network'), { code: 'EAI_AGAIN' });
  };
  const network: Network = { resolve: resolver, addresses: () => net.addresses, believesNoSuchName: true };
  bench = new Bench({ clock, resolver, network, random: () => 0.5, ...more });
  return { clock, net };
}

const quick = options({ settleTimeout: 0, scrollTimeout: 0, mhtml: false });
const state = (id: string): CaptureJob | undefined => bench.service.jobs().find((job) => job.id === id);

it('waits out a week without network, counts nothing of it, and goes on when there is one', async () => {
  const { clock, net } = stage();
  net.up = false;
  const [job] = bench.service.start([`http://news.example:${port}/a`], quick);
  await eventually(() => bench.service.summary().offline).not.toBeNull();
  await clock.pass(7 * 86_400_000);
  expect(bench.service.summary()).toMatchObject({ queued: 1, running: 0, failed: 0, waiting: 0 });
  const { since, looksAt } = bench.service.summary().offline ?? { since: '', looksAt: '' };
  expect(Date.parse(looksAt) - clock.now()).toBeLessThanOrEqual(600_000);
  expect(since).toBe('2026-11-22T10:00:00.000Z');
  expect(bench.eventTypes().slice(2)).toEqual(['capture.requested']);

  net.up = true;
  // A cable is put in: nobody waits for the next look.
  net.addresses = ['192.168.1.7', '10.1.1.1'];
  await clock.pass(3000);
  expect(await bench.service.settled(job?.id ?? '')).toMatchObject({ state: 'done', attempts: 0 });
  expect(bench.service.summary()).toMatchObject({ offline: null, queued: 0 });
});

it('comes back when a server that is asked too often says so, and seals what it then gives', async () => {
  const { clock } = stage();
  const [job] = bench.service.start([`http://news.example:${port}/busy`], quick, 3);
  const id = job?.id ?? '';
  await eventually(() => state(id)?.state).toBe('waiting');
  expect(state(id)).toMatchObject({
    attempts: 1,
    retryAt: '2026-11-22T11:00:00.000Z',
    problem: { code: 'SERVER_BUSY', params: { status: '429' } },
  });
  expect(bench.service.summary()).toMatchObject({ waiting: 1, nextTryAt: '2026-11-22T11:00:00.000Z' });
  expect(bench.service.list()).toEqual([]);
  await clock.pass(3_599_000);
  expect(state(id)?.state).toBe('waiting');
  await clock.pass(1000);
  expect(await bench.service.settled(id)).toMatchObject({ state: 'done' });
  expect(bench.service.list()).toMatchObject([{ httpStatus: 200 }]);
  expect(bench.eventTypes().slice(2)).toEqual(['capture.requested', 'capture.postponed', 'item.sealed']);
  expect(await bench.failures()).toEqual([]);
});

it('tries a host that refuses a few times, leaves it alone in between, and then says that it failed', async () => {
  // A real refusal, without the start of a browser for each.
  const { clock } = stage({
    findBrowser: async () => {
      throw new ConstatError('CONNECTION_REFUSED', { host: 'news.example' });
    },
  });
  const jobs = bench.service.start(['http://news.example/1', 'http://news.example/2'], quick, 3);
  const [one, two] = jobs.map(({ id }) => id);
  await eventually(() => state(one ?? '')?.state).toBe('waiting');
  expect(state(one ?? '')?.retryAt).toBe('2026-11-22T10:00:30.000Z');
  expect(state(two ?? '')).toMatchObject({ state: 'queued', attempts: 0 });
  bench.service.tryNow(one);
  await eventually(() => state(one ?? '')?.attempts).toBe(2);
  for (let minute = 0; minute < 30; minute += 1) {
    await clock.pass(60_000);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await Promise.all(jobs.map(({ id }) => bench.service.settled(id)));
  const types = bench.eventTypes().slice(4);
  expect(types.filter((type) => type === 'capture.postponed')).toHaveLength(4);
  expect(types.filter((type) => type === 'capture.failed')).toHaveLength(2);
});

it('begins nothing more once every capture would meet the same, until a person says so', async () => {
  stage({
    findBrowser: async () => {
      throw new ConstatError('BROWSER_NOT_FOUND');
    },
  });
  const jobs = bench.service.start(['http://a.example/', 'http://b.example/', 'http://c.example/'], quick);
  await eventually(() => bench.service.summary().held?.problem?.code).toBe('BROWSER_NOT_FOUND');
  expect(bench.service.summary()).toMatchObject({ failed: 1, queued: 2 });
  bench.service.hold(false);
  await eventually(() => bench.service.summary().failed).toBe(2);
  expect(await bench.service.cancelWaiting()).toBe(1);
  expect((await bench.service.settled(jobs[2]?.id ?? '')).state).toBe('cancelled');
});

it('shows what is wrong with a list and what is known of it, and captures the rest once', async () => {
  stage();
  bench.service.hold(true);
  await bench.service.startList({ text: `http://a.example:${port}/old`, options: quick, again: false });
  const text = [
    `http://a.example:${port}/new`,
    'not an address',
    `HTTP://A.example:${port}/new`,
    `http://a.example:${port}/old`,
    'ftp://a.example/',
  ].join('\n');
  const request = { text, options: quick, again: false };
  expect(bench.service.previewList(request)).toMatchObject({
    fresh: 1,
    bad: 2,
    repeated: 1,
    queued: 1,
    captured: 0,
    remarks: [
      { type: 'bad', line: 2, text: 'not an address', problem: { code: 'URL_INVALID' } },
      { type: 'repeated', line: 3, firstLine: 1 },
      { type: 'queued', line: 4 },
      { type: 'bad', line: 5, problem: { code: 'URL_SCHEME' } },
    ],
  });
  expect(await bench.service.startList(request)).toMatchObject({ added: 1, skipped: 2, bad: 2 });
  bench.service.hold(false);
  await eventually(() => bench.service.list().length).toBe(2);
  const [captured] = bench.service.list();
  expect(bench.service.previewList(request)).toMatchObject({ fresh: 0, queued: 0, captured: 2 });
  expect(bench.service.previewList(request).remarks).toContainEqual({
    type: 'captured',
    line: 4,
    url: captured?.requestedUrl,
    exhibit: 1,
    capturedAt: captured?.startedAt,
  });
  expect(bench.service.previewList({ ...request, again: true })).toMatchObject({ fresh: 3 });
});

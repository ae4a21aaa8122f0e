import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorkspace } from '../../src/main/api/workspace.ts';
import { auditCaptures } from '../../src/main/capture/audit.ts';
import { verifyCase } from '../../src/main/custody/verify-case.ts';
import { scratchFolder } from '../support/case-fixture.ts';

const script = join(import.meta.dirname, '..', 'faults', 'recording-process.ts');
const open = new Set<ServerResponse>();
let onRequest: (url: string) => void = () => undefined;

/** A page with a picture; `/silent` never answers, and `/hanging` has a picture that never comes. */
const server = createServer((request, response) => {
  const url = request.url ?? '';
  open.add(response);
  onRequest(url);
  if (url === '/silent' || url === '/never.png') return;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  const picture = url === '/hanging' ? '<img src="/never.png">' : '';
  response.end(
    `<!doctype html><title>The harbour</title><p>At the quay.</p>${picture}
     <script>fetch('/data.html', { method: 'POST', body: '{"ask":1}', headers: { 'content-type': 'application/json' } })</script>`,
  );
});
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  for (const response of open) response.destroy();
  server.close();
});

interface Scene {
  path: string;
  home: string;
  pid: number;
}

/** Captures until the process is dead: at its own point, or as soon as `isTime` says so. */
async function captureUntilKilled(
  page: string,
  point: string,
  isTime: (home: string) => boolean,
): Promise<Scene> {
  const folder = scratchFolder();
  const [path, home] = [join(folder, 'case.constat'), join(folder, 'home')];
  const workspace = createWorkspace({ home, host: 'cli' });
  workspace.create(path, { title: 'Killed', reference: '', purpose: '' });
  await workspace.close();
  const { port } = server.address() as AddressInfo;
  const child = spawn(process.execPath, [script, path, home, `http://127.0.0.1:${port}${page}`, point], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  const look = setInterval(() => {
    if (isTime(home)) child.kill('SIGKILL');
  }, 20);
  expect(await exited).toEqual([null, 'SIGKILL']);
  clearInterval(look);
  return { path, home, pid: child.pid ?? 0 };
}

const noteSchema = z.looseObject({ warc: z.object({ length: z.int() }) });

function notes(home: string): z.infer<typeof noteSchema>[] {
  const folder = join(home, 'recording');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return names.map((name) => noteSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
}

/** Processes that have a profile of the dead process open. */
function browsersOf(pid: number): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter((entry) => {
    try {
      return (
        /^\d+$/.test(entry) &&
        readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(`constat-browser-${pid}-`)
      );
    } catch {
      return false;
    }
  });
}

/** Opens the case as the next start does, and gives what became of the recording. */
async function nextStart({ path, home, pid }: Scene) {
  await expect.poll(() => browsersOf(pid), { timeout: 10_000 }).toEqual([]);
  const workspace = createWorkspace({ home, host: 'cli' });
  const { captures, file, log } = workspace.open(path);
  try {
    const sealedNow = (await captures.salvaged()).length;
    const { checks } = await verifyCase(file, [auditCaptures]);
    expect(checks.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect(notes(home)).toEqual([]);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`constat-browser-${pid}-`))).toEqual([]);
    const [capture] = captures.list();
    return {
      sealedNow,
      capture,
      account: capture ? (await captures.get(capture.id)).provenance : null,
      interrupted: captures.jobs().filter(({ state }) => state === 'interrupted').length,
      events: log.events().map(({ leaf }) => leaf.type),
    };
  } finally {
    await workspace.close();
  }
}

const never = (): boolean => false;

it('has nothing to seal when it is killed before the page has come: the job can be resumed', async () => {
  let asked = false;
  onRequest = (url) => (asked ||= url === '/silent');
  const found = await nextStart(await captureUntilKilled('/silent', '', () => asked));
  expect(found).toMatchObject({ sealedNow: 0, capture: undefined, interrupted: 1 });
  expect(found.events.at(-1)).toBe('capture.interrupted');
});

it.each([
  ['loading', '/hanging', '', 'load'],
  ['taking pictures', '/', 'dom', 'screenshot'],
  ['printing', '/', 'pdf', 'screenshot'],
  ['finishing the record', '/', 'seal', 'screenshot'],
  ['sealing', '/', 'sealing', 'pdf'],
])('seals what was recorded as PARTIAL when it is killed while %s', async (_, page, point, step) => {
  // More than the warcinfo record alone: the page is in it.
  const hasPage = (home: string): boolean =>
    point === '' && notes(home).some(({ warc }) => warc.length > 600);
  const found = await nextStart(await captureUntilKilled(page, point, hasPage));
  expect(found).toMatchObject({
    sealedNow: 1,
    interrupted: 0,
    capture: { state: 'PARTIAL', httpStatus: 200 },
  });
  expect(found.events).not.toContain('capture.interrupted');
  const { exchanges, verdict, salvage, stepOutcomes } = found.account ?? {};
  expect(exchanges).toContainEqual(expect.objectContaining({ method: 'GET', status: 200, seenBy: 'wire' }));
  expect(verdict?.remarks[0]).toMatch(/^The recording was cut short/);
  expect(salvage?.records).toBeGreaterThan(2);
  expect(stepOutcomes?.map(({ name }) => name)).toContain(step);
});

it('seals once what was sealed in the very moment of the kill', async () => {
  const found = await nextStart(await captureUntilKilled('/', 'sealed', never));
  expect(found).toMatchObject({ sealedNow: 0, interrupted: 0, capture: { exhibit: 1 } });
  expect(found.account?.salvage).toBeNull();
});

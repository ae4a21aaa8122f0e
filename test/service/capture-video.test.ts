import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWacz } from '../../src/main/archive/wacz/reader.ts';
import { Bench } from './capture-harness.ts';

const clip = readFileSync(new URL('../fixtures/sample-site/video/generated/clip.webm', import.meta.url));

/** Only a yt-dlp that runs counts; without one this test has nothing to test. */
const isInstalled = ((): boolean => {
  try {
    execFileSync('yt-dlp', ['--ignore-config', '--version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
})();

const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(`${request.url ?? ''} ${request.headers['user-agent'] ?? ''}`);
  if (request.url === '/clip.webm') response.writeHead(200, { 'content-type': 'video/webm' }).end(clip);
  else
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<title>Clip</title><video src="/clip.webm" controls preload="none"></video>');
});
let bench: Bench;
let origin: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://video.localhost:${(server.address() as AddressInfo).port}`;
  bench = new Bench();
});
afterAll(async () => {
  await bench.close();
  server.closeAllConnections();
  server.close();
});

it.skipIf(!isInstalled)(
  'attaches what yt-dlp saves of a page with video (needs yt-dlp on the path)',
  async () => {
    const { capture, provenance } = await bench.capture(`${origin}/watch`);
    expect(provenance.stepOutcomes.find(({ name }) => name === 'video')).toMatchObject({
      outcome: 'done',
      note: 'yt-dlp saved 1 file.',
    });
    const attached = provenance.artefacts.filter(({ uri }) => uri.startsWith('urn:attachment:video:'));
    expect(attached.map(({ contentType }) => contentType).toSorted()).toEqual([
      'application/json',
      'video/webm',
    ]);
    expect(
      attached.every(({ tool }) => /^yt-dlp \d{4}\.\d\d\.\d\d.*, SHA-256 [0-9a-f]{64}$/.test(tool ?? '')),
    ).toBe(true);
    const film = attached.find(({ contentType }) => contentType === 'video/webm');
    const reader = await openWacz(bench.service.wacz(capture.id));
    const kept = await (await reader.resource(film?.uri ?? ''))?.bytes(1e8);
    expect(Buffer.compare(Buffer.from(kept ?? []), clip)).toBe(0);
    const about = attached.find(({ contentType }) => contentType === 'application/json');
    const json = Buffer.from((await (await reader.resource(about?.uri ?? ''))?.bytes(1e8)) ?? []).toString(
      'utf8',
    );
    expect(json).not.toMatch(/constat-browser-|"\/(tmp|home|root)\//);
    expect(provenance.events.map(({ words }) => words).join()).toMatch(
      /through an exit of its own it reached video\.localhost:\d+\.$/i,
    );
    expect(asked.every((line) => line.includes('Chrome/'))).toBe(true);
  },
);

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { WebSocketServer } from 'ws';

/** One answer as it was meant to arrive: after content coding. */
export interface HardAnswer {
  method: string;
  url: string;
  status: number;
  sha256: string;
  /** False for what is never whole: endless streams and answers that are cut. */
  whole: boolean;
  requestSha256: string | null;
}

export interface HardSite {
  port: number;
  url(path: string, host?: string): string;
  log: HardAnswer[];
  close(): Promise<void>;
}

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const js = 'text/javascript';
/** Deterministic bytes that do not compress. */
function noise(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0, value = 12_345; at < size; at += 1) {
    value = (value * 1_103_515_245 + 12_345) & 0x7fffffff;
    bytes[at] = value >> 16;
  }
  return bytes;
}
/** 8 kHz, one channel, 8 bits: a sound the browser takes. */
function waveHead(size: number): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + size, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(size, 40);
  return head;
}

const wave = Buffer.concat([waveHead(1_500_000), noise(1_500_000)]);
const long = noise(6_000_000);

/** The page with everything on it that recorders miss. `P` is the port. */
const page = (P: number): string => `<!doctype html><title>Hard</title>
<link rel=icon href=/icon.png><link rel=stylesheet href=/a.css><link rel=preload as=image href=/pre.png>
<link rel=prefetch href=/prefetch.js><link rel=modulepreload href=/mod.js>
<script src=/err500.js></script><img src=/redir1><img src="/dup.png"><img src="/dup.png">
<img src=/s1.png srcset="/s1.png 1x, /s2.png 2x"><iframe src="http://other.localhost:${P}/frame"></iframe><iframe src=/same-frame></iframe>
<audio src=/wave.wav preload=auto></audio><object data=/object.html></object>
<div id=host></div><p style="margin-top:4000px"></p><img loading=lazy src=/lazy.png>
<script type=module>
import '/mod.js';
new Worker('/worker.js'); new Worker('/module-worker.js', { type: 'module' }); new SharedWorker('/shared.js');
const brief = new Worker('/brief.js'); brief.onmessage = () => brief.terminate();
const controlled = new Promise((resolve) => { navigator.serviceWorker.oncontrollerchange = resolve; });
navigator.serviceWorker.register('/sw.js').then(() => controlled).then(() => fetch('/via-sw')).then((r) => r.text());
for (const path of ['/gzip.json', '/br.json', '/deflate.json', '/zstd.json', '/cp1251.txt', '/utf16.txt', '/bom.txt', '/empty', '/x404', '/chunked', '/long.bin'])
  fetch(path).then((r) => r.arrayBuffer());
fetch('/not-read'); fetch('/head', { method: 'HEAD' }); fetch('/none');
fetch('/post', { method: 'POST', body: new Uint8Array([0, 255, 1, 2]) });
fetch('/blob', { method: 'POST', body: new Blob(['from a blob']) });
fetch('/put', { method: 'PUT', body: 'put' });
const form = new FormData(); form.append('file', new File(['in a file'], 'f.txt')); fetch('/form', { method: 'POST', body: form });
navigator.sendBeacon('/beacon', 'seen=1');
fetch('/keepalive', { method: 'POST', body: 'bye', keepalive: true });
fetch('http://third.localhost:${P}/cors', { headers: { 'x-own': '1' } }).then((r) => r.text());
fetch('http://third.localhost:${P}/opaque', { mode: 'no-cors' });
new EventSource('/events').onmessage = () => {};
const stop = new AbortController(); fetch('/aborted', { signal: stop.signal }).then((r) => r.body.getReader().read()).then(() => setTimeout(() => stop.abort(), 400)).catch(() => {});
const socket = new WebSocket('ws://' + location.host + '/socket'); socket.onopen = () => socket.send('question');
const closed = host.attachShadow({ mode: 'closed' }); closed.innerHTML = '<p>in a closed shadow</p>';
</script>`;

const scripts: Record<string, string> = {
  '/mod.js': 'export {};',
  '/worker.js': 'importScripts("/imported.js"); fetch("/from-worker"); new Worker("/nested.js");',
  '/nested.js': 'fetch("/from-nested");',
  '/module-worker.js': 'import "/mod2.js"; fetch("/from-module-worker");',
  '/shared.js': 'fetch("/from-shared");',
  '/brief.js': 'fetch("/from-brief").then((r) => r.text()).then(postMessage);',
  '/sw.js':
    'importScripts("/sw-part.js"); addEventListener("install", (e) => e.waitUntil(caches.open("a").then((c) => c.addAll(["/cached-1", "/cached-2"])).then(() => skipWaiting()))); addEventListener("activate", (e) => e.waitUntil(clients.claim())); addEventListener("fetch", (e) => { if (e.request.url.endsWith("/via-sw")) e.respondWith(fetch("/for-sw")); });',
};

/** A server of hard cases that takes down what it served. */
export async function startHardSite(): Promise<HardSite> {
  const log: HardAnswer[] = [];
  const server = createServer((request, response) => void answer(request, response, log, port));
  const sockets = new WebSocketServer({ server, path: '/socket' });
  sockets.on('connection', (socket) => socket.on('message', () => socket.send('answer')));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: (path, host = 'hard') => `http://${host}.localhost:${port}${path}`,
    log,
    close: async () => {
      sockets.close();
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  log: HardAnswer[],
  port: number,
): Promise<void> {
  const sent: Buffer[] = [];
  for await (const chunk of request) sent.push(chunk as Buffer);
  const body = Buffer.concat(sent);
  const url = `http://${request.headers.host ?? ''}${request.url ?? ''}`;
  const path = new URL(url).pathname;
  const note = (status: number, bytes: Uint8Array, whole = true): void => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const requestSha256 = body.length === 0 ? null : createHash('sha256').update(body).digest('hex');
    log.push({ method: request.method ?? '', url, status, sha256, whole, requestSha256 });
  };
  const give = (
    status: number,
    type: string,
    content: string | Uint8Array,
    headers: Record<string, string | string[]> = {},
    coded?: Uint8Array,
  ): void => {
    const bytes = Buffer.from(content);
    const wire = coded ?? bytes;
    note(status, request.method === 'HEAD' ? Buffer.alloc(0) : bytes);
    response.writeHead(status, { 'content-type': type, 'content-length': wire.length, ...headers });
    response.end(request.method === 'HEAD' ? undefined : wire);
  };
  const json = Buffer.from(JSON.stringify({ path, text: 'é'.repeat(3000) }));
  const script = scripts[path];
  if (script !== undefined) return give(200, js, script, { 'x-kind': 'script' });
  switch (path) {
    case '/':
      return give(200, 'text/html; charset=utf-8', page(port), {
        'set-cookie': ['a=1', 'b=2; HttpOnly'],
        'x-many': ['one', 'two'],
      });
    case '/err500.js':
      return give(500, js, '// does not work');
    case '/redir1':
      return give(301, 'text/html', '', { location: '/redir2' });
    case '/redir2':
      return give(307, 'text/html', '', { location: '/final.png' });
    case '/x404':
      return give(404, 'text/html', 'no such thing');
    case '/empty':
      return give(200, 'text/plain', '');
    case '/none':
      note(204, Buffer.alloc(0));
      response.writeHead(204).end();
      return undefined;
    case '/a.css':
      return give(
        200,
        'text/css',
        '@import "/b.css"; body { background: url(/bg.png) } @media print { p { background: url(/print.png) } }',
      );
    case '/b.css':
      return give(200, 'text/css', 'p { color: #123 }');
    case '/frame':
      return give(
        200,
        'text/html',
        `<p>frame<script>fetch('/from-frame')</script><iframe src="http://fourth.localhost:${port}/nested-frame"></iframe>`,
      );
    case '/gzip.json':
      return give(200, 'application/json', json, { 'content-encoding': 'gzip' }, gzipSync(json));
    case '/br.json':
      return give(200, 'application/json', json, { 'content-encoding': 'br' }, brotliCompressSync(json));
    case '/deflate.json':
      return give(200, 'application/json', json, { 'content-encoding': 'deflate' }, deflateSync(json));
    case '/zstd.json':
      return give(200, 'application/json', json, { 'content-encoding': 'zstd' }, zstdCompressSync(json));
    case '/cp1251.txt':
      return give(200, 'text/plain; charset=windows-1251', Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]));
    case '/utf16.txt':
      return give(200, 'text/plain; charset=utf-16', Buffer.from('\ufeffutf16 é', 'utf16le'));
    case '/bom.txt':
      return give(200, 'text/plain; charset=utf-8', '\ufeffwith a mark\u0000and a zero');
    case '/long.bin':
      return give(200, 'application/octet-stream', long);
    case '/wave.wav':
      return ranged(request, response, note);
    case '/cors':
      return give(200, 'text/plain', request.method === 'OPTIONS' ? '' : 'shared', {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*',
      });
    case '/chunked':
      note(200, Buffer.from('x'.repeat(90_000) + 'y'.repeat(90_000)));
      response.writeHead(200, { 'content-type': 'text/plain' }).write('x'.repeat(90_000));
      setTimeout(() => response.end('y'.repeat(90_000)), 100);
      return undefined;
    case '/events':
    case '/aborted':
      note(200, Buffer.alloc(0), false);
      response.writeHead(200, { 'content-type': path === '/events' ? 'text/event-stream' : 'text/plain' });
      response.write('data: first\n\n'.repeat(path === '/events' ? 1 : 400));
      return undefined;
    default:
      if (path.endsWith('.png')) return give(200, 'image/png', pixel);
      if (path.endsWith('.js')) return give(200, js, `// ${path}`);
      if (/frame|object/.test(path)) return give(200, 'text/html', `<p>${path}`);
      return give(200, 'text/plain', `${request.method ?? ''} ${path}`);
  }
}

function ranged(
  request: IncomingMessage,
  response: ServerResponse,
  note: (status: number, bytes: Uint8Array) => void,
): void {
  const match = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
  const start = Number(match?.[1] ?? 0);
  const end = match?.[2] === undefined || match[2] === '' ? wave.length - 1 : Number(match[2]);
  const part = wave.subarray(start, end + 1);
  note(match ? 206 : 200, part);
  response.writeHead(match ? 206 : 200, {
    'content-type': 'audio/wav',
    'accept-ranges': 'bytes',
    'content-length': part.length,
    ...(match ? { 'content-range': `bytes ${start}-${end}/${wave.length}` } : {}),
  });
  response.end(part);
}

import { createSocket } from 'node:dgram';
import { createServer, type Socket } from 'node:net';

/** A server that stands for the whole world outside: it hears whatever is sent to it, over TCP and UDP. */
export interface Outside {
  /** `http://127.0.0.1:PORT` */
  address: string;
  stunPort: number;
  /** First lines of what came in; `connected` for a connection, `datagram` for a packet. */
  heard: string[];
  close(): Promise<void>;
}

export async function listenOutside(): Promise<Outside> {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const tcp = createServer((socket) => {
    heard.push('connected');
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      heard.push(bytes.toString('latin1').split('\r\n', 1)[0] ?? '');
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
  });
  const udp = createSocket('udp4');
  udp.on('message', () => heard.push('datagram'));
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
  const address = tcp.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    address: `http://127.0.0.1:${address.port}`,
    stunPort: udp.address().port,
    heard,
    async close() {
      for (const socket of sockets) socket.destroy();
      udp.close();
      await new Promise<void>((resolve) => tcp.close(() => resolve()));
    },
  };
}

/**
 * Run in a page: tries every way out that a page has, and says what came of each. Frames and workers it starts try too. Written
 * without anything from outside of it, because it is sent into the page as text.
 */
export async function tryEveryWayOut({
  address,
  stunPort,
}: {
  address: string;
  stunPort: number;
}): Promise<Record<string, string>> {
  const outcome: Record<string, string> = {};
  const attempt = async (name: string, way: () => unknown): Promise<void> => {
    try {
      const result = await Promise.race([
        way(),
        new Promise((resolve) => setTimeout(resolve, 400, 'no answer')),
      ]);
      outcome[name] = result === 'no answer' ? result : 'went through';
    } catch (error) {
      outcome[name] = `refused: ${String(error)}`;
    }
  };
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- it runs in the page
  const add = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag, set: Partial<HTMLElementTagNameMap[Tag]>) =>
    document.body.appendChild(Object.assign(document.createElement(tag), set));
  const link = (rel: string, path: string) =>
    document.head.appendChild(
      Object.assign(document.createElement('link'), { rel, href: `${address}/${path}`, as: 'script' }),
    );

  await attempt('fetch', () => fetch(`${address}/fetch`, { mode: 'no-cors' }));
  await attempt('beacon', () => {
    if (!navigator.sendBeacon(`${address}/beacon`, 'x')) throw new Error('not sent');
  });
  await attempt('xhr', () => {
    const request = new XMLHttpRequest();
    request.open('GET', `${address}/xhr`);
    request.send();
    return new Promise((_resolve, reject) => request.addEventListener('error', reject));
  });
  await attempt('socket', () => {
    const socket = new WebSocket(`${address.replace('http', 'ws')}/socket`);
    return new Promise((_resolve, reject) => socket.addEventListener('error', reject));
  });
  await attempt('events', () => new EventSource(`${address}/events`));
  await attempt('image', () => add('img', { src: `${address}/image` }));
  await attempt('script', () => add('script', { src: `${address}/script` }));
  await attempt('media', () => add('video', { src: `${address}/media` }).load());
  await attempt('object', () => add('object', { data: `${address}/object` }));
  await attempt('style', () =>
    add('style', { textContent: `body { background: url("${address}/background") }` }),
  );
  await attempt('frame', () => add('iframe', { src: `${address}/frame` }));
  await attempt('frame of data', () =>
    add('iframe', {
      src: `data:text/html,<img src="${address}/data-image"><script>fetch("${address}/data-fetch")</script>`,
    }),
  );
  await attempt('frame of markup', () => add('iframe', { srcdoc: `<img src="${address}/markup-image">` }));
  for (const rel of [
    'preconnect',
    'dns-prefetch',
    'prefetch',
    'preload',
    'modulepreload',
    'stylesheet',
    'icon',
    'manifest',
  ]) {
    await attempt(rel, () => link(rel, rel));
  }
  await attempt('speculation', () =>
    add('script', {
      type: 'speculationrules',
      text: JSON.stringify({
        prefetch: [{ source: 'list', urls: [`${address}/speculation`], eagerness: 'immediate' }],
      }),
    }),
  );
  await attempt('worker', () => {
    const text = `fetch("${address}/worker-fetch",{mode:"no-cors"}).catch(()=>0);importScripts("${address}/worker-import")`;
    return new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
  });
  await attempt('rtc', async () => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${stunPort}` }] });
    peer.createDataChannel('x');
    await peer.setLocalDescription(await peer.createOffer());
  });
  await attempt('window', () => {
    if (!window.open(`${address}/window`)) throw new Error('no window');
  });
  await attempt('form', () => {
    add('iframe', { name: 'elsewhere' });
    add('form', { action: `${address}/form`, method: 'post', target: 'elsewhere' }).submit();
  });
  await new Promise((resolve) => setTimeout(resolve, 800));
  return outcome;
}

/** Run in a page: leaves it, by the window's top and by the page's own address. What has not started yet is cut off by it. */
export function leave(address: string): void {
  setTimeout(() => {
    try {
      if (window.top) window.top.location.href = `${address}/top`;
    } catch {
      // A frame that may not lead its window away is told so by an error.
    }
    location.href = `${address}/itself`;
  }, 0);
}

import type { HeaderFields } from './policy.ts';

/**
 * The script registered as the service worker of a replay origin: the player's own, with every answer it gives put under our
 * policy first. The player sets a policy that lets a page open WebSockets to anywhere, and sets none on its own pages; both are
 * overruled here, in one place, whatever the player does.
 */
export function guardingWorker(policy: HeaderFields): string {
  return `'use strict';
const policy = ${JSON.stringify(policy)};

function guarded(response) {
  if (!response || response.type === 'error' || response.status === 0) return response;
  const headers = new Headers(response.headers);
  const location = headers.get('location');
  if (location !== null && new URL(location, self.location.href).origin !== self.location.origin) {
    return new Response(null, { status: 404, headers: policy });
  }
  headers.delete('link');
  headers.delete('set-cookie');
  for (const [name, value] of Object.entries(policy)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

// The same file is the player's loader when it is started as a plain worker, which answers no requests.
if (typeof FetchEvent === 'function') {
  const respondWith = FetchEvent.prototype.respondWith;
  FetchEvent.prototype.respondWith = function (answer) {
    return respondWith.call(this, Promise.resolve(answer).then(guarded));
  };
}

importScripts('./player-worker.js');
`;
}

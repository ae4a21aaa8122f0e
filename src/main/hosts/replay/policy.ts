/** HeaderFields as one plain object: lower-case names. */
export type HeaderFields = Record<string, string>;

/** Abilities that no page of Constat uses and no replayed page may have. */
export const permissionsPolicy = [
  'accelerometer',
  'camera',
  'clipboard-read',
  'display-capture',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

/**
 * Closes what a content security policy leaves open: early connections, name look-ups, speculative loads, WebRTC. Enforced by
 * Chromium from 152 on, and by no other browser yet. Redirects are allowed because the player sends a page to the archive it was
 * found in; where they may lead is held by the content security policy and by the service worker.
 */
const connectionAllowlist = '(response-origin);redirects=allow;webrtc=block';

/** What every answer of a replay origin carries, whatever it is. */
export function commonReplayHeaders(): HeaderFields {
  return {
    'cache-control': 'no-store',
    'connection-allowlist': connectionAllowlist,
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'permissions-policy': permissionsPolicy,
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
  };
}

/**
 * No popups, no way out of the frame, no forms, no dialogs, no downloads. The player needs scripts and its own origin (a service
 * worker), which is why the origin is one that holds nothing else.
 */
const sandbox = 'sandbox allow-scripts allow-same-origin';

/** The page around the player: our own markup and the player's script, nothing inline. */
export function shellPolicy(appOrigin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${appOrigin}`,
    sandbox,
  ].join('; ');
}

/**
 * A replayed document: it may do with what is in the archive what the page did, and reach nothing but this origin, where the
 * service worker answers from the archive. `'unsafe-eval'` and inline scripts are the captured page's own. Frames do not inherit
 * this, so the service worker puts it on every answer it gives.
 */
export function framedPolicy(appOrigin: string): string {
  const here = "'self' data: blob:";
  return [
    "default-src 'none'",
    `script-src ${here} 'unsafe-inline' 'unsafe-eval'`,
    `style-src ${here} 'unsafe-inline'`,
    `img-src ${here}`,
    `font-src ${here}`,
    `media-src ${here}`,
    `connect-src ${here}`,
    `frame-src ${here}`,
    `worker-src ${here}`,
    `manifest-src ${here}`,
    "object-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
    `frame-ancestors 'self' ${appOrigin}`,
    "webrtc 'block'",
    sandbox,
  ].join('; ');
}

/** The service worker and the player's loader: they fetch from this origin and from nowhere else. */
export const workerPolicy = "default-src 'none'; script-src 'self' 'unsafe-eval'; connect-src 'self'";

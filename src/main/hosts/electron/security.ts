import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  ProtocolRequest,
  WebPreferences,
} from 'electron';
import { interfacePolicy } from '../interface/policy.ts';

/** The interface and the replays each have a scheme of their own: nothing in the desktop is loaded over http or from a file. */
export const appOrigin = 'app://constat';
const appProtocol = 'app:';
const replayProtocol = 'replay:';

/** Address at which a granted capture is replayed; every capture is an origin of its own. */
export function replayUrl(token: string): string {
  return `replay://${token}/`;
}

/** The name a capture was granted under, or null for anything that is not the address of a replay. */
export function replayToken(url: string): string | null {
  return /^replay:\/\/(r[0-9a-f]{32})(?:\/|$)/.exec(url)?.[1] ?? null;
}

/** To be registered before the application is ready. Only replays may have service workers: the player is one. */
export const schemes: CustomScheme[] = [
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  {
    scheme: 'replay',
    privileges: {
      standard: true,
      secure: true,
      supportFetchAPI: true,
      allowServiceWorkers: true,
      stream: true,
    },
  },
];

export const appPolicy = interfacePolicy({ frames: replayProtocol });

/** What every page of the desktop is, the interface as well as a replay. */
export const sealedPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  safeDialogs: true,
  disableDialogs: false,
  plugins: false,
  autoplayPolicy: 'document-user-activation-required',
} satisfies WebPreferences;

/** The window of the interface. */
export function windowOptions(options: {
  preload: string;
  packaged: boolean;
  partition: string;
}): BrowserWindowConstructorOptions {
  return {
    width: 1360,
    height: 880,
    minWidth: 400,
    minHeight: 480,
    show: false,
    title: 'Constat',
    webPreferences: {
      ...sealedPreferences,
      devTools: !options.packaged,
      preload: options.preload,
      partition: options.partition,
    },
  };
}

/** A window that shows one replay: no preload, a session that lives in memory and ends with the window. */
export function replayWindowOptions(partition: string): BrowserWindowConstructorOptions {
  return {
    width: 1360,
    height: 900,
    title: 'Constat: replay',
    webPreferences: { ...sealedPreferences, disableDialogs: true, devTools: false, partition },
  };
}

/**
 * Switches of the shell's own Chromium. No name is ever resolved and nothing is fetched in the background: the shell has no
 * business on the network. The browser that captures is another program and is not touched by this.
 */
export const switches: [name: string, value?: string][] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['no-pings'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  ['enable-features', 'ConnectionAllowlists'],
];

/** Every address is cancelled but our own two schemes and what pages make for themselves; the rest never reaches a socket. */
export function mayRequest(url: string): boolean {
  return /^(?:app|replay|blob|data|devtools):/.test(url);
}

/** What a frame may be sent to. The interface's own page is loaded by us and never goes anywhere. */
export function mayNavigate(target: { url: string; isMainFrame: boolean }, current: string): boolean {
  const wanted = protocolOf(target.url);
  if (target.isMainFrame)
    return (
      wanted === replayProtocol &&
      replayToken(current) !== null &&
      replayToken(target.url) === replayToken(current)
    );
  return (
    wanted === replayProtocol ||
    target.url === 'about:blank' ||
    target.url === 'about:srcdoc' ||
    wanted === 'blob:' ||
    wanted === 'data:'
  );
}

/** Who may talk to the shell: the interface's own page, never a frame in it. */
export function isInterface(sender: { url: string; parent: unknown } | null): boolean {
  return (
    sender !== null &&
    sender.parent === null &&
    protocolOf(sender.url) === appProtocol &&
    sender.url.startsWith(`${appOrigin}/`)
  );
}

/** Copying a reference to the clipboard is the one ability the interface asks for. */
export function mayUse(permission: string, requestingUrl: string): boolean {
  return (
    permission === 'clipboard-sanitized-write' &&
    (requestingUrl === appOrigin || requestingUrl.startsWith(`${appOrigin}/`))
  );
}

/** The path of a request to one of our schemes, without query and fragment. */
export function pathOf(request: Pick<ProtocolRequest, 'url'>): string {
  return URL.canParse(request.url) ? new URL(request.url).pathname : '';
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}

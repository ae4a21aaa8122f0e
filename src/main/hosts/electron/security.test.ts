import { describe, expect, it } from 'vitest';
import {
  appOrigin,
  appPolicy,
  isInterface,
  mayNavigate,
  mayRequest,
  mayUse,
  replayToken,
  replayUrl,
  replayWindowOptions,
  schemes,
  windowOptions,
} from './security.ts';

const token = `r${'a'.repeat(32)}`;
const replay = replayUrl(token);

describe('windows', () => {
  const required = {
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    safeDialogs: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
  };

  it('are sealed, and the interface alone has a preload', () => {
    const main = windowOptions({ preload: '/p.cjs', packaged: true, partition: 'x' }).webPreferences;
    expect(main).toMatchObject({ ...required, preload: '/p.cjs', devTools: false });
    const replayWindow = replayWindowOptions('replay-1').webPreferences;
    expect(replayWindow).toMatchObject({ ...required, devTools: false, partition: 'replay-1' });
    expect(replayWindow).not.toHaveProperty('preload');
  });

  it('can be inspected in development only', () => {
    expect(windowOptions({ preload: '', packaged: false, partition: '' }).webPreferences?.devTools).toBe(
      true,
    );
  });
});

it('both schemes are secure and standard, neither passes by a policy, and only replays may have workers', () => {
  expect(schemes.map(({ scheme }) => scheme)).toEqual(['app', 'replay']);
  for (const { privileges } of schemes) {
    expect(privileges).toMatchObject({ standard: true, secure: true, supportFetchAPI: true });
    expect(privileges?.bypassCSP).toBeUndefined();
  }
  expect(schemes.map(({ privileges }) => privileges?.allowServiceWorkers ?? false)).toEqual([false, true]);
});

it('the interface’s policy is the one asked for', () => {
  expect(appPolicy).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; " +
      "frame-src replay:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
      "require-trusted-types-for 'script'",
  );
});

it.each([
  'http://a.example/',
  'https://a.example/',
  'ws://a.example/',
  'wss://a.example/',
  'file:///etc/passwd',
  'ftp://a/',
  'chrome://gpu/',
  'HTTP://A.EXAMPLE/',
  'application:x',
  ' https://a/',
])('a page cannot ask for %s', (url) => expect(mayRequest(url)).toBe(false));
it.each([`${appOrigin}/`, replay, 'blob:app://constat/x', 'data:text/plain,x'])(
  'a page can ask for %s',
  (url) => expect(mayRequest(url)).toBe(true),
);

it.each([
  ['the interface', { url: 'https://a.example/', isMainFrame: true }, `${appOrigin}/`],
  ['the interface', { url: replay, isMainFrame: true }, `${appOrigin}/`],
  ['the interface', { url: 'file:///etc/passwd', isMainFrame: true }, `${appOrigin}/`],
  ['a frame', { url: 'https://a.example/', isMainFrame: false }, `${appOrigin}/`],
  ['a frame', { url: `${appOrigin}/`, isMainFrame: false }, `${appOrigin}/`],
  ['a replay window', { url: `${appOrigin}/`, isMainFrame: true }, replay],
  ['a replay window', { url: replayUrl(`r${'b'.repeat(32)}`), isMainFrame: true }, replay],
  ['a replay window', { url: 'https://a.example/', isMainFrame: true }, replay],
])('%s is not sent to %j', (_what, target, current) => expect(mayNavigate(target, current)).toBe(false));

it('a frame may show a replay, and a replay may go on within itself', () => {
  expect(mayNavigate({ url: replay, isMainFrame: false }, `${appOrigin}/`)).toBe(true);
  expect(mayNavigate({ url: `${replay}x`, isMainFrame: true }, replay)).toBe(true);
});

it('only the interface’s own page may talk to the shell', () => {
  expect(isInterface({ url: `${appOrigin}/`, parent: null })).toBe(true);
  expect(isInterface({ url: `${appOrigin}/`, parent: {} })).toBe(false);
  expect(isInterface({ url: replay, parent: null })).toBe(false);
  expect(isInterface({ url: 'app://constat.evil/', parent: null })).toBe(false);
  expect(isInterface({ url: 'https://constat/', parent: null })).toBe(false);
  expect(isInterface(null)).toBe(false);
});

it('copying to the clipboard is the only ability, and the interface’s only', () => {
  expect(mayUse('clipboard-sanitized-write', appOrigin)).toBe(true);
  expect(mayUse('clipboard-sanitized-write', `${appOrigin}/`)).toBe(true);
  expect(mayUse('clipboard-sanitized-write', replay)).toBe(false);
  for (const ability of [
    'media',
    'geolocation',
    'notifications',
    'openExternal',
    'clipboard-read',
    'fileSystem',
  ]) {
    expect(mayUse(ability, appOrigin)).toBe(false);
  }
});

it.each(['replay://x/', `replay://${token}.evil/`, `http://${token}/`, `replay://${token.slice(1)}/`, ''])(
  '%j is no replay',
  (url) => expect(replayToken(url)).toBeNull(),
);

import type { CaptureOptions } from '../../shared/domain/capture-options.ts';

/**
 * What keeps the browser quiet: no update, no sign-in, no suggestion, no report, no prediction. The egress must see no
 * connection the page did not cause (a test holds this).
 */
const quietFeatures = [
  'OptimizationHints',
  'OptimizationGuideModelDownloading',
  'OptimizationHintsFetching',
  'Translate',
  'MediaRouter',
  'DialMediaRouteProvider',
  'NetworkTimeServiceQuerying',
  'PreconnectToSearch',
  'AimEnabled',
  'LensOverlay',
  'InterestFeedContentSuggestions',
  'CertificateTransparencyComponentUpdater',
  'AutofillServerCommunication',
  'SafeBrowsingDelayedWarnings',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'AsyncDns',
  'msForceBrowserSignIn',
];

/**
 * Where the browser's own services are sent: a port browsers never open, so that not even the egress hears of them. No switch stops
 * all of them (Chromium 156 asks for a component and for the accounts of a profile that has none).
 */
const nowhere = 'http://127.0.0.1:1/';

export interface ArgumentInput {
  options: CaptureOptions;
  userAgent: string;
  egressPort: number;
  profileFolder: string;
  sandbox: boolean;
}

export interface BrowserArguments {
  all: string[];
  /** As they go into the provenance: without folders and ports of the collecting machine. */
  recorded: string[];
}

/** The whole command line of the capture browser; nothing is added by anyone else. */
export function browserArguments({
  options,
  userAgent,
  egressPort,
  profileFolder,
  sandbox,
}: ArgumentInput): BrowserArguments {
  const { viewport, locale } = options;
  const language = locale.split('-', 1)[0] ?? locale;
  const recorded = [
    '--headless',
    '--hide-scrollbars',
    '--mute-audio',
    `--window-size=${viewport.width},${viewport.height}`,
    '--force-device-scale-factor=1',
    '--force-color-profile=srgb',
    `--lang=${locale}`,
    `--accept-lang=${language === locale ? locale : `${locale},${language}`}`,
    `--user-agent=${userAgent}`,
    '--disable-blink-features=AutomationControlled',
    '--proxy-bypass-list=<-loopback>',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    '--disable-quic',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    `--disable-features=${quietFeatures.join(',')}`,
    '--enable-features=SkipListAccountsWithoutGaiaCookies',
    '--disable-field-trial-config',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-component-extensions-with-background-pages',
    `--component-updater=url-source=${nowhere}`,
    `--gaia-url=${nowhere}`,
    `--google-apis-url=${nowhere}`,
    `--variations-server-url=${nowhere}`,
    `--variations-insecure-server-url=${nowhere}`,
    '--disable-client-side-phishing-detection',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-sync',
    '--disable-breakpad',
    '--disable-crash-reporter',
    '--disable-search-engine-choice-screen',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--disable-popup-blocking',
    '--disable-prompt-on-repost',
    '--disable-hang-monitor',
    '--disable-dev-shm-usage',
    '--disable-back-forward-cache',
    '--metrics-recording-only',
    '--no-default-browser-check',
    '--no-first-run',
    '--no-pings',
    '--no-service-autorun',
    '--no-startup-window',
    '--password-store=basic',
    '--use-mock-keychain',
    '--site-per-process',
    ...(sandbox ? [] : ['--no-sandbox']),
  ];
  const unrecorded = [
    `--proxy-server=socks5://127.0.0.1:${egressPort}`,
    `--user-data-dir=${profileFolder}`,
    '--remote-debugging-pipe',
    '--remote-debugging-port=0',
  ];
  return {
    all: [...recorded, ...unrecorded],
    recorded: [...recorded, '--proxy-server=(Constat’s own exit)', '--user-data-dir=(new, thrown away)'],
  };
}

/**
 * The user agent of the same browser with a window. A browser without one calls itself HeadlessChrome, which many sites answer
 * with a wall; the version stays what it is. The rest has been the same text for everyone since Chrome 107.
 */
export function windowedUserAgent(name: string, version: string): string {
  const systems: Partial<Record<NodeJS.Platform, string>> = {
    darwin: 'Macintosh; Intel Mac OS X 10_15_7',
    win32: 'Windows NT 10.0; Win64; x64',
  };
  const major = version.split('.', 1)[0] ?? '';
  const system = systems[process.platform] ?? 'X11; Linux x86_64';
  const edge = name === 'Edge' ? ` Edg/${major}.0.0.0` : '';
  return `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36${edge}`;
}

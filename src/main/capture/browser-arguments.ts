import type { CaptureOptions } from '../../shared/domain/capture-options.ts';
import type { ProfileFolder } from './profile-folder.ts';

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
  profile: Pick<ProfileFolder, 'browser' | 'cache' | 'path'>;
  sandbox: boolean;
  /** With a window that a person drives; otherwise headless. */
  window: boolean;
  /** Base64 SHA-256 of the one public key to be trusted besides the browser's own rules, in wire mode. */
  pinnedKey: string | null;
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
  profile,
  sandbox,
  window,
  pinnedKey,
}: ArgumentInput): BrowserArguments {
  const { locale } = options;
  const language = locale.split('-', 1)[0] ?? locale;
  const kept = profile.browser !== profile.path;
  const recorded = [
    ...(window ? windowed : headless(options, userAgent)),
    `--lang=${locale}`,
    `--accept-lang=${language === locale ? locale : `${locale},${language}`}`,
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
    '--disable-dev-shm-usage',
    '--disable-back-forward-cache',
    '--metrics-recording-only',
    '--no-default-browser-check',
    '--no-first-run',
    '--no-service-autorun',
    // What scripts fail at is told nowhere else without the page noticing.
    '--enable-logging',
    '--password-store=basic',
    '--use-mock-keychain',
    '--site-per-process',
    ...(sandbox ? [] : ['--no-sandbox']),
  ];
  const unrecorded = [
    `--proxy-server=socks5://127.0.0.1:${egressPort}`,
    `--user-data-dir=${profile.browser}`,
    ...(kept ? [`--disk-cache-dir=${profile.cache}`] : []),
    ...(pinnedKey === null ? [] : [`--ignore-certificate-errors-spki-list=${pinnedKey}`]),
    '--remote-debugging-pipe',
    '--remote-debugging-port=0',
    // The window a person drives is there from the start, empty.
    ...(window ? ['about:blank'] : []),
  ];
  return {
    all: [...recorded, ...unrecorded],
    recorded: [
      ...recorded,
      '--proxy-server=(Constat’s own exit)',
      ...(kept
        ? ['--user-data-dir=(kept by the operator)', '--disk-cache-dir=(new, thrown away)']
        : ['--user-data-dir=(new, thrown away)']),
      ...(pinnedKey === null
        ? []
        : ['--ignore-certificate-errors-spki-list=(the key of Constat’s exit for this capture)']),
    ],
  };
}

function headless({ viewport }: CaptureOptions, userAgent: string): string[] {
  return [
    '--headless',
    '--hide-scrollbars',
    '--mute-audio',
    `--window-size=${viewport.width},${viewport.height}`,
    '--force-device-scale-factor=1',
    '--force-color-profile=srgb',
    `--user-agent=${userAgent}`,
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--disable-popup-blocking',
    '--disable-prompt-on-repost',
    '--disable-hang-monitor',
    '--no-pings',
    '--no-startup-window',
  ];
}

/**
 * A window as the person's own browser has it, of its own size and with its own user agent, and painted so that no one takes it for
 * one: title and colours belong to the frame around the page, which the page cannot see and no picture of the page has in it.
 */
const windowed = [
  '--window-name=● REC · Constat',
  '--install-autogenerated-theme=190,24,24',
  '--allow-browser-signin=false',
  '--hide-crash-restore-bubble',
  // Without it a bar under the address names one of these switches and says that security will suffer.
  '--test-type',
];

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

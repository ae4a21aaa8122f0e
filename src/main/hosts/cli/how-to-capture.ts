import { InvalidArgumentError, Option, type Command } from 'commander';
import { captureOptionsSchema, type CaptureOptions } from '../../../shared/domain/capture-options.ts';

/** What the command line says of how a capture is to be made. */
export interface HowOptions {
  allowPrivate?: true;
  allowBadCertificates?: true;
  witness?: string;
  proxy?: string;
  profile?: string;
  viewport?: { width: number; height: number };
  locale?: string;
  timeZone?: string;
  consent?: string;
  loadTimeout?: number;
  settleTimeout?: number;
  scrollTimeout?: number;
  maxScreens?: number;
  maxBytes?: number;
  expand: boolean;
  play: boolean;
  otherSizes: boolean;
  video: boolean;
  pdf: boolean;
  mhtml: boolean;
  accessibility: boolean;
}

/** Adds the options that say how a capture is to be made. */
export function addHowOptions(command: Command): Command {
  return command
    .option('--allow-private', 'allow private and loopback addresses, for these captures only')
    .option(
      '--allow-bad-certificates',
      'record servers whose certificate is not trusted; the account says so',
    )
    .addOption(
      new Option('--witness <kind>', 'who records: on the wire, the browser alone, or as it suits').choices([
        'auto',
        'wire',
        'browser',
      ]),
    )
    .option('--proxy <url>', 'go through socks5://, socks5h://, http:// or tor://host:port')
    .option('--profile <name>', 'a browser profile you keep: its cookies are sent')
    .option('--viewport <WxH>', 'size of the window in CSS pixels', viewport)
    .option('--locale <tag>', 'language asked for, for example fr-FR')
    .option('--time-zone <name>', 'time zone of the page, for example Pacific/Noumea')
    .addOption(
      new Option('--consent <deed>', 'what to do with a consent banner').choices([
        'leave',
        'refuse',
        'accept',
      ]),
    )
    .option('--load-timeout <seconds>', 'for loading', number(1, 600))
    .option('--settle-timeout <seconds>', 'for calming down', number(0, 600))
    .option('--scroll-timeout <seconds>', 'for going down the page (0: not at all)', number(0, 600))
    .option('--max-screens <number>', 'how far down an endless page', number(1, 10_000))
    .option('--max-bytes <number>', 'of all bodies together', number(1, Number.MAX_SAFE_INTEGER))
    .option('--no-expand', 'press no “show more”')
    .option('--no-play', 'start no video or audio')
    .option('--no-other-sizes', 'fetch no pictures for other windows')
    .option('--no-video', 'do not use yt-dlp where it is installed')
    .option('--no-pdf', 'make no PDF')
    .option('--no-mhtml', 'make no MHTML file')
    .option('--no-accessibility', 'keep no accessibility tree');
}

/** What was said, as the contract takes it. */
export function howOf(options: HowOptions): CaptureOptions {
  return captureOptionsSchema.parse({
    allowPrivateAddresses: options.allowPrivate ?? false,
    allowBadCertificates: options.allowBadCertificates ?? false,
    witness: options.witness,
    proxy: options.proxy,
    profile: options.profile,
    viewport: options.viewport,
    locale: options.locale,
    timeZone: options.timeZone,
    consent: options.consent,
    loadTimeout: milliseconds(options.loadTimeout),
    settleTimeout: milliseconds(options.settleTimeout),
    scrollTimeout: milliseconds(options.scrollTimeout),
    maxScreens: options.maxScreens,
    maxBytes: options.maxBytes,
    expand: options.expand,
    play: options.play,
    otherSizes: options.otherSizes,
    videoTool: options.video,
    pdf: options.pdf,
    mhtml: options.mhtml,
    accessibility: options.accessibility,
  });
}

const milliseconds = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : seconds * 1000;

/** A whole number between two bounds. */
export function number(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`A number from ${least} to ${most}.`);
    return value;
  };
}

function viewport(text: string): { width: number; height: number } {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(text) ?? [];
  if (width === undefined || height === undefined) throw new InvalidArgumentError('Write it as 1280x900.');
  return { width: Number(width), height: Number(height) };
}

import { z } from 'zod';

/** How a capture is to be made. Every field ends up in the provenance; none may hold a secret. */
export const captureOptionsSchema = z.object({
  /** Allow private, loopback and link-local addresses for this capture only. */
  allowPrivateAddresses: z.boolean().default(false),
  /** Record a server whose certificate is not trusted; the provenance says so. */
  allowBadCertificates: z.boolean().default(false),
  /** `auto`: on the wire for unattended captures, by the browser alone for named profiles and interactive ones. */
  witness: z.enum(['auto', 'wire', 'browser']).default('auto'),
  /** What all traffic goes through behind Constat's exit: `socks5://host:port`, `http://host:port`, `tor://host:port`; empty for a direct way. */
  proxy: z.string().max(300).default(''),
  /**
   * A browser profile the person keeps (a virtual identity); null for a new one that is thrown away. Asked for by name, kept by the
   * pseudonym it has in this case (`profile-…`): the name is in no case file, no provenance and no log.
   */
  profile: z.string().min(1).max(60).nullable().default(null),
  viewport: z
    .object({ width: z.int().min(200).max(7680), height: z.int().min(200).max(4320) })
    .default({ width: 1280, height: 900 }),
  /** BCP 47, sent as Accept-Language. */
  locale: z.string().min(2).max(35).default('en-US'),
  /** IANA name; empty means the machine's own zone. */
  timeZone: z.string().max(60).default(''),
  /** Milliseconds. */
  loadTimeout: z.int().min(1000).max(600_000).default(30_000),
  settleTimeout: z.int().min(0).max(600_000).default(10_000),
  scrollTimeout: z.int().min(0).max(600_000).default(20_000),
  /** A recording by hand ends by itself after this long. */
  sessionTimeout: z.int().min(1000).max(86_400_000).default(14_400_000),
  /** How many screens of an endless feed are gone down at most. */
  maxScreens: z.int().min(1).max(10_000).default(200),
  /** What is done with a consent banner: nothing, the button that refuses, or the one that accepts. */
  consent: z.enum(['leave', 'refuse', 'accept']).default('leave'),
  /** Press “show more” and the like, open what is folded. */
  expand: z.boolean().default(true),
  /** Start audio and video that load only when they are played. */
  play: z.boolean().default(true),
  /** Ask for the variants of pictures that a window of another size would ask for. */
  otherSizes: z.boolean().default(true),
  /** Where a page has video or audio and yt-dlp is installed, attach what it saves. */
  videoTool: z.boolean().default(true),
  /** Bytes of all bodies together after which no further body is kept; the capture is then PARTIAL. */
  maxBytes: z.int().min(1).default(2_000_000_000),
  pdf: z.boolean().default(true),
  mhtml: z.boolean().default(true),
  accessibility: z.boolean().default(true),
});
export type CaptureOptions = z.infer<typeof captureOptionsSchema>;

export const stepNames = [
  'load',
  'settle',
  'consent',
  'scroll',
  'expand',
  'play',
  'sizes',
  'interact',
  'screenshot',
  'dom',
  'text',
  'accessibility',
  'mhtml',
  'pdf',
  'video',
  'seal',
] as const;
export const stepNameSchema = z.enum(stepNames);
export type StepName = z.infer<typeof stepNameSchema>;

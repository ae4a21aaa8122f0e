import { z } from 'zod';
import { idSchema, instantSchema, sha256Schema } from './common.ts';

/** Name and value as received, in order; a name may occur more than once. */
export const headerListSchema = z.array(z.tuple([z.string(), z.string()]));
export type HeaderList = z.infer<typeof headerListSchema>;

/** How a capture is to be made. Every field ends up in the provenance. */
export const captureOptionsSchema = z.object({
  /** Allow private, loopback and link-local addresses for this capture only. */
  allowPrivateAddresses: z.boolean().default(false),
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
  /** Bytes of all bodies together after which no further body is kept; the capture is then PARTIAL. */
  maxBytes: z.int().min(1).default(2_000_000_000),
  pdf: z.boolean().default(true),
});
export type CaptureOptions = z.infer<typeof captureOptionsSchema>;

export const stepNames = ['load', 'settle', 'scroll', 'screenshot', 'dom', 'pdf', 'text', 'seal'] as const;
export const stepNameSchema = z.enum(stepNames);
export type StepName = z.infer<typeof stepNameSchema>;

export const stepOutcomeSchema = z.object({
  name: stepNameSchema,
  /** `partial`: it ran out of its budget or could do only part; `note` says what. */
  outcome: z.enum(['done', 'partial', 'failed', 'skipped']),
  startedAt: instantSchema,
  durationMs: z.number(),
  note: z.string().nullable(),
});
export type StepOutcome = z.infer<typeof stepOutcomeSchema>;

export const tlsSchema = z.object({
  protocol: z.string(),
  cipher: z.string().nullable(),
  issuer: z.string().nullable(),
  subjectName: z.string().nullable(),
  validFrom: instantSchema.nullable(),
  validTo: instantSchema.nullable(),
});
export type Tls = z.infer<typeof tlsSchema>;

/** One request and what came of it, in the order in which the requests were made. */
export const resourceAccountSchema = z.object({
  url: z.string(),
  method: z.string(),
  type: z.string(),
  status: z.int().nullable(),
  mimeType: z.string().nullable(),
  /** Bytes of the body as kept, and their digest; null where there was none or it could not be kept. */
  size: z.int().nullable(),
  sha256: sha256Schema.nullable(),
  protocol: z.string().nullable(),
  serverAddress: z.string().nullable(),
  tls: tlsSchema.nullable(),
  requestedAt: instantSchema,
  fromCache: z.boolean(),
  fromServiceWorker: z.boolean(),
  /** Set where the body is incomplete (WARC-Truncated): length, time, disconnect or unspecified. */
  truncated: z.enum(['length', 'time', 'disconnect', 'unspecified']).nullable(),
  /** Why there is no answer or no body, in words; null where all was kept. */
  failure: z.string().nullable(),
  /** True where the egress refused it (private address, scheme). */
  blocked: z.boolean(),
});
export type ResourceAccount = z.infer<typeof resourceAccountSchema>;

export const captureStateSchema = z.enum(['COMPLETE', 'PARTIAL', 'FAILED']);
export type CaptureState = z.infer<typeof captureStateSchema>;

/** The whole account of how one capture came to be. Sealed inside the WACZ as `evidence/provenance.json`. */
export const provenanceSchema = z.object({
  format: z.literal('constat-provenance-1'),
  captureId: idSchema,
  caseId: idSchema,
  software: z.string(),
  operator: z.object({ name: z.string(), keyFingerprint: z.string() }),
  url: z.object({
    entered: z.string(),
    normalised: z.string(),
    final: z.string(),
    /** Each hop of the main document: the address, its status, and where it pointed. */
    redirects: z.array(z.object({ url: z.string(), status: z.int(), location: z.string() })),
  }),
  page: z.object({ title: z.string(), status: z.int().nullable(), mimeType: z.string().nullable() }),
  time: z.object({
    start: instantSchema,
    end: instantSchema,
    /** The zone of the collecting machine's clock and its offset at the start, `+02:00`. */
    zone: z.string(),
    offset: z.string(),
    durationMs: z.number(),
  }),
  environment: z.object({
    browser: z.object({
      name: z.string(),
      version: z.string(),
      sha256: sha256Schema,
      userAgent: z.string(),
      headless: z.boolean(),
    }),
    /** False only where the machine cannot (root without user namespaces); the reason is then in `sandboxNote`. */
    browserSandbox: z.boolean(),
    sandboxNote: z.string().nullable(),
    browserArguments: z.array(z.string()),
    node: z.string(),
    playwright: z.string(),
    platform: z.string(),
    viewport: z.object({ width: z.int(), height: z.int(), deviceScaleFactor: z.number() }),
    locale: z.string(),
    timeZone: z.string(),
    profile: z.literal('fresh'),
  }),
  options: captureOptionsSchema,
  witness: z.object({
    kind: z.enum(['browser', 'wire']),
    /** What this way of recording shows and does not, in sentences. */
    shows: z.array(z.string()),
    doesNotShow: z.array(z.string()),
  }),
  network: z.object({
    /** Public address of the collecting machine: never looked up unless asked for. */
    egressAddress: z.string(),
    /** Each name resolved once, and the address that was used for the whole capture. */
    resolved: z.array(
      z.object({ host: z.string(), addresses: z.array(z.string()), used: z.string().nullable() }),
    ),
    refused: z.array(z.object({ host: z.string(), port: z.int(), reason: z.string() })),
  }),
  // Not “steps” and “resources”: Frictionless takes a JSON file with such a key for a package or pipeline of its own.
  stepOutcomes: z.array(stepOutcomeSchema),
  exchanges: z.array(resourceAccountSchema),
  verdict: z.object({
    state: captureStateSchema,
    /** One sentence per thing that is missing or was out of the ordinary. */
    remarks: z.array(z.string()),
  }),
});
export type Provenance = z.infer<typeof provenanceSchema>;

import { z } from 'zod';
import { idSchema, instantSchema, sha256Schema } from './common.ts';
import { clockSchema, comparisonSchema, seenBySchema, witnessKindSchema } from './witness.ts';
import { interactiveAccountSchema } from './interactive.ts';
import { captureOptionsSchema, stepNameSchema } from './capture-options.ts';
import { pageFindingSchema, scriptChangesSchema } from './page-finding.ts';

/** Name and value as received, in order; a name may occur more than once. */
export const headerListSchema = z.array(z.tuple([z.string(), z.string()]));
export type HeaderList = z.infer<typeof headerListSchema>;

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
  /** SHA-256 of each certificate of the chain as the server sent it, leaf first; empty where the recorder does not see it. */
  chain: z.array(sha256Schema).default([]),
  /** Set where the chain was checked by Constat: `ok`, or why it is not trusted. */
  trust: z.string().nullable().default(null),
});
export type Tls = z.infer<typeof tlsSchema>;

/** When parts of an exchange were over, in milliseconds after its request was made; null where the recorder does not know. */
export const timingSchema = z.object({
  /** How long it took to open the connection, TLS included; null for one that was there already. */
  connectMs: z.number().nullable(),
  sentMs: z.number().nullable(),
  headMs: z.number().nullable(),
  endMs: z.number().nullable(),
});
export type Timing = z.infer<typeof timingSchema>;

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
  /** Digest of the body after undoing its content coding, where that was undone to compare the witnesses. */
  decodedSha256: sha256Schema.nullable().default(null),
  /** Which witness saw this exchange. */
  seenBy: seenBySchema.default('browser'),
  protocol: z.string().nullable(),
  serverAddress: z.string().nullable(),
  tls: tlsSchema.nullable(),
  requestedAt: instantSchema,
  timing: timingSchema.nullable().default(null),
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

/** How a recording that was cut short came to be sealed all the same. */
export const salvageSchema = z.object({
  /** When what is sealed was last known to be on disk. */
  recordedUntil: instantSchema,
  sealedAt: instantSchema,
  /** The record as the recorder itself noted it while it ran: what was not noted is not sealed. */
  noted: z.object({ bytes: z.int(), sha256: sha256Schema }),
  /** Records taken over as they were, and what was left out because its end was missing. */
  records: z.int(),
  leftOut: z.array(z.object({ type: z.string(), url: z.string(), bytes: z.int() })),
});

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
  page: z.object({
    title: z.string(),
    status: z.int().nullable(),
    mimeType: z.string().nullable(),
    /** What the page was, besides content: walls, checks, notices. Empty where no rule fired. */
    findings: z.array(pageFindingSchema).default([]),
    /** What scripts made of the document that was served; null where there was none to compare. */
    scriptChanges: scriptChangesSchema.nullable().default(null),
  }),
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
    /** `fresh`: made for this capture and thrown away. `named`: one the person keeps; which one is nobody else's business. */
    profile: z.enum(['fresh', 'named']),
  }),
  options: captureOptionsSchema,
  witness: z.object({
    kind: witnessKindSchema,
    /** Why this way of recording was taken, in a sentence. */
    why: z.string().default(''),
    /** What this way of recording shows and does not, in sentences. */
    shows: z.array(z.string()),
    doesNotShow: z.array(z.string()),
    /** Where two witnesses ran: how their accounts compare. */
    comparison: comparisonSchema.nullable().default(null),
  }),
  network: z.object({
    /** Public address of the collecting machine: never looked up unless asked for. */
    egressAddress: z.string(),
    /** Each name resolved once, and the address that was used for the whole capture. */
    resolved: z.array(
      z.object({
        host: z.string(),
        addresses: z.array(z.string()),
        used: z.string().nullable(),
        /** When it was asked for, and how long the answer took; null where nothing had to be asked. */
        at: instantSchema.nullable().default(null),
        tookMs: z.number().nullable().default(null),
      }),
    ),
    refused: z.array(z.object({ host: z.string(), port: z.int(), reason: z.string() })),
    /** What all traffic went through behind the exit, without credentials; null for a direct way. */
    via: z.string().nullable().default(null),
    /** This computer's clock against the `Date` headers of the answers. */
    clock: clockSchema.nullable().default(null),
  }),
  /** What happened during the capture that was not a request: dialogs, clicks of the recorder, windows, permissions, crashes. */
  events: z.array(z.object({ at: instantSchema, kind: z.string(), words: z.string() })).default([]),
  /** What a person did in the window; null for a capture made without one. */
  interactive: interactiveAccountSchema.nullable().default(null),
  /** Files beside the exchanges: each a resource record of the archive. */
  artefacts: z
    .array(
      z.object({
        uri: z.string(),
        contentType: z.string(),
        size: z.int(),
        sha256: sha256Schema,
        /** For what another program made: its name, version and SHA-256. */
        tool: z.string().nullable().default(null),
      }),
    )
    .default([]),
  // Not “steps” and “resources”: Frictionless takes a JSON file with such a key for a package or pipeline of its own.
  stepOutcomes: z.array(stepOutcomeSchema),
  exchanges: z.array(resourceAccountSchema),
  /** Set where Constat, or the computer, ended in the middle of the capture. */
  salvage: salvageSchema.nullable().default(null),
  verdict: z.object({
    state: captureStateSchema,
    /** One sentence per thing that is missing or was out of the ordinary. */
    remarks: z.array(z.string()),
  }),
});
export type Provenance = z.infer<typeof provenanceSchema>;

import { arch, release, type as osType } from 'node:os';
import { createRequire } from 'node:module';
import type { z } from 'zod';
import { type CaptureOptions } from '../../shared/domain/capture-options.ts';
import { provenanceSchema, type Provenance, type StepOutcome } from '../../shared/domain/provenance.ts';
import type { ClockCheck } from '../../shared/domain/witness.ts';
import { softwareName } from '../../shared/software.ts';
import type { CaptureBrowser } from './browser.ts';
import { checkClock, isClockWrong } from './clock-check.ts';
import type { BrowserFound } from './find-browser.ts';
import type { KeptBodies } from './findings/changes/kept-bodies.ts';
import { accountOfPage } from './findings/page-account.ts';
import type { Egress } from './guard/egress.ts';
import type { MainDocument, Witness } from './witness/witness.ts';
import { judge } from './verdict.ts';

export interface ProvenanceInput {
  captureId: string;
  caseId: string;
  operator: { name: string; keyFingerprint: string };
  entered: string;
  normalised: string;
  options: CaptureOptions;
  found: BrowserFound;
  browser: CaptureBrowser;
  egress: Egress;
  witness: Witness;
  why: string;
  kept: KeptBodies;
  document: MainDocument | null;
  /** What the page showed at the end, or null where there was no page. */
  shownUrl: string | null;
  title: string;
  received: boolean;
  start: Date;
  /** Milliseconds on a clock that is never set. */
  durationMs: number;
  steps: StepOutcome[];
  noticed: string[];
  events: Provenance['events'];
  artefacts: Provenance['artefacts'];
  interactive: Provenance['interactive'];
  viewport: Provenance['environment']['viewport'];
}

const requireHere = createRequire(import.meta.url);

/** The account as far as it can be given while the recording goes on. */
export const accountSoFarSchema = provenanceSchema.omit({ exchanges: true, verdict: true, salvage: true });
export type AccountSoFar = z.infer<typeof accountSoFarSchema>;

/** What the account says whether the capture was finished or cut short: everything but what was exchanged and what follows from it. */
export function accountSoFar(input: ProvenanceInput): AccountSoFar {
  const { document, options, browser, found, egress, witness, start } = input;
  const { resolved, refused } = egress.account();
  return {
    format: 'constat-provenance-1',
    captureId: input.captureId,
    caseId: input.caseId,
    software: softwareName,
    operator: input.operator,
    url: {
      entered: input.entered,
      normalised: input.normalised,
      final: finalUrl(input),
      redirects: document?.hops ?? [],
    },
    page: {
      title: input.title,
      status: document?.status ?? null,
      mimeType: document?.mimeType ?? null,
      findings: [],
      scriptChanges: null,
    },
    time: {
      start: start.toISOString(),
      end: new Date().toISOString(),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      offset: offsetOf(start),
      durationMs: Math.round(input.durationMs),
    },
    environment: {
      browser: {
        name: found.name,
        version: found.version,
        sha256: found.sha256,
        userAgent: browser.userAgent,
        headless: !browser.window,
      },
      browserSandbox: browser.sandbox,
      sandboxNote: browser.sandboxNote,
      browserArguments: browser.recordedArguments,
      node: process.versions.node,
      playwright: playwrightVersion(),
      platform: platformName(),
      viewport: input.viewport,
      locale: options.locale,
      timeZone: options.timeZone === '' ? Intl.DateTimeFormat().resolvedOptions().timeZone : options.timeZone,
      profile: options.profile === null ? 'fresh' : 'named',
    },
    options,
    witness: {
      kind: witness.kind,
      why: input.why,
      shows: [...witness.shows],
      doesNotShow: [...witness.doesNotShow],
      comparison: null,
    },
    network: {
      egressAddress: 'not looked up',
      via: options.proxy === '' ? null : options.proxy,
      resolved,
      refused: refused.map(({ host, port, reason, address }) => ({
        host,
        port,
        reason: address === host ? reason : `${address}: ${reason}`,
      })),
      clock: null,
    },
    events: input.events,
    interactive: input.interactive,
    artefacts: input.artefacts,
    stepOutcomes: input.steps,
  };
}

/** The account of how a capture came to be, checked against its schema before it is sealed. (custody.md 2.3) */
export function buildProvenance(input: ProvenanceInput): Provenance {
  const { document, options, browser, witness } = input;
  const account = accountSoFar(input);
  const resources = witness.accounts();
  const clock = checkClock(witness.heads());
  const { findings, scriptChanges, noticed } = accountOfPage({
    kept: input.kept,
    document,
    requestedUrl: input.normalised,
    finalUrl: account.url.final,
    title: input.title,
    accounts: resources,
    userAgent: browser.userAgent,
    locale: options.locale,
  });
  return provenanceSchema.parse({
    ...account,
    page: { ...account.page, findings, scriptChanges },
    witness: { ...account.witness, comparison: witness.comparison() },
    network: { ...account.network, clock },
    exchanges: resources,
    salvage: null,
    verdict: judge({
      steps: input.steps,
      resources,
      page: { status: account.page.status, findings },
      received: input.received,
      noticed: [
        ...input.noticed,
        ...witness.remarks(),
        ...clockRemarks(clock, input, new Date(account.time.end)),
        ...noticed,
        ...(scriptChanges?.unexplained ?? []),
      ],
    }),
  } satisfies Record<keyof Provenance, unknown>);
}

/** Where the page was in the end, as far as it is known. */
function finalUrl({ shownUrl, document, normalised }: ProvenanceInput): string {
  return shownUrl ?? document?.url ?? normalised;
}

/** Beyond this (milliseconds) between the two clocks of this computer, one of them was set during the capture. */
const SET = 1500;

function clockRemarks(clock: ClockCheck | null, { start, durationMs }: ProvenanceInput, end: Date): string[] {
  const set = end.getTime() - start.getTime() - durationMs;
  return [
    ...(clock && isClockWrong(clock) ? [clock.words] : []),
    ...(Math.abs(set) > SET
      ? [
          `This computer’s clock was set during the capture: it ${set > 0 ? 'gained' : 'lost'} ${Math.round(Math.abs(set) / 1000)} s against the time that went by.`,
        ]
      : []),
  ];
}

/** `+02:00` for a clock two hours ahead of UTC. */
export function offsetOf(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  return `${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

const two = (value: number): string => String(Math.trunc(Math.abs(value))).padStart(2, '0');

function playwrightVersion(): string {
  const described: unknown = requireHere('playwright-core/package.json');
  if (typeof described !== 'object' || described === null || !('version' in described)) return '';
  return String(described.version);
}

/** System, its version to two numbers, and processor: a full kernel release can single out one machine. */
function platformName(): string {
  const version = release().split('.').slice(0, 2).join('.');
  return `${osType()} ${version}, ${arch()}`;
}

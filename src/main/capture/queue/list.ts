import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { addressesOf } from '../../../shared/domain/address-list.ts';
import {
  longestList,
  type ListOutcome,
  type ListPreview,
  type ListRemark,
} from '../../../shared/domain/capture-queue.ts';
import type { CaptureOptions } from '../../../shared/domain/capture-options.ts';
import { ConstatError, problemOf } from '../../../shared/problems.ts';
import type { Job, JobStore } from '../../vault/jobs.ts';
import { checkUrl } from '../guard/url-rules.ts';
import type { CaptureStore } from '../store.ts';
import { captureJobOf, jobKind } from './capture-job.ts';
import { BATCH, type CaptureQueue } from './capture-queue.ts';

/** Remarks shown of one list at most. */
const REMARKS = 500;

export interface ListRequest {
  text: string;
  options: CaptureOptions;
  /** Also what is repeated, queued or captured already. */
  again: boolean;
  tries?: number | undefined;
}

interface Sorted {
  /** To be queued, as entered. */
  fresh: string[];
  /** Left by an earlier session of this installation. */
  resumable: Job[];
  remarks: ListRemark[];
}

/** What the case knows of addresses. */
interface Known {
  captured: Map<string, { exhibit: number; startedAt: string }>;
  queued: Set<string>;
  interrupted: Map<string, Job>;
}

/** Lists of addresses: says what is in one, and queues it. */
export class AddressLists {
  readonly #store: CaptureStore;
  readonly #jobs: JobStore;
  readonly #queue: CaptureQueue;

  constructor(parts: { store: CaptureStore; jobs: JobStore; queue: CaptureQueue }) {
    this.#store = parts.store;
    this.#jobs = parts.jobs;
    this.#queue = parts.queue;
  }

  /** What is in a list; changes nothing. Throws INPUT_INVALID for one that is too long. */
  preview({ text, options, again }: ListRequest): ListPreview {
    const { fresh, resumable, remarks } = this.#sort(text, this.#queue.checked(options), again);
    const count = (type: ListRemark['type']): number =>
      remarks.filter((remark) => remark.type === type).length;
    return {
      fresh: fresh.length,
      resumable: resumable.length,
      bad: count('bad'),
      repeated: count('repeated'),
      queued: count('queued'),
      captured: count('captured'),
      remarks: remarks.slice(0, REMARKS),
    };
  }

  /**
   * Queues what is in a list, and goes on with what an earlier session of this installation left of it; a bad line stops no other. Gives
   * the jobs and every remark. Throws INPUT_INVALID, CASE_READ_ONLY, DISK_FULL; what was queued before that stays.
   */
  async start(request: ListRequest): Promise<ListOutcome & { jobIds: string[]; remarks: ListRemark[] }> {
    const options = this.#queue.checked(request.options);
    const tries = request.tries ?? this.#queue.triesOfLists;
    const { fresh, resumable, remarks } = this.#sort(request.text, options, request.again);
    const jobIds: string[] = [];
    const batches = async <T>(items: readonly T[], work: (batch: T[]) => readonly { id: string }[]) => {
      const before = jobIds.length;
      for (let at = 0; at < items.length; at += BATCH) {
        for (const { id } of work(items.slice(at, at + BATCH))) jobIds.push(id);
        await setImmediate();
      }
      return jobIds.length - before;
    };
    const resumed = await batches(resumable, (batch) => this.#queue.takeUp(batch));
    const added = await batches(fresh, (batch) =>
      this.#queue.add(batch.map((url) => ({ url, options, tries }))),
    );
    const bad = remarks.filter(({ type }) => type === 'bad').length;
    const skipped = request.again ? 0 : remarks.length - bad;
    return { added, resumed, skipped, bad, jobIds, remarks };
  }

  #sort(text: string, options: CaptureOptions, again: boolean): Sorted {
    const addresses = addressesOf(text);
    if (addresses.length > longestList)
      throw new ConstatError('INPUT_INVALID', {
        reason: `the list has ${addresses.length} addresses; at most ${longestList} are taken at once`,
      });
    const known = this.#known(options);
    const seen = new Map<string, number>();
    const sorted: Sorted = { fresh: [], resumable: [], remarks: [] };
    for (const { line, text: entered } of addresses) {
      let url: string;
      try {
        url = checkUrl(entered).href;
      } catch (error) {
        sorted.remarks.push({ type: 'bad', line, text: entered.slice(0, 300), problem: problemOf(error) });
        continue;
      }
      const remark = remarkOn(line, url, seen.get(url), known);
      if (!seen.has(url)) seen.set(url, line);
      const left = known.interrupted.get(url);
      if (remark) sorted.remarks.push(remark);
      if (remark && !again) continue;
      if (left && !remark) sorted.resumable.push(left);
      else sorted.fresh.push(entered);
    }
    return sorted;
  }

  #known(options: CaptureOptions): Known {
    const captured = new Map(
      this.#store.addresses().map(({ requestedUrl, ...rest }) => [requestedUrl, rest]),
    );
    const queued = new Set<string>();
    for (const state of ['queued', 'running'] as const)
      for (const job of this.#jobs.each(jobKind, state)) queued.add(normalised(job));
    const interrupted = new Map<string, Job>();
    for (const job of this.#jobs.each(jobKind, 'interrupted'))
      if (this.#queue.isOwn(job) && isDeepStrictEqual(captureJobOf(job).options, options))
        interrupted.set(normalised(job), job);
    return { captured, queued, interrupted };
  }
}

function remarkOn(line: number, url: string, firstLine: number | undefined, known: Known): ListRemark | null {
  if (firstLine !== undefined) return { type: 'repeated', line, url, firstLine };
  if (known.queued.has(url)) return { type: 'queued', line, url };
  // What was left of an earlier run is what is asked for now, whatever was captured before it.
  if (known.interrupted.has(url)) return null;
  const captured = known.captured.get(url);
  return captured
    ? { type: 'captured', line, url, exhibit: captured.exhibit, capturedAt: captured.startedAt }
    : null;
}

function normalised(job: Job): string {
  const { url } = captureJobOf(job);
  return URL.canParse(url.trim()) ? new URL(url.trim()).href : url;
}

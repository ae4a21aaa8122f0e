import type {
  CaptureState,
  Provenance,
  ResourceAccount,
  StepOutcome,
} from '../../shared/domain/provenance.ts';
import type { PageFinding, PageKind } from '../../shared/domain/page-finding.ts';
import { destination } from './guard/load-problem.ts';

export interface VerdictInput {
  steps: readonly StepOutcome[];
  resources: readonly ResourceAccount[];
  page: { status: number | null; findings: readonly PageFinding[] };
  /** A page, or a file, or an answer without a page was received as the server meant it. */
  received: boolean;
  /** Things noticed during the capture, in sentences. */
  noticed: readonly string[];
}

export const stepWords: Record<StepOutcome['name'], string> = {
  load: 'Loading',
  settle: 'Waiting for the page',
  consent: 'The consent banner',
  scroll: 'Scrolling',
  expand: 'Opening what is folded',
  play: 'Playing audio and video',
  sizes: 'Pictures of other sizes',
  interact: 'The part made by hand',
  screenshot: 'The screenshots',
  dom: 'The document after loading',
  pdf: 'The PDF',
  text: 'The text',
  accessibility: 'The accessibility tree',
  mhtml: 'The MHTML file',
  video: 'Saving the video',
  seal: 'Sealing',
};

/** Streams that have no end, and players that read as they like: cut at the end of every capture, and nothing is wrong with that. */
const openEnded = new Set(['EventSource', 'Media']);

/**
 * COMPLETE, PARTIAL or FAILED, and a sentence for each thing that is missing or out of the ordinary. What a page itself gave up or was
 * not allowed to read is said, but does not make a capture partial: a reader without Constat would not have had it either.
 */
export function judge({ steps, resources, page, received, noticed }: VerdictInput): Provenance['verdict'] {
  const remarks = page.findings.map(findingWords);
  const told = page.findings.some(({ reason }) => reason.includes(`status ${page.status}`));
  if (page.status !== null && page.status >= 400 && !told)
    remarks.push(`The server answered the page itself with status ${page.status}.`);
  for (const { name, outcome, note } of steps) {
    if (outcome === 'failed') remarks.push(`${stepWords[name]}: failed. ${note ?? ''}`.trim());
    if (outcome === 'partial') remarks.push(`${stepWords[name]}: not complete. ${note ?? ''}`.trim());
  }
  const groups = sortOut(resources);
  remarks.push(
    ...groups.map(({ words, members }) => `${words(members.length)}: ${list(members)}.`),
    ...noticed,
  );
  const missing =
    groups.some(({ missing }) => missing) ||
    steps.some(({ outcome }) => outcome === 'partial' || outcome === 'failed');
  const state: CaptureState = received ? (missing ? 'PARTIAL' : 'COMPLETE') : 'FAILED';
  return { state, remarks };
}

const kindWords: Record<PageKind, string> = {
  'login-wall': 'This is not the content but a wall to log in at',
  'consent-wall': 'The content is behind a question for consent',
  paywall: 'Not all of the content is here: it is for paying readers',
  'bot-check': 'This is not the content but a check for robots',
  'rate-limit': 'This is not the content: the site takes no more requests for now',
  deleted: 'This is not the content: it was deleted',
  suspended: 'This is not the content: the account or site was suspended',
  'not-in-your-country': 'This is not the content: it is withheld in the country of the connection',
  'soft-404': 'This is not the content: the site has no such page',
  'empty-feed': 'There is no content: nothing is listed',
  'error-page': 'This is not the content but an error page',
  'age-gate': 'The content is behind a question for the visitor’s age',
  private: 'This is not the content: it is private',
};

/** What the page was, what was seen of it, and how much could be read. */
function findingWords({ kind, reason, readable }: PageFinding): string {
  return `${kindWords[kind]}. ${reason}${readable === null ? '' : ` ${readable}`}`;
}

interface Group {
  words: (count: number) => string;
  /** True where the capture lacks something a reader of the page would have had. */
  missing: boolean;
  members: ResourceAccount[];
}

function sortOut(resources: readonly ResourceAccount[]): Group[] {
  const groups = {
    blocked: group(
      (n) => `${requests(n)} refused because of where ${n === 1 ? 'it leads' : 'they lead'}`,
      true,
    ),
    limited: group(
      (n) => `${answers(n)} kept only in part, or not at all, because the limit of bytes was reached`,
      true,
    ),
    cut: group(
      (n) => `${answers(n)} still arriving when the capture ended and kept as far as they came`,
      true,
    ),
    endless: group(
      (n) =>
        `${n} endless ${n === 1 ? 'stream was' : 'streams were'} kept as far as ${n === 1 ? 'it' : 'they'} came`,
      false,
    ),
    unread: group(
      (n) =>
        `${answers(n)} received that the page was not allowed to read, and the browser does not show what was in them`,
      false,
    ),
    byWorker: group(
      (n) =>
        `${answers(n)} given by a service worker of the page, and the browser did not keep ${n === 1 ? 'it' : 'them'}; what the worker received is in the record`,
      false,
    ),
    givenUp: group((n) => `${requests(n)} given up by the page itself`, false),
    unanswered: group((n) => `${requests(n)} not answered`, true),
    redirects: group(
      (n) =>
        `The body of ${n} ${n === 1 ? 'redirect is' : 'redirects is'} not in the record, because the browser does not show it`,
      false,
    ),
    headless: group(
      (n) =>
        `The head of ${n} ${n === 1 ? 'answer' : 'answers'} is not in the record, because the browser does not show it`,
      false,
    ),
    other: group((n) => `${answers(n)} not kept in full`, true),
  };
  for (const resource of resources) {
    const { failure, truncated, blocked, status, type } = resource;
    if (failure === null) continue;
    if (blocked) groups.blocked.members.push(resource);
    else if (truncated === 'length' || /limit of bytes/.test(failure)) groups.limited.members.push(resource);
    else if (truncated === 'time') (openEnded.has(type) ? groups.endless : groups.cut).members.push(resource);
    else if (/body of a redirect/.test(failure)) groups.redirects.members.push(resource);
    else if (/not its head/.test(failure)) groups.headless.members.push(resource);
    else if (/not allowed to read/.test(failure)) groups.unread.members.push(resource);
    else if (/a service worker gave/.test(failure)) groups.byWorker.members.push(resource);
    else if (/page gave it up/.test(failure)) groups.givenUp.members.push(resource);
    else if (status === null) groups.unanswered.members.push(resource);
    else groups.other.members.push(resource);
  }
  return Object.values(groups).filter(({ members }) => members.length > 0);
}

function group(words: Group['words'], missing: boolean): Group {
  return { words, missing, members: [] };
}

const requests = (count: number): string => (count === 1 ? '1 request was' : `${count} requests were`);
const answers = (count: number): string => (count === 1 ? '1 answer was' : `${count} answers were`);

/** The first few addresses; the whole list is in the provenance. */
function list(members: readonly ResourceAccount[]): string {
  const shown = members.slice(0, 3).map(({ url, failure }) => {
    const { host } = destination(url);
    const brief = url.length > 120 ? `${url.slice(0, 117)}…` : url;
    return failure !== null && host !== '' ? `${brief} (${failure})` : brief;
  });
  return shown.join('; ') + (members.length > 3 ? `; and ${members.length - 3} more` : '');
}

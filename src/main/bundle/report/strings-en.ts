import type { ActorKind, Role } from '../../../shared/domain/actor.ts';
import type { ArtefactKind } from '../../../shared/domain/capture.ts';
import type { EventType } from '../../../shared/domain/custody.ts';
import type { StepName } from '../../../shared/domain/capture-options.ts';
import type { CaptureState } from '../../../shared/domain/provenance.ts';
import { html, type Html } from '../../../shared/html.ts';

/** How many of something, with the right ending. */
function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

const states: Record<CaptureState, string> = {
  COMPLETE: 'nothing was found missing',
  PARTIAL: 'something is missing; the remarks say what',
  FAILED: 'only what had been received before the failure was kept',
};

const roles: Record<Role, string> = {
  author: 'author',
  subject: 'subject',
  amplifier: 'amplifier',
  mentioned: 'mentioned',
};

const kinds: Record<ActorKind, string> = {
  person: 'person',
  organisation: 'organisation',
  stateBody: 'state body',
  outlet: 'outlet',
  account: 'account',
};

const events: Record<EventType, string> = {
  'case.created': 'The case was created.',
  'operator.enrolled': 'The operator and the public key were entered in the log.',
  'capture.requested': 'The capture was asked for.',
  'capture.postponed': 'A try came to nothing; nothing was sealed, and it was to be repeated.',
  'capture.resumed': 'The capture, left by an earlier session, was taken up again.',
  'capture.failed': 'The capture failed; nothing was sealed.',
  'capture.cancelled': 'The capture was cancelled; nothing was sealed.',
  'capture.interrupted': 'The capture was interrupted; nothing was sealed.',
  'item.sealed': 'The archive was sealed.',
  'item.viewed': 'The capture was looked at.',
  'item.replayed': 'The capture was replayed.',
  'case.verified': 'The whole case was verified.',
  'actor.added': 'The actor was added.',
  'actor.changed': 'The actor was changed.',
  'actor.withdrawn': 'The actor was withdrawn.',
  'actor.linked': 'The capture was linked to an actor.',
  'actor.unlinked': 'A link to an actor was taken away.',
  'export.created': 'A bundle was written.',
};

const files: Record<
  Exclude<ArtefactKind, 'thumbnail'> | 'archive' | 'copy' | 'omissions' | 'provenance',
  string
> = {
  archive: 'Sealed archive (WACZ)',
  copy: 'Working copy of the archive, without credentials (WACZ)',
  omissions: 'What was left out of the copy',
  provenance: 'How the capture was made',
  screenshot: 'Picture of the window',
  fullPage: 'Picture of the whole page',
  dom: 'Document after loading (as text)',
  pdf: 'Page as PDF',
  text: 'Text of the page',
  beforeConsent: 'Picture before the consent banner was answered',
  mhtml: 'Page in one file (MHTML)',
  accessibility: 'Accessibility tree',
  console: 'Console of the page',
  certificates: 'Certificates of the servers',
};

const steps: Record<StepName, string> = {
  load: 'load',
  settle: 'wait until quiet',
  consent: 'consent banner',
  scroll: 'scroll',
  expand: 'open what is folded',
  play: 'play',
  sizes: 'other sizes',
  interact: 'by hand',
  screenshot: 'pictures',
  dom: 'document',
  pdf: 'PDF',
  video: 'video',
  text: 'text',
  accessibility: 'accessibility tree',
  mhtml: 'MHTML',
  seal: 'seal',
};

/** The report's words in English. */
export const english = {
  title: 'Evidence report',
  colon: ': ',
  exhibit: (number: number) => `Exhibit ${number}`,
  contents: 'Contents',
  case: 'Case',
  reference: 'Reference',
  purposeOfCase: 'Purpose and authority',
  exportedAt: 'Bundle written',
  exportedBy: 'by',
  handedTo: 'Handed to',
  handedFor: 'For',
  notStated: 'not stated',
  scope: 'Scope',
  scopeAll: (captures: number) => `All ${count(captures, 'capture', 'captures')} of the case.`,
  scopePart: (captures: number, of: number) =>
    `${count(captures, 'capture', 'captures')} of the ${of} in the case. The others are not shown here; the proofs hold all the same.`,
  summary: 'In short',
  summaryText: (captures: number, complete: number, operator: Html) =>
    html`<p>
        This bundle holds ${count(captures, 'capture', 'captures')} of web pages, made and sealed by
        ${operator} with Constat. Each was recorded by a separate, freshly started browser; what the browser
        asked for and received is in a sealed archive, and every step since is in a custody log that cannot be
        changed without being noticed.
      </p>
      <p>
        ${complete === captures ? 'All of them are complete.' : `${complete} of them ${complete === 1 ? 'is' : 'are'} complete; for the others the remarks say what is missing.`}
        When this bundle was written, every archive was read again in full and matched its seal.
      </p>`,
  checks: 'What was checked when this was written',
  checksIntro:
    'This report is the statement of whoever signed the bundle; nothing recomputes it. What follows was stated by the program that wrote it. Do not take them on trust: VERIFY.txt says how to check each of them with programs that every computer has or can have, and without Constat.',
  check: 'Check',
  outcome: 'Outcome',
  passed: 'passed',
  checkArchives: (captures: number) =>
    `Each sealed archive was read in full and its SHA-256 compared with the log (${captures}).`,
  checkProofs: (events: number) =>
    `Each log entry shown here is in the log, by an inclusion proof against one signed head (${events}).`,
  checkHead: 'The head of the log bears the signature of the operator’s key.',
  checkDetails: 'The detail of each entry has the digest that its entry holds.',
  exhibits: 'Exhibits',
  addressEntered: 'Address as entered',
  addressFinal: 'Address in the end',
  redirects: 'Redirects on the way',
  pageTitle: 'Title',
  started: 'Began',
  finished: 'Ended',
  localTime: (text: string, zone: string, offset: string) =>
    `${text} on the machine’s own clock (${zone}, UTC${offset})`,
  collectedBy: 'Collected by',
  withBrowser: 'With',
  httpStatus: 'Answer of the server (HTTP)',
  noStatus: 'none',
  sealedAs: 'SHA-256 of the sealed archive',
  workingCopy: 'Working copy',
  workingCopyText: (changed: number, unchanged: number) =>
    `The sealed archive is not in this bundle. Beside this stands a copy of it without cookies, authorisation, passwords and tokens: ${count(changed, 'record has', 'records have')} something left out, ${count(unchanged, 'record is', 'records are')} copied byte for byte. omissions.json lists each. Whoever is given the original can make the copy again and compare; without it, that nothing else was left out is the statement of whoever signed.`,
  sealedEntry: (seq: number) => `entry ${seq} of the log`,
  verdict: 'Verdict',
  states,
  stateNames: { COMPLETE: 'Complete', PARTIAL: 'Partial', FAILED: 'Failed' } satisfies Record<
    CaptureState,
    string
  >,
  remarks: 'Remarks',
  noRemarks: 'No remarks.',
  actors: 'Actors',
  actorsOfExhibit: 'Linked actors',
  actorsNote:
    'Who is behind a page is what the operator concluded, recorded after sealing and apart from the sealed archive. It is not evidence in itself.',
  noActors: 'No actor is linked.',
  noActorsAtAll: 'No actor is recorded.',
  handles: 'Known as',
  roles,
  kinds,
  picture: (exhibit: number) => `Picture of the window, exhibit ${exhibit}`,
  noPicture: 'There is no picture of the window in this capture.',
  openFull: 'Files of this exhibit',
  file: 'File',
  size: 'Size',
  files,
  timeline: 'Custody',
  timelineIntro:
    'What happened to each item, in the order of the log. An item to which nothing happened has its heading all the same. Times are the collecting machine’s.',
  timelineCase: 'The case and the operator',
  timelineBundles: 'Earlier bundles',
  timelineOther: 'Captures that were not sealed',
  nothing: 'Nothing is recorded.',
  entry: 'Entry',
  time: 'Time (UTC)',
  what: 'What happened',
  withheld: 'The detail is withheld.',
  events,
  eventActor: (name: Html, role: Html, note: Html | null) =>
    html`${name}, as ${role}${note ? html` (${note})` : null}`,
  eventVerified: (ok: boolean): string => (ok ? 'Everything was as sealed.' : 'Something was not as sealed.'),
  eventBundle: (captures: number, recipient: Html | null) =>
    html`${count(captures, 'capture', 'captures')}${recipient ? html`, for ${recipient}` : null}.`,
  eventRestored: 'It had been withdrawn and was restored.',
  method: 'How the captures were made',
  methodText: [
    'A browser separate from the program is started anew for each capture, with an empty profile: no cookies, logins, extensions or cache of earlier use. The operator gives an address and options and does not touch the page.',
    'A recorder attached to the browser keeps each request and each answer as the browser reports them. The page is loaded, left to settle, scrolled to its end, pictured, and saved as document, PDF and text; each step has a time limit and its outcome is recorded.',
    'All records are written into one archive in the open WACZ format (WARC 1.1). Sealing computes its SHA-256 from the bytes as stored and enters it in the custody log in the same transaction.',
    'The log is a Merkle tree (RFC 6962) over entries in canonical JSON (RFC 8785); its head is signed with the operator’s Ed25519 key (C2SP signed note). Entries can be added and never changed or taken out without the head ceasing to fit.',
  ],
  witnessShows: 'What this way of recording shows',
  witnessNot: 'What it does not show',
  proves: 'What this shows',
  provesText: [
    'That the archives, pictures and texts in this bundle have not changed since they were sealed, and that the log entries shown belong to one log with one head.',
    'What the recording browser reported to have asked for and received, from which network address, and when by the clock of the collecting machine.',
    'That whoever holds the operator’s private key signed the head of the log and this bundle.',
  ],
  provesNot: 'What this does not show',
  provesNotText: [
    'Who really wrote or published the content. A name on a page is what the page says.',
    'That the server showed the same to others, or at another time.',
    'That the server said it: this is what the recorder saw. It is not signed by the server.',
    'That the operator and the collecting machine were honest. A key proves who signed, not what was in front of the recorder.',
    'The time beyond the machine’s own clock: until a head of the log has left the machine, nothing outside confirms when it was made.',
    'That the capture holds everything. What is known to be missing is in the remarks; what a page did not ask for was not recorded.',
    'Whether a court admits it, or what weight it has. That is for the court.',
  ],
  annex: 'Technical annex',
  annexIntro: 'Values in full, for experts.',
  logOrigin: 'Origin of the log',
  logKey: 'Verifier key of the log',
  logHead: 'Head of the log (signed note)',
  logSize: 'Entries in the log',
  logSizeShown: (shown: number, size: number) => `${size}, of which ${shown} are shown in this bundle`,
  fingerprint: 'Fingerprint of the operator’s key',
  fingerprintNote:
    'Ask the operator for this fingerprint over another channel (by telephone, on paper, in person). If it is not the same, the bundle was signed by someone else.',
  shortCode: 'Short code of the head, to read aloud',
  caseId: 'Case identifier',
  captureId: 'Capture identifier',
  environment: 'Browser and machine',
  sameAs: (exhibit: number) =>
    `Browser, machine, options and way of recording are those of exhibit ${exhibit}.`,
  browserDigest: 'SHA-256 of the browser program',
  userAgent: 'User agent',
  browserArguments: 'Browser arguments',
  sandbox: 'Browser sandbox',
  on: 'on',
  off: 'off',
  platform: 'System',
  viewport: 'Window',
  locale: 'Language and time zone',
  options: 'Options',
  egress: 'Public address of the collecting machine',
  stepsHeading: 'Steps',
  steps,
  servers: 'Servers',
  serverHost: 'Name',
  serverAddress: 'Address used',
  serverProtocol: 'Protocol',
  serverTls: 'TLS',
  serverIssuer: 'Certificate',
  requests: (number: number, failed: number) =>
    `${count(number, 'request', 'requests')}, ${failed === 0 ? 'none' : failed} without a full answer. The whole list is in provenance.html of the exhibit.`,
  howToCheck: 'How to check this bundle',
  howToCheckText:
    'VERIFY.txt, beside the folder in which this report lies, has the commands for Linux, macOS and Windows. They need sha256sum, ssh-keygen and openssl only. A program or a page that comes inside a bundle can lie, and so could this report: get the fingerprint above from the operator by another way, and type the commands yourself.',
  madeWith: (software: string) => `Made with ${software}.`,
};

import type { Capture } from '../../shared/domain/capture.ts';
import type { JsonObject, JsonValue } from '../../shared/domain/common.ts';
import type { ReportStrings } from './report/strings.ts';

/** Where everything stands in a bundle (custody.md 3.9). Writer and verifier read it from here. */
export const places = {
  allowedSigners: 'keys/allowed_signers',
  publicKey: 'keys/operator.pub.pem',
  vkey: 'keys/log.vkey',
  guide: 'VERIFY.txt',
  tagManifest: 'tagmanifest-sha256.txt',
  signature: 'tagmanifest-sha256.txt.sig',
  report: 'report.html',
  caseInfo: 'case.json',
  actors: 'actors.json',
  events: 'log/events.jsonl',
  details: 'log/details.jsonl',
  checkpoint: 'log/checkpoint.txt',
  proof: (seq: number) => `log/proofs/${seq}.tlog-proof`,
} as const;

/** The name of an exhibit's archive: as it was sealed, or as a working copy without credentials. */
export const archiveNames = { sealed: 'archive.wacz', redacted: 'archive-redacted.wacz' } as const;

/** Who signs a bundle, for ssh-keygen: whoever holds the operator's key. */
export const signerName = 'operator';

/** The folder of a capture under `data/`: exhibit number and the beginning of its identifier. */
export function captureFolder({ exhibit, id }: Pick<Capture, 'exhibit' | 'id'>): string {
  return `captures/${String(exhibit).padStart(3, '0')}-${id.slice(0, 8)}`;
}

export interface ArtefactPlace {
  kind: Exclude<keyof ReportStrings['files'], 'archive' | 'copy' | 'omissions' | 'provenance'>;
  /** Start of the address of the record in the WACZ; further ones of a kind have `urn:KIND-2:` and so on. */
  uri: `urn:${string}:`;
  /** Name in the bundle, without ending. */
  stem: string;
  /** Ending by media type; another type is not taken. */
  endings: Record<string, string>;
}

const pictures = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' };

/**
 * What of a WACZ is put beside it in the bundle. The captured document gets `.html.txt`: opened with a double click, a
 * hostile page would otherwise run its scripts in the reader's browser with the rights of a local file.
 */
export const artefactPlaces: readonly ArtefactPlace[] = [
  { kind: 'screenshot', uri: 'urn:view:', stem: 'view', endings: pictures },
  { kind: 'fullPage', uri: 'urn:fullPage:', stem: 'full-page', endings: pictures },
  { kind: 'pdf', uri: 'urn:pdf:', stem: 'page', endings: { 'application/pdf': 'pdf' } },
  { kind: 'dom', uri: 'urn:dom:', stem: 'dom', endings: { 'text/html': 'html.txt' } },
  { kind: 'text', uri: 'urn:text:', stem: 'text', endings: { 'text/plain': 'txt' } },
  { kind: 'beforeConsent', uri: 'urn:beforeConsent:', stem: 'before-consent', endings: pictures },
  { kind: 'mhtml', uri: 'urn:mhtml:', stem: 'page', endings: { 'multipart/related': 'mhtml' } },
  {
    kind: 'accessibility',
    uri: 'urn:accessibility:',
    stem: 'accessibility',
    endings: { 'application/json': 'json' },
  },
  { kind: 'console', uri: 'urn:console:', stem: 'console', endings: { 'application/x-ndjson': 'jsonl' } },
  {
    kind: 'certificates',
    uri: 'urn:certificates:',
    stem: 'certificates',
    endings: { 'application/json': 'json' },
  },
];

/** JSON for people: two blanks, a line end at the end. */
export function prettyJson(value: JsonValue | object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A line of `details.jsonl`. The order of its members is fixed, so that VERIFY.txt can take it apart with sed. */
export function detailLine(seq: number, salt: string, canonicalDetail: string): string {
  return `{"seq":${seq},"salt":"${salt}","detail":${canonicalDetail}}\n`;
}

/** What `item.sealed` says of a capture: all of it but its place in the log, and the job that made it. */
export function sealedDetail(capture: Capture, jobId: JsonValue | undefined): JsonObject {
  const said = Object.fromEntries(Object.entries(capture).filter(([name]) => name !== 'sealedSeq'));
  return jobId === undefined ? said : { ...said, jobId };
}

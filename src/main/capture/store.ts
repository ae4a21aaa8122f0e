import type { Capture } from '../../shared/domain/capture.ts';
import type { PageKind } from '../../shared/domain/page-finding.ts';
import type { CaseFile } from '../vault/case-file.ts';

/** A capture as read: with the working copy of what its page was. */
export interface CaptureRow {
  id: string;
  exhibit: number;
  requestedUrl: string;
  finalUrl: string;
  title: string;
  state: Capture['state'];
  httpStatus: number | null;
  startedAt: string;
  finishedAt: string;
  waczBlob: number;
  sizeBytes: number;
  sha256: string;
  resourceCount: number;
  remarkCount: number;
  sealedSeq: number;
  /** As last derived from the sealed account: empty where nothing was found, null where it was not looked. */
  pageKind: string | null;
}

/** A capture as stored: with the number of its blob. */
export type StoredCapture = Capture & { waczBlob: number };

const columns = `capture.id, exhibit, requested_url AS requestedUrl, final_url AS finalUrl, title, state, http_status AS httpStatus,
  started_at AS startedAt, finished_at AS finishedAt, wacz_blob AS waczBlob, blob.size AS sizeBytes, blob.sha256 AS sha256,
  resource_count AS resourceCount, remark_count AS remarkCount, sealed_seq AS sealedSeq,
  (SELECT CAST(bytes AS TEXT) FROM derived WHERE capture_id = capture.id AND kind = 'pageKind') AS pageKind`;
const from = 'FROM capture JOIN blob ON blob.id = capture.wacz_blob';

/** The SQL of the captures' room. */
export class CaptureStore {
  readonly #file: CaseFile;

  constructor(file: CaseFile) {
    this.#file = file;
  }

  /** In the order of their exhibit numbers. */
  list(): CaptureRow[] {
    return this.#file.prepare<[], CaptureRow>(`SELECT ${columns} ${from} ORDER BY exhibit`).all();
  }

  /** What was asked for, with the exhibit and the start of each capture; the latest of an address comes last. */
  addresses(): Pick<CaptureRow, 'requestedUrl' | 'exhibit' | 'startedAt'>[] {
    return this.#file
      .prepare<[], Pick<CaptureRow, 'requestedUrl' | 'exhibit' | 'startedAt'>>(
        'SELECT requested_url AS requestedUrl, exhibit, started_at AS startedAt FROM capture ORDER BY exhibit',
      )
      .all();
  }

  get(id: string): CaptureRow | null {
    return (
      this.#file.prepare<[string], CaptureRow>(`SELECT ${columns} ${from} WHERE capture.id = ?`).get(id) ??
      null
    );
  }

  nextExhibit(): number {
    const row = this.#file
      .prepare<[], { next: number }>('SELECT coalesce(max(exhibit), 0) + 1 AS next FROM capture')
      .get();
    return row?.next ?? 1;
  }

  insert(capture: StoredCapture): void {
    this.#file
      .prepare(
        `INSERT INTO capture (id, exhibit, requested_url, final_url, title, state, http_status, started_at, finished_at, wacz_blob,
           resource_count, remark_count, sealed_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        capture.id,
        capture.exhibit,
        capture.requestedUrl,
        capture.finalUrl,
        capture.title,
        capture.state,
        capture.httpStatus,
        capture.startedAt,
        capture.finishedAt,
        capture.waczBlob,
        capture.resourceCount,
        capture.remarkCount,
        capture.sealedSeq,
      );
  }

  putDerived(captureId: string, kind: string, mediaType: string, bytes: Uint8Array): void {
    this.#file
      .prepare('INSERT OR REPLACE INTO derived (capture_id, kind, media_type, bytes) VALUES (?, ?, ?, ?)')
      .run(captureId, kind, mediaType, bytes);
  }

  /** Null for a page that was content, or nothing that is known. */
  putPageKind(captureId: string, kind: PageKind | null): void {
    this.putDerived(captureId, 'pageKind', 'text/plain', Buffer.from(kind ?? '', 'utf8'));
  }

  derived(captureId: string, kind: string): { mediaType: string; bytes: Uint8Array } | null {
    return (
      this.#file
        .prepare<[string, string], { mediaType: string; bytes: Uint8Array }>(
          'SELECT media_type AS mediaType, bytes FROM derived WHERE capture_id = ? AND kind = ?',
        )
        .get(captureId, kind) ?? null
    );
  }

  /** Every capture row with what its blob says, for an audit: a blob may be missing or open there. */
  forAudit(): (Omit<CaptureRow, 'sizeBytes' | 'sha256'> & {
    sizeBytes: number | null;
    sha256: string | null;
  })[] {
    return this.#file
      .prepare<
        [],
        Omit<CaptureRow, 'sizeBytes' | 'sha256'> & { sizeBytes: number | null; sha256: string | null }
      >(`SELECT ${columns} FROM capture LEFT JOIN blob ON blob.id = capture.wacz_blob ORDER BY exhibit`)
      .all();
  }

  /** Blobs that were begun and never closed. */
  unfinishedBlobs(): number {
    const row = this.#file
      .prepare<[], { count: number }>('SELECT count(*) AS count FROM blob WHERE closed = 0')
      .get();
    return row?.count ?? 0;
  }
}

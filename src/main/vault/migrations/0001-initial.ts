import type { Migration } from './migration.ts';

/** Refuses every UPDATE and DELETE on a table: what is in it was sealed and stays. */
function appendOnly(table: string): string {
  return ['UPDATE', 'DELETE']
    .map(
      (verb) =>
        `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
         BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
    )
    .join('\n');
}

/** Format 1: the first case file. */
export const initial: Migration = {
  version: 1,
  sql: `
    CREATE TABLE case_info (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      id TEXT NOT NULL, title TEXT NOT NULL, reference TEXT NOT NULL, purpose TEXT NOT NULL,
      created_at TEXT NOT NULL, created_with TEXT NOT NULL
    ) STRICT;
    ${appendOnly('case_info')}

    -- Who writes now. The lock itself is the operating system's; this row only says its name.
    CREATE TABLE writer (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      application TEXT NOT NULL, pid INTEGER NOT NULL, since TEXT NOT NULL
    ) STRICT;

    -- Bytes that are evidence. A blob is open while it is written; closing gives it its size and digest for good.
    CREATE TABLE blob (
      id INTEGER PRIMARY KEY,
      media_type TEXT NOT NULL,
      closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)),
      size INTEGER CHECK (size >= 0),
      sha256 TEXT CHECK (length(sha256) = 64),
      CHECK (closed = 0 OR (size IS NOT NULL AND sha256 IS NOT NULL))
    ) STRICT;
    CREATE TRIGGER blob_no_update BEFORE UPDATE ON blob WHEN OLD.closed = 1
    BEGIN SELECT RAISE(ABORT, 'a closed blob is append-only'); END;
    CREATE TRIGGER blob_no_delete BEFORE DELETE ON blob WHEN OLD.closed = 1
    BEGIN SELECT RAISE(ABORT, 'a closed blob is append-only'); END;

    CREATE TABLE blob_chunk (
      blob_id INTEGER NOT NULL REFERENCES blob(id),
      seq INTEGER NOT NULL CHECK (seq >= 0),
      bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 1048576),
      PRIMARY KEY (blob_id, seq)
    ) STRICT;
    CREATE TRIGGER blob_chunk_no_insert BEFORE INSERT ON blob_chunk
    WHEN (SELECT closed FROM blob WHERE id = NEW.blob_id) = 1
    BEGIN SELECT RAISE(ABORT, 'a closed blob is append-only'); END;
    CREATE TRIGGER blob_chunk_no_update BEFORE UPDATE ON blob_chunk
    WHEN (SELECT closed FROM blob WHERE id = OLD.blob_id) = 1 OR NEW.blob_id <> OLD.blob_id
    BEGIN SELECT RAISE(ABORT, 'a closed blob is append-only'); END;
    CREATE TRIGGER blob_chunk_no_delete BEFORE DELETE ON blob_chunk
    WHEN (SELECT closed FROM blob WHERE id = OLD.blob_id) = 1
    BEGIN SELECT RAISE(ABORT, 'a closed blob is append-only'); END;

    -- The log: exact leaf bytes (RFC 8785) and their RFC 6962 hash. type, subject and time repeat the leaf for look-ups.
    CREATE TABLE custody_event (
      seq INTEGER PRIMARY KEY CHECK (seq >= 0),
      leaf BLOB NOT NULL,
      leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32),
      type TEXT NOT NULL, subject_kind TEXT NOT NULL, subject_id TEXT NOT NULL, time TEXT NOT NULL
    ) STRICT;
    CREATE INDEX custody_event_subject ON custody_event (subject_kind, subject_id, seq);
    ${appendOnly('custody_event')}

    -- What an event says in full, apart from the tree so that it can be withheld without breaking it.
    CREATE TABLE custody_detail (
      seq INTEGER PRIMARY KEY REFERENCES custody_event(seq),
      salt BLOB NOT NULL CHECK (length(salt) = 32),
      json TEXT NOT NULL
    ) STRICT;
    ${appendOnly('custody_detail')}

    -- Roots of complete subtrees: node (level, idx) covers leaves [idx * 2^level, (idx + 1) * 2^level). Level 0 is custody_event.
    CREATE TABLE custody_node (
      level INTEGER NOT NULL CHECK (level >= 1),
      idx INTEGER NOT NULL CHECK (idx >= 0),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      PRIMARY KEY (level, idx)
    ) STRICT, WITHOUT ROWID;
    ${appendOnly('custody_node')}

    CREATE TABLE checkpoint (
      size INTEGER PRIMARY KEY CHECK (size >= 1),
      note TEXT NOT NULL,
      signed_at TEXT NOT NULL
    ) STRICT;
    ${appendOnly('checkpoint')}

    CREATE TABLE job (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
      request TEXT NOT NULL,
      progress TEXT NOT NULL,
      problem TEXT,
      result_id TEXT,
      dismissed INTEGER NOT NULL DEFAULT 0 CHECK (dismissed IN (0, 1)),
      created_at TEXT NOT NULL, updated_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX job_state ON job (kind, state, created_at);

    CREATE TABLE capture (
      id TEXT PRIMARY KEY,
      exhibit INTEGER NOT NULL UNIQUE CHECK (exhibit >= 1),
      requested_url TEXT NOT NULL, final_url TEXT NOT NULL, title TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('COMPLETE', 'PARTIAL', 'FAILED')),
      http_status INTEGER,
      started_at TEXT NOT NULL, finished_at TEXT NOT NULL,
      wacz_blob INTEGER NOT NULL UNIQUE REFERENCES blob(id),
      resource_count INTEGER NOT NULL, remark_count INTEGER NOT NULL,
      sealed_seq INTEGER NOT NULL UNIQUE REFERENCES custody_event(seq)
    ) STRICT;
    ${appendOnly('capture')}

    -- Working copies made from sealed bytes; may be thrown away and made again.
    CREATE TABLE derived (
      capture_id TEXT NOT NULL REFERENCES capture(id),
      kind TEXT NOT NULL, media_type TEXT NOT NULL, bytes BLOB NOT NULL,
      PRIMARY KEY (capture_id, kind)
    ) STRICT;

    -- Actors, handles and links are what the log's actor events add up to; verification compares the two.
    CREATE TABLE actor (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'stateBody', 'outlet', 'account')),
      name TEXT NOT NULL, note TEXT NOT NULL, created_at TEXT NOT NULL, withdrawn_at TEXT
    ) STRICT;
    CREATE TABLE actor_handle (
      actor_id TEXT NOT NULL REFERENCES actor(id),
      position INTEGER NOT NULL,
      platform TEXT NOT NULL, handle TEXT NOT NULL, url TEXT NOT NULL,
      PRIMARY KEY (actor_id, position)
    ) STRICT;
    CREATE TABLE capture_actor (
      id TEXT PRIMARY KEY,
      capture_id TEXT NOT NULL REFERENCES capture(id),
      actor_id TEXT NOT NULL REFERENCES actor(id),
      role TEXT NOT NULL CHECK (role IN ('author', 'subject', 'amplifier', 'mentioned')),
      note TEXT NOT NULL, created_at TEXT NOT NULL, withdrawn_at TEXT
    ) STRICT;
    CREATE INDEX capture_actor_capture ON capture_actor (capture_id);
    CREATE INDEX capture_actor_actor ON capture_actor (actor_id);
    CREATE UNIQUE INDEX capture_actor_live ON capture_actor (capture_id, actor_id, role) WHERE withdrawn_at IS NULL;
  `,
};

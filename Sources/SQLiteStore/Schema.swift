import GRDB
import Orchestrator

/// The tables, and how a database of an earlier version becomes one of this version.
///
/// ```
/// cases ──┬─< events      the log: append-only, hash-chained within a case
///         ├─< commands    every key that had its effect, with the answer it was given
///         ├─< timers      open alarms
///         ├─< outbox      what receivers are to be told
///         ├─< tasks       what parties have to do
///         ├── figures     what lists and boards say of a case ── figure_grams: the index of its text
///         └── handlings   what reports are made of
/// definitions             published workflows, immutable
/// leases                  who does what alone, with fencing tokens
/// transients              what is kept for a while
/// jobs ─────< shards      computations in parts that any node may do
/// ```
///
/// - `cases` holds one row a case: where its log ends (`version`, `hash`) and its row for lists. `number` is the short
///   name that the other tables use, in the order of opening.
/// - `events.position` is the order of appending over all cases. Rows lie in that order, so that a batch fills pages
///   one after another; the unique index gives a case's events in order.
/// - `events` and `commands` name their case without a foreign key: their writer has just read or written the row of
///   the case, which is never removed, and the check would cost 7 % of an append.
/// - `commands.answer` is whatever the sender of a command is to find again with its key; the orchestrator keeps a
///   fingerprint of the command there, and rows of earlier builds have none.
/// - `commands`, `timers` are clustered by case, since they are only met through it.
/// - `outbox.id` is the order of appending. `state`: 0 waiting (from `not_before` on), 1 delivered, 2 dead letter.
///   Partial indexes hold the waiting and the dead only; delivered rows stay, so that no message is queued twice.
/// - `figures` are found after the fact and may be made anew at any time. In `near`, `late`, `over` and `finish` a day that
///   there is not is 2³¹ − 1, so that it comes last. `departments` are ids between spaces. `handlings` are found with them.
/// - `tasks.barred` are names between line ends. `jobs.ended_ms` is noted when rows are swept.
/// - Dates are days since 1970-01-01; moments are milliseconds since 1970-01-01T00:00:00Z. Hashes are 32 bytes.
///
/// The header of the file carries `application_id` (whose file it is) and `user_version` (schema version).
enum Schema {
    /// "BLNG".
    static let applicationID = 0x424C_4E47
    static var version: Int { migrations.count }

    /// Migration n leads from schema version n to n + 1. One that was released is never changed.
    private static let migrations = [
        """
        CREATE TABLE cases (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            version INTEGER NOT NULL CHECK (version >= 0),
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            project_code TEXT,
            status TEXT NOT NULL,
            workflow TEXT NOT NULL,
            workflow_version TEXT NOT NULL,
            title TEXT NOT NULL,
            opened_on INTEGER NOT NULL,
            updated_on INTEGER NOT NULL,
            body BLOB NOT NULL
        ) STRICT;
        CREATE INDEX cases_by_project ON cases (project_code) WHERE project_code IS NOT NULL;
        CREATE INDEX cases_by_status ON cases (status);
        CREATE INDEX cases_by_workflow ON cases (workflow);
        CREATE TRIGGER cases_are_never_removed BEFORE DELETE ON cases
        BEGIN SELECT RAISE(ABORT, 'cases are never removed'); END;

        CREATE TABLE events (
            position INTEGER PRIMARY KEY,
            case_number INTEGER NOT NULL,
            sequence INTEGER NOT NULL CHECK (sequence >= 1),
            kind TEXT NOT NULL,
            schema INTEGER NOT NULL CHECK (schema >= 1),
            on_day INTEGER NOT NULL,
            at_ms INTEGER NOT NULL,
            actor TEXT NOT NULL,
            key TEXT NOT NULL,
            payload BLOB NOT NULL,
            previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            UNIQUE (case_number, sequence)
        ) STRICT;
        CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
        CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;

        CREATE TABLE commands (
            case_number INTEGER NOT NULL,
            key TEXT NOT NULL,
            version INTEGER NOT NULL,
            answer BLOB NOT NULL,
            PRIMARY KEY (case_number, key)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE timers (
            case_number INTEGER NOT NULL REFERENCES cases (number),
            name TEXT NOT NULL,
            due INTEGER NOT NULL,
            PRIMARY KEY (case_number, name)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX timers_by_day ON timers (due);

        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY,
            case_number INTEGER NOT NULL REFERENCES cases (number),
            receiver TEXT NOT NULL,
            kind TEXT NOT NULL,
            dedup_key TEXT NOT NULL,
            payload BLOB NOT NULL,
            state INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)),
            not_before INTEGER NOT NULL DEFAULT (-9223372036854775807 - 1),
            attempts INTEGER NOT NULL DEFAULT 0,
            last_failure TEXT,
            UNIQUE (receiver, dedup_key)
        ) STRICT;
        CREATE INDEX outbox_waiting ON outbox (receiver, id) WHERE state = 0;
        CREATE INDEX outbox_waiting_by_case ON outbox (receiver, case_number, id) WHERE state = 0;
        CREATE INDEX outbox_dead ON outbox (id) WHERE state = 2;

        CREATE TABLE definitions (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL,
            version TEXT NOT NULL,
            content_hash BLOB NOT NULL CHECK (length(content_hash) = 32),
            bytes BLOB NOT NULL,
            UNIQUE (id, version)
        ) STRICT;
        """,
        """
        ALTER TABLE cases ADD COLUMN owner TEXT;
        CREATE INDEX cases_by_owner ON cases (owner) WHERE owner IS NOT NULL;

        CREATE TABLE tasks (
            case_number INTEGER NOT NULL REFERENCES cases (number),
            name TEXT NOT NULL,
            party TEXT NOT NULL,
            rank INTEGER NOT NULL,
            due INTEGER NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (case_number, name)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX tasks_by_urgency ON tasks (party, rank, due, case_number, name);

        CREATE TABLE leases (
            name TEXT PRIMARY KEY,
            holder TEXT NOT NULL,
            token INTEGER NOT NULL,
            ends_ms INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE transients (
            space TEXT NOT NULL,
            key TEXT NOT NULL,
            value BLOB NOT NULL,
            expires_ms INTEGER NOT NULL,
            PRIMARY KEY (space, key)
        ) STRICT;
        CREATE INDEX transients_by_end ON transients (expires_ms);

        CREATE TABLE jobs (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            spec BLOB NOT NULL,
            shards INTEGER NOT NULL,
            created_ms INTEGER NOT NULL,
            is_cancelled INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE shards (
            job_number INTEGER NOT NULL REFERENCES jobs (number),
            number INTEGER NOT NULL,
            state INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)),
            token INTEGER NOT NULL DEFAULT 0,
            holder TEXT,
            ends_ms INTEGER NOT NULL DEFAULT (-9223372036854775807 - 1),
            attempts INTEGER NOT NULL DEFAULT 0,
            cause TEXT NOT NULL DEFAULT '',
            result BLOB,
            PRIMARY KEY (job_number, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX shards_open ON shards (job_number, number) WHERE state = 0;
        CREATE INDEX shards_parked ON shards (job_number, number) WHERE state = 2;
        """,
        """
        ALTER TABLE tasks ADD COLUMN lead TEXT;
        CREATE INDEX tasks_by_lead ON tasks (lead, rank, due, case_number, name) WHERE lead IS NOT NULL;

        CREATE TABLE figures (
            case_number INTEGER PRIMARY KEY REFERENCES cases (number),
            version INTEGER NOT NULL,
            status TEXT NOT NULL,
            near INTEGER NOT NULL,
            late INTEGER NOT NULL,
            over INTEGER NOT NULL,
            is_stopped INTEGER NOT NULL,
            is_running INTEGER NOT NULL,
            finish INTEGER NOT NULL,
            updated_on INTEGER NOT NULL,
            departments TEXT NOT NULL,
            owner_name TEXT,
            search TEXT NOT NULL,
            body BLOB NOT NULL,
            tally BLOB NOT NULL
        ) STRICT;
        CREATE INDEX figures_by_urgency ON figures (late, case_number);
        CREATE INDEX figures_by_status ON figures (status, late, case_number);
        CREATE INDEX figures_by_change ON figures (updated_on, case_number);
        CREATE INDEX figures_by_finish ON figures (finish, case_number);
        CREATE INDEX figures_by_owner ON figures (owner_name) WHERE owner_name IS NOT NULL;
        """,
        // Figures of before are shown until they are made anew, which version 0 asks for.
        """
        ALTER TABLE tasks ADD COLUMN barred TEXT;

        CREATE TABLE handlings (
            case_number INTEGER PRIMARY KEY REFERENCES cases (number),
            bytes BLOB NOT NULL
        ) STRICT;
        CREATE VIRTUAL TABLE figure_grams USING fts5 (
            grams, content = '', columnsize = 0, detail = none, tokenize = 'ascii'
        );
        UPDATE figures SET version = 0, search = '';

        ALTER TABLE jobs ADD COLUMN ended_ms INTEGER;
        CREATE INDEX jobs_by_end ON jobs (ended_ms);
        """,
    ]

    /// Refuses a file of another program or of a newer version of this one, before anything is written to it.
    static func checkOrigin(_ db: Database) throws {
        let owner = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
        guard owner == applicationID || (owner == 0 && found == 0 && isEmpty) else {
            throw StoreError(.corrupt, operation: "open", underlying: "the file is a database of another program")
        }
        guard found <= version else {
            throw StoreError(
                .newerSchema, operation: "open",
                underlying: "the database has schema version \(found); this program knows \(version) and earlier")
        }
    }

    /// Brings the database to this version, each step in a transaction of its own.
    static func migrate(_ db: Database) throws {
        while true {
            var isDone = false
            try db.inTransaction(.immediate) {
                // Read again under the lock: another process may have been faster.
                let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                isDone = found >= version
                if !isDone {
                    try db.execute(sql: migrations[found])
                    try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(found + 1)")
                }
                return .commit
            }
            if isDone { return }
        }
    }
}

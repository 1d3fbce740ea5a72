import Orchestrator

/// The tables, and how a database of an earlier version becomes one of this version.
///
/// They mean what they mean in a file of SQLite, see there; `number` is the short name of a case, in the order of
/// opening. Differences:
///
/// - Texts compare by their bytes (`COLLATE "C"`), so that order and locks are the same on every server.
/// - No foreign keys: a writer holds the row of the case, which is never removed, and the check would lock it again.
/// - The events of a case that one transaction appended lie in one row of `segments`, packed: see ``LogSegment``. What an
///   earlier version wrote, a row an event, stays in `events` and is read with them.
/// - Events are not numbered over all cases by themselves. `segments.position` is that of the last event of a segment, see
///   ``PostgresStore/changedCases(after:limit:)``; an earlier version kept it with its commands.
/// - `cases` leaves room in its pages, so that a new version of a row needs no new index entries.
///
/// The table `binglian_schema` has one row with the version. Whoever migrates holds that row, so that nodes which start
/// together wait for each other.
enum Schema {
    static var version: Int { migrations.count }

    /// Migration n leads from schema version n to n + 1. One that was released is never changed. A statement each, that
    /// does no harm if it is done again: some servers cannot take back a change of tables.
    private static let migrations: [[String]] = [
        [
            """
            CREATE TABLE IF NOT EXISTS cases (
                number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                id text COLLATE "C" NOT NULL UNIQUE,
                version bigint NOT NULL CHECK (version >= 0),
                hash bytea NOT NULL CHECK (length(hash) = 32),
                project_code text COLLATE "C",
                status text COLLATE "C" NOT NULL,
                workflow text COLLATE "C" NOT NULL,
                workflow_version text COLLATE "C" NOT NULL,
                title text COLLATE "C" NOT NULL,
                owner text COLLATE "C",
                opened_on bigint NOT NULL,
                updated_on bigint NOT NULL,
                body bytea NOT NULL
            ) WITH (fillfactor = 70)
            """,
            "CREATE INDEX IF NOT EXISTS cases_by_project ON cases (project_code) WHERE project_code IS NOT NULL",
            "CREATE INDEX IF NOT EXISTS cases_by_status ON cases (status, number)",
            "CREATE INDEX IF NOT EXISTS cases_by_workflow ON cases (workflow, number)",
            "CREATE INDEX IF NOT EXISTS cases_by_owner ON cases (owner, number) WHERE owner IS NOT NULL",
            """
            CREATE TABLE IF NOT EXISTS events (
                case_number bigint NOT NULL,
                sequence bigint NOT NULL CHECK (sequence >= 1),
                kind text COLLATE "C" NOT NULL,
                schema bigint NOT NULL CHECK (schema >= 1),
                on_day bigint NOT NULL,
                at_ms bigint NOT NULL,
                actor text COLLATE "C" NOT NULL,
                key text COLLATE "C" NOT NULL,
                payload bytea NOT NULL,
                previous_hash bytea NOT NULL CHECK (length(previous_hash) = 32),
                hash bytea NOT NULL CHECK (length(hash) = 32),
                PRIMARY KEY (case_number, sequence)
            )
            """,
            """
            CREATE OR REPLACE FUNCTION binglian_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '% are never changed or removed', TG_TABLE_NAME; END $$
            """,
            """
            CREATE OR REPLACE TRIGGER events_are_never_changed BEFORE UPDATE OR DELETE ON events
            FOR EACH ROW EXECUTE FUNCTION binglian_refuse()
            """,
            """
            CREATE OR REPLACE TRIGGER events_are_never_emptied BEFORE TRUNCATE ON events
            FOR EACH STATEMENT EXECUTE FUNCTION binglian_refuse()
            """,
            """
            CREATE OR REPLACE TRIGGER cases_are_never_removed BEFORE DELETE ON cases
            FOR EACH ROW EXECUTE FUNCTION binglian_refuse()
            """,
            """
            CREATE OR REPLACE TRIGGER cases_are_never_emptied BEFORE TRUNCATE ON cases
            FOR EACH STATEMENT EXECUTE FUNCTION binglian_refuse()
            """,
            """
            CREATE TABLE IF NOT EXISTS commands (
                case_number bigint NOT NULL,
                key text COLLATE "C" NOT NULL,
                version bigint NOT NULL,
                answer bytea NOT NULL,
                position bigint,
                event_count bigint NOT NULL,
                PRIMARY KEY (case_number, key)
            )
            """,
            "CREATE INDEX IF NOT EXISTS commands_by_position ON commands (position) WHERE position IS NOT NULL",
            """
            CREATE TABLE IF NOT EXISTS timers (
                case_number bigint NOT NULL,
                name text COLLATE "C" NOT NULL,
                due bigint NOT NULL,
                PRIMARY KEY (case_number, name)
            )
            """,
            "CREATE INDEX IF NOT EXISTS timers_by_day ON timers (due, case_number, name)",
            """
            CREATE TABLE IF NOT EXISTS outbox (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                case_number bigint NOT NULL,
                receiver text COLLATE "C" NOT NULL,
                kind text COLLATE "C" NOT NULL,
                dedup_key text COLLATE "C" NOT NULL,
                payload bytea NOT NULL,
                state smallint NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)),
                not_before bigint NOT NULL DEFAULT -9223372036854775808,
                attempts bigint NOT NULL DEFAULT 0,
                last_failure text COLLATE "C",
                UNIQUE (receiver, dedup_key)
            )
            """,
            "CREATE INDEX IF NOT EXISTS outbox_waiting ON outbox (receiver, id) WHERE state = 0",
            "CREATE INDEX IF NOT EXISTS outbox_waiting_by_case ON outbox (receiver, case_number, id) WHERE state = 0",
            "CREATE INDEX IF NOT EXISTS outbox_dead ON outbox (id) WHERE state = 2",
            """
            CREATE TABLE IF NOT EXISTS definitions (
                number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                id text COLLATE "C" NOT NULL,
                version text COLLATE "C" NOT NULL,
                content_hash bytea NOT NULL CHECK (length(content_hash) = 32),
                bytes bytea NOT NULL,
                UNIQUE (id, version)
            )
            """,
            """
            CREATE TABLE IF NOT EXISTS tasks (
                case_number bigint NOT NULL,
                name text COLLATE "C" NOT NULL,
                party text COLLATE "C" NOT NULL,
                rank bigint NOT NULL,
                due bigint NOT NULL,
                body bytea NOT NULL,
                PRIMARY KEY (case_number, name)
            )
            """,
            "CREATE INDEX IF NOT EXISTS tasks_by_urgency ON tasks (party, rank, due, case_number, name)",
            """
            CREATE TABLE IF NOT EXISTS leases (
                name text COLLATE "C" PRIMARY KEY,
                holder text COLLATE "C" NOT NULL,
                token bigint NOT NULL,
                ends_ms bigint NOT NULL
            )
            """,
            """
            CREATE TABLE IF NOT EXISTS transients (
                space text COLLATE "C" NOT NULL,
                key text COLLATE "C" NOT NULL,
                value bytea NOT NULL,
                expires_ms bigint NOT NULL,
                PRIMARY KEY (space, key)
            )
            """,
            "CREATE INDEX IF NOT EXISTS transients_by_end ON transients (expires_ms)",
            """
            CREATE TABLE IF NOT EXISTS jobs (
                number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                id text COLLATE "C" NOT NULL UNIQUE,
                kind text COLLATE "C" NOT NULL,
                spec bytea NOT NULL,
                shards bigint NOT NULL,
                created_ms bigint NOT NULL,
                is_cancelled boolean NOT NULL DEFAULT false
            )
            """,
            """
            CREATE TABLE IF NOT EXISTS shards (
                job_number bigint NOT NULL,
                number bigint NOT NULL,
                state smallint NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)),
                token bigint NOT NULL DEFAULT 0,
                holder text COLLATE "C",
                ends_ms bigint NOT NULL DEFAULT -9223372036854775808,
                attempts bigint NOT NULL DEFAULT 0,
                cause text COLLATE "C" NOT NULL DEFAULT '',
                result bytea,
                PRIMARY KEY (job_number, number)
            )
            """,
            "CREATE INDEX IF NOT EXISTS shards_open ON shards (job_number, number) WHERE state = 0",
            "CREATE INDEX IF NOT EXISTS shards_parked ON shards (job_number, number) WHERE state = 2",
        ],
        segments, figures, handlings,
    ]

    /// Events in segments: a third of the log that rows of single events take.
    private static let segments = [
        """
        CREATE TABLE IF NOT EXISTS segments (
            case_number bigint NOT NULL,
            last_sequence bigint NOT NULL CHECK (last_sequence >= event_count),
            event_count bigint NOT NULL CHECK (event_count >= 1),
            position bigint NOT NULL,
            hash bytea NOT NULL CHECK (length(hash) = 32),
            body bytea NOT NULL,
            PRIMARY KEY (case_number, last_sequence)
        )
        """,
        "ALTER TABLE segments ALTER COLUMN body SET STORAGE EXTERNAL",
        "CREATE INDEX IF NOT EXISTS segments_by_position ON segments (position)",
        """
        CREATE OR REPLACE TRIGGER segments_are_never_changed BEFORE UPDATE OR DELETE ON segments
        FOR EACH ROW EXECUTE FUNCTION binglian_refuse()
        """,
        """
        CREATE OR REPLACE TRIGGER segments_are_never_emptied BEFORE TRUNCATE ON segments
        FOR EACH STATEMENT EXECUTE FUNCTION binglian_refuse()
        """,
        "ALTER TABLE commands ALTER COLUMN event_count DROP NOT NULL",
    ]

    /// What lists show of a case, one row each.
    private static let figures = [
        "ALTER TABLE tasks ADD COLUMN IF NOT EXISTS lead text COLLATE \"C\"",
        """
        CREATE INDEX IF NOT EXISTS tasks_by_lead ON tasks (lead, rank, due, case_number, name)
            WHERE lead IS NOT NULL
        """,
        """
        CREATE TABLE IF NOT EXISTS figures (
            case_number bigint PRIMARY KEY,
            version bigint NOT NULL,
            status text COLLATE "C" NOT NULL,
            near bigint NOT NULL,
            late bigint NOT NULL,
            over_on bigint NOT NULL,
            is_stopped boolean NOT NULL,
            is_running boolean NOT NULL,
            finish bigint NOT NULL,
            updated_on bigint NOT NULL,
            departments text COLLATE "C" NOT NULL,
            owner_name text COLLATE "C",
            search text COLLATE "C" NOT NULL,
            body bytea NOT NULL,
            tally bytea NOT NULL
        )
        """,
        "CREATE INDEX IF NOT EXISTS figures_by_urgency ON figures (late, case_number)",
        "CREATE INDEX IF NOT EXISTS figures_by_status ON figures (status, late, case_number)",
        "CREATE INDEX IF NOT EXISTS figures_by_change ON figures (updated_on, case_number)",
        "CREATE INDEX IF NOT EXISTS figures_by_finish ON figures (finish, case_number)",
        "CREATE INDEX IF NOT EXISTS figures_by_owner ON figures (owner_name) WHERE owner_name IS NOT NULL",
    ]

    /// Who may not do a task, what reports are made of, the index of texts and when jobs ended. Figures of before are shown
    /// until they are made anew, which version 0 asks for.
    private static let handlings = [
        "ALTER TABLE tasks ADD COLUMN IF NOT EXISTS barred text COLLATE \"C\"",
        "CREATE TABLE IF NOT EXISTS handlings (case_number bigint PRIMARY KEY, bytes bytea NOT NULL)",
        """
        CREATE TABLE IF NOT EXISTS figure_grams (
            case_number bigint PRIMARY KEY,
            search text COLLATE "C" NOT NULL,
            grams text[] NOT NULL
        )
        """,
        "CREATE INDEX IF NOT EXISTS figure_grams_by_gram ON figure_grams USING gin (grams)",
        "UPDATE figures SET version = 0",
        "ALTER TABLE jobs ADD COLUMN IF NOT EXISTS ended_ms bigint",
        "CREATE INDEX IF NOT EXISTS jobs_by_end ON jobs (ended_ms)",
    ]

    fileprivate static func statements(from found: Int) -> [Statement] {
        migrations[found...].joined().map { Statement($0) }
    }
}

extension PostgresStore {
    /// Brings the database to this version.
    func migrate() async throws(StoreError) {
        // Read first: it is up to date nearly always, and a user without the right to make tables can open it then.
        if try await foundVersion() == Schema.version { return }
        // Changing tables takes longer than anything else, and other nodes may be at it.
        let patience = max(pool.limits.patience, .seconds(60))
        try await transact("open", patience: patience) { transaction async throws(PostgresFailure) in
            do throws(PostgresFailure) {
                _ = try await transaction.commit([
                    Statement(
                        """
                        CREATE TABLE IF NOT EXISTS binglian_schema (only_row bigint PRIMARY KEY, version bigint NOT NULL)
                        """)
                ])
            } catch {
                // Another node makes it at this moment: PostgreSQL says so by the keys of its own catalogue.
                guard ["23505", "42710", "42P07"].contains(error.state) else { throw error }
            }
        }
        var first = Statement("INSERT INTO binglian_schema (only_row, version) VALUES ($1, 0) ON CONFLICT DO NOTHING")
        first.add(Int64(1))
        let note = first
        try await transact("open", patience: patience) { transaction async throws(PostgresFailure) in
            _ = try await transaction.commit([note])
        }
        try await transact("open", patience: patience) { transaction async throws(PostgresFailure) in
            let rows = try await transaction.run([Statement("SELECT version FROM binglian_schema FOR UPDATE")])
            let found = rows[0].first { $0.int(0) } ?? 0
            if found > Schema.version { throw Self.newer(found) }
            if found == Schema.version { return }
            var note = Statement("UPDATE binglian_schema SET version = $1")
            note.add(Schema.version)
            _ = try await transaction.commit(Schema.statements(from: found) + [note])
        }
    }

    private static func newer(_ found: Int) -> PostgresFailure {
        PostgresFailure(
            cause: .newerSchema,
            message: "the database has schema version \(found); this program knows \(Schema.version) and earlier")
    }

    /// The schema's version; `nil` if there are none of our tables.
    private func foundVersion() async throws(StoreError) -> Int? {
        let look = Statement(
            "SELECT to_regclass('binglian_schema') IS NOT NULL, to_regclass('cases') IS NOT NULL OR to_regclass('events') IS NOT NULL"
        )
        let (isOurs, isTaken) = try await read("open", look) { $0.first { ($0.bool(0), $0.bool(1)) } ?? (false, false) }
        guard isOurs else {
            if isTaken {
                throw StoreError(
                    .corrupt, operation: "open", underlying: "the database holds tables of another program")
            }
            return nil
        }
        let found = try await read("open", Statement("SELECT version FROM binglian_schema")) { $0.first { $0.int(0) } }
        if let found, found > Schema.version { throw StoreError(Self.newer(found), operation: "open") }
        return found
    }
}

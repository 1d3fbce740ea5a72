import GRDB
import Orchestrator
import WorkCalendar

extension SQLiteStore {
    public func append(_ batch: [AppendRequest]) async throws(StoreError) -> [AppendOutcome] {
        for request in batch {
            if let defect = request.defect {
                throw StoreError(.rejected, operation: "append", underlying: "case \(request.caseID): \(defect)")
            }
        }
        return try await write("append") { db in
            var writer = try BatchWriter(db, batch)
            defer { writer.forgetArguments() }
            var outcomes: [AppendOutcome] = []
            outcomes.reserveCapacity(batch.count)
            for index in batch.indices { outcomes.append(try writer.append(index)) }
            try writer.finish()
            return outcomes
        }
    }
}

/// Writes one batch inside one transaction.
///
/// Events and keys are written request by request. What only has a last value, the case's row and its timers, is
/// written once a case, in `finish`.
private struct BatchWriter {
    private struct Touched {
        let number: Int64
        var head: Head
        /// What the indexed columns of the row hold.
        let stored: IndexedColumns
        /// Index of the last request of the case that was stored.
        var last: Int?
        /// What all requests of the batch together do to its timers and tasks.
        var timers: ListChange<StoredTimer> = .unchanged
        var tasks: ListChange<StoredTask> = .unchanged
    }

    private struct IndexedColumns: Equatable {
        var projectCode: String?
        var status: String
        var workflow: String
        var owner: String?

        init(projectCode: String?, status: String, workflow: String, owner: String?) {
            self.owner = owner
            self.projectCode = projectCode
            self.status = status
            self.workflow = workflow
        }

        init(_ summary: CaseSummary) {
            self.init(
                projectCode: summary.projectCode, status: summary.status, workflow: summary.workflow,
                owner: summary.owner)
        }
    }

    private let db: Database
    private let batch: [AppendRequest]
    private let insertEvent: PreparedStatement
    private let insertCommand: PreparedStatement
    private let selectCase: PreparedStatement
    private let updateCase: PreparedStatement
    private let scratch = Scratch()
    private var sealer = HashChain.Sealer()
    private var places: [CaseID: Int] = [:]
    private var touched: [Touched] = []

    init(_ db: Database, _ batch: [AppendRequest]) throws {
        self.db = db
        self.batch = batch
        insertEvent = try PreparedStatement(
            db,
            """
            INSERT INTO events (case_number, sequence, kind, schema, on_day, at_ms, actor, key, payload,
                previous_hash, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        insertCommand = try PreparedStatement(
            db,
            """
            INSERT INTO commands (case_number, key, version, answer) VALUES (?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """)
        // Columns that are not named cost no work on their indexes, and most commands change none of the four.
        updateCase = try PreparedStatement(
            db,
            """
            UPDATE cases SET version = ?, hash = ?, workflow_version = ?, title = ?, opened_on = ?, updated_on = ?,
                body = ?
            WHERE number = ?
            """)
        selectCase = try PreparedStatement(
            db, "SELECT number, version, hash, project_code, status, workflow, owner FROM cases WHERE id = ?")
    }

    /// The memory of the arguments goes with the writer, the statements stay with the database.
    func forgetArguments() {
        for statement in [insertEvent, insertCommand, updateCase] { statement.forgetArguments() }
    }

    mutating func append(_ index: Int) throws -> AppendOutcome {
        let request = batch[index]
        if let lease = request.lease {
            let known = try place(of: request.caseID).flatMap {
                try storedAnswer(to: request.key, of: touched[$0].number)
            }
            if let known { return .repeated(known) }
            guard try SQLiteStore.isCurrent(lease, in: db) else { return .fenced }
        }
        guard let place = try place(of: request.caseID) else {
            guard request.isDecided(on: .empty) else { return .conflict(current: 0) }
            return try write(index, at: try open(request))
        }
        if request.isDecided(on: touched[place].head) { return try write(index, at: place) }
        if let answer = try storedAnswer(to: request.key, of: touched[place].number) { return .repeated(answer) }
        return .conflict(current: touched[place].head.version)
    }

    private mutating func place(of caseID: CaseID) throws -> Int? {
        if let place = places[caseID] { return place }
        let found = try selectCase.first({ $0.add(caseID.text) }) { row in
            Touched(
                number: row.int64(0), head: Head(version: row.int(1), hash: row.hash(2)),
                stored: IndexedColumns(
                    projectCode: row.optionalText(3), status: row.text(4), workflow: row.text(5),
                    owner: row.optionalText(6)))
        }
        return found.map { note($0, for: caseID) }
    }

    private mutating func note(_ state: Touched, for caseID: CaseID) -> Int {
        touched.append(state)
        places[caseID] = touched.count - 1
        return touched.count - 1
    }

    private mutating func open(_ request: AppendRequest) throws -> Int {
        let summary = request.summary
        let insert = try PreparedStatement(
            db,
            """
            INSERT INTO cases (id, version, hash, project_code, status, workflow, workflow_version, title, opened_on,
                updated_on, body, owner)
            VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        try insert.run {
            $0.add(request.caseID.text)
            $0.add(ChainHash.zero)
            $0.add(summary.projectCode)
            $0.add(summary.status)
            $0.add(summary.workflow)
            $0.add(summary.workflowVersion)
            $0.add(summary.title)
            $0.add(summary.openedOn)
            $0.add(summary.updatedOn)
            $0.add(summary.body)
            $0.add(summary.owner)
        }
        let state = Touched(number: db.lastInsertedRowID, head: .empty, stored: IndexedColumns(summary))
        return note(state, for: request.caseID)
    }

    private mutating func write(_ index: Int, at place: Int) throws -> AppendOutcome {
        let request = batch[index]
        let number = touched[place].number
        var head = touched[place].head
        // The unique key decides whether this is a repetition: one statement instead of a look before a write.
        try insertCommand.run(in: scratch) {
            $0.add(number)
            $0.add(request.key.text)
            $0.add(head.version + request.events.count)
            $0.add(request.answer)
        }
        if db.changesCount == 0 {
            guard let answer = try storedAnswer(to: request.key, of: number) else {
                throw DamagedRow("case \(request.caseID): the key \(request.key) is there and is not")
            }
            return .repeated(answer)
        }
        let seals = request.seals(after: head, with: &sealer)
        for (event, hash) in zip(request.events, seals.hashes) {
            let sequence = head.version + 1
            try insertEvent.run(in: scratch) {
                $0.add(number)
                $0.add(sequence)
                $0.add(event.kind)
                $0.add(event.schema)
                $0.add(event.on)
                $0.add(event.at)
                $0.add(event.actor)
                $0.add(request.key.text)
                $0.add(event.payload)
                $0.add(head.hash)
                $0.add(hash)
            }
            head = Head(version: sequence, hash: hash)
        }
        for message in request.messages { try queue(message, of: number) }
        touched[place].head = head
        touched[place].last = index
        touched[place].timers.append(request.timers)
        touched[place].tasks.append(request.tasks)
        return .appended(head)
    }

    private func storedAnswer(to key: CommandKey, of number: Int64) throws -> StoredAnswer? {
        let select = try PreparedStatement(
            db, "SELECT answer, version FROM commands WHERE case_number = ? AND key = ?")
        return try select.first({
            $0.add(number)
            $0.add(key.text)
        }) { StoredAnswer(answer: $0.bytes(0), version: $0.int(1)) }
    }

    private func queue(_ message: OutgoingMessage, of number: Int64) throws {
        let insert = try PreparedStatement(
            db,
            """
            INSERT INTO outbox (case_number, receiver, kind, dedup_key, payload) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (receiver, dedup_key) DO NOTHING
            """)
        try insert.run {
            $0.add(number)
            $0.add(message.receiver)
            $0.add(message.kind)
            $0.add(message.dedupKey)
            $0.add(message.payload)
        }
    }

    /// Writes what the last request of each case left.
    func finish() throws {
        for state in touched {
            guard let last = state.last.map({ batch[$0] }) else { continue }
            try updateCase.run(in: scratch) {
                $0.add(state.head.version)
                $0.add(state.head.hash)
                $0.add(last.summary.workflowVersion)
                $0.add(last.summary.title)
                $0.add(last.summary.openedOn)
                $0.add(last.summary.updatedOn)
                $0.add(last.summary.body)
                $0.add(state.number)
            }
            let wanted = IndexedColumns(last.summary)
            if wanted != state.stored { try index(wanted, of: state.number) }
            try change(timersOf: state.number, by: state.timers)
            try SQLiteStore.change(tasksOf: state.number, by: state.tasks, in: db)
        }
    }

    private func index(_ columns: IndexedColumns, of number: Int64) throws {
        let update = try PreparedStatement(
            db, "UPDATE cases SET project_code = ?, status = ?, workflow = ?, owner = ? WHERE number = ?")
        try update.run {
            $0.add(columns.projectCode)
            $0.add(columns.status)
            $0.add(columns.workflow)
            $0.add(columns.owner)
            $0.add(number)
        }
    }

    /// Writes only the differences, which are looked for where all of the list was given.
    private func change(timersOf number: Int64, by change: ListChange<StoredTimer>) throws {
        switch change {
        case .unchanged: break
        case .all(let timers):
            let select = try PreparedStatement(db, "SELECT name, due FROM timers WHERE case_number = ?")
            let stored = try select.all({ $0.add(number) }) { StoredTimer(name: $0.text(0), due: $0.date(1)) }
            try self.change(timersOf: number, by: .from(stored, to: timers))
        case .differences(let gone, let put):
            for name in gone {
                try PreparedStatement(db, "DELETE FROM timers WHERE case_number = ? AND name = ?").run {
                    $0.add(number)
                    $0.add(name)
                }
            }
            for timer in put {
                let put = try PreparedStatement(
                    db,
                    """
                    INSERT INTO timers (case_number, name, due) VALUES (?, ?, ?)
                    ON CONFLICT (case_number, name) DO UPDATE SET due = excluded.due
                    """)
                try put.run {
                    $0.add(number)
                    $0.add(timer.name)
                    $0.add(timer.due)
                }
            }
        }
    }
}

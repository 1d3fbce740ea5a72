import Orchestrator
import Synchronization

extension PostgresStore {
    /// Requests that name the event they were decided on are first sent as they are, in one exchange with the commit:
    /// the server compares versions and hashes while it changes the rows. Only if something is not as expected, the
    /// rows are locked, read and judged one request after another.
    public func append(_ batch: [AppendRequest]) async throws(StoreError) -> [AppendOutcome] {
        for request in batch {
            if let defect = request.defect {
                throw StoreError(.rejected, operation: "append", underlying: "case \(request.caseID): \(defect)")
            }
        }
        if batch.isEmpty { return [] }
        let expected = BatchJudge.expecting(batch)
        let deadline = ContinuousClock().now + pool.limits.patience
        // A session that was lost with a commit on its way: what that did is found by the keys and hashes.
        let doubt = Mutex(false)
        let isFirst = Mutex(true)
        do throws(StoreError) {
            let outcomes = try await trying("append", until: deadline) {
                () async throws(PostgresFailure) -> [AppendOutcome] in
                do throws(PostgresFailure) {
                    let isExpected = isFirst.withLock { isFirst in
                        defer { isFirst = false }
                        return isFirst
                    }
                    if isExpected, let expected,
                        let outcomes = try await self.appendExpected(expected, until: deadline)
                    {
                        return outcomes
                    }
                    return try await self.appendJudged(batch, mayBeThere: doubt.withLock { $0 }, until: deadline)
                } catch {
                    guard error.isUncertain else { throw error }
                    doubt.withLock { $0 = true }
                    return try await self.appendJudged(batch, mayBeThere: true, until: deadline)
                }
            }
            hints.note()
            return outcomes
        } catch {
            // Whatever was in the way of finding out: it is still not known.
            guard doubt.withLock({ $0 }) else { throw error }
            throw StoreError(
                .outcomeUnknown, operation: "append", underlying: error.underlying, isTransient: true)
        }
    }

    /// - Returns: `nil` if something was not as expected; nothing was stored then.
    private func appendExpected(
        _ expected: BatchJudge, until deadline: ContinuousClock.Instant
    ) async throws(PostgresFailure) -> [AppendOutcome]? {
        let (statements, outcomes) = (expected.writing.statements(), expected.outcomes)
        do throws(PostgresFailure) {
            return try await attempt(until: deadline) { transaction async throws(PostgresFailure) in
                _ = try await transaction.commit(statements)
                return outcomes
            }
        } catch {
            // A guard, or a unique key: see ``BatchWriting``.
            if !error.isUncertain, ["22012", "23505"].contains(error.state) { return nil }
            throw error
        }
    }

    private func appendJudged(
        _ batch: [AppendRequest], mayBeThere: Bool, until deadline: ContinuousClock.Instant
    ) async throws(PostgresFailure) -> [AppendOutcome] {
        do throws(PostgresFailure) {
            return try await attempt(until: deadline) { transaction async throws(PostgresFailure) in
                let results = try await transaction.run(BatchJudge.questions(batch, withHashes: mayBeThere))
                var judge = try BatchJudge(results)
                for request in batch { try judge.judge(request) }
                // Also when there is nothing to write: the locks are in the log, so the commit waits until the standby
                // has what is answered from.
                _ = try await transaction.commit(judge.writing.statements())
                return judge.outcomes
            }
        } catch {
            // A case that another process opened, or a row it changed, since the rows were read: as good as a conflict.
            guard !error.isUncertain, error.state == "23505" || error.state == "22012" else { throw error }
            var conflict = error
            conflict.cause = .server(state: "40001")
            throw conflict
        }
    }
}

/// Judges the requests of a batch in order, on heads that were expected or that were read under locks, and gathers what
/// is to be written.
struct BatchJudge {
    private struct Place {
        /// `nil` if there is no such case.
        var head: Head?
        /// What was answered to keys of the batch before it.
        var answers: [CommandKey: Known] = [:]
    }

    private struct Known {
        var answer: StoredAnswer
        /// The hash of the event at the answer's version, when it was asked for.
        var hash: ChainHash?
    }

    private var places: [CaseID: Place] = [:]
    /// The leases of the batch that are still their holders'; `nil` if they were not asked for.
    private var current: Set<Lease>?
    private var sealer = HashChain.Sealer()
    private(set) var writing = BatchWriting()
    private(set) var outcomes: [AppendOutcome] = []

    private init() {}

    /// The outcome if every case is where the requests expect it; `nil` if that cannot be or they do not say.
    static func expecting(_ batch: [AppendRequest]) -> BatchJudge? {
        var judge = BatchJudge()
        for request in batch {
            if judge.places[request.caseID] == nil {
                if request.expectedVersion == 0 {
                    judge.places[request.caseID] = Place(head: nil)
                } else {
                    guard let hash = request.expectedHash else { return nil }
                    judge.places[request.caseID] = Place(head: Head(version: request.expectedVersion, hash: hash))
                }
            }
            guard judge.append(request) else { return nil }
        }
        return judge
    }

    /// Locks the cases of a batch, in order of their ids, and asks for their heads and for the answers to its keys.
    static func questions(_ batch: [AppendRequest], withHashes: Bool) -> [Statement] {
        var lock = Statement("SELECT id, version, hash FROM cases WHERE id = ANY ($1) ORDER BY id FOR UPDATE")
        lock.add(Set(batch.map(\.caseID.text)).sorted())
        // A statement of its own sees what was committed while the locks were waited for.
        let hash = """
            (SELECT hash FROM events WHERE case_number = cases.number AND sequence = commands.version), ended.*
            """
        let segment = """
            LEFT JOIN LATERAL (
                SELECT last_sequence, event_count, hash, \(PostgresStore.previousHash), body FROM segments
                WHERE case_number = cases.number AND last_sequence >= commands.version
                ORDER BY last_sequence LIMIT 1) AS ended ON true
            """
        var answers = Statement(
            """
            SELECT cases.id, commands.key, commands.answer, commands.version, \(withHashes ? hash : "NULL, NULL")
            FROM unnest($1, $2) AS asked (case_id, key)
            JOIN cases ON cases.id = asked.case_id
            JOIN commands ON commands.case_number = cases.number AND commands.key = asked.key
            \(withHashes ? segment : "")
            """)
        answers.add(batch.map(\.caseID.text))
        answers.add(batch.map(\.key.text))
        // Locked, so that nobody takes one over before this is committed.
        var leases = Statement("SELECT name, holder, token FROM leases WHERE name = ANY ($1) ORDER BY name FOR SHARE")
        leases.add(Set(batch.compactMap(\.lease?.name)).sorted())
        return [lock, answers, leases]
    }

    /// What was answered to ``questions(_:withHashes:)``.
    init(_ results: [ResultSet]) throws(PostgresFailure) {
        let heads = try results[0].all { row throws(PostgresFailure) in
            (try row.caseID(0), Head(version: row.int(1), hash: row.hash(2)))
        }
        for (id, head) in heads { places[id] = Place(head: head) }
        let answers = try results[1].all { row throws(PostgresFailure) in
            guard let key = CommandKey(row.text(1)) else { throw .damaged("'\(row.text(1))' is no command key") }
            let (id, answer) = (try row.caseID(0), StoredAnswer(answer: row.bytes(2), version: row.int(3)))
            var hash = row.isNull(4) ? nil : row.hash(4)
            if hash == nil, !row.isNull(5) {
                hash = PostgresStore.segment(row, of: id, from: 5).first { $0.sequence == answer.version }?.hash
            }
            return (id, key, Known(answer: answer, hash: hash))
        }
        for (id, key, known) in answers { places[id]?.answers[key] = known }
        current = Set(results[2].all { Lease(name: $0.text(0), holder: $0.text(1), token: $0.int64(2)) })
    }

    mutating func judge(_ request: AppendRequest) throws(PostgresFailure) {
        if places[request.caseID] == nil { places[request.caseID] = Place(head: nil) }
        if let known = places[request.caseID]?.answers[request.key] {
            outcomes.append(earlierOutcome(of: request, known) ?? .repeated(known.answer))
        } else if let lease = request.lease, current?.contains(lease) == false {
            outcomes.append(.fenced)
        } else if !append(request) {
            outcomes.append(.conflict(current: places[request.caseID]?.head?.version ?? 0))
        }
    }

    /// The head that this very request led to before its session was lost; `nil` if another one had the key.
    private mutating func earlierOutcome(of request: AppendRequest, _ known: Known) -> AppendOutcome? {
        guard let hash = known.hash, let expected = request.expectedHash,
            known.answer.version == request.expectedVersion + request.events.count,
            request.seals(after: Head(version: request.expectedVersion, hash: expected), with: &sealer).end.hash == hash
        else { return nil }
        return .appended(Head(version: known.answer.version, hash: hash))
    }

    /// Takes a request if it was decided on the head that its case has.
    private mutating func append(_ request: AppendRequest) -> Bool {
        guard var place = places.removeValue(forKey: request.caseID) else { return false }
        defer { places[request.caseID] = place }
        let head = place.head ?? .empty
        guard request.isDecided(on: head), place.answers[request.key] == nil else { return false }
        let seals = request.seals(after: head, with: &sealer)
        writing.add(request, seals, opens: place.head == nil)
        place.head = seals.end
        place.answers[request.key] = Known(
            answer: StoredAnswer(answer: request.answer, version: seals.end.version), hash: nil)
        outcomes.append(.appended(seals.end))
        return true
    }
}

import WorkCalendar

/// What a store holds and how it judges requests, in the plainest form (库存内容): the reference for all others.
///
/// A value, so that whoever simulates a store may keep it, look at it and decide what goes wrong around it.
struct StoreContents {
    struct Case {
        let ordinal: Int
        var head = Head.empty
        var events: [EventRecord] = []
        var answers: [CommandKey: StoredAnswer] = [:]
        var timers: [StoredTimer] = []
        var tasks: [StoredTask] = []
        var handling: [UInt8]?
        var summary: CaseSummary
        var figures: CaseFigures?

        mutating func store(_ request: AppendRequest, with sealer: inout HashChain.Sealer) {
            let seals = request.seals(after: head, with: &sealer)
            for (event, hash) in zip(request.events, seals.hashes) {
                events.append(
                    EventRecord(
                        caseID: request.caseID, sequence: head.version + 1, event: event, key: request.key,
                        previousHash: head.hash, hash: hash))
                head = Head(version: head.version + 1, hash: hash)
            }
            answers[request.key] = StoredAnswer(answer: request.answer, version: head.version)
            timers = request.timers.applied(to: timers)
            tasks = request.tasks.applied(to: tasks)
            summary = request.summary
        }
    }

    private enum Delivery {
        case waiting(since: Instant)
        case delivered
        case dead
    }

    private struct Entry {
        var message: OutboxMessage
        var delivery: Delivery
    }

    private struct MessageName: Hashable {
        let receiver: String
        let dedupKey: String
    }

    struct DefinitionName: Hashable {
        let id: [UInt8]
        let version: [UInt8]
    }

    var cases: [CaseID: Case] = [:]
    private(set) var opened: [CaseID] = []
    /// The events of all cases in the order of appending.
    private(set) var appended: [(caseID: CaseID, sequence: Int)] = []
    var leases = LeaseContents()
    private var outbox: [Entry] = []
    private var knownMessages: Set<MessageName> = []
    private(set) var definitions: [DefinitionName: StoredDefinition] = [:]
    private var sealer = HashChain.Sealer()

    /// - Throws: `rejected` if a request has a defect; nothing is stored then.
    mutating func append(_ batch: [AppendRequest]) throws(StoreError) -> [AppendOutcome] {
        for request in batch {
            if let defect = request.defect {
                throw StoreError(.rejected, operation: "append", underlying: "case \(request.caseID): \(defect)")
            }
        }
        var outcomes: [AppendOutcome] = []
        outcomes.reserveCapacity(batch.count)
        for request in batch { outcomes.append(append(request)) }
        return outcomes
    }

    private mutating func append(_ request: AppendRequest) -> AppendOutcome {
        if let answer = cases[request.caseID]?.answers[request.key] { return .repeated(answer) }
        if let lease = request.lease, !leases.isCurrent(lease) { return .fenced }
        let head = cases[request.caseID]?.head ?? .empty
        guard request.isDecided(on: head) else { return .conflict(current: head.version) }
        let ordinal = opened.count
        if cases[request.caseID] == nil { opened.append(request.caseID) }
        // In place: a copy of the log for every command would make a case's time grow with its square.
        cases[request.caseID, default: Case(ordinal: ordinal, summary: request.summary)].store(request, with: &sealer)
        for event in request.events.indices {
            appended.append((request.caseID, head.version + event + 1))
        }
        for message in request.messages {
            let name = MessageName(receiver: message.receiver, dedupKey: message.dedupKey)
            guard knownMessages.insert(name).inserted else { continue }
            let stored = OutboxMessage(id: Int64(outbox.count + 1), caseID: request.caseID, message: message)
            outbox.append(Entry(message: stored, delivery: .waiting(since: Instant(milliseconds: .min))))
        }
        return .appended(cases[request.caseID]?.head ?? .empty)
    }

    func events(of caseID: CaseID, after sequence: Int, limit: Int) -> [EventRecord] {
        return Array((cases[caseID]?.events ?? []).dropFirst(max(0, sequence)).prefix(max(0, limit)))
    }

    func head(of caseID: CaseID) -> Head? {
        return cases[caseID]?.head
    }

    func answer(of caseID: CaseID, to key: CommandKey) -> StoredAnswer? {
        return cases[caseID]?.answers[key]
    }

    /// The timers that are open in a case.
    func timers(of caseID: CaseID) -> [StoredTimer] { cases[caseID]?.timers ?? [] }

    func summary(of caseID: CaseID) -> StoredSummary? {
        return storedSummary(of: caseID)
    }

    private func storedSummary(of caseID: CaseID) -> StoredSummary? {
        cases[caseID].map { StoredSummary(caseID: caseID, version: $0.head.version, summary: $0.summary) }
    }

    func summaries(
        matching filter: SummaryFilter, after cursor: CaseID?, limit: Int
    ) -> [StoredSummary] {
        var start = 0
        if let cursor {
            guard let ordinal = cases[cursor]?.ordinal else { return [] }
            start = ordinal + 1
        }
        let matching = opened[start...].lazy.compactMap { self.storedSummary(of: $0) }.filter {
            filter.agrees(with: $0.summary)
        }
        return Array(matching.prefix(max(0, limit)))
    }

    func dueTimers(
        through date: LocalDate, after cursor: DueTimer?, limit: Int
    ) -> [DueTimer] {
        func order(_ due: DueTimer) -> (Int, Int, String)? {
            cases[due.caseID].map { (due.timer.due.dayNumber, $0.ordinal, due.timer.name) }
        }
        var due: [(order: (Int, Int, String), timer: DueTimer)] = []
        for (caseID, row) in cases {
            for timer in row.timers where timer.due <= date {
                due.append(((timer.due.dayNumber, row.ordinal, timer.name), DueTimer(caseID: caseID, timer: timer)))
            }
        }
        due.sort { $0.order < $1.order }
        if let cursor {
            guard let last = order(cursor) else { return [] }
            due.removeAll { $0.order <= last }
        }
        return due.prefix(max(0, limit)).map(\.timer)
    }

    func waitingReceivers() -> [String] {
        let waiting = outbox.lazy.filter { if case .waiting = $0.delivery { true } else { false } }
        return Set(waiting.map(\.message.message.receiver)).sorted()
    }

    func waitingMessages(
        for receiver: String, at now: Instant, limit: Int
    ) -> [OutboxMessage] {
        var heldBack: Set<CaseID> = []
        var messages: [OutboxMessage] = []
        for entry in outbox where messages.count < limit && entry.message.message.receiver == receiver {
            guard case .waiting(let since) = entry.delivery else { continue }
            if since > now { heldBack.insert(entry.message.caseID) }
            if !heldBack.contains(entry.message.caseID) { messages.append(entry.message) }
        }
        return messages
    }

    @discardableResult
    mutating func markDelivered(_ messages: [OutboxMessage.ID], under lease: Lease? = nil) -> Bool {
        if let lease, !leases.isCurrent(lease) { return false }
        for id in messages {
            guard let index = waitingIndex(of: id) else { continue }
            outbox[index].delivery = .delivered
        }
        return true
    }

    @discardableResult
    mutating func markFailed(
        _ message: OutboxMessage.ID, reason: String, retryAt: Instant?, under lease: Lease? = nil
    ) -> Bool {
        if let lease, !leases.isCurrent(lease) { return false }
        guard let index = waitingIndex(of: message) else { return true }
        outbox[index].message.attempts += 1
        outbox[index].message.lastFailure = reason
        outbox[index].delivery = retryAt.map { .waiting(since: $0) } ?? .dead
        return true
    }

    private func waitingIndex(of id: OutboxMessage.ID) -> Int? {
        guard id >= 1, id <= outbox.count, case .waiting = outbox[Int(id) - 1].delivery else { return nil }
        return Int(id) - 1
    }

    func deadLetters(after cursor: OutboxMessage.ID?, limit: Int) -> [OutboxMessage] {
        let dead = outbox.lazy.filter { if case .dead = $0.delivery { $0.message.id > cursor ?? 0 } else { false } }
        return dead.prefix(max(0, limit)).map(\.message)
    }

    mutating func requeue(_ message: OutboxMessage.ID) -> Bool {
        guard message >= 1, message <= outbox.count, case .dead = outbox[Int(message) - 1].delivery else {
            return false
        }
        outbox[Int(message) - 1].message.attempts = 0
        outbox[Int(message) - 1].delivery = .waiting(since: Instant(milliseconds: .min))
        return true
    }

    @discardableResult
    mutating func putDefinition(_ definition: StoredDefinition) throws(StoreError) -> Bool {
        if let defect = definition.defect {
            throw StoreError(.rejected, operation: "putDefinition", underlying: defect)
        }
        let name = DefinitionName(id: Array(definition.id.utf8), version: Array(definition.version.utf8))
        guard let published = definitions[name] else {
            definitions[name] = definition
            return true
        }
        guard published == definition else {
            throw StoreError(
                .definitionConflict, operation: "putDefinition",
                underlying: "\(definition.id) \(definition.version) is published with other content")
        }
        return false
    }

    func definition(_ id: String, version: String) -> StoredDefinition? {
        return definitions[DefinitionName(id: Array(id.utf8), version: Array(version.utf8))]
    }

}

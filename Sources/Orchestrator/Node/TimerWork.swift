import CaseEngine
import Logging
import WorkCalendar

/// Lets the time of cases pass when their timers are due (定时办理).
///
/// A timer of a date fires at its closing, so on the next date at the earliest. The command's key is made of the version
/// of the case: two nodes that think they are in charge, or one that was killed and came again, have one effect.
struct TimerWork: Sendable {
    let store: any OfficeStore
    let orchestrator: Orchestrator
    let clock: any OfficeClock
    let parking: Parking
    let meters: NodeMeters
    let logger: Logger
    let inHand: WorkInHand
    /// The nodes that live, as far as this one knows.
    let alive: @Sendable () -> Set<String>
    /// How many cases are loaded and decided side by side: what an inbox's request waits behind at most.
    var width = 32

    private static let pageSize = 1000

    /// Fires everything that is due in the parts that are this node's.
    ///
    /// - Parameter owns: whether this node is in charge of a part now; asked again for every case.
    /// - Returns: how many cases were moved on.
    func fireDue(owns: @Sendable (Int) -> Bool) async throws -> Int {
        let date = clock.today.adding(days: -1)
        var last: DueTimer?
        var fired = 0
        var suspects: [String: Int]?
        var seen: Set<String> = []
        while !Task.isCancelled {
            let page = try await StoreDeadline.within("dueTimers") { [last] () async throws(StoreError) in
                try await store.dueTimers(through: date, after: last, limit: Self.pageSize)
            }
            var ids: [CaseID] = []
            for timer in page where ids.last != timer.caseID && !ids.contains(timer.caseID) {
                if owns(WorkShare.timerPart(of: timer.caseID)) { ids.append(timer.caseID) }
            }
            ids = await unparked(ids)
            if !ids.isEmpty {
                // What another node has set aside since must not be begun again here.
                try await parking.refresh()
                ids = await unparked(ids)
                suspects = try await inHand.underSuspicion(alive: alive())
                seen.formUnion(ids.map(Self.work))
                fired += try await fire(ids, suspects ?? [:], through: date, owns: owns)
            }
            guard page.count == Self.pageSize else { break }
            // Timers that fired are gone, and their places with them: the page after the last of this one is what is left.
            last = page.last
        }
        // Done before the process ended: nothing of it is due any more.
        for (work, tries) in suspects ?? [:] where tries == 0 && !seen.contains(work) && !Task.isCancelled {
            guard let id = CaseID(String(work.dropFirst(Self.prefix.count))), owns(WorkShare.timerPart(of: id))
            else { continue }
            try await inHand.clear(work)
        }
        return fired
    }

    /// Side by side, noted before; what a process may have died of comes last, alone.
    private func fire(
        _ ids: [CaseID], _ suspects: [String: Int], through date: LocalDate, owns: @Sendable (Int) -> Bool
    ) async throws -> Int {
        let plain = ids.filter { suspects[Self.work($0)] == nil }
        var fired = 0
        for start in stride(from: 0, to: plain.count, by: WorkInHand.together) {
            let part = Array(plain[start..<min(start + WorkInHand.together, plain.count)])
            try await inHand.begin(part.map(Self.work))
            fired += try await fireSideBySide(part, through: date, owns: owns)
        }
        if !plain.isEmpty { try await inHand.end() }
        // Those that ended a process already come last.
        let alone = ids.compactMap { id in suspects[Self.work(id)].map { (id: id, tries: $0) } }
        for (id, tries) in alone.sorted(by: { $0.tries < $1.tries }) {
            guard !Task.isCancelled, owns(WorkShare.timerPart(of: id)) else { continue }
            fired += try await fireAlone(id, after: tries, through: date) ? 1 : 0
        }
        return fired
    }

    private func unparked(_ ids: [CaseID]) async -> [CaseID] {
        var left: [CaseID] = []
        for id in ids where await !parking.isParked(Self.work(id)) { left.append(id) }
        return left
    }

    private static func work(_ id: CaseID) -> String { prefix + id.text }
    private static let prefix = "timers:"

    /// - Parameter tries: how many ended the process.
    private func fireAlone(_ id: CaseID, after tries: Int, through date: LocalDate) async throws -> Bool {
        let work = Self.work(id)
        if tries >= Parking.tries {
            logger.error("a case that ends the process is parked", metadata: ["case": "\(id)", "tries": "\(tries)"])
            try await parking.park(work, cause: "the process ended \(tries) times while it was in hand")
            try await inHand.clear(work)
            return false
        }
        try await inHand.attempt(work, after: tries)
        let hasFired = try await fire(id, through: date)
        if !Task.isCancelled { try await inHand.clear(work) }
        return hasFired
    }

    private func fireSideBySide(
        _ ids: [CaseID], through date: LocalDate, owns: @Sendable (Int) -> Bool
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            var waiting = ids[...]
            var fired = 0
            for id in waiting.prefix(width) { group.addTask { try await fire(id, through: date) } }
            waiting = waiting.dropFirst(width)
            while let done = try await group.next() {
                fired += done ? 1 : 0
                guard !Task.isCancelled, let id = waiting.popFirst() else { continue }
                guard owns(WorkShare.timerPart(of: id)) else { continue }
                group.addTask { try await fire(id, through: date) }
            }
            return fired
        }
    }

    /// - Returns: whether the case moved on.
    private func fire(_ id: CaseID, through date: LocalDate) async throws -> Bool {
        let work = Self.work(id)
        if await parking.isParked(work) { return false }
        do {
            let done = try await orchestrator.passTime(on: id, through: date, at: clock.now)
            await parking.succeed(work)
            meters.timersFired.add(done.events.isEmpty ? 0 : 1)
            return !done.events.isEmpty
        } catch let error as StoreError where error.isTransient {
            throw error  // nobody's fault but the store's: the whole round waits
        } catch is CancellationError {
            return false
        } catch {
            logger.warning("timers of a case failed", metadata: ["case": "\(id)", "cause": "\(Self.cause(error))"])
            try await parking.fail(work, cause: Self.cause(error))
            return false
        }
    }

    /// The kind of failure, without what people wrote.
    static func cause(_ error: any Error) -> String {
        switch error {
        case let error as CaseRejection: "rejected: \(error.code)"
        case let error as StoreError: "store: \(error.code.rawValue)"
        case let error as OrchestratorError: error.code
        default: "\(type(of: error))"
        }
    }
}

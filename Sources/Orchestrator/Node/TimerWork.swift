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
        while !Task.isCancelled {
            let page = try await store.dueTimers(through: date, after: last, limit: Self.pageSize)
            var ids: [CaseID] = []
            for timer in page where ids.last != timer.caseID && !ids.contains(timer.caseID) {
                if owns(WorkShare.timerPart(of: timer.caseID)) { ids.append(timer.caseID) }
            }
            fired += try await fire(ids, through: date, owns: owns)
            guard page.count == Self.pageSize else { break }
            // Timers that fired are gone, and their places with them: the page after the last of this one is what is left.
            last = page.last
        }
        return fired
    }

    private func fire(_ ids: [CaseID], through date: LocalDate, owns: @Sendable (Int) -> Bool) async throws -> Int {
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
        let work = "timers:\(id)"
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

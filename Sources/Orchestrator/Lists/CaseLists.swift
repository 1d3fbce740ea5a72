import CaseEngine
import Logging
import WorkCalendar
import WorkflowModel

/// Keeps what lists and figures say of cases up with their logs (清单维护).
///
/// Beside the writing of events, which it never holds up: whoever reads a list first waits a moment for what is new. A
/// store without figures, or with those of an earlier schema, is filled case by case after the start, and lists show
/// what is there. Several nodes may do it on one store: newer figures stay.
public actor CaseLists {
    private let store: any OfficeStore
    private let orchestrator: Orchestrator
    private let clock: any OfficeClock
    private let logger: Logger
    /// Up to where figures follow the store's events; `nil` before the first look.
    private var position: Int64?
    /// From which case on figures may be missing; `nil` once none are.
    private var filling: Filling? = .after(nil)
    private var work: Task<Void, Never>?
    private let finishes = PlannedFinishes()

    private enum Filling: Equatable {
        case after(CaseID?)
    }

    /// Cases at a time.
    private static let page = 200
    private static let width = 4

    public init(
        store: any OfficeStore, orchestrator: Orchestrator, clock: any OfficeClock,
        logger: Logger = Logger(label: "binglian.lists")
    ) {
        self.store = store
        self.orchestrator = orchestrator
        self.clock = clock
        self.logger = logger
    }

    /// Whether every case of the store has had its figures at some moment since the start.
    public var isFilled: Bool { filling == nil }

    /// Brings figures up again and again until the task is cancelled.
    ///
    /// - Parameter pause: between looks.
    public func run(every pause: Duration = .seconds(1)) async {
        while !Task.isCancelled {
            await catchUp(within: .seconds(3600))
            try? await Task.sleep(for: pause)
        }
    }

    /// Returns when lists show everything that was stored when this was called, or when patience is over.
    public func catchUp(within patience: Duration = .milliseconds(250)) async {
        guard let wanted = try? await store.latestPosition() else { return }
        let end = ContinuousClock.now + patience
        while (position ?? -1) < wanted || filling != nil, ContinuousClock.now < end, !Task.isCancelled {
            let before = (position, filling)
            let task = work ?? begin()
            await Self.wait(for: task, until: end)
            // A store that is away is asked again with the next reader.
            if work == nil, before == (position, filling) { return }
        }
    }

    /// What somebody did among the office's last 5,000 events, the newest first.
    public nonisolated func recentEvents(by actor: Actor, limit: Int) async throws -> [EventRecord] {
        try await store.recentEvents(by: actor.label, depth: 5000, limit: limit)
    }

    private func begin() -> Task<Void, Never> {
        let task = Task { await self.advance() }
        work = task
        return task
    }

    private static func wait(for task: Task<Void, Never>, until end: ContinuousClock.Instant) async {
        await withTaskGroup { group in
            group.addTask { await task.value }
            group.addTask { try? await Task.sleep(until: end) }
            await group.next()
            group.cancelAll()
        }
    }

    private func advance() async {
        defer { work = nil }
        do {
            let start = if let position { position } else { try await store.latestPosition() }
            position = position ?? start
            while case .after(let cursor) = filling, !Task.isCancelled {
                let missing = try await store.unlistedCases(after: cursor, limit: Self.page)
                try await keep(missing.map { ($0.caseID, !$0.hasFigures) }, releasing: true)
                filling = missing.count == Self.page ? .after(missing.last?.caseID) : nil
            }
            while let position, !Task.isCancelled {
                let changed = try await store.changedCases(after: position, limit: 1000)
                guard let last = changed.last else { break }
                try await keep(changed.map { ($0.caseID, false) }, releasing: false)
                self.position = last.position
            }
        } catch {
            logger.debug("lists wait for the store", metadata: ["cause": "\(TimerWork.cause(error))"])
        }
    }

    /// Finds and stores the figures of cases.
    private func keep(_ cases: [(id: CaseID, withTasks: Bool)], releasing: Bool) async throws {
        let date = clock.today
        let (orchestrator, finishes, logger) = (orchestrator, finishes, logger)
        let found = await withTaskGroup(of: CaseFigures?.self, returning: [CaseFigures].self) { group in
            var found: [CaseFigures] = []
            for (number, one) in cases.filter({ !$0.id.isOffice }).enumerated() {
                if number >= Self.width, let next = await group.next() { found += [next].compactMap(\.self) }
                group.addTask {
                    do {
                        let figures = try await orchestrator.figures(
                            of: one.id, on: date, withTasks: one.withTasks, finishes)
                        if releasing { await orchestrator.release(one.id) }
                        return figures
                    } catch {
                        // A case that cannot be read is missing in lists; the checkup names it.
                        logger.warning(
                            "a case is missing in lists",
                            metadata: ["case": "\(one.id)", "cause": "\(TimerWork.cause(error))"])
                        return nil
                    }
                }
            }
            for await next in group { found += [next].compactMap(\.self) }
            return found
        }
        if !found.isEmpty { try await store.putFigures(found) }
    }
}

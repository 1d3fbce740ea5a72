import CaseEngine
import Logging
import Orchestrator
import WorkCalendar
import WorkflowModel

/// A city's office as the service knows it (租户): its own store, so that nothing of another city can be reached from it.
public struct CityOffice: Sendable {
    /// The city's id, in addresses and sessions: letters, digits and `-`.
    public let id: String
    public let name: LocalizedText
    public let store: any OfficeStore
    public let orchestrator: Orchestrator
    public let clock: any OfficeClock
    /// Workflows and calendars besides those in the library.
    public let shipped: ShippedTexts
    let accounts: AccountDesk
    let forecasts = KeptForecasts()
    let outcomes = JobOutcomes()
    let answered: AnsweredWrites
    let counts = AgedCounts()
    /// What keeps lists up with the logs.
    let lists: CaseLists
    let board: BoardDesk
    let reports: ReportDesk
    let feed: LiveFeed

    public init(
        id: String, name: LocalizedText, store: any OfficeStore, orchestrator: Orchestrator,
        clock: any OfficeClock = BeijingClock(), shipped: ShippedTexts = .none
    ) {
        self.shipped = shipped
        self.id = id
        self.name = name
        self.store = store
        self.orchestrator = orchestrator
        self.clock = clock
        accounts = AccountDesk(store: store)
        answered = AnsweredWrites(store: store)
        feed = LiveFeed(store: store)
        lists = CaseLists(store: store, orchestrator: orchestrator, clock: clock)
        board = BoardDesk(store: store, orchestrator: orchestrator, lists: lists)
        reports = ReportDesk(store: store, orchestrator: orchestrator, lists: lists)
    }

    var jobs: JobDesk { JobDesk(self) }

    public var library: LibraryDesk { LibraryDesk(store: store, orchestrator: orchestrator) }

    /// A case by the id in an address.
    ///
    /// - Throws: `Problem`, where there is none, in the same words whether it never was or is another city's.
    func snapshot(of text: String) async throws -> CaseSnapshot {
        guard let id = CaseID(text), !id.isOffice else { throw Problem.notFound("没有这个办件", "There is no such case") }
        do {
            return try await orchestrator.snapshot(of: id)
        } catch OrchestratorError.unknownCase {
            throw Problem.notFound("没有这个办件", "There is no such case")
        }
    }

    /// Lets the days before today pass in a case, then does what was asked, and tells those who watch.
    func perform(
        _ command: CaseCommand, on id: CaseID, key: CommandKey, by actor: Actor
    ) async throws -> Performed {
        let today = clock.today
        let now = clock.now
        let passed = try await orchestrator.passTime(on: id, through: today.adding(days: -1), at: now)
        let done = try await orchestrator.perform(command, on: id, key: key, by: actor, on: today, at: now)
        if !passed.events.isEmpty || !done.events.isEmpty { feed.nudge() }
        return done
    }

    /// Tells those who watch at once that something changed; without it they hear of it within a moment.
    public func noteChange() { feed.nudge() }

    /// Rows of the list of cases.
    func summaries(_ filter: SummaryFilter, after cursor: CaseID? = nil, limit: Int) async throws -> [StoredSummary] {
        try await store.summaries(matching: filter, after: cursor, limit: limit)
    }
}

/// The cities that one service serves.
public struct CityOffices: Sendable {
    /// In the order in which they were given; the first answers where nobody has signed in.
    public let all: [CityOffice]
    private let byID: [String: CityOffice]

    /// - Precondition: there is one at least, and no id occurs twice.
    public init(_ all: [CityOffice]) {
        precondition(!all.isEmpty, "a service serves a city at least")
        self.all = all
        byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
    }

    subscript(id: String) -> CityOffice? { byID[id] }
    var first: CityOffice { all[0] }
}

extension CaseSnapshot {
    /// Whether a body takes part: as lead, as participant, or because it admits.
    func hasPart(_ department: String) -> Bool {
        machine.plan.items.contains { planned in
            if planned.item.department == department { return true }
            guard let joint = planned.item.joint else { return false }
            return joint.admittedBy == department || joint.participants.contains { $0.department == department }
        }
    }
}

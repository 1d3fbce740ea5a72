/// A network that stays solved while it changes (增量求解): what-if questions without solving everything again.
///
/// On one calendar without constraints an edit costs what it touches: dates are looked at again in topological order only
/// where a date before them changed, late dates are kept relative to where they are anchored, and the order itself is kept
/// up under new relations; an edit that moves much of the network ends in a sweep over it. Other networks, and edits that
/// make them so, are solved in full, by the arrays and tables of before when only durations change. The dates are always
/// those of `CriticalPath.solve` on `network`.
///
/// - Complexity: with k = activities whose dates change and their relations: O(k + n / 4096) for an edit, and O(n / 256)
///   when the last finish is lost; a new relation against the order adds what `DynamicOrder` says. Memory O(activities +
///   relations). In full: that of `CriticalPath.solve`, and O(activities + relations) to make the network when
///   more than durations change.
/// - Source: change propagation in topological order, B. Alpern, R. Hoover, B. K. Rosen, P. F. Sweeney, F. K. Zadeck,
///   *Incremental evaluation of computational circuits*, SODA (1990).
public struct IncrementalSchedule: Sendable {
    public let start: Minute
    /// Where late dates are anchored, when that was asked for.
    public let finish: Minute?
    private(set) var ledger: NetworkLedger
    /// Dates that are kept up, as long as there is no solution in full, of whose relations `numbers` are the numbers. Not
    /// optional, as reading through an optional copies all that is in it.
    private(set) var ranks = IncrementalRanks()
    private(set) var whole: Schedule?
    /// Solves the network of `whole` again with other durations; made when that is first asked for.
    private var solver: RepeatedSolver?
    private(set) var numbers: [Int] = []
    private var knownPath: NetworkPath?

    public init(_ network: ActivityNetwork, start: Minute, finish: Minute? = nil) {
        self.start = start
        self.finish = finish
        ledger = NetworkLedger(network)
        solve(network)
    }

    private mutating func solve(_ network: ActivityNetwork) {
        knownPath = nil
        solver = nil
        numbers = ledger.relations
        let kept = IncrementalRanks(network, table: ledger.table, numbers: numbers, start: start, finish: finish)
        ranks = kept ?? IncrementalRanks()
        whole = kept == nil ? CriticalPath.solve(network, start: start, finish: finish) : nil
    }

    /// The network as it is now; its relations are numbered anew, in order of `relations`.
    /// - Complexity: O(activities + relations).
    public var network: ActivityNetwork {
        if let whole { return whole.network }
        guard let network = try? ledger.network() else { preconditionFailure("an edit left a network with a fault") }
        return network
    }

    /// The numbers of the relations that are there, in order.
    public var relations: [Int] { ledger.relations }

    // MARK: Edits

    /// Makes the edits in turn and brings all dates up to date.
    /// - Throws: what is wrong with one of them, relations by number; then everything is as before.
    /// - Precondition: activities and relations are there.
    public mutating func apply(_ edits: [NetworkEdit]) throws(NetworkError) {
        guard edits.allSatisfy(isExpressible) else { return try applyAnew(edits) }
        do {
            try ranks.perform(edits)
        } catch {
            throw error.named(ledger.id)
        }
        for edit in edits { ledger.perform(edit) }
        ranks.settle()
        // Beyond 32 bits: solved in full from here on.
        if ranks.isOutOfRange { solve(network) }
    }

    /// Sets one duration.
    public mutating func setDuration(of activity: Int, to minutes: Int) throws(NetworkError) {
        try apply([.setDuration(of: activity, to: minutes)])
    }

    private mutating func applyAnew(_ edits: [NetworkEdit]) throws(NetworkError) {
        if let network = whole?.network, edits.allSatisfy(\.isOfDuration) {
            for edit in edits { ledger.perform(edit) }
            var solver = self.solver ?? RepeatedSolver(network, start: start, finish: finish)
            // Released, so that the arrays have one owner and are written in place.
            (self.solver, whole) = (nil, nil)
            solver.solve(durations: ledger.durations)
            (self.solver, whole) = (solver, solver.schedule)
            return
        }
        var ledger = ledger
        for edit in edits { ledger.perform(edit) }
        let network = try ledger.network()
        self.ledger = ledger
        solve(network)
    }

    /// Whether the edit leaves a network that ranks can express.
    private func isExpressible(_ edit: NetworkEdit) -> Bool {
        guard whole == nil else { return false }
        return switch edit {
        case .setDuration(_, let minutes): (0..<RankForm.longestDuration).contains(minutes)
        case .setConstraints(_, let constraints): constraints == .none
        case .addRelation(_, _, let terms), .setTerms(_, let terms): ranks.canExpress(terms, among: ledger.calendars)
        case .removeRelation: true
        case .addActivity: false
        }
    }

    // MARK: Dates

    public func earlyStart(of activity: Int) -> Minute {
        if let whole { return whole.earlyStart[activity] }
        return ranks.earlyStart(Int(ranks.nodeOf[activity]))
    }
    public func earlyFinish(of activity: Int) -> Minute {
        if let whole { return whole.earlyFinish[activity] }
        return ranks.earlyFinish(Int(ranks.nodeOf[activity]))
    }
    public func lateStart(of activity: Int) -> Minute {
        if let whole { return whole.lateStart[activity] }
        return ranks.lateStart(Int(ranks.nodeOf[activity]))
    }
    public func lateFinish(of activity: Int) -> Minute {
        if let whole { return whole.lateFinish[activity] }
        return ranks.lateFinish(Int(ranks.nodeOf[activity]))
    }
    /// Working minutes; as `Schedule.totalFloat`.
    public func totalFloat(of activity: Int) -> Int {
        if let whole { return whole.totalFloat[activity] }
        return ranks.totalFloat(Int(ranks.nodeOf[activity]))
    }
    /// Working minutes; as `Schedule.freeFloat`.
    /// - Complexity: O(relations out of the activity).
    public func freeFloat(of activity: Int) -> Int {
        if let whole { return whole.freeFloat[activity] }
        return ranks.freeFloat(Int(ranks.nodeOf[activity]))
    }

    /// The last early finish; the start when there are no activities.
    public var projectFinish: Minute { whole?.projectFinish ?? ranks.projectFinish }

    /// The activity that finishes last, the first of them by number; `nil` when there are none.
    public var lastActivity: Int? { whole.map(\.lastActivity) ?? ranks.lastActivity }

    /// The activities whose own dates the last edits changed, in no order; `nil` when all were solved again. A project
    /// finish that moves shifts the late dates and total floats of all others too.
    public var changed: [Int]? { whole == nil ? ranks.moved.map { Int(ranks.activityOf[Int($0)]) } : nil }

    // MARK: What drives

    /// The relations, by number, that hold the activity's early start; as `Schedule.drivers(of:)`.
    public func drivers(of activity: Int) -> [Int] {
        whole?.drivers(of: activity).map { numbers[$0] }
            ?? ranks.drivers(of: Int(ranks.nodeOf[activity])).map { Int($0.link) }
    }

    /// The chain of driving relations, by number, that leads to the last activity; as `Schedule.driverTrace(to:)`. `nil`
    /// when there are no activities. It is remembered, and followed again only when an edit touched it.
    /// - Complexity: O(its activities and the relations into them) when followed again.
    public mutating func drivingPath() -> NetworkPath? {
        if let whole {
            guard let last = whole.lastActivity else { return nil }
            let path = whole.driverTrace(to: last)
            return NetworkPath(activities: path.activities, relations: path.relations.map { numbers[$0] })
        }
        guard let last = ranks.lastActivity else { return nil }
        if let knownPath, knownPath.activities.last == last, !ranks.isPathStale { return knownPath }
        let path = ranks.followPath(to: last, instead: knownPath)
        knownPath = path
        return path
    }
}

extension NetworkEdit {
    /// Whether it gives an activity another duration that there can be.
    fileprivate var isOfDuration: Bool {
        guard case .setDuration(_, let minutes) = self else { return false }
        return (0...ActivityNetwork.longestAmount).contains(minutes)
    }
}

extension NetworkError {
    /// The same with the ids of activities that are named by number.
    fileprivate func named(_ id: (Int) -> String) -> NetworkError {
        func name(_ number: String) -> String { Int(number).map(id) ?? number }
        return switch self {
        case .selfRelation(let activity, let relation): .selfRelation(name(activity), relation: relation)
        case .cycle(let path, let relations, let kinds):
            .cycle(path: path.map(name), relations: relations, kinds: kinds)
        default: self
        }
    }
}

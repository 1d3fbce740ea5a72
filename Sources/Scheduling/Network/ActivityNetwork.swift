/// Activities, the relations between them and the calendars they work on (工作网络): what the solver reads.
///
/// A network is checked when it is made: its relations have no cycle. Inside, activities are numbered again in
/// topological order, so that both passes are one sweep over plain arrays. What it shows outside goes by the index in
/// the input; duplicate relations are kept.
public struct ActivityNetwork: Sendable {
    /// In order of input.
    public private(set) var activities: [Activity]
    let table: RelationTable
    public let calendars: [WorkingTime]

    /// The longest duration or lag, in minutes: some four thousand years, so that no sum overflows.
    public static let longestAmount = 1 << 31

    private let indexOfID: [String: Int32]

    // MARK: By position in topological order

    /// Position → index in the input, and back.
    let order: [Int32]
    let position: [Int32]
    var durations: [Int]
    let calendarOf: [Int32]
    /// Position → index into `constraints`, or −1; empty when no activity has any.
    let constraintSlot: [Int32]
    let constraints: [DateConstraints]
    /// The links into position v are `firstLink[v]..<firstLink[v + 1]`, in order of input.
    let firstLink: [Int32]
    /// Link → position of its predecessor.
    let linkPredecessor: [Int32]
    /// Link → index of its relation in the input.
    let linkRelation: [Int32]
    /// Link → what its lag is and where it runs. Empty when every relation is FS without lag.
    let linkRules: LinkRules
    /// The network's calendars and, last, elapsed time.
    let lagCalendars: [WorkingTime]
    /// How the passes in working minutes read the network; `nil` when only the general passes can.
    private(set) var rankForm: RankForm?
    /// How the passes over calendar tables read it, when it has no rank form; `nil` when they cannot.
    private(set) var minuteForm: MinuteForm?

    /// - Parameters:
    ///   - activities: ids must differ; any order.
    ///   - relations: between ids of `activities`; any order.
    ///   - calendars: what activities and lags refer to by index.
    /// - Throws: the first `NetworkError` found.
    /// - Complexity: O(activities + relations).
    public init(activities: [Activity], relations: [Relation] = [], calendars: [WorkingTime]) throws(NetworkError) {
        let indexOfID = try Self.indices(of: activities, calendars: calendars.count)
        var table = RelationTable()
        table.reserveCapacity(relations.count)
        for (index, relation) in relations.enumerated() {
            guard let predecessor = indexOfID[relation.predecessor] else {
                throw .unknownActivity(relation.predecessor, relation: index)
            }
            guard let successor = indexOfID[relation.successor] else {
                throw .unknownActivity(relation.successor, relation: index)
            }
            guard predecessor != successor else { throw .selfRelation(relation.predecessor, relation: index) }
            try relation.check(index: index, calendars: calendars.count)
            table.append(from: Int(predecessor), to: Int(successor), terms: relation)
        }
        try self.init(activities, table, calendars, indexOfID)
    }

    /// The same from relations between indices; ids need not be looked up.
    public init(
        activities: [Activity], relations table: RelationTable, calendars: [WorkingTime]
    ) throws(NetworkError) {
        let indexOfID = try Self.indices(of: activities, calendars: calendars.count)
        for (index, (predecessor, successor)) in zip(table.predecessors, table.successors).enumerated() {
            for end in [predecessor, successor] where !activities.indices.contains(Int(end)) {
                throw .unknownActivity("#\(end)", relation: index)
            }
            guard predecessor != successor else {
                throw .selfRelation(activities[Int(predecessor)].id, relation: index)
            }
            try table.terms(of: index).check(index: index, calendars: calendars.count)
        }
        try self.init(activities, table, calendars, indexOfID)
    }

    /// What both make of input whose parts are right each for itself.
    private init(
        _ activities: [Activity], _ table: RelationTable, _ calendars: [WorkingTime], _ indexOfID: [String: Int32]
    ) throws(NetworkError) {
        let arcs = Arcs(count: activities.count, predecessors: table.predecessors, successors: table.successors)
        guard let order = arcs.topologicalOrder() else {
            let cycle = arcs.cycle()
            let path = cycle.map { activities[Int(table.predecessors[$0])].id }
            throw .cycle(path: path + path.prefix(1), relations: cycle, kinds: cycle.map { table.terms(of: $0).kind })
        }

        self.activities = activities
        self.table = table
        self.calendars = calendars
        self.lagCalendars = calendars + [.continuous]
        self.indexOfID = indexOfID
        self.order = order
        var position = [Int32](repeating: 0, count: order.count)
        for (place, index) in order.enumerated() { position[Int(index)] = Int32(place) }
        self.position = position
        self.durations = order.map { activities[Int($0)].duration }
        self.calendarOf = order.map { Int32(activities[Int($0)].calendar) }

        var constraints: [DateConstraints] = []
        var slots: [Int32] = []
        for index in order {
            let own = activities[Int(index)].constraints
            slots.append(own == .none ? -1 : Int32(constraints.count))
            if own != .none { constraints.append(own) }
        }
        self.constraints = constraints
        self.constraintSlot = constraints.isEmpty ? [] : slots

        let into = arcs.relationsIntoEach
        var firstLink: [Int32] = [0]
        var linkRelation: [Int32] = []
        firstLink.reserveCapacity(order.count + 1)
        linkRelation.reserveCapacity(table.count)
        for index in order {
            linkRelation.append(contentsOf: into.arcs[into.range(of: Int(index))])
            firstLink.append(Int32(linkRelation.count))
        }
        self.firstLink = firstLink
        self.linkRelation = linkRelation
        self.linkPredecessor = linkRelation.map { position[Int(table.predecessors[Int($0)])] }
        self.linkRules = LinkRules(of: table, links: linkRelation, activities: activities, elapsed: calendars.count)
        rankForm = RankForm(self)
        minuteForm = rankForm == nil ? MinuteForm(self) : nil
    }

    private static func indices(
        of activities: [Activity], calendars: Int
    ) throws(NetworkError) -> [String: Int32] {
        var indexOfID: [String: Int32] = [:]
        indexOfID.reserveCapacity(activities.count)
        for (index, activity) in activities.enumerated() {
            guard indexOfID.updateValue(Int32(index), forKey: activity.id) == nil else {
                throw .duplicateActivity(activity.id)
            }
            try activity.check(calendars: calendars)
        }
        return indexOfID
    }

    /// In order of input.
    public var relations: RelationList { RelationList(table, of: activities) }

    /// The index of an activity in the input.
    public func index(of id: String) -> Int? { indexOfID[id].map { Int($0) } }

    /// The same network with other durations, in order of input; nothing is checked or sorted again.
    /// - Precondition: as many as activities, each within 0...`longestAmount`.
    /// - Complexity: O(activities).
    public func with(durations: [Int]) -> ActivityNetwork {
        precondition(durations.count == activities.count, "a duration for every activity")
        var copy = self
        for (index, duration) in durations.enumerated() {
            precondition((0...Self.longestAmount).contains(duration), "a duration of \(duration) minutes")
            copy.activities[index].duration = duration
        }
        copy.read(durations: durations)
        return copy
    }

    /// The same for the passes alone, in place: `activities` are left as they are.
    /// - Complexity: O(activities), and O(relations) when they are not all FS without lag. Nothing is allocated.
    mutating func read(durations: [Int]) {
        precondition(durations.count == position.count, "a duration for every activity")
        for (index, duration) in durations.enumerated() { self.durations[Int(position[index])] = duration }
        rankForm?.readDurations(self.durations, firstLink, linkPredecessor, linkRules)
    }

    func constraints(at position: Int) -> DateConstraints? {
        guard !constraintSlot.isEmpty, constraintSlot[position] >= 0 else { return nil }
        return constraints[Int(constraintSlot[position])]
    }

    /// Whether durations and relations are all there is: no dates of its own, no progress, no lag that is a share.
    var hasOnlyLogic: Bool {
        constraints.isEmpty && activities.allSatisfy { $0.progress == nil }
            && linkRules.rules.allSatisfy { $0.lagShare == 0 }
    }

    func links(into position: Int) -> Range<Int> { Int(firstLink[position])..<Int(firstLink[position + 1]) }

    func workingTime(at position: Int) -> WorkingTime { calendars[Int(calendarOf[position])] }
}

extension Activity {
    fileprivate func check(calendars: Int) throws(NetworkError) {
        guard (0...ActivityNetwork.longestAmount).contains(duration) else {
            throw .durationOutOfRange(duration, activity: id)
        }
        guard (0..<calendars).contains(calendar) else { throw .unknownCalendar(calendar, activity: id) }
        if let remaining = progress?.remaining, !(0...ActivityNetwork.longestAmount).contains(remaining) {
            throw .durationOutOfRange(remaining, activity: id)
        }
        guard constraints.mustStart == nil || constraints.mustFinish == nil else {
            throw .startAndFinishFixed(activity: id)
        }
    }
}

extension Relation {
    fileprivate func check(index: Int, calendars: Int) throws(NetworkError) {
        guard (-ActivityNetwork.longestAmount...ActivityNetwork.longestAmount).contains(lag) else {
            throw .lagOutOfRange(lag, relation: index)
        }
        guard abs(lagShare) <= Self.largestShare else { throw .lagOutOfRange(lagShare, relation: index) }
        if case .calendar(let calendar) = lagCalendar, !(0..<calendars).contains(calendar) {
            throw .unknownLagCalendar(calendar, relation: index)
        }
    }
}

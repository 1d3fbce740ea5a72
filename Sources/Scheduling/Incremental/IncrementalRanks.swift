/// A solved network in ranks that is kept solved while it changes (see `RankForm` for what ranks can express).
///
/// Late dates are kept as the *tail* of an activity: working minutes from its late start to the anchor. So nothing moves
/// when only the project's finish does. Nodes are activities by their position when the network was made, then those
/// added; links are relations by number.
struct IncrementalRanks: Sendable {
    let scale: RankScale
    let fixedAnchor: Int32?

    // The graph.
    private(set) var table: RelationTable
    private(set) var nodeOf: [Int32]
    private(set) var activityOf: [Int32]
    private(set) var durations: [Int32]
    private(set) var floors: [Int32]
    private(set) var into: LinkPool
    private(set) var outOf: LinkPool
    private(set) var order: DynamicOrder

    // Its dates.
    var starts: [Int32]
    var tails: [Int32]
    /// Node → whether it is a milestone that stands on the start side of its rank.
    var startSides: [Bool]
    var finishes: LastFinish

    // What has to be looked at again.
    /// By node, as places move while the graph changes.
    var earlySeeds: [Int32] = []
    var lateSeeds: [Int32] = []
    /// By place.
    var early: PositionSet
    var late: PositionSet
    var isOutOfRange = false
    /// Nodes whose dates the last settling changed; a node may stand twice.
    var moved: [Int32] = []
    /// Nodes of the driving path that was asked for last; `isPathStale` once one of them or what leads to it changed.
    private(set) var isOnPath: [Bool]
    var isPathStale = true

    /// Nothing.
    init() {
        scale = RankScale(.continuous, start: 0)
        fixedAnchor = nil
        table = RelationTable()
        (nodeOf, activityOf, durations, floors) = ([], [], [], [])
        into = LinkPool(counts: []) { _ in preconditionFailure("no links") }
        outOf = into
        order = DynamicOrder(count: 0)
        (starts, tails, startSides, isOnPath) = ([], [], [], [])
        finishes = LastFinish(starts: [], durations: [])
        early = PositionSet(count: 0)
        late = early
    }

    /// - Parameters:
    ///   - table: relations by number.
    ///   - numbers: those of the network's relations.
    /// - Returns: `nil` when ranks cannot express the network or do not fit.
    init?(
        _ network: ActivityNetwork, table: RelationTable, numbers: [Int], start: Minute, finish: Minute?
    ) {
        guard let form = network.rankForm, let dates = RankPass.solve(network, start: start, finish: finish)
        else { return nil }
        scale = dates.scale
        fixedAnchor = finish == nil ? nil : dates.anchor
        self.table = table
        nodeOf = network.position
        activityOf = network.order
        durations = network.durations.map { Int32($0) }
        let count = durations.count
        floors = form.floors.isEmpty ? Array(repeating: 0, count: count) : form.floors
        order = DynamicOrder(count: count)
        (into, outOf) = Self.pools(of: network, numbers: numbers)
        starts = (0..<count).map { Int32(dates.earlyStartRank($0, duration: network.durations[$0])) }
        tails = (0..<count).map { dates.anchor - Int32(dates.lateStartRank($0, duration: network.durations[$0])) }
        startSides = (0..<count).map {
            network.durations[$0] == 0 && dates.milestoneHasStartSide($0, rank: Int(dates.early[$0]))
        }
        finishes = LastFinish(starts: starts, durations: durations)
        early = PositionSet(count: count)
        late = early
        isOnPath = Array(repeating: false, count: count)
    }

    private static func pools(of network: ActivityNetwork, numbers: [Int]) -> (into: LinkPool, outOf: LinkPool) {
        let count = network.durations.count
        var inCounts = [Int32](repeating: 0, count: count)
        var outCounts = inCounts
        var offsets = [Int32](repeating: 0, count: network.table.count)
        for position in 0..<count {
            inCounts[position] = Int32(network.links(into: position).count)
            for link in network.links(into: position) {
                let predecessor = Int(network.linkPredecessor[link])
                let relation = Int(network.linkRelation[link])
                let terms = network.table.terms(of: relation)
                outCounts[predecessor] += 1
                offsets[relation] = terms.kind.offset(
                    lag: terms.lag, from: network.durations[predecessor], to: network.durations[position])
            }
        }
        let into = LinkPool(counts: inCounts) { link in
            let relation = network.linkRelation[link]
            return .init(
                node: network.linkPredecessor[link], offset: offsets[Int(relation)],
                link: Int32(numbers[Int(relation)]))
        }
        // By predecessor, each list in order of number.
        let groups = Arcs(
            count: count, predecessors: network.table.predecessors, successors: network.table.successors
        ).relationsOutOfEach
        let outgoing = network.order.flatMap { groups.arcs[groups.range(of: Int($0))] }
        let outOf = LinkPool(counts: outCounts) { slot in
            let relation = outgoing[slot]
            let successor = network.position[Int(network.table.successors[Int(relation)])]
            return .init(
                node: successor, offset: offsets[Int(relation)],
                link: Int32(numbers[Int(relation)]))
        }
        return (into, outOf)
    }

    var anchor: Int32 { fixedAnchor ?? finishes.value }

    // MARK: Changes of the graph

    func ends(of link: Int) -> (predecessor: Int, successor: Int) {
        (Int(nodeOf[Int(table.predecessors[link])]), Int(nodeOf[Int(table.successors[link])]))
    }

    mutating func setDuration(of node: Int, to duration: Int32) {
        let old = durations[node]
        durations[node] = duration
        finishes.change(at: node, from: starts[node] &+ old, to: starts[node] &+ duration)
        // By index: a slice would be a second reference, and the first write would copy everything.
        for index in into.range(node) { readOffset(of: Int(into.entries[index].link)) }
        for index in outOf.range(node) { readOffset(of: Int(outOf.entries[index].link)) }
        touch(node)
    }

    private mutating func readOffset(of link: Int) {
        let (predecessor, successor) = ends(of: link)
        let terms = table.terms(of: link)
        let offset = terms.kind.offset(
            lag: terms.lag, from: Int(durations[predecessor]), to: Int(durations[successor]))
        into.setOffset(offset, of: Int32(link), at: successor)
        outOf.setOffset(offset, of: Int32(link), at: predecessor)
        earlySeeds.append(Int32(successor))
        lateSeeds.append(Int32(predecessor))
        if isOnPath[successor] { isPathStale = true }
    }

    private mutating func touch(_ node: Int) {
        earlySeeds.append(Int32(node))
        lateSeeds.append(Int32(node))
        if isOnPath[node] { isPathStale = true }
    }

    private mutating func readFloor(of node: Int) {
        let entries = into.entries[into.range(node)]
        let isHeld = entries.contains { table.terms(of: Int($0.link)).kind == .finishToFinish }
        floors[node] = entries.isEmpty || isHeld ? 0 : RankForm.noFloor
    }

    /// Gives a relation the next number; it is not in the graph yet.
    mutating func number(from predecessor: Int, to successor: Int, terms: Relation) {
        table.append(from: predecessor, to: successor, terms: terms)
    }

    /// Forgets the relation numbered last, which must not be in the graph.
    mutating func dropLastNumber() { table.removeLast() }

    /// Puts a numbered relation into the graph.
    /// - Returns: the links from its successor back to its predecessor, if there are any; nothing is added then.
    mutating func link(_ number: Int) -> [Int32]? {
        let (predecessor, successor) = ends(of: number)
        if let back = order.admit(from: predecessor, to: successor, into: into, outOf: outOf) { return back }
        into.insert(.init(node: Int32(predecessor), offset: 0, link: Int32(number)), at: successor)
        outOf.insert(.init(node: Int32(successor), offset: 0, link: Int32(number)), at: predecessor)
        readOffset(of: number)
        readFloor(of: successor)
        return nil
    }

    /// Takes a relation out of the graph; it keeps its number.
    mutating func unlink(_ number: Int) {
        let (predecessor, successor) = ends(of: number)
        into.remove(Int32(number), at: successor)
        outOf.remove(Int32(number), at: predecessor)
        readFloor(of: successor)
        earlySeeds.append(Int32(successor))
        lateSeeds.append(Int32(predecessor))
        if isOnPath[successor] { isPathStale = true }
    }

    mutating func setTerms(of number: Int, to terms: Relation) {
        table.setTerms(of: number, to: terms)
        readOffset(of: number)
        readFloor(of: ends(of: number).successor)
    }

    /// Rule 4, as `RankPass` has it.
    func milestoneHasStartSide(_ node: Int, rank: Int32) -> Bool {
        if into.isEmpty(node) { return scale.startSide }
        return into.range(node).contains { index in
            let entry = into.entries[index]
            if rank == 0, scale.startSide, table.terms(of: Int(entry.link)).kind == .finishToFinish { return true }
            return starts[Int(entry.node)] &+ entry.offset == rank && asksForStartSide(entry, of: node)
        }
    }

    /// Whether the instant that a link asks for stands on the start side of its rank.
    func asksForStartSide(_ entry: LinkPool.Entry, of successor: Int) -> Bool {
        let terms = table.terms(of: Int(entry.link))
        if terms.lag != 0 { return terms.lag < 0 }
        if terms.kind == .finishToFinish || terms.kind == .startToFinish, durations[successor] > 0 { return true }
        let predecessor = Int(entry.node)
        if durations[predecessor] == 0 { return startSides[predecessor] }
        return terms.kind == .startToStart || terms.kind == .startToFinish
    }

    /// Notes the nodes of the driving path instead of the earlier ones.
    mutating func remember(path: [Int], instead old: [Int]) {
        for node in old { isOnPath[node] = false }
        for node in path { isOnPath[node] = true }
        isPathStale = false
    }
}

extension IncrementalRanks {
    func earlyStart(_ node: Int) -> Minute {
        scale.instant(rank: Int(starts[node]), startSide: durations[node] > 0 || startSides[node])
    }

    func earlyFinish(_ node: Int) -> Minute {
        scale.instant(rank: Int(starts[node] + durations[node]), startSide: durations[node] == 0 && startSides[node])
    }

    func lateStart(_ node: Int) -> Minute {
        scale.instant(rank: Int(anchor - tails[node]), startSide: durations[node] > 0)
    }

    func lateFinish(_ node: Int) -> Minute {
        scale.instant(rank: Int(anchor - tails[node] + durations[node]), startSide: false)
    }

    func totalFloat(_ node: Int) -> Int { Int(anchor - tails[node] - starts[node]) }

    /// Never negative, also where total float is.
    func freeFloat(_ node: Int) -> Int {
        guard !outOf.isEmpty(node) else { return max(0, totalFloat(node)) }
        var slack = Int32.max
        for index in outOf.range(node) {
            let entry = outOf.entries[index]
            slack = min(slack, starts[Int(entry.node)] - entry.offset - starts[node])
        }
        return max(0, Int(slack))
    }

    /// The nodes that finish at the very last instant: a milestone on the start side is later than other finishes of the
    /// same rank.
    private var lastNodes: (nodes: [Int], startSide: Bool) {
        let nodes = finishes.nodes(starts: starts, durations: durations)
        let atStartSide = nodes.filter { durations[$0] == 0 && startSides[$0] }
        guard !atStartSide.isEmpty, !sidesAreOne(rank: finishes.value) else { return (nodes, false) }
        return (atStartSide, true)
    }

    /// Whether the finish side and the start side of a rank are one instant, amid a working period.
    private func sidesAreOne(rank: Int32) -> Bool {
        scale.instant(rank: Int(rank), startSide: false) == scale.instant(rank: Int(rank), startSide: true)
    }

    var projectFinish: Minute { scale.instant(rank: Int(finishes.value), startSide: lastNodes.startSide) }

    var lastActivity: Int? { lastNodes.nodes.map { Int(activityOf[$0]) }.min() }

    // MARK: What drives

    /// The links that hold a start: those that ask for the later side of its rank first, then in order of number.
    func drivers(of node: Int) -> [LinkPool.Entry] {
        let holding = holdingLinks(node)
        guard holding.count > 1 else { return holding }
        let isLater = holding.map { asksForStartSide($0, of: node) }
        guard isLater.contains(true), isLater.contains(false), !sidesAreOne(rank: starts[node]) else { return holding }
        return zip(holding, isLater).filter(\.1).map(\.0) + zip(holding, isLater).filter { !$0.1 }.map(\.0)
    }

    private func holdingLinks(_ node: Int) -> [LinkPool.Entry] {
        into.entries[into.range(node)].filter { starts[Int($0.node)] &+ $0.offset == starts[node] }
    }

    /// The first of `drivers(of:)`, without making a list as long as one link holds the start.
    private func driver(of node: Int) -> LinkPool.Entry? {
        var only: LinkPool.Entry?
        for index in into.range(node) {
            let entry = into.entries[index]
            guard starts[Int(entry.node)] &+ entry.offset == starts[node] else { continue }
            if only != nil { return drivers(of: node).first }
            only = entry
        }
        return only
    }

    /// The chain of first drivers to an activity; its nodes are noted, those of the path before no longer.
    mutating func followPath(to activity: Int, instead old: NetworkPath?) -> NetworkPath {
        var nodes = [Int(nodeOf[activity])]
        var relations: [Int] = []
        while let entry = driver(of: nodes[nodes.count - 1]) {
            nodes.append(Int(entry.node))
            relations.append(Int(entry.link))
        }
        remember(path: nodes, instead: old?.activities.map { Int(nodeOf[$0]) } ?? [])
        return NetworkPath(
            activities: nodes.reversed().map { Int(activityOf[$0]) }, relations: relations.reversed())
    }
}

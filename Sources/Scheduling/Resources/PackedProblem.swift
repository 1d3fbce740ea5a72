/// A resource problem as plain arrays, activities numbered again in topological order ("ranks").
///
/// Four resources share one 64-bit word, 16 bits each: 15 for the units and a guard bit on top, so that one subtraction
/// compares four needs with four capacities; a guard bit that is gone means that one does not suffice. Every kind of
/// relation becomes a distance from the predecessor's finish to the successor's start, negative where a start or a lead
/// is meant; that distance is the same when the project is read backwards.
struct PackedProblem: Sendable {
    static let guards: UInt64 = 0x8000_8000_8000_8000

    let count: Int
    /// Rank → index in the input, and back.
    let order: [Int]
    let rank: [Int]
    let duration: [Int32]
    /// Rank → links to what must be placed before; index 0 reads forward, 1 backward.
    let links: [Links]
    /// Whether what is placed in order of time is placed in order of relations too: no negative distance.
    let isPlain: Bool
    /// Words per period and per activity.
    let words: Int
    let needs: [UInt64]
    /// Guarded capacities in a period outside all windows, and in each of the first periods up to the last window.
    let base: [UInt64]
    let calendar: [UInt64]
    let project: [Int32]
    /// Rank → the first period allowed by releases.
    let ready: [Int32]
    let projects: [ResourceProblem.Project]
    let isPortfolio: Bool
    /// Longest chain that comes before a rank's start, from its releases, and that follows its finish.
    let heads: [Int32]
    let tails: [Int32]
    let criticalPathLength: Int
    /// No schedule that places everything as early or late as it can passes this period.
    let horizon: Int

    struct Links: Sendable {
        var first: [Int32] = [0]
        var ends: [Int32] = []
        var distances: [Int32] = []

        func range(_ rank: Int) -> Range<Int> { Int(first[rank])..<Int(first[rank + 1]) }
    }

    var windowEnd: Int { calendar.count / max(words, 1) }

    init(
        _ activities: [ResourceProblem.Activity], _ relations: [ResourceProblem.Relation],
        _ resources: [ResourceProblem.Resource], _ projects: [ResourceProblem.Project], order: [Int]
    ) {
        count = activities.count
        self.order = order
        self.projects = projects
        isPortfolio = projects.count > 1 || projects[0].due != nil
        var rank = [Int](repeating: 0, count: order.count)
        for (place, index) in order.enumerated() { rank[index] = place }
        self.rank = rank
        duration = order.map { Int32(activities[$0].duration) }
        project = order.map { Int32(activities[$0].project) }
        ready = order.map { Int32(max(activities[$0].release, projects[activities[$0].project].release)) }
        let distances = relations.map { relation in
            Int32(
                relation.distance(
                    from: activities[relation.predecessor].duration, to: activities[relation.successor].duration))
        }
        isPlain = distances.allSatisfy { $0 >= 0 }
        links = [
            Self.links(count, relations.map { (rank[$0.successor], rank[$0.predecessor]) }, distances),
            Self.links(count, relations.map { (rank[$0.predecessor], rank[$0.successor]) }, distances),
        ]
        words = max(1, (resources.count + 3) / 4)
        needs = Self.packed(words, order.map { activities[$0].needs })
        (base, calendar) = Self.capacities(words, resources)
        heads = Self.chains(duration, links[0], from: ready, Array(0..<count))
        tails = Self.chains(
            duration, links[1], from: Array(repeating: 0, count: count), Array((0..<count).reversed()))
        var length = 0
        for index in 0..<count { length = max(length, Int(heads[index] + duration[index])) }
        criticalPathLength = length
        let last = max(ready.max().map { Int($0) } ?? 0, calendar.count / words)
        horizon = last + duration.reduce(0) { $0 + Int($1) } + distances.reduce(0) { $0 + max(0, Int($1)) } + 2
    }

    private static func links(_ count: Int, _ pairs: [(at: Int, end: Int)], _ distances: [Int32]) -> Links {
        var grouped = [[(Int32, Int32)]](repeating: [], count: count)
        for (pair, distance) in zip(pairs, distances) { grouped[pair.at].append((Int32(pair.end), distance)) }
        var links = Links()
        for group in grouped {
            for (end, distance) in group {
                links.ends.append(end)
                links.distances.append(distance)
            }
            links.first.append(Int32(links.ends.count))
        }
        return links
    }

    private static func packed(_ words: Int, _ needs: [[Int: Int]]) -> [UInt64] {
        var packed = [UInt64](repeating: 0, count: words * needs.count)
        for (rank, own) in needs.enumerated() {
            for (resource, units) in own {
                packed[rank * words + resource / 4] |= UInt64(units) << UInt64(16 * (resource % 4))
            }
        }
        return packed
    }

    private static func capacities(
        _ words: Int, _ resources: [ResourceProblem.Resource]
    ) -> (base: [UInt64], calendar: [UInt64]) {
        var base = [UInt64](repeating: guards, count: words)
        let end = resources.map { $0.windows.last?.periods.upperBound ?? 0 }.max() ?? 0
        for (index, resource) in resources.enumerated() {
            base[index / 4] |= UInt64(resource.capacity) << UInt64(16 * (index % 4))
        }
        var calendar: [UInt64] = []
        calendar.reserveCapacity(end * words)
        for _ in 0..<end { calendar.append(contentsOf: base) }
        for (index, resource) in resources.enumerated() {
            let shift = UInt64(16 * (index % 4))
            for window in resource.windows {
                for period in window.periods {
                    let word = period * words + index / 4
                    calendar[word] = calendar[word] & ~(0x7FFF << shift) | UInt64(window.capacity) << shift
                }
            }
        }
        return (base, calendar)
    }

    /// The earliest start of each rank by relations alone, going through `order`.
    private static func chains(_ duration: [Int32], _ links: Links, from ready: [Int32], _ order: [Int]) -> [Int32] {
        var start = ready
        for rank in order {
            for link in links.range(rank) {
                let end = Int(links.ends[link])
                start[rank] = max(start[rank], start[end] + duration[end] + links.distances[link])
            }
        }
        return start
    }
}

extension ResourceProblem.Relation {
    /// Periods from the predecessor's finish to the successor's start.
    func distance(from predecessor: Int, to successor: Int) -> Int {
        switch kind {
        case .finishToStart: lag
        case .startToStart: lag - predecessor
        case .finishToFinish: lag - successor
        case .startToFinish: lag - predecessor - successor
        }
    }
}

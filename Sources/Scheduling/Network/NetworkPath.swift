/// A chain of activities and the relations between them (线路).
public struct NetworkPath: Sendable, Hashable {
    /// Indices in the input, in order of the chain; never empty.
    public let activities: [Int]
    /// `relations[i]`, an index in the input, leads from `activities[i]` to `activities[i + 1]`.
    public let relations: [Int]

    /// From positions and links, both from the end backwards.
    init(in network: ActivityNetwork, positions: [Int], links: [Int]) {
        activities = positions.reversed().map { Int(network.order[$0]) }
        relations = links.reversed().map { Int(network.linkRelation[$0]) }
    }

    init(activities: [Int], relations: [Int]) {
        self.activities = activities
        self.relations = relations
    }

    /// Follows links backwards from the position `end`, for as long as `link` names one into a position.
    fileprivate init(in network: ActivityNetwork, backFrom end: Int, link: (Int) -> Int?) {
        var position = end
        var activities = [Int(network.order[end])]
        var relations: [Int] = []
        while let link = link(position) {
            position = Int(network.linkPredecessor[link])
            relations.append(Int(network.linkRelation[link]))
            activities.append(Int(network.order[position]))
        }
        self.activities = activities.reversed()
        self.relations = relations.reversed()
    }
}

extension ActivityNetwork {
    /// The chain with the greatest sum of weights among all that lead from one activity to another, both included; over
    /// relations of every kind, whatever their lags. `nil` when none does.
    ///
    /// Of equal chains, the one whose relations come first in the input, looking back from the end.
    /// - Parameter weight: of an activity by its index in the input, ≥ 0.
    /// - Complexity: O(activities + relations).
    public func longestPath(from first: Int, to last: Int, weight: (Int) -> Int) -> NetworkPath? {
        let begin = Int(position[first])
        let end = Int(position[last])
        guard begin <= end else { return nil }
        // Only positions between the two can lie on a chain; −1 is out of reach.
        var best = [Int](repeating: -1, count: end - begin + 1)
        var cameBy = [Int](repeating: -1, count: end - begin + 1)
        best[0] = weight(first)
        for position in (begin...end).dropFirst() {
            var before = -1
            for link in links(into: position) {
                let predecessor = Int(linkPredecessor[link]) - begin
                if predecessor >= 0, best[predecessor] > before {
                    before = best[predecessor]
                    cameBy[position - begin] = link
                }
            }
            if before >= 0 {
                let own = weight(Int(order[position]))
                precondition(own >= 0, "a weight of \(own)")
                best[position - begin] = before + own
            }
        }
        guard best[end - begin] >= 0 else { return nil }
        return NetworkPath(in: self, backFrom: end) { cameBy[$0 - begin] < 0 ? nil : cameBy[$0 - begin] }
    }
}

extension Schedule {
    /// The chain of driving relations that leads to an activity, from where nothing drives any more: the project's start
    /// or a constraint. Of several drivers it follows the first of `drivers(of:)`.
    ///
    /// To the last activity it is the longest path of the project, which need not be free of float under constraints or
    /// several calendars (rule 11).
    public func driverTrace(to activity: Int) -> NetworkPath {
        NetworkPath(in: network, backFrom: Int(network.position[activity])) { drivingLinks(into: $0).first }
    }

    /// The chain of driving relations that leads from one activity to another; `nil` when the first does not drive the
    /// second. Of several the first by `drivers(of:)`, looking back from the end.
    /// - Complexity: O(activities + relations); no recursion.
    public func driverTrace(to activity: Int, from origin: Int) -> NetworkPath? {
        let begin = Int(network.position[origin])
        let end = Int(network.position[activity])
        guard begin < end else { return begin == end ? NetworkPath(in: network, backFrom: end) { _ in nil } : nil }
        // Only positions between the two can lie on the chain; −1 is not driven by the origin.
        var cameBy = [Int](repeating: -1, count: end - begin + 1)
        for position in begin + 1...end {
            let link = drivingLinks(into: position).first {
                let predecessor = Int(network.linkPredecessor[$0])
                return predecessor == begin || (predecessor > begin && cameBy[predecessor - begin] >= 0)
            }
            if let link { cameBy[position - begin] = link }
        }
        guard cameBy[end - begin] >= 0 else { return nil }
        return NetworkPath(in: network, backFrom: end) { cameBy[$0 - begin] < 0 ? nil : cameBy[$0 - begin] }
    }
}

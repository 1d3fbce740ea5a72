extension Schedule {
    /// Interfering float (干扰时差): total float less free float, which successors share; working minutes of its calendar.
    ///
    /// Negative where total float is, and where free float exceeds it because of a deadline or constraint.
    public func interferingFloat(_ activity: Int) -> Int { totalFloat[activity] - freeFloat[activity] }

    /// Independent float (独立时差): working minutes, of its calendar, by which the activity can slip when all before it
    /// finish late and all after it start early; never negative.
    ///
    /// Without successors it may slip to its own late finish. What has finished has none.
    /// - Complexity: O(relations of the activity) once `outgoing` is known.
    /// - Source: K. G. Lockyer, *Critical Path Analysis and Other Project Network Techniques*.
    public func independentFloat(_ activity: Int, outgoing: OutgoingRelations) -> Int {
        let own = network.activities[activity]
        guard own.progress == nil else { return 0 }
        let position = Int(network.position[activity])
        let time = network.workingTime(at: position)
        var ready = network.links(into: position).isEmpty ? start : Int.min
        for link in network.links(into: position) {
            let predecessor = Int(network.order[Int(network.linkPredecessor[link])])
            let late = Dates(start: lateStart[predecessor], finish: lateFinish[predecessor])
            ready = max(ready, network.start(through: link, into: position, from: late, notBefore: start))
        }
        let begin = max(earlyStart[activity], time.start(from: ready, duration: own.duration))
        let dates = Dates(start: begin, finish: time.add(own.duration, to: begin))
        let slacks = outgoing.links(outOf: position).compactMap { link, successor -> Int? in
            let after = Int(network.order[successor])
            guard network.activities[after].progress == nil else { return nil }
            return network.slack(
                of: link, from: dates, at: position, to: Dates(start: earlyStart[after], finish: earlyFinish[after]))
        }
        return max(0, slacks.min() ?? time.work(from: dates.finish, to: lateFinish[activity]))
    }
}

/// The links out of each activity: the network itself keeps only those into each.
public struct OutgoingRelations: Sendable {
    private let first: [Int32]
    private let links: [Int32]
    private let successors: [Int32]

    /// - Complexity: O(activities + relations).
    public init(_ network: ActivityNetwork) {
        let count = network.durations.count
        var first = [Int32](repeating: 0, count: count + 1)
        for predecessor in network.linkPredecessor { first[Int(predecessor) + 1] += 1 }
        for position in 0..<count { first[position + 1] += first[position] }
        var next = first
        var links = [Int32](repeating: 0, count: network.linkPredecessor.count)
        var successors = links
        for position in 0..<count {
            for link in network.links(into: position) {
                let predecessor = Int(network.linkPredecessor[link])
                links[Int(next[predecessor])] = Int32(link)
                successors[Int(next[predecessor])] = Int32(position)
                next[predecessor] += 1
            }
        }
        self.first = first
        self.links = links
        self.successors = successors
    }

    func links(outOf position: Int) -> [(link: Int, successor: Int)] {
        (Int(first[position])..<Int(first[position + 1])).map { (Int(links[$0]), Int(successors[$0])) }
    }

    func isEmpty(outOf position: Int) -> Bool { first[position] == first[position + 1] }
}

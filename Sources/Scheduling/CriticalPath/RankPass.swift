/// The two passes in working minutes alone, for networks that are as plain as most approvals: one calendar,
/// finish-to-start relations without lag, no constraints.
///
/// There the calendar is only a scale: the passes add and compare 32-bit ranks counted from the project's start, and
/// each rank is turned into an instant once. The results are those of `GeneralPass`, to the minute.
struct RankPass {
    private let network: ActivityNetwork
    private let durations: [Int32]
    private var earlyFinish: [Int32]
    private var lateFinish: [Int32]
    private var freeFloat: [Int32]

    /// - Returns: `nil` when the network is not that plain, or its ranks do not fit 32 bits.
    static func solve(_ network: ActivityNetwork, start: Minute, finish: Minute?) -> DateTable? {
        guard let calendar = network.calendarOf.first, network.calendarOf.allSatisfy({ $0 == calendar }),
            network.linkRules.isEmpty, network.constraints.isEmpty,
            let total = Int32(exactly: network.durations.reduce(0, +)), total < Int32.max / 4
        else { return nil }
        let time = network.calendars[Int(calendar)]
        let origin = time.work(before: start)
        var pass = RankPass(network)
        pass.forward()
        let anchor = finish.map { time.work(before: $0) - origin } ?? Int(pass.earlyFinish.max()!)  // not empty
        guard let anchorRank = Int32(exactly: anchor), abs(anchor) < Int(Int32.max / 4) else { return nil }
        pass.backward(from: anchorRank)
        return pass.table(time: time, origin: origin, start: start)
    }

    private init(_ network: ActivityNetwork) {
        self.network = network
        durations = network.durations.map { Int32($0) }
        earlyFinish = Array(repeating: 0, count: durations.count)
        lateFinish = earlyFinish
        freeFloat = earlyFinish
    }

    private mutating func forward() {
        for position in durations.indices {
            var start: Int32 = 0
            for link in network.links(into: position) {
                start = max(start, earlyFinish[Int(network.linkPredecessor[link])])
            }
            earlyFinish[position] = start + durations[position]
        }
    }

    private mutating func backward(from anchor: Int32) {
        for position in durations.indices {
            lateFinish[position] = anchor
            freeFloat[position] = Int32.max
        }
        for position in durations.indices.reversed() {
            let lateStart = lateFinish[position] - durations[position]
            let earlyStart = earlyFinish[position] - durations[position]
            for link in network.links(into: position) {
                let predecessor = Int(network.linkPredecessor[link])
                lateFinish[predecessor] = min(lateFinish[predecessor], lateStart)
                freeFloat[predecessor] = min(freeFloat[predecessor], earlyStart - earlyFinish[predecessor])
            }
        }
    }

    /// Ranks become instants: finishes on the finish side, starts on the start side. What happens before any work is
    /// done stands at the project's start, wherever in non-working time that is.
    private func table(time: WorkingTime, origin: Int, start: Minute) -> DateTable {
        var table = DateTable(count: durations.count)
        let opening = time.milestoneInstant(from: start)
        for position in durations.indices {
            let duration = Int(durations[position])
            let early = Int(earlyFinish[position])
            let late = Int(lateFinish[position])
            let earlyRank = early - duration
            let reached = earlyRank == 0 ? opening : time.earliestInstant(rank: origin + earlyRank)
            table.ready[position] = network.links(into: position).isEmpty ? start : reached
            table.lateFinish[position] = time.earliestInstant(rank: origin + late)
            if duration == 0 {
                table.earlyStart[position] = reached
                table.earlyFinish[position] = reached
                table.lateStart[position] = table.lateFinish[position]
            } else {
                table.earlyStart[position] = time.latestInstant(rank: origin + earlyRank)
                table.earlyFinish[position] = time.earliestInstant(rank: origin + early)
                table.lateStart[position] = time.latestInstant(rank: origin + late - duration)
            }
            table.totalFloat[position] = late - early
            table.freeFloat[position] = freeFloat[position] == Int32.max ? late - early : Int(freeFloat[position])
        }
        return table
    }
}

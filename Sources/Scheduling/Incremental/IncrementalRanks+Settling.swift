extension IncrementalRanks {
    /// Brings all dates up to date; the last finish too.
    ///
    /// Places are looked at one by one as changes reach them. Once so many were that those left would cost less in a row,
    /// they are swept instead, so that no edit costs much more than solving everything; the dates are the same.
    mutating func settle() {
        moved.removeAll(keepingCapacity: true)
        for node in earlySeeds { early.insert(Int(order.place[Int(node)])) }
        for node in lateSeeds { late.insert(Int(order.place[Int(node)])) }
        earlySeeds.removeAll(keepingCapacity: true)
        lateSeeds.removeAll(keepingCapacity: true)
        settleEarly()
        finishes.settle(starts: starts, durations: durations)
        settleTails()
    }

    /// Forgets what was to be looked at, once every change has been taken back.
    mutating func forgetTouched() {
        earlySeeds.removeAll()
        lateSeeds.removeAll()
        finishes.settle(starts: starts, durations: durations)
    }

    /// Whether to sweep the places left: one looked at alone costs several times one in a row.
    private static func isWorthSweep(seen: Int, left: Int) -> Bool { seen > 32 && 16 * seen > left }

    // MARK: Early dates

    private mutating func settleEarly() {
        var seen = 0
        while let place = early.popFirst() {
            seen += 1
            if Self.isWorthSweep(seen: seen, left: order.node.count - place) {
                early.removeAll()
                return sweepEarly(from: place)
            }
            let node = Int(order.node[place])
            let old = starts[node]
            guard readStart(of: node) else { continue }
            let start = starts[node]
            if isOnPath[node] { isPathStale = true }
            finishes.change(at: node, from: old &+ durations[node], to: start &+ durations[node])
            for index in outOf.range(node) {
                let entry = outOf.entries[index]
                let successor = Int(entry.node)
                if isOnPath[successor] { isPathStale = true }
                // Only what held the successor before or holds it now can move it; a milestone may also change sides.
                if max(old, start) &+ entry.offset >= starts[successor] {
                    early.insert(Int(order.place[successor]))
                }
            }
        }
    }

    private mutating func sweepEarly(from first: Int) {
        isPathStale = true
        for place in first..<order.node.count { _ = readStart(of: Int(order.node[place])) }
        finishes.changeAll()
    }

    /// Makes a start anew of those before it.
    /// - Returns: whether it changed.
    @inline(__always)
    private mutating func readStart(of node: Int) -> Bool {
        var start = floors[node]
        for index in into.range(node) {
            let entry = into.entries[index]
            start = max(start, starts[Int(entry.node)] &+ entry.offset)
        }
        let side = durations[node] == 0 && milestoneHasStartSide(node, rank: start)
        guard start != starts[node] || side != startSides[node] else { return false }
        starts[node] = start
        startSides[node] = side
        moved.append(Int32(node))
        isOutOfRange =
            isOutOfRange || start <= -RankForm.longestRank || start &+ durations[node] >= RankForm.longestRank
        return true
    }

    // MARK: Late dates

    private mutating func settleTails() {
        var seen = 0
        while let place = late.popLast() {
            seen += 1
            if Self.isWorthSweep(seen: seen, left: place) {
                late.removeAll()
                for place in (0...place).reversed() { _ = readTail(of: Int(order.node[place])) }
                return
            }
            let node = Int(order.node[place])
            let old = tails[node]
            guard readTail(of: node) else { continue }
            let tail = tails[node]
            for index in into.range(node) {
                let entry = into.entries[index]
                let predecessor = Int(entry.node)
                if max(old, tail) &+ entry.offset >= tails[predecessor] {
                    late.insert(Int(order.place[predecessor]))
                }
            }
        }
    }

    /// Makes a tail anew of those behind it.
    /// - Returns: whether it changed.
    @inline(__always)
    private mutating func readTail(of node: Int) -> Bool {
        var tail = durations[node]
        for index in outOf.range(node) {
            let entry = outOf.entries[index]
            tail = max(tail, tails[Int(entry.node)] &+ entry.offset)
        }
        guard tail != tails[node] else { return false }
        tails[node] = tail
        moved.append(Int32(node))
        isOutOfRange = isOutOfRange || tail >= RankForm.longestRank
        return true
    }
}

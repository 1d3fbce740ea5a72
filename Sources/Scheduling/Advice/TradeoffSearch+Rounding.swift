/// Whole modes from what the bound takes in part.
extension TradeoffSearch {
    /// The slowest allowed mode that fits the activity's window.
    func fitting(_ activity: Int, _ allowed: ModeSet) -> Int {
        let window = flow.window(of: activity)
        var left = allowed
        var found = left.fastest
        left.remove(found)
        while !left.isEmpty, modes.duration(activity, left.fastest) <= window {
            found = left.fastest
            left.remove(found)
        }
        return found
    }

    /// Takes each activity in the slowest mode that fits its window, which meets the deadline, and improves on that when it
    /// comes near the best known.
    mutating func round(_ node: Node) {
        var chosen = node.allowed.indices.map { fitting($0, node.allowed[$0]) }
        var cost = modes.cost(of: chosen)
        guard best.map({ cost - $0.cost <= $0.cost / 50 || node.depth == 0 }) ?? true else { return }
        cost -= relaxGreedily(&chosen)
        guard best.map({ cost < $0.cost }) ?? true else { return }
        exchange(&chosen, &cost)
        accept(chosen, cost: cost)
    }

    /// Slows activities down as long as the deadline allows, the greatest saving first.
    /// - Returns: what is saved.
    private mutating func relaxGreedily(_ chosen: inout [Int]) -> Int {
        var saved = 0
        while true {
            for activity in precedences.order {
                let start = precedences.latest(before: activity, finish)
                finish[activity] = start + modes.duration(activity, chosen[activity])
            }
            var found: (activity: Int, mode: Int, saving: Int)?
            for activity in precedences.order.reversed() {
                let after = precedences.longest(after: activity, tail)
                let duration = modes.duration(activity, chosen[activity])
                tail[activity] = after + duration
                let room = deadline - (finish[activity] - duration) - after
                var mode = chosen[activity]
                while mode + 1 < modes.modeCount(activity), modes.duration(activity, mode + 1) <= room { mode += 1 }
                let saving = modes.cost(activity, chosen[activity]) - modes.cost(activity, mode)
                if saving > found?.saving ?? 0 { found = (activity, mode, saving) }
            }
            guard let found else { return saved }
            chosen[found.activity] = found.mode
            saved += found.saving
        }
    }

    /// Quickens one activity so that others can be slowed down, as long as that saves.
    private mutating func exchange(_ chosen: inout [Int], _ cost: inout Int) {
        var sinceGain = 0
        var activity = 0
        while sinceGain < modes.count {
            for mode in 0..<chosen[activity] {
                var other = chosen
                other[activity] = mode
                let extra = modes.cost(activity, mode) - modes.cost(activity, chosen[activity])
                let gain = relaxGreedily(&other) - extra
                guard gain > 0 else { continue }
                chosen = other
                cost -= gain
                sinceGain = 0
                break
            }
            sinceGain += 1
            activity = activity + 1 == modes.count ? 0 : activity + 1
        }
    }
}

extension Schedule {
    /// Drag (拖期贡献): for each activity, in order of input, the working minutes of its calendar by which the project would
    /// finish earlier if the activity took no time; 0 where that gains nothing, also for what has started.
    ///
    /// Exact, by scheduling the project again without each activity that can have any: those on a chain of driving
    /// relations to one that finishes last. Relations to and from a finish may make a shorter activity *delay* others;
    /// that counts as no drag.
    /// - Parameter limit: at most so many activities are tried.
    /// - Returns: `nil` when there are more to try.
    /// - Complexity: O(activities on driving chains × (activities + relations)).
    /// - Source: S. A. Devaux, *The Drag Efficient*, Defense AT&L 41 (2012).
    public func drags(limit: Int = .max) -> [Int]? {
        let canShorten = canShortenProject
        let tried = network.activities.indices.filter { canShorten[$0] }
        guard tried.count <= limit else { return nil }
        var drags = [Int](repeating: 0, count: network.activities.count)
        let durations = network.durationsByInput
        for activity in tried {
            var without = durations
            without[activity] = 0
            let other = CriticalPath.solve(network.with(durations: without), terms)
            let time = network.calendars[network.activities[activity].calendar]
            drags[activity] = max(0, time.work(from: other.projectFinish, to: projectFinish))
        }
        return drags
    }

    /// By activity: whether it takes time, has not started and lies on a chain of driving relations to a last finish.
    ///
    /// Where something is as late as possible, early dates follow late ones, and any activity may matter.
    private var canShortenProject: [Bool] {
        var reached = network.activities.map { $0.isAsLateAsPossible }
        if reached.contains(true) {
            reached = reached.map { _ in true }
        } else {
            reached = network.activities.indices.map { earlyFinish[$0] == projectFinish }
            for position in network.durations.indices.reversed() where reached[Int(network.order[position])] {
                for link in drivingLinks(into: position) {
                    reached[Int(network.order[Int(network.linkPredecessor[link])])] = true
                }
            }
        }
        return zip(reached, network.activities).map { $0 && $1.duration > 0 && $1.progress == nil }
    }
}

extension ActivityNetwork {
    /// Durations in order of input.
    var durationsByInput: [Int] { activities.map(\.duration) }
}

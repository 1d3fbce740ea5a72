/// Where the forward pass puts an activity.
struct Placement {
    var start: Minute
    /// A finish that is fixed; else the duration decides.
    var finish: Minute?
}

/// Rule 5: how dates bind an activity that has not started in each pass.
extension DateConstraints {
    /// - Parameters:
    ///   - free: the start that relations, or else the project's start, and working time allow.
    ///   - isFirst: whether nothing comes before it; its dates then take the place of the project's start.
    func place(_ free: Minute, _ duration: Int, on time: WorkingTime, isFirst: Bool) -> Placement {
        let pushedByFinish = finishNoEarlier.map { time.add(-duration, to: $0) }
        var dates = Placement(start: free)
        if let push = [startNoEarlier, pushedByFinish].compactMap(\.self).max() {
            if isFirst {
                dates.start = time.start(from: push, duration: duration)
                if push == pushedByFinish, duration > 0 { dates.finish = finishNoEarlier }
            } else {
                dates.start = max(free, push)
            }
        }
        // From here on relations are overridden: an activity honours its dates.
        let unbound = dates.start
        if let date = startNoLater { dates.start = min(dates.start, date) }
        if let date = finishNoLater { dates.start = min(dates.start, time.add(-duration, to: date)) }
        if let date = mustStart { dates.start = date }
        if dates.start != unbound { dates.finish = nil }
        if let date = mustFinish { dates = Placement(start: time.add(-duration, to: date), finish: date) }
        return dates
    }

    /// The late finish that remains of what relations and the anchor allow.
    /// - Parameter hasStarted: dates of its start are history then.
    func cap(_ allowed: Minute, _ duration: Int, on time: WorkingTime, hasStarted: Bool) -> Minute {
        var finish = allowed
        if let date = mustStart, !hasStarted { finish = time.add(duration, to: date) }
        if let date = mustFinish { finish = date }
        if let date = startNoLater, !hasStarted { finish = min(finish, time.add(duration, to: date)) }
        if let date = finishNoLater { finish = min(finish, date) }
        if let date = deadline { finish = min(finish, date) }
        return finish
    }
}

extension WorkingTime {
    /// Where an activity that may start at `instant` does start (rules 2 and 4).
    func start(from instant: Minute, duration: Int) -> Minute {
        duration == 0 ? milestoneInstant(from: instant) : nextWorkingInstant(from: instant)
    }
}

extension ActivityNetwork {
    func isAsLateAsPossible(_ position: Int) -> Bool {
        constraints(at: position)?.asLateAsPossible ?? false && activities[Int(order[position])].progress == nil
    }

    /// What has happened of each activity, by position; empty when nothing has started.
    var progressByPosition: [ActivityProgress?] {
        guard activities.contains(where: { $0.progress != nil }) else { return [] }
        return order.map { activities[Int($0)].progress }
    }

    /// Whether a link begins at its predecessor's finish.
    func leavesFromFinish(_ link: Int) -> Bool {
        guard !linkRules.isEmpty else { return true }
        let kind = linkRules[link].kind
        return kind == .finishToStart || kind == .finishToFinish
    }

    /// The dates of a link's predecessor that count for its successor: the early ones, but the late ones of an activity
    /// that is as late as possible, unless the successor is so too (rule 9).
    func leadingDates(through link: Int, into successor: Int, in table: DateTable) -> Dates {
        let predecessor = Int(linkPredecessor[link])
        return isAsLateAsPossible(predecessor) && !isAsLateAsPossible(successor)
            ? table.late(predecessor) : table.early(predecessor)
    }
}

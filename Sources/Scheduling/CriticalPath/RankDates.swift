/// The dates of a network in working minutes of its one calendar, by position; made into instants when asked for.
struct RankDates: Sendable {
    var time: WorkingTime = .continuous
    /// Working minutes of the calendar before rank 0.
    var origin = 0
    /// The project's start as given, and whether its rank's finish side is another instant before it.
    var start: Minute = 0
    var startSide = false
    /// 1: `early` and `late` hold finishes. 2: pairs, of which the second is the finish.
    var stride = 1
    var early: [Int32] = []
    var late: [Int32] = []
    var free: [Int32] = []
    /// Position → whether a milestone stands on the start side of its rank. Empty for plain networks.
    var startSides: [Bool] = []
    var earlyRange = EarlyRange()
    var anchor: Int32 = 0

    mutating func open(for network: ActivityNetwork, form: RankForm, start: Minute) {
        time = network.calendars[form.calendar]
        origin = time.work(before: start)
        self.start = start
        startSide = time.earliestInstant(rank: origin) != start
        stride = form.links.isEmpty ? 1 : 2
        let count = network.durations.count
        guard free.count != count || early.count != count * stride else { return }
        early = Array(repeating: 0, count: count * stride)
        late = early
        free = Array(repeating: 0, count: count)
        startSides = stride == 1 ? [] : Array(repeating: false, count: count)
    }

    // MARK: Ranks

    func earlyFinishRank(_ position: Int) -> Int { Int(early[position * stride + stride - 1]) }
    func lateFinishRank(_ position: Int) -> Int { Int(late[position * stride + stride - 1]) }
    func totalFloat(_ position: Int) -> Int { lateFinishRank(position) - earlyFinishRank(position) }
    func freeFloat(_ position: Int) -> Int { Int(free[position]) }

    /// Whether a milestone at the position and rank stands on the start side.
    private func milestoneHasStartSide(_ position: Int, rank: Int) -> Bool {
        stride == 1 ? rank == 0 && startSide : startSides[position]
    }

    // MARK: Instants

    func instant(rank: Int, startSide: Bool) -> Minute {
        startSide ? time.latestInstant(rank: origin + rank) : time.earliestInstant(rank: origin + rank)
    }

    func earlyStart(_ position: Int, duration: Int) -> Minute {
        let rank = earlyFinishRank(position) - duration
        return instant(rank: rank, startSide: duration > 0 || milestoneHasStartSide(position, rank: rank))
    }

    func earlyFinish(_ position: Int, duration: Int) -> Minute {
        let rank = earlyFinishRank(position)
        return instant(rank: rank, startSide: duration == 0 && milestoneHasStartSide(position, rank: rank))
    }

    func lateStart(_ position: Int, duration: Int) -> Minute {
        instant(rank: lateFinishRank(position) - duration, startSide: duration > 0)
    }

    func lateFinish(_ position: Int) -> Minute { instant(rank: lateFinishRank(position), startSide: false) }

    var projectFinish: Minute {
        instant(rank: Int(earlyRange.last), startSide: earlyRange.lastMilestoneAtStartSide == earlyRange.last)
    }
}

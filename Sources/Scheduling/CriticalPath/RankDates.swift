/// The dates of a network in working minutes of its one calendar, by position; made into instants when asked for.
struct RankDates: Sendable {
    var scale = RankScale(.continuous, start: 0)
    /// Whether `early` and `bounds` are of finishes, else of starts.
    var ofFinishes = true
    var early: [Int32] = []
    /// Late date and free float.
    var bounds: [Bounds] = []
    /// Position → whether a milestone stands on the start side of its rank. Empty for plain networks.
    var startSides: [Bool] = []
    var earlyRange = EarlyRange()
    var anchor: Int32 = 0

    mutating func open(for network: ActivityNetwork, form: RankForm, start: Minute) {
        scale = RankScale(network.calendars[form.calendar], start: start)
        ofFinishes = form.isPlain
        let count = network.durations.count
        if early.count != count {
            early = Array(repeating: 0, count: count)
            bounds = Array(repeating: .zero, count: count)
        }
        let sides = ofFinishes ? 0 : count
        if startSides.count != sides { startSides = Array(repeating: false, count: sides) }
    }

    // MARK: Ranks

    func earlyStartRank(_ position: Int, duration: Int) -> Int { Int(early[position]) - (ofFinishes ? duration : 0) }
    func lateStartRank(_ position: Int, duration: Int) -> Int { Int(bounds[position].x) - (ofFinishes ? duration : 0) }
    func totalFloat(_ position: Int) -> Int { Int(bounds[position].x) - Int(early[position]) }
    /// Never negative, also where total float is.
    func freeFloat(_ position: Int) -> Int { max(0, Int(bounds[position].y)) }

    /// Whether a milestone at the position and rank stands on the start side.
    func milestoneHasStartSide(_ position: Int, rank: Int) -> Bool {
        ofFinishes ? rank == 0 && scale.startSide : startSides[position]
    }

    // MARK: Instants

    private func instant(rank: Int, startSide: Bool) -> Minute { scale.instant(rank: rank, startSide: startSide) }

    func earlyStart(_ position: Int, duration: Int) -> Minute {
        let rank = earlyStartRank(position, duration: duration)
        return instant(rank: rank, startSide: duration > 0 || milestoneHasStartSide(position, rank: rank))
    }

    func earlyFinish(_ position: Int, duration: Int) -> Minute {
        let rank = earlyStartRank(position, duration: duration) + duration
        return instant(rank: rank, startSide: duration == 0 && milestoneHasStartSide(position, rank: rank))
    }

    func lateStart(_ position: Int, duration: Int) -> Minute {
        instant(rank: lateStartRank(position, duration: duration), startSide: duration > 0)
    }

    func lateFinish(_ position: Int, duration: Int) -> Minute {
        instant(rank: lateStartRank(position, duration: duration) + duration, startSide: false)
    }

    var projectFinish: Minute {
        instant(rank: Int(earlyRange.last), startSide: earlyRange.lastMilestoneAtStartSide == earlyRange.last)
    }
}

/// A calendar as a scale of ranks, working minutes since the project's start.
struct RankScale: Sendable {
    let time: WorkingTime
    /// Working minutes of the calendar before rank 0.
    let origin: Int
    /// The project's start as given, and whether it lies after the finish side of rank 0.
    let start: Minute
    let startSide: Bool

    init(_ time: WorkingTime, start: Minute) {
        self.time = time
        self.start = start
        origin = time.work(before: start)
        startSide = time.earliestInstant(rank: origin) != start
    }

    func rank(of instant: Minute) -> Int { time.work(before: instant) - origin }

    func instant(rank: Int, startSide: Bool) -> Minute {
        startSide ? time.latestInstant(rank: origin + rank) : time.earliestInstant(rank: origin + rank)
    }
}

/// Both passes over one sample at a time, for networks of any relations on calendars with the same hours: working days
/// and calendar days side by side. The rules are those of `GeneralPass`, on a `DayAxis`.
struct DayPass: Sendable {
    let axis: DayAxis
    let start: Int
    private let count: Int
    private let calendarOf: [Int]
    private let firstLink: [Int32]
    private let links: [Link]
    /// Whether something starts or finishes with the activity's start.
    private let startMatters: [Bool]
    /// Where what takes no time happens as soon as it may, also on a day off.
    private let emptyStays: Bool
    private let mayBeAbsent: [Bool]

    private struct Link: Sendable {
        let predecessor: Int
        let kind: Relation.Kind
        let lag: Int
        let calendar: Int
    }

    /// - Parameters:
    ///   - longest: the greatest duration of each activity, by position.
    ///   - mayBeEmpty: whether it may take no time.
    ///   - mayBeAbsent: whether it may not happen; then it is not critical.
    ///   - others: calendars that are counted on besides those of the activities.
    /// - Returns: `nil` when the network has constraints or hours that differ, or when what may take no time has days
    ///   off: the rule for milestones tells a closing from the opening of the day off that follows, which the axis does not.
    init?(
        _ network: ActivityNetwork, start: Minute, longest: [Int], mayBeEmpty: [Bool],
        mayBeAbsent: [Bool], others: Set<Int>, emptyStays: Bool
    ) {
        guard network.hasOnlyLogic else { return nil }
        let total = longest.reduce(network.linkRules.totalLag, +)
        let lagging = network.linkRules.rules.filter { $0.lag != 0 }.map(\.calendar)
        let used = Set(network.calendarOf.map { Int($0) }).union(lagging).union(others)
        guard total < 1 << 30,
            let axis = DayAxis(network.lagCalendars, used: used, start: start, total: total)
        else { return nil }
        for position in longest.indices where mayBeEmpty[position] && !emptyStays {
            guard axis.worksEveryDay(Int(network.calendarOf[position])) else { return nil }
        }
        self.axis = axis
        self.start = axis.place(of: start)
        self.emptyStays = emptyStays
        self.mayBeAbsent = mayBeAbsent
        count = network.order.count
        calendarOf = network.calendarOf.map { Int($0) }
        firstLink = network.firstLink
        var startMatters = [Bool](repeating: false, count: count)
        links = network.linkPredecessor.indices.map { link in
            let predecessor = Int(network.linkPredecessor[link])
            guard !network.linkRules.isEmpty else {
                return Link(predecessor: predecessor, kind: .finishToStart, lag: 0, calendar: 0)
            }
            let rule = network.linkRules[link]
            if rule.kind == .startToStart || rule.kind == .startToFinish { startMatters[predecessor] = true }
            return Link(predecessor: predecessor, kind: rule.kind, lag: rule.lag, calendar: rule.calendar)
        }
        self.startMatters = startMatters
    }

    /// Dates of one sample, by position, as places on the axis.
    struct Dates {
        var durations: [Int]
        var ready: [Int]
        var start: [Int]
        var finish: [Int]
        var late: [Int]
    }

    func dates() -> Dates {
        let none = [Int](repeating: 0, count: count)
        return Dates(durations: none, ready: none, start: none, finish: none, late: none)
    }

    // MARK: Forward

    func forward(_ dates: inout Dates) {
        for position in 0..<count {
            let calendar = calendarOf[position]
            let duration = dates.durations[position]
            let into = Int(firstLink[position])..<Int(firstLink[position + 1])
            var ready = into.isEmpty ? start : Int.min
            for number in into {
                let link = links[number]
                var begin: Int
                switch link.kind {
                case .finishToStart: begin = dates.finish[link.predecessor]
                case .startToStart: begin = dates.start[link.predecessor]
                case .finishToFinish: begin = axis.add(-duration, to: dates.finish[link.predecessor], calendar)
                case .startToFinish: begin = axis.add(-duration, to: dates.start[link.predecessor], calendar)
                }
                begin = axis.add(link.lag, to: begin, link.calendar)
                if link.kind == .finishToFinish { begin = max(start, begin) }
                ready = max(ready, begin)
            }
            dates.ready[position] = ready
            if duration == 0 {
                let instant = emptyStays ? ready : milestone(ready, calendar)
                dates.start[position] = instant
                dates.finish[position] = instant
            } else {
                let rank = axis.rank(ready, calendar)
                if startMatters[position] { dates.start[position] = axis.latest(rank, calendar) }
                dates.finish[position] = axis.earliest(rank + duration, calendar)
            }
        }
    }

    private func milestone(_ place: Int, _ calendar: Int) -> Int {
        let rank = axis.rank(place, calendar)
        return axis.earliest(rank, calendar) == place ? place : axis.latest(rank, calendar)
    }

    // MARK: Backward

    /// Late finishes of all that leads to the goals, anchored at the last finish of those.
    /// - Parameters:
    ///   - goals: by position; empty for all activities.
    ///   - calendar: the calendar that float is counted on; `nil` is each activity's own.
    ///   - critical: gets one more where something happens that has no float.
    func backward(_ dates: inout Dates, goals: [Int], floatOn calendar: Int?, critical: inout [Int]) {
        if goals.isEmpty {
            let anchor = dates.finish.max() ?? start
            for position in 0..<count { dates.late[position] = anchor }
        } else {
            let anchor = goals.reduce(Int.min) { max($0, dates.finish[$1]) }
            for position in 0..<count { dates.late[position] = Int.max }
            for goal in goals { dates.late[goal] = anchor }
        }
        for position in (0..<count).reversed() where dates.late[position] < Int.max {
            let duration = dates.durations[position]
            let own = calendarOf[position]
            var lateStart = dates.late[position]
            if duration > 0 || !emptyStays {
                let rank = axis.rank(lateStart, own)
                dates.late[position] = axis.earliest(rank, own)
                lateStart = duration == 0 ? dates.late[position] : axis.latest(rank - duration, own)
            }
            let late = dates.late[position]
            let floatCalendar = calendar ?? own
            let float =
                duration == 0 && emptyStays && calendar == nil
                ? late - dates.finish[position]
                : axis.rank(late, floatCalendar) - axis.rank(dates.finish[position], floatCalendar)
            if float <= 0, duration > 0 || !mayBeAbsent[position] { critical[position] += 1 }
            for number in Int(firstLink[position])..<Int(firstLink[position + 1]) {
                let link = links[number]
                let allowed = finish(through: link, lateStart: lateStart, lateFinish: late, dates.durations)
                dates.late[link.predecessor] = min(dates.late[link.predecessor], allowed)
            }
        }
    }

    @inline(__always)
    private func finish(through link: Link, lateStart: Int, lateFinish: Int, _ durations: [Int]) -> Int {
        let own = calendarOf[link.predecessor]
        let duration = durations[link.predecessor]
        switch link.kind {
        case .finishToStart: return axis.add(-link.lag, to: lateStart, link.calendar)
        case .finishToFinish: return axis.add(-link.lag, to: lateFinish, link.calendar)
        case .startToStart:
            let stays = duration == 0 && emptyStays
            let start = stays ? lateStart : axis.latest(axis.rank(lateStart, own), own)
            return axis.add(duration, to: axis.add(-link.lag, to: start, link.calendar), own)
        case .startToFinish:
            return axis.add(-link.lag, to: axis.add(duration, to: lateFinish, own), link.calendar)
        }
    }
}

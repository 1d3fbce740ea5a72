/// How one relation passes dates on, with its lag calendar resolved.
struct LinkRule: Sendable, Hashable {
    let kind: Relation.Kind
    let lag: Int
    /// Hundredths of a percent of the predecessor's duration, on top of `lag`.
    let lagShare: Int
    /// Index into `ActivityNetwork.lagCalendars`.
    let calendar: Int
    /// Free float takes the lag off as a number, as Microsoft Project does, not along its calendar.
    let lagIsANumber: Bool

    init(_ relation: Relation, predecessorCalendar: Int, successorCalendar: Int, elapsedCalendar: Int) {
        kind = relation.kind
        lag = relation.lag
        lagShare = relation.lagShare
        lagIsANumber = relation.lagCalendar == .successor || relation.lagCalendar == .elapsed
        switch relation.lagCalendar {
        case .successor: calendar = successorCalendar
        case .predecessor: calendar = predecessorCalendar
        case .calendar(let index): calendar = index
        case .elapsed: calendar = elapsedCalendar
        }
    }
}

extension ActivityNetwork {
    /// Minutes of lag of a link.
    func lag(of link: Int) -> Int {
        guard !linkRules.isEmpty else { return 0 }
        let rule = linkRules[link]
        guard rule.lagShare != 0 else { return rule.lag }
        return rule.lag + Relation.share(rule.lagShare, of: durations[Int(linkPredecessor[link])])
    }

    /// The start that a link asks of its successor, before the move to working time.
    ///
    /// A link to a finish is turned into a start *before* the lag is applied (rule 2).
    /// - Parameter work: what is left of the successor; `nil` is its duration.
    func start(through link: Int, into successor: Int, from predecessor: Dates, work: Int? = nil) -> Minute {
        guard !linkRules.isEmpty else { return predecessor.finish }
        let rule = linkRules[link]
        let work = work ?? durations[successor]
        let begin: Minute
        switch rule.kind {
        case .finishToStart: begin = predecessor.finish
        case .startToStart: begin = predecessor.start
        case .finishToFinish:
            begin = workingTime(at: successor).add(-work, to: predecessor.finish)
        case .startToFinish:
            begin = workingTime(at: successor).add(-work, to: predecessor.start)
        }
        return lagCalendars[rule.calendar].add(lag(of: link), to: begin)
    }

    /// The same, except that a finish-to-finish link never asks for a start before the project's (rule 2).
    func start(
        through link: Int, into successor: Int, from predecessor: Dates, notBefore start: Minute, work: Int? = nil
    )
        -> Minute
    {
        let asked = self.start(through: link, into: successor, from: predecessor, work: work)
        return !linkRules.isEmpty && linkRules[link].kind == .finishToFinish ? max(start, asked) : asked
    }

    /// The finish that a link allows its predecessor, before the caps and the move to working time.
    func lateFinish(through link: Int, from successor: Dates, to predecessor: Int) -> Minute {
        guard !linkRules.isEmpty else { return successor.start }
        let rule = linkRules[link]
        let lagTime = lagCalendars[rule.calendar]
        let lag = lag(of: link)
        let own = workingTime(at: predecessor)
        switch rule.kind {
        case .finishToStart:
            return lagTime.add(-lag, to: successor.start)
        case .finishToFinish:
            return lagTime.add(-lag, to: successor.finish)
        case .startToStart:
            let start = lagTime.add(-lag, to: own.nextWorkingInstant(from: successor.start))
            return own.add(durations[predecessor], to: start)
        case .startToFinish:
            return lagTime.add(-lag, to: own.add(durations[predecessor], to: successor.finish))
        }
    }

    /// Working minutes of the predecessor's calendar by which it can slip before the link moves its successor;
    /// negative when the successor does not wait for it.
    func slack(of link: Int, from predecessor: Dates, at position: Int, to successor: Dates) -> Int {
        let own = workingTime(at: position)
        guard !linkRules.isEmpty else { return own.work(from: predecessor.finish, to: successor.start) }
        let rule = linkRules[link]
        let from: Minute
        let to: Minute
        switch rule.kind {
        case .finishToStart: (from, to) = (predecessor.finish, successor.start)
        case .startToStart: (from, to) = (predecessor.start, successor.start)
        case .finishToFinish: (from, to) = (predecessor.finish, successor.finish)
        case .startToFinish: (from, to) = (predecessor.start, successor.finish)
        }
        return rule.lagIsANumber
            ? own.work(from: from, to: to) - lag(of: link)
            : own.work(from: from, to: lagCalendars[rule.calendar].add(-lag(of: link), to: to))
    }
}

/// How one relation passes dates on, with its lag calendar resolved.
struct LinkRule: Sendable, Hashable {
    let kind: Relation.Kind
    let lag: Int
    /// Index into `ActivityNetwork.lagCalendars`.
    let calendar: Int
    /// Free float takes the lag off as a number, as Microsoft Project does, not along its calendar.
    let lagIsANumber: Bool

    init(_ relation: Relation, predecessorCalendar: Int, successorCalendar: Int, elapsedCalendar: Int) {
        kind = relation.kind
        lag = relation.lag
        lagIsANumber = relation.lagCalendar == .successor
        switch relation.lagCalendar {
        case .successor: calendar = successorCalendar
        case .predecessor: calendar = predecessorCalendar
        case .calendar(let index): calendar = index
        case .elapsed: calendar = elapsedCalendar
        }
    }
}

extension ActivityNetwork {
    /// The start that a link asks of its successor, before the move to working time.
    ///
    /// A link to a finish is turned into a start *before* the lag is applied (rule 2).
    func start(through link: Int, into successor: Int, from predecessor: Dates) -> Minute {
        guard !linkRules.isEmpty else { return predecessor.finish }
        let rule = linkRules[link]
        let begin: Minute
        switch rule.kind {
        case .finishToStart: begin = predecessor.finish
        case .startToStart: begin = predecessor.start
        case .finishToFinish:
            begin = workingTime(at: successor).add(-durations[successor], to: predecessor.finish)
        case .startToFinish:
            begin = workingTime(at: successor).add(-durations[successor], to: predecessor.start)
        }
        return lagCalendars[rule.calendar].add(rule.lag, to: begin)
    }

    /// The same, except that a finish-to-finish link never asks for a start before the project's (rule 2).
    func start(through link: Int, into successor: Int, from predecessor: Dates, notBefore start: Minute) -> Minute {
        let asked = self.start(through: link, into: successor, from: predecessor)
        return !linkRules.isEmpty && linkRules[link].kind == .finishToFinish ? max(start, asked) : asked
    }

    /// The finish that a link allows its predecessor, before the caps and the move to working time.
    func lateFinish(through link: Int, from successor: Dates, to predecessor: Int) -> Minute {
        guard !linkRules.isEmpty else { return successor.start }
        let rule = linkRules[link]
        let lagTime = lagCalendars[rule.calendar]
        let own = workingTime(at: predecessor)
        switch rule.kind {
        case .finishToStart:
            return lagTime.add(-rule.lag, to: successor.start)
        case .finishToFinish:
            return lagTime.add(-rule.lag, to: successor.finish)
        case .startToStart:
            let start = lagTime.add(-rule.lag, to: own.nextWorkingInstant(from: successor.start))
            return own.add(durations[predecessor], to: start)
        case .startToFinish:
            return lagTime.add(-rule.lag, to: own.add(durations[predecessor], to: successor.finish))
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
            ? own.work(from: from, to: to) - rule.lag
            : own.work(from: from, to: lagCalendars[rule.calendar].add(-rule.lag, to: to))
    }
}

/// Why an activity starts when it does.
public struct StartReason: Sendable, Hashable {
    /// What fixed the start.
    public enum Cause: Sendable, Hashable {
        /// Nothing comes before: the project's start.
        case projectStart
        /// The relation, by its index in the input, that let it begin last.
        case relation(Int)
        /// What is left goes on at the data date.
        case dataDate
        /// It has started: the actual date.
        case actual
        /// A date of its own.
        case constraint(DateConstraints.Kind)
    }

    public let cause: Cause
    /// When the cause alone would let the activity start.
    public let instant: Minute
    /// When it does start: the same, or the next working time.
    public let start: Minute

    public var isMovedToWorkingTime: Bool { instant != start }
}

extension Schedule {
    /// The relations, by index in the input, that hold the activity's early start where it is: those whose start is the
    /// early start once moved to working time. The one that comes last on the clock is first; then in order of input.
    ///
    /// Of an activity under way, those that hold what is left of it. None when the project's start, the data date or a
    /// constraint holds it. A driving relation need not come from an activity without
    /// float, nor the other way round, once calendars or constraints differ.
    /// - Complexity: O(relations into the activity).
    public func drivers(of activity: Int) -> [Int] {
        drivingLinks(into: Int(network.position[activity])).map { Int(network.linkRelation[$0]) }
    }

    /// The same as links, by the activity's position.
    func drivingLinks(into position: Int) -> [Int] {
        let activity = Int(network.order[position])
        let own = network.activities[activity]
        guard own.progress?.finish == nil else { return [] }
        let time = network.workingTime(at: position)
        let begin = time.start(from: ready[activity], duration: own.work)
        guard own.progress != nil || begin == earlyStart[activity] else { return [] }
        guard own.progress == nil || terms.progressMode != .progressOverride else { return [] }
        let rank = time.work(before: begin)
        return network.links(into: position)
            .map { (link: $0, start: start(through: $0, into: position)) }
            .filter { time.work(before: $0.start) == rank }
            .sorted { ($1.start, $0.link) < ($0.start, $1.link) }
            .map(\.link)
    }

    /// Why the activity starts at its scheduled start.
    public func reason(forStartOf activity: Int) -> StartReason {
        let scheduled = scheduledStart(activity)
        let (cause, instant) =
            network.activities[activity].isAsLateAsPossible
            ? (.constraint(.asLateAsPossible), lateStart[activity]) : causeOfEarlyStart(activity)
        return StartReason(cause: cause, instant: instant, start: scheduled)
    }

    /// What fixes the early start, and when it alone would let the activity begin.
    func causeOfEarlyStart(_ activity: Int) -> (StartReason.Cause, Minute) {
        let own = network.activities[activity].constraints
        if let progress = network.activities[activity].progress { return (.actual, progress.start) }
        if let driver = drivers(of: activity).first { return (.relation(driver), ready[activity]) }
        let time = network.workingTime(at: Int(network.position[activity]))
        let duration = network.activities[activity].duration
        let start = earlyStart[activity]
        if start == time.start(from: ready[activity], duration: duration) {
            return (ready[activity] == terms.dataDate ? .dataDate : .projectStart, ready[activity])
        }
        // In the order in which the forward pass lets one override another, the strongest first.
        let fixed: [(DateConstraints.Kind, Minute?)] = [
            (.mustFinish, own.mustFinish.map { time.add(-duration, to: $0) }),
            (.mustStart, own.mustStart),
            (.finishNoLater, own.finishNoLater.map { time.add(-duration, to: $0) }),
            (.startNoLater, own.startNoLater),
        ]
        for case (let kind, let date?) in fixed where date == start { return (.constraint(kind), date) }
        let pushes: [(DateConstraints.Kind, Minute?)] = [
            (.startNoEarlier, own.startNoEarlier),
            (.finishNoEarlier, own.finishNoEarlier.map { time.add(-duration, to: $0) }),
        ]
        for case (let kind, let date?) in pushes
        where date == start || time.start(from: date, duration: duration) == start {
            return (.constraint(kind), date)
        }
        if let dataDate = terms.dataDate { return (.dataDate, dataDate) }
        preconditionFailure("the start of '\(network.activities[activity].id)' has no cause")
    }

    /// When what is left of an activity begins: its early start, if it has not started.
    func beginOfWork(_ activity: Int) -> Minute {
        let own = network.activities[activity]
        guard own.progress != nil else { return earlyStart[activity] }
        return network.calendars[own.calendar].start(from: ready[activity], duration: own.work)
    }

    /// The start that a link asks for, without the hold at the project's start.
    func start(through link: Int, into position: Int) -> Minute {
        let predecessor = Int(network.order[Int(network.linkPredecessor[link])])
        let usesLate =
            network.activities[predecessor].isAsLateAsPossible && !network.isAsLateAsPossible(position)
        let dates =
            usesLate
            ? Dates(start: lateStart[predecessor], finish: lateFinish[predecessor])
            : Dates(start: earlyStart[predecessor], finish: earlyFinish[predecessor])
        let work = network.activities[Int(network.order[position])].work
        return network.start(through: link, into: position, from: dates, work: work)
    }
}

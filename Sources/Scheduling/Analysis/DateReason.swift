/// Why an activity has one of its four dates (为何是这个日期).
public struct DateReason: Sendable, Hashable {
    public enum Cause: Sendable, Hashable {
        /// Nothing comes before: the project's start.
        case projectStart
        /// What is left goes on at the data date.
        case dataDate
        /// It has happened.
        case actual
        /// The relation, by its index in the input, that binds most.
        case relation(Int)
        case constraint(DateConstraints.Kind)
        /// The early start and the duration, or what is left of it.
        case duration
        /// The late finish less the duration, or what is left of it.
        case durationBack
        /// Nothing comes after: where late dates are anchored, the wanted finish or the project's own.
        case anchor
    }

    public let cause: Cause
    /// When the cause alone would have it.
    public let instant: Minute
    /// The date: the same, or moved over time in which nobody works.
    public let date: Minute

    public var isMovedToWorkingTime: Bool { instant != date }
}

/// The reasons of the four dates of an activity.
public struct DateReasons: Sendable, Hashable {
    public let earlyStart: DateReason
    public let earlyFinish: DateReason
    public let lateStart: DateReason
    public let lateFinish: DateReason
}

extension Schedule {
    /// Why each of an activity's dates is what it is.
    /// - Complexity: O(relations of the activity) once `outgoing` is known.
    public func reasons(for activity: Int, outgoing: OutgoingRelations) -> DateReasons {
        let own = network.activities[activity]
        let lateFinish = lateFinishReason(activity, outgoing: outgoing)
        let lateStart =
            own.progress.map { DateReason(cause: .actual, instant: $0.start, date: $0.start) }
            ?? DateReason(cause: .durationBack, instant: lateStart[activity], date: lateStart[activity])
        return DateReasons(
            earlyStart: earlyStartReason(activity), earlyFinish: earlyFinishReason(activity), lateStart: lateStart,
            lateFinish: lateFinish)
    }

    private func earlyStartReason(_ activity: Int) -> DateReason {
        let (found, instant) = causeOfEarlyStart(activity)
        let cause: DateReason.Cause =
            switch found {
            case .projectStart: .projectStart
            case .dataDate: .dataDate
            case .actual: .actual
            case .relation(let relation): .relation(relation)
            case .constraint(let kind): .constraint(kind)
            }
        return DateReason(cause: cause, instant: instant, date: earlyStart[activity])
    }

    private func earlyFinishReason(_ activity: Int) -> DateReason {
        let own = network.activities[activity]
        let date = earlyFinish[activity]
        if own.progress?.finish != nil { return DateReason(cause: .actual, instant: date, date: date) }
        let time = network.calendars[own.calendar]
        let reckoned = time.add(own.work, to: beginOfWork(activity))
        guard reckoned != date else { return DateReason(cause: .duration, instant: date, date: date) }
        for kind in [DateConstraints.Kind.mustFinish, .finishNoEarlier] where own.constraints[kind] == date {
            return DateReason(cause: .constraint(kind), instant: date, date: date)
        }
        return DateReason(cause: .dataDate, instant: terms.resumption, date: date)
    }

    private func lateFinishReason(_ activity: Int, outgoing: OutgoingRelations) -> DateReason {
        let own = network.activities[activity]
        let date = lateFinish[activity]
        if own.progress?.finish != nil { return DateReason(cause: .actual, instant: date, date: date) }
        let time = network.calendars[own.calendar]
        func ends(_ instant: Minute) -> Bool { time.previousWorkingEnd(before: instant) == date }
        let hasStarted = own.progress != nil
        for kind in [DateConstraints.Kind.mustFinish, .mustStart, .deadline, .finishNoLater, .startNoLater] {
            guard let bound = own.constraints[kind], kind.bindsFinish || !hasStarted else { continue }
            let finish = kind.bindsFinish ? bound : time.add(own.duration, to: bound)
            if ends(finish) { return DateReason(cause: .constraint(kind), instant: finish, date: date) }
        }
        let position = Int(network.position[activity])
        let binding = outgoing.links(outOf: position).compactMap { link, successor -> (link: Int, finish: Minute)? in
            guard !hasStarted || network.leavesFromFinish(link), let late = bindingLateDates(of: successor) else {
                return nil
            }
            return (link, network.lateFinish(through: link, from: late, to: position))
        }
        if let first = binding.filter({ ends($0.finish) }).min(by: { $0.finish < $1.finish }),
            !ends(lateAnchor)
                || first.finish < lateAnchor
        {
            return DateReason(
                cause: .relation(Int(network.linkRelation[first.link])), instant: first.finish, date: date)
        }
        return DateReason(cause: .anchor, instant: lateAnchor, date: date)
    }

    /// The late dates of a successor that bind what comes before it; `nil` when its relations no longer count.
    private func bindingLateDates(of position: Int) -> Dates? {
        let activity = Int(network.order[position])
        guard let progress = network.activities[activity].progress else {
            return Dates(start: lateStart[activity], finish: lateFinish[activity])
        }
        switch terms.progressMode {
        case .retainedLogic:
            guard progress.finish == nil else { return nil }
            let begin = network.workingTime(at: position).add(-progress.remaining, to: lateFinish[activity])
            return Dates(start: begin, finish: lateFinish[activity])
        case .progressOverride: return nil
        case .actualDates: return Dates(start: progress.start, finish: lateFinish[activity])
        }
    }
}

extension DateConstraints.Kind {
    /// Whether it is about the finish; else about the start.
    var bindsFinish: Bool { [.finishNoEarlier, .finishNoLater, .mustFinish, .deadline].contains(self) }
}

import Scheduling

/// The scheduling rules written down a second time, as plainly as they read: relations relaxed until nothing changes, on
/// calendars minute by minute, without topological order.
struct PlainCriticalPath {
    let activities: [Activity]
    let relations: [Relation]
    let calendars: [MinuteByMinute]
    let terms: ScheduleTerms
    private var start: Minute { terms.start }

    private(set) var ready: [Minute]
    private(set) var earlyStart: [Minute]
    private(set) var earlyFinish: [Minute]
    /// When what is left of each begins.
    private var begins: [Minute]
    private(set) var lateStart: [Minute]
    private(set) var lateFinish: [Minute]
    private(set) var totalFloat: [Int] = []
    private(set) var freeFloat: [Int] = []

    private let into: [[Int]]
    private let outOf: [[Int]]
    private let ends: [(predecessor: Int, successor: Int)]

    init(
        _ activities: [Activity], _ relations: [Relation], calendars: [MinuteByMinute], elapsed: MinuteByMinute,
        terms: ScheduleTerms
    ) {
        self.activities = activities
        self.relations = relations
        self.calendars = calendars + [elapsed]
        self.terms = terms
        let ends = relations.map { relation in
            (
                predecessor: activities.firstIndex { $0.id == relation.predecessor }!,
                successor: activities.firstIndex { $0.id == relation.successor }!
            )
        }
        self.ends = ends
        into = activities.indices.map { index in relations.indices.filter { ends[$0].successor == index } }
        outOf = activities.indices.map { index in relations.indices.filter { ends[$0].predecessor == index } }
        ready = activities.map { _ in terms.start }
        earlyStart = ready
        earlyFinish = ready
        begins = ready
        lateStart = ready
        lateFinish = ready
        relaxEarly(afterLate: false)
        let anchor = terms.finish ?? earlyFinish.max() ?? terms.start
        relaxLate(anchor)
        if activities.indices.contains(where: isLate) { relaxEarly(afterLate: true) }
        for index in activities.indices {
            let time = time(index)
            let startFloat = time.work(earlyStart[index], lateStart[index])
            let finishFloat = time.work(earlyFinish[index], lateFinish[index])
            let hasStarted = activities[index].progress != nil
            totalFloat.append(isLate(index) ? 0 : hasStarted ? finishFloat : min(startFloat, finishFloat))
        }
        for index in activities.indices {
            let slacks = outOf[index].filter { binds($0) && isRetained($0) }.map { slack($0) }
            freeFloat.append(activities[index].progress?.finish != nil ? 0 : max(0, slacks.min() ?? totalFloat[index]))
        }
    }

    private func time(_ index: Int) -> MinuteByMinute { calendars[activities[index].calendar] }

    private func isLate(_ index: Int) -> Bool {
        activities[index].constraints.asLateAsPossible && activities[index].progress == nil
    }

    private func work(_ index: Int) -> Int { activities[index].progress?.remaining ?? activities[index].duration }

    private func lag(_ relation: Int) -> Int {
        let share =
            Double(relations[relation].lagShare) / 10_000 * Double(activities[ends[relation].predecessor].duration)
        return relations[relation].lag + Int(share.rounded(.toNearestOrAwayFromZero))
    }

    /// Whether the relation means anything to its predecessor any more.
    private func binds(_ relation: Int) -> Bool {
        guard let progress = activities[ends[relation].predecessor].progress else { return true }
        let leavesFromFinish = [.finishToStart, .finishToFinish].contains(relations[relation].kind)
        return progress.finish == nil && leavesFromFinish
    }

    /// Whether the relation means anything to what is left of its successor.
    private func isRetained(_ relation: Int) -> Bool {
        guard let progress = activities[ends[relation].successor].progress else { return true }
        return progress.finish == nil && terms.progressMode != .progressOverride
    }

    private func lagTime(_ relation: Int) -> MinuteByMinute {
        switch relations[relation].lagCalendar {
        case .successor: time(ends[relation].successor)
        case .predecessor: time(ends[relation].predecessor)
        case .calendar(let index): calendars[index]
        case .elapsed: calendars[calendars.count - 1]
        }
    }

    private mutating func relaxEarly(afterLate: Bool) {
        var changed = true
        while changed {
            changed = false
            for index in activities.indices {
                let links = into[index].filter(isRetained).map { linkStart($0, afterLate: afterLate) }
                let newReady: Minute
                let (newStart, newFinish): (Minute, Minute)
                if let progress = activities[index].progress {
                    newReady = progress.finish != nil ? progress.start : max(terms.resumption, links.max() ?? Int.min)
                    newStart = progress.start
                    newFinish = progress.finish ?? finish(index, progress.remaining, from: newReady)
                } else {
                    newReady = max(links.max() ?? start, terms.dataDate ?? Int.min)
                    (newStart, newFinish) = place(index, newReady)
                    begins[index] = newStart
                }
                changed = changed || newReady != ready[index] || newStart != earlyStart[index]
                changed = changed || newFinish != earlyFinish[index]
                ready[index] = newReady
                earlyStart[index] = newStart
                earlyFinish[index] = newFinish
            }
        }
    }

    /// What is left of one under way, from when it can go on.
    private mutating func finish(_ index: Int, _ left: Int, from ready: Minute) -> Minute {
        begins[index] = left == 0 && time(index).isPeriodEnd(ready) ? ready : time(index).nextStart(ready)
        let end = time(index).add(left, to: begins[index])
        let own = activities[index].constraints
        return own.mustFinish.map { max($0, terms.resumption) } ?? max(end, own.finishNoEarlier ?? end)
    }

    private func linkStart(_ relation: Int, afterLate: Bool) -> Minute {
        let (p, s) = ends[relation]
        let late = afterLate && isLate(p) && !isLate(s)
        let begins = late ? lateStart[p] : earlyStart[p]
        let ends = late ? lateFinish[p] : earlyFinish[p]
        func lagged(_ instant: Minute) -> Minute { lagTime(relation).add(lag(relation), to: instant) }
        switch relations[relation].kind {
        case .finishToStart: return lagged(ends)
        case .startToStart: return lagged(begins)
        case .startToFinish: return lagged(time(s).add(-work(s), to: begins))
        case .finishToFinish: return max(start, lagged(time(s).add(-work(s), to: ends)))
        }
    }

    private func place(_ index: Int, _ ready: Minute) -> (Minute, Minute) {
        let time = time(index)
        let d = activities[index].duration
        let c = activities[index].constraints
        var es = ready
        var fixed: Minute?
        func snapped(_ instant: Minute) -> Minute {
            d == 0 && time.isPeriodEnd(instant) ? instant : time.nextStart(instant)
        }
        let pushes = [c.startNoEarlier, c.finishNoEarlier.map { time.add(-d, to: $0) }].compactMap(\.self)
        if into[index].isEmpty, let push = pushes.max() {
            es = snapped(push)
            if d > 0, let date = c.finishNoEarlier, time.add(-d, to: date) == push { fixed = date }
        } else {
            es = max(snapped(es), pushes.max() ?? Int.min)
        }
        if let date = c.startNoLater, date < es { (es, fixed) = (date, nil) }
        if let date = c.finishNoLater, time.add(-d, to: date) < es { (es, fixed) = (time.add(-d, to: date), nil) }
        if let date = c.mustStart { (es, fixed) = (date, nil) }
        if let date = c.mustFinish { (es, fixed) = (time.add(-d, to: date), date) }
        if let dataDate = terms.dataDate, es < dataDate {
            fixed = nil
            es = d == 0 && time.isPeriodEnd(dataDate) ? dataDate : time.nextStart(dataDate)
        }
        return (es, fixed ?? time.add(d, to: es))
    }

    private mutating func relaxLate(_ anchor: Minute) {
        var changed = true
        while changed {
            changed = false
            for index in activities.indices.reversed() {
                let time = time(index)
                let d = activities[index].duration
                let c = activities[index].constraints
                var lf = min(anchor, outOf[index].filter(binds).compactMap(linkFinish).min() ?? anchor)
                let progress = activities[index].progress
                if let date = c.mustStart, progress == nil { lf = time.add(d, to: date) }
                if let date = c.mustFinish { lf = date }
                if let date = c.startNoLater, progress == nil { lf = min(lf, time.add(d, to: date)) }
                lf = min(lf, c.finishNoLater ?? lf, c.deadline ?? lf)
                lf = progress?.finish ?? time.previousEnd(lf)
                let ls = progress?.start ?? time.add(-d, to: lf)
                changed = changed || lf != lateFinish[index] || ls != lateStart[index]
                lateFinish[index] = lf
                lateStart[index] = ls
            }
        }
    }

    /// `nil` when what is left of the successor no longer waits.
    private func linkFinish(_ relation: Int) -> Minute? {
        let (p, s) = ends[relation]
        func unlagged(_ instant: Minute) -> Minute { lagTime(relation).add(-lag(relation), to: instant) }
        var begin = lateStart[s]
        if let progress = activities[s].progress {
            switch terms.progressMode {
            case .progressOverride: return nil
            case .retainedLogic where progress.finish != nil: return nil
            case .retainedLogic: begin = time(s).add(-progress.remaining, to: lateFinish[s])
            case .actualDates: begin = progress.start
            }
        }
        switch relations[relation].kind {
        case .finishToStart: return unlagged(begin)
        case .finishToFinish: return unlagged(lateFinish[s])
        case .startToStart: return time(p).add(activities[p].duration, to: unlagged(time(p).nextStart(begin)))
        case .startToFinish: return unlagged(time(p).add(activities[p].duration, to: lateFinish[s]))
        }
    }

    private func slack(_ relation: Int) -> Int {
        let (p, s) = ends[relation]
        let kind = relations[relation].kind
        let fromFinish = kind == .finishToStart || kind == .finishToFinish
        let from =
            fromFinish ? (isLate(p) ? lateFinish[p] : earlyFinish[p]) : (isLate(p) ? lateStart[p] : earlyStart[p])
        let toStart = kind == .finishToStart || kind == .startToStart
        let to = toStart ? (isLate(s) ? lateStart[s] : begins[s]) : (isLate(s) ? lateFinish[s] : earlyFinish[s])
        if [.successor, .elapsed].contains(relations[relation].lagCalendar) {
            return time(p).work(from, to) - lag(relation)
        }
        return time(p).work(from, lagTime(relation).add(-lag(relation), to: to))
    }
}

import Scheduling

/// The scheduling rules written down a second time, as plainly as they read: relations relaxed until nothing changes, on
/// calendars minute by minute, without topological order.
struct PlainCriticalPath {
    let activities: [Activity]
    let relations: [Relation]
    let calendars: [MinuteByMinute]
    let start: Minute

    private(set) var ready: [Minute]
    private(set) var earlyStart: [Minute]
    private(set) var earlyFinish: [Minute]
    private(set) var lateStart: [Minute]
    private(set) var lateFinish: [Minute]
    private(set) var totalFloat: [Int] = []
    private(set) var freeFloat: [Int] = []

    private let into: [[Int]]
    private let outOf: [[Int]]
    private let ends: [(predecessor: Int, successor: Int)]

    init(
        _ activities: [Activity], _ relations: [Relation], calendars: [MinuteByMinute], elapsed: MinuteByMinute,
        start: Minute, finish: Minute?
    ) {
        self.activities = activities
        self.relations = relations
        self.calendars = calendars + [elapsed]
        self.start = start
        let ends = relations.map { relation in
            (
                predecessor: activities.firstIndex { $0.id == relation.predecessor }!,
                successor: activities.firstIndex { $0.id == relation.successor }!
            )
        }
        self.ends = ends
        into = activities.indices.map { index in relations.indices.filter { ends[$0].successor == index } }
        outOf = activities.indices.map { index in relations.indices.filter { ends[$0].predecessor == index } }
        ready = activities.map { _ in start }
        earlyStart = ready
        earlyFinish = ready
        lateStart = ready
        lateFinish = ready
        relaxEarly(afterLate: false)
        let anchor = finish ?? earlyFinish.max() ?? start
        relaxLate(anchor)
        if activities.contains(where: \.constraints.asLateAsPossible) { relaxEarly(afterLate: true) }
        for index in activities.indices {
            let time = time(index)
            let startFloat = time.work(earlyStart[index], lateStart[index])
            let finishFloat = time.work(earlyFinish[index], lateFinish[index])
            let isLate = activities[index].constraints.asLateAsPossible
            totalFloat.append(isLate ? 0 : min(startFloat, finishFloat))
        }
        for index in activities.indices {
            freeFloat.append(max(0, outOf[index].map { slack($0) }.min() ?? totalFloat[index]))
        }
    }

    private func time(_ index: Int) -> MinuteByMinute { calendars[activities[index].calendar] }

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
                let links = into[index].map { linkStart($0, afterLate: afterLate) }
                let newReady = links.max() ?? start
                let (newStart, newFinish) = place(index, newReady)
                changed = changed || newReady != ready[index] || newStart != earlyStart[index]
                changed = changed || newFinish != earlyFinish[index]
                ready[index] = newReady
                earlyStart[index] = newStart
                earlyFinish[index] = newFinish
            }
        }
    }

    private func linkStart(_ relation: Int, afterLate: Bool) -> Minute {
        let (p, s) = ends[relation]
        let late =
            afterLate && activities[p].constraints.asLateAsPossible && !activities[s].constraints.asLateAsPossible
        let begins = late ? lateStart[p] : earlyStart[p]
        let ends = late ? lateFinish[p] : earlyFinish[p]
        func lagged(_ instant: Minute) -> Minute { lagTime(relation).add(relations[relation].lag, to: instant) }
        switch relations[relation].kind {
        case .finishToStart: return lagged(ends)
        case .startToStart: return lagged(begins)
        case .startToFinish: return lagged(time(s).add(-activities[s].duration, to: begins))
        case .finishToFinish: return max(start, lagged(time(s).add(-activities[s].duration, to: ends)))
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
                var lf = min(anchor, outOf[index].map(linkFinish).min() ?? anchor)
                if let date = c.mustStart { lf = time.add(d, to: date) }
                if let date = c.mustFinish { lf = date }
                lf = min(lf, c.startNoLater.map { time.add(d, to: $0) } ?? lf, c.finishNoLater ?? lf, c.deadline ?? lf)
                lf = time.previousEnd(lf)
                let ls = time.add(-d, to: lf)
                changed = changed || lf != lateFinish[index] || ls != lateStart[index]
                lateFinish[index] = lf
                lateStart[index] = ls
            }
        }
    }

    private func linkFinish(_ relation: Int) -> Minute {
        let (p, s) = ends[relation]
        func unlagged(_ instant: Minute) -> Minute { lagTime(relation).add(-relations[relation].lag, to: instant) }
        switch relations[relation].kind {
        case .finishToStart: return unlagged(lateStart[s])
        case .finishToFinish: return unlagged(lateFinish[s])
        case .startToStart: return time(p).add(activities[p].duration, to: unlagged(time(p).nextStart(lateStart[s])))
        case .startToFinish: return unlagged(time(p).add(activities[p].duration, to: lateFinish[s]))
        }
    }

    private func slack(_ relation: Int) -> Int {
        let (p, s) = ends[relation]
        let kind = relations[relation].kind
        func isLate(_ index: Int) -> Bool { activities[index].constraints.asLateAsPossible }
        let fromFinish = kind == .finishToStart || kind == .finishToFinish
        let from =
            fromFinish ? (isLate(p) ? lateFinish[p] : earlyFinish[p]) : (isLate(p) ? lateStart[p] : earlyStart[p])
        let toStart = kind == .finishToStart || kind == .startToStart
        let to = toStart ? (isLate(s) ? lateStart[s] : earlyStart[s]) : (isLate(s) ? lateFinish[s] : earlyFinish[s])
        if [.successor, .elapsed].contains(relations[relation].lagCalendar) {
            return time(p).work(from, to) - relations[relation].lag
        }
        return time(p).work(from, lagTime(relation).add(-relations[relation].lag, to: to))
    }
}

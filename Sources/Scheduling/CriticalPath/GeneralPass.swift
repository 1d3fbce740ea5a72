/// The two passes over any network: several calendars, all kinds of relation, lags and constraints.
///
/// Positions are in topological order, so each pass is one sweep. The backward pass scatters over the links *into* each
/// activity, which spares a second list of links and reads memory in order.
struct GeneralPass {
    let network: ActivityNetwork
    let start: Minute
    private(set) var table: DateTable
    private let positions: Range<Int>

    init(network: ActivityNetwork, start: Minute) {
        self.network = network
        self.start = start
        self.positions = network.durations.indices
        self.table = DateTable(count: positions.count)
    }

    /// The last early finish; the start of a project without activities.
    var projectFinish: Minute { table.earlyFinish.max() ?? start }

    // MARK: Forward

    mutating func forward() {
        for position in positions {
            var ready = network.links(into: position).isEmpty ? start : Int.min
            for link in network.links(into: position) {
                let predecessor = table.early(Int(network.linkPredecessor[link]))
                ready = max(ready, network.start(through: link, into: position, from: predecessor, notBefore: start))
            }
            place(position, ready: ready)
        }
    }

    /// Rule 9: with late dates known, what follows an activity that is as late as possible follows its late dates.
    mutating func forwardAgainAfterLateActivities() {
        for position in positions {
            var ready = network.links(into: position).isEmpty ? start : Int.min
            for link in network.links(into: position) {
                let predecessor = network.leadingDates(through: link, into: position, in: table)
                ready = max(ready, network.start(through: link, into: position, from: predecessor, notBefore: start))
            }
            place(position, ready: ready)
        }
    }

    /// Early dates from the ready instant: rules 2, 4 and 5.
    private mutating func place(_ position: Int, ready: Minute) {
        let time = network.workingTime(at: position)
        let duration = network.durations[position]
        table.ready[position] = ready
        guard let dates = network.constraints(at: position) else {
            let start = time.start(from: ready, duration: duration)
            table.earlyStart[position] = start
            table.earlyFinish[position] = time.add(duration, to: start)
            return
        }
        var start = ready
        var fixedFinish: Minute?
        if let date = dates.startNoEarlier { start = max(start, date) }
        if let date = dates.finishNoEarlier {
            let earliest = time.add(-duration, to: date)
            if earliest > start {
                start = earliest
                if network.links(into: position).isEmpty, duration > 0 { fixedFinish = date }
            }
        }
        start = time.start(from: start, duration: duration)
        // From here on relations are overridden: an activity honours its dates.
        let unbound = start
        if let date = dates.startNoLater { start = min(start, date) }
        if let date = dates.finishNoLater { start = min(start, time.add(-duration, to: date)) }
        if let date = dates.mustStart { start = date }
        if start != unbound { fixedFinish = nil }
        if let date = dates.mustFinish {
            start = time.add(-duration, to: date)
            fixedFinish = date
        }
        table.earlyStart[position] = start
        table.earlyFinish[position] = fixedFinish ?? time.add(duration, to: start)
    }

    // MARK: Backward

    /// Late dates: rules 5, 6 and 10.
    mutating func backward(from anchor: Minute) {
        for position in positions { table.lateFinish[position] = anchor }
        for position in positions.reversed() {
            let time = network.workingTime(at: position)
            let duration = network.durations[position]
            var finish = table.lateFinish[position]
            if let dates = network.constraints(at: position) {
                if let date = dates.mustStart { finish = time.add(duration, to: date) }
                if let date = dates.mustFinish { finish = date }
                if let date = dates.startNoLater { finish = min(finish, time.add(duration, to: date)) }
                if let date = dates.finishNoLater { finish = min(finish, date) }
                if let date = dates.deadline { finish = min(finish, date) }
            }
            finish = time.previousWorkingEnd(before: finish)
            let late = Dates(start: time.add(-duration, to: finish), finish: finish)
            table.lateFinish[position] = late.finish
            table.lateStart[position] = late.start
            for link in network.links(into: position) {
                let predecessor = Int(network.linkPredecessor[link])
                let allowed = network.lateFinish(through: link, from: late, to: predecessor)
                table.lateFinish[predecessor] = min(table.lateFinish[predecessor], allowed)
            }
        }
    }

    // MARK: Floats

    /// Rules 7 and 8.
    mutating func floats() {
        for position in positions {
            let time = network.workingTime(at: position)
            let early = table.early(position)
            let late = table.late(position)
            table.totalFloat[position] =
                network.isAsLateAsPossible(position)
                ? 0 : min(time.work(from: early.start, to: late.start), time.work(from: early.finish, to: late.finish))
            table.freeFloat[position] = Int.max
        }
        for position in positions {
            let early = table.early(position)
            for link in network.links(into: position) {
                let predecessor = Int(network.linkPredecessor[link])
                let leading = network.leadingDates(through: link, into: position, in: table)
                let slack = network.slack(of: link, from: leading, at: predecessor, to: early)
                table.freeFloat[predecessor] = min(table.freeFloat[predecessor], max(0, slack))
            }
        }
        for position in positions where table.freeFloat[position] == Int.max {
            table.freeFloat[position] = table.totalFloat[position]
        }
    }
}

extension WorkingTime {
    /// Where an activity that may start at `instant` does start (rules 2 and 4).
    func start(from instant: Minute, duration: Int) -> Minute {
        duration == 0 ? milestoneInstant(from: instant) : nextWorkingInstant(from: instant)
    }
}

extension ActivityNetwork {
    func isAsLateAsPossible(_ position: Int) -> Bool { constraints(at: position)?.asLateAsPossible ?? false }

    /// The dates of a link's predecessor that count for its successor: the early ones, but the late ones of an activity
    /// that is as late as possible, unless the successor is so too (rule 9).
    func leadingDates(through link: Int, into successor: Int, in table: DateTable) -> Dates {
        let predecessor = Int(linkPredecessor[link])
        return isAsLateAsPossible(predecessor) && !isAsLateAsPossible(successor)
            ? table.late(predecessor) : table.early(predecessor)
    }
}

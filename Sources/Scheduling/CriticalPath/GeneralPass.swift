/// The two passes over any network: several calendars, all kinds of relation, lags, constraints and progress.
///
/// Positions are in topological order, so each pass is one sweep. The backward pass scatters over the links *into* each
/// activity, which spares a second list of links and reads memory in order.
struct GeneralPass {
    let network: ActivityNetwork
    let terms: ScheduleTerms
    private(set) var table: DateTable
    let positions: Range<Int>
    /// By position; empty when nothing has started.
    let progress: [ActivityProgress?]
    /// When what is left of an activity begins: its early start, if it has not started.
    private var begins: [Minute]

    init(network: ActivityNetwork, terms: ScheduleTerms) {
        self.network = network
        self.terms = terms
        self.positions = network.durations.indices
        self.table = DateTable(count: positions.count)
        self.progress = network.progressByPosition
        self.begins = table.ready
    }

    /// The last early finish; the start of a project without activities.
    var projectFinish: Minute { table.earlyFinish.max() ?? terms.start }

    func progress(at position: Int) -> ActivityProgress? { progress.isEmpty ? nil : progress[position] }

    /// Working minutes that are left of an activity.
    func work(at position: Int) -> Int { progress(at: position)?.remaining ?? network.durations[position] }

    // MARK: Forward

    /// - Parameter afterLate: rule 9: with late dates known, what follows an activity that is as late as possible follows
    ///   its late dates.
    mutating func forward(afterLate: Bool = false) {
        for position in positions {
            if let progress = progress(at: position) {
                placeStarted(position, progress, afterLate: afterLate)
                continue
            }
            let links = network.links(into: position)
            var ready = links.isEmpty ? terms.start : Int.min
            for link in links { ready = max(ready, start(through: link, into: position, afterLate: afterLate)) }
            if let dataDate = terms.dataDate { ready = max(ready, dataDate) }
            place(position, ready: ready)
        }
    }

    private func start(through link: Int, into position: Int, afterLate: Bool) -> Minute {
        let predecessor =
            afterLate
            ? network.leadingDates(through: link, into: position, in: table)
            : table.early(Int(network.linkPredecessor[link]))
        return network.start(
            through: link, into: position, from: predecessor, notBefore: terms.start, work: work(at: position))
    }

    /// Early dates of what has not started, from the ready instant: rules 2, 4 and 5.
    private mutating func place(_ position: Int, ready: Minute) {
        let time = network.workingTime(at: position)
        let duration = network.durations[position]
        table.ready[position] = ready
        var dates = Placement(start: time.start(from: ready, duration: duration))
        if let constraints = network.constraints(at: position) {
            let isFirst = network.links(into: position).isEmpty
            dates = constraints.place(dates.start, duration, on: time, isFirst: isFirst)
            if let dataDate = terms.dataDate, dates.start < dataDate {
                dates = Placement(start: time.start(from: dataDate, duration: duration))
            }
        }
        table.earlyStart[position] = dates.start
        table.earlyFinish[position] = dates.finish ?? time.add(duration, to: dates.start)
        begins[position] = dates.start
    }

    /// Rule 12: actual dates stay; what is left goes on at the data date or when its relations let it.
    private mutating func placeStarted(_ position: Int, _ progress: ActivityProgress, afterLate: Bool) {
        table.earlyStart[position] = progress.start
        if let finish = progress.finish {
            table.ready[position] = progress.start
            table.earlyFinish[position] = finish
            begins[position] = progress.start
            return
        }
        var ready = terms.resumption
        for link in network.links(into: position) where isRetained(link, into: position) {
            ready = max(ready, start(through: link, into: position, afterLate: afterLate))
        }
        let time = network.workingTime(at: position)
        table.ready[position] = ready
        begins[position] = time.start(from: ready, duration: progress.remaining)
        var finish = time.add(progress.remaining, to: begins[position])
        if let dates = network.constraints(at: position) {
            if let date = dates.finishNoEarlier { finish = max(finish, date) }
            if let date = dates.mustFinish { finish = max(date, terms.resumption) }
        }
        table.earlyFinish[position] = finish
    }

    /// Whether a relation still binds what is left of its successor, and what is left of its predecessor with it.
    private func isRetained(_ link: Int, into position: Int) -> Bool {
        guard let progress = progress(at: position) else { return true }
        return progress.finish == nil && terms.progressMode != .progressOverride
    }

    // MARK: Backward

    /// Late dates: rules 5, 6, 10 and 12.
    mutating func backward(from anchor: Minute) {
        table.anchor = anchor
        for position in positions { table.lateFinish[position] = anchor }
        for position in positions.reversed() {
            let progress = progress(at: position)
            let late = late(position, progress)
            table.lateFinish[position] = late.finish
            table.lateStart[position] = progress?.start ?? late.start
            guard let binding = binding(late, progress) else { continue }
            for link in network.links(into: position) where bindsPredecessor(link) {
                let predecessor = Int(network.linkPredecessor[link])
                let allowed = network.lateFinish(through: link, from: binding, to: predecessor)
                table.lateFinish[predecessor] = min(table.lateFinish[predecessor], allowed)
            }
        }
    }

    private func late(_ position: Int, _ progress: ActivityProgress?) -> Dates {
        if let progress, let finish = progress.finish { return Dates(start: progress.start, finish: finish) }
        let time = network.workingTime(at: position)
        var finish = table.lateFinish[position]
        if let dates = network.constraints(at: position) {
            finish = dates.cap(finish, network.durations[position], on: time, hasStarted: progress != nil)
        }
        finish = time.previousWorkingEnd(before: finish)
        return Dates(start: time.add(-work(at: position), to: finish), finish: finish)
    }

    /// The late dates that bind what comes before; `nil` when the activity's relations no longer count.
    private func binding(_ late: Dates, _ progress: ActivityProgress?) -> Dates? {
        guard let progress else { return late }
        switch terms.progressMode {
        case .retainedLogic: return progress.finish == nil ? late : nil
        case .progressOverride: return nil
        case .actualDates: return Dates(start: progress.start, finish: late.finish)
        }
    }

    /// Whether its predecessor can still keep a link or break it: what has happened cannot.
    private func bindsPredecessor(_ link: Int) -> Bool {
        guard let progress = progress(at: Int(network.linkPredecessor[link])) else { return true }
        return progress.finish == nil && network.leavesFromFinish(link)
    }

    // MARK: Floats

    /// Rules 7 and 8.
    mutating func floats() {
        for position in positions {
            table.totalFloat[position] = totalFloat(position)
            table.freeFloat[position] = Int.max
        }
        for position in positions {
            let successor = network.isAsLateAsPossible(position) ? table.late(position) : remainder(position)
            for link in network.links(into: position) where isRetained(link, into: position) && bindsPredecessor(link) {
                let predecessor = Int(network.linkPredecessor[link])
                let leading =
                    network.isAsLateAsPossible(predecessor) ? table.late(predecessor) : table.early(predecessor)
                let slack = network.slack(of: link, from: leading, at: predecessor, to: successor)
                table.freeFloat[predecessor] = min(table.freeFloat[predecessor], max(0, slack))
            }
        }
        for position in positions {
            if progress(at: position)?.finish != nil {
                table.freeFloat[position] = 0
            } else if table.freeFloat[position] == Int.max {
                table.freeFloat[position] = max(0, table.totalFloat[position])
            }
        }
    }

    private func totalFloat(_ position: Int) -> Int {
        guard !network.isAsLateAsPossible(position) else { return 0 }
        let time = network.workingTime(at: position)
        let finish = time.work(from: table.earlyFinish[position], to: table.lateFinish[position])
        guard progress(at: position) == nil else { return finish }
        return min(time.work(from: table.earlyStart[position], to: table.lateStart[position]), finish)
    }

    /// Early dates of what is left of an activity.
    private func remainder(_ position: Int) -> Dates {
        Dates(start: begins[position], finish: table.earlyFinish[position])
    }
}

/// The dates and floats of a network by position, however they were computed.
enum SolvedDates: Sendable {
    case ranks(RankDates)
    case minutes(DateTable)

    /// The last early finish; `nil` of a network without activities.
    var projectFinish: Minute? {
        switch self {
        case .ranks(let dates): dates.projectFinish
        case .minutes(let table): table.earlyFinish.max()
        }
    }

    /// Where late dates were anchored, if not at the project's finish.
    var anchor: Minute? {
        if case .minutes(let table) = self { table.anchor } else { nil }
    }

    /// One value of one activity.
    func value(_ field: ScheduleColumn.Field, at position: Int, in network: ActivityNetwork) -> Int {
        switch self {
        case .ranks(let dates): dates.value(field, at: position, in: network)
        case .minutes(let table): table.value(field, at: position)
        }
    }
}

extension RankDates {
    func value(_ field: ScheduleColumn.Field, at position: Int, in network: ActivityNetwork) -> Int {
        let duration = network.durations[position]
        return switch field {
        case .ready: network.ready(at: position, by: self)
        case .earlyStart: earlyStart(position, duration: duration)
        case .earlyFinish: earlyFinish(position, duration: duration)
        case .lateStart: lateStart(position, duration: duration)
        case .lateFinish: lateFinish(position, duration: duration)
        case .totalFloat: totalFloat(position)
        case .freeFloat: freeFloat(position)
        }
    }
}

extension DateTable {
    func value(_ field: ScheduleColumn.Field, at position: Int) -> Int {
        switch field {
        case .ready: ready[position]
        case .earlyStart: earlyStart[position]
        case .earlyFinish: earlyFinish[position]
        case .lateStart: lateStart[position]
        case .lateFinish: lateFinish[position]
        case .totalFloat: totalFloat[position]
        case .freeFloat: freeFloat[position]
        }
    }
}

extension ActivityNetwork {
    /// Rule 2 for one position, from the dates of its predecessors.
    fileprivate func ready(at position: Int, by dates: RankDates) -> Minute {
        links(into: position).map { link in
            let predecessor = Int(linkPredecessor[link])
            let duration = durations[predecessor]
            let early = Dates(
                start: dates.earlyStart(predecessor, duration: duration),
                finish: dates.earlyFinish(predecessor, duration: duration))
            return start(through: link, into: position, from: early, notBefore: dates.scale.start)
        }.max() ?? dates.scale.start
    }
}

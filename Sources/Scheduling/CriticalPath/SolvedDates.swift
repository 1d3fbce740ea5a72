/// The dates and floats of a network by position, however they were computed.
enum SolvedDates: Sendable {
    case ranks(RankDates)
    case minutes(MinuteDates)
    case table(DateTable)

    /// The last early finish; `nil` of a network without activities.
    var projectFinish: Minute? {
        switch self {
        case .ranks(let dates): dates.projectFinish
        case .minutes(let dates): dates.early.isEmpty ? nil : dates.instant(dates.projectFinish)
        case .table(let table): table.earlyFinish.max()
        }
    }

    /// Where late dates were anchored, if not at the project's finish.
    var anchor: Minute? {
        if case .table(let table) = self { table.anchor } else { nil }
    }

    /// One value of one activity.
    func value(_ field: ScheduleColumn.Field, at position: Int, in network: ActivityNetwork) -> Int {
        switch self {
        case .ranks(let dates): dates.value(field, at: position, in: network)
        case .minutes(let dates): dates.value(field, at: position, in: network)
        case .table(let table): table.value(field, at: position)
        }
    }
}

extension RankDates {
    func value(_ field: ScheduleColumn.Field, at position: Int, in network: ActivityNetwork) -> Int {
        let duration = network.durations[position]
        return switch field {
        case .ready:
            network.ready(at: position, start: scale.start) { predecessor in
                let duration = network.durations[predecessor]
                return Dates(
                    start: earlyStart(predecessor, duration: duration),
                    finish: earlyFinish(predecessor, duration: duration))
            }
        case .earlyStart: earlyStart(position, duration: duration)
        case .earlyFinish: earlyFinish(position, duration: duration)
        case .lateStart: lateStart(position, duration: duration)
        case .lateFinish: lateFinish(position, duration: duration)
        case .totalFloat: totalFloat(position)
        case .freeFloat: freeFloat(position)
        }
    }
}

extension MinuteDates {
    func value(_ field: ScheduleColumn.Field, at position: Int, in network: ActivityNetwork) -> Int {
        switch field {
        case .ready: network.ready(at: position, start: start, early: early)
        case .earlyStart: instant(early[2 * position])
        case .earlyFinish: instant(early[2 * position + 1])
        case .lateStart: instant(late[2 * position].x)
        case .lateFinish: instant(late[2 * position + 1].x)
        case .totalFloat: Int(late[2 * position].y)
        case .freeFloat: Int(late[2 * position + 1].y)
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
    /// Rule 2 for one position, from the early dates of its predecessors.
    fileprivate func ready(at position: Int, start: Minute, early: (Int) -> Dates) -> Minute {
        links(into: position).map { link in
            self.start(through: link, into: position, from: early(Int(linkPredecessor[link])), notBefore: start)
        }.max() ?? start
    }
}

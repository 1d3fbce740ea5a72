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
        case .ranks(let dates):
            let duration = network.durations[position]
            return switch field {
            case .ready: network.ready(at: position, by: dates)
            case .earlyStart: dates.earlyStart(position, duration: duration)
            case .earlyFinish: dates.earlyFinish(position, duration: duration)
            case .lateStart: dates.lateStart(position, duration: duration)
            case .lateFinish: dates.lateFinish(position, duration: duration)
            case .totalFloat: dates.totalFloat(position)
            case .freeFloat: dates.freeFloat(position)
            }
        case .minutes(let table):
            return switch field {
            case .ready: table.ready[position]
            case .earlyStart: table.earlyStart[position]
            case .earlyFinish: table.earlyFinish[position]
            case .lateStart: table.lateStart[position]
            case .lateFinish: table.lateFinish[position]
            case .totalFloat: table.totalFloat[position]
            case .freeFloat: table.freeFloat[position]
            }
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
            return start(through: link, into: position, from: early, notBefore: dates.start)
        }.max() ?? dates.start
    }
}

import WorkCalendar
import WorkflowModel

/// The dates of a plan as somebody works them out on paper: item by item, day by day on the wall calendar.
///
/// It knows finish-to-start and start-to-start dependencies with lags, joint items and rounds of rectification; nothing of
/// networks, minutes since an epoch or closed formulas.
struct ClosingsReference {
    /// A moment in the office: so many minutes of a day's 480 have passed; 480 is its closing.
    struct Moment: Hashable, Comparable {
        var day: LocalDate
        var minute = 480

        static func < (a: Moment, b: Moment) -> Bool { (a.day, a.minute) < (b.day, b.minute) }
    }

    /// One activity: a plain item, or one phase of a joint item.
    struct Activity {
        let id: String
        let item: String
        let takes: DayAmount
        let clock: ClockHolder
        var start: Moment
        var finish: Moment
        /// The activities that wait for it directly.
        var successors: [String] = []
    }

    let plan: Plan
    let calendar: WorkCalendar
    private(set) var activities: [Activity] = []
    private var positions: [String: Int] = [:]
    private var last: [String: [String]] = [:]
    private var first: [String: [String]] = [:]

    /// - Parameter delays: working minutes by which activities finish late.
    init(
        _ plan: Plan, calendar: WorkCalendar, start: LocalDate, basis: Basis, rounds: Int = 0,
        delays: [String: Int] = [:]
    ) {
        self.plan = plan
        self.calendar = calendar
        for planned in plan.items {
            let item = planned.item
            var ready = Moment(day: start)
            var waitedFor: [String] = []
            for dependency in planned.after {
                let names: [String]
                if let phase = dependency.phase, positions["\(dependency.item).\(phase.name)"] != nil {
                    names = ["\(dependency.item).\(phase.name)"]
                } else {
                    names =
                        (dependency.type == .startToStart ? first[dependency.item] : last[dependency.item]) ?? []
                }
                for name in names {
                    let other = self[name]
                    let from = dependency.type == .startToStart ? other.start : other.finish
                    ready = max(ready, moment(dependency.lag, after: from))
                }
                waitedFor += names
            }
            for layer in Self.layers(of: item, basis: basis, rounds: rounds) {
                var through = ready
                for (id, takes, clock) in layer {
                    var finish = moment(takes, after: ready)
                    if let delay = delays[id] { finish = moment(.init(minutes: delay, unit: .working), after: finish) }
                    positions[id] = activities.count
                    activities.append(
                        Activity(id: id, item: item.id, takes: takes, clock: clock, start: ready, finish: finish))
                    through = max(through, finish)
                    for other in waitedFor { activities[positions[other]!].successors.append(id) }  // placed before
                }
                if first[item.id] == nil { first[item.id] = layer.map(\.0) }
                last[item.id] = layer.map(\.0)
                waitedFor = layer.map(\.0)
                ready = through
            }
        }
    }

    subscript(id: String) -> Activity { activities[positions[id]!] }  // tests ask for what is there

    /// When the last activity finishes.
    var finish: Moment { activities.map(\.finish).max() ?? Moment(day: .earliest) }

    /// The activities with which an item ends.
    func ends(of item: String) -> [Activity]? { last[item].map { $0.map { self[$0] } } }

    // MARK: Figures

    enum Basis { case min, likely, max, promised, statutory }

    private static func amount(_ estimate: DurationEstimate?, _ limit: DayAmount?, _ law: DayAmount?, _ basis: Basis)
        -> DayAmount
    {
        let likely = estimate?.likely ?? .zero
        switch basis {
        case .min: return estimate?.min ?? .zero
        case .likely: return likely
        case .max: return estimate?.max ?? .zero
        case .promised: return limit ?? likely
        case .statutory: return law ?? limit ?? likely
        }
    }

    private static func layers(of item: Item, basis: Basis, rounds: Int) -> [[(String, DayAmount, ClockHolder)]] {
        func one(
            _ phase: String?, _ estimate: DurationEstimate?, limit: DayAmount? = nil, law: DayAmount? = nil,
            clock: ClockHolder? = nil
        ) -> (String, DayAmount, ClockHolder) {
            (
                phase.map { "\(item.id).\($0)" } ?? item.id, amount(estimate, limit, law, basis), clock ?? item.clock
            )
        }
        guard let joint = item.joint else {
            return [[one(nil, item.takes, limit: item.limit, law: item.statutory?.limit)]]
        }
        var layers: [[(String, DayAmount, ClockHolder)]] = []
        if joint.admission != nil { layers.append([one("admission", joint.admission)]) }
        if item.takes != nil {
            layers.append([one("session", item.takes, limit: item.limit, law: item.statutory?.limit)])
        } else {
            layers.append(
                joint.participants.map { one($0.id, $0.takes, limit: $0.limit, law: $0.statutory?.limit) })
        }
        if joint.merge != nil { layers.append([one("merge", joint.merge)]) }
        if let rectification = joint.rectification {
            for round in 1...max(1, rounds) where round <= rounds && round <= rectification.possibleRounds {
                layers.append([one("rectification-\(round)", rectification.applicant, clock: .applicant)])
                if rectification.recheck != nil { layers.append([one("recheck-\(round)", rectification.recheck)]) }
            }
        }
        if joint.conclusion != nil { layers.append([one("conclusion", joint.conclusion)]) }
        return layers
    }

    // MARK: Days

    private func isOpen(_ day: LocalDate, _ unit: DayUnit) -> Bool { unit == .calendar || calendar.isWorking(day) }

    /// The moment after so many minutes of office time, a working day or any day at a time.
    func moment(_ amount: DayAmount, after start: Moment) -> Moment {
        guard amount.minutes > 0 else { return start }
        var left = amount.minutes
        var now = start
        if !isOpen(now.day, amount.unit) { now.minute = 480 }
        while left > 0 {
            if now.minute == 480 {
                repeat { now.day = now.day.adding(days: 1) } while !isOpen(now.day, amount.unit)
                now.minute = 0
            }
            let step = Swift.min(left, 480 - now.minute)
            now.minute += step
            left -= step
        }
        return now
    }

    /// The date that a start prints as: the closing before it.
    func startDate(of activity: Activity) -> LocalDate {
        guard activity.start.minute < 480 else { return activity.start.day }
        let unit = activity.takes.minutes == 0 ? .calendar : activity.takes.unit
        var day = activity.start.day
        repeat { day = day.adding(days: -1) } while !isOpen(day, unit)
        return day
    }
}

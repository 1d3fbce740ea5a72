import CaseEngine
import Scheduling
import WorkCalendar
import WorkflowModel

/// The rest of a case, played through (剩余仿真).
struct Outlook {
    private let forecaster: Forecaster
    private let rest: RemainingNetwork
    private let simulation: NetworkSimulation
    /// Of each window of the graph, its place among those simulated; `nil` when it is closed.
    private let places: [Int?]
    private let used: [UsedTime]
    /// The first samples, with what is critical in them.
    private let first: SimulationPart
    private let others: SimulationPart

    init(_ rest: RemainingNetwork, _ used: [UsedTime], _ forecaster: Forecaster, on date: LocalDate) throws {
        self.forecaster = forecaster
        self.rest = rest
        self.used = used
        let times = forecaster.times
        var windows: [TimeWindow] = []
        var places: [Int?] = []
        for (window, used) in zip(forecaster.graph.windows, used) {
            let to = window.to.compactMap { rest.place[$0] }
            guard used.closed == nil, !to.isEmpty else {
                places.append(nil)
                continue
            }
            places.append(windows.count)
            let from = used.opened == nil ? window.from.compactMap { rest.place[$0] } : []
            var leads: [Int: Int] = [:]
            for (node, lead) in used.leads.enumerated() where lead >= 0 {
                if let place = rest.place[node] { leads[place] = lead }
            }
            windows.append(
                TimeWindow(
                    from: from.isEmpty ? [rest.now] : from, begins: [], to: to,
                    counted: rest.counted(by: window.target),
                    calendar: times.calendarIndex(of: window.target.limit?.unit ?? .working),
                    measure: window.target.measure.windowMeasure, leads: leads))
        }
        self.places = places
        let risk = forecaster.assumptions.risk
        simulation = try NetworkSimulation(
            ActivityNetwork(activities: rest.activities, relations: rest.relations, calendars: times.calendars),
            rest.uncertainties, start: times.closing(of: date),
            settings: SimulationSettings(
                seed: risk.seed, latinHypercube: risk.latinHypercube, correlation: risk.departmentCorrelation),
            windows: windows, emptyStays: true, floatCalendar: times.calendarIndex(of: .working))
        let runs = forecaster.assumptions.runs
        let split = min(runs, Forecaster.driverSamples)
        first = simulation.run(0..<split, detail: .criticality)
        others = runs > split ? simulation.run(split..<runs, detail: .outcomes) : simulation.run(0..<0)
    }

    // MARK: Outcomes

    /// When everything has finished.
    func dates() -> Forecast.Dates {
        let days = OutcomeDistribution(first.finishes + others.finishes)
        var numbers: [Int32] = []
        var before = 0
        for (value, upTo) in zip(days.values, days.cumulative) {
            let date = forecaster.times.finishDate(of: simulation.instant(ofFinish: value))
            numbers += Array(repeating: Int32(date.dayNumber), count: upTo - before)
            before = upTo
        }
        let distribution = OutcomeDistribution(numbers)
        return Forecast.Dates(
            distribution: distribution, mean: LocalDate(dayNumber: Int(distribution.mean.rounded())),
            percentiles: distribution.percentiles { LocalDate(dayNumber: $0) })
    }

    /// The four measures of a window in each sample, with what it has used already; `nil` when it is closed.
    func samples(ofWindow window: Int) -> [SIMD4<Int32>]? {
        guard let place = places[window] else { return nil }
        let used = used[window].measures
        // Chains that have ended already.
        let floor =
            forecaster.graph.windows[window].to.filter { rest.place[$0] == nil }
            .map { self.used[window].leads[$0] }.max() ?? 0
        return (first.measures[place] + others.measures[place]).map { sample in
            var sum = sample &+ used
            sum[WindowMeasure.path.rawValue] = max(sum[WindowMeasure.path.rawValue], Int32(floor))
            return sum
        }
    }

    // MARK: Activities

    /// What an outcome depends on; `nil` is the finish.
    func drivers(ofWindow window: Int?) -> [Forecast.Driver] {
        var place: Int?
        if let window {
            guard let known = places[window] else { return [] }
            place = known
        }
        let outcome = place.map { place in
            let measure = simulation.windows[place].measure.rawValue
            return OutcomeDistribution(first.measures[place].map { $0[measure] })
        }
        let spread = (outcome ?? OutcomeDistribution(first.finishes)).standardDeviation
        let chances = chances
        return simulation.drivers(ofWindow: place, in: first).compactMap { driver -> Forecast.Driver? in
            let duration = rest.uncertainties[driver.activity].duration
            let chance = chances[driver.activity]
            let mean = chance * duration.mean
            let deviation = max(0, chance * (duration.variance + duration.mean * duration.mean) - mean * mean)
                .squareRoot()
            guard driver.criticality.successes > 0, mean > 0, let (activity, isRunning) = subject(driver.activity)
            else { return nil }
            return Forecast.Driver(
                id: activity.id, title: activity.titleWithRound, department: activity.department,
                clock: rest.clocks[driver.activity], criticality: driver.criticality,
                sensitivity: spread > 0 ? driver.criticality.value * deviation / spread : 0,
                meanRemaining: mean, isRunning: isRunning)
        }.sorted { a, b in
            (a.sensitivity, a.criticality.value * a.meanRemaining, b.id)
                > (b.sensitivity, b.criticality.value * b.meanRemaining, a.id)
        }.prefix(Forecast.driverCount).map(\.self)
    }

    /// By place, the chance that it happens.
    private var chances: [Double] {
        var chances: [String: Double] = [:]
        return zip(rest.activities, rest.uncertainties).map { activity, uncertainty in
            // What it hangs on stands before it.
            let chance = uncertainty.chance * (uncertainty.onlyAfter.flatMap { chances[$0] } ?? 1)
            chances[activity.id] = chance
            return chance
        }
    }

    private func subject(_ place: Int) -> (activity: PlanActivity, isRunning: Bool)? {
        switch rest.origins[place] {
        case .date: return nil
        case .node(let node): return (forecaster.graph.nodes[node].activity, runs(place))
        case .stop(let stop): return (stop.activity(forecaster), true)
        }
    }

    private func runs(_ place: Int) -> Bool {
        guard case .node(let node) = rest.origins[place] else { return false }
        return rest.running.contains(node)
    }

    /// Who holds the time now.
    func holders(_ progress: CaseProgress, _ state: CaseState) -> [Forecast.Holder] {
        var stopped: Set<Int> = []
        var holders: [(item: Int, holder: Forecast.Holder)] = []
        for stop in progress.stops {
            if stop.stopsClock { stopped.insert(stop.item) }
            let activity = stop.activity(forecaster)
            holders.append((stop.item, holder(activity, stop.holder, stop.kind, stop.since, stop.remaining, stop.unit)))
        }
        for (node, standing) in progress.standings.enumerated() {
            guard case .running(let since, let remaining) = standing else { continue }
            let own = forecaster.graph.nodes[node]
            guard !stopped.contains(own.item) else { continue }
            let reason: Forecast.Holder.Reason =
                if case .phase(.rectification) = own.role { .rectification } else if own.role == .correction {
                    .correction
                } else { .work }
            holders.append(
                (
                    own.item,
                    holder(
                        own.activity, own.activity.clock, reason, since, remaining, own.activity.estimate.unit)
                ))
        }
        for request in forecaster.machine.requests(in: state) where request.ask.comesBeforeWork {
            guard let item = forecaster.machine.plan.index(of: request.item),
                !holders.contains(where: { $0.item == item })
            else { continue }
            holders.append((item, waiting(request, item)))
        }
        return holders.sorted { ($0.item, $0.holder.id) < ($1.item, $1.holder.id) }.map(\.holder)
    }

    /// An item whose turn has come and on which no clock runs yet.
    private func waiting(_ request: WorkRequest, _ item: Int) -> Forecast.Holder {
        let department: String? = if case .department(let id) = request.party { id } else { nil }
        return Forecast.Holder(
            id: request.item, item: request.item, title: forecaster.machine.plan.items[item].item.title,
            department: department, clock: request.party == .applicant ? .applicant : .none, reason: .waiting,
            since: request.since,
            days: .working(
                forecaster.machine.calendar.workingDays(after: request.since, through: max(request.since, rest.date))),
            meanRemaining: 0, remaining80: 0)
    }

    private func holder(
        _ activity: PlanActivity, _ clock: ClockHolder, _ reason: Forecast.Holder.Reason, _ since: LocalDate,
        _ remaining: Distribution, _ unit: DayUnit
    ) -> Forecast.Holder {
        let on = rest.date
        let days =
            unit == .working
            ? forecaster.machine.calendar.workingDays(after: since, through: max(since, on))
            : max(0, on.days(since: since))
        return Forecast.Holder(
            id: activity.id, item: activity.item, title: activity.titleWithRound, department: activity.department,
            clock: clock, reason: reason, since: since, days: DayAmount(days: days, unit: unit),
            meanRemaining: remaining.mean, remaining80: Int(remaining.quantile(0.8).rounded()))
    }
}

extension CaseProgress.Stop {
    /// It, as an activity of its item.
    fileprivate func activity(_ forecaster: Forecaster) -> PlanActivity {
        let planned = forecaster.machine.plan.items[item]
        let (zh, en) =
            switch kind {
            case .correction: ("补正", "Correction")
            case .supplement: ("补件", "Supplement")
            case .procedure: ("特别程序", "Special procedure")
            case .suspension: ("中止", "Suspension")
            case .waiting, .work, .rectification: ("等待", "Wait")
            }
        return PlanActivity(
            id: "\(planned.id).\(kind.rawValue)", item: planned.id, phase: nil, stage: planned.stage,
            title: LocalizedText(zh: "\(zh)：\(planned.item.title.zh)", en: "\(en): \(planned.item.title.en)"),
            department: holder == .applicant ? nil : planned.item.department, kind: planned.item.kind, clock: holder,
            estimate: .zero, limit: nil, statutory: nil)
    }
}

extension WorkRequest.Ask {
    /// Whether no work is done on it yet: somebody has to file, to admit or to begin.
    fileprivate var comesBeforeWork: Bool {
        switch self {
        case .file, .begin, .admit, .finishPreReview, .commit, .beginReview: true
        default: false
        }
    }
}

extension Schedule {
    /// The fourteen checks, in order. Finished activities are left out, as the assessment does, but in points 9, 11 and 14.
    /// - Complexity: O(activities + relations), and solving once more for point 12.
    public func qualityChecks(_ terms: QualityTerms = QualityTerms()) -> [QualityCheck] {
        Assessment(schedule: self, quality: terms).checks
    }
}

private struct Assessment {
    let schedule: Schedule
    let quality: QualityTerms
    let open: [Int]
    let ends: [(predecessor: Int, successor: Int)]
    let openRelations: [Int]

    init(schedule: Schedule, quality: QualityTerms) {
        self.schedule = schedule
        self.quality = quality
        let network = schedule.network
        open = network.activities.indices.filter { network.activities[$0].progress?.finish == nil }
        let ends = network.relationEnds
        self.ends = ends
        openRelations = ends.indices.filter { network.activities[ends[$0].successor].progress?.finish == nil }
    }

    private var network: ActivityNetwork { schedule.network }
    private var tasks: [Int] { open.filter { network.activities[$0].duration > 0 } }
    /// 44 working days: two months.
    private var twoMonths: Int { 44 * quality.minutesPerDay }

    var checks: [QualityCheck] {
        [
            logic, leads, lags, types, hardConstraints, share(.highFloat, 5) { schedule.totalFloat[$0] > twoMonths },
            negativeFloat, share(.highDuration, 5, among: tasks) { network.activities[$0].duration > twoMonths },
            invalidDates, resources, missed, criticalPathTest, lengthIndex, executionIndex,
        ]
    }

    private func share(
        _ point: QualityCheck.Point, _ bound: Double, among population: [Int]? = nil, _ isFound: (Int) -> Bool
    ) -> QualityCheck {
        let population = population ?? open
        let found = population.filter(isFound)
        return QualityCheck(
            point, percent(found.count, population.count), .atMostPercent(bound), found, of: population.count)
    }

    private func percent(_ count: Int, _ population: Int) -> Double? {
        population == 0 ? nil : Double(count) * 100 / Double(population)
    }

    private func successors(_ relations: [Int]) -> [Int] {
        Set(relations.map { ends[$0].successor }).sorted()
    }

    // MARK: Relations

    /// Without a predecessor or without a successor; the project's first start and last finish are allowed one each.
    private var logic: QualityCheck {
        let outgoing = OutgoingRelations(network)
        let isFirst = open.filter { network.links(into: Int(network.position[$0])).isEmpty }
        let isLast = open.filter { outgoing.isEmpty(outOf: Int(network.position[$0])) }
        let begin = isFirst.min { schedule.earlyStart[$0] < schedule.earlyStart[$1] }
        let end = isLast.max { schedule.earlyFinish[$0] < schedule.earlyFinish[$1] }
        let found = Set(isFirst.filter { $0 != begin } + isLast.filter { $0 != end }).sorted()
        return QualityCheck(.logic, percent(found.count, open.count), .atMostPercent(5), found, of: open.count)
    }

    private func lag(_ relation: Int) -> Int {
        network.relations[relation].lag(after: network.activities[ends[relation].predecessor].duration)
    }

    private var leads: QualityCheck {
        let found = openRelations.filter { lag($0) < 0 }
        return QualityCheck(
            .leads, Double(found.count), .atMost(0), successors(found), relations: found, of: openRelations.count)
    }

    private var lags: QualityCheck {
        let found = openRelations.filter { lag($0) > 0 }
        return QualityCheck(
            .lags, percent(found.count, openRelations.count), .atMostPercent(5), successors(found), relations: found,
            of: openRelations.count)
    }

    private var types: QualityCheck {
        let found = openRelations.filter { network.relations[$0].kind != .finishToStart }
        return QualityCheck(
            .relationTypes, percent(openRelations.count - found.count, openRelations.count), .atLeastPercent(90),
            successors(found), relations: found, of: openRelations.count)
    }

    // MARK: Activities

    private var hardConstraints: QualityCheck {
        share(.hardConstraints, 5) { activity in
            let own = network.activities[activity].constraints
            return [.mustStart, .mustFinish, .startNoLater, .finishNoLater].contains { own[$0] != nil }
        }
    }

    private var negativeFloat: QualityCheck {
        let found = open.filter { schedule.totalFloat[$0] < 0 }
        return QualityCheck(.negativeFloat, Double(found.count), .atMost(0), found, of: open.count)
    }

    /// Actual dates after the data date, and dates to come before it.
    private var invalidDates: QualityCheck {
        let date = schedule.terms.resumption
        let found = network.activities.indices.filter { activity in
            guard let progress = network.activities[activity].progress else {
                return schedule.terms.dataDate != nil && schedule.scheduledStart(activity) < date
            }
            return progress.start > date || progress.finish.map { $0 > date } ?? (schedule.earlyFinish[activity] < date)
        }
        return QualityCheck(
            .invalidDates, Double(found.count), .atMost(0), found, of: network.activities.count)
    }

    private var resources: QualityCheck {
        guard quality.hasResources.contains(where: { $0 != nil }) else {
            return QualityCheck(.resources, nil, .atMost(0), of: tasks.count)
        }
        let found = tasks.filter { quality.hasResources[$0] != true }
        return QualityCheck(.resources, Double(found.count), .atMost(0), found, of: tasks.count)
    }

    // MARK: Against the baseline

    /// Activities that the baseline finishes by the data date.
    private var due: [Int] {
        guard let baseline = quality.baseline else { return [] }
        return network.activities.indices.filter { activity in
            baseline.rows[network.activities[activity].id].map { $0.finish <= schedule.terms.resumption } ?? false
        }
    }

    /// Due, and finished or to be finished later than the baseline said.
    private var missed: QualityCheck {
        let found = due.filter { activity in
            let row = quality.baseline?.rows[network.activities[activity].id]
            return row.map { schedule.scheduledFinish(activity) > $0.finish } ?? false
        }
        return QualityCheck(.missedActivities, percent(found.count, due.count), .atMostPercent(5), found, of: due.count)
    }

    /// Finished activities for each that should be.
    private var executionIndex: QualityCheck {
        let finished = network.activities.indices.filter { network.activities[$0].progress?.finish != nil }
        let value = due.isEmpty ? nil : Double(finished.count) / Double(due.count)
        let late = due.filter { network.activities[$0].progress?.finish == nil }
        return QualityCheck(.baselineExecutionIndex, value, .atLeast(0.95), late, of: due.count)
    }

    // MARK: The critical path

    /// 600 days more on the first critical activity must move the project's finish by as much.
    private var criticalPathTest: QualityCheck {
        guard let last = schedule.lastActivity else { return QualityCheck(.criticalPathTest, nil, .passes, of: 0) }
        let trace = schedule.driverTrace(to: last)
        guard
            let first = trace.activities.first(where: {
                network.activities[$0].progress?.finish == nil && network.activities[$0].duration > 0
            })
        else { return QualityCheck(.criticalPathTest, nil, .passes, of: 0) }
        let delay = 600 * quality.minutesPerDay
        var longer = network.activities
        longer[first].duration = min(longer[first].duration + delay, ActivityNetwork.longestAmount)
        if let remaining = longer[first].progress?.remaining { longer[first].progress?.remaining = remaining + delay }
        guard
            let changed = try? ActivityNetwork(
                activities: longer, relations: Array(network.relations), calendars: network.calendars)
        else { return QualityCheck(.criticalPathTest, nil, .passes, of: 0) }
        let other = CriticalPath.solve(changed, schedule.terms)
        let time = network.calendars[network.activities[last].calendar]
        let moved = time.work(from: schedule.projectFinish, to: other.projectFinish)
        // On several calendars a delay of one is not the same number of minutes of another; a tenth is let pass.
        let isSame = network.activities[first].calendar == network.activities[last].calendar
        let passes = isSame ? moved == delay : Double(moved) >= 0.9 * Double(delay)
        return QualityCheck(.criticalPathTest, passes ? 0 : 1, .passes, passes ? [] : trace.activities, of: 1)
    }

    /// (length of the critical path + its float) / length, from the data date.
    private var lengthIndex: QualityCheck {
        guard let last = schedule.lastActivity else {
            return QualityCheck(.criticalPathLengthIndex, nil, .atLeast(0.95), of: 0)
        }
        let time = network.calendars[network.activities[last].calendar]
        let length = time.work(from: schedule.terms.resumption, to: schedule.projectFinish)
        guard length > 0 else { return QualityCheck(.criticalPathLengthIndex, nil, .atLeast(0.95), of: 0) }
        let index = Double(length + schedule.totalFloat[last]) / Double(length)
        return QualityCheck(
            .criticalPathLengthIndex, index, .atLeast(0.95),
            index < 0.95 ? schedule.driverTrace(to: last).activities : [], of: 1)
    }
}

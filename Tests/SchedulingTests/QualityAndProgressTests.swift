import Scheduling
import TestSupport
import Testing

@Suite("Quality checks and progress")
struct QualityAndProgressTests {
    private func solve(
        _ activities: [Activity], _ relations: [Relation], _ terms: ScheduleTerms = ScheduleTerms(start: 0)
    ) throws -> Schedule {
        CriticalPath.solve(
            try ActivityNetwork(activities: activities, relations: relations, calendars: [.continuous]), terms)
    }

    // MARK: Quality

    /// One network with something for most points; a day has 10 minutes, so 44 days are 440.
    @Test("Each of the fourteen points finds what it is about, and says its threshold")
    func fourteenPoints() throws {
        var activities = [
            Activity("A", duration: 20), Activity("B", duration: 500), Activity("C", duration: 10),
            Activity("D", duration: 10, constraints: DateConstraints(finishNoLater: 100)), Activity("E", duration: 5),
            Activity("F", duration: 5),
        ]
        activities[5].progress = ActivityProgress(start: 0, finish: 40)
        let relations = [
            Relation("A", "B"), Relation("A", "C", lag: -5), Relation("A", "D", .startToStart, lag: 7),
            Relation("B", "E"),
        ]
        let schedule = try solve(activities, relations, ScheduleTerms(start: 0, dataDate: 30))
        let baseline = Baseline(
            [("A", 20), ("F", 30), ("E", 600)].map { id, finish in
                (id, Baseline.Row(start: 0, finish: finish, duration: 5, totalFloat: 0))
            })
        let checks = schedule.qualityChecks(
            QualityTerms(minutesPerDay: 10, hasResources: [true, true, true, nil, true, true], baseline: baseline))
        #expect(checks.map(\.point) == QualityCheck.Point.allCases)
        func check(_ point: QualityCheck.Point) -> QualityCheck { checks[point.rawValue - 1] }
        // Five activities are open: A starts and E ends the project; C and D lead nowhere.
        #expect(check(.logic).activities == [2, 3] && check(.logic).value == 40 && check(.logic).isMet == false)
        #expect(check(.leads).relations == [1] && check(.leads).isMet == false)
        #expect(check(.lags).relations == [2] && check(.lags).value == 25)
        #expect(check(.relationTypes).relations == [2] && check(.relationTypes).value == 75)
        #expect(check(.hardConstraints).activities == [3])
        #expect(check(.highFloat).activities == [2] && schedule.totalFloat[2] == 500)
        #expect(check(.negativeFloat).activities == [] && check(.negativeFloat).isMet == true)
        #expect(check(.highDuration).activities == [1])
        #expect(check(.invalidDates).activities == [5], "it finished after the data date")
        #expect(check(.resources).activities == [3])
        // A and F were due by the data date; A is not even finished, F was late.
        #expect(check(.missedActivities).activities == [0, 5] && check(.missedActivities).value == 100)
        #expect(check(.criticalPathTest).isMet == true)
        #expect(check(.criticalPathLengthIndex).value == 1)
        #expect(check(.baselineExecutionIndex).value == 0.5 && check(.baselineExecutionIndex).isMet == false)
    }

    @Test("The critical path test fails where a constraint holds the end, and the length index where the end is late")
    func criticalPath() throws {
        let held = try solve(
            [Activity("A", duration: 20), Activity("B", duration: 10, constraints: DateConstraints(mustFinish: 30))],
            [Relation("A", "B")])
        #expect(held.qualityChecks()[11].isMet == false)
        let late = try solve(
            [Activity("A", duration: 20), Activity("B", duration: 10)], [Relation("A", "B")],
            ScheduleTerms(start: 0, finish: 27))
        #expect(late.qualityChecks()[12].value == 0.9)
        #expect(late.qualityChecks()[12].activities == [0, 1])
    }

    // MARK: Progress

    /// A (10) before B (10): B started at 4 although A, with 5 left at the data date 8, is not done.
    private func outOfSequence(_ mode: ProgressMode) throws -> Schedule {
        try solve(
            [
                Activity("A", duration: 10, progress: ActivityProgress(start: 0, remaining: 5)),
                Activity("B", duration: 10, progress: ActivityProgress(start: 4, remaining: 7)),
                Activity("C", duration: 3),
            ], [Relation("A", "B"), Relation("B", "C")], ScheduleTerms(start: 0, dataDate: 8, progressMode: mode))
    }

    @Test("Retained logic lets what is left wait, progress override lets it go on, actual dates bind what comes before")
    func modes() throws {
        let retained = try outOfSequence(.retainedLogic)
        #expect(retained.earlyStart == [0, 4, 20])
        #expect(retained.earlyFinish == [13, 20, 23])
        #expect(retained.totalFloat == [0, 0, 0])
        #expect(retained.drivers(of: 1) == [0])
        #expect(retained.reason(forStartOf: 1).cause == .actual)
        let override = try outOfSequence(.progressOverride)
        #expect(override.earlyFinish == [13, 15, 18])
        #expect(override.totalFloat == [5, 0, 0])
        #expect(override.drivers(of: 1) == [])
        let actual = try outOfSequence(.actualDates)
        #expect(actual.earlyFinish == [13, 20, 23])
        #expect(actual.lateFinish == [4, 20, 23])
        #expect(actual.totalFloat == [-9, 0, 0])
    }

    @Test("What has finished keeps its actual dates and has no float; a lag behind it is measured from them")
    func finished() throws {
        let schedule = try solve(
            [
                Activity("A", duration: 10, progress: ActivityProgress(start: 0, finish: 12)),
                Activity("B", duration: 10), Activity("C", duration: 2),
            ], [Relation("A", "B", lag: 9), Relation("A", "C", .startToStart, lag: 4)],
            ScheduleTerms(start: 0, dataDate: 15))
        #expect(schedule.earlyStart == [0, 21, 15])
        #expect(schedule.lateStart[0] == 0 && schedule.lateFinish[0] == 12)
        #expect(schedule.totalFloat == [0, 0, 14])
        #expect(schedule.freeFloat == [0, 0, 14])
        #expect(schedule.reason(forStartOf: 2).cause == .dataDate)
    }

    @Test("A share of the predecessor's duration is lag, and follows the duration when that changes")
    func shares() throws {
        let schedule = try solve(
            [Activity("A", duration: 10), Activity("B", duration: 4)],
            [Relation("A", "B", .startToStart, lag: 1, lagShare: 5000)])
        #expect(schedule.earlyStart[1] == 6)
        let longer = CriticalPath.solve(schedule.network.with(durations: [21, 4]), start: 0)
        #expect(longer.earlyStart[1] == 12, "1 + 10.5 rounded away from zero")
    }
}

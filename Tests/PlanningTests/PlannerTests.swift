import Planning
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Plans against paper")
struct PlannerTests {
    /// An ordinary Friday, a Saturday, the last days before and the days off of Spring Festival 2024, a Sunday on which
    /// offices worked, and the eve of National Day.
    static let starts = [
        "2024-03-01", "2024-03-02", "2024-01-25", "2024-02-09", "2024-02-12", "2024-02-04", "2025-09-30",
    ].map { LocalDate($0)! }  // dates that exist

    static func calendars() throws -> [WorkCalendar] {
        let path = "Workflows/calendars/cn.yaml"
        return [.weekdays, try #require(CalendarFile.read(try ProjectFiles.text(path), path: path).value)]
    }

    static let bases: [(EstimateBasis, ClosingsReference.Basis)] = [
        (.min, .min), (.likely, .likely), (.max, .max), (.promised, .promised), (.statutory, .statutory),
    ]

    @Test("Every date of the shipped plans is the one that counting days on the calendar gives", arguments: 1...12)
    func dates(network: Int) throws {
        for everyCondition in [false, true] {
            let plan = try ShippedWorkflow(network, everyCondition: everyCondition).plan
            for calendar in try Self.calendars() {
                for (basis, naive) in Self.bases {
                    for rounds in 0...2 {
                        let start = Self.starts[(rounds * 3 + network + (everyCondition ? 1 : 0)) % Self.starts.count]
                        let scenario = PlanScenario(basis: basis, rectificationRounds: rounds)
                        let report = try Planner(plan: plan, calendar: calendar).report(
                            start: start, scenario: scenario)
                        let paper = ClosingsReference(
                            plan, calendar: calendar, start: start, basis: naive, rounds: rounds)
                        try expectAgreement(report, paper, "\(calendar.id) \(basis) \(rounds) rounds from \(start)")
                    }
                }
            }
        }
    }

    @Test(
        "Whatever day a project enters on, working or not, the dates are those that counting gives", arguments: 1...12)
    func everyStart(network: Int) throws {
        let plan = try ShippedWorkflow(network).plan
        for calendar in try Self.calendars() {
            for start in Self.starts {
                let report = try Planner(plan: plan, calendar: calendar).report(start: start)
                let paper = ClosingsReference(plan, calendar: calendar, start: start, basis: .likely)
                try expectAgreement(report, paper, "\(calendar.id) from \(start)")
            }
        }
    }

    @Test(
        "Dates of plans with lags, parts of days and waits for phases are those that counting gives",
        arguments: 1...60)
    func randomPlans(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let plan = try RandomPlan.make(using: &random)
        let calendar = try #require(try Self.calendars().randomElement(using: &random))
        let start = try #require(Self.starts.randomElement(using: &random))
        let report = try Planner(plan: plan, calendar: calendar).report(start: start)
        let paper = ClosingsReference(plan, calendar: calendar, start: start, basis: .likely)
        try expectAgreement(report, paper, "seed \(seed)")
    }

    private func expectAgreement(_ report: PlanReport, _ paper: ClosingsReference, _ what: String) throws {
        #expect(report.activities.map(\.activity.id) == paper.activities.map(\.id), "\(what)")
        for (row, activity) in zip(report.activities, paper.activities) {
            #expect(row.earlyStart == paper.startDate(of: activity), "\(what): start of \(activity.id)")
            #expect(row.earlyFinish == activity.finish.day, "\(what): finish of \(activity.id)")
        }
        #expect(report.finish == paper.finish.day, "\(what): finish")
    }

    /// Total float by what it means: so much delay moves nothing, a minute more moves the end.
    @Test("An activity may finish later by its total float and not by a minute more", arguments: 1...12)
    func totalFloat(network: Int) throws {
        let plan = try ShippedWorkflow(network, everyCondition: network.isMultiple(of: 2)).plan
        for (position, calendar) in try Self.calendars().enumerated() {
            let start = Self.starts[(network + position) % Self.starts.count]
            let report = try Planner(plan: plan, calendar: calendar).report(
                start: start, scenario: PlanScenario(rectificationRounds: 1))
            func paper(_ delays: [String: Int]) -> ClosingsReference {
                ClosingsReference(
                    plan, calendar: calendar, start: start, basis: .likely, rounds: 1, delays: delays)
            }
            let finish = paper([:]).finish
            for row in report.activities {
                let delayed = paper([row.activity.id: row.totalFloat])
                #expect(delayed.finish == finish, "\(row.activity.id) by \(row.totalFloat)")
                #expect(paper([row.activity.id: row.totalFloat + 1]).finish > finish, "\(row.activity.id)")
                #expect(row.isCritical == (row.totalFloat == 0))
            }
        }
    }

    @Test(
        "An activity may finish later by its free float without moving what waits for it, and not by a minute more",
        arguments: 1...12)
    func freeFloat(network: Int) throws {
        let plan = try ShippedWorkflow(network).plan
        for (position, calendar) in try Self.calendars().enumerated() {
            let start = Self.starts[(network + position) % Self.starts.count]
            let report = try Planner(plan: plan, calendar: calendar).report(start: start)
            func paper(_ delays: [String: Int]) -> ClosingsReference {
                ClosingsReference(plan, calendar: calendar, start: start, basis: .likely, delays: delays)
            }
            let planned = paper([:])
            for row in report.activities {
                let id = row.activity.id
                let successors = planned[id].successors
                let delayed = paper([id: row.freeFloat])
                guard !successors.isEmpty else {
                    #expect(row.freeFloat == row.totalFloat, "\(id)")
                    continue
                }
                #expect(successors.allSatisfy { delayed[$0].finish == planned[$0].finish }, "\(id) by \(row.freeFloat)")
                let more = paper([id: row.freeFloat + 1])
                #expect(!successors.allSatisfy { more[$0].finish == planned[$0].finish }, "\(id)")
            }
        }
    }

    @Test("Late dates lie the total float after the early ones", arguments: 1...12)
    func lateDates(network: Int) throws {
        let plan = try ShippedWorkflow(network).plan
        for calendar in try Self.calendars() {
            let report = try Planner(plan: plan, calendar: calendar).report(start: Self.starts[0])
            for row in report.activities where row.duration.unit == .working && row.duration.minutes > 0 {
                let float = calendar.workingDays(after: row.earlyFinish, through: row.lateFinish)
                #expect(float * 480 == row.totalFloat, "\(row.activity.id)")
                #expect(calendar.workingDays(after: row.earlyStart, through: row.lateStart) * 480 == row.totalFloat)
            }
            for row in report.activities {
                #expect(row.earlyStart <= row.lateStart && row.earlyFinish <= row.lateFinish, "\(row.activity.id)")
                #expect(row.lateFinish <= report.finish, "\(row.activity.id)")
            }
        }
    }

    @Test(
        "What drives a start finishes just when it starts, and everything but the first has a driver", arguments: 1...12
    )
    func drivers(network: Int) throws {
        let plan = try ShippedWorkflow(network).plan
        for calendar in try Self.calendars() {
            let report = try Planner(plan: plan, calendar: calendar).report(start: Self.starts[2])
            let rows = Dictionary(uniqueKeysWithValues: report.activities.map { ($0.activity.id, $0) })
            for row in report.activities {
                let finishes = row.predecessors.compactMap { rows[$0.id]?.earlyFinish }
                guard let latest = finishes.max() else {
                    #expect(row.drivenBy.isEmpty && row.earlyStart == report.start)
                    continue
                }
                #expect(!row.drivenBy.isEmpty, "\(row.activity.id)")
                for driver in row.drivenBy {
                    let finish = try #require(rows[driver]?.earlyFinish)
                    #expect(
                        calendar.workingDays(after: finish, through: latest) == 0, "\(row.activity.id) by \(driver)")
                }
            }
        }
    }
}

import Planning
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

/// The golden numbers of the twelve task networks: counted and elapsed working days on a calendar without holidays.
///
/// They were computed by an independent reference that turns n calendar days into ⌈5n/7⌉ working days. With that rounding
/// every number must come out. On real calendar days a notice of 10 days takes 6, 7 or 8 working days by the weekday that
/// it begins on; every number that differs for that reason is listed with it.
struct GoldenNumbersTests {
    struct Golden: CustomTestStringConvertible, Sendable {
        let network: Int
        let target: String
        let min: (counted: Int, elapsed: Int)
        let likely: (counted: Int, elapsed: Int)
        let max: (counted: Int, elapsed: Int)
        let sum: Int
        let rectify: (counted: Int, elapsed: Int)
        let every: (counted: Int, elapsed: Int)
        var testDescription: String { "WF-\(network)" }
    }

    static let golden: [Golden] = [
        Golden(
            network: 1, target: "t120", min: (61, 241), likely: (101, 439), max: (141, 784), sum: 297,
            rectify: (108, 466), every: (108, 466)),
        Golden(
            network: 2, target: "t50", min: (30, 190), likely: (47, 355), max: (61, 669), sum: 127, rectify: (52, 380),
            every: (54, 380)),
        Golden(
            network: 3, target: "t35", min: (21, 129), likely: (32, 237), max: (47, 435), sum: 76, rectify: (37, 262),
            every: (46, 262)),
        Golden(
            network: 4, target: "t20", min: (12, 143), likely: (20, 280), max: (28, 550), sum: 42, rectify: (25, 300),
            every: (30, 300)),
        Golden(
            network: 5, target: "t15", min: (9, 18), likely: (15, 33), max: (24, 61), sum: 32, rectify: (18, 41),
            every: (23, 41)),
        Golden(
            network: 6, target: "t80", min: (59, 299), likely: (79, 460), max: (113, 838), sum: 184, rectify: (86, 485),
            every: (86, 485)),
        Golden(
            network: 7, target: "t70", min: (51, 292), likely: (69, 452), max: (89, 817), sum: 162, rectify: (76, 477),
            every: (76, 477)),
        Golden(
            network: 8, target: "halving", min: (42, 77), likely: (60, 120), max: (81, 194), sum: 153,
            rectify: (63, 133), every: (63, 133)),
        Golden(
            network: 9, target: "t20", min: (10, 73), likely: (15, 140), max: (20, 230), sum: 24, rectify: (17, 152),
            every: (17, 152)),
        Golden(
            network: 10, target: "land-to-start", min: (1, 1), likely: (1, 1), max: (2, 2), sum: 4, rectify: (1, 1),
            every: (1, 1)),
        Golden(
            network: 11, target: "pre-construction", min: (0, 1), likely: (2, 4), max: (2, 7), sum: 2, rectify: (2, 4),
            every: (11, 13)),
        Golden(
            network: 12, target: "whole-process", min: (145, 347), likely: (239, 612), max: (382, 1088), sum: 239,
            rectify: (239, 612), every: (239, 612)),
    ]

    static let preConstruction: [(network: Int, counted: Int, elapsed: Int)] = [
        (1, 80, 170), (2, 36, 96), (3, 24, 64), (6, 65, 138), (7, 56, 131), (8, 60, 120), (9, 8, 8), (11, 2, 4),
        (12, 192, 307),
    ]

    /// A Friday.
    static let start = LocalDate("2024-03-01")!

    @Test("With calendar days rounded as the reference rounds them, every golden number comes out", arguments: golden)
    func rounded(_ golden: Golden) throws {
        for figure in golden.figures {
            let plan = try ShippedWorkflow(golden.network, everyCondition: figure.everyCondition).plan
                .roundingCalendarDays()
            let report = try Planner(plan: plan, calendar: .weekdays).report(
                start: Self.start, scenario: figure.scenario)
            let target = try #require(report.targets.first { $0.target.id == golden.target })
            #expect(target.union == figure.counted * 480, "\(figure.name): counted")
            #expect(target.span == figure.elapsed * 480, "\(figure.name): elapsed")
            if figure.name == "likely" { #expect(target.sum == golden.sum * 480) }
        }
    }

    /// A number that is another one on real calendar days, starting on a Friday, and the activities that make it so.
    struct Difference: Sendable {
        let counted: Int
        let elapsed: Int
        let because: [Notice]

        /// An activity of calendar days, the weekday at whose closing it begins, and the working days that it takes.
        struct Notice: Sendable {
            let id: String
            let days: Int
            let begins: Weekday
            let workingDays: Int
            /// ⌈5n/7⌉, as the reference has it.
            let reference: Int
        }
    }

    static let differences: [String: Difference] = [
        "WF-2 max": Difference(
            counted: 61, elapsed: 668,
            because: [.init(id: "pre-permit-notice", days: 10, begins: .wednesday, workingDays: 7, reference: 8)]),
        // The permit after the notice begins two days earlier and so overlaps the preliminary design by four days, not
        // by two.
        "WF-6 max": Difference(
            counted: 111, elapsed: 836,
            because: [.init(id: "pre-permit-notice", days: 10, begins: .thursday, workingDays: 6, reference: 8)]),
        "WF-12 min": Difference(
            counted: 145, elapsed: 346,
            because: [.init(id: "tender", days: 20, begins: .thursday, workingDays: 14, reference: 15)]),
        "WF-12 max": Difference(
            counted: 382, elapsed: 1085,
            because: [
                .init(id: "pre-permit-notice", days: 10, begins: .wednesday, workingDays: 7, reference: 8),
                .init(id: "tender", days: 45, begins: .friday, workingDays: 31, reference: 33),
            ]),
    ]

    @Test("On real calendar days every golden number comes out but those that a weekend explains", arguments: golden)
    func real(_ golden: Golden) throws {
        for figure in golden.figures {
            let report = try ShippedWorkflow(golden.network, everyCondition: figure.everyCondition)
                .report(start: Self.start, scenario: figure.scenario)
            let target = try #require(report.targets.first { $0.target.id == golden.target })
            let difference = Self.differences["WF-\(golden.network) \(figure.name)"]
            #expect(target.union == (difference?.counted ?? figure.counted) * 480, "\(figure.name): counted")
            #expect(target.span == (difference?.elapsed ?? figure.elapsed) * 480, "\(figure.name): elapsed")
            if figure.name == "likely" { #expect(target.sum == golden.sum * 480) }
            try expectReasons(difference, in: report, elapsed: figure.elapsed)
        }
    }

    /// The difference is what its notices save, and they do.
    private func expectReasons(_ difference: Difference?, in report: PlanReport, elapsed: Int) throws {
        guard let difference else { return }
        for notice in difference.because {
            let row = try #require(report.activities.first { $0.activity.id == notice.id })
            #expect(row.duration == .calendar(notice.days))
            #expect(row.earlyStart.weekday == notice.begins, "\(notice.id)")
            let taken = WorkCalendar.weekdays.workingDays(after: row.earlyStart, through: row.earlyFinish)
            #expect(taken == notice.workingDays, "\(notice.id)")
            #expect(notice.reference == (notice.days * 5 + 6) / 7)
        }
        #expect(elapsed - difference.elapsed == difference.because.reduce(0) { $0 + $1.reference - $1.workingDays })
    }

    @Test("Government time before construction counts the golden working days", arguments: preConstruction)
    func beforeConstruction(_ golden: (network: Int, counted: Int, elapsed: Int)) throws {
        let report = try ShippedWorkflow(golden.network).report(start: Self.start)
        let target = try #require(
            report.targets.first { $0.target.to == "construction-start" && $0.target.from == "entered" })
        #expect(target.union == golden.counted * 480)
        #expect(target.span == golden.elapsed * 480)
    }
}

extension GoldenNumbersTests.Golden {
    struct Figure {
        let name: String
        let scenario: PlanScenario
        let everyCondition: Bool
        let counted: Int
        let elapsed: Int
    }

    var figures: [Figure] {
        func figure(
            _ name: String, _ basis: EstimateBasis, rounds: Int = 0, every: Bool = false,
            _ days: (counted: Int, elapsed: Int)
        ) -> Figure {
            Figure(
                name: name, scenario: PlanScenario(basis: basis, rectificationRounds: rounds), everyCondition: every,
                counted: days.counted, elapsed: days.elapsed)
        }
        return [
            figure("min", .min, min), figure("likely", .likely, likely), figure("max", .max, max),
            figure("rectify", .likely, rounds: 1, rectify),
            figure("every condition", .likely, rounds: 1, every: true, every),
        ]
    }
}

extension Plan {
    /// The plan with n calendar days turned into ⌈5n/7⌉ working days, as the reference has it.
    func roundingCalendarDays() -> Plan {
        func rounded(_ amount: DayAmount) -> DayAmount {
            amount.unit == .working ? amount : .working((amount.minutes / 480 * 5 + 6) / 7)
        }
        let items = items.map { planned in
            let item = planned.item
            let takes = item.takes.map {
                DurationEstimate(min: rounded($0.min), likely: rounded($0.likely), max: rounded($0.max))
            }
            return PlannedItem(
                item: Item(
                    id: item.id, code: item.code, title: item.title, kind: item.kind, department: item.department,
                    clock: item.clock, takes: takes, limit: item.limit, statutory: item.statutory, after: item.after,
                    when: item.when, isMilestoneItem: item.isMilestoneItem, handling: item.handling,
                    tolerance: item.tolerance, materials: item.materials, outputs: item.outputs, chain: item.chain,
                    silence: item.silence, basis: item.basis, source: item.source, joint: item.joint),
                stage: planned.stage)
        }
        return Plan(workflow: workflow, facts: facts, items: items, notNeeded: notNeeded)
    }
}

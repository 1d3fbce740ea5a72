import Planning
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Targets against paper")
struct TargetTests {
    @Test("Union, span and sum are those of going through the days one by one", arguments: 1...12)
    func measures(network: Int) throws {
        let plan = try ShippedWorkflow(network, everyCondition: network.isMultiple(of: 3)).plan
        for calendar in try PlannerTests.calendars() {
            for (position, start) in PlannerTests.starts.enumerated() {
                let rounds = position % 3
                let report = try Planner(plan: plan, calendar: calendar).report(
                    start: start, scenario: PlanScenario(rectificationRounds: rounds))
                let paper = ClosingsReference(plan, calendar: calendar, start: start, basis: .likely, rounds: rounds)
                #expect(report.targets.count == plan.workflow.targets.count)
                for target in report.targets {
                    let days = try #require(PaperMeasures(target.target, on: paper))
                    #expect(days.from == target.from && days.to == target.to, "\(target.target.id)")
                    #expect(days.union == target.union, "\(target.target.id) from \(start)")
                    #expect(days.span == target.span, "\(target.target.id) from \(start)")
                    #expect(days.sum == target.sum, "\(target.target.id) from \(start)")
                    let limit = target.target.limit?.minutes
                    #expect(target.isMet == limit.map { target.measured <= $0 })
                    #expect(target.margin == limit.map { $0 - target.measured })
                }
            }
        }
    }

    @Test(
        "A window between any two items, also of parts of days and in calendar days, is measured as on paper",
        arguments: 1...80)
    func windows(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let plan = try RandomPlan.make(using: &random)
        let calendar = try #require(try PlannerTests.calendars().randomElement(using: &random))
        let start = try #require(PlannerTests.starts.randomElement(using: &random))
        let report = try Planner(plan: plan, calendar: calendar).report(start: start)
        let paper = ClosingsReference(plan, calendar: calendar, start: start, basis: .likely)
        for _ in 0..<12 {
            let ids = plan.items.map(\.id)
            let limit = [nil, DayAmount.working(10), .calendar(10)].randomElement(using: &random) ?? nil
            let target = Target(
                id: "t", title: nil, limit: limit, from: ids.randomElement(using: &random) ?? "",
                to: ids.randomElement(using: &random) ?? "", counts: [.gov, .tech],
                measure: [.union, .span, .sum].randomElement(using: &random) ?? .union, source: "")
            let measured = try #require(report.measure(target))
            let days = try #require(PaperMeasures(target, on: paper))
            let what = "seed \(seed): \(target.from) to \(target.to) in \(limit?.unit.rawValue ?? "-")"
            #expect(measured.union == days.union, "\(what)")
            #expect(measured.span == days.span, "\(what)")
            #expect(measured.sum == days.sum, "\(what)")
            #expect(measured.union <= measured.span && measured.union <= measured.sum, "\(what)")
            if days.isBackwards { #expect(measured.span == 0 && measured.sum == 0 && measured.from == measured.to) }
        }
    }

    @Test("The counted path is the heaviest of all chains from one end of the window to the other", arguments: 1...60)
    func countedPath(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let plan = try RandomPlan.make(using: &random, waitingForStarts: true)
        let report = try Planner(plan: plan, calendar: .weekdays).report(start: PlannerTests.starts[0])
        let paper = ClosingsReference(plan, calendar: .weekdays, start: PlannerTests.starts[0], basis: .likely)
        let graph = PlanGraph(plan)
        for _ in 0..<6 {
            let ids = plan.items.map(\.id)
            let (from, to) = (ids.randomElement(using: &random)!, ids.randomElement(using: &random)!)  // has items
            let target = Target(
                id: "t", title: nil, limit: nil, from: from, to: to, counts: [.gov, .tech], measure: .union, source: "")
            let measured = try #require(report.measure(target))
            let what = "seed \(seed): \(from) to \(to)"
            func weight(_ id: String) -> Int {
                PaperMeasures(target, on: paper, of: id)?.sum ?? 0
            }
            let chains = graph.chains(from: from, to: to)
            let heaviest = chains.map { $0.reduce(0) { $0 + weight($1) } }.max()
            #expect(measured.countedPathLength == heaviest ?? 0, "\(what)")
            #expect(chains.isEmpty == measured.countedPath.isEmpty, "\(what)")
            if !chains.isEmpty {
                #expect(chains.contains(measured.countedPath), "\(what): \(measured.countedPath)")
                #expect(measured.countedPath.reduce(0) { $0 + weight($1) } == heaviest, "\(what)")
            }
            #expect(measured.countedPathLength <= measured.sum, "\(what)")
        }
    }

    @Test("The chain that sets the end of a window holds its end's driver all the way back", arguments: 1...12)
    func elapsedPath(network: Int) throws {
        let report = try ShippedWorkflow(network).report(start: PlannerTests.starts[0])
        let rows = Dictionary(uniqueKeysWithValues: report.activities.map { ($0.activity.id, $0) })
        for target in report.targets {
            #expect(target.elapsedPath.last.map { rows[$0]?.activity.item == target.target.to } == true)
            for (before, after) in zip(target.elapsedPath, target.elapsedPath.dropFirst()) {
                #expect(rows[after]?.drivenBy.contains(before) == true, "\(before) does not drive \(after)")
            }
        }
    }

    @Test("A target whose end this project does not need is not reported, and the others are")
    func droppedEnds() throws {
        let text = """
            workflow: conditional
            version: "1"
            title: {zh: 条件, en: Conditional}
            processType: 3
            source: assumed
            calendar: weekdays
            facts:
              needed: {type: boolean, default: false}
            departments:
              planning: {zh: 规划, en: Planning}
            targets:
              - {id: whole, limit: 10 wd, from: entered, to: completed, counts: [gov], source: assumed}
              - {id: optional, limit: 10 wd, from: entered, to: extra, counts: [gov], source: assumed}
            stages:
              - id: all
                title: {zh: 全部, en: All}
                national: 1
                lead: planning
                items:
                  - {id: entered, title: {zh: 开始, en: Start}, kind: milestone}
                  - {id: permit, title: {zh: 许可, en: Permit}, kind: approval, department: planning, takes: 2 wd,
                     after: [entered], milestone: true, source: assumed}
                  - {id: extra, title: {zh: 专项, en: Extra}, kind: approval, department: planning, takes: 5 wd,
                     after: [permit], when: needed, source: assumed}
                  - {id: completed, title: {zh: 完成, en: End}, kind: milestone, after: [extra]}
            """
        let workflow = try #require(WorkflowFile.read(text, path: "conditional.yaml").value)
        func targets(needed: Bool) throws -> [String: Int] {
            let plan = Plan.resolve(workflow, facts: workflow.resolvedFacts(["needed": .boolean(needed)]))
            let report = try Planner(plan: plan, calendar: .weekdays).report(start: PlannerTests.starts[0])
            return Dictionary(uniqueKeysWithValues: report.targets.map { ($0.target.id, $0.union / 480) })
        }
        #expect(try targets(needed: true) == ["whole": 7, "optional": 7])
        #expect(try targets(needed: false) == ["whole": 2])
    }
}

/// The measures of a window by walking through its days, a quarter of an hour at a time.
struct PaperMeasures {
    let from: LocalDate
    let to: LocalDate
    private(set) var union = 0
    private(set) var span = 0
    private(set) var sum = 0
    let isBackwards: Bool

    /// - Parameter id: to measure one activity only.
    /// - Returns: `nil` when the plan lacks an end of the window.
    init?(_ target: Target, on paper: ClosingsReference, of id: String? = nil) {
        guard let begin = paper.ends(of: target.from)?.map(\.finish).max(),
            let last = paper.ends(of: target.to)?.map(\.finish).max()
        else { return nil }
        let end = max(begin, last)
        isBackwards = last < begin
        from = begin.day
        to = end.day
        let counted = paper.activities.filter { activity in
            target.counts.contains(activity.clock) && activity.start < activity.finish
                && (id == nil || activity.id == id)
        }
        let isCalendar = target.limit?.unit == .calendar
        let step = 15
        var day = from
        while day <= to {
            if isCalendar || paper.calendar.isWorking(day) {
                for minute in stride(from: 0, to: 480, by: step) {
                    // The quarter hour lies after what ended at its beginning and before what begins at its end.
                    let (opens, closes) = (
                        ClosingsReference.Moment(day: day, minute: minute),
                        ClosingsReference.Moment(day: day, minute: minute + step)
                    )
                    guard begin < closes, opens < end else { continue }
                    let running = counted.count { $0.start < closes && opens < $0.finish }
                    span += step
                    sum += running * step
                    if running > 0 { union += step }
                }
            }
            day = day.adding(days: 1)
        }
    }
}

extension PlanGraph {
    /// Every chain of activities from the beginning of an item to the end of another.
    fileprivate func chains(from first: String, to last: String) -> [[String]] {
        guard let begins = begins(of: first), let ends = ends(of: last) else { return [] }
        var found: [[String]] = []
        func follow(_ chain: [Int]) {
            guard let here = chain.last else { return }
            if ends.contains(here) { found.append(chain.map { activities[$0].id }) }
            for relation in relations where relation.predecessor == here { follow(chain + [relation.successor]) }
        }
        for begin in begins { follow([begin]) }
        return found
    }
}

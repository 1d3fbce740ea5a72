import CaseEngine
import Planning
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Plan and case")
struct CaseReportTests {
    @Test("What a case really used is what going through its days gives, at any moment of it", arguments: 1...12, 1...4)
    func measures(network: Int, seed: Int) throws {
        let shipped = try ShippedWorkflow(network, everyCondition: seed == 4)
        let calendar = try #require(try PlannerTests.calendars().last)
        let start = PlannerTests.starts[(network + seed) % PlannerTests.starts.count]
        let plan = try shipped.report(start: start, calendar: calendar)
        let machine = CaseMachine(plan: shipped.plan, calendar: calendar)
        var run = RandomCase(machine, start: start, seed: UInt64(seed * 100 + network))
        try run.open()
        var closed = false
        while !closed {
            closed = try !run.pass(commands: 25)
            let asOf = run.day
            let report = CaseReport(plan: plan, machine: machine, state: run.state, asOf: asOf)
            #expect(report.rows.map(\.item.id) == shipped.plan.items.map(\.id))
            for (row, item) in zip(report.rows, run.state.items) {
                #expect(row.actualFinish == item.finishedOn)
                #expect((row.delay == nil) == (item.finishedOn == nil))
            }
            let reported = report.targets.map(\.planned.target)
            #expect(reported == shipped.plan.workflow.targets)
            for progress in report.targets {
                try expect(progress, machine, run.state, asOf, "seed \(seed), \(progress.planned.target.id) on \(asOf)")
            }
        }
        #expect(run.state.status == .completed)
        let report = CaseReport(plan: plan, machine: machine, state: run.state, asOf: run.day)
        #expect(report.targets.allSatisfy { $0.actual?.isClosed == true })
    }

    @Test("The random cases go through stops of the clock and rounds of rectification")
    func casesAreEventful() throws {
        var (stops, rounds) = (0, 0)
        for network in 1...12 {
            let machine = CaseMachine(plan: try ShippedWorkflow(network).plan, calendar: .weekdays)
            var run = RandomCase(machine, start: PlannerTests.starts[0], seed: UInt64(network))
            try run.open()
            while try run.pass(commands: 100) {}
            stops += run.state.items.flatMap(\.stops).count { $0.reason != .rectification }
            rounds += run.state.items.reduce(0) { $0 + ($1.joint?.round ?? 0) }
        }
        #expect(stops > 20)
        #expect(rounds > 5)
    }

    private func expect(
        _ progress: TargetProgress, _ machine: CaseMachine, _ state: CaseState, _ asOf: LocalDate, _ what: String
    ) throws {
        let target = progress.planned.target
        func finish(_ id: String) -> LocalDate? { state.items.first { $0.id == id }?.finishedOn }
        guard let from = finish(target.from) else {
            #expect(progress.actual == nil && progress.isMet == nil, "\(what)")
            return
        }
        let actual = try #require(progress.actual)
        let end = finish(target.to)
        #expect(actual.from == from && actual.isClosed == (end != nil), "\(what)")
        #expect(actual.to == end ?? max(from, asOf), "\(what)")
        let held = machine.heldTimes(in: state).filter { target.counts.contains($0.holder) }
        var (union, span, sum) = (0, 0, 0)
        var used: [String: Int] = [:]
        var day = from
        while day < actual.to {
            day = day.adding(days: 1)
            guard machine.calendar.isWorking(day) else { continue }
            span += 1
            let running = held.filter { time in
                time.period.start < day && day <= time.period.finish ?? .latest
                    && !time.period.stops.contains { $0.stop < day && day <= $0.resume ?? .latest }
            }
            if !running.isEmpty { union += 1 }
            sum += running.count
            for time in running { used[time.phase.map { "\(time.item).\($0.name)" } ?? time.item, default: 0] += 1 }
            #expect(actual.ledger[day]?.standing.counts == !running.isEmpty, "\(what): \(day)")
        }
        #expect(actual.union == .working(union), "\(what)")
        #expect(actual.span == .working(span), "\(what)")
        #expect(actual.sum == .working(sum), "\(what)")
        #expect(actual.ledger.total == actual.union, "\(what)")
        #expect(actual.countedPathLength == .working(heaviest(machine.plan, state, target, used)), "\(what)")
        #expect(
            actual.countedPath.reduce(0) { $0 + (used[$1] ?? 0) } * 480 == actual.countedPathLength.minutes, "\(what)")
        if let limit = target.limit {
            let measured = [union, span, sum][[.union, .span, .sum].firstIndex(of: target.measure) ?? 0] * 480
            #expect(progress.isMet == (measured > limit.minutes ? false : end != nil ? true : nil), "\(what)")
        }
    }

    /// The most used time along any chain of the plan, by trying every way on from every activity.
    private func heaviest(_ plan: Plan, _ state: CaseState, _ target: Target, _ used: [String: Int]) -> Int {
        let graph = PlanGraph(plan, rectificationRounds: state.items.compactMap(\.joint?.round).max() ?? 0)
        guard let begins = graph.begins(of: target.from), let ends = graph.ends(of: target.to) else { return 0 }
        let following = Dictionary(grouping: graph.relations, by: \.predecessor)
        var known: [Int: Int?] = [:]
        func best(_ activity: Int) -> Int? {
            if let answer = known[activity] { return answer }
            let own = used[graph.activities[activity].id] ?? 0
            var onward = (following[activity] ?? []).compactMap { best($0.successor) }
            if ends.contains(activity) { onward.append(0) }
            let answer = onward.max().map { own + $0 }
            known[activity] = .some(answer)
            return answer
        }
        return begins.compactMap { best($0) }.max() ?? 0
    }

    // MARK: Verdicts

    private static let permit = """
        workflow: permit
        version: "1"
        title: {zh: 许可, en: Permit}
        processType: 3
        source: assumed
        calendar: weekdays
        facts:
          floorArea: {type: number, unit: m2, default: 100}
        departments:
          planning: {zh: 规划, en: Planning}
        targets:
          - {id: whole, limit: 5 LIMIT, from: drafted, to: completed, counts: [gov], measure: MEASURE, source: assumed}
        stages:
          - id: all
            title: {zh: 全部, en: All}
            national: 1
            lead: planning
            items:
              - {id: entered, title: {zh: 开始, en: Start}, kind: milestone}
              - {id: draft, title: {zh: 编制, en: Drafting}, kind: applicant, department: planning, takes: 2 wd,
                 after: [entered], source: assumed}
              - {id: drafted, title: {zh: 编制完成, en: Drafted}, kind: milestone, after: [draft]}
              - {id: permit, title: {zh: 许可, en: Permit}, kind: approval, department: planning, takes: 3 wd,
                 after: [drafted], milestone: true, source: assumed}
              - {id: completed, title: {zh: 完成, en: End}, kind: milestone, after: [permit]}
        """

    /// A permit drafted until Tuesday 2024-03-05, filed and admitted on that day, and perhaps decided.
    private func progress(
        unit: String = "wd", measure: String = "union", decidedOn: String? = nil, asOf: String
    ) throws -> TargetProgress {
        let text = Self.permit.replacing("LIMIT", with: unit).replacing("MEASURE", with: measure)
        let workflow = try #require(WorkflowFile.read(text, path: "permit.yaml").value)
        let plan = Plan.resolve(workflow, facts: workflow.resolvedFacts([:]))
        let start = PlannerTests.starts[0]
        let machine = CaseMachine(plan: plan, calendar: .weekdays)
        var run = RandomCase(machine, start: start, seed: 1)
        try run.open()
        let officer = Actor(role: .department, department: "planning", name: "officer")
        let date = try #require(LocalDate(asOf))
        if date >= LocalDate("2024-03-05")! {
            try run.act(LocalDate("2024-03-05")!, RandomCase.owner, .item("draft", .complete))
            try run.act(LocalDate("2024-03-05")!, RandomCase.owner, .item("permit", .file(materials: [])))
            try run.act(LocalDate("2024-03-05")!, officer, .item("permit", .admit))
            if let decidedOn, let day = LocalDate(decidedOn) {
                try run.act(day, officer, .item("permit", .decide(.granted)))
            }
        }
        let report = CaseReport(
            plan: try Planner(plan: plan, calendar: .weekdays).report(start: start), machine: machine, state: run.state,
            asOf: date)
        return try #require(report.targets.first)
    }

    @Test("A target has no verdict before its window opens, and none while it is open and in time")
    func open() throws {
        let before = try progress(asOf: "2024-03-04")
        #expect(before.actual == nil && before.measured == nil && before.isMet == nil)
        let within = try progress(asOf: "2024-03-12")
        #expect(within.actual?.isClosed == false)
        #expect(within.measured == .working(5))
        #expect(within.isMet == nil)
    }

    @Test("A target is met when its window closes within the limit, on its last day too")
    func met() throws {
        let last = try progress(decidedOn: "2024-03-12", asOf: "2024-04-01")
        #expect(last.measured == .working(5))
        #expect(last.actual?.to == LocalDate("2024-03-12"))
        #expect(last.isMet == true)
    }

    @Test("A target is missed as soon as its limit is exceeded, open or closed")
    func missed() throws {
        #expect(try progress(asOf: "2024-03-13").isMet == false)
        #expect(try progress(decidedOn: "2024-03-13", asOf: "2024-03-13").isMet == false)
    }

    @Test("A limit in calendar days is held against calendar days")
    func calendarDays() throws {
        // Tuesday to Sunday: five days and three working days.
        let sunday = try progress(unit: "cd", asOf: "2024-03-10")
        #expect(sunday.measured == .calendar(5))
        #expect(sunday.isMet == nil)
        #expect(try progress(unit: "cd", asOf: "2024-03-11").isMet == false)
        #expect(try progress(unit: "wd", asOf: "2024-03-11").isMet == nil)
        #expect(try progress(unit: "cd", measure: "span", asOf: "2024-03-11").measured == .calendar(6))
    }
}

/// A case in virtual time in which people take what time they like within their estimates, find fault, ask for more,
/// suspend and resume; all of it drawn from a seed.
struct RandomCase {
    private(set) var state = CaseState()
    private(set) var events: [CaseEvent] = []
    private(set) var day: LocalDate
    private let machine: CaseMachine
    private var random: SeededGenerator
    /// When each open request will be answered.
    private var dates: [String: LocalDate] = [:]
    private var interrupted: Set<String> = []

    static let owner = Actor(role: .applicant, name: "Owner")

    init(_ machine: CaseMachine, start: LocalDate, seed: UInt64) {
        self.machine = machine
        day = start
        random = SeededGenerator(seed: seed)
    }

    mutating func open() throws {
        let workflow = machine.plan.workflow
        let opening = CaseOpening(
            project: "2403-500107-04-01-123456", title: workflow.title, owner: nil, workflow: workflow.id,
            version: workflow.version, definition: "", calendar: machine.calendar.id,
            calendarVersion: machine.calendar.version, facts: machine.plan.facts)
        try act(day, Self.owner, .open(opening))
    }

    mutating func act(_ day: LocalDate, _ actor: Actor, _ command: CaseCommand) throws {
        self.day = max(self.day, day)
        let context = CaseContext(today: day, actor: actor)
        for event in try machine.decide(command, on: state, in: context) {
            machine.evolve(&state, by: event)
            events.append(event)
        }
    }

    /// Carries out so many commands.
    ///
    /// - Returns: `false` when the case is over.
    mutating func pass(commands: Int) throws -> Bool {
        for _ in 0..<commands where state.status == .open {
            let requests = machine.requests(in: state)
            for request in requests where dates[request.id] == nil { dates[request.id] = answerDate(request) }
            if let request = requests.first(where: { dates[$0.id]! <= day }) {  // given a date just above
                dates[request.id] = nil
                try answer(request)
            } else {
                try act(day, .system, .passTime)
                let next = requests.compactMap { dates[$0.id] } + [machine.nextDue(in: state)].compactMap(\.self)
                day = next.filter { $0 > day }.min() ?? day.adding(days: 1)
            }
        }
        return state.status == .open
    }

    private mutating func answerDate(_ request: WorkRequest) -> LocalDate {
        let (low, high) = (request.estimate.min, request.estimate.max)
        let minutes = Int.random(in: low.minutes / 480...max(low.minutes, high.minutes) / 480, using: &random) * 480
        let wait = minutes == 0 && Int.random(in: 0..<4, using: &random) == 0 ? 480 : minutes
        return max(day, machine.calendar.adding(DayAmount(minutes: wait, unit: low.unit), to: request.since))
    }

    private mutating func answer(_ request: WorkRequest) throws {
        let actor: Actor =
            switch request.party {
            case .applicant: Self.owner
            case .window: Actor(role: .window, name: "Window")
            case .supervisor: Actor(role: .supervisor, name: "supervisor")
            case .department(let id): Actor(role: .department, department: id, name: request.id)
            }
        let command = self.command(for: request)
        do {
            try act(day, actor, .item(request.item, command))
        } catch is CaseRejection {
            // What came between has its own time; asked again later.
            dates[request.id] = day.adding(days: 1)
        }
    }

    private mutating func command(for request: WorkRequest) -> ItemCommand {
        let joint = machine.plan[request.item]?.item.joint
        let mayFail = request.round < joint?.rectification?.rounds ?? 0 && Int.random(in: 0..<4, using: &random) == 0
        let isFirst = interrupted.insert(request.id).inserted
        switch request.ask {
        case .opine where mayFail, .recheck where mayFail:
            return .opine(participant: request.participant ?? "", verdict: .fail(points: [Point("to be mended")]))
        case .decide where isFirst && Int.random(in: 0..<3, using: &random) == 0,
            .sign where isFirst && Int.random(in: 0..<3, using: &random) == 0:
            return Bool.random(using: &random)
                ? .requestSupplement(points: [Point("one more page")])
                : .suspend(reason: "lawsuit", approver: "Head")
        default: return request.favourableAnswer(document: request.id)
        }
    }
}

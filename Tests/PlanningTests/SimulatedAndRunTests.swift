import CaseEngine
import Foundation
import Planning
import Scheduling
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

/// What `simulate` assumes and what `run` plays are one thing.
@Suite("Simulated and run")
struct SimulatedAndRunTests {
    private static let isLong = ProcessInfo.processInfo.environment["LONG"] == "1"

    private static func calendar() throws -> WorkCalendar { try #require(try PlannerTests.calendars().last) }

    private func model(_ plan: Plan, seed: UInt64, start: LocalDate) throws -> RiskModel {
        try RiskModel(
            plan: plan, calendar: try Self.calendar(), start: start,
            assumptions: RiskAssumptions(of: plan.workflow, seed: seed))
    }

    // MARK: Sample by sample

    /// A case in which everybody takes the time of one sample must come out as the sample says.
    private func checkSamples(_ plan: Plan, count: Int, seed: UInt64, start: LocalDate) throws -> Int {
        let model = try model(plan, seed: seed, start: start)
        let part = model.simulation.run(0..<count, detail: .outcomes)
        let durations = model.simulation.durations(of: 0..<count)
        let machine = CaseMachine(plan: plan, calendar: model.calendar)
        let planned = try Planner(plan: plan, calendar: model.calendar).report(start: start)
        var refusals = 0
        for sample in 0..<count {
            let script = SampleScript(model, durations.map { $0[sample] })
            let run = try DrawnCase(
                machine, start: start, parties: script.answer, toTheLastCheck: true, keepsMoments: false)
            let finish = run.state.items.compactMap(\.finishedOn).max()
            #expect(finish == model.date(ofFinish: Int(part.finishes[sample])), "sample \(sample), seed \(seed)")
            let report = CaseReport(plan: planned, machine: machine, state: run.state, asOf: finish ?? start)
            for (number, target) in model.targets.enumerated() {
                let actual = report.targets.first { $0.planned.target == target }?.actual
                let measured = part.measures[number][sample]
                #expect(
                    [actual?.union.minutes, actual?.span.minutes, actual?.sum.minutes]
                        == (0..<3).map { Int(measured[$0]) },
                    "\(target.id), sample \(sample), seed \(seed)")
            }
            refusals += run.state.items.count { $0.attempt > 1 }
        }
        return refusals
    }

    @Test(
        "A case whose parties take the times of a sample has its finish and measures: shipped workflows",
        arguments: 1...12)
    func shippedSamples(network: Int) throws {
        for everyCondition in [false, true] {
            _ = try checkSamples(
                try ShippedWorkflow(network, everyCondition: everyCondition).plan, count: Self.isLong ? 400 : 3,
                seed: UInt64(40 + network), start: PlannerTests.starts[network % PlannerTests.starts.count])
        }
    }

    @Test(
        "So has one with corrections, special procedures, rounds and refusals", arguments: SampleOfEach.allCases)
    func samplesOfEach(sample: SampleOfEach) throws {
        let refusals = try checkSamples(
            try sample.plan(), count: Self.isLong ? 4_000 : 48, seed: 7, start: PlannerTests.starts[1])
        #expect((refusals > 0) == [.refusal, .everyoneRechecks, .jointCorrection].contains(sample))
    }

    // MARK: Distributions

    /// The greatest distance of two samples' distributions.
    private func distance(_ a: [Int], _ b: [Int]) -> Double {
        let (a, b) = (a.sorted(), b.sorted())
        var greatest = 0.0
        var (i, j) = (0, 0)
        while i < a.count, j < b.count {
            let value = min(a[i], b[j])
            while i < a.count, a[i] == value { i += 1 }
            while j < b.count, b[j] == value { j += 1 }
            greatest = max(greatest, abs(Double(i) / Double(a.count) - Double(j) / Double(b.count)))
        }
        return greatest
    }

    /// Cases run by the engine with simulated parties against samples of the plan: finish and each target's measure.
    ///
    /// Exceeded with a chance of at most 4·10⁻⁷ where both are one distribution, and with less where values are whole.
    /// - Source: the two-sample test of Smirnov (1948) with the bound of P. Massart, *Annals of Probability* 18 (1990),
    ///   doi:10.1214/aop/1176990746, on each side.
    private func checkDistributions(_ plan: Plan, cases: Int, samples: Int, seed: UInt64, start: LocalDate) throws {
        let model = try model(plan, seed: seed, start: start)
        let part = model.simulation.run(0..<samples, detail: .outcomes)
        let machine = CaseMachine(plan: plan, calendar: model.calendar)
        let planned = try Planner(plan: plan, calendar: model.calendar).report(start: start)
        var finishes: [Int] = []
        var measures = [[Int]](repeating: [], count: model.targets.count)
        for number in 0..<cases {
            let run = try DrawnCase(
                machine, start: start, parties: DrawnCase.simulated(machine, seed: seed &* 1_000_003 &+ UInt64(number)),
                toTheLastCheck: true, keepsMoments: false)
            let finish = try #require(run.state.items.compactMap(\.finishedOn).max())
            finishes.append(finish.dayNumber)
            let report = CaseReport(plan: planned, machine: machine, state: run.state, asOf: finish)
            for (index, target) in model.targets.enumerated() {
                measures[index].append(report.targets.first { $0.planned.target == target }?.measured?.minutes ?? -1)
            }
        }
        let threshold =
            (-log(1e-7) / 2).squareRoot() * (1 / Double(cases).squareRoot() + 1 / Double(samples).squareRoot())
        let finish = distance(finishes, part.finishes.map { model.date(ofFinish: Int($0)).dayNumber })
        #expect(finish < threshold, "finish, seed \(seed)")
        for (index, target) in model.targets.enumerated() {
            let own = target.measure.windowMeasure.rawValue
            let far = distance(measures[index], part.measures[index].map { Int($0[own]) })
            #expect(far < threshold, "\(target.id), seed \(seed)")
        }
    }

    @Test("Cases of simulated parties are distributed as the samples are: shipped workflows", arguments: 1...12)
    func shippedDistributions(network: Int) throws {
        try checkDistributions(
            try ShippedWorkflow(network).plan, cases: Self.isLong ? 2_000 : 16, samples: Self.isLong ? 20_000 : 1_024,
            seed: UInt64(70 + network), start: PlannerTests.starts[network % PlannerTests.starts.count])
    }

    @Test(
        "So are those with corrections, special procedures, rounds, refusals and departments that are slow as a whole",
        arguments: SampleOfEach.allCases)
    func distributionsOfEach(sample: SampleOfEach) throws {
        try checkDistributions(
            try sample.plan(), cases: Self.isLong ? 20_000 : 300, samples: Self.isLong ? 20_000 : 4_096, seed: 11,
            start: PlannerTests.starts[2])
    }
}

/// Answers requests as one sample of a simulation draws it.
private struct SampleScript {
    private let plan: Plan
    private let calendar: WorkCalendar
    /// By activity.
    private let times: [String: DayAmount]

    init(_ model: RiskModel, _ minutes: [Int]) {
        plan = model.plan
        calendar = model.calendar
        times = Dictionary(
            uniqueKeysWithValues: zip(model.activities, minutes).map { activity, minutes in
                (activity.id, DayAmount(minutes: minutes, unit: activity.estimate.unit))
            })
    }

    private func time(_ name: String?, _ request: WorkRequest) -> DayAmount {
        let id = name.map { "\(request.item).\($0)" } ?? request.item
        return times[request.attempt > 1 ? "\(id).again" : id] ?? .zero
    }

    private func happens(_ name: String, _ request: WorkRequest) -> Bool { time(name, request).minutes > 0 }

    func answer(_ request: WorkRequest, _ today: LocalDate) -> Answer? {
        let (time, command) = reply(request)
        let actor: Actor =
            switch request.party {
            case .applicant: Actor(role: .applicant, name: "Owner")
            case .window: Actor(role: .window, name: "Window")
            case .supervisor: Actor(role: .supervisor, name: "Supervisor")
            case .department(let id): Actor(role: .department, department: id, name: request.id)
            }
        return Answer(
            on: max(today, calendar.adding(time, to: request.since)), commands: [.item(request.item, command)],
            actor: actor)
    }

    private func reply(_ request: WorkRequest) -> (DayAmount, ItemCommand) {
        let favourable = request.favourableAnswer(document: request.id)
        let special = times["\(request.item).special-procedure"] ?? .zero
        func opinion(_ participant: String) -> Verdict {
            fails(request, participant) ? .fail(points: [Point("x")]) : .pass
        }
        switch request.ask {
        case .admit where !request.isAnew && happens("correction", request):
            return (.zero, .requestCorrection(points: [Point("x")]))
        case .admit: return (time("admission", request), favourable)
        case .supplyCorrection: return (time("correction", request), favourable)
        case .sign, .decide, .conclude:
            // The handler does the work; those who sign after him take no time, and neither does who asks anew.
            let isConclusion = if case .conclude = request.ask { true } else { false }
            let takes =
                isConclusion ? time("conclusion", request) : request.estimate == .zero ? .zero : time(nil, request)
            let own = request.isAnew ? DayAmount.zero : takes
            let isLast = if case .sign = request.ask { false } else { request.ask != .conclude(passed: false) }
            guard isLast, !request.isAnew, special.minutes > 0 else { return (own, favourable) }
            let kind = plan[request.item]?.item.special.flatMap { SpecialProcedure(rawValue: $0.procedure.rawValue) }
            return (own, .beginSpecialProcedure(kind: kind ?? .hearing, basis: "x", length: special))
        case .endSpecialProcedure: return (special, favourable)
        case .complete: return (time(nil, request), favourable)
        case .opine:
            let participant = request.participant ?? ""
            return (
                time(participant, request), .opine(participant: participant, verdict: opinion(participant))
            )
        case .recheck:
            let participant = request.participant ?? ""
            return (
                time("recheck-\(request.round)", request),
                .opine(participant: participant, verdict: opinion(participant))
            )
        case .holdSession(let ids):
            return (
                time("session", request),
                .holdSession(votes: ids.map { SessionVote(participant: $0, verdict: opinion($0), signer: $0) })
            )
        case .merge: return (time("merge", request), favourable)
        case .rectify: return (time("rectification-\(request.round)", request), favourable)
        default: return (.zero, favourable)
        }
    }

    /// The first participant finds fault in every round that fails; the last one that can follow is failed when there is
    /// another application.
    private func fails(_ request: WorkRequest, _ participant: String) -> Bool {
        guard let joint = plan[request.item]?.item.joint, joint.participants.first?.id == participant else {
            return false
        }
        if request.round < joint.rectification?.possibleRounds ?? 0 {
            return happens("rectification-\(request.round + 1)", request)
        }
        return request.attempt == 1
            && times.contains {
                $0.key.hasPrefix("\(request.item).") && $0.key.hasSuffix(".again") && $0.value.minutes > 0
            }
    }
}

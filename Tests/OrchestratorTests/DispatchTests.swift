import CaseEngine
import Orchestrator
import Planning
import Synchronization
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Dispatch to departments")
struct DispatchTests {
    private static let acceptance = """
          - id: works
            title: {zh: 验收, en: Acceptance}
            national: 4
            lead: planning
            items:
              - {id: entered, title: {zh: 开始, en: Start}, kind: milestone}
              - id: joint
                title: {zh: 联合验收, en: Joint acceptance}
                joint: acceptance
                lead: planning
                after: [entered]
                admission: 1 wd
                participants:
                  - {id: planning, title: {zh: 规划, en: Planning}, department: planning, takes: 3 wd}
                  - {id: fire, title: {zh: 消防, en: Fire}, department: fire, takes: 4 wd}
                  - {id: water, title: {zh: 供水, en: Water}, department: water, takes: 5 wd, limit: 5 wd}
                source: assumed
                milestone: true
                passes: all
                merge: 1 wd
                conclusion: 1 wd
              - id: filing
                title: {zh: 备案, en: Filing}
                kind: filing
                source: assumed
                department: fire
                takes: 2 wd
                after: [entered]
              - {id: completed, title: {zh: 完成, en: End}, kind: milestone, after: [joint, filing]}
        """

    /// The steps of a run that was told, as they came.
    private final class Told: Sendable {
        private let steps = Mutex<[CaseRun.Step]>([])

        func note(_ step: CaseRun.Step) { steps.withLock { $0.append(step) } }

        /// Party and reason of every delivery that failed.
        var undelivered: [(party: String, failure: DeliveryFailure)] {
            steps.withLock { steps in
                steps.compactMap { step in
                    if case .undelivered(let dispatch, let failure) = step {
                        (dispatch.request.party.name, failure)
                    } else {
                        nil
                    }
                }
            }
        }
    }

    /// Parties of whom one does something else with what it is sent.
    private struct Troubled: DepartmentConnector {
        let others: SimulatedParties
        let department: String
        let trouble: @Sendable (Dispatch) async throws -> Void

        func deliver(_ dispatch: Dispatch) async throws -> Delivery {
            if dispatch.request.party.name == department { try await trouble(dispatch) }
            return try await others.deliver(dispatch)
        }
    }

    struct Down: Error {}

    /// Who answered on which day, and when other items were done.
    private func dates(_ state: CaseState) -> [String: LocalDate?] {
        var dates = Dictionary(uniqueKeysWithValues: state.items.map { ($0.id, $0.finishedOn) })
        for participant in state.items.compactMap(\.joint).flatMap(\.participants) {
            dates["opinion of \(participant.id)"] = participant.answeredOn
        }
        return dates
    }

    @Test(
        "A department that hangs or is down delays nobody else's answer and is reported each time it is tried",
        arguments: [true, false])
    func oneInTrouble(hangs: Bool) async throws {
        let healthy = try SampleCase(Self.acceptance)
        #expect(try await healthy.run(healthy.parties(seed: 1, basis: .likely)) == .closed(.completed))
        let expected = dates(try await healthy.state)

        let sample = try SampleCase(Self.acceptance)
        let told = Told()
        let parties = Troubled(others: sample.parties(seed: 1, basis: .likely), department: "water") { _ in
            guard hangs else { throw Down() }
            // It does not even listen when the delivery is given up.
            await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
        }
        let end = try await sample.run(parties, deadline: hangs ? .milliseconds(50) : .seconds(60)) { told.note($0) }

        #expect(end == .stuck)
        let state = try await sample.state
        let found = dates(state)
        for name in ["opinion of planning", "opinion of fire", "filing", "entered"] {
            #expect(found[name] == expected[name], "\(name)")
        }
        #expect(found["opinion of water"] == .some(nil))
        #expect(state.cards.contains { $0.participant == "water" && $0.level == .red })
        #expect(told.undelivered.count == 8)
        for (party, failure) in told.undelivered {
            #expect(party == "water")
            switch failure {
            case .timedOut: #expect(hangs)
            case .failed: #expect(!hangs)
            case .cancelled: Issue.record("nobody cancelled anything")
            }
        }
    }

    @Test("A department that was down for three tries is asked again and the case completes")
    func comesBack() async throws {
        let sample = try SampleCase(Self.acceptance)
        let told = Told()
        let tries = Mutex(0)
        let parties = Troubled(others: sample.parties(seed: 1, basis: .likely), department: "water") { _ in
            if tries.withLock({
                $0 += 1; return $0
            }) <= 3 {
                throw Down()
            }
        }
        #expect(try await sample.run(parties) { told.note($0) } == .closed(.completed))
        #expect(told.undelivered.map(\.party) == ["water", "water", "water"])
    }

    @Test("All departments are addressed at once: the first is not waited for before the last is asked")
    func addressedTogether() async throws {
        /// Lets nobody through before all have come.
        actor Gate {
            private let size: Int
            private var waiting: [CheckedContinuation<Void, Never>] = []
            init(size: Int) { self.size = size }

            func pass() async {
                await withCheckedContinuation { continuation in
                    waiting.append(continuation)
                    guard waiting.count == size else { return }
                    for waiter in waiting { waiter.resume() }
                    waiting = []
                }
            }
        }
        struct Gated: DepartmentConnector {
            let gate: Gate
            func deliver(_ dispatch: Dispatch) async throws -> Delivery {
                await gate.pass()
                return .posted
            }
        }
        let sample = try SampleCase(Self.acceptance)
        try await sample.open()
        let snapshot = try await sample.orchestrator.snapshot(of: sample.id)
        let opening = try #require(snapshot.state.opening)
        let request = try #require(snapshot.machine.requests(in: snapshot.state).first)
        let dispatches = (0..<40).map {
            Dispatch(
                caseID: sample.id, opening: opening, request: request, today: SampleCase.start.adding(days: $0))
        }
        let outcomes = await Dispatcher(connector: Gated(gate: Gate(size: 40)), deadline: .seconds(600))
            .deliver(dispatches)
        #expect(outcomes.map(\.dispatch.today) == dispatches.map(\.today))
        for outcome in outcomes {
            guard case .success(.posted) = outcome.result else {
                Issue.record("\(outcome.dispatch.today): \(outcome.result)")
                continue
            }
        }
    }
}

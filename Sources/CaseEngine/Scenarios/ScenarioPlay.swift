import WorkCalendar
import WorkflowModel

/// A scenario while it is played (演示): it says what is to be done next and is told what came of it.
///
/// It does nothing itself, so that the same scenario runs in the engine alone and through whatever keeps cases.
public struct ScenarioPlay {
    public let scenario: Scenario
    /// What was done so far, for a protocol.
    public private(set) var lines: [Line] = []
    private let report: Report
    private var beats: [Beat]
    /// What was said to be next.
    private var pending: Scenario.Act?

    /// One line of the protocol.
    public struct Line: Sendable {
        /// The step, from 1; 0 is the opening.
        public let step: Int
        public let act: Scenario.Act
        public let outcome: Outcome
    }

    /// What came of an act.
    public typealias Outcome = Result<[CaseEvent], CaseRejection>

    private struct Beat {
        let step: Int
        let kind: Kind
        var expectation: Expectation?

        enum Kind {
            case meanwhile(Meanwhile)
            case given(Scenario.Act)
            case when(Scenario.Act)
        }

        var isMeanwhile: Bool { if case .meanwhile = kind { true } else { false } }
        var isWhen: Bool { if case .when = kind { true } else { false } }
    }

    public init(_ scenario: Scenario) {
        self.scenario = scenario
        report = Report(scenario.text)
        beats = [Beat(step: 0, kind: .given(scenario.opened))]
        for (position, step) in scenario.steps.enumerated() {
            let number = position + 1
            if let meanwhile = step.meanwhile { beats.append(Beat(step: number, kind: .meanwhile(meanwhile))) }
            beats += step.given.map { Beat(step: number, kind: .given($0)) }
            if let act = step.when { beats.append(Beat(step: number, kind: .when(act))) }
            // A step without an act looks at what the last one left.
            if let then = step.then { beats[beats.count - 1].expectation = then }
        }
        beats.reverse()
    }

    /// What is to be done now; `nil` at the end.
    ///
    /// - Parameters:
    ///   - machine: the rules that govern the case.
    ///   - state: the case as it stands.
    public mutating func next(machine: CaseMachine, state: CaseState) -> Scenario.Act? {
        while let beat = beats.last {
            switch beat.kind {
            case .given(let act), .when(let act):
                pending = act
                return act
            case .meanwhile(let meanwhile):
                pending = meanwhile.next(machine: machine, state: state)
                if pending != nil { return pending }
                beats.removeLast()
                if let expectation = beat.expectation {
                    check(expectation, ScenarioView(machine: machine, state: state, on: meanwhile.until))
                }
            }
        }
        return nil
    }

    /// Takes note of what came of ``next(machine:state:)``.
    ///
    /// - Parameters:
    ///   - machine: the rules that govern the case now.
    ///   - state: the case afterwards.
    /// - Precondition: there was a next.
    public mutating func record(_ outcome: Outcome, machine: CaseMachine, state: CaseState) {
        guard let act = pending, let beat = beats.last else { preconditionFailure("nothing was to be done") }
        pending = nil
        lines.append(Line(step: beat.step, act: act, outcome: outcome))
        if case .failure(let rejection) = outcome, beat.expectation?.refusal == nil || beat.isMeanwhile {
            let refused = beat.isWhen ? Wording.wasRefused : Wording.givenRefused
            report.add(refused(rejection.code, rejection.text), at: act.span)
            // What follows would only fail for the same reason.
            beats = []
            return
        }
        if beat.isMeanwhile { return }
        beats.removeLast()
        guard let expectation = beat.expectation else { return }
        switch (outcome, expectation.refusal) {
        case (.failure(let rejection), let expected?): check(rejection, expected)
        case (.success, let expected?): report.add(.wasNotRefused(expected.code), at: expected.span)
        case (.success(let events), nil): check(events, expectation)
        case (.failure, nil): break
        }
        check(expectation, ScenarioView(machine: machine, state: state, on: act.on))
    }

    private func check(_ expectation: Expectation, _ view: ScenarioView) {
        for entry in expectation.state {
            if let found = view.mismatch(with: entry) { note(found) }
        }
    }

    /// The protocol when everything came out as expected, or what did not.
    public var result: FileReading<[Line]> { report.reading(lines) }

    // MARK: Checking

    private func check(_ rejection: CaseRejection, _ expected: Expectation.Refusal) {
        let saysSo = rejection.text.zh == expected.zh && expected.en.map { $0 == rejection.text.en } ?? true
        guard rejection.code != expected.code || !saysSo else { return }
        report.add(.refusedOtherwise(found: rejection.code, rejection.text), at: expected.span)
    }

    private func check(_ events: [CaseEvent], _ expectation: Expectation) {
        let found = events.map { ScenarioValue($0) }
        if let expected = expectation.events {
            let mismatch = zip(found, expected).lazy.compactMap { $0.mismatch(with: $1) }.first
            if found.count != expected.count {
                report.add(
                    .otherEvents(
                        expected: "[\(expected.map { ScenarioValue($0).words }.joined(separator: ", "))]",
                        found: "[\(events.map(\.brief).joined(separator: ", "))]"),
                    at: expected.first { node in !found.contains { $0.mismatch(with: node) == nil } }?.span
                        ?? expectation.span)
            } else if let mismatch {
                report.add(.otherEvents(expected: mismatch.expected, found: mismatch.found), at: mismatch.span)
            }
        }
        var rest = found[...]
        for node in expectation.including {
            if let position = rest.firstIndex(where: { $0.mismatch(with: node) == nil }) {
                rest = rest[(position + 1)...]
            } else {
                report.add(
                    .otherEvents(
                        expected: ScenarioValue(node).words,
                        found: "[\(events.map(\.brief).joined(separator: ", "))]"),
                    at: node.span)
            }
        }
    }

    private func note(_ mismatch: Mismatch) {
        report.add(
            .otherState(mismatch.path.joined(separator: "."), expected: mismatch.expected, found: mismatch.found),
            at: mismatch.span)
    }
}

extension Scenario {
    /// Plays the scenario in the engine alone.
    ///
    /// - Returns: the scenario at its end, or where it could not go on.
    public func play() -> ScenarioPlay {
        var machine = CaseMachine(plan: plan, calendar: calendar)
        var state = CaseState()
        var registry = Registry()
        for entry in self.registry { registry.enter(entry.entry, by: entry.by, on: entry.on) }
        var play = ScenarioPlay(self)
        while let act = play.next(machine: machine, state: state) {
            let version = state.version
            let context = CaseContext(
                today: act.on, actor: act.by, standing: Standing(registry), atHand: atHand,
                earliestFinish: earliestFinish)
            let outcome = ScenarioPlay.Outcome { () throws(CaseRejection) in
                let done = try machine.perform(act.command, on: &state, in: context, finding: self.machine)
                machine = done.machine
                return done.events
            }
            if case .failure(let rejection) = outcome, let note = rejection.note(of: act.command) {
                _ = try? machine.perform(note, on: &state, in: context)
            }
            for (offset, event) in ((try? outcome.get()) ?? []).enumerated() {
                let sequence = version + 1 + offset
                guard let told = ReportedEntry(event, sequence: sequence, of: id, opening: state.opening) else {
                    continue
                }
                registry.enter(told.entry, by: .system, on: max(registry.asOf ?? event.on, event.on))
            }
            play.record(outcome, machine: machine, state: state)
        }
        return play
    }
}

extension Registry {
    /// Makes an entry that is allowed.
    fileprivate mutating func enter(_ entry: RegistryEntry, by actor: Actor, on date: LocalDate) {
        for event in (try? decide(entry, by: actor, on: date)) ?? [] { evolve(by: event) }
    }
}

extension CaseCommand {
    /// The name in the log, of a command to an item that of what is to be done with it.
    public var name: String {
        switch self {
        case .open: "open"
        case .withdrawCase: "withdrawCase"
        case .cancelCase: "cancelCase"
        case .passTime: "passTime"
        case .explainCard: "explainCard"
        case .liftCard: "liftCard"
        case .confirmCard: "confirmCard"
        case .openGreenChannel: "openGreenChannel"
        case .closeGreenChannel: "closeGreenChannel"
        case .migrate: "migrate"
        case .changeCalendar: "changeCalendar"
        case .transfer: "transfer"
        case .addWork: "addWork"
        case .supervise(let command): command.name
        case .intake(.receive): "intake.receive"
        case .intake(.supply): "intake.supply"
        case .intake(.notice): "intake.notice"
        case .intake(.admit): "intake.admit"
        case .item(_, let command): command.name
        }
    }

    /// The item that it is for.
    public var item: String? {
        if case .item(let id, _) = self { id } else { nil }
    }
}

extension CaseEvent {
    /// The event in few words of the log.
    fileprivate var brief: String { (item.map { "\($0) " } ?? "") + "\(kind.rawValue) \(on)" }
}

extension ScenarioValue {
    /// An event as its payload says it; who acted, as scenarios write it.
    fileprivate init(_ event: CaseEvent) {
        guard let node = YAMLNode.json(event.payload), case .map(let entries) = node.content else {
            preconditionFailure("a payload is a JSON object")
        }
        let by = event.by.department ?? event.by.role.rawValue
        self = .map(
            entries.map { ($0.key, $0.key == "by" ? .text(by) : ScenarioValue($0.value)) }, leavesOut: true)
    }
}

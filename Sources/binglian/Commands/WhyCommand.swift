import ArgumentParser
import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

extension TaskCommand {
    struct Why: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Why an item stands where it stands: by which rule, whose turn it is, what could be done, every day.")

        @Argument(help: "The case.")
        var caseID: String

        @Argument(help: "The item's id.")
        var item: String

        @Option(help: "As of that date; default: today in Beijing time, or the case's last day when it is over.")
        var on: LocalDate?

        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let snapshot = try await office.snapshot(of: caseID)
                    let position = try snapshot.position(of: item)
                    let asOf = snapshot.date(wanted: on)
                    let why = WhyText(snapshot: snapshot, position: position, asOf: asOf, terminal: terminal)
                    printOut(store.format == .json ? why.json.pretty : why.text)
                }
            }
        }
    }
}

extension CaseCommandGroup {
    struct Why: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Why a case stands where it stands: its stages, by which rule, and who has to act.")

        @Argument(help: "The case.")
        var caseID: String

        @Option(help: "As of that date; default: today in Beijing time, or the case's last day when it is over.")
        var on: LocalDate?

        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let snapshot = try await office.snapshot(of: caseID)
                    let asOf = snapshot.date(wanted: on)
                    let why = CaseWhyText(snapshot: snapshot, asOf: asOf, terminal: terminal)
                    printOut(store.format == .json ? why.json.pretty : why.text)
                }
            }
        }
    }
}

/// The reasons behind where an item stands.
struct WhyText {
    let snapshot: CaseSnapshot
    let position: Int
    let asOf: LocalDate
    let terminal: Terminal

    private var item: Item { snapshot.machine.plan.items[position].item }
    private var state: ItemState { snapshot.state.items[position] }

    var text: String {
        let language = terminal.language
        var lines = [
            terminal.styled("\(item.title[language])  [\(item.id)]", .bold) + "  "
                + state.status.title[language]
        ]
        lines += waiting
        lines += turns
        lines += limits
        lines += reasonsText.lines(of: reasons)
        lines += reasonsText.lines(of: possibilities)
        lines += clock
        return lines.joined(separator: "\n")
    }

    /// As documented in `docs/json.md#why`.
    var json: JSONText {
        .members([
            "case": .string(snapshot.id.text), "item": .string(item.id), "title": item.title.json,
            "status": .string(state.status.rawValue), "asOf": .string(asOf.description),
            "after": .array(
                predecessors.map { dependency, _, other in
                    .members([
                        "item": .string(dependency.item), "type": .string(dependency.type.rawValue),
                        "lag": dependency.lag.json, "status": .string(other.status.rawValue),
                        "finishedOn": .optional(other.finishedOn?.description),
                    ])
                }),
            "turns": .array(requests.map { $0.json(of: snapshot) }),
            "promised": item.limit.map { limit in
                .members(["limit": limit.json, "lastDay": .optional(state.limits?.promised?.description)])
            } ?? .null,
            "statutory": item.statutory.map { statutory in
                .members([
                    "limit": statutory.limit.json, "lastDay": .optional(state.limits?.statutory?.description),
                    "basis": .optional(statutory.basis ?? item.basis),
                ])
            } ?? .null,
            "reasons": reasonsText.json(of: reasons), "possible": reasonsText.json(of: possibilities),
            "days": .array(
                (ledger?.entries ?? []).map { entry in
                    let stop: StopReason? = if case .stopped(let stop) = entry.standing { stop.reason } else { nil }
                    return .members([
                        "date": .string(entry.date.description), "counts": .bool(entry.standing.counts),
                        "total": .integer(entry.total), "kind": .string(DayListText.name(of: entry.kind)),
                        "stopped": .optional(stop?.rawValue),
                    ])
                }),
        ])
    }

    private var reasonsText: ReasonsText { ReasonsText(terminal: terminal) }

    private var reasons: [Reason] {
        snapshot.machine.reasons(ofItemAt: position, in: snapshot.state, on: asOf)
    }

    /// What could be done on the day; of a day in the past nothing can be said.
    private var possibilities: [Possibility] {
        let mayAct = snapshot.state.status == .open || snapshot.state.status == .completed
        guard snapshot.state.asOf.map({ $0 <= asOf }) ?? true, mayAct else { return [] }
        return snapshot.machine.possibilities(ofItemAt: position, in: snapshot.state, on: asOf)
    }

    private var predecessors: [(dependency: Dependency, title: LocalizedText, state: ItemState)] {
        item.after.compactMap { dependency in
            snapshot.machine.plan.index(of: dependency.item).map {
                (dependency, snapshot.machine.plan.items[$0].item.title, snapshot.state.items[$0])
            }
        }
    }

    private var requests: [WorkRequest] {
        snapshot.machine.requests(in: snapshot.state).filter { $0.item == item.id }
    }

    private var waiting: [String] {
        predecessors.map { dependency, title, other in
            let name = title[terminal.language]
            let type = dependency.type == .finishToStart ? "" : " \(dependency.type.rawValue)"
            let lag = dependency.lag == .zero ? "" : " + \(dependency.lag)"
            let standing =
                other.finishedOn.map { terminal.say("\($0) 完成", "finished \($0)") }
                ?? other.status.title[terminal.language]
            return terminal.say("  前置 ", "  after ") + "\(name) [\(dependency.reference)]\(type)\(lag): \(standing)"
        }
    }

    private var turns: [String] {
        requests.map { request in
            let ask = AskWords.of(request.ask)[terminal.language]
            let part = request.participant.map { terminal.say("\($0)：", "\($0): ") } ?? ""
            return terminal.say(
                "  轮到 \(request.party.name)：\(part)\(ask)（自 \(request.since)\(request.due.map { "，期限 \($0)" } ?? "")）",
                "  turn of \(request.party.name): \(part)\(ask) (since \(request.since)\(request.due.map { ", due \($0)" } ?? ""))"
            )
        }
    }

    private var limits: [String] {
        var lines: [String] = []
        if let limit = item.limit {
            let last = state.limits?.promised.map { terminal.say("，最后一天 \($0)", ", last day \($0)") } ?? ""
            lines.append(terminal.say("  承诺时限 \(limit)\(last)", "  promised limit \(limit)\(last)"))
        }
        if let statutory = item.statutory {
            let last = state.limits?.statutory.map { terminal.say("，最后一天 \($0)", ", last day \($0)") } ?? ""
            let basis = statutory.basis ?? item.basis ?? ""
            lines.append(
                terminal.say(
                    "  法定时限 \(statutory.limit)\(last)  \(basis)",
                    "  statutory limit \(statutory.limit)\(last)  \(basis)"))
        }
        return lines
    }

    /// The days of the item's own clock, from its first to its last or the date of asking.
    private var ledger: DayLedger? {
        let held = snapshot.machine.heldTimes(in: snapshot.state).filter { $0.item == item.id }
        guard let from = held.map(\.period.start).min() else { return nil }
        let through = min(asOf, state.finishedOn ?? asOf)
        guard from < through, through.days(since: from) <= DayListText.longestList else { return nil }
        let counted = held.filter { $0.holder == item.clock }.map(\.period)
        return Measures.ledger(of: counted, after: from, through: through, on: snapshot.machine.calendar)
    }

    private var clock: [String] {
        guard let ledger, let first = ledger.entries.first, let last = ledger.entries.last else { return [] }
        let words = DayListText(
            calendar: snapshot.machine.calendar, terminal: terminal, from: first.date, to: last.date, unit: .working)
        return [terminal.say("  逐日：", "  day by day:")]
            + ledger.entries.map { entry in
                let count = entry.standing.counts ? String(entry.total) : "–"
                return "    \(entry.date)  \(DisplayWidth.padded(count, to: 4))\(words.words(of: entry))"
            }
    }
}

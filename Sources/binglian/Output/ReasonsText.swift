import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// Reasons and possibilities as people and programs read them.
struct ReasonsText {
    let terminal: Terminal

    func lines(of reasons: [Reason]) -> [String] {
        guard !reasons.isEmpty else { return [] }
        let language = terminal.language
        return [terminal.say("  缘由：", "  why:")]
            + reasons.map { reason in
                "    \(reason.words[language])  "
                    + terminal.styled("[\(reason.rule.id)] \(reason.source)", .dim)
            }
    }

    /// What could be done, by whom; and what not, grouped by the words in which it would be refused.
    func lines(of possibilities: [Possibility]) -> [String] {
        lines(of: possibilities.map { Option(command: $0.command.name, by: $0.by, rejection: $0.rejection) })
    }

    func lines(of possibilities: [CasePossibility]) -> [String] {
        lines(of: possibilities.map { Option(command: $0.command.name, by: $0.by, rejection: $0.rejection) })
    }

    private struct Option {
        let command: String
        let by: Actor
        let rejection: CaseRejection?
    }

    private func lines(of possibilities: [Option]) -> [String] {
        guard !possibilities.isEmpty else { return [] }
        let language = terminal.language
        var lines: [String] = []
        let possible = possibilities.filter { $0.rejection == nil }
        if !possible.isEmpty { lines.append(terminal.say("  现在可以：", "  could be done now:")) }
        for (party, commands) in grouped(possible, by: { party($0.by) }) {
            lines.append("    \(party): \(names(of: commands).joined(separator: terminal.say("、", ", ")))")
        }
        let refused = possibilities.filter { $0.rejection != nil }
        if !refused.isEmpty { lines.append(terminal.say("  现在不能：", "  not now:")) }
        for (words, commands) in grouped(refused, by: { $0.rejection?.text[language] ?? "" }) {
            let called = names(of: commands).joined(separator: terminal.say("、", ", "))
            let rule = (commands.first?.rejection?.rule).map { "  [\($0.id)] \($0.source)" } ?? ""
            lines.append("    \(called): \(words)" + terminal.styled(rule, .dim))
        }
        return lines
    }

    /// Each once, in order.
    private func names(of possibilities: [Option]) -> [String] {
        var seen: Set<String> = []
        return possibilities.map(\.command).filter { seen.insert($0).inserted }
    }

    private func party(_ actor: Actor) -> String { actor.department ?? actor.role.title[terminal.language] }

    /// In the order in which each key comes first.
    private func grouped(
        _ all: [Option], by key: (Option) -> String
    ) -> [(key: String, members: [Option])] {
        var groups: [(key: String, members: [Option])] = []
        for one in all {
            let its = key(one)
            if let position = groups.firstIndex(where: { $0.key == its }) {
                groups[position].members.append(one)
            } else {
                groups.append((its, [one]))
            }
        }
        return groups
    }

    func json(of reasons: [Reason]) -> JSONText {
        .array(
            reasons.map { reason in
                .members([
                    "rule": .string(reason.rule.id), "on": .optional(reason.on?.description),
                    "words": reason.words.json, "source": .string(reason.source),
                ])
            })
    }

    func json(of possibilities: [Possibility]) -> JSONText {
        json(of: possibilities.map { Option(command: $0.command.name, by: $0.by, rejection: $0.rejection) })
    }

    func json(of possibilities: [CasePossibility]) -> JSONText {
        json(of: possibilities.map { Option(command: $0.command.name, by: $0.by, rejection: $0.rejection) })
    }

    private func json(of possibilities: [Option]) -> JSONText {
        .array(
            possibilities.map { one in
                .members([
                    "command": .string(one.command), "by": .string(one.by.department ?? one.by.role.rawValue),
                    "refused": one.rejection.map {
                        .members([
                            "code": .string($0.code), "words": $0.text.json, "rule": .string($0.rule.id),
                        ])
                    } ?? .null,
                ])
            })
    }
}

/// The reasons behind where a case stands.
struct CaseWhyText {
    let snapshot: CaseSnapshot
    let asOf: LocalDate
    let terminal: Terminal

    private var reasons: [Reason] { snapshot.machine.reasons(in: snapshot.state, on: asOf) }
    private var requests: [WorkRequest] { snapshot.machine.requests(in: snapshot.state) }
    /// What could be done on the day; of a day in the past nothing can be said.
    private var possibilities: [CasePossibility] {
        guard snapshot.state.asOf.map({ $0 <= asOf }) ?? true else { return [] }
        return snapshot.machine.possibilities(in: snapshot.state, on: asOf)
    }
    private var timers: [CaseTimer] { Array(snapshot.machine.timers(in: snapshot.state).prefix(5)) }

    var text: String {
        let language = terminal.language
        let title = snapshot.state.opening?.title[language] ?? ""
        var lines = [
            terminal.styled("\(title)  [\(snapshot.id)]", .bold) + "  \(snapshot.state.status.title[language])"
        ]
        lines += ReasonsText(terminal: terminal).lines(of: reasons)
        if !requests.isEmpty { lines.append(terminal.say("  轮到：", "  whose turn:")) }
        lines += requests.map { request in
            let due = request.due.map { terminal.say("，期限 \($0)", ", due \($0)") } ?? ""
            let part = request.participant.map { "\($0)：" } ?? ""
            return "    \(request.party.name): \(request.item)  \(part)\(AskWords.of(request.ask)[language])\(due)"
        }
        if !timers.isEmpty { lines.append(terminal.say("  无人办理时，随时间发生：", "  by time alone:")) }
        lines += timers.map { "    \($0.due)  \($0.name)" }
        lines += ReasonsText(terminal: terminal).lines(of: possibilities)
        return lines.joined(separator: "\n")
    }

    /// As documented in `docs/json.md#why`.
    var json: JSONText {
        .members([
            "case": .string(snapshot.id.text), "status": .string(snapshot.state.status.rawValue),
            "asOf": .string(asOf.description), "reasons": ReasonsText(terminal: terminal).json(of: reasons),
            "turns": .array(requests.map { $0.json(of: snapshot) }),
            "timers": .array(
                timers.map {
                    .members([
                        "due": .string($0.due.description), "name": .string($0.name), "item": .string($0.item),
                    ])
                }),
            "possible": ReasonsText(terminal: terminal).json(of: possibilities),
        ])
    }
}

import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// A scenario as a protocol: date, who, what, and what came of it.
struct ScenarioText {
    let path: String
    let terminal: Terminal

    func protocolText(of scenario: Scenario, lines: [ScenarioPlay.Line]) -> String {
        let language = terminal.language
        var text = [
            terminal.styled("\(scenario.title[language])  [\(scenario.id)]", .bold),
            terminal.say("  依据 \(scenario.source)", "  source: \(scenario.source)"),
        ]
        for rule in scenario.rules {
            text.append(terminal.say("  规则 ", "  rule ") + "\(rule.id): \(rule.title[language])（\(rule.source)）")
        }
        var step = 0
        for line in lines {
            if line.step != step {
                step = line.step
                let title = scenario.steps[step - 1].title.map { " \($0[language])" } ?? ""
                text.append(terminal.styled("  \(step).\(title)", .bold))
            }
            text += self.lines(of: line)
        }
        return text.joined(separator: "\n")
    }

    private func lines(of line: ScenarioPlay.Line) -> [String] {
        let act = line.act
        let who = act.by.role == .system ? Actor.Role.system.title[terminal.language] : act.by.name
        let head = "     \(act.on)  " + DisplayWidth.padded(who, to: 14) + " " + words(of: act.command)
        switch line.outcome {
        case .failure(let rejection):
            return [
                head,
                "        "
                    + terminal.styled(
                        terminal.say("不予执行：", "refused: ") + rejection.text[terminal.language], .yellow)
                    + "  (\(rejection.code))",
            ]
        case .success(let events):
            return [head] + events.map { "        \(EventText($0, terminal).line)" }
        }
    }

    /// A command by its name in the log, with its item.
    private func words(of command: CaseCommand) -> String {
        if case .item(let id, let command) = command { return "\(id)  \(command.name)" }
        return command.name
    }

    func verdict(isKept: Bool, scenario: Scenario?) -> String {
        let name = scenario.map { "\($0.title[terminal.language])" } ?? ""
        let word =
            isKept
            ? terminal.styled(terminal.say("相符", "as expected"), .green)
            : terminal.styled(terminal.say("不符", "NOT as expected"), .red)
        return "\(path): \(word)  \(name)"
    }

    /// As documented in `docs/json.md#scenario`.
    func json(of scenario: Scenario?, lines: [ScenarioPlay.Line], isKept: Bool, findings: [Diagnostic]) -> JSONText {
        .members([
            "file": .string(path), "scenario": .optional(scenario?.id), "title": scenario?.title.json ?? .null,
            "source": .optional(scenario?.source), "rules": .strings((scenario?.rules ?? []).map(\.id)),
            "seeds": .array((scenario?.seeds ?? []).map { .integer($0) }), "asExpected": .bool(isKept),
            "lines": .array(
                lines.map { line in
                    let (events, rejection): ([CaseEvent], CaseRejection?) =
                        switch line.outcome {
                        case .success(let events): (events, nil)
                        case .failure(let rejection): ([], rejection)
                        }
                    return .members([
                        "step": .integer(line.step), "on": .string(line.act.on.description),
                        "by": .string(line.act.by.department ?? line.act.by.role.rawValue),
                        "name": .string(line.act.by.name), "command": .string(line.act.command.name),
                        "item": .optional(line.act.command.item),
                        "events": .array(events.map { .raw(String(decoding: $0.payload, as: UTF8.self)) }),
                        "refused": rejection.map {
                            .members(["code": .string($0.code), "zh": .string($0.text.zh), "en": .string($0.text.en)])
                        } ?? .null,
                    ])
                }),
            "findings": .raw(Diagnostic.json(findings)),
        ])
    }
}

import ArgumentParser
import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

extension TaskCommand {
    struct Notices: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The notices of an item's application as their texts stand: receipt, correction, tolerance 告知文书.")

        @Argument(help: "The case.") var caseID: String
        @Argument(help: "The item's id.") var item: String
        @Option(help: "One kind: receipt, correction, admission, tolerance, supplement, visit or rectification.")
        var kind: CaseNotice.Kind?
        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let snapshot = try await office.snapshot(of: caseID)
                    let position = try snapshot.position(of: item)
                    let notices = snapshot.machine.notices(ofItemAt: position, in: snapshot.state)
                        .filter { kind == nil || $0.kind == kind }
                    switch store.format {
                    case .json: printOut(JSONText.array(notices.map { $0.json(of: caseID) }).pretty)
                    case .text:
                        if notices.isEmpty { printOut(terminal.say("没有文书。", "There is no notice.")) }
                        printOut(notices.map { $0.text(of: snapshot.state, terminal) }.joined(separator: "\n\n"))
                    }
                }
            }
        }
    }
}

extension CaseNotice.Kind: ExpressibleByArgument {}

extension CaseNotice {
    fileprivate func text(of state: CaseState, _ terminal: Terminal) -> String {
        let language = terminal.language
        let owner = state.opening?.owner?[language] ?? ""
        let project = state.opening?.project ?? ""
        return
            ([
                terminal.styled("\(kind.title[language])  \(title[language])  [\(item)]", .bold),
                [owner, project, on.description].filter { !$0.isEmpty }.joined(separator: "  "),
            ] + lines.map { "  " + $0[language] } + [terminal.styled("  [\(rule.id)] \(rule.source)", .dim)])
            .joined(separator: "\n")
    }

    /// As documented in `docs/json.md#notices`.
    fileprivate func json(of caseID: String) -> JSONText {
        .members([
            "case": .string(caseID), "kind": .string(kind.rawValue), "item": .string(item),
            "on": .string(on.description), "title": title.json, "lines": .array(lines.map(\.json)),
            "rule": .string(rule.id), "source": .string(rule.source),
        ])
    }
}

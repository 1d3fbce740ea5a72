import ArgumentParser
import Orchestrator
import WorkCalendar
import WorkflowModel

extension AuditCommand {
    struct HeadCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "head",
            abstract: "Where the logs end, to be kept by somebody else: only against a kept head does a cut tail show.",
            discussion: "One line a log: CASE VERSION:HASH. scripts/verify-chain checks an exported log against it.")

        @Argument(help: "Cases; none exports all, the office's own logs too.")
        var cases: [String] = []

        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let ids =
                        try cases.isEmpty
                        ? await office.audited() : cases.map { try office.stream($0) }
                    var heads: [JSONText] = []
                    for id in ids {
                        guard let head = try await office.store.head(of: id) else {
                            throw OrchestratorError.unknownCase(id)
                        }
                        switch store.format {
                        case .text: printOut("\(id) \(head.version):\(head.hash)")
                        case .json:
                            heads.append(
                                .members([
                                    "case": .string(id.text), "events": .integer(head.version),
                                    "head": .string(head.hash.description),
                                ]))
                        }
                    }
                    if store.format == .json { printOut(JSONText.array(heads).pretty) }
                }
            }
        }
    }
}

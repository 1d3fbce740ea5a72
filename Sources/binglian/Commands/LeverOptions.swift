import ArgumentParser
import WorkCalendar
import WorkflowModel

/// Reforms that a command takes as carried out.
struct LeverOptions: ParsableArguments {
    @Option(
        name: .customLong("with"),
        help: ArgumentHelp("Levers of the workflow that count as pulled, by id.", valueName: "lever,…"))
    var levers: LeverList = .init(ids: [])

    /// The workflow with the levers pulled that were named.
    func applied(to workflow: WorkflowDefinition, facts: [String: FactValue]) throws -> WorkflowDefinition {
        guard !levers.ids.isEmpty else { return workflow }
        do {
            return try workflow.applying(levers.ids, facts: facts)
        } catch {
            throw CommandFailure(zh: error.text.zh, en: error.text.en)
        }
    }
}

/// Ids separated by commas.
struct LeverList: ExpressibleByArgument, CustomStringConvertible {
    let ids: [String]

    init(ids: [String]) { self.ids = ids }

    init?(argument: String) {
        ids = argument.split(separator: ",").map { $0.filter { $0 != " " } }
        if ids.isEmpty || ids.contains("") { return nil }
    }

    var description: String { ids.isEmpty ? "none" : ids.joined(separator: ",") }
    var defaultValueDescription: String { description }
}

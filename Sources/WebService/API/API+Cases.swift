import CaseEngine
import HTTPTypes
import Orchestrator
import WorkCalendar
import WorkflowModel

extension API {
    /// Cases, and what can be done with them.
    static let cases: [Endpoint] = [
        .post(
            "/v1/cases/{case}/commands", .command, "办理：发送一条指令", "Act: send a command",
            body: .json(.named("Command")), .json(.named("Performed"))
        ) { call in
            let command = try call.value(CaseCommand.self)
            return try await perform(command, call)
        }
    ]

    /// Carries a command out for whoever asks, if they may.
    static func perform(_ command: CaseCommand, _ call: Call) async throws -> Answer {
        let snapshot = try call.caseFile()
        guard command.isForPeople, command.action != .openCase else {
            throw Problem.unprocessable("commandNotForPeople", "这条指令不由人发出。", "This command is not sent by people.")
        }
        try call.require(command.action)
        try call.requireMatch(String(snapshot.state.version))
        let done = try await call.office.perform(
            command, on: snapshot.id, key: try call.commandKey(), by: try call.reader().actor)
        return .json(done.json, etag: String(done.version))
    }
}

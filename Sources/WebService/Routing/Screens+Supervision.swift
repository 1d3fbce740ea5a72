import CaseEngine
import HTTPTypes
import Hummingbird
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

extension Screens {
    static let supervision: [Endpoint] = [
        .get(
            Links.supervision, .readFigures, "督办看板", "The supervision board",
            [.query("department", "只看一个部门", "Only one department")], .page
        ) { call in
            let department = call.query["department"].flatMap { $0.isEmpty ? nil : $0 }
            let made = try await call.office.board.board(of: department, on: call.today)
            return .page(
                SupervisionPage(
                    board: made.board, findings: made.findings, department: department, mayRemind: call.may(.supervise))
            )
        },
        .post(Links.reminder, .supervise, "催办", "Remind") { call in try await remind(call) },
    ]

    private static func remind(_ call: Call) async throws -> Answer {
        guard let id = call.fields["case"], let item = call.fields["item"], let department = call.fields["department"]
        else {
            throw Problem.unprocessable(
                "fieldsMissing", "没有说明催办哪个事项。请从看板上点“催办”。", "Nobody said what to remind of. Use the button on the board."
            )
        }
        let snapshot = try await call.office.snapshot(of: id)
        let title = snapshot.machine.plan[item]?.item.title.zh ?? item
        _ = try await call.office.perform(
            .supervise(.followUp(item: item, department: department, demand: "催办：\(title)", due: nil)), on: snapshot.id,
            key: try call.commandKey(), by: try call.reader().actor)
        return .seeOther(
            Links.supervision, notice: .init(text: call.say("已催办：\(title)。", "The department has been reminded.")))
    }
}

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
            let (board, findings) = try await board(call)
            return .page(
                SupervisionPage(
                    board: board, findings: findings, department: call.query["department"],
                    mayRemind: call.may(.supervise)))
        },
        .post(Links.reminder, .supervise, "催办", "Remind") { call in try await remind(call) },
    ]

    /// So many cases are looked at for findings; the newest figures come from all.
    private static let mostFindings = 200

    private static func board(_ call: Call) async throws -> (SupervisionBoard, [(caseID: String, finding: Finding)]) {
        var board = SupervisionBoard(asOf: call.today)
        var findings: [(caseID: String, finding: Finding)] = []
        for row in try await call.office.allCases(SummaryFilter()) {
            let snapshot = try await call.office.orchestrator.snapshot(of: row.caseID)
            board.add(row.caseID.text, snapshot.machine, snapshot.state)
            if snapshot.state.status == .open, findings.count < mostFindings {
                let events = try await call.office.orchestrator.log(of: row.caseID).map { record in
                    EnteredEvent(
                        try CaseEvent(record: record), enteredOn: record.event.at.date(secondsFromUTC: 8 * 3600))
                }
                findings += snapshot.machine.findings(in: events).map { (caseID: row.caseID.text, finding: $0) }
            }
        }
        findings.sort { ($1.finding.on, $0.caseID, $0.finding.id) < ($0.finding.on, $1.caseID, $1.finding.id) }
        return (board, findings)
    }

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

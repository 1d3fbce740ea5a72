import CaseEngine
import HTTPTypes
import Hummingbird
import Interchange
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

extension Screens {
    static let exchange: [Endpoint] = [
        .get(Links.exchange, .exportCase, "导入导出", "Import and export", [], .page) { call in
            .page(try await exchangePage(call))
        },
        .post(
            Links.exchangeImport, .importFiles, "读入文件并预览", "Read a file and show what is lost",
            body: .formWithFiles(limit: ForeignPlan.largestFile, .inMemory), .page
        ) { call in
            let file = call.files.first { $0.field == "upload" }
            let name = file?.name ?? call.say("粘贴的内容", "what was pasted")
            let result = imported(file?.bytes ?? Array((call.fields["file"] ?? "").utf8), name: name)
            return .page(
                try await exchangePage(call, result: result),
                status: result.refusal == nil ? .ok : .unprocessableContent)
        },
        .get("/cases/{case}/export/{format}", .exportCase, "导出办件", "Take a case out", [], .document(type: "*/*")) {
            call in
            try await export(call)
        },
        .get(
            Links.workflows + "/{workflow}/{version}/export/{format}", .readWorkflows, "导出流程", "Take a workflow out",
            [],
            .document(type: "*/*")
        ) { call in
            let (entry, workflow, text) = try await call.office.version(
                call.parameter("workflow"), call.parameter("version"))
            let name = "\(workflow.id)-\(entry.version)"
            switch call.parameter("format") {
            case "bpmn":
                return .document(
                    Array(ProcessFile.text(of: workflow, language: call.language).utf8), type: "application/xml",
                    fileName: name + ".bpmn")
            case "yaml": return .document(Array(text.utf8), type: "application/yaml", fileName: name + ".yaml")
            default: throw Problem.noSuchPage
            }
        },
    ]

    private static func exchangePage(
        _ call: Call, result: ExchangePage.ImportResult? = nil
    ) async throws -> ExchangePage {
        var rows: [WorkflowDifferencePage.CaseRow] = []
        let person = try call.reader()
        if let filter = try await call.office.readable(by: person) {
            let isOfAll = Permissions.allows(.exportCase, to: person.role, .other)
            for listed in try await call.office.cases(for: person, filter, in: .opening, after: nil, limit: 50) {
                if !isOfAll {
                    let snapshot = try await call.office.orchestrator.snapshot(of: listed.row.caseID)
                    let relation = person.relation(to: snapshot, registry: nil, on: call.today)
                    guard Permissions.allows(.exportCase, to: person.role, relation) else { continue }
                }
                rows.append(listed.row.row)
            }
        }
        return ExchangePage(
            cases: rows, workflows: try await call.office.workflowsInForce(call.today), result: result,
            mayImport: call.may(.importFiles))
    }

    // MARK: In

    private static func imported(_ bytes: [UInt8], name: String) -> ExchangePage.ImportResult {
        let isProcess = ForeignPlan.isProcess(bytes)
        let format =
            isProcess
            ? LocalizedText(zh: "BPMN 2.0 流程", en: "BPMN 2.0 process")
            : LocalizedText(zh: "Microsoft Project XML 计划", en: "Microsoft Project XML schedule")
        do throws(ForeignFileError) {
            let plan = try ForeignPlan.read(bytes)
            return ExchangePage.ImportResult(
                fileName: name, format: format,
                read: [
                    (name: LocalizedText(zh: "事项", en: "items"), count: plan.items.count),
                    (
                        name: LocalizedText(zh: "其中里程碑", en: "milestones among them"),
                        count: plan.items.count(where: \.isMilestone)
                    ),
                    (name: LocalizedText(zh: "先后关系", en: "links"), count: plan.items.reduce(0) { $0 + $1.after.count }),
                    (name: LocalizedText(zh: "部门", en: "departments"), count: plan.departments.count),
                ], losses: plan.losses, text: plan.workflowText)
        } catch {
            return ExchangePage.ImportResult(
                fileName: name, format: format, read: [], losses: [], text: nil,
                refusal: (
                    error.line.map { line in "\(line)" + (error.column.map { ":\($0)" } ?? "") }, error.message,
                    error.advice
                ))
        }
    }

    // MARK: Out

    private static func export(_ call: Call) async throws -> Answer {
        let snapshot = try call.caseFile()
        guard let opening = snapshot.state.opening else { throw Problem.noSuchPage }
        let name = opening.project
        switch call.parameter("format") {
        case "msproject":
            let schedule = try Forecaster(snapshot.machine).schedule(snapshot.state, on: call.today)
            let text = ProjectFile.text(
                title: opening.title[call.language], rows: schedule.rows, workflow: snapshot.machine.plan.workflow,
                calendar: schedule.calendar, language: call.language)
            return .document(Array(text.utf8), type: "application/xml", fileName: name + ".xml")
        case "ics":
            let feed = CalendarFeed(
                name: opening.title[call.language],
                events: try snapshot.deadlineEvents(
                    on: call.today, city: call.office.id, base: nil, call.language))
            return .document(
                Array(feed.text(stamp: call.now.calendarStamp).utf8), type: "text/calendar; charset=utf-8",
                fileName: name + ".ics")
        case "csv":
            let schedule = try Forecaster(snapshot.machine).schedule(snapshot.state, on: call.today)
            return .document(
                Array(ScheduleCSV.text(of: schedule.rows, language: call.language).utf8),
                type: "text/csv; charset=utf-8", fileName: name + ".csv")
        case "xes":
            let events = try await call.office.orchestrator.log(of: snapshot.id).map { record in
                let event = try CaseEvent(record: record)
                return LoggedEvent(
                    activity: event.kind.rawValue, instance: event.item,
                    time: LogTime(date: event.on, millisecondOfDay: 17 * 3_600_000, secondsFromUTC: 8 * 3600),
                    resource: event.by.name.isEmpty ? event.by.role.rawValue : event.by.name,
                    group: event.by.department)
            }
            let log = EventLog(cases: [LoggedCase(id: snapshot.id.text, events: events)])
            return .document(Array(XESFile.text(of: log).utf8), type: "application/xml", fileName: name + ".xes")
        default: throw Problem.noSuchPage
        }
    }
}

extension Instant {
    /// `20260302T020000Z`.
    var calendarStamp: String {
        let plain = description.filter { $0 != "-" && $0 != ":" }
        return String(plain.prefix(15)) + "Z"
    }
}

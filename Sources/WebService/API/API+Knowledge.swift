import CaseEngine
import HTTPTypes
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

extension API {
    /// Workflows and calendars.
    static let knowledge: [Endpoint] = [
        .get(
            "/v1/workflows", .readWorkflows, "流程列表", "The workflows", [],
            .json(.object(["workflows": .list(.named("Workflow"))]))
        ) { call in
            let library = try await call.office.library.library()
            let today = call.today
            let kept = library.versions.map { version -> JSONText in
                version.json(library.standing(of: version, on: today))
            }
            let shipped = call.office.shipped.workflows.keys.sorted().filter { !library.manages($0) }.compactMap {
                id -> JSONText? in
                guard let text = call.office.shipped.workflows[id],
                    let workflow = WorkflowFile.read(text, path: id).value
                else { return nil }
                return .members([
                    "workflow": .string(id), "version": .string(workflow.version), "standing": .string("shipped"),
                    "title": workflow.title.json,
                ])
            }
            return .json(.members(["workflows": .array(kept + shipped)]))
        },
        .post(
            "/v1/workflows/check", .readWorkflows, "校验流程文件", "Check a workflow file",
            body: .text(type: "application/yaml", limit: 4 << 20), .json(.named("Check"))
        ) { call in
            let text = try yaml(call)
            let reading = try await OffPool.run { WorkflowFile.read(text, path: "workflow.yaml") }
            return .json(
                .members([
                    "usable": .bool(reading.value != nil), "omitted": .integer(reading.omitted),
                    "diagnostics": .raw(Diagnostic.json(reading.diagnostics)),
                ]))
        },
        .get(
            "/v1/workflows/{workflow}/{version}", .readWorkflows, "一个版本的文本", "The text of a version", [],
            .document(type: "application/yaml")
        ) { call in
            let (_, text) = try await call.office.definition(
                of: call.parameter("workflow"), version: call.parameter("version"), on: call.today)
            return .document(
                Array(text.utf8), type: "application/yaml; charset=utf-8",
                etag: String(SecretText.hash(text).prefix(16)))
        },
        .get(
            "/v1/workflows/{workflow}/difference", .readWorkflows, "两个版本的差别", "What two versions differ in",
            [
                .required("from", "旧版本", "The older version"), .required("to", "新版本", "The newer version"),
            ], .json(.object(["changes": .list(.named("Change"))]))
        ) { call in
            let id = call.parameter("workflow")
            let older = try await call.office.definition(of: id, version: call.query["from"], on: call.today).definition
            let newer = try await call.office.definition(of: id, version: call.query["to"], on: call.today).definition
            let difference = WorkflowDifference(from: older, to: newer)
            return .json(
                .members([
                    "changes": .array(
                        difference.changes.map { change in
                            .members([
                                "kind": .string(change.kind.rawValue), "subject": .string(change.subject),
                                "id": .optional(change.id), "path": .strings(change.path),
                                "before": change.before?.json ?? .null, "after": change.after?.json ?? .null,
                                "words": change.words.json,
                            ])
                        })
                ]))
        },
        .post(
            "/v1/workflows", .editWorkflows, "提交流程草案", "Submit a draft of a workflow",
            [
                .query("effective", "自哪天起施行", "In force from that day", .date),
                .query("means", "减、放、并、转、调，逗号分隔", "The means, with commas", .text()),
                .required("note", "修改说明", "What it changes", .text(longest: 2000)),
            ], body: .text(type: "application/yaml", limit: 4 << 20),
            .json(.object(["events": .list(.named("LibraryEvent"))]), status: .created)
        ) { call in
            let text = try yaml(call)
            let reading = WorkflowFile.read(text, path: "workflow.yaml")
            guard let workflow = reading.value else { throw Problem(unusable: reading.diagnostics) }
            let effective =
                try call.query["effective"].map { text in
                    guard let date = LocalDate(text) else {
                        throw Problem.badRequest("dateUnreadable", "日期写作 2026-03-09。", "A date is written 2026-03-09.")
                    }
                    return date
                } ?? call.today
            let means = try (call.query["means"] ?? "").split(separator: ",").map { word in
                guard let means = ReformMeans(rawValue: String(word)) else {
                    throw Problem.badRequest("meansUnknown", "没有这种改革方式：\(word)。", "There are no means '\(word)'.")
                }
                return means
            }
            let events = try await call.office.library.submit(
                workflow, text: text, effective: effective, means: means, note: call.query["note"] ?? "",
                key: try call.commandKey(), in: try context(call), at: call.now)
            var answer = Answer.json(.members(["events": .array(events.map(\.json))]), status: .created)
            answer.headers.append((.location, "/v1/workflows/\(workflow.id)/\(Links.escaped(workflow.version))"))
            return answer
        },
        .post(
            "/v1/workflows/{workflow}/{version}/release", .publishWorkflows, "发布（须由另一人）",
            "Release, by a second person", body: .none, .json(.object(["events": .list(.named("LibraryEvent"))]))
        ) { call in
            let events = try await call.office.library.release(
                call.parameter("workflow"), version: call.parameter("version"), key: try call.commandKey(),
                in: try context(call), at: call.now)
            return .json(.members(["events": .array(events.map(\.json))]))
        },
        .post(
            "/v1/workflows/{workflow}/{version}/withdraw", .publishWorkflows, "撤回版本", "Withdraw a version",
            body: .json(.object(["reason": .text(longest: 2000)])),
            .json(.object(["events": .list(.named("LibraryEvent"))]))
        ) { call in
            let members = try MembersReading(try call.json(), known: ["reason"])
            let events = try await call.office.library.withdraw(
                call.parameter("workflow"), version: call.parameter("version"), reason: try members.text("reason"),
                key: try call.commandKey(), in: try context(call), at: call.now)
            return .json(.members(["events": .array(events.map(\.json))]))
        },
        .get(
            "/v1/calendars/{calendar}/{year}", .readCalendars, "一年的日历", "A year of a calendar", [],
            .json(.named("CalendarYear"))
        ) { call in
            let calendar = try call.office.calendar(call.parameter("calendar")).calendar
            guard let year = call.parameter("year").wholeNumber, (1990...2100).contains(year),
                let first = LocalDate(year: year, month: 1, day: 1),
                let end = LocalDate(year: year + 1, month: 1, day: 1)
            else { throw Problem.notFound("年份为 1990 至 2100", "A year is 1990 to 2100") }
            let days = (0..<end.days(since: first)).map { first.adding(days: $0) }
            return .json(
                .members([
                    "calendar": .string(calendar.id), "version": .string(calendar.version), "year": .integer(year),
                    "workingDays": .integer(days.count { calendar.isWorking($0) }),
                    "daysOff": .strings(days.filter { !calendar.isWorking($0) }.map(\.description)),
                ]), etag: "\(calendar.version)-\(year)")
        },
    ]

    private static func yaml(_ call: Call) throws -> String {
        guard let text = String(validating: call.body, as: UTF8.self), !text.isEmpty else {
            throw Problem.badRequest("notUTF8", "文件应是 UTF-8 文本。", "The file is to be text in UTF-8.")
        }
        return text
    }

    static func context(_ call: Call) throws -> CaseContext {
        CaseContext(today: call.today, actor: try call.reader().actor)
    }
}

extension Problem {
    init(unusable diagnostics: [Diagnostic]) {
        let count = diagnostics.count { $0.severity == .error }
        self.init(
            .unprocessableContent, "workflowUnusable", LocalizedText(zh: "流程文件有错误", en: "The workflow has mistakes"),
            LocalizedText(
                zh: "\(count) 处错误，没有提交。请按 diagnostics 逐条改正。",
                en: "\(count) mistake\(count == 1 ? "" : "s"); nothing was submitted. Correct them as diagnostics say."),
            more: [.init("diagnostics", .raw(Diagnostic.json(diagnostics)))])
    }
}

import CaseEngine
import HTTPTypes
import Hummingbird
import Interchange
import NIOCore
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

extension API {
    /// Supervision figures, public progress, exports, the registry and the audit.
    static let oversight: [Endpoint] = [
        .get(
            "/v1/figures/{figure}", .readFigures, "监察报表", "Supervision figures", [], .json(.anything)
        ) { call in
            guard let figure = Figure(rawValue: call.parameter("figure")) else {
                throw Problem.notFound("没有这种报表", "There are no such figures")
            }
            guard let json = try await call.office.figures(figure, on: call.today) else {
                return ledger(call, type: "application/json")
            }
            return .json(json)
        },
        .get(
            "/v1/exports/ledger.csv", .exportAll, "办件台账", "The ledger of what was handled", [],
            .document(type: "text/csv")
        ) { call in
            ledger(call, type: "text/csv; charset=utf-8", fileName: "ledger-\(call.today).csv")
        },
        .get(
            "/v1/cases/{case}/export.xes", .exportCase, "事件日志（XES）", "The event log as XES", [],
            .document(type: "application/xml")
        ) { call in
            let records = try await call.office.orchestrator.log(of: try call.caseFile().id)
            return .document(
                Array(XESFile.text(of: try EventLog(of: records)).utf8), type: "application/xml; charset=utf-8",
                fileName: "\(try call.caseFile().id).xes")
        },
        .get(
            "/v1/cases/{case}/export.json", .exportCase, "办件全部事件（JSON）", "All events as JSON", [],
            .document(type: "application/json")
        ) { call in
            let records = try await call.office.orchestrator.log(of: try call.caseFile().id)
            let isInternal = call.may(.readInternal)
            let json = JSONText.array(records.map { $0.document(withInternal: isInternal) })
            return .document(
                Array(json.compact.utf8), type: "application/json", fileName: "\(try call.caseFile().id).json")
        },
        .get(
            "/v1/progress/{project}", .readPublic, "公开进度", "Public progress of a project", [],
            .json(.named("Progress"))
        ) { call in
            let code = call.parameter("project")
            let rows = try await call.office.summaries(SummaryFilter(projectCode: code), limit: 20)
            guard !rows.isEmpty else { throw Problem.notFound("没有这个项目代码", "There is no such project code") }
            var cases: [JSONText] = []
            for row in rows {
                let snapshot = try await call.office.orchestrator.snapshot(of: row.caseID)
                cases.append(snapshot.publicDocument)
            }
            return .json(.members(["project": .string(code), "cases": .array(cases)]))
        },
        .get(
            "/v1/projects/{project}", .listCases, "项目的办件", "The cases of a project", [],
            .json(.object(["project": .text(), "cases": .list(.named("CaseRow"))]))
        ) { call in
            let code = call.parameter("project")
            let person = try call.reader()
            let registry = person.role == .agent ? try await call.office.orchestrator.registry() : nil
            var rows: [JSONText] = []
            for row in try await call.office.summaries(SummaryFilter(projectCode: code), limit: 100) {
                let snapshot = try await call.office.orchestrator.snapshot(of: row.caseID)
                let relation = person.relation(to: snapshot, registry: registry, on: call.today)
                if Permissions.allows(.readCase, to: person.role, relation) { rows.append(row.json) }
            }
            guard !rows.isEmpty else { throw Problem.notFound("没有这个项目", "There is no such project") }
            return .json(.members(["project": .string(code), "cases": .array(rows)]))
        },
        .get(
            "/v1/registry", .readRegistry, "名册的记录", "The entries of the registry", [],
            .json(.object(["entries": .list(.anything)]))
        ) { call in
            let records = try await call.office.orchestrator.log(of: .registry)
            return .json(
                .members(["entries": .array(records.map { $0.document(withInternal: true) })]))
        },
        .post(
            "/v1/registry/entries", .keepRegistry, "登记", "Make an entry in the registry",
            body: .json(.named("RegistryEntry")), .json(.object(["version": .whole(), "repeated": .flag]))
        ) { call in
            let entry = try call.value(RegistryEntry.self)
            let done = try await call.office.orchestrator.enter(
                entry, key: try call.commandKey(), by: try call.reader().actor, on: call.today, at: call.now)
            return .json(.members(["version": .integer(done.version), "repeated": .bool(done.isRepeat)]))
        },
        .get(
            "/v1/audit", .readAudit, "各台账的末端与校验值", "Where the office's logs end, with their seals", [],
            .json(.object(["streams": .list(.anything)]))
        ) { call in
            let own = try await call.office.summaries(
                SummaryFilter(workflow: CaseSummary.officeWorkflow), limit: 100)
            var streams: [JSONText] = []
            for row in own {
                guard let head = try await call.office.store.head(of: row.caseID) else { continue }
                streams.append(
                    .members([
                        "stream": .string(row.caseID.text), "events": .integer(head.version),
                        "hash": .string(head.hash.description),
                    ]))
            }
            return .json(.members(["streams": .array(streams)]))
        },
        .get(
            "/v1/audit/accounts", .readAudit, "账号与岗位的变更", "What was done with accounts", [],
            .json(.object(["events": .list(.named("AccountEvent"))]))
        ) { call in
            let events = try await call.office.accounts.events()
            return .json(.members(["events": .array(events.map(\.document))]))
        },
    ]

    /// The ledger as it is read, a page of cases at a time: however long it is, little of it is in memory.
    private static func ledger(_ call: Call, type: String, fileName: String? = nil) -> Answer {
        let (office, today) = (call.office, call.today)
        let isCSV = fileName != nil
        var answer = Answer.stream(type: type) { writer in
            try await writer.write(ByteBuffer(string: isCSV ? Ledger.heading : "["))
            var isFirst = true
            try await office.reports.eachPage(on: today) { parts in
                let ledger = Ledger(parts)
                if isCSV {
                    try await writer.write(ByteBuffer(string: ledger.lines))
                } else if !parts.isEmpty {
                    try await writer.write(
                        ByteBuffer(string: (isFirst ? "" : ",") + ledger.json.compact.dropFirst().dropLast()))
                    isFirst = false
                }
            }
            if !isCSV { try await writer.write(ByteBuffer(string: "]")) }
            try await writer.finish(nil)
        }
        if let fileName { answer.headers.append((.contentDisposition, ContentDisposition.attachment(fileName))) }
        return answer
    }
}

extension CaseSnapshot {
    /// What everybody may know: which items there are and where they stand, without people, opinions and materials.
    var publicDocument: JSONText {
        .members([
            "title": state.opening?.title.json ?? .null, "status": .string(state.status.rawValue),
            "openedOn": .optional(state.openedOn?.description), "closedOn": .optional(state.closedOn?.description),
            "items": .array(
                state.items.compactMap { item in
                    guard let planned = machine.plan.index(of: item.id).map({ machine.plan.items[$0] }),
                        planned.item.kind != .milestone
                    else { return nil }
                    return .members([
                        "title": planned.item.title.json, "status": .string(item.status.rawValue),
                        "statusTitle": item.status.title.json,
                        "finishedOn": .optional(item.finishedOn?.description),
                    ])
                }),
        ])
    }
}

extension AccountEvent {
    /// Without passwords, of which not even the hashes leave the store.
    var document: JSONText {
        var members: [JSONText.Member] = [
            .init("on", .string(on.description)), .init("by", .string(by.name)), .init("kind", .string(kind)),
        ]
        switch what {
        case .open(let account):
            members += [
                .init("account", .string(account.id)), .init("name", .string(account.name)),
                .init("posts", .array(account.posts.map(\.json))),
            ]
        case .changePassword(let id, _): members.append(.init("account", .string(id)))
        case .grantPosts(let id, let posts, let reason):
            members += [
                .init("account", .string(id)), .init("posts", .array(posts.map(\.json))),
                .init("reason", .string(reason)),
            ]
        case .close(let id, let reason), .reopen(let id, let reason), .endSessions(let id, let reason):
            members += [.init("account", .string(id)), .init("reason", .string(reason))]
        }
        return .object(members)
    }
}

extension EventLog {
    /// The log of a case as process mining reads it: an event's kind is the activity, its item the instance, the
    /// department of whoever acted the group.
    init(of records: [EventRecord]) throws {
        let events = try records.map { record in
            let event = try CaseEvent(record: record)
            return LoggedEvent(
                activity: event.kind.rawValue, instance: event.item,
                time: LogTime(date: event.on, millisecondOfDay: 17 * 3_600_000, secondsFromUTC: 8 * 3600),
                resource: event.by.name.isEmpty ? event.by.role.rawValue : event.by.name, group: event.by.department)
        }
        self.init(cases: records.first.map { [LoggedCase(id: $0.caseID.text, events: events)] } ?? [])
    }
}

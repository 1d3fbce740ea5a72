import CaseEngine
import HTTPTypes
import NIOCore
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

extension API {
    /// Cases, and what can be done with them.
    static let cases: [Endpoint] = [
        .get(
            "/v1/cases", .listCases, "办件列表", "The list of cases",
            [
                .query("project", "项目代码", "Project code"), .query("status", "状态", "Status", .oneOf(CaseStatus.words)),
                .query("workflow", "流程编号", "Workflow id"), .query("owner", "建设单位信用代码或名称", "The owner's code or name"),
                .query("title", "标题中的文字", "Part of the title"),
            ] + paging, .json(.page("CaseRow"))
        ) { call in try await list(call) },
        .post(
            "/v1/cases", .openCase, "立案", "Open a case", body: .json(.named("Opening")),
            .json(.named("Case"), status: .created)
        ) { call in try await open(call) },
        .get("/v1/cases/{case}", .readCase, "办件现状", "The case as it stands", [], .json(.named("Case"))) { call in
            let snapshot = try call.caseFile()
            let bytes = call.service.documents.bytes(of: snapshot, in: call.office.id, on: call.today)
            return Answer(
                content: .bytes(bytes, type: "application/json"),
                etag: "\(snapshot.state.version)-\(call.today.dayNumber)")
        },
        .get(
            "/v1/cases/{case}/items", .readCase, "办件的事项", "The items of a case", [],
            .json(.object(["items": .list(.named("Item"))]))
        ) { call in
            let snapshot = try call.caseFile()
            return .json(.members(["items": .array(snapshot.itemDocuments)]), etag: String(snapshot.state.version))
        },
        .get(
            "/v1/cases/{case}/items/{item}", .readCase, "一个事项", "One item", [], .json(.named("ItemFile"))
        ) { call in
            let snapshot = try call.caseFile()
            let index = try itemIndex(call, snapshot)
            return .json(
                snapshot.itemFile(at: index, on: call.today, withInternal: call.may(.readInternal)),
                etag: "\(snapshot.state.version)-\(call.today.dayNumber)")
        },
        .post(
            "/v1/cases/{case}/commands", .command, "办理：发送一条指令", "Act: send a command",
            [ifMatch], body: .json(.named("Command")), .json(.named("Performed"))
        ) { call in try await perform(try call.value(CaseCommand.self), call) },
        .post(
            "/v1/cases/{case}/commands/preview", .command, "预览一条指令的后果", "What a command would do",
            body: .json(.named("Command")), .json(.named("Preview"))
        ) { call in
            let command = try call.value(CaseCommand.self)
            try requireSendable(command, call)
            let (events, after) = try await call.office.orchestrator.preview(
                command, on: try call.caseFile().id, by: try call.reader().actor, on: call.today)
            return .json(
                .members([
                    "version": .integer(after.state.version), "status": .string(after.state.status.rawValue),
                    "events": .array(events.map { .raw(String(decoding: $0.payload, as: UTF8.self)) }),
                ]))
        },
        .post(
            "/v1/cases/{case}/items/{item}/{verb}", .command, "对一个事项办理", "Act on an item",
            [ifMatch], body: .json(.named("CommandMembers"), optional: true), .json(.named("Performed"))
        ) { call in
            _ = try itemIndex(call, try call.caseFile())
            let verb = call.parameter("verb").camelCase
            let members: JSONText = call.body.isEmpty ? .object([]) : try call.json()
            let command: JSONText = .members([
                "item": .members([
                    "id": .string(call.parameter("item")), "command": .object([.init(verb, members)]),
                ])
            ])
            return try await perform(try StrictDecoding.value(CaseCommand.self, from: command), call)
        },
        .get(
            "/v1/cases/{case}/sessions", .readCase, "联合办理", "Joint sessions", [],
            .json(.object(["sessions": .list(.named("JointSession"))]))
        ) { call in
            let snapshot = try call.caseFile()
            let sessions = snapshot.jointSessions(withOpinions: call.may(.readInternal))
            return .json(.members(["sessions": .array(sessions)]), etag: String(snapshot.state.version))
        },
        .get(
            "/v1/cases/{case}/materials", .readMaterials, "材料", "Materials", [],
            .json(.object(["materials": .list(.named("Material"))]))
        ) { call in
            let snapshot = try call.caseFile()
            return .json(
                .members(["materials": .array(snapshot.materialDocuments(on: call.today))]),
                etag: "\(snapshot.state.version)-\(call.today.dayNumber)")
        },
        .get(
            "/v1/cases/{case}/commitments", .readCase, "承诺与容缺", "Promises, and what is still owed", [],
            .json(.object(["commitments": .list(.named("Commitment"))]))
        ) { call in
            let snapshot = try call.caseFile()
            return .json(
                .members(["commitments": .array(snapshot.commitmentDocuments)]), etag: String(snapshot.state.version))
        },
        .get(
            "/v1/cases/{case}/cards", .readCase, "监察牌", "Supervision cards", [],
            .json(.object(["cards": .list(.named("Card"))]))
        ) { call in
            let snapshot = try call.caseFile()
            return .json(
                .members(["cards": .array(snapshot.state.cards.map(\.document))]), etag: String(snapshot.state.version))
        },
        .get(
            "/v1/cases/{case}/works", .readCase, "单项工程", "The works of the project", [],
            .json(.object(["works": .list(.named("Work"))]))
        ) { call in
            let snapshot = try call.caseFile()
            let works = snapshot.state.opening?.works ?? []
            return .json(
                .members([
                    "works": .array(works.map { .members(["id": .string($0.id), "title": $0.title.json]) })
                ]))
        },
        .get(
            "/v1/cases/{case}/events", .readHistory, "全过程", "What happened",
            [.query("after", "从这个编号之后", "Those after that number", .whole(0...1_000_000_000)), limit],
            .json(.object(["events": .list(.named("Event")), "next?": .whole()]))
        ) { call in try await events(call) },
        .get(
            "/v1/cases/{case}/report", .readCase, "计划与实际", "Planned and actual", [], .json(.anything)
        ) { call in
            let snapshot = try call.caseFile()
            let report = try CaseReport(of: snapshot, asOf: max(call.today, snapshot.state.asOf ?? call.today))
            return .json(report.json, etag: "\(snapshot.state.version)-\(call.today.dayNumber)")
        },
        .get(
            "/v1/tasks", .listCases, "待办", "What waits for me",
            paging + [
                .query("dueThrough", "期限不晚于", "Due on that date or before", .date)
            ], .json(.page("Task"))
        ) { call in try await tasks(call) },
    ]

    static let ifMatch = Endpoint.Parameter(
        name: "If-Match", place: .header,
        summary: LocalizedText(zh: "只在办件是这个版本时执行", en: "Only if the case is at this version"), schema: .text())
    static let limit = Endpoint.Parameter.query("limit", "一页多少行", "How many in a page", .whole(1...200))
    static let paging: [Endpoint.Parameter] = [
        .query("cursor", "上一页给出的位置", "The place that the page before gave"), limit,
    ]

    // MARK: Acting

    /// Carries a command out for whoever asks, if they may.
    static func perform(_ command: CaseCommand, _ call: Call) async throws -> Answer {
        let snapshot = try call.caseFile()
        try requireSendable(command, call)
        try call.requireMatch(String(snapshot.state.version))
        let done = try await call.office.perform(
            command, on: snapshot.id, key: try call.commandKey(), by: try call.reader().actor)
        return .json(done.json, etag: String(done.version))
    }

    private static func requireSendable(_ command: CaseCommand, _ call: Call) throws {
        guard command.isForPeople, command.action != .openCase else {
            throw Problem.unprocessable("commandNotForPeople", "这条指令不由人发出。", "This command is not sent by people.")
        }
        try call.require(command.action)
    }

    private static func itemIndex(_ call: Call, _ snapshot: CaseSnapshot) throws -> Int {
        guard
            let index = snapshot.state.items.indices.first(where: {
                snapshot.state.items[$0].id == call.parameter("item")
            })
        else { throw Problem.notFound("办件里没有这个事项", "The case has no such item") }
        return index
    }

    private static func open(_ call: Call) async throws -> Answer {
        let asked = try MembersReading(try call.json(), known: ["id", "workflow", "version", "project"])
        let person = try call.reader()
        let workflow = try asked.text("workflow")
        let publication = try await call.office.publication(
            of: workflow, version: try asked.optionalText("version"), on: call.today)
        let (project, facts) = try ProjectReading.read(try asked.object("project"), for: publication.workflow)
        if ServiceRole.ofOwners.contains(person.role) {
            let names = [project.ownerCode?.description, project.owner?.zh, project.code].compactMap(\.self)
            guard person.post.owners.contains(where: { names.contains($0) }) else {
                throw Problem.unprocessable(
                    "notYourOwner", "只能为自己或所代办的建设单位立案。",
                    "A case can be opened for oneself, or for an owner one acts for.")
            }
        }
        let name = try asked.optionalText("id") ?? String("\(project.code).\(workflow)".prefix(64))
        guard let id = CaseID(name), !id.isOffice else {
            throw Problem.unprocessable(
                "caseIDNotPlain", "办件编号为 1 至 64 个字母、数字或 . _ : -。",
                "A case's id is 1 to 64 letters, digits or . _ : -.")
        }
        _ = try await call.office.orchestrator.open(
            id, with: publication, project: project, facts: facts, on: call.today, by: person.actor, at: call.now)
        call.office.noteChange()
        let snapshot = try await call.office.orchestrator.snapshot(of: id)
        return .created(
            snapshot.document(on: call.today), at: "/v1/cases/\(Links.escaped(id.text))",
            etag: String(snapshot.state.version))
    }

    // MARK: Lists

    private static func list(_ call: Call) async throws -> Answer {
        let person = try call.reader()
        var filter = SummaryFilter(
            projectCode: call.query["project"], status: call.query["status"], workflow: call.query["workflow"],
            owner: call.query["owner"], title: call.query["title"])
        if filter.workflow == CaseSummary.officeWorkflow { filter.workflow = "-" }
        let size = try pageSize(call)
        var cursor = try call.query["cursor"].map { text in
            guard let id = CaseID(text) else { throw Problem.cursorUnknown }
            return id
        }
        if Permissions.allows(.readCase, to: person.role, .other) {
            let rows = try await call.office.summaries(filter, after: cursor, limit: size)
            return page(rows.map(\.json), next: rows.count < size ? nil : rows.last?.caseID.text, call)
        }
        guard let own = try await call.office.readable(by: person) else { return page([], next: nil, call) }
        var rows: [StoredSummary] = []
        var isOver = false
        // What else is asked for is looked for among one's own, a bounded number at a time.
        for _ in 0..<20 where rows.count < size && !isOver {
            let listed = try await call.office.cases(
                for: person, own, in: .opening, after: cursor.map { ListPlace(day: 0, caseID: $0) }, limit: size)
            isOver = listed.count < size
            for row in listed.map(\.row) where rows.count < size {
                cursor = row.caseID
                if filter.agrees(with: row.summary) { rows.append(row) }
            }
        }
        return page(rows.map(\.json), next: isOver ? nil : cursor?.text, call)
    }

    private static func tasks(_ call: Call) async throws -> Answer {
        let person = try call.reader()
        let size = try pageSize(call)
        var filter = TaskFilter()
        if let text = call.query["dueThrough"] {
            guard let date = LocalDate(text) else {
                throw Problem.badRequest("dateUnreadable", "日期写作 2026-03-09。", "A date is written 2026-03-09.")
            }
            filter.dueThrough = date
        }
        let cursor = try call.query["cursor"].map { text in
            guard let place = CaseTask(cursor: text) else { throw Problem.cursorUnknown }
            return place
        }
        let found = try await call.office.tasks(of: person, filter, after: cursor, limit: size + 1)
        let rows = found.prefix(size)
        return page(rows.map(\.document), next: found.count > size ? rows.last?.cursor : nil, call)
    }

    private static func events(_ call: Call) async throws -> Answer {
        let snapshot = try call.caseFile()
        let size = try pageSize(call)
        let after = call.query["after"].flatMap { Int($0) } ?? 0
        let records = try await call.office.store.events(of: snapshot.id, after: max(0, after), limit: size)
        var members: [JSONText.Member] = [
            .init(
                "events",
                .array(records.map { $0.document(withInternal: call.may(.readInternal)) }))
        ]
        var answer: [(HTTPField.Name, String)] = []
        if records.count == size, let last = records.last {
            members.append(.init("next", .integer(last.sequence)))
            answer.append((.link, "<\(call.path)?after=\(last.sequence)&limit=\(size)>; rel=\"next\""))
        }
        return Answer(content: .json(.object(members)), headers: answer)
    }

    static func pageSize(_ call: Call) throws -> Int {
        guard let text = call.query["limit"] else { return 50 }
        guard let size = Int(text), (1...200).contains(size) else {
            throw Problem.badRequest("limitOutOfRange", "limit 为 1 至 200。", "limit is 1 to 200.")
        }
        return size
    }

    /// A page of a list, with where the next one is.
    static func page(_ rows: [JSONText], next: String?, _ call: Call) -> Answer {
        var members: [JSONText.Member] = [.init("rows", .array(rows))]
        var headers: [(HTTPField.Name, String)] = []
        if let next {
            members.append(.init("next", .string(next)))
            var query = call.query.all.filter { $0.name != "cursor" }.map {
                "\(Links.escaped($0.name))=\(Links.escaped($0.value))"
            }
            query.append("cursor=\(Links.escaped(next))")
            headers.append((.link, "<\(call.path)?\(query.joined(separator: "&"))>; rel=\"next\""))
        }
        return Answer(content: .json(.object(members)), headers: headers)
    }
}

extension HTTPField.Name {
    /// RFC 8288.
    static let link = HTTPField.Name("Link")!
}

extension Problem {
    static let cursorUnknown = badRequest(
        "cursorUnknown", "cursor 应是上一页给出的值。", "A cursor is what the page before gave.")
}

extension String {
    /// `request-correction` as `requestCorrection`.
    var camelCase: String {
        let parts = split(separator: "-", omittingEmptySubsequences: true)
        guard let first = parts.first else { return self }
        return first + parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

extension CaseStatus {
    static var words: [String] { allCases.filter { $0 != .unopened }.map(\.rawValue) }
}

extension Schema {
    /// A page of rows of a kind.
    static func page(_ name: String) -> Schema {
        .object(["rows": .list(.named(name)), "next?": .text()])
    }
}

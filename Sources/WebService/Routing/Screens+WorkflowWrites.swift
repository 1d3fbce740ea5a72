import CaseEngine
import HTTPTypes
import Hummingbird
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

extension Screens {
    static let workflowWrites: [Endpoint] = [
        .post(Links.workflows + "/{workflow}/edit", .editWorkflows, "检查流程文件", "Look a workflow file through", [], .page)
        {
            call in
            .page(try await editor(call.parameter("workflow"), text: text(call), call, typed: typed(call)))
        },
        .post(
            Links.workflows + "/{workflow}/edit/validation", .editWorkflows, "输入时检查",
            "Look it through while it is typed", [],
            .document(type: "text/html")
        ) { call in
            let check = try await check(text(call), call)
            let context = PageContext(
                language: call.language, reader: nil, tenant: call.office.name, today: call.today,
                location: call.location, formToken: "")
            let html = check.markup(context).map(\.written).joined(separator: "\n")
            return .document(Array(html.utf8), type: "text/html; charset=utf-8")
        },
        .post(Links.workflows + "/{workflow}/edit/submission", .editWorkflows, "提交草案", "Hand a draft in") { call in
            try await submit(call)
        },
        .post(Links.workflows + "/{workflow}/{version}/release", .publishWorkflows, "发布", "Release") { call in
            let (id, version) = (call.parameter("workflow"), call.parameter("version"))
            do {
                _ = try await call.office.library.release(
                    id, version: version, key: try call.commandKey(), in: try context(call), at: call.now)
            } catch let rejection as LibraryRejection {
                throw Problem(rejection)
            }
            return .seeOther(
                Links.workflow(id, version), notice: .init(text: call.say("已发布 \(version)。", "\(version) is released."))
            )
        },
        .post(Links.workflows + "/{workflow}/{version}/migration", .editWorkflows, "迁移办件", "Migrate cases") { call in
            try await migrate(call)
        },
    ]

    private static func text(_ call: Call) -> String {
        // Browsers send line ends as CRLF.
        (call.fields["text"] ?? "").replacing("\r\n", with: "\n")
    }

    private static func typed(_ call: Call) -> [String: String] {
        Dictionary(
            call.fields.all.filter { $0.name != "text" }.map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first })
    }

    private static func context(_ call: Call) throws -> CaseContext {
        CaseContext(today: call.today, actor: try call.reader().actor)
    }

    // MARK: Handing in

    private static func submit(_ call: Call) async throws -> Answer {
        let text = text(call)
        var mistakes: [PageContext.Mistake] = []
        let effective = call.fields.text("effective").flatMap { LocalDate($0) }
        if effective == nil {
            mistakes.append(
                .init(
                    field: "effective",
                    text: call.say(
                        "填写施行日期，例如 2026-03-02", "Enter the day from which it is in force, such as 2026-03-02")))
        }
        if call.fields.text("note") == nil {
            mistakes.append(
                .init(field: "note", text: call.say("填写修改理由，例如所依据的通知", "Say why, for example which notice orders it")))
        }
        let page = try await editor(call.parameter("workflow"), text: text, call, typed: typed(call))
        guard let workflow = page.check.workflow else {
            mistakes.insert(
                .init(
                    field: "text",
                    text: call.say("先改正检查结果中的错误，再提交草案", "Mend the errors that were found, then hand the draft in")),
                at: 0)
            return .page(page, status: .unprocessableContent, mistakes: mistakes)
        }
        guard mistakes.isEmpty, let effective, let note = call.fields.text("note") else {
            return .page(page, status: .unprocessableContent, mistakes: mistakes)
        }
        do {
            _ = try await call.office.library.submit(
                workflow, text: text, effective: effective,
                means: call.fields.values("means").compactMap { ReformMeans(rawValue: $0) }, note: note,
                key: try call.commandKey(), in: try context(call), at: call.now)
        } catch let rejection as LibraryRejection {
            let field = if case .alreadyReleased = rejection { "text" } else { "note" }
            return .page(
                page, status: .conflict, mistakes: [.init(field: field, text: rejection.text[call.language])])
        }
        return .seeOther(
            Links.workflow(workflow.id, workflow.version),
            notice: .init(
                text: call.say("草案已提交，等另一位流程管理员发布。", "The draft is handed in; another editor has to release it.")))
    }

    // MARK: Migrating

    private static func migrate(_ call: Call) async throws -> Answer {
        let (entry, workflow, _) = try await call.office.version(call.parameter("workflow"), call.parameter("version"))
        let isDone = call.fields["do"] == "migrate"
        var mistakes: [PageContext.Mistake] = []
        var map: [String: String] = [:]
        for line in (call.fields.text("map") ?? "").split(whereSeparator: \.isWhitespace) {
            let halves = line.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            guard halves.count == 2, workflow.items.contains(where: { $0.id == halves[1] }) else {
                mistakes.append(
                    .init(
                        field: "map",
                        text: call.say(
                            "“\(line)”不是“旧编号=新编号”，或新版本没有这个事项",
                            "‘\(line)’ is not OLD=NEW, or the new version has no such item")))
                continue
            }
            map[halves[0]] = halves[1]
        }
        if call.fields.text("reason") == nil {
            mistakes.append(.init(field: "reason", text: call.say("填写迁移理由", "Say why the cases are migrated")))
        }
        guard mistakes.isEmpty, let reason = call.fields.text("reason") else {
            return .page(
                try await migrationPage(call, typed: typed(call)), status: .unprocessableContent, mistakes: mistakes)
        }
        if isDone {
            do {
                try await call.office.library.requireInForce(
                    workflow.id, version: workflow.version, definition: entry.definition, on: call.today)
            } catch let rejection as LibraryRejection {
                throw Problem(rejection)
            }
        } else if let text = try? await call.office.library.draft(entry).text {
            call.office.orchestrator.consider(.workflow(workflow, text: text), workflow)
        }
        let keep = (call.fields.text("keep") ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
        let order = MigrationOrder(
            version: workflow.version, definition: entry.definition, map: map, keep: keep, reason: reason)
        let outcomes = try await outcomes(of: order, call, workflow.id, isPreview: !isDone)
        return .page(try await migrationPage(call, outcomes: outcomes, isDone: isDone, typed: typed(call)))
    }

    private static func outcomes(
        of order: MigrationOrder, _ call: Call, _ workflow: String, isPreview: Bool
    ) async throws -> [MigrationPage.Outcome] {
        let wanted = call.fields.text("from")
        let rows = try await call.office.openCases(of: workflow).sorted { $0.key < $1.key }
            .filter { $0.key != order.version && (wanted == nil || $0.key == wanted) }.flatMap(\.value)
        let projects = Dictionary(rows.map { ($0.id, $0.project) }, uniquingKeysWith: { first, _ in first })
        let change = RuleChange(
            .migrate(order), by: try call.reader().actor, on: call.today, at: call.now,
            orchestrator: call.office.orchestrator)
        var outcomes: [MigrationPage.Outcome] = []
        try await change.apply(to: rows.compactMap { CaseID($0.id) }, isPreview: isPreview) { id, outcome in
            let kind: MigrationPage.Outcome.Kind =
                switch outcome {
                case .changed(let events): .changed(events.map(\.words))
                case .refused(let rejection): .refused(rejection.text)
                case .unchanged: .unchanged
                }
            outcomes.append(.init(caseID: id.text, project: projects[id.text] ?? id.text, kind: kind))
        }
        return outcomes
    }
}

import CaseEngine
import HTTPTypes
import Hummingbird
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

extension Screens {
    static let workflowPages: [Endpoint] = [
        .get(Links.workflows, .readWorkflows, "流程库", "Workflows", [], .page) { call in
            .page(
                WorkflowLibraryPage(
                    rows: try await call.office.shelf(call.today), mayEdit: call.may(.editWorkflows)))
        },
        .get(Links.workflows + "/{workflow}", .readWorkflows, "流程", "A workflow", [], .redirect) { call in
            let id = call.parameter("workflow")
            let library = try await call.office.library.library()
            guard
                let version = library.inForce(id, on: call.today)
                    ?? library.versions.last(where: { $0.workflow == id })
            else { throw Problem.notFound("流程库中没有 \(id)", "The library has no workflow \(id)") }
            return .seeOther(Links.workflow(id, version.version))
        },
        .get(
            Links.workflows + "/{workflow}/{version}", .readWorkflows, "流程版本", "A version of a workflow",
            [.query("zoom", "一天的宽度", "The width of a day"), .query("critical", "仅关键线路", "Only the critical path")],
            .page
        ) { call in
            .page(try await workflowPage(call))
        },
        .get(
            Links.workflows + "/{workflow}/{version}/difference", .readWorkflows, "版本差别",
            "The difference of two versions",
            [.query("with", "另一版本", "The other version")], .page
        ) { call in
            .page(try await differencePage(call))
        },
        .get(Links.workflows + "/{workflow}/edit", .editWorkflows, "编辑流程", "Edit a workflow", [], .page) { call in
            let id = call.parameter("workflow")
            return .page(try await editor(id, text: try await startingText(id, call), call))
        },
        .get(
            Links.workflows + "/{workflow}/{version}/migration", .editWorkflows, "迁移办件", "Migrate cases",
            [.query("from", "从哪个版本", "From which version")], .page
        ) { call in
            .page(try await migrationPage(call, typed: call.query["from"].map { ["from": $0] } ?? [:]))
        },
    ]

    // MARK: Reading

    private static func workflowPage(_ call: Call) async throws -> WorkflowPage {
        let (entry, workflow, text) = try await call.office.version(
            call.parameter("workflow"), call.parameter("version"))
        let library = try await call.office.library.library()
        let plan = try await call.office.plan(workflow, call.today)
        let versions = library.versions.filter { $0.workflow == workflow.id }.reversed()
        let isOther = try entry.editor != call.reader().name
        return WorkflowPage(
            workflow: workflow, version: entry, standing: library.standing(of: entry, on: call.today),
            versions: versions.map { (version: $0, standing: library.standing(of: $0, on: call.today)) },
            history: try await call.office.library.events().filter { $0.version.workflow == workflow.id }, plan: plan,
            text: text, view: ScheduleView { call.query[$0] },
            cases: try await call.office.board.totals(on: call.today).openCases(of: workflow.id),
            mayEdit: call.may(.editWorkflows), mayRelease: call.may(.publishWorkflows) && isOther)
    }

    private static func differencePage(_ call: Call) async throws -> WorkflowDifferencePage {
        let id = call.parameter("workflow")
        let (entry, newer, _) = try await call.office.version(id, call.parameter("version"))
        guard let with = call.query["with"] else { throw Problem.noSuchPage }
        let (other, older, _) = try await call.office.version(id, with)
        // From the older one to the newer one, whichever was asked for first.
        let isTurned = (other.effective, other.submittedOn) > (entry.effective, entry.submittedOn)
        let (first, second) = isTurned ? (newer, older) : (older, newer)
        return WorkflowDifferencePage(
            older: first, newer: second, difference: WorkflowDifference(from: first, to: second),
            effects: TargetEffect.all(
                from: try await call.office.plan(first, call.today), to: try await call.office.plan(second, call.today)),
            affected: try await call.office.openCases(of: id)[first.version] ?? [], mayEdit: call.may(.editWorkflows))
    }

    /// What an editor begins with: the version asked for, else the one in force, else a first workflow.
    private static func startingText(_ id: String, _ call: Call) async throws -> String {
        guard id != "new" else { return WorkflowEditorPage.firstText }
        let library = try await call.office.library.library()
        let wanted = call.query["from"] ?? library.inForce(id, on: call.today)?.version
        guard let version = wanted ?? library.versions.last(where: { $0.workflow == id })?.version else {
            throw Problem.notFound("流程库中没有 \(id)", "The library has no workflow \(id)")
        }
        return try await call.office.version(id, version).text
    }

    static func editor(
        _ id: String, text: String, _ call: Call, typed: [String: String] = [:]
    ) async throws -> WorkflowEditorPage {
        let check = try await check(text, call)
        return WorkflowEditorPage(id: id, text: text, check: check, today: call.today, typed: typed)
    }

    static func check(_ text: String, _ call: Call) async throws -> WorkflowCheck {
        let calendars = try await call.office.calendars()
        return WorkflowCheck(text, start: call.today) { id in calendars.last { $0.id == id } }
    }

    static func migrationPage(
        _ call: Call, outcomes: [MigrationPage.Outcome]? = nil, isDone: Bool = false, typed: [String: String] = [:]
    ) async throws -> MigrationPage {
        let (entry, workflow, _) = try await call.office.version(call.parameter("workflow"), call.parameter("version"))
        let cases = try await call.office.openCases(of: workflow.id).filter { $0.key != entry.version }
        return MigrationPage(
            workflow: workflow.id, workflowTitle: workflow.title, version: entry.version,
            sources: cases.sorted { $0.key < $1.key }.map { (version: $0.key, cases: $0.value.count) },
            outcomes: outcomes,
            isDone: isDone, typed: typed)
    }
}

extension WorkflowEditorPage {
    /// The smallest workflow that there is, to begin with.
    static let firstText = """
        workflow: new-workflow
        version: "1"
        title: {zh: 新流程, en: New workflow}
        processType: 10
        source: 写明依据 the notice that orders it
        calendar: cn

        facts: {}

        departments:
          planning: {zh: 规划, en: Planning}

        targets:
          - {id: whole, from: entered, to: permit, limit: 20 wd, counts: [gov], source: 写明依据}

        stages:
          - id: permit-stage
            title: {zh: 工程建设许可, en: Construction-project permit}
            national: 2
            lead: planning
            items:
              - id: entered
                title: {zh: 进件, en: Entered}
                kind: milestone

              - id: permit
                title: {zh: 建设工程规划许可, en: Planning permit}
                kind: approval
                department: planning
                takes: 5/8/10 wd
                limit: 10 wd
                after: [entered]
                basis: 城乡规划法 art.40
                milestone: true
                source: 写明依据
        """ + "\n"
}

import CaseEngine
import HTTPTypes
import Hummingbird
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

extension Screens {
    static let simulations: [Endpoint] = [
        .get(Links.simulations, .simulate, "推演列表", "Simulations", [], .page) { call in
            .page(
                SimulationListPage(
                    jobs: try await visibleJobs(call), workflows: try await call.office.workflowsInForce(call.today)))
        },
        .get("/cases/{case}/simulation", .readCase, "推演设置", "Set a simulation up", [], .page) { call in
            try call.require(.simulate)
            return .page(try await simulationForm(try caseSubject(call), call))
        },
        .post("/cases/{case}/simulation", .readCase, "开始推演", "Start a simulation") { call in
            try call.require(.simulate)
            return try await begin(try caseSubject(call), call)
        },
        .get(
            Links.workflows + "/{workflow}/{version}/simulation", .simulate, "流程推演设置",
            "Set a simulation of a workflow up", [],
            .page
        ) { call in
            .page(try await simulationForm(try await workflowSubject(call), call))
        },
        .post(Links.workflows + "/{workflow}/{version}/simulation", .simulate, "推演流程", "Simulate a workflow") { call in
            try await begin(try await workflowSubject(call), call)
        },
        .get("/simulations/{job}", .simulate, "推演结果", "A simulation", [], .page) { call in
            let job = try await job(call)
            return call.wantsJSON ? .json(job.json(call.language)) : .page(SimulationJobPage(job: job))
        },
        .post("/simulations/{job}/cancel", .simulate, "停止推演", "Stop a simulation") { call in
            let job = try await job(call)
            call.service.simulations.cancel(job.id, of: call.office.id)
            // What is done by then is put together in a moment.
            for _ in 0..<40 {
                guard case .running? = call.service.simulations.view(job.id, of: call.office.id)?.state else { break }
                try await Task.sleep(for: .milliseconds(25))
            }
            return .seeOther(Links.simulation(job.id))
        },
    ]

    private struct Subject {
        var request: SimulationRequest
        var inputs: SimulationJobs.Inputs
        var back: Crumb
        var action: String
    }

    private static func caseSubject(_ call: Call) throws -> Subject {
        let snapshot = try call.caseFile()
        guard let opening = snapshot.state.opening else { throw Problem.noSuchPage }
        let id = snapshot.id.text
        return Subject(
            request: SimulationRequest(.caseFile(id), start: snapshot.state.openedOn ?? call.today),
            inputs: .init(
                workflow: snapshot.machine.plan.workflow, facts: opening.facts, calendar: snapshot.machine.calendar,
                subject: opening.title),
            back: Crumb(title: opening.title[call.language], link: Links.caseFile(id)),
            action: Links.simulation(of: id))
    }

    private static func workflowSubject(_ call: Call) async throws -> Subject {
        let (entry, workflow, _) = try await call.office.version(call.parameter("workflow"), call.parameter("version"))
        return Subject(
            request: SimulationRequest(.workflow(workflow.id, version: entry.version), start: call.today),
            inputs: .init(
                workflow: workflow, facts: workflow.resolvedFacts([:]),
                calendar: try await call.office.calendar(workflow.calendar) ?? .weekdays,
                subject: LocalizedText(
                    zh: "\(workflow.title.zh) \(entry.version)", en: "\(workflow.title.en) \(entry.version)")),
            back: Crumb(
                title: workflow.title[call.language], link: Links.workflow(workflow.id, entry.version)),
            action: Links.simulation(ofWorkflow: workflow.id, entry.version))
    }

    private static func simulationForm(_ subject: Subject, _ call: Call) async throws -> SimulationFormPage {
        SimulationFormPage(
            subject: subject.request.subject, subjectTitle: subject.inputs.subject, back: subject.back,
            workflow: subject.inputs.workflow,
            levers: subject.inputs.workflow.availableLevers(facts: subject.inputs.facts), request: subject.request,
            action: subject.action,
            recent: try await visibleJobs(call).filter { $0.request.subject == subject.request.subject })
    }

    private static func begin(_ subject: Subject, _ call: Call) async throws -> Answer {
        let (request, mistakes) = SimulationRequest.read(
            subject.request.subject, start: subject.request.start, call.language, field: { call.fields.text($0) },
            levers: call.fields.values("lever"))
        guard mistakes.isEmpty else {
            var page = try await simulationForm(subject, call)
            page = SimulationFormPage(
                subject: page.subject, subjectTitle: page.subjectTitle, back: page.back, workflow: page.workflow,
                levers: page.levers, request: request, action: page.action, recent: page.recent,
                typed: Dictionary(call.fields.all.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
            return .page(page, status: .unprocessableContent, mistakes: mistakes)
        }
        guard
            let id = call.service.simulations.submit(
                request, subject.inputs, by: try call.reader().name, of: call.office.id)
        else {
            throw Problem(
                .serviceUnavailable, "tooManyJobs", LocalizedText(zh: "推演任务太多", en: "Too many simulations are running"),
                LocalizedText(zh: "等正在进行的推演结束后再试。", en: "Wait until one of them has ended and try again."))
        }
        return .seeOther(Links.simulation(id))
    }

    /// A job that whoever asks may see: of a case only who may read that case.
    private static func job(_ call: Call) async throws -> SimulationJobView {
        guard let job = call.service.simulations.view(call.parameter("job"), of: call.office.id),
            try await maySee(job, call)
        else { throw Problem.notFound("没有这个推演", "There is no such simulation") }
        return job
    }

    private static func visibleJobs(_ call: Call) async throws -> [SimulationJobView] {
        var seen: [SimulationJobView] = []
        for job in call.service.simulations.list(of: call.office.id) where try await maySee(job, call) {
            seen.append(job)
        }
        return seen
    }

    private static func maySee(_ job: SimulationJobView, _ call: Call) async throws -> Bool {
        guard case .caseFile(let id) = job.request.subject else { return true }
        guard let person = call.person else { return false }
        let snapshot = try await call.office.snapshot(of: id)
        let registry = person.role == .agent ? try await call.office.orchestrator.registry() : nil
        return Permissions.allows(
            .readCase, to: person.role, person.relation(to: snapshot, registry: registry, on: call.today))
    }
}

extension SimulationJobView {
    func json(_ language: Language) -> JSONText {
        var members: [JSONText.Member] = [
            .init("id", .string(id)), .init("question", .string(request.question.rawValue)),
            .init("subject", subject.json), .init("runs", .integer(request.runs)),
            .init("seed", .integer(Int(clamping: request.seed))),
        ]
        switch state {
        case .running(let done, let all, let left):
            let words = SimulationJobPage(job: self).words(done, all, left, language)
            members += [
                .init("state", .string("running")), .init("done", .integer(done)), .init("of", .integer(all)),
                .init("words", .string(words)),
            ]
        case .failed(let why): members += [.init("state", .string("failed")), .init("words", why.json)]
        case .done(.chances(let report)):
            members += [.init("state", .string("done")), .init("result", report.json)]
        case .done(.comparison(let before, let after, _)):
            members += [
                .init("state", .string("done")),
                .init("result", .members(["before": before.json, "after": after.json])),
            ]
        case .done(.advice(let report)):
            members += [.init("state", .string("done")), .init("result", report.json)]
        }
        return .object(members)
    }
}

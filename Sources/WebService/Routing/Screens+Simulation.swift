import CaseEngine
import HTTPTypes
import Hummingbird
import Orchestrator
import Planning
import Scheduling
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
            let standing = try await standing(call)
            let job = standing.view(try await call.office.jobs.outcome(of: standing), at: Instant.now)
            return call.wantsJSON ? .json(job.json(call.language)) : .page(SimulationJobPage(job: job))
        },
        .post("/simulations/{job}/cancel", .simulate, "停止推演", "Stop a simulation") { call in
            let standing = try await standing(call)
            try await call.office.jobs.cancel(standing)
            return .seeOther(Links.simulation(standing.id))
        },
    ]

    private struct Subject {
        var request: SimulationRequest
        var title: LocalizedText
        var workflow: WorkflowDefinition
        var facts: [String: FactValue]
        /// What it goes by, from the day on which the request begins.
        var job: JobSubject
        /// The texts that a workflow without a case goes by.
        var publication: Publication?
        var back: Crumb
        var action: String
    }

    private static func caseSubject(_ call: Call) throws -> Subject {
        let snapshot = try call.caseFile()
        guard let opening = snapshot.state.opening, let governing = snapshot.state.governing else {
            throw Problem.noSuchPage
        }
        let id = snapshot.id.text
        let start = snapshot.state.openedOn ?? call.today
        return Subject(
            request: SimulationRequest(.caseFile(id), start: start), title: opening.title,
            workflow: snapshot.machine.plan.workflow, facts: snapshot.machine.plan.facts,
            job: JobSubject(governing, start: start),
            back: Crumb(title: opening.title[call.language], link: Links.caseFile(id)),
            action: Links.simulation(of: id))
    }

    private static func workflowSubject(_ call: Call) async throws -> Subject {
        let (entry, workflow, _) = try await call.office.version(call.parameter("workflow"), call.parameter("version"))
        let publication = try await call.office.publication(of: workflow.id, version: entry.version, on: call.today)
        let facts = workflow.resolvedFacts([:])
        return Subject(
            request: SimulationRequest(.workflow(workflow.id, version: entry.version), start: call.today),
            title: LocalizedText(
                zh: "\(workflow.title.zh) \(entry.version)", en: "\(workflow.title.en) \(entry.version)"),
            workflow: workflow, facts: facts, job: JobSubject(publication, facts: facts, start: call.today),
            publication: publication,
            back: Crumb(
                title: workflow.title[call.language], link: Links.workflow(workflow.id, entry.version)),
            action: Links.simulation(ofWorkflow: workflow.id, entry.version))
    }

    private static func simulationForm(_ subject: Subject, _ call: Call) async throws -> SimulationFormPage {
        SimulationFormPage(
            subject: subject.request.subject, subjectTitle: subject.title, back: subject.back,
            workflow: subject.workflow,
            levers: subject.workflow.availableLevers(facts: subject.facts), request: subject.request,
            action: subject.action,
            recent: try await visibleJobs(call).filter { $0.request.subject == subject.request.subject })
    }

    private static func begin(_ subject: Subject, _ call: Call) async throws -> Answer {
        let (request, mistakes) = SimulationRequest.read(
            subject.request.subject, start: subject.request.start, call.language, field: { call.fields.text($0) },
            levers: call.fields.values("lever"))
        func again(_ mistakes: [PageContext.Mistake]) async throws -> Answer {
            var page = try await simulationForm(subject, call)
            page = SimulationFormPage(
                subject: page.subject, subjectTitle: page.subjectTitle, back: page.back, workflow: page.workflow,
                levers: page.levers, request: request, action: page.action, recent: page.recent,
                typed: Dictionary(call.fields.all.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
            return .page(page, status: .unprocessableContent, mistakes: mistakes)
        }
        guard mistakes.isEmpty else { return try await again(mistakes) }
        guard let work = work(request, subject) else {
            let words = call.say("流程没有时限目标，无从建议", "The workflow has no target to advise on")
            return try await again([.init(field: "target", text: words)])
        }
        do {
            let standing = try await call.office.jobs.submit(
                request, work, publication: subject.publication, subject: subject.title, by: try call.reader())
            return .seeOther(Links.simulation(standing.id))
        } catch let choice as LeverChoiceError {
            return try await again([.init(field: "levers", text: choice.text[call.language])])
        } catch let error as NetworkError {
            return try await again([.init(field: "", text: Problem.notSimulable(error).detail[call.language])])
        } catch let error as SimulationError {
            return try await again([.init(field: "", text: Problem.notSimulable(error).detail[call.language])])
        }
    }

    /// What has to be computed; `nil` where there is no target to advise on.
    private static func work(_ request: SimulationRequest, _ subject: Subject) -> JobDesk.Work? {
        var job = subject.job
        job.start = request.start
        let plain = SimulationJob(job, seed: request.seed, runs: request.runs)
        switch request.question {
        case .chances: return .simulation(plain)
        case .comparison:
            return .comparison(
                plain, SimulationJob(job, levers: request.levers, seed: request.seed, runs: request.runs))
        case .advice:
            let targets = subject.workflow.targets
            guard
                let target = request.target.flatMap({ id in targets.first { $0.id == id } })
                    ?? targets.first(where: { $0.limit != nil })
            else { return nil }
            return .advice(
                AdviceJob(
                    job, target: target.id,
                    limit: request.limit.map { DayAmount(days: $0, unit: target.limit?.unit ?? .working) },
                    probability: request.chance.map { Double($0) / 100 },
                    runs: min(request.runs, WantedChance.runRange.upperBound), seed: request.seed,
                    seconds: request.seconds))
        }
    }

    /// A job that whoever asks may see.
    private static func standing(_ call: Call) async throws -> JobStanding {
        guard let standing = try await call.office.jobs.standing(call.parameter("job")),
            try await call.maySee(standing)
        else { throw Problem.notFound("没有这个推演", "There is no such simulation") }
        return standing
    }

    /// The latest that whoever asks may see.
    private static func visibleJobs(_ call: Call) async throws -> [SimulationJobView] {
        var seen: [SimulationJobView] = []
        for standing in try await call.office.jobs.standings(most: 40) where seen.count < 20 {
            if try await call.maySee(standing) { seen.append(standing.view(nil, at: Instant.now)) }
        }
        return seen
    }
}

extension Call {
    /// Whether whoever asks may see a job: of a case only who may read that case.
    func maySee(_ standing: JobStanding) async throws -> Bool {
        guard case .caseFile(let id) = standing.card.request.subject else { return true }
        guard let person else { return false }
        let snapshot = try await office.snapshot(of: id)
        let registry = person.role == .agent ? try await office.orchestrator.registry() : nil
        return Permissions.allows(
            .readCase, to: person.role, person.relation(to: snapshot, registry: registry, on: today))
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
        case .over:
            members += [.init("state", .string("done")), .init("result", result?.json ?? .null)]
        }
        return .object(members)
    }
}

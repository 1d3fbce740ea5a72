import CaseEngine
import HTTPTypes
import Orchestrator
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

extension API {
    /// Plans, simulations, advice and forecasts.
    static let computing: [Endpoint] = [
        .post(
            "/v1/plans", .simulate, "排程：哪些事项、何时", "Plan: which items, and when", body: .json(.named("PlanRequest")),
            .json(.named("PlanDocument"))
        ) { call in
            let members = try MembersReading(try call.json(), known: subjectMembers)
            let subject = try await subject(members, call)
            do {
                let report = try Planner(plan: subject.plan, calendar: subject.calendar).report(start: subject.start)
                return .json(report.json)
            } catch {
                throw Problem.unprocessable(
                    "notPlannable", "流程无法排程：\(error)", "The workflow cannot be scheduled: \(error)")
            }
        },
        .post(
            "/v1/simulations", .simulate, "推演：提交任务", "Simulate: submit a job",
            body: .json(.named("SimulationRequest")), .json(.named("Job"), status: .accepted)
        ) { call in
            let members = try MembersReading(try call.json(), known: subjectMembers.union(["runs", "seed"]))
            let subject = try await subject(members, call)
            let runs = try members.whole("runs", 100...1_000_000) ?? 10_000
            let seed = UInt64(try members.whole("seed", 0...Int.max) ?? 1)
            var request = SimulationRequest(subject.named, start: subject.start)
            request.runs = runs
            request.seed = seed
            let standing = try await submit(
                request, .simulation(SimulationJob(subject.job, seed: seed, runs: runs)), subject, call)
            return accepted(standing, "/v1/simulations")
        },
        .get(
            "/v1/simulations", .simulate, "推演任务列表", "The simulations", [],
            .json(.object(["jobs": .list(.named("Job"))]))
        ) { call in try await jobs("simulation", call) },
        .get("/v1/simulations/{job}", .simulate, "推演任务", "A simulation", [], .json(.named("Job"))) { call in
            try await job("simulation", call)
        },
        cancel("/v1/simulations/{job}", "simulation", "取消推演", "Cancel a simulation"),
        .post(
            "/v1/advice", .simulate, "建议：提交任务", "Ask for advice: submit a job", body: .json(.named("AdviceRequest")),
            .json(.named("Job"), status: .accepted)
        ) { call in
            let members = try MembersReading(
                try call.json(), known: subjectMembers.union(["target", "limit", "probability", "seconds", "seed"]))
            let subject = try await subject(members, call)
            let target = try target(members, subject.workflow)
            let probability = try members.number("probability", 0.01...0.999)
            let seconds = try members.whole("seconds", 1...60) ?? (probability == nil ? 2 : 10)
            let seed = UInt64(try members.whole("seed", 0...Int.max) ?? 1)
            var request = SimulationRequest(subject.named, start: subject.start)
            request.question = .advice
            request.runs = WantedChance.defaultRuns
            request.seed = seed
            request.target = target.id
            request.chance = probability.map { Int(($0 * 100).rounded()) }
            request.seconds = seconds
            let standing = try await submit(
                request,
                .advice(
                    AdviceJob(
                        subject.job, target: target.id, limit: target.limit, probability: probability, seed: seed,
                        seconds: seconds)), subject, call)
            return accepted(standing, "/v1/advice")
        },
        .get("/v1/advice/{job}", .simulate, "建议任务", "A piece of advice", [], .json(.named("Job"))) { call in
            try await job("advice", call)
        },
        cancel("/v1/advice/{job}", "advice", "取消建议任务", "Cancel a piece of advice"),
        .get(
            "/v1/cases/{case}/forecast", .readCase, "预测", "The forecast",
            [.query("runs", "推演次数", "How often the rest is played", .whole(100...5000))],
            .json(.named("ForecastDocument"))
        ) { call in
            let snapshot = try call.caseFile()
            guard let runs = (call.query["runs"] ?? "1000").wholeNumber, (100...5000).contains(runs) else {
                throw Problem.badRequest("runsOutOfRange", "runs 为 100 至 5000。", "runs is 100 to 5000.")
            }
            let today = call.today
            let etag = "\(snapshot.state.version)-\(today.dayNumber)-\(runs)"
            let key = "forecast \(snapshot.id) \(etag)"
            if let known = call.office.forecasts.known(key) { return .json(known, etag: etag) }
            let forecast = try await OffPool.run {
                do {
                    return try Forecaster(
                        snapshot.machine,
                        assumptions: ForecastAssumptions(of: snapshot.machine.plan.workflow, seed: 1, runs: runs)
                    ).forecast(snapshot.state, on: max(today, snapshot.state.asOf ?? today))
                } catch {
                    throw Problem.unprocessable("notForecast", "无法预测：\(error)", "This cannot be forecast: \(error)")
                }
            }
            let json = forecast.json(of: snapshot.id.text)
            call.office.forecasts.keep(json, key)
            return .json(json, etag: etag)
        },
    ]

    // MARK: Jobs

    private static func submit(
        _ request: SimulationRequest, _ work: JobDesk.Work, _ subject: Subject, _ call: Call
    ) async throws -> JobStanding {
        do {
            return try await call.office.jobs.submit(
                request, work, publication: subject.publication, subject: subject.title, by: try call.reader())
        } catch let error as NetworkError {
            throw Problem.notSimulable(error)
        } catch let error as SimulationError {
            throw Problem.notSimulable(error)
        }
    }

    private static func accepted(_ standing: JobStanding, _ path: String) -> Answer {
        Answer(
            status: .accepted, content: .json(standing.document(nil, at: Instant.now)),
            headers: [(.location, "\(path)/\(standing.id)")])
    }

    private static func jobs(_ kind: String, _ call: Call) async throws -> Answer {
        let now = Instant.now
        var jobs: [JSONText] = []
        for standing in try await call.office.jobs.standings(most: 100)
        where standing.card.request.question.kind == kind {
            // A list has no results: each is found under its address.
            if try await call.maySee(standing) { jobs.append(standing.document(nil, at: now)) }
        }
        return .json(.members(["jobs": .array(jobs)]))
    }

    private static func standing(_ kind: String, _ call: Call) async throws -> JobStanding {
        guard let standing = try await call.office.jobs.standing(call.parameter("job")),
            standing.card.request.question.kind == kind, try await call.maySee(standing)
        else {
            throw Problem.notFound("没有这个任务，或结果已不再保留", "There is no such job, or it is not kept any more")
        }
        return standing
    }

    private static func job(_ kind: String, _ call: Call) async throws -> Answer {
        let standing = try await standing(kind, call)
        let jobs = call.office.jobs
        return .json(
            standing.document(
                try await jobs.outcome(of: standing), interim: try await jobs.interim(of: standing), at: Instant.now))
    }

    private static func cancel(_ path: String, _ kind: String, _ zh: String, _ en: String) -> Endpoint {
        Endpoint(
            method: .delete, path: path, action: .simulate, summary: LocalizedText(zh: zh, en: en), answer: .none,
            handle: { call in
                try await call.office.jobs.cancel(try await standing(kind, call))
                return .none
            })
    }

    // MARK: What is computed

    private static let subjectMembers: Set<String> = ["workflow", "version", "project", "start", "case"]

    /// What is planned, simulated or advised on: a workflow with a project's facts, from a date.
    struct Subject: Sendable {
        let named: SimulationRequest.Subject
        let workflow: WorkflowDefinition
        let facts: [String: FactValue]
        let calendar: WorkCalendar
        let start: LocalDate
        let title: LocalizedText
        let job: JobSubject
        /// The texts that a workflow without a case goes by.
        var publication: Publication?

        var plan: Plan { Plan.resolve(workflow, facts: facts) }
    }

    /// A workflow with a project, or a case with its own.
    static func subject(_ members: MembersReading, _ call: Call) async throws -> Subject {
        if let name = try members.optionalText("case") {
            let snapshot = try await call.office.snapshot(of: name)
            let person = try call.reader()
            let registry = person.role == .agent ? try await call.office.orchestrator.registry() : nil
            let relation = person.relation(to: snapshot, registry: registry, on: call.today)
            guard Permissions.allows(.readCase, to: person.role, relation) else {
                throw Problem.notFound("没有这个办件", "There is no such case")
            }
            let start = try members.date("start") ?? snapshot.state.openedOn ?? call.today
            guard let governing = snapshot.state.governing else {
                throw Problem.notFound("没有这个办件", "There is no such case")
            }
            return Subject(
                named: .caseFile(snapshot.id.text), workflow: snapshot.machine.plan.workflow,
                facts: snapshot.machine.plan.facts,
                calendar: snapshot.machine.calendar, start: start,
                title: snapshot.state.opening?.title ?? LocalizedText(zh: name, en: name),
                job: JobSubject(governing, start: start))
        }
        let publication = try await call.office.publication(
            of: try members.text("workflow"), version: try members.optionalText("version"), on: call.today)
        let definition = publication.workflow
        let (project, facts) = try ProjectReading.read(try members.object("project"), for: definition)
        let start = try members.date("start") ?? call.today
        return Subject(
            named: .workflow(definition.id, version: definition.version),
            workflow: definition.divided(into: project.works, facts: facts), facts: facts,
            calendar: publication.calendar, start: start, title: project.title,
            job: JobSubject(publication, facts: facts, works: project.works, start: start), publication: publication)
    }

    private static func target(_ members: MembersReading, _ workflow: WorkflowDefinition) throws -> Target {
        let limit = try members.optionalText("limit").map { text in
            guard let amount = DayAmount(text), amount.minutes > 0 else {
                throw Problem.unprocessable(
                    "limitUnreadable", "limit 写作 50wd 或 70cd。", "A limit is written 50wd or 70cd.")
            }
            return amount
        }
        let name = try members.optionalText("target")
        let found =
            name.map { name in workflow.targets.first { $0.id == name } }
            ?? workflow.targets.first { $0.limit != nil || limit != nil }
        guard let found else {
            throw Problem.unprocessable("targetUnknown", "流程没有这个时限目标。", "The workflow has no such target.")
        }
        return limit.map { found.with(limit: $0) } ?? found
    }
}

extension String {
    /// A whole number ≥ 0 in plain digits.
    var wholeNumber: Int? { !isEmpty && utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(self) : nil }
}

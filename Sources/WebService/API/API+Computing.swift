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
            let person = try call.reader()
            let standing = try call.service.jobs.submit(
                kind: "simulation", spec: "\(subject.key)\n\(runs)\n\(seed)", title: subject.title,
                tenant: call.office.id, account: person.account, total: runs
            ) { try Computations.simulate(subject, runs: runs, seed: seed, $0) }
            return accepted(standing, "/v1/simulations")
        },
        .get(
            "/v1/simulations", .simulate, "推演任务列表", "The simulations", [],
            .json(.object(["jobs": .list(.named("Job"))]))
        ) { call in jobs("simulation", call) },
        .get("/v1/simulations/{job}", .simulate, "推演任务", "A simulation", [], .json(.named("Job"))) { call in
            try job("simulation", call)
        },
        cancel("/v1/simulations/{job}", "取消推演", "Cancel a simulation"),
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
            let person = try call.reader()
            let limit = target.limit.map { "\($0)" } ?? ""
            let standing = try call.service.jobs.submit(
                kind: "advice",
                spec: "\(subject.key)\n\(target.id)\n\(limit)\n\(probability ?? 0)\n\(seconds)\n\(seed)",
                title: subject.title, tenant: call.office.id, account: person.account, total: seconds
            ) {
                try Computations.advise(
                    subject, target: target, probability: probability, seconds: seconds, seed: seed, $0)
            }
            return accepted(standing, "/v1/advice")
        },
        .get("/v1/advice/{job}", .simulate, "建议任务", "A piece of advice", [], .json(.named("Job"))) { call in
            try job("advice", call)
        },
        cancel("/v1/advice/{job}", "取消建议任务", "Cancel a piece of advice"),
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
            if let known = call.office.figures.known(key) { return .json(known, etag: etag) }
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
            call.office.figures.keep(json, key)
            return .json(json, etag: etag)
        },
    ]

    // MARK: Jobs

    private static func accepted(_ standing: JobStanding, _ path: String) -> Answer {
        Answer(
            status: .accepted, content: .json(standing.document(at: CityClock.system.now())),
            headers: [(.location, "\(path)/\(standing.id)")])
    }

    private static func jobs(_ kind: String, _ call: Call) -> Answer {
        let now = CityClock.system.now()
        let jobs = call.service.jobs.standings(kind, in: call.office.id)
        return .json(.members(["jobs": .array(jobs.map { $0.document(at: now) })]))
    }

    private static func job(_ kind: String, _ call: Call) throws -> Answer {
        guard let standing = call.service.jobs.standing(call.parameter("job"), in: call.office.id),
            standing.kind == kind
        else { throw noJob }
        return .json(standing.document(at: CityClock.system.now()))
    }

    private static let noJob = Problem.notFound("没有这个任务，或结果已不再保留", "There is no such job, or it is not kept any more")

    private static func cancel(_ path: String, _ zh: String, _ en: String) -> Endpoint {
        Endpoint(
            method: .delete, path: path, action: .simulate, summary: LocalizedText(zh: zh, en: en), answer: .none,
            handle: { call in
                guard call.service.jobs.standing(call.parameter("job"), in: call.office.id) != nil else { throw noJob }
                _ = call.service.jobs.cancel(call.parameter("job"), in: call.office.id)
                return .none
            })
    }

    // MARK: What is computed

    private static let subjectMembers: Set<String> = ["workflow", "version", "project", "start", "case"]

    /// A workflow with a project, or a case with its own.
    static func subject(_ members: MembersReading, _ call: Call) async throws -> Computations.Subject {
        if let name = try members.optionalText("case") {
            let snapshot = try await call.office.snapshot(of: name)
            let person = try call.reader()
            let registry = person.role == .agent ? try await call.office.orchestrator.registry() : nil
            let relation = person.relation(to: snapshot, registry: registry, on: call.today)
            guard Permissions.allows(.readCase, to: person.role, relation) else {
                throw Problem.notFound("没有这个办件", "There is no such case")
            }
            let start = try members.date("start") ?? snapshot.state.openedOn ?? call.today
            return Computations.Subject(
                workflow: snapshot.machine.plan.workflow, facts: snapshot.machine.plan.facts,
                calendar: snapshot.machine.calendar, start: start,
                title: snapshot.state.opening?.title ?? LocalizedText(zh: name, en: name),
                key: "case \(name) \(snapshot.state.governing?.definition ?? "") \(start)")
        }
        let id = try members.text("workflow")
        let (definition, text) = try await call.office.definition(
            of: id, version: try members.optionalText("version"), on: call.today)
        let sent = try members.object("project")
        let (project, facts) = try ProjectReading.read(sent, for: definition)
        let start = try members.date("start") ?? call.today
        return Computations.Subject(
            workflow: definition.divided(into: project.works, facts: facts), facts: facts,
            calendar: try call.office.calendar(definition.calendar).calendar, start: start, title: project.title,
            key: "\(SecretText.hash(text)) \(SecretText.hash(sent.compact)) \(start)")
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

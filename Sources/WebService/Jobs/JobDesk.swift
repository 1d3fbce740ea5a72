import HTTPTypes
import Orchestrator
import Planning
import Scheduling
import Synchronization
import WorkCalendar
import WorkflowModel

/// Has what takes long computed by the nodes of an office (任务台), for pages and programs alike.
///
/// A job is rows of the office's store: it survives the process, every node sees it, and two who ask the same share it.
/// Each city has a store of its own, so nobody sees another's.
struct JobDesk: Sendable {
    let store: any OfficeStore
    let orchestrator: Orchestrator
    let outcomes: JobOutcomes

    init(_ office: CityOffice) {
        store = office.store
        orchestrator = office.orchestrator
        outcomes = office.outcomes
    }

    /// More than that wait for nobody, of the office and of a person.
    static let mostOpen = 50
    static let mostOpenOfPerson = 8
    /// For so long a computation that was begun before is shared.
    private static let shared = Duration.seconds(86_400)
    /// How long a job can be looked at: six days, so that its parts are there as long as its card.
    static let kept = JobRecord.keptAfterEnd - shared
    static let space = "job"
    /// The most that a list goes through.
    private static let mostListed = 500

    // MARK: Asking

    /// Has something computed, unless it is already.
    ///
    /// - Parameter publication: the texts that the work names, where they may not be in the store yet.
    /// - Throws: `Problem` when too many are open; what ``Orchestrator/check(_:)`` says of what cannot be computed.
    func submit(
        _ request: SimulationRequest, _ work: Work, publication: Publication?, subject: LocalizedText, by person: Person
    ) async throws -> JobStanding {
        if let publication { try await orchestrator.publish(publication) }
        let now = Instant.now
        let records = try work.records(at: now)
        let name = "\(request.key)\n\(records.map(\.id).joined(separator: "\n"))"
        let base = "j" + SecretText.hash(name).filter { $0.isLetter || $0.isNumber }.prefix(18)
        // One that was stopped or failed keeps its address; the same question is then a new one.
        var number = 1
        while let known = try await standing("\(base)-\(number)") {
            guard known.state == .cancelled || known.state == .failed else { return known }
            number += 1
        }
        try await work.check(orchestrator)
        try await requireRoom(for: person)
        var jobs: [String] = []
        for record in records { jobs.append(try await begin(record)) }
        let card = JobCard(
            id: "\(base)-\(number)", request: request, subject: subject, account: person.account, askedBy: person.name,
            jobs: jobs, submittedAt: now)
        try await keep(card)
        return JobStanding(card: card, state: .waiting, done: 0, total: total(of: request))
    }

    /// What a job computes.
    enum Work: Sendable {
        case simulation(SimulationJob)
        /// Without levers and with them, on the same random numbers.
        case comparison(SimulationJob, SimulationJob)
        case advice(AdviceJob)

        fileprivate func records(at now: Instant) throws -> [JobRecord] {
            switch self {
            case .simulation(let job): [try job.record(at: now)]
            case .comparison(let before, let after): [try before.record(at: now), try after.record(at: now)]
            case .advice(let job): [try job.record(at: now)]
            }
        }

        fileprivate func check(_ orchestrator: Orchestrator) async throws {
            switch self {
            case .simulation(let job): try await orchestrator.check(job)
            case .comparison(let before, let after):
                try await orchestrator.check(before)
                try await orchestrator.check(after)
            case .advice(let job):
                try await orchestrator.check(SimulationJob(job.subject, seed: job.seed, runs: 1))
            }
        }
    }

    /// Finds the job of the store that does this, or begins it; one that was stopped or given up is begun anew.
    private func begin(_ record: JobRecord) async throws -> String {
        var record = record
        let name = record.id
        var number = 1
        while true {
            record.id = "\(name).\(number)"
            if try await store.submit(record) { return record.id }
            if let progress = try await store.progress(of: record.id), !progress.isCancelled, progress.parked == 0,
                let known = try await store.job(record.id),
                known.createdAt.duration(to: record.createdAt) < Self.shared
            {
                return record.id
            }
            number += 1
        }
    }

    private func requireRoom(for person: Person) async throws {
        let open = try await standings().filter { !$0.state.isOver }
        guard open.count < Self.mostOpen else { throw Problem.tooManyJobs }
        guard open.count(where: { $0.card.account == person.account }) < Self.mostOpenOfPerson else {
            throw Problem.tooManyJobs
        }
    }

    private func keep(_ card: JobCard) async throws {
        try await store.put(
            TransientRecord(
                space: Self.space, key: card.id, value: try StoredJSON.bytes(card),
                expires: card.submittedAt.adding(Self.kept)), ifAbsent: false, at: .now)
    }

    // MARK: Looking

    /// `nil` when there is none, or it is not kept any more.
    func standing(_ id: String) async throws -> JobStanding? {
        guard id.utf8.count <= 64, id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !id.isEmpty,
            let record = try await store.transient(Self.space, id, at: .now)
        else { return nil }
        return try await standing(of: try StoredJSON.value(JobCard.self, record.value))
    }

    /// The newest first, at most so many.
    func standings(most: Int = JobDesk.mostListed) async throws -> [JobStanding] {
        var cards: [JobCard] = []
        var cursor: String?
        while cards.count < Self.mostListed {
            let page = try await store.transients(Self.space, prefix: "", after: cursor, limit: 100, at: .now)
            // Those of another version of the program may read otherwise.
            cards += page.compactMap { try? StoredJSON.value(JobCard.self, $0.value) }
            guard page.count == 100, let last = page.last else { break }
            cursor = last.key
        }
        cards.sort { ($0.submittedAt, $0.id) > ($1.submittedAt, $1.id) }
        var standings: [JobStanding] = []
        for card in cards.prefix(most) { standings.append(try await standing(of: card)) }
        return standings
    }

    private func total(of request: SimulationRequest) -> Int {
        request.question == .advice ? request.seconds : request.runs
    }

    private func standing(of card: JobCard) async throws -> JobStanding {
        let total = total(of: card.request)
        if let end = card.end {
            return JobStanding(card: card, state: end.state, done: end.done, total: total)
        }
        var done = 0
        var (isCancelled, isParked, isWhole) = (false, false, true)
        for id in card.jobs {
            guard let progress = try await store.progress(of: id) else { continue }
            isCancelled = isCancelled || progress.isCancelled
            isParked = isParked || progress.parked > 0
            isWhole = isWhole && progress.done == progress.total
            done += min(card.request.runs, progress.done * SimulationJob.partSize)
        }
        var state: JobStanding.State =
            isWhole ? .done : isCancelled ? .cancelled : isParked ? .failed : done > 0 ? .running : .waiting
        switch card.request.question {
        case .chances: break
        case .comparison: done /= card.jobs.count
        case .advice:
            // A search has no parts: how much of its time is over.
            let passed = Int(clamping: (Instant.now.milliseconds - card.submittedAt.milliseconds) / 1000)
            done = isWhole ? total : state.isOver ? 0 : max(0, min(total - 1, passed))
            if state == .waiting, done > 0 { state = .running }
        }
        if state == .done { done = total }
        var standing = JobStanding(card: card, state: state, done: min(done, total), total: total)
        if state == .failed {
            standing.cause = try await store.parkedShards(limit: 1000).first { card.jobs.contains($0.job) }?.cause
        }
        // What is over stays so, and is not asked for again; what was given up may be tried again.
        if state == .done || state == .cancelled {
            var ended = card
            ended.end = JobCard.End(state: state, done: standing.done)
            try await keep(ended)
        }
        return standing
    }

    /// What a job came to, or of one that was stopped what there was; `nil` while it goes on.
    func outcome(of standing: JobStanding) async throws -> JobOutcome? {
        guard standing.state.isOver else { return nil }
        if let known = outcomes.known(standing.id) { return known }
        let outcome: JobOutcome
        switch standing.state {
        case .waiting, .running: return nil
        case .failed:
            outcome = JobOutcome(
                value: .refused(
                    code: "failed",
                    LocalizedText(
                        zh: "计算几次都没有成功：\(standing.cause ?? "")。请管理员查看日志后重新发起。",
                        en:
                            "It did not succeed in several tries: \(standing.cause ?? ""). Have the log looked at, then ask again."
                    )))
        case .done, .cancelled: outcome = try await made(standing)
        }
        // Of what was stopped a part may still be on its way.
        if standing.state == .done { outcomes.keep(outcome, standing.id) }
        return outcome
    }

    /// What the parts of a simulation that are done come to, while others are not; `nil` before the first, and of other
    /// questions.
    func interim(of standing: JobStanding) async throws -> SimulationResult? {
        guard standing.state == .running, standing.card.request.question == .chances, standing.done > 0,
            let id = standing.card.jobs.first, let record = try await store.job(id),
            let report = try await orchestrator.report(of: record, in: store, partial: true)
        else { return nil }
        return .chances(report)
    }

    private func made(_ standing: JobStanding) async throws -> JobOutcome {
        let card = standing.card
        var records: [JobRecord] = []
        for id in card.jobs {
            guard let record = try await store.job(id) else { return .stopped }
            records.append(record)
        }
        guard let first = records.first else { return .stopped }
        switch card.request.question {
        case .chances:
            let isStopped = standing.state == .cancelled
            guard let report = try await orchestrator.report(of: first, in: store, partial: isStopped) else {
                return .stopped
            }
            return JobOutcome(value: .result(.chances(report)))
        case .comparison:
            guard records.count == 2, let before = try await orchestrator.report(of: first, in: store),
                let after = try await orchestrator.report(of: records[1], in: store)
            else { return .stopped }
            let levers = before.plan.workflow.levers.filter { card.request.levers.contains($0.id) }
            return JobOutcome(value: .result(.comparison(before: before, after: after, levers: levers)))
        case .advice:
            do {
                guard let report = try await orchestrator.advice(of: first, in: store) else { return .stopped }
                return JobOutcome(value: .result(.advice(report)))
            } catch let refusal as AdviceError {
                return JobOutcome(value: .refused(code: "noAdvice", refusal.words))
            }
        }
    }

    // MARK: Stopping

    /// Stops a job; of a simulation, what was done by then is its result.
    ///
    /// Parts that somebody else's job shares go on.
    func cancel(_ standing: JobStanding) async throws {
        guard !standing.state.isOver else { return }
        let others = try await standings().filter { $0.id != standing.id && !$0.state.isOver }
        let shared = Set(others.flatMap(\.card.jobs))
        let own = standing.card.jobs.filter { !shared.contains($0) }
        for job in own { _ = try await store.cancel(job) }
        // When all is shared, only this card is over.
        guard own.isEmpty else { return }
        _ = try await store.remove(Self.space, standing.id)
    }
}

/// Reports that were made lately (近期结果): making one again from its parts has the same result and takes a moment.
final class JobOutcomes: Sendable {
    private let kept = Mutex<[(id: String, outcome: JobOutcome)]>([])
    private static let limit = 50

    func known(_ id: String) -> JobOutcome? { kept.withLock { $0.first { $0.id == id }?.outcome } }

    func keep(_ outcome: JobOutcome, _ id: String) {
        kept.withLock { kept in
            kept.removeAll { $0.id == id }
            if kept.count >= Self.limit { kept.removeFirst() }
            kept.append((id, outcome))
        }
    }
}

extension Problem {
    static let tooManyJobs = Problem(
        .tooManyRequests, "tooManyJobs", LocalizedText(zh: "等待计算的任务太多", en: "Too many jobs wait"),
        LocalizedText(zh: "请等前面的任务完成后再提交。", en: "Wait until some of them are done, then submit again."),
        headers: [(.retryAfter, "30")])

    /// Why a plan cannot be played through.
    static func notSimulable(_ error: any Error) -> Problem {
        if let choice = error as? LeverChoiceError {
            return unprocessable("leversDoNotGo", choice.text.zh + "。", choice.text.en.capitalizedFirst + ".")
        }
        return unprocessable(
            "notSimulable", "流程无法模拟：\(error)。请先在流程编辑中检查。",
            "The workflow cannot be simulated: \(error). Check it in the editor first.")
    }
}

extension AdviceError {
    var words: LocalizedText {
        switch self {
        case .noLimit(let target):
            LocalizedText(zh: "目标“\(target)”没有时限，请填写时限。", en: "The target ‘\(target)’ has no limit; enter one.")
        case .noWindow(let target):
            LocalizedText(zh: "这个项目没有目标“\(target)”的窗口。", en: "This project has no window for the target ‘\(target)’.")
        case .unplannable(let why):
            LocalizedText(zh: "流程无法排程：\(why)", en: "The workflow cannot be scheduled: \(why)")
        case .wantedOutOfRange:
            LocalizedText(zh: "把握填 1 到 99，次数填 100 到 20000。", en: "Enter a chance of 1 to 99 and 100 to 20000 runs.")
        }
    }
}

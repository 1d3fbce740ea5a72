import HTTPTypes
import Dispatch
import Orchestrator
import Planning
import Synchronization
import WorkCalendar
import WorkflowModel

/// What a job came to: for programs, and as the value that pages draw.
struct JobResult: Sendable {
    let json: JSONText
    let value: any Sendable
}

/// Where a job stands (计算任务).
struct JobStanding: Sendable {
    enum State: String, Sendable, CaseIterable { case waiting, running, done, cancelled, failed }

    let id: String
    let kind: String
    let title: LocalizedText
    let tenant: String
    /// The account that asked first; others who ask for the same share it.
    let account: String
    var state: State = .waiting
    var done = 0
    var total: Int
    /// What it says so far.
    var interim: JSONText = .null
    /// Of a cancelled job, what there was, marked partial.
    var result: JobResult?
    var problem: Problem?
    let submittedAt: Instant
    var beganAt: Instant?
    var endedAt: Instant?

    var isOver: Bool { [.done, .cancelled, .failed].contains(state) }

    /// How many seconds it will still take; `nil` before there is anything to go by.
    func secondsLeft(at now: Instant) -> Int? {
        guard state == .running, let beganAt, done > 0, total > done else { return nil }
        let passed = Double(now.milliseconds - beganAt.milliseconds) / 1000
        return Int((passed / Double(done) * Double(total - done)).rounded(.up))
    }
}

/// How a job tells how far it is, and learns that nobody wants it any more.
final class JobProgress: Sendable {
    private let cancelled = Atomic<Bool>(false)
    private let report: @Sendable (_ done: Int, _ total: Int, _ interim: JSONText) -> Void

    init(report: @escaping @Sendable (_ done: Int, _ total: Int, _ interim: JSONText) -> Void) { self.report = report }

    var isCancelled: Bool { cancelled.load(ordering: .relaxed) }
    func cancel() { cancelled.store(true, ordering: .relaxed) }
    func show(_ done: Int, of total: Int, _ interim: JSONText = .null) { report(done, total, interim) }
}

/// Computes what takes long on threads of its own, so that pages go on answering meanwhile (任务执行器).
///
/// A job is named by what it computes, so that two who ask for the same share one. Results are kept for some time.
final class JobRunner: Sendable {
    private struct Kept {
        var standing: JobStanding
        let progress: JobProgress
    }

    private struct State {
        var jobs: [String: Kept] = [:]
        /// In the order in which they were submitted.
        var order: [String] = []
        var running = 0
        var waiting: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "binglian.jobs", qos: .utility, attributes: .concurrent)
    private let width: Int
    private static let kept = 200
    /// More than that wait for nothing.
    private static let mostWaiting = 50

    /// - Parameter width: how many are computed at a time.
    init(width: Int = 1) { self.width = width }

    /// Has something computed, unless it is already.
    ///
    /// - Parameter spec: what is computed, in full: the same text is the same job.
    /// - Throws: `Problem` when too many wait.
    func submit(
        kind: String, spec: String, title: LocalizedText, tenant: String, account: String, total: Int,
        _ work: @escaping @Sendable (JobProgress) throws -> JobResult
    ) throws -> JobStanding {
        let id = String(SecretText.hash("\(tenant)\n\(kind)\n\(spec)").prefix(20))
        let now = CityClock.system.now()
        let progress = JobProgress { [weak self] done, total, interim in
            self?.change(id) {
                $0.done = done
                $0.total = total
                $0.interim = interim
            }
        }
        let (standing, isNew) = try state.withLock { state -> (JobStanding, Bool) in
            // One that was given up or failed is done anew.
            if let known = state.jobs[id]?.standing, known.state != .cancelled, known.state != .failed {
                return (known, false)
            }
            guard state.waiting.count < Self.mostWaiting else { throw Problem.tooManyJobs }
            let standing = JobStanding(
                id: id, kind: kind, title: title, tenant: tenant, account: account, total: total, submittedAt: now)
            state.order.removeAll { $0 == id }
            state.order.append(id)
            state.jobs[id] = Kept(standing: standing, progress: progress)
            if state.order.count > Self.kept,
                let old = state.order.first(where: { state.jobs[$0]?.standing.isOver ?? true })
            {
                state.order.removeAll { $0 == old }
                state.jobs[old] = nil
            }
            return (standing, true)
        }
        guard isNew else { return standing }
        start { [weak self] in
            guard let self else { return }
            run(id, progress, work)
        }
        return standing
    }

    private func start(_ job: @escaping @Sendable () -> Void) {
        let mayRun = state.withLock { state in
            guard state.running < width else {
                state.waiting.append(job)
                return false
            }
            state.running += 1
            return true
        }
        if mayRun { queue.async { self.work(through: job) } }
    }

    /// Does one job, then whatever waits.
    private func work(through first: @Sendable () -> Void) {
        first()
        while true {
            let next = state.withLock { state -> (@Sendable () -> Void)? in
                guard !state.waiting.isEmpty else {
                    state.running -= 1
                    return nil
                }
                return state.waiting.removeFirst()
            }
            guard let next else { return }
            next()
        }
    }

    private func run(_ id: String, _ progress: JobProgress, _ work: @Sendable (JobProgress) throws -> JobResult) {
        change(id) {
            $0.state = .running
            $0.beganAt = CityClock.system.now()
        }
        do {
            let result = try work(progress)
            change(id) {
                $0.state = progress.isCancelled ? .cancelled : .done
                if !progress.isCancelled { $0.done = $0.total }
                $0.result = result
                $0.endedAt = CityClock.system.now()
            }
        } catch {
            let problem = Problem(error)
            change(id) {
                $0.state = progress.isCancelled ? .cancelled : .failed
                $0.problem = problem
                $0.endedAt = CityClock.system.now()
            }
        }
    }

    private func change(_ id: String, _ change: (inout JobStanding) -> Void) {
        state.withLock { state in
            guard var kept = state.jobs[id] else { return }
            change(&kept.standing)
            state.jobs[id] = kept
        }
    }

    func standing(_ id: String, in tenant: String) -> JobStanding? {
        state.withLock { state in
            state.jobs[id].flatMap { $0.standing.tenant == tenant ? $0.standing : nil }
        }
    }

    /// Those of a kind, the latest first.
    func standings(_ kind: String?, in tenant: String) -> [JobStanding] {
        state.withLock { state in
            state.order.reversed().compactMap { state.jobs[$0]?.standing }.filter {
                $0.tenant == tenant && (kind == nil || $0.kind == kind)
            }
        }
    }

    /// - Returns: `false` when there is none, or it is over.
    func cancel(_ id: String, in tenant: String) -> Bool {
        let progress = state.withLock { state -> JobProgress? in
            guard let kept = state.jobs[id], kept.standing.tenant == tenant, !kept.standing.isOver else { return nil }
            return kept.progress
        }
        progress?.cancel()
        return progress != nil
    }
}

extension Problem {
    static let tooManyJobs = Problem(
        .tooManyRequests, "tooManyJobs", LocalizedText(zh: "等待计算的任务太多", en: "Too many jobs wait"),
        LocalizedText(zh: "请等前面的任务完成后再提交。", en: "Wait until some of them are done, then submit again."),
        headers: [(.retryAfter, "30")])
}

extension JobStanding {
    /// As programs get it.
    func document(at now: Instant) -> JSONText {
        .members([
            "id": .string(id), "kind": .string(kind), "title": title.json, "state": .string(state.rawValue),
            "done": .integer(done), "total": .integer(total),
            "secondsLeft": secondsLeft(at: now).map { .integer($0) } ?? .null,
            "interim": interim, "partial": .bool(state == .cancelled && result != nil),
            "problem": problem.map { .members(["code": .string($0.code), "detail": $0.detail.json]) } ?? .null,
            "result": result?.json ?? .null,
        ])
    }
}

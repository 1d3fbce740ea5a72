import Orchestrator
import Planning
import Scheduling
import Synchronization
import WorkCalendar
import WorkflowModel

/// Simulations under way and done (推演任务): beside the requests that asked for them, the same question once.
///
/// In this process: a service that is started again has forgotten them, and the same question is then computed anew with
/// the same result.
final class SimulationJobs: Sendable {
    /// What is needed to compute an answer, looked up before the job begins.
    struct Inputs: Sendable {
        var workflow: WorkflowDefinition
        var facts: [String: FactValue]
        var calendar: WorkCalendar
        var subject: LocalizedText
    }

    fileprivate struct Job {
        let id: String
        let key: String
        let request: SimulationRequest
        let subject: LocalizedText
        let askedBy: String
        let begun: ContinuousClock.Instant
        var done = 0
        var state: SimulationJobView.State?
        var task: Task<Void, Never>?
        var tenant: String
    }

    fileprivate struct Shelf {
        var jobs: [String: Job] = [:]
        /// Ids, the newest last.
        var order: [String] = []
        var next = 1
    }

    fileprivate let shelf = Mutex(Shelf())
    /// So many results are kept.
    private let capacity: Int
    /// So many may run at a time; more wait for nobody and are refused.
    private static let mostRunning = 8
    /// Samples that one task draws at a time: long enough to be worth it, short enough to stop soon.
    private static let rangeSize = SampleBlock.size

    init(capacity: Int = 200) { self.capacity = capacity }

    /// Begins a job, or finds the one that has the same question.
    ///
    /// - Parameter tenant: whose it is; nobody else sees it.
    /// - Returns: its id; `nil` when too many run already.
    func submit(_ request: SimulationRequest, _ inputs: Inputs, by person: String, of tenant: String) -> String? {
        let key = tenant + "\n" + request.key
        let (id, isNew) = shelf.withLock { shelf -> (String?, Bool) in
            if let known = shelf.jobs.values.first(where: { job in job.key == key && job.isUsable }) {
                return (known.id, false)
            }
            guard shelf.jobs.values.count(where: { $0.state == nil }) < Self.mostRunning else { return (nil, false) }
            let id = "s\(shelf.next)-\(Self.digest(key))"
            shelf.next += 1
            shelf.jobs[id] = Job(
                id: id, key: key, request: request, subject: inputs.subject, askedBy: person, begun: .now,
                tenant: tenant)
            shelf.order.append(id)
            if shelf.order.count > capacity,
                let oldest = shelf.order.first(where: { shelf.jobs[$0]?.state != nil })
            {
                shelf.order.removeAll { $0 == oldest }
                shelf.jobs[oldest] = nil
            }
            return (id, true)
        }
        guard let id, isNew else { return id }
        let task = Task.detached(priority: .utility) { [self] in
            let state = await Self.compute(request, inputs) { done in
                self.shelf.withLock { $0.jobs[id]?.done = done }
            }
            self.shelf.withLock { $0.jobs[id]?.state = state }
        }
        shelf.withLock { $0.jobs[id]?.task = task }
        return id
    }

    /// A job as it stands; `nil` for one that is not there, or another city's.
    func view(_ id: String, of tenant: String) -> SimulationJobView? {
        shelf.withLock { shelf -> SimulationJobView? in
            guard let job = shelf.jobs[id], job.tenant == tenant else { return nil }
            return job.view
        }
    }

    /// The newest first.
    func list(of tenant: String, most: Int = 20) -> [SimulationJobView] {
        shelf.withLock { shelf -> [SimulationJobView] in
            let own = shelf.order.reversed().compactMap { shelf.jobs[$0] }.filter { $0.tenant == tenant }
            return own.prefix(most).map(\.view)
        }
    }

    /// Stops a job; what was done by then is its result.
    func cancel(_ id: String, of tenant: String) {
        shelf.withLock { shelf in
            guard let job = shelf.jobs[id], job.tenant == tenant else { return }
            job.task?.cancel()
        }
    }

    /// FNV-1a: an address that the same question has again.
    private static func digest(_ text: String) -> String {
        var hash: UInt32 = 0x811C_9DC5
        for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return String(hash, radix: 36)
    }

    // MARK: Computing

    private static func compute(
        _ request: SimulationRequest, _ inputs: Inputs, progress: @escaping @Sendable (Int) -> Void
    ) async -> SimulationJobView.State {
        do {
            switch request.question {
            case .chances:
                let report = try await chances(inputs.workflow, request, inputs, share: 1, from: 0, progress)
                return report.map { .done(.chances($0)) } ?? stopped
            case .comparison:
                let changed = try inputs.workflow.applying(request.levers, facts: inputs.facts)
                guard let before = try await chances(inputs.workflow, request, inputs, share: 2, from: 0, progress),
                    !before.isPartial,
                    let after = try await chances(
                        changed, request, inputs, share: 2, from: request.runs / 2, progress)
                else { return stopped }
                let levers = inputs.workflow.levers.filter { request.levers.contains($0.id) }
                return .done(.comparison(before: before, after: after, levers: levers))
            case .advice: return try advice(request, inputs)
            }
        } catch let error as LeverChoiceError {
            return .failed(error.text)
        } catch let error as AdviceError {
            return .failed(error.words)
        } catch {
            return .failed(
                LocalizedText(
                    zh: "这个流程排不出计划：\(error)。请先在流程编辑中检查。",
                    en: "This workflow cannot be scheduled: \(error). Check it in the editor first."))
        }
    }

    private static let stopped = SimulationJobView.State.failed(
        LocalizedText(zh: "在得到任何结果之前已停止。可以重新开始。", en: "It was stopped before there was any result. Start it again."))

    /// - Returns: `nil` when it was stopped before the first sample.
    private static func chances(
        _ workflow: WorkflowDefinition, _ request: SimulationRequest, _ inputs: Inputs, share: Int, from begun: Int,
        _ progress: @escaping @Sendable (Int) -> Void
    ) async throws -> SimulationReport? {
        let model = try RiskModel(
            plan: Plan.resolve(workflow, facts: inputs.facts), calendar: inputs.calendar, start: request.start,
            assumptions: RiskAssumptions(of: workflow, seed: request.seed))
        let simulation = model.simulation
        var whole = simulation.run(0..<0)
        // One task beside the one that takes: a page is answered meanwhile.
        let isWhole = await OrderedRuns(tasks: 1, rangeSize: rangeSize).run(count: request.runs) {
            simulation.run($0)
        } take: { part in
            whole.append(part)
            progress(begun + whole.count / share)
            return true
        }
        return whole.count == 0 ? nil : try model.report(on: whole, isPartial: !isWhole)
    }

    private static func advice(
        _ request: SimulationRequest, _ inputs: Inputs
    ) throws -> SimulationJobView.State {
        let named = request.target.flatMap { id in inputs.workflow.targets.first { $0.id == id } }
        guard var target = named ?? inputs.workflow.targets.first(where: { $0.limit != nil }) else {
            return .failed(LocalizedText(zh: "流程没有时限目标，无从建议。", en: "The workflow has no target to advise on."))
        }
        if let days = request.limit {
            target = target.with(limit: DayAmount(days: days, unit: target.limit?.unit ?? .working))
        }
        let advisor = LeverAdvisor(
            workflow: inputs.workflow, facts: inputs.facts, target: target, measure: nil, calendar: inputs.calendar,
            start: request.start, scenario: PlanScenario())
        let wanted = try request.chance.map { chance throws(AdviceError) in
            try WantedChance(
                probability: Double(chance) / 100, runs: min(request.runs, WantedChance.runRange.upperBound),
                assumptions: RiskAssumptions(of: inputs.workflow, seed: request.seed))
        }
        let end = ContinuousClock.now.advanced(by: wanted == nil ? .seconds(2) : .seconds(20))
        let report = try advisor.advice(
            reaching: wanted, shouldStop: { Task.isCancelled || ContinuousClock.now >= end })
        return .done(.advice(report))
    }
}

extension SimulationJobs.Job {
    /// Whether whoever asks the same may be sent here: not to what was stopped early.
    fileprivate var isUsable: Bool {
        switch state {
        case nil: task?.isCancelled != true
        case .done(.chances(let report)): !report.isPartial
        case .done: true
        case .failed, .running: false
        }
    }

    fileprivate var view: SimulationJobView {
        SimulationJobView(
            id: id, request: request, subject: subject, askedBy: askedBy,
            state: state ?? .running(done: done, of: request.runs, secondsLeft: secondsLeft))
    }

    private var secondsLeft: Int? {
        let passed = begun.duration(to: .now)
        let seconds = Double(passed.components.seconds) + Double(passed.components.attoseconds) / 1e18
        guard done > 0, seconds > 0.05 else { return nil }
        return Int((seconds * Double(request.runs - done) / Double(done)).rounded(.up))
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

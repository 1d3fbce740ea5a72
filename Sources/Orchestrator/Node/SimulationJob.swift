import CaseEngine
import Crypto
import Foundation
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

/// A simulation of a plan, with levers pulled or none, in parts that any node does (模拟任务).
///
/// What a part comes to depends on this and on nothing else: samples are drawn by seed, activity and number of the
/// sample. Parts are put together in the order of their indexes, so one node and five come to the same report, bit by bit.
public struct SimulationJob: Codable, Sendable, Hashable {
    public static let kind = "simulate"
    /// Samples of one part; a multiple of the samples that are drawn at a time.
    public static let partSize = 8 * SampleBlock.size

    public var subject: JobSubject
    /// The ids of the levers that are pulled.
    public var levers: [String]
    public var seed: UInt64
    /// Samples in all: 1 to 1,000,000.
    public var runs: Int

    public init(_ subject: JobSubject, levers: [String] = [], seed: UInt64, runs: Int) {
        self.subject = subject
        self.levers = levers
        self.seed = seed
        self.runs = min(max(1, runs), 1_000_000)
    }

    public init(
        of publication: Publication, facts: [String: FactValue], start: LocalDate, seed: UInt64, runs: Int
    ) {
        self.init(JobSubject(publication, facts: facts, start: start), seed: seed, runs: runs)
    }

    private var parts: Int { (runs + Self.partSize - 1) / Self.partSize }

    func samples(of part: Int) -> Range<Int> { part * Self.partSize..<min(runs, (part + 1) * Self.partSize) }

    /// How many samples so many parts have.
    public func samples(inParts count: Int) -> Int { min(runs, count * Self.partSize) }

    /// The job as the store keeps it: two requests for the same simulation are one job.
    public func record(at now: Instant) throws -> JobRecord {
        try JobRecord(kind: Self.kind, spec: self, shards: parts, createdAt: now)
    }

    public init(_ record: JobRecord) throws {
        self = try JSONDecoder().decode(SimulationJob.self, from: Data(record.spec))
    }

    func model(_ definitions: Definitions) async throws -> RiskModel {
        let machine = try await definitions.machine(for: subject.governing)
        var plan = machine.plan
        if !levers.isEmpty {
            plan = Plan.resolve(try plan.workflow.applying(levers, facts: plan.facts), facts: plan.facts)
        }
        return try RiskModel(
            plan: plan, calendar: machine.calendar, start: subject.start,
            assumptions: RiskAssumptions(of: plan.workflow, seed: seed))
    }
}

extension JobRecord {
    /// A job under a name made of what it computes.
    init(kind: String, spec: some Encodable, shards: Int, createdAt: Instant) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let spec = Array(try encoder.encode(spec))
        let name = SHA256.hash(data: spec).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        self.init(id: "\(kind).\(name)", kind: kind, spec: spec, shards: shards, createdAt: createdAt)
    }
}

/// Does the parts of simulations.
public struct SimulationWorker: ShardWorker {
    public let kind = SimulationJob.kind
    private let orchestrator: Orchestrator

    public init(orchestrator: Orchestrator) { self.orchestrator = orchestrator }

    public func result(of job: JobRecord, shard: Int) async throws -> [UInt8] {
        let simulation = try SimulationJob(job)
        let model = try await simulation.model(orchestrator.definitions)
        return await Computing.run { _ in model.simulation.run(simulation.samples(of: shard)).bytes }
    }
}

extension Orchestrator {
    /// Keeps the texts that a job names, as opening a case does.
    ///
    /// - Throws: `OrchestratorError.otherTextPublished` when the workflow was edited but kept its version; `StoreError`.
    public func publish(_ publication: Publication) async throws {
        for text in publication.texts { try await definitions.publish(text) }
    }

    /// Finds out whether a simulation can be computed, without computing it.
    ///
    /// - Throws: `LeverChoiceError`, `NetworkError` or `SimulationError` when it cannot; `OrchestratorError`, `StoreError`.
    public func check(_ job: SimulationJob) async throws { _ = try await job.model(definitions) }

    /// The report of a simulation whose parts are all done; `nil` while some are not.
    ///
    /// - Parameter partial: whether the parts from the first to one that is missing are reported on, as partial.
    /// - Throws: `OrchestratorError` when its texts are not those it names; `StoreError`.
    public func report(
        of job: JobRecord, in store: any JobStore, partial: Bool = false
    ) async throws -> SimulationReport? {
        let simulation = try SimulationJob(job)
        let model = try await simulation.model(definitions)
        var whole = model.simulation.run(0..<0)
        var last: Int?
        reading: while true {
            let page = try await store.results(of: job.id, after: last, limit: 16)
            for part in page {
                guard part.index == (last ?? -1) + 1 else { break reading }
                guard let samples = SimulationPart(bytes: part.result, of: model.simulation) else {
                    throw StoreError(.corrupt, operation: "results", underlying: "\(job.id) \(part.index) is no part")
                }
                whole.append(samples)
                last = part.index
            }
            if page.isEmpty { break }
        }
        let isWhole = whole.count == simulation.runs
        guard isWhole || partial && whole.count > 0 else { return nil }
        let samples = whole
        return try await Computing.run { _ in Result { try model.report(on: samples, isPartial: !isWhole) } }.get()
    }
}

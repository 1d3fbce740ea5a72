import CaseEngine
import Crypto
import Foundation
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

/// A simulation of a published workflow's plan, in parts that any node does (模拟任务).
///
/// What a part comes to depends on this and on nothing else: samples are drawn by seed, activity and number of the
/// sample. Parts are put together in the order of their indexes, so one node and five come to the same report, bit by bit.
public struct SimulationJob: Codable, Sendable, Hashable {
    public static let kind = "simulate"
    /// Samples of one part; a multiple of the samples that are drawn at a time.
    public static let partSize = 8 * SampleBlock.size

    public var workflow: String
    public var version: String
    /// The hash of the workflow's text: what was published under this version later, or elsewhere, is no match.
    public var definition: String
    public var calendar: String
    public var calendarVersion: String
    public var facts: [String: FactValue]
    public var start: LocalDate
    public var seed: UInt64
    /// Samples in all: 1 to 1,000,000.
    public var runs: Int

    public init(
        of publication: Publication, facts: [String: FactValue], start: LocalDate, seed: UInt64, runs: Int
    ) {
        workflow = publication.workflow.id
        version = publication.workflow.version
        definition = publication.workflowText.hash.description
        calendar = publication.calendar.id
        calendarVersion = publication.calendar.version
        self.facts = facts
        self.start = start
        self.seed = seed
        self.runs = min(max(1, runs), 1_000_000)
    }

    private var parts: Int { (runs + Self.partSize - 1) / Self.partSize }

    func samples(of part: Int) -> Range<Int> { part * Self.partSize..<min(runs, (part + 1) * Self.partSize) }

    /// The job as the store keeps it: two requests for the same simulation are one job.
    public func record(at now: Instant) throws -> JobRecord {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let spec = Array(try encoder.encode(self))
        let name = SHA256.hash(data: spec).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return JobRecord(
            id: "\(Self.kind).\(name)", kind: Self.kind, spec: spec, shards: parts, createdAt: now)
    }

    init(_ record: JobRecord) throws {
        self = try JSONDecoder().decode(SimulationJob.self, from: Data(record.spec))
    }

    func model(_ definitions: Definitions) async throws -> RiskModel {
        let opening = CaseOpening(
            project: "", title: LocalizedText(zh: "", en: ""), owner: nil, workflow: workflow, version: version,
            definition: definition, calendar: calendar, calendarVersion: calendarVersion, facts: facts)
        let machine = try await definitions.machine(for: CaseGoverning(opening))
        return try RiskModel(
            plan: machine.plan, calendar: machine.calendar, start: start,
            assumptions: RiskAssumptions(of: machine.plan.workflow, seed: seed))
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
        return model.simulation.run(simulation.samples(of: shard)).bytes
    }
}

extension Orchestrator {
    /// The report of a simulation whose parts are all done; `nil` while some are not.
    ///
    /// - Throws: `OrchestratorError` when its texts are not those it names; `StoreError`.
    public func report(of job: JobRecord, in store: any JobStore) async throws -> SimulationReport? {
        let simulation = try SimulationJob(job)
        let model = try await simulation.model(definitions)
        var whole = model.simulation.run(0..<0)
        var last: Int?
        while true {
            let page = try await store.results(of: job.id, after: last, limit: 16)
            for part in page {
                guard part.index == (last ?? -1) + 1 else { return nil }
                guard let samples = SimulationPart(bytes: part.result, of: model.simulation) else {
                    throw StoreError(.corrupt, operation: "results", underlying: "\(job.id) \(part.index) is no part")
                }
                whole.append(samples)
                last = part.index
            }
            if page.isEmpty { break }
        }
        return whole.count == simulation.runs ? try model.report(on: whole) : nil
    }
}

import CaseEngine
import Foundation
import Planning
import WorkCalendar
import WorkflowModel

/// A search for the cheapest levers that meet a target, as a job of one part (建议任务).
///
/// What it finds in its time depends on how fast the node is; what it found is kept, and every node reports the same.
public struct AdviceJob: Codable, Sendable, Hashable {
    public static let kind = "advise"

    public var subject: JobSubject
    /// The id of the target.
    public var target: String
    /// In place of the target's own.
    public var limit: DayAmount?
    /// With what chance the target is to be met; `nil` for the plan alone.
    public var probability: Double?
    /// Samples by which the chance is estimated.
    public var runs: Int
    public var seed: UInt64
    /// How long it may search.
    public var seconds: Int

    public init(
        _ subject: JobSubject, target: String, limit: DayAmount? = nil, probability: Double? = nil,
        runs: Int = WantedChance.defaultRuns, seed: UInt64, seconds: Int
    ) {
        self.subject = subject
        self.target = target
        self.limit = limit
        self.probability = probability
        self.runs = runs
        self.seed = seed
        self.seconds = seconds
    }

    /// The job as the store keeps it: two requests for the same advice are one job.
    public func record(at now: Instant) throws -> JobRecord {
        try JobRecord(kind: Self.kind, spec: self, shards: 1, createdAt: now)
    }

    public init(_ record: JobRecord) throws {
        self = try JSONDecoder().decode(AdviceJob.self, from: Data(record.spec))
    }

    fileprivate struct Question: Sendable {
        let advisor: LeverAdvisor
        let wanted: WantedChance?
    }

    fileprivate func question(_ definitions: Definitions) async throws -> Question {
        let machine = try await definitions.machine(for: subject.governing)
        let workflow = machine.plan.workflow
        guard var target = workflow.targets.first(where: { $0.id == target }) else {
            throw AdviceError.noWindow(target)
        }
        if let limit { target = target.with(limit: limit) }
        return Question(
            advisor: LeverAdvisor(
                workflow: workflow, facts: machine.plan.facts, target: target, calendar: machine.calendar,
                start: subject.start),
            wanted: try probability.map { probability throws(AdviceError) in
                try WantedChance(
                    probability: probability, runs: runs, assumptions: RiskAssumptions(of: workflow, seed: seed))
            })
    }

    /// What is kept of an answer: there is one, or there is none, and why.
    fileprivate struct Kept: Codable {
        var findings: AdviceReport.Findings?
        var refusal: AdviceError?
    }
}

/// Searches for advice.
public struct AdviceWorker: ShardWorker {
    public let kind = AdviceJob.kind
    private let orchestrator: Orchestrator

    public init(orchestrator: Orchestrator) { self.orchestrator = orchestrator }

    public func result(of job: JobRecord, shard: Int) async throws -> [UInt8] {
        let advice = try AdviceJob(job)
        var kept = AdviceJob.Kept()
        do {
            let question = try await advice.question(orchestrator.definitions)
            let end = ContinuousClock.now.advanced(by: .seconds(advice.seconds))
            kept.findings = try await Computing.run { isUnwanted in
                Result {
                    try question.advisor.advice(
                        reaching: question.wanted, shouldStop: { isUnwanted() || ContinuousClock.now >= end }
                    ).findings
                }
            }.get()
        } catch let refusal as AdviceError {
            kept.refusal = refusal
        }
        try Task.checkCancellation()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Array(try encoder.encode(kept))
    }
}

extension Orchestrator {
    /// The report of advice that is done; `nil` while it is not.
    ///
    /// - Throws: `AdviceError` when there is none to be had; `OrchestratorError`, `StoreError`.
    public func advice(of job: JobRecord, in store: any JobStore) async throws -> AdviceReport? {
        guard let part = try await store.results(of: job.id, after: nil, limit: 1).first else { return nil }
        let kept = try JSONDecoder().decode(AdviceJob.Kept.self, from: Data(part.result))
        if let refusal = kept.refusal { throw refusal }
        guard let findings = kept.findings else { return nil }
        let question = try await AdviceJob(job).question(definitions)
        return try await Computing.run { _ in
            Result { try question.advisor.report(of: findings, reaching: question.wanted) }
        }.get()
    }
}

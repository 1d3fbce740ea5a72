import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// What somebody asked to have computed (任务卡), kept in the store beside the parts that nodes do.
struct JobCard: Codable, Sendable {
    let id: String
    let request: SimulationRequest
    /// What it is of, in words.
    let subject: LocalizedText
    /// Who asked first; others who ask the same share it.
    let account: String
    let askedBy: String
    /// The jobs of the store whose results make the answer: of a comparison without levers and with them.
    let jobs: [String]
    let submittedAt: Instant
    /// How it ended; `nil` while it goes on, or before anybody looked.
    var end: End?

    struct End: Codable, Sendable, Hashable {
        let state: JobStanding.State
        let done: Int
    }
}

/// Where a job stands (计算任务).
struct JobStanding: Sendable {
    enum State: String, Sendable, Codable, CaseIterable {
        case waiting, running, done, cancelled, failed

        var isOver: Bool { self == .done || self == .cancelled || self == .failed }
    }

    let card: JobCard
    let state: State
    /// Samples, or of advice seconds.
    let done: Int
    let total: Int
    /// Why it failed.
    var cause: String?

    var id: String { card.id }

    /// How many seconds it will still take; `nil` before there is anything to go by.
    func secondsLeft(at now: Instant) -> Int? {
        guard state == .running, done > 0, total > done else { return nil }
        if card.request.question == .advice { return total - done }
        let passed = Double(now.milliseconds - card.submittedAt.milliseconds) / 1000
        return Int((passed / Double(done) * Double(total - done)).rounded(.up))
    }
}

/// What a job came to.
struct JobOutcome: Sendable {
    enum Value: Sendable {
        case result(SimulationResult)
        /// There is none, and why.
        case refused(code: String, LocalizedText)
    }

    let value: Value

    var result: SimulationResult? { if case .result(let result) = value { result } else { nil } }
    var isPartial: Bool { if case .result(.chances(let report)) = value { report.isPartial } else { false } }

    static let stopped = JobOutcome(
        value: .refused(
            code: "cancelled",
            LocalizedText(zh: "在得到任何结果之前已停止。可以重新开始。", en: "It was stopped before there was any result. Start it again.")
        ))
}

extension SimulationResult {
    /// As programs get it.
    var json: JSONText {
        switch self {
        case .chances(let report): report.json
        case .comparison(let before, let after, _): .members(["before": before.json, "after": after.json])
        case .advice(let report): report.json
        }
    }
}

extension JobStanding {
    /// As programs get it.
    ///
    /// - Parameter interim: what the parts that are done come to, while it goes on.
    func document(_ outcome: JobOutcome?, interim: SimulationResult? = nil, at now: Instant) -> JSONText {
        var problem: JSONText = .null
        if case .refused(let code, let words)? = outcome?.value {
            problem = .members(["code": .string(code), "detail": words.json])
        }
        return .members([
            "id": .string(id), "kind": .string(card.request.question.kind), "title": card.subject.json,
            "state": .string(state.rawValue), "done": .integer(done), "total": .integer(total),
            "secondsLeft": secondsLeft(at: now).map { .integer($0) } ?? .null, "interim": interim?.json ?? .null,
            "partial": .bool(outcome?.isPartial ?? false), "problem": problem,
            "result": outcome?.result?.json ?? .null,
        ])
    }

    /// As pages show it.
    func view(_ outcome: JobOutcome?, at now: Instant) -> SimulationJobView {
        let shown: SimulationJobView.State =
            switch (state, outcome?.value) {
            case (_, .refused(_, let words)?): .failed(words)
            case (.waiting, _), (.running, _): .running(done: done, of: total, secondsLeft: secondsLeft(at: now))
            case (.failed, _): .failed(LocalizedText(zh: cause ?? "", en: cause ?? ""))
            case (.done, _), (.cancelled, _): .over(isPartial: state == .cancelled)
            }
        return SimulationJobView(
            id: id, request: card.request, subject: card.subject, askedBy: card.askedBy, state: shown,
            result: outcome?.result)
    }
}

extension SimulationRequest.Question {
    /// What kind of job programs call it.
    var kind: String { self == .advice ? "advice" : "simulation" }
}

import Planning
import WorkCalendar
import WorkflowModel

/// What is to be played through (推演任务): the same request asked twice is one job.
struct SimulationRequest: Sendable, Hashable, Codable {
    /// Whose plan it is.
    enum Subject: Sendable, Hashable, Codable {
        case caseFile(String)
        case workflow(String, version: String)
    }

    /// What is wanted of it.
    enum Question: String, Sendable, Hashable, Codable, CaseIterable {
        /// The chances as things are.
        case chances
        /// The same with and without some levers.
        case comparison
        /// The cheapest levers that meet a target.
        case advice
    }

    var subject: Subject
    var question = Question.chances
    var start: LocalDate
    var runs = SimulationRequest.usualRuns
    var seed: UInt64 = 1
    /// A date whose chance is asked for.
    var promise: LocalDate?
    /// The levers of a comparison, by id, ascending.
    var levers: [String] = []
    /// Of advice: the target, another limit than its own in whole days, and with what chance in per cent it is to be met.
    var target: String?
    var limit: Int?
    var chance: Int?
    /// Of advice: how long it may be searched for.
    var seconds = 2

    static let usualRuns = 10_000
    static let runsRange = 100...200_000

    init(_ subject: Subject, start: LocalDate) {
        self.subject = subject
        self.start = start
    }

    /// The request in one line, the same for the same question: the name under which a job is shared.
    var key: String {
        let subject =
            switch subject {
            case .caseFile(let id): "case=\(id)"
            case .workflow(let id, let version): "workflow=\(id)@\(version)"
            }
        return [
            subject, question.rawValue, "start=\(start)", "runs=\(runs)", "seed=\(seed)",
            "promise=\(promise.map(\.description) ?? "")", "levers=\(levers.joined(separator: ","))",
            "target=\(target ?? "")", "limit=\(limit.map(String.init) ?? "")",
            "chance=\(chance.map(String.init) ?? "")", "seconds=\(question == .advice ? seconds : 0)",
        ].joined(separator: "&")
    }

    // MARK: What was typed

    /// The request that a form says, or what is wrong with it, field by field.
    ///
    /// - Parameter field: a field's value without white space around it; `nil` when it was left empty.
    static func read(
        _ subject: Subject, start: LocalDate, _ language: Language, field: (String) -> String?, levers: [String]
    ) -> (request: SimulationRequest, mistakes: [PageContext.Mistake]) {
        var request = SimulationRequest(subject, start: start)
        var mistakes: [PageContext.Mistake] = []
        func wrong(_ name: String, _ zh: String, _ en: String) {
            mistakes.append(.init(field: name, text: language.say(zh, en)))
        }
        request.question = field("question").flatMap(Question.init) ?? .chances
        if let text = field("start") {
            if let date = LocalDate(text) {
                request.start = date
            } else {
                wrong("start", "开始日期写作 2026-03-02 的样子", "Write the start like 2026-03-02")
            }
        }
        if let text = field("runs") {
            let runs = Int(text.filter { $0 != "," && $0 != " " })
            if let runs, runsRange.contains(runs) {
                request.runs = runs
            } else {
                wrong(
                    "runs", "推演次数填 \(runsRange.lowerBound) 到 \(runsRange.upperBound) 的整数",
                    "Enter a whole number of runs from \(runsRange.lowerBound) to \(runsRange.upperBound)")
            }
        }
        if let text = field("seed") {
            if let seed = UInt64(text) {
                request.seed = seed
            } else {
                wrong("seed", "种子填一个非负整数，例如 1", "Enter a whole number as the seed, for example 1")
            }
        }
        if let text = field("promise") {
            if let date = LocalDate(text) {
                request.promise = date
            } else {
                wrong("promise", "承诺日期写作 2026-11-03 的样子", "Write the promised date like 2026-11-03")
            }
        }
        request.target = field("target")
        if let text = field("limit") {
            if let days = Int(text), (1...1000).contains(days) {
                request.limit = days
            } else {
                wrong("limit", "时限填 1 到 1000 的整数，单位与目标相同", "Enter the limit as a whole number of days, 1 to 1000")
            }
        }
        if let text = field("chance") {
            if let chance = Int(text), (1...99).contains(chance) {
                request.chance = chance
            } else {
                wrong("chance", "把握填 1 到 99，例如 80", "Enter the wanted chance as 1 to 99, for example 80")
            }
        }
        // Where durations are drawn, every set of levers takes longer to weigh.
        request.seconds = request.chance == nil ? 2 : 20
        request.levers = levers.sorted()
        if request.question == .comparison, levers.isEmpty {
            wrong("levers", "选出至少一项改革措施，才能比较", "Choose one lever at least to compare with")
        }
        return (request, mistakes)
    }
}

/// What came of it.
enum SimulationResult: Sendable {
    case chances(SimulationReport)
    case comparison(before: SimulationReport, after: SimulationReport, levers: [Lever])
    case advice(AdviceReport)
}

/// A job as its page shows it (推演进展).
struct SimulationJobView: Sendable {
    enum State: Sendable {
        /// How much of it is done, and how long the rest may take; `nil` before that can be told.
        case running(done: Int, of: Int, secondsLeft: Int?)
        /// It ended; stopped early, only a part was done.
        case over(isPartial: Bool)
        /// It cannot be computed, and why.
        case failed(LocalizedText)
    }

    let id: String
    let request: SimulationRequest
    /// What it is of.
    let subject: LocalizedText
    /// Who asked for it first; others that ask the same see the same job.
    let askedBy: String
    let state: State
    /// What it came to, where that was asked for.
    var result: SimulationResult?
}

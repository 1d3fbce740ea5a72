import WorkCalendar

/// What makes an item joint (联合事项): one dispatch, opinions in parallel, one notice, one conclusion.
///
/// Its phases run admission → participants → merge → (rectification → recheck)* → conclusion.
public struct JointProcedure: Sendable, Hashable {
    public let kind: JointKind
    /// Who takes the application in; `nil` when the lead does.
    public let admittedBy: String?
    public package(set) var admission: DurationEstimate?
    public package(set) var participants: [Participant]
    public package(set) var passes: PassRule
    /// The lead's consolidated notice 一次性告知.
    public package(set) var merge: DurationEstimate?
    public package(set) var rectification: Rectification?
    public package(set) var conclusion: DurationEstimate?

    public init(
        kind: JointKind, admittedBy: String?, admission: DurationEstimate?, participants: [Participant],
        passes: PassRule, merge: DurationEstimate?, rectification: Rectification?, conclusion: DurationEstimate?
    ) {
        self.kind = kind
        self.admittedBy = admittedBy
        self.admission = admission
        self.participants = participants
        self.passes = passes
        self.merge = merge
        self.rectification = rectification
        self.conclusion = conclusion
    }
}

public enum JointKind: String, Sendable, Hashable, CaseIterable, Codable {
    /// 联合审图
    case review
    /// 联合勘验
    case inspection
    /// 联合测绘
    case survey
    /// 联合验收
    case acceptance
    /// 征求意见
    case opinion
    /// 多证齐发
    case issue
}

/// A department that takes part in a joint item (配合部门).
public struct Participant: Sendable, Hashable {
    public let id: String
    public let title: LocalizedText
    public let department: String
    /// `nil` when the joint item has one duration for all, who act together.
    public package(set) var takes: DurationEstimate?
    public package(set) var limit: DayAmount?
    public let statutory: StatutoryLimit?
    public package(set) var when: Condition?
    public let silence: Silence
    public let basis: String?
    /// What it looks at of the item's materials; empty when it looks at all.
    public package(set) var materials: [String]

    public init(
        id: String, title: LocalizedText, department: String, takes: DurationEstimate?, limit: DayAmount?,
        statutory: StatutoryLimit?, when: Condition?, silence: Silence, basis: String?, materials: [String] = []
    ) {
        self.id = id
        self.title = title
        self.department = department
        self.takes = takes
        self.limit = limit
        self.statutory = statutory
        self.when = when
        self.silence = silence
        self.basis = basis
        self.materials = materials
    }
}

/// How many participants must pass.
public enum PassRule: Sendable, Hashable, CustomStringConvertible {
    case all
    case any
    case atLeast(Int, of: Int)

    public var description: String {
        switch self {
        case .all: "all"
        case .any: "any"
        case .atLeast(let k, let n): "\(k) of \(n)"
        }
    }

    /// Whether so many passes out of so many participants are enough.
    public func isMet(passes: Int, participants: Int) -> Bool {
        switch self {
        case .all: passes == participants
        case .any: passes >= 1 || participants == 0
        case .atLeast(let k, _): passes >= Swift.min(k, participants)
        }
    }
}

/// Rectification (整改) by the applicant and the recheck that follows, in bounded rounds.
public struct Rectification: Sendable, Hashable {
    public let applicant: DurationEstimate
    /// `nil` when the change is taken as made.
    public package(set) var recheck: DurationEstimate?
    /// Only participants that did not pass look again.
    public let failedOnly: Bool
    /// The chance that a round is needed, 0…1.
    public package(set) var chance: Double
    /// At most so many rounds, ≥ 1; after the last the item is refused.
    public let rounds: Int

    /// Rounds that can happen: without a recheck the first change is taken as made, so that no other follows.
    public var possibleRounds: Int { recheck == nil ? 1 : rounds }

    public init(applicant: DurationEstimate, recheck: DurationEstimate?, failedOnly: Bool, chance: Double, rounds: Int)
    {
        self.applicant = applicant
        self.recheck = recheck
        self.failedOnly = failedOnly
        self.chance = chance
        self.rounds = rounds
    }
}

/// A phase of a joint item, as a dependency or a plan names it.
public enum JointPhase: Sendable, Hashable {
    case admission
    /// One participant's part, by its id; or all of it, in a joint session.
    case participant(String)
    case session
    case merge
    /// Round 1, 2, ….
    case rectification(round: Int)
    case recheck(round: Int)
    case conclusion

    /// As it follows the item's id and a dot; `rectification-1` for rounds.
    public var name: String {
        switch self {
        case .admission: "admission"
        case .participant(let id): id
        case .session: "session"
        case .merge: "merge"
        case .rectification(let round): "rectification-\(round)"
        case .recheck(let round): "recheck-\(round)"
        case .conclusion: "conclusion"
        }
    }

    /// Names that no participant may take.
    public static let reservedNames: Set<String> = ["admission", "session", "merge", "conclusion"]
}

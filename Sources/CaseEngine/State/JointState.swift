import WorkCalendar
import WorkflowModel

/// The state of what makes an item joint (联合办理状态).
public struct JointState: Hashable, Sendable {
    /// In the order of the plan.
    public internal(set) var participants: [ParticipantState]
    /// 0 for the first opinions, then the round of rectification.
    public internal(set) var round = 0
    /// What the opinions came to, once merged; the outcome of the last round stands.
    public internal(set) var passed: Bool?
    /// The points of the last consolidated notice.
    public internal(set) var notice: [ParticipantPoint] = []
    /// Materials supplied in the last rectification or change: only there may a recheck find something new.
    public internal(set) var changed: [String] = []
    /// The parts of them that changed, where that was said.
    public internal(set) var changedParts: [String: [String]] = [:]
    /// A date to meet, while it is agreed on and until it is over.
    public internal(set) var visit: VisitState?
    /// How many dates have been proposed.
    public internal(set) var visits = 0
    /// Points that cannot both be observed; a conflict's number is its position plus one.
    public internal(set) var conflicts: [PointConflict] = []
    /// How many of the rounds came from changed documents and not from a rectification.
    public internal(set) var reopenings = 0
    /// Of one element while a change to what was granted is looked at: what stands if it comes to nothing.
    public internal(set) var standing: [StandingGrant] = []
    /// Participants of earlier versions who had answered and are not asked under this one; their opinions stand, and
    /// nothing rests on them.
    public internal(set) var former: [ParticipantState] = []
    /// In the order in which they began; participants' first opinions are among them.
    public internal(set) var phases: [PhaseSpan] = []

    init(participants: [ParticipantState]) { self.participants = participants }
}

/// The state of one participant (配合部门状态).
public struct ParticipantState: Hashable, Sendable {
    public let id: String
    public internal(set) var standing: Standing = .idle
    /// When it was asked in this round.
    public internal(set) var askedOn: LocalDate?
    public internal(set) var answeredOn: LocalDate?
    /// The latest opinion; a deemed one is a pass.
    public internal(set) var verdict: Verdict?
    /// The revision of the documents that the opinion refers to.
    public internal(set) var seen: Int?
    /// Everything it has raised so far, which is all it may raise again.
    public internal(set) var points: [Point] = []
    public internal(set) var limits: LimitDates?
    /// Who acted for it last.
    public internal(set) var officer: String?
    var raised: CardLevels = []

    init(id: String) { self.id = id }

    /// What became of the question put to it in this round.
    public enum Standing: String, Hashable, Sendable, Codable, CaseIterable {
        /// Not asked in this round.
        case idle
        case asked
        case answered
        /// Silent past its limit and taken to agree.
        case deemed
        /// Not needed any more.
        case released
    }
}

/// A date on which the participants meet (到场日期).
public struct VisitState: Hashable, Sendable {
    /// As the window proposed it.
    public let proposed: LocalDate
    public let proposedOn: LocalDate
    public let isRemote: Bool
    /// The last day to answer.
    public let answerBy: LocalDate
    public internal(set) var answers: [VisitAnswer] = []
    /// The one that suits all, once it is told.
    public internal(set) var fixed: LocalDate?
}

/// The dates on which a participant can come (可到场日期).
public struct VisitAnswer: Hashable, Sendable {
    public let participant: String
    public let dates: [LocalDate]
}

/// Two points that cannot both be observed (意见冲突).
public struct PointConflict: Hashable, Sendable {
    public let first: ParticipantPoint
    public let second: ParticipantPoint
    public let round: Int
    public let markedOn: LocalDate
    /// What holds, in the words of the lead; `nil` while it is open.
    public internal(set) var resolution: String?
}

/// A grant to which a change is applied for (变更前的许可).
public struct StandingGrant: Hashable, Sendable {
    public let status: ItemStatus
    public let admittedOn: LocalDate?
    public let finishedOn: LocalDate?
    public let endedOn: LocalDate?
    public let issuedOn: LocalDate?
    public let documents: [MaterialUse]
    public let participants: [ParticipantState]
    public let passed: Bool?
    public let signatures: [Signature]
}

/// A phase of a joint item and its dates (环节).
public struct PhaseSpan: Hashable, Sendable {
    public let phase: JointPhase
    public let start: LocalDate
    public internal(set) var finish: LocalDate?
}

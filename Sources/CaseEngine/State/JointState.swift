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
    /// Materials supplied in the last rectification: only there may a recheck find something new.
    public internal(set) var changed: [String] = []
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

/// A phase of a joint item and its dates (环节).
public struct PhaseSpan: Hashable, Sendable {
    public let phase: JointPhase
    public let start: LocalDate
    public internal(set) var finish: LocalDate?
}

import WorkCalendar
import WorkflowModel

/// What supervision, and those who rate and complain, want to do in a case (监察指令). Accepted as soon as a case was
/// opened, also after its end.
public enum SupervisionCommand: Hashable, Sendable, Codable {
    /// The supervisor raises a card for what the clock does not show, with evidence (非时限监察).
    case raiseCard(item: String, participant: String?, rule: SupervisionRule, level: CardLevel, evidence: String)
    /// What was done about a confirmed red card (问责).
    case noteAccountability(card: String, measure: AccountabilityMeasure, note: String)
    /// Rates a completed step, 1…5 (好差评).
    case rate(item: String, step: RatedStep, score: Int, channel: RatingChannel, comment: String)
    /// 督办, by the supervisor.
    case followUp(item: String?, department: String?, demand: String, due: LocalDate?)
    /// 疑难问题报送: puts a question to the office above.
    case putIssue(item: String?, department: String?, question: String)
    /// 投诉
    case complain(item: String?, department: String?, text: String)
    /// Answers a matter; a bad rating with one of three outcomes.
    case answer(matter: String, answer: String, outcome: BadRatingOutcome?, by: LocalDate?)
    /// 延期: the answer to a complaint, once.
    case extend(matter: String, by: DayAmount, reason: String, approver: String)
    /// Puts a matter to the next office of the chain.
    case escalate(matter: String, reason: String)
    /// 回访
    case callBack(matter: String, isSatisfied: Bool, note: String)
    /// 销号
    case close(matter: String, note: String)
    /// 限期取证: promises a date for the project as a whole, or moves it once with a reason.
    case promiseCertificate(by: LocalDate, reason: String?)
}

/// What a matter opens with.
public struct MatterOpening: Hashable, Sendable, Codable {
    public let id: String
    public let kind: MatterKind
    public let item: String?
    public let department: String
    /// Who answers first.
    public let office: String
    public let text: String
    public let due: LocalDate

    public init(
        id: String, kind: MatterKind, item: String?, department: String, office: String, text: String, due: LocalDate
    ) {
        self.id = id
        self.kind = kind
        self.item = item
        self.department = department
        self.office = office
        self.text = text
        self.due = due
    }
}

// Members stand in the order of their names; `Codable` writes the same.

extension MatterOpening: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("department", department)
            $0.member("due", due)
            $0.member("id", id)
            $0.member("item", item)
            $0.member("kind", kind)
            $0.member("office", office)
            $0.member("text", text)
        }
    }
}

extension SupervisionCommand: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object { $0.member(name, object: writeMembers) }
    }

    var name: String {
        switch self {
        case .raiseCard: "raiseCard"
        case .noteAccountability: "noteAccountability"
        case .rate: "rate"
        case .followUp: "followUp"
        case .putIssue: "putIssue"
        case .complain: "complain"
        case .answer: "answer"
        case .extend: "extend"
        case .escalate: "escalate"
        case .callBack: "callBack"
        case .close: "close"
        case .promiseCertificate: "promiseCertificate"
        }
    }

    private func writeMembers(to json: inout CanonicalJSON) {
        switch self {
        case .raiseCard(let item, let participant, let rule, let level, let evidence):
            json.member("evidence", evidence)
            json.member("item", item)
            json.member("level", level)
            json.member("participant", participant)
            json.member("rule", rule)
        case .noteAccountability(let card, let measure, let note):
            json.member("card", card)
            json.member("measure", measure)
            json.member("note", note)
        case .rate(let item, let step, let score, let channel, let comment):
            json.member("channel", channel)
            json.member("comment", comment)
            json.member("item", item)
            json.member("score", score)
            json.member("step", step)
        case .followUp(let item, let department, let demand, let due):
            json.member("demand", demand)
            json.member("department", department)
            json.member("due", due)
            json.member("item", item)
        case .putIssue(let item, let department, let question):
            json.member("department", department)
            json.member("item", item)
            json.member("question", question)
        case .complain(let item, let department, let text):
            json.member("department", department)
            json.member("item", item)
            json.member("text", text)
        case .answer(let matter, let answer, let outcome, let by):
            json.member("answer", answer)
            json.member("by", by)
            json.member("matter", matter)
            json.member("outcome", outcome)
        case .extend(let matter, let amount, let reason, let approver):
            json.member("approver", approver)
            json.member("by", amount)
            json.member("matter", matter)
            json.member("reason", reason)
        case .escalate(let matter, let reason):
            json.member("matter", matter)
            json.member("reason", reason)
        case .callBack(let matter, let isSatisfied, let note):
            json.member("isSatisfied", isSatisfied)
            json.member("matter", matter)
            json.member("note", note)
        case .close(let matter, let note):
            json.member("matter", matter)
            json.member("note", note)
        case .promiseCertificate(let by, let reason):
            json.member("by", by)
            json.member("reason", reason)
        }
    }
}

extension SupervisionRule: CanonicallyWritten {}
extension MatterKind: CanonicallyWritten {}
extension BadRatingOutcome: CanonicallyWritten {}
extension AccountabilityMeasure: CanonicallyWritten {}
extension RatedStep: CanonicallyWritten {}
extension RatingChannel: CanonicallyWritten {}

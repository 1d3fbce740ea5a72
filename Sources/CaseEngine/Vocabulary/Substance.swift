import WorkCalendar

/// A document handed in (材料): which material it is, and the hash of its content.
public struct SuppliedMaterial: Hashable, Sendable, Codable {
    /// The id of the material in the workflow.
    public let material: String
    /// Hash of the content, in any notation; equal content must give equal text.
    public let hash: String
    /// The day on which it was made out, when it says so; validity counts from then.
    public let issuedOn: LocalDate?
    /// The last day on which it is valid; `nil` leaves it to the material's own validity.
    public let validUntil: LocalDate?
    /// The parts that differ from the document before, such as the numbers of sheets 图号; `nil` when all may.
    public let parts: [String]?

    public init(
        material: String, hash: String, issuedOn: LocalDate? = nil, validUntil: LocalDate? = nil,
        parts: [String]? = nil
    ) {
        self.material = material
        self.hash = hash
        self.issuedOn = issuedOn
        self.validUntil = validUntil
        self.parts = parts
    }
}

/// One thing to put right (告知事项): what is missing or wrong, and in which material.
///
/// A notice lists all its points at once (一次性告知).
public struct Point: Hashable, Sendable, Codable {
    public let text: String
    /// The id of the material that has to be supplied anew; `nil` when none has.
    public let material: String?
    /// The part of the material that it is pinned to, such as the number of a sheet 图号.
    public let part: String?

    public init(_ text: String, material: String? = nil, part: String? = nil) {
        self.text = text
        self.material = material
        self.part = part
    }
}

/// A department's opinion in a joint item (意见).
public enum Verdict: Hashable, Sendable, Codable {
    /// 通过
    case pass
    /// 有条件通过: passes, with points to be observed.
    case passWithConditions(points: [Point])
    /// 不通过: everything that has to be put right, at once.
    case fail(points: [Point])
    /// 不涉及: the department has nothing to say on this project.
    case notInvolved

    /// Whether it counts as a pass.
    public var passes: Bool {
        switch self {
        case .pass, .passWithConditions: true
        case .fail, .notInvolved: false
        }
    }

    public var points: [Point] {
        switch self {
        case .passWithConditions(let points), .fail(let points): points
        case .pass, .notInvolved: []
        }
    }
}

/// One participant's signature in a joint session (现场签署).
public struct SessionVote: Hashable, Sendable, Codable {
    /// The participant's id.
    public let participant: String
    public let verdict: Verdict
    /// The officer who signed.
    public let signer: String

    public init(participant: String, verdict: Verdict, signer: String) {
        self.participant = participant
        self.verdict = verdict
        self.signer = signer
    }
}

/// One participant's signature on an agreed date (到场签署).
public struct VisitVote: Hashable, Sendable, Codable {
    /// The participant's id.
    public let participant: String
    public let verdict: Verdict
    /// Those who were sent and signed: two or more on site.
    ///
    /// - Source: 行政许可法 (2019) art. 34.
    public let officers: [String]

    public init(participant: String, verdict: Verdict, officers: [String]) {
        self.participant = participant
        self.verdict = verdict
        self.officers = officers
    }
}

/// What is written down of a joint inspection (现场勘验记录), so that its six steps are all there: the commitment, the
/// guidance and the record in words; the staff sent, what they found and their signatures in the votes.
///
/// - Source: 乳山市“十四五”行政审批发展规划 四章五节一.
public struct VisitRecord: Hashable, Sendable, Codable {
    /// 告知承诺
    public let commitment: String
    /// 证前指导
    public let guidance: String
    /// 现场记录
    public let record: String

    public init(commitment: String, guidance: String, record: String) {
        self.commitment = commitment
        self.guidance = guidance
        self.record = record
    }
}

/// How an item is decided (办结).
public enum Decision: Hashable, Sendable, Codable {
    /// 准予
    case granted
    /// 容缺准予: granted while minor materials still follow.
    case grantedWithGaps
    /// 不予许可, with reasons and the ways to appeal.
    ///
    /// - Source: 行政许可法 (2019) art. 38.
    case refused(reasons: String, appeal: String)
}

/// A lawful procedure beside the review (特别程序) and whether it stops the clock.
///
/// - Source: 行政许可法 (2019) art. 45 lists what does not count; site visits and collective discussions are not in it.
public enum SpecialProcedure: String, Hashable, Sendable, Codable, CaseIterable {
    /// 听证
    case hearing
    /// 招标
    case tender
    /// 拍卖
    case auction
    /// 检验
    case inspection
    /// 检测
    case testing
    /// 检疫
    case quarantine
    /// 鉴定
    case appraisal
    /// 专家评审
    case expertReview = "expert-review"
    /// 公示
    case publicNotice = "public-notice"
    /// 现场勘查
    case siteVisit = "site-visit"
    /// 集体讨论
    case collectiveDiscussion = "collective-discussion"

    /// What a clock stands still for meanwhile.
    public var stopReason: StopReason {
        switch self {
        case .hearing: .hearing
        case .tender: .tender
        case .auction: .auction
        case .inspection: .inspection
        case .testing: .testing
        case .quarantine: .quarantine
        case .appraisal: .appraisal
        case .expertReview: .expertReview
        case .publicNotice: .publicNotice
        case .siteVisit: .siteVisit
        case .collectiveDiscussion: .collectiveDiscussion
        }
    }

    public var stopsClock: Bool { self != .siteVisit && self != .collectiveDiscussion }
}

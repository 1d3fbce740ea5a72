/// A stop of a clock (计时暂停): the half-open range (stop, resume] of closings, none of whose days count.
///
/// The day on which the clock stops still counts, the day on which it resumes does not, so a stop that begins and ends
/// on one day costs nothing. The days are as the office sees them: what is received on a day off resumes the clock on
/// the next working day, and it is for the caller to say so.
///
/// - Source: 行政许可法 (2019) art. 45: the time these procedures need is not counted, and the applicant is told its
///   length in writing.
public struct ClockStop: Hashable, Sendable, Codable {
    /// The day at whose closing the clock stopped.
    public let stop: LocalDate
    /// The day at whose closing it runs again; `nil` while it stands still. Not after `stop`: the stop costs nothing.
    public let resume: LocalDate?
    /// What the clock stands still for.
    public let reason: StopReason
    /// The legal basis, as it is quoted to the applicant.
    public let basis: String

    /// A stop of a clock, open-ended without `resume`.
    public init(stop: LocalDate, resume: LocalDate? = nil, reason: StopReason, basis: String) {
        self.stop = stop
        self.resume = resume
        self.reason = reason
        self.basis = basis
    }

    /// Whether the clock stands still on that day because of this stop.
    public func covers(_ date: LocalDate) -> Bool {
        stop < date && resume.map { date <= $0 } ?? true
    }

    var range: DayRange { DayRange(after: stop, through: resume ?? .latest) }
}

/// What a clock stands still for (停表事由).
///
/// - Source: the first eight are named by 行政许可法 (2019) art. 45. The others stop a clock only where a rule of the
///   place or of the item says so.
public enum StopReason: String, Hashable, Sendable, Codable, CaseIterable {
    /// Hearing 听证.
    case hearing
    /// Call for tenders 招标.
    case tender
    /// Auction 拍卖.
    case auction
    /// Inspection of goods or equipment 检验.
    case inspection
    /// Testing 检测.
    case testing
    /// Quarantine 检疫.
    case quarantine
    /// Expert appraisal of a fact 鉴定.
    case appraisal
    /// Expert review 专家评审.
    case expertReview = "expert-review"
    /// Public notice 公示.
    case publicNotice = "public-notice"
    /// Site visit 现场勘查.
    case siteVisit = "site-visit"
    /// Collective discussion 集体讨论.
    case collectiveDiscussion = "collective-discussion"
    /// Supplement asked for after admission 过程补件.
    case supplement
    /// Rectification by the applicant 整改.
    case rectification
    /// Suspension of the case 中止.
    case suspension
    /// Before an authority of another level 报上级.
    case referral

    /// Whether 行政许可法 art. 45 itself takes its time off the limit.
    public var isStatutory: Bool {
        switch self {
        case .hearing, .tender, .auction, .inspection, .testing, .quarantine, .appraisal, .expertReview: true
        case .publicNotice, .siteVisit, .collectiveDiscussion, .supplement, .rectification, .suspension, .referral:
            false
        }
    }
}

/// A longer limit granted while the clock runs (延长期限).
///
/// - Source: 行政许可法 (2019) art. 42: ten working days with the head's approval, fifteen for joint handling with the
///   approval of the government's head; the applicant is told the reason.
public struct ClockExtension: Hashable, Sendable, Codable {
    /// What is added to the limit, in the limit's unit.
    public let amount: DayAmount
    /// The day from whose closing on the limit is longer.
    public let granted: LocalDate
    /// The reason told to the applicant.
    public let reason: String

    /// An extension granted on a day.
    public init(amount: DayAmount, granted: LocalDate, reason: String) {
        self.amount = amount
        self.granted = granted
        self.reason = reason
    }
}

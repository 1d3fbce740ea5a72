/// Where an item stands (事项状态). Pauses are beside it, see ``Pause``: a paused item is still in review.
public enum ItemStatus: String, Hashable, Sendable, Codable, CaseIterable {
    /// Waits for other items.
    case planned
    /// 可办: its turn has come.
    case ready
    /// 预审, outside every clock.
    case preReview
    /// 收件: received, not yet admitted.
    case filed
    /// 补正中: the one correction notice is with the applicant.
    case correcting
    /// 不予受理
    case notAdmitted
    /// 受理、审查中: the clock runs.
    case inReview
    /// 准予
    case granted
    /// 容缺准予
    case grantedWithGaps
    /// 不予许可
    case refused
    /// 已发证
    case issued
    /// 已核查
    case checked
    /// 撤销
    case revoked
    /// 失效: nobody made use of it in time.
    case lapsed
    /// 退件
    case returned
    /// 撤回
    case withdrawn
    /// Work is being done 进行中.
    case underway
    /// Work is done, or a milestone reached 完成.
    case done
    /// 征求意见中: the participants give their opinions in parallel.
    case opining
    /// 联合勘验中: the participants meet.
    case inSession
    /// 合并意见: the lead merges them.
    case merging
    /// 整改中: the applicant puts right what the notice lists; the clock stands still.
    case rectifying
    /// 复核中: those who did not pass look again.
    case rechecking
    /// 待结论: the lead concludes.
    case concluding

    /// Whether the item is over in its favour, as others wait for it.
    public var isFinished: Bool {
        switch self {
        case .granted, .grantedWithGaps, .issued, .checked, .done: true
        default: false
        }
    }

    /// Whether the item's own clock runs unless it is paused: after admission and before the decision.
    public var isClocked: Bool {
        switch self {
        case .inReview, .opining, .inSession, .merging, .rechecking, .concluding, .underway: true
        default: false
        }
    }

    /// Admitted and undecided.
    public var isUnderReview: Bool { (isClocked && self != .underway) || self == .rectifying }

    /// Whether a new application may be filed after this one came to nothing.
    public var allowsFilingAgain: Bool {
        switch self {
        case .notAdmitted, .refused, .returned, .withdrawn, .revoked, .lapsed: true
        default: false
        }
    }
}

import WorkCalendar

/// The item states of the national data exchange (办理状态), by their codes.
///
/// - Source: 工程建设项目审批管理系统数据共享交换标准, field BLZT, as implemented by public systems.
public enum NationalItemState: Int, Hashable, Sendable, Codable, CaseIterable {
    case received = 1
    case withdrawnBeforeAdmission
    case admitted
    case notHandledHere
    case admissionRefused
    case correctionBegun
    case correctionEnded
    case underReview
    case specialProcedureBegun
    case specialProcedureEnded
    case granted
    case grantedWithGaps
    case refused
    case withdrawn
    case revoked

    public var title: LocalizedText {
        switch self {
        case .received: LocalizedText(zh: "接件", en: "received")
        case .withdrawnBeforeAdmission: LocalizedText(zh: "撤件", en: "taken back")
        case .admitted: LocalizedText(zh: "受理", en: "admitted")
        case .notHandledHere: LocalizedText(zh: "不受理", en: "not handled here")
        case .admissionRefused: LocalizedText(zh: "不予受理", en: "admission refused")
        case .correctionBegun: LocalizedText(zh: "补正（开始）", en: "correction begun")
        case .correctionEnded: LocalizedText(zh: "补正（结束）", en: "correction ended")
        case .underReview: LocalizedText(zh: "部门开始办理", en: "under review")
        case .specialProcedureBegun: LocalizedText(zh: "特别程序（开始）", en: "special procedure begun")
        case .specialProcedureEnded: LocalizedText(zh: "特别程序（结束）", en: "special procedure ended")
        case .granted: LocalizedText(zh: "办结（通过）", en: "closed, granted")
        case .grantedWithGaps: LocalizedText(zh: "办结（容缺通过）", en: "closed, granted with gaps")
        case .refused: LocalizedText(zh: "办结（不通过）", en: "closed, refused")
        case .withdrawn: LocalizedText(zh: "撤回", en: "withdrawn")
        case .revoked: LocalizedText(zh: "撤销", en: "revoked")
        }
    }
}

extension ItemState {
    /// The state under which the item is reported; `nil` before anything is filed and for work that nobody applies for.
    ///
    /// A rectification is reported as a correction after admission, an extension as it is: under review.
    public var national: NationalItemState? {
        switch status {
        case .planned, .ready, .preReview, .underway, .done: nil
        case .filed: correction == nil ? .received : .correctionEnded
        case .correcting, .rectifying: .correctionBegun
        case .notAdmitted: isForOtherBody ? .notHandledHere : .admissionRefused
        case .inReview, .opining, .inSession, .merging, .rechecking, .concluding: nationalInReview
        case .granted: .granted
        case .issued, .checked: gaps == nil ? .granted : .grantedWithGaps
        case .grantedWithGaps: .grantedWithGaps
        case .refused, .returned: .refused
        case .withdrawn: admittedOn == nil ? .withdrawnBeforeAdmission : .withdrawn
        // There is no code for a permit that lapsed; to others it is as void as a revoked one.
        case .revoked, .lapsed: .revoked
        }
    }

    private var nationalInReview: NationalItemState {
        switch pause?.kind {
        case .supplement: return .correctionBegun
        case .procedure, .suspension, .referral: return .specialProcedureBegun
        case nil: break
        }
        // What was last reported stands until the department goes on.
        if let stop = stops.last, let resumed = stop.resume, signatures.last.map({ $0.on < resumed }) ?? true {
            return stop.reason == .supplement || stop.reason == .rectification
                ? .correctionEnded : .specialProcedureEnded
        }
        return signatures.isEmpty && joint == nil && rare.first?.reviewBeganOn == nil ? .admitted : .underReview
    }
}

import CaseEngine
import WorkCalendar

/// In what state of work something is, in one of eight words (办理状态).
public enum WorkState: String, Sendable, Hashable, CaseIterable {
    case notStarted, ready, inProgress, waiting, approved, refused, notRequired, withdrawn

    public var word: LocalizedText {
        switch self {
        case .notStarted: LocalizedText(zh: "未开始", en: "not started")
        case .ready: LocalizedText(zh: "可办理", en: "ready")
        case .inProgress: LocalizedText(zh: "办理中", en: "in progress")
        case .waiting: LocalizedText(zh: "等待", en: "waiting")
        case .approved: LocalizedText(zh: "已办结", en: "approved")
        case .refused: LocalizedText(zh: "不予许可", en: "refused")
        case .notRequired: LocalizedText(zh: "不涉及", en: "not required")
        case .withdrawn: LocalizedText(zh: "已终止", en: "withdrawn")
        }
    }

    /// Whether something goes on here now: where one stands on the map.
    public var isActive: Bool { self == .inProgress || self == .waiting || self == .ready }

    /// The word for a state of the engine, which knows more of them.
    public init(_ status: ItemStatus) {
        self =
            switch status {
            case .planned: .notStarted
            case .ready: .ready
            case .preReview, .filed, .inReview, .underway, .opining, .inSession, .merging, .rechecking, .concluding:
                .inProgress
            case .correcting, .rectifying: .waiting
            case .granted, .grantedWithGaps, .issued, .checked, .done: .approved
            case .notAdmitted, .refused: .refused
            case .returned, .withdrawn, .revoked, .lapsed: .withdrawn
            }
    }
}

/// How a clock stands to its limit (预警灯): a shape and a number, and only then a colour.
public enum DeadlineLight: String, Sendable, Hashable, CaseIterable {
    case normal, near, overduePromised, overdueStatutory, stopped

    public var word: LocalizedText {
        switch self {
        case .normal: LocalizedText(zh: "正常", en: "normal")
        case .near: LocalizedText(zh: "临近", en: "near")
        case .overduePromised: LocalizedText(zh: "超承诺", en: "over the promised limit")
        case .overdueStatutory: LocalizedText(zh: "超法定", en: "over the statutory limit")
        case .stopped: LocalizedText(zh: "停表", en: "clock stopped")
        }
    }

    /// The sign, 16 px across, around a point: each of them another shape.
    package func mark(x: Double, y: Double) -> [Markup] {
        switch self {
        case .normal: return [.tag("circle", ["class": "f-teal", "cx": x.px, "cy": y.px, "r": "6"])]
        case .near:
            return [.tag("path", ["class": "f-amber", "d": "M\(x.px) \((y - 7).px)l8 13h-16z"])]
        case .overduePromised: return [GanttMarks.octagon(x: x, y: y)]
        case .overdueStatutory:
            return [
                GanttMarks.octagon(x: x, y: y),
                .tag("circle", ["class": "none s-ink", "cx": x.px, "cy": y.px, "r": "9", "stroke-width": "2"]),
            ]
        case .stopped:
            return [
                .tag("path", ["class": "f-purple", "d": "M\((x - 6).px) \((y - 7).px)h4v14h-4zm8 0h4v14h-4z"])
            ]
        }
    }
}

import WorkCalendar
import WorkflowModel

/// What people read for statuses and roles.
extension CaseStatus {
    public var title: LocalizedText {
        switch self {
        case .unopened: LocalizedText(zh: "未立案", en: "not open")
        case .open: LocalizedText(zh: "办理中", en: "open")
        case .completed: LocalizedText(zh: "已办结", en: "completed")
        case .withdrawn: LocalizedText(zh: "已撤件", en: "withdrawn")
        case .cancelled: LocalizedText(zh: "已终止", en: "cancelled")
        }
    }
}

extension ItemStatus {
    public var title: LocalizedText {
        switch self {
        case .planned: LocalizedText(zh: "未到", en: "planned")
        case .ready: LocalizedText(zh: "可办", en: "ready")
        case .preReview: LocalizedText(zh: "预审中", en: "in pre-review")
        case .filed: LocalizedText(zh: "已收件", en: "filed")
        case .correcting: LocalizedText(zh: "补正中", en: "being corrected")
        case .notAdmitted: LocalizedText(zh: "不予受理", en: "not admitted")
        case .inReview: LocalizedText(zh: "审查中", en: "in review")
        case .granted: LocalizedText(zh: "准予", en: "granted")
        case .grantedWithGaps: LocalizedText(zh: "容缺准予", en: "granted with gaps")
        case .refused: LocalizedText(zh: "不予许可", en: "refused")
        case .issued: LocalizedText(zh: "已发证", en: "issued")
        case .checked: LocalizedText(zh: "已核查", en: "checked")
        case .revoked: LocalizedText(zh: "已撤销", en: "revoked")
        case .lapsed: LocalizedText(zh: "已失效", en: "lapsed")
        case .returned: LocalizedText(zh: "已退件", en: "returned")
        case .withdrawn: LocalizedText(zh: "已撤回", en: "withdrawn")
        case .underway: LocalizedText(zh: "进行中", en: "under way")
        case .done: LocalizedText(zh: "已完成", en: "done")
        case .opining: LocalizedText(zh: "征求意见中", en: "waiting for opinions")
        case .inSession: LocalizedText(zh: "联合勘验中", en: "in session")
        case .merging: LocalizedText(zh: "待合并意见", en: "opinions being merged")
        case .rectifying: LocalizedText(zh: "整改中", en: "being rectified")
        case .rechecking: LocalizedText(zh: "复核中", en: "being rechecked")
        case .concluding: LocalizedText(zh: "待结论", en: "to be concluded")
        }
    }
}

extension PauseKind {
    public var title: LocalizedText {
        switch self {
        case .supplement: LocalizedText(zh: "补件", en: "a supplement")
        case .procedure: LocalizedText(zh: "特别程序", en: "a special procedure")
        case .suspension: LocalizedText(zh: "中止", en: "a suspension")
        case .referral: LocalizedText(zh: "报上级", en: "an answer from another level")
        }
    }
}

extension SpecialProcedure {
    /// In English the id, which reads as a title.
    public var title: LocalizedText { stopReason.title }
}

extension StopReason {
    /// In English the id, which reads as a title.
    public var title: LocalizedText {
        let zh =
            switch self {
            case .hearing: "听证"
            case .tender: "招标"
            case .auction: "拍卖"
            case .inspection: "检验"
            case .testing: "检测"
            case .quarantine: "检疫"
            case .appraisal: "鉴定"
            case .expertReview: "专家评审"
            case .publicNotice: "公示"
            case .siteVisit: "现场勘查"
            case .collectiveDiscussion: "集体讨论"
            case .supplement: "补件"
            case .rectification: "整改"
            case .suspension: "中止"
            case .referral: "报上级"
            }
        return LocalizedText(zh: zh, en: rawValue)
    }
}

extension ExpectedActor {
    public var title: LocalizedText {
        switch self {
        case .applicant: LocalizedText(zh: "建设单位或代办员", en: "the applicant or the agent")
        case .window: LocalizedText(zh: "综合窗口", en: "the window")
        case .department(let id): LocalizedText(zh: "部门 \(id)", en: "department \(id)")
        case .supervisor: LocalizedText(zh: "监察人员", en: "the supervisor")
        case .designer: LocalizedText(zh: "流程管理员", en: "a designer of workflows")
        case .system: LocalizedText(zh: "系统", en: "the system")
        case .either(let a, let b):
            LocalizedText(zh: "\(a.title.zh)或\(b.title.zh)", en: "\(a.title.en) or \(b.title.en)")
        }
    }
}

extension CardLevel {
    public var title: LocalizedText {
        switch self {
        case .blue: LocalizedText(zh: "蓝色提醒", en: "blue reminder")
        case .yellow: LocalizedText(zh: "黄牌", en: "yellow card")
        case .red: LocalizedText(zh: "红牌", en: "red card")
        case .statutoryRed: LocalizedText(zh: "法定超期红牌", en: "red card, statutory limit passed")
        }
    }
}

extension Actor.Role {
    public var title: LocalizedText {
        switch self {
        case .applicant: LocalizedText(zh: "建设单位", en: "applicant")
        case .agent: LocalizedText(zh: "代办员", en: "agent")
        case .window: LocalizedText(zh: "综合窗口", en: "window")
        case .department: LocalizedText(zh: "部门", en: "department")
        case .supervisor: LocalizedText(zh: "监察人员", en: "supervisor")
        case .designer: LocalizedText(zh: "流程管理员", en: "designer")
        case .system: LocalizedText(zh: "系统", en: "system")
        }
    }
}

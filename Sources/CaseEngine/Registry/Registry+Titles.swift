import WorkCalendar

/// What people read for roles, lists and kinds.
extension OfficerRole {
    public var title: LocalizedText {
        switch self {
        case .window: LocalizedText(zh: "窗口人员", en: "window officer")
        case .handler: LocalizedText(zh: "承办人", en: "handler")
        case .reviewer: LocalizedText(zh: "审查人", en: "reviewer")
        case .approver: LocalizedText(zh: "审批人", en: "approver")
        case .head: LocalizedText(zh: "负责人", en: "head")
        case .supervisor: LocalizedText(zh: "监察人员", en: "supervisor")
        case .manager: LocalizedText(zh: "管理者", en: "manager")
        case .editor: LocalizedText(zh: "流程管理员", en: "workflow editor")
        }
    }
}

extension WindowLevel {
    public var title: LocalizedText {
        switch self {
        case .admit: LocalizedText(zh: "受理", en: "admit")
        case .decide: LocalizedText(zh: "受理并准予", en: "admit and grant")
        }
    }
}

extension CreditList {
    public var title: LocalizedText {
        switch self {
        case .red: LocalizedText(zh: "红名单", en: "red list")
        case .black: LocalizedText(zh: "黑名单", en: "black list")
        }
    }
}

extension CreditBar.Cause {
    public var title: LocalizedText {
        switch self {
        case .breach: LocalizedText(zh: "失信记录", en: "a breach")
        case .blackList: LocalizedText(zh: "黑名单", en: "the black list")
        case .person: LocalizedText(zh: "关联人在黑名单", en: "a linked person on the black list")
        case .linkedOwner: LocalizedText(zh: "关联单位在黑名单", en: "a linked owner on the black list")
        }
    }
}

extension CreditBar {
    /// The cause with its subject, and how long.
    public var words: LocalizedText {
        LocalizedText(
            zh: "\(cause.title.zh) \(subject)" + (until.map { "，至 \($0)" } ?? "，至移出为止"),
            en: "\(cause.title.en), \(subject)" + (until.map { ", until \($0)" } ?? ", until it is lifted"))
    }
}

extension GreenChannelRule {
    public var title: LocalizedText {
        switch self {
        case .keyProject: LocalizedText(zh: "重点项目", en: "key project")
        case .credit: LocalizedText(zh: "信用等级", en: "credit grade")
        }
    }
}

extension SelectionMethod {
    public var title: LocalizedText {
        switch self {
        case .ownChoice: LocalizedText(zh: "自主选择", en: "own choice")
        case .bidding: LocalizedText(zh: "比选竞价", en: "bidding")
        case .tender: LocalizedText(zh: "招标", en: "tender")
        case .procurement: LocalizedText(zh: "政府采购", en: "procurement")
        }
    }
}

extension Payer {
    public var title: LocalizedText {
        switch self {
        case .owner: LocalizedText(zh: "建设单位", en: "owner")
        case .department: LocalizedText(zh: "部门", en: "department")
        }
    }
}

extension AgentAction {
    public var title: LocalizedText {
        switch self {
        case .open: LocalizedText(zh: "立案", en: "open a case")
        case .file: LocalizedText(zh: "申报", en: "file")
        case .supply: LocalizedText(zh: "补充材料", en: "supply materials")
        case .withdraw: LocalizedText(zh: "撤回", en: "withdraw")
        case .report: LocalizedText(zh: "报告工作", en: "report work")
        }
    }
}

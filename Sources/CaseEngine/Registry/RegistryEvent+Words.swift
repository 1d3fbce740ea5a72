import WorkCalendar

extension RegistryEvent.Kind {
    public var title: LocalizedText {
        switch self {
        case .officerRegistered: LocalizedText(zh: "人员登记", en: "officer registered")
        case .officerRemoved: LocalizedText(zh: "人员除名", en: "officer removed")
        case .absenceReported: LocalizedText(zh: "请假", en: "absence reported")
        case .absenceEnded: LocalizedText(zh: "销假", en: "absence ended")
        case .windowAuthorized: LocalizedText(zh: "窗口授权", en: "window authorized")
        case .windowAuthorityWithdrawn: LocalizedText(zh: "收回窗口授权", en: "window authority withdrawn")
        case .agentRegistered: LocalizedText(zh: "代办员登记", en: "agent registered")
        case .agentRemoved: LocalizedText(zh: "代办员除名", en: "agent removed")
        case .agentAssigned: LocalizedText(zh: "代办委托", en: "agent assigned")
        case .assignmentEnded: LocalizedText(zh: "委托终止", en: "assignment ended")
        case .keyProjectNamed: LocalizedText(zh: "列为重点项目", en: "key project named")
        case .keyProjectReleased: LocalizedText(zh: "移出重点项目", en: "key project released")
        case .ownerRegistered: LocalizedText(zh: "建设单位登记", en: "owner registered")
        case .ownerGraded: LocalizedText(zh: "信用评级", en: "owner graded")
        case .listed: LocalizedText(zh: "列入名单", en: "listed")
        case .unlisted: LocalizedText(zh: "移出名单", en: "unlisted")
        case .breachRecorded: LocalizedText(zh: "失信记录", en: "breach recorded")
        case .breachCleared: LocalizedText(zh: "信用修复", en: "breach cleared")
        case .firmRegistered: LocalizedText(zh: "中介登记", en: "intermediary registered")
        case .firmSelected: LocalizedText(zh: "中介选取", en: "intermediary selected")
        case .rated: LocalizedText(zh: "评价", en: "rated")
        case .regionAssessed: LocalizedText(zh: "区域评估", en: "region assessed")
        case .assessmentWithdrawn: LocalizedText(zh: "区域评估失效", en: "assessment withdrawn")
        case .projectPlaced: LocalizedText(zh: "项目所在区域", en: "project placed")
        case .policySet: LocalizedText(zh: "名册规则", en: "policy set")
        case .appointmentReported: LocalizedText(zh: "预约报备", en: "appointment reported")
        case .serviceSet: LocalizedText(zh: "服务时间", en: "hours of service")
        case .tenderAnnounced: LocalizedText(zh: "比选公告", en: "tender announced")
        case .tenderCancelled: LocalizedText(zh: "比选撤销", en: "tender cancelled")
        case .bidMade: LocalizedText(zh: "报价", en: "bid made")
        case .bidWithdrawn: LocalizedText(zh: "撤回报价", en: "bid withdrawn")
        case .tenderAwarded: LocalizedText(zh: "比选定标", en: "tender awarded")
        case .contractSigned: LocalizedText(zh: "合同网签", en: "contract signed")
        case .contractPerformed: LocalizedText(zh: "合同完成", en: "contract performed")
        case .contractEnded: LocalizedText(zh: "合同终止", en: "contract ended")
        }
    }
}

extension RegistryFlag {
    public var title: LocalizedText {
        switch self {
        case .beyondKeyProjects: LocalizedText(zh: "超过一人一个重点项目", en: "more key projects than one agent may have")
        case .affiliated: LocalizedText(zh: "中介与审批部门有隶属关系", en: "the firm belongs to the deciding department")
        case .badRating: LocalizedText(zh: "差评", en: "bad rating")
        case .deputyUnknown: LocalizedText(zh: "B 岗尚未登记", en: "the deputy is not registered yet")
        }
    }
}

extension RegistryEvent {
    /// What was entered, in one short sentence.
    public var words: LocalizedText {
        let (zh, en) = what.details
        return LocalizedText(
            zh: "\(kind.title.zh)：\(zh)"
                + (flags.isEmpty ? "" : "（注意：\(flags.map(\.title.zh).joined(separator: "；"))）"),
            en: "\(kind.title.en): \(en)"
                + (flags.isEmpty ? "" : " (note: \(flags.map(\.title.en).joined(separator: "; ")))"))
    }
}

extension RegistryEntry {
    fileprivate var details: (zh: String, en: String) {
        switch self {
        case .officerRegistered(let officer):
            let roles = officer.roles.sorted()
            return (
                "\(officer.department) \(officer.name)，\(roles.map(\.title.zh).joined(separator: "、"))"
                    + (officer.deputy.map { "，B 岗 \($0)" } ?? ""),
                "\(officer.name) of \(officer.department), \(roles.map(\.title.en).joined(separator: ", "))"
                    + (officer.deputy.map { ", deputy \($0)" } ?? "")
            )
        case .officerRemoved(let department, let name, let reason):
            return ("\(department) \(name)，\(reason)", "\(name) of \(department), \(reason)")
        case .absenceReported(let department, let name, let absence):
            return (
                "\(department) \(name)，\(absence.from) 至 \(absence.through)，\(absence.reason)",
                "\(name) of \(department), \(absence.from) to \(absence.through), \(absence.reason)"
            )
        case .absenceEnded(let department, let name, let day):
            return ("\(department) \(name)，\(day) 到岗", "\(name) of \(department), back on \(day)")
        case .windowAuthorized(let authority):
            return (
                "\(authority.department) 授权窗口\(authority.level.title.zh) \(authority.id)",
                "\(authority.department) lets the window \(authority.level.title.en) \(authority.id)"
            )
        case .windowAuthorityWithdrawn(let id, let reason), .agentRemoved(let id, let reason),
            .keyProjectNamed(let id, let reason), .keyProjectReleased(let id, let reason),
            .breachCleared(let id, let reason), .assessmentWithdrawn(let id, let reason):
            return ("\(id)，\(reason)", "\(id), \(reason)")
        case .agentRegistered(let agent): return (agent.name, agent.name)
        case .agentAssigned(let assignment, let reason):
            let whom = assignment.project ?? assignment.owner ?? ""
            let why = reason.map { ($0.isEmpty ? "" : "，\($0)", $0.isEmpty ? "" : ", \($0)") } ?? ("", "")
            return (
                "\(assignment.agent) 代办 \(whom)，至 \(assignment.until)\(why.0)",
                "\(assignment.agent) for \(whom), until \(assignment.until)\(why.1)"
            )
        case .assignmentEnded(let id, let last, let reason):
            return ("\(id)，至 \(last)，\(reason)", "\(id), until \(last), \(reason)")
        default: return detailsOfOthers
        }
    }

    private var detailsOfOthers: (zh: String, en: String) {
        switch self {
        case .ownerRegistered(let owner): return ("\(owner.name)（\(owner.code)）", "\(owner.name) (\(owner.code))")
        case .ownerGraded(let owner, let grade, let source):
            return ("\(owner) \(grade.rawValue)，\(source)", "\(owner) \(grade.rawValue), \(source)")
        case .listed(let subject, let listing):
            return (
                "\(subject.id)，\(listing.list.title.zh)，\(listing.reason)",
                "\(subject.id), \(listing.list.title.en), \(listing.reason)"
            )
        case .unlisted(let subject, let list, let reason):
            return ("\(subject.id)，\(list.title.zh)，\(reason)", "\(subject.id), \(list.title.en), \(reason)")
        case .breachRecorded(let breach):
            return (
                "\(breach.owner)，\(breach.kind.title.zh)，办件 \(breach.caseID) \(breach.item)",
                "\(breach.owner), \(breach.kind.title.en), case \(breach.caseID) \(breach.item)"
            )
        case .firmRegistered(let firm): return ("\(firm.name)（\(firm.code)）", "\(firm.name) (\(firm.code))")
        case .firmSelected(let selection):
            return (
                "\(selection.project) \(selection.item) 选取 \(selection.firm)，\(selection.method.title.zh)，\(selection.payer.title.zh)付费",
                "\(selection.firm) for \(selection.item) of \(selection.project), by \(selection.method.title.en), paid by the \(selection.payer.title.en)"
            )
        case .rated(let rating):
            return (
                "\(rating.rated == .firm ? "建设单位评中介" : "中介评建设单位") \(rating.firm) \(rating.item)：\(rating.score) 分",
                "\(rating.rated == .firm ? "the owner rates the firm" : "the firm rates the owner"), \(rating.firm) in \(rating.item): \(rating.score)"
            )
        case .regionAssessed(let assessment):
            return (
                "\(assessment.topic)，\(assessment.zones.joined(separator: "、"))，至 \(assessment.until)",
                "\(assessment.topic), \(assessment.zones.joined(separator: ", ")), until \(assessment.until)"
            )
        case .appointmentReported(let report):
            let at = report.at.map { (" \($0)", " \($0)") } ?? (" 已空出", ", free again")
            return ("\(report.id)，\(report.date)\(at.0)", "\(report.id), \(report.date)\(at.1)")
        case .projectPlaced(let project, let zone): return ("\(project) 在 \(zone)", "\(project) lies in \(zone)")
        case .policySet(let policy, let reason):
            return (
                "失信限制 \(policy.barMonths) 个月，每名代办员 \(policy.keyProjectsPerAgent) 个重点项目，绿色通道 \(policy.greenGrade.rawValue) 级，中介逾期 \(policy.firmBreaches) 次不得选取，\(reason)",
                "bar \(policy.barMonths) months, \(policy.keyProjectsPerAgent) key project(s) an agent, green channel from \(policy.greenGrade.rawValue), no firm that was late \(policy.firmBreaches) times, \(reason)"
            )
        case .serviceSet(let service, let reason):
            return ("\(service.words.zh)，\(reason)", "\(service.words.en), \(reason)")
        default: return detailsOfMarket ?? ("", "")
        }
    }
}

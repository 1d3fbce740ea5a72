import WorkCalendar

extension CaseRejection {
    /// Why not, where the registry says so, and what to do.
    var textOfRegistry: LocalizedText {
        switch self {
        case .unknownOfficer(let name, let department):
            LocalizedText(
                zh: "\(department) 登记的工作人员中没有在岗的“\(name)”。由登记的人员办理，或先在名册登记。",
                en: "'\(name)' is no officer of \(department) on that day. "
                    + "Let a registered officer do it, or register the person first.")
        case .officerAbsent(let name, let through, let deputy):
            LocalizedText(
                zh: "\(name)请假至 \(through)，计时不停。" + (deputy.map { "由 B 岗\($0)办理。" } ?? "指定 B 岗办理，或先销假。"),
                en: "\(name) is away until \(through), and the clock goes on. "
                    + (deputy.map { "Let the deputy \($0) do it." } ?? "Name a deputy, or end the absence first."))
        case .officerRoleMissing(let name, let department, let roles):
            LocalizedText(
                zh:
                    "\(name)在 \(department) 没有\(roles.map(\.title.zh).joined(separator: "、"))岗位，也不是请假中的该岗位人员的 B 岗。由该岗位人员办理。",
                en:
                    "\(name) is no \(roles.map(\.title.en).joined(separator: " or ")) of \(department), nor the deputy of one "
                    + "who is away. Let such an officer do it.")
        case .secondOfficerNeeded:
            LocalizedText(
                zh: "现场核查须有两名以上工作人员签署。补上另一名的签署。",
                en: "Two officers or more sign for a check on the spot. Add the other one.")
        case .windowNotAuthorized(let item, let level):
            LocalizedText(
                zh: "窗口没有\(level.title.zh)事项 \(item) 的授权。转部门办理，或由部门先授权。",
                en: "The window has no authority to \(level.title.en) item \(item). "
                    + "Hand it to the department, or have it authorize the window first.")
        case .unknownAgent(let name):
            LocalizedText(
                zh: "名册中没有代办员“\(name)”。由登记的代办员办理，或先登记。",
                en: "The registry has no agent '\(name)'. Let a registered agent act, or register this one first.")
        case .agentNotAssigned(let agent, let project):
            LocalizedText(
                zh: "代办员\(agent)没有项目 \(project) 的委托。由建设单位委托后再办理。",
                en: "Agent \(agent) is not assigned to project \(project). Have the owner assign the agent first.")
        case .assignmentNotInForce(let agent, let from, let until):
            LocalizedText(
                zh: "代办员\(agent)的委托自 \(from) 至 \(until)，当日不在期内。续办委托，或由建设单位办理。",
                en: "The assignment of agent \(agent) runs from \(from) to \(until), not on that day. "
                    + "Renew it, or let the owner act.")
        case .outsideAssignment(let agent, let action, let stage):
            LocalizedText(
                zh: "代办员\(agent)的委托不包括" + (stage.map { "阶段 \($0) 的" } ?? "") + "“\(action.title.zh)”。由建设单位办理，或扩大委托。",
                en: "The assignment of agent \(agent) does not let the agent \(action.title.en)"
                    + (stage.map { " in stage \($0)" } ?? "") + ". Let the owner act, or widen it.")
        case .toleranceBarred(let materials, let bar):
            LocalizedText(
                zh: "建设单位不适用容缺受理：\(bar.words.zh)。补齐 \(materials.joined(separator: "、")) 后再申报。",
                en: "The owner gets no tolerance: \(bar.words.en). File with \(materials.joined(separator: ", ")).")
        case .commitmentBarred(let item, let bar):
            LocalizedText(
                zh: "建设单位不适用告知承诺：\(bar.words.zh)。事项 \(item) 按一般程序办理。",
                en: "The owner's commitments do not count: \(bar.words.en). Item \(item) goes the ordinary way.")
        case .regionNotAssessed(let fact, let zone):
            LocalizedText(
                zh: zone.map { "区域 \($0) 当日没有支持 \(fact) 的有效区域评估。" } ?? "项目所在区域没有登记，\(fact) 无从核实。"
                    + "登记区域和评估，或改正项目属性。",
                en: (zone.map { "Zone \($0) has no regional assessment for \(fact) that holds on that day. " }
                    ?? "The project's zone is not registered, so \(fact) cannot be verified. ")
                    + "Register the zone and the assessment, or correct the fact.")
        case .alreadyBooked, .noAppointment, .bookingBarred, .bookingDateNotPossible, .windowClosedThen, .outsideHours,
            .slotFull, .appointmentOnOtherDay:
            textOfAppointments
        case .notDivided:
            LocalizedText(
                zh: "项目没有划分单项工程，作为一个整体办理，不能增加。另行立案。",
                en:
                    "The project is not divided into works but goes as one, so none can be added. Open a case of its own."
            )
        case .workExists(let id):
            LocalizedText(
                zh: "单项工程 \(id)（或其工程代码）已经有了。换一个编号。",
                en: "There is a work \(id), or one with its code. Use another id.")
        case .workUnnamed(let id):
            LocalizedText(
                zh: "“\(id)”不能作单项工程的编号。用小写字母、数字和连字符，至多 64 个。",
                en: "'\(id)' is no id of a work. Use lower-case letters, digits and hyphens, 64 at most.")
        case .tooManyWorks(let limit):
            LocalizedText(
                zh: "一个项目至多 \(limit) 个单项工程。另行立案。",
                en: "A project has at most \(limit) works. Open a case of its own.")
        case .alreadyReferred(let item):
            LocalizedText(
                zh: "事项 \(item) 已经报过上级，一次申请只报一次。按上级的答复办理。",
                en: "Item \(item) has been handed to another level, once an application. Go by its answer.")
        case .decidedElsewhere(let item, let authority, let agrees):
            LocalizedText(
                zh: "事项 \(item) 由 \(authority) 决定，已答复\(agrees ? "同意" : "不同意")，本级不得作相反的决定。按答复办理。",
                en:
                    "Item \(item) is for \(authority) to decide, which \(agrees ? "agreed" : "declined"). Decide accordingly."
            )
        case .standardNotStated(let applied):
            LocalizedText(
                zh:
                    "区域评估 \(applied.assessment)（\(applied.document)）要求 \(applied.standard.words)，项目没有写明 \(applied.standard.fact)。"
                    + "补充该项数值，或不按区域评估办理。",
                en:
                    "Regional assessment \(applied.assessment) (\(applied.document)) asks for \(applied.standard.words), "
                    + "and the project does not say its \(applied.standard.fact). Add it, or go without the assessment."
            )
        case .standardExceeded(let value, let applied):
            LocalizedText(
                zh: "\(applied.standard.fact) 为 \(value.plain)，不符合 \(applied.standard.words)"
                    + "（区域评估 \(applied.assessment)，\(applied.document)）。改正后再办，或不按区域评估办理。",
                en: "\(applied.standard.fact) is \(value.plain), beyond \(applied.standard.words) "
                    + "(regional assessment \(applied.assessment), \(applied.document)). Put it right, or go without the assessment."
            )
        case .noStandard(let fact):
            LocalizedText(
                zh: "项目所在区域对 \(fact) 没有控制指标，无需实测。核对名称。",
                en: "The project's area has no control value of \(fact), so nothing is measured. Check the name.")
        case .valuesNotMeasured(let item, let facts):
            LocalizedText(
                zh: "事项 \(item) 还没有实测 \(facts.joined(separator: "、"))。先登记实测值，再作结论。",
                en:
                    "Item \(item) lacks the measured \(facts.joined(separator: ", ")). Enter the values before it is concluded."
            )
        case .notRegisteredEditor(let name):
            LocalizedText(
                zh: "名册登记了流程管理员，其中没有在岗的“\(name)”。由登记的流程管理员办理。",
                en: "The registry has designers, and '\(name)' is none of those in office. Let one of them do it.")
        case .firmNotSelected(let item):
            LocalizedText(
                zh: "事项 \(item) 还没有为本项目选取中介机构。先从登记的中介机构中选取。",
                en: "No firm was selected for item \(item) of this project. Select a registered one first.")
        case .firmBarred(let firm, let item):
            LocalizedText(
                zh: "中介机构 \(firm) 已列入黑名单，不得承担事项 \(item)。另行选取。",
                en: "Firm \(firm) is on the black list and may not do item \(item). Select another.")
        case .greenChannelUnchanged(let isOpen):
            isOpen
                ? LocalizedText(zh: "办件已在绿色通道。无需再办。", en: "The case is in the green channel already. Nothing to do.")
                : LocalizedText(
                    zh: "办件不在绿色通道。无需再办。", en: "The case is not in the green channel. Nothing to do.")
        case .greenChannelNotByRule(let isOpen):
            isOpen
                ? LocalizedText(
                    zh: "按规则办件应在绿色通道。要退出的，写明理由。",
                    en: "By the rule the case belongs in the green channel. Say why it is to leave it.")
                : LocalizedText(
                    zh: "既非重点项目，信用也未达标，按规则不进绿色通道。确需进入的，写明理由。",
                    en: "It is no key project, nor is the owner's credit good enough for the green channel. "
                        + "Say why it is to go first all the same.")
        default:
            preconditionFailure("the words of every other rejection stand with it")
        }
    }
}

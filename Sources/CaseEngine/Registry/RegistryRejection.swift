import WorkCalendar

/// Why an entry cannot be made in the registry (不予登记). Nothing has happened.
public enum RegistryRejection: Error, Hashable, Sendable {
    case dateBeforeLast(LocalDate)
    case notAllowed(RegistryEvent.Kind)
    case nameMissing
    case textTooLong(limit: Int)
    case notPlain(String)
    case tooMany(limit: Int)
    case reasonMissing
    case datesReversed(from: LocalDate, until: LocalDate)
    case unknown(RegistryThing, String)
    case rolesMissing
    case ownDeputy(String)
    case lastOfficer(department: String)
    case lastManager
    case absenceOverlaps(Absence)
    case scopeMissing
    case keyProjectsExceeded(agent: String, projects: [String])
    case ownerNameTaken(String, by: String)
    case breachExists(String)
    case serviceNotOffered(firm: String, service: String)
    case qualificationMissing(firm: String, service: String)
    case firmBlacklisted(String)
    /// Too many services later than promised.
    case firmOftenLate(String, count: Int, until: LocalDate)
    case choiceIsOwners
    case departmentPays
    case scoreOutOfRange
    case notSelected(firm: String)
    case policyOutOfRange
    /// A control value that nothing can keep, or that no fact rests on.
    case standardInvalid(String)

    // Tenders and contracts.
    case tenderExists(String)
    /// Nobody else is asked or selected meanwhile.
    case tenderOpen(String)
    case tenderOver(String)
    case tenderNotClosed(String, until: LocalDate)
    case bidIsFirms(String)
    case priceOutOfRange(ceiling: Money?)
    case daysOutOfRange
    case noBidCounts(String)
    case seedOfDraw(isWanted: Bool)
    case awardNotByMethod(String)
    case contractExists(String)
    case contractOpen(String)
    case contractOver(String)
    case contractDeparts(tender: String, price: Money, days: Int)
    case dayNotPossible(LocalDate, from: LocalDate, until: LocalDate?)
}

/// What an entry is about.
public enum RegistryThing: String, Hashable, Sendable, CaseIterable {
    case officer, agent, assignment, keyProject, owner, listing, breach, firm, authority, assessment, absence
    case tender, bid, contract

    public var title: LocalizedText {
        switch self {
        case .officer: LocalizedText(zh: "工作人员", en: "officer")
        case .agent: LocalizedText(zh: "代办员", en: "agent")
        case .assignment: LocalizedText(zh: "代办委托", en: "assignment")
        case .keyProject: LocalizedText(zh: "重点项目", en: "key project")
        case .owner: LocalizedText(zh: "建设单位", en: "owner")
        case .listing: LocalizedText(zh: "名单记录", en: "place on a list")
        case .breach: LocalizedText(zh: "失信记录", en: "breach")
        case .firm: LocalizedText(zh: "中介机构", en: "intermediary")
        case .authority: LocalizedText(zh: "窗口授权", en: "window authority")
        case .assessment: LocalizedText(zh: "区域评估", en: "regional assessment")
        case .absence: LocalizedText(zh: "请假记录", en: "absence")
        case .tender: LocalizedText(zh: "比选", en: "tender")
        case .bid: LocalizedText(zh: "报价", en: "bid")
        case .contract: LocalizedText(zh: "合同", en: "contract")
        }
    }
}

extension RegistryRejection {
    /// The stable name of the rejection; never reused for another.
    public var code: String {
        switch self {
        case .dateBeforeLast: "dateBeforeLast"
        case .notAllowed: "notAllowed"
        case .nameMissing: "nameMissing"
        case .textTooLong: "textTooLong"
        case .notPlain: "notPlain"
        case .tooMany: "tooMany"
        case .reasonMissing: "reasonMissing"
        case .datesReversed: "datesReversed"
        case .unknown: "unknown"
        case .rolesMissing: "rolesMissing"
        case .ownDeputy: "ownDeputy"
        case .lastOfficer: "lastOfficer"
        case .lastManager: "lastManager"
        case .absenceOverlaps: "absenceOverlaps"
        case .scopeMissing: "scopeMissing"
        case .keyProjectsExceeded: "keyProjectsExceeded"
        case .ownerNameTaken: "ownerNameTaken"
        case .breachExists: "breachExists"
        case .serviceNotOffered: "serviceNotOffered"
        case .qualificationMissing: "qualificationMissing"
        case .firmBlacklisted: "firmBlacklisted"
        case .firmOftenLate: "firmOftenLate"
        case .choiceIsOwners: "choiceIsOwners"
        case .departmentPays: "departmentPays"
        case .scoreOutOfRange: "scoreOutOfRange"
        case .notSelected: "notSelected"
        case .policyOutOfRange: "policyOutOfRange"
        case .standardInvalid: "standardInvalid"
        default: codeOfMarket
        }
    }

    /// Every code there is, in the order of the declaration.
    public static let codes =
        [
            "dateBeforeLast", "notAllowed", "nameMissing", "textTooLong", "notPlain", "tooMany", "reasonMissing",
            "datesReversed", "unknown", "rolesMissing", "ownDeputy", "lastOfficer", "lastManager", "absenceOverlaps",
            "scopeMissing", "keyProjectsExceeded", "ownerNameTaken", "breachExists", "serviceNotOffered",
            "qualificationMissing", "firmBlacklisted", "firmOftenLate", "choiceIsOwners", "departmentPays",
            "scoreOutOfRange",
            "notSelected", "policyOutOfRange", "standardInvalid",
        ] + codesOfMarket

    /// Why not, and what to do.
    public var text: LocalizedText {
        switch self {
        case .dateBeforeLast(let last):
            LocalizedText(
                zh: "日期早于名册最近的登记（\(last)）。用该日或之后的日期。",
                en: "The date is before the registry's last entry (\(last)). Use that date or a later one.")
        case .notAllowed(let kind):
            LocalizedText(
                zh: "\(kind.title.zh)由\(kind.keepers.zh)登记。转给对方办理。",
                en: "This entry (\(kind.title.en)) is for \(kind.keepers.en) to make. Hand it over.")
        case .nameMissing:
            LocalizedText(zh: "名称或编号为空。填写名称。", en: "A name or an id is empty. Give one.")
        case .textTooLong(let limit):
            LocalizedText(
                zh: "文字超过 \(limit) 个字符。请缩短。", en: "A text has more than \(limit) characters. Shorten it.")
        case .notPlain(let text):
            LocalizedText(
                zh: "“\(text)”含有控制字符。去掉后再登记。",
                en: "'\(text)' has control characters. Take them out.")
        case .tooMany(let limit):
            LocalizedText(
                zh: "超过 \(limit) 项的上限。删去不用的，或分开登记。",
                en: "That is more than the limit of \(limit). Remove what is not used, or split the entry.")
        case .reasonMissing:
            LocalizedText(zh: "缺少理由。写明理由。", en: "The reason is missing. Say why.")
        case .datesReversed(let from, let until):
            LocalizedText(
                zh: "起始日 \(from) 晚于终止日 \(until)。核对日期。",
                en: "The first day \(from) is after the last one \(until). Check the dates.")
        case .unknown(let thing, let id):
            LocalizedText(
                zh: "名册中没有\(thing.title.zh)“\(id)”。核对，或先登记。",
                en: "The registry has no \(thing.title.en) '\(id)'. Check it, or register it first.")
        case .rolesMissing:
            LocalizedText(
                zh: "工作人员至少要有一个岗位。写明岗位。", en: "An officer has at least one role. Give one.")
        case .ownDeputy(let name):
            LocalizedText(
                zh: "\(name)不能作自己的 B 岗。另指一人。", en: "\(name) cannot be their own deputy. Name somebody else.")
        case .lastOfficer(let department):
            LocalizedText(
                zh: "这是 \(department) 最后一名登记的工作人员，除名后谁都可以以该部门名义办理。先登记接替的人。",
                en: "This is the last registered officer of \(department); without one, anybody could act in its name. "
                    + "Register the successor first.")
        case .lastManager:
            LocalizedText(
                zh: "这是最后一名管理者。先登记接替的管理者。", en: "This is the last manager. Register another one first.")
        case .absenceOverlaps(let other):
            LocalizedText(
                zh: "与 \(other.from) 至 \(other.through) 的请假重叠。先销假，或改日期。",
                en: "It overlaps the absence from \(other.from) to \(other.through). End that one, or change the dates."
            )
        default: textOfMatters
        }
    }

    private var textOfMatters: LocalizedText {
        switch self {
        case .scopeMissing:
            LocalizedText(
                zh: "代办委托须写明项目或建设单位。补充其一。",
                en: "An assignment names a project or an owner. Give one of them.")
        case .keyProjectsExceeded(let agent, let projects):
            LocalizedText(
                zh: "代办员\(agent)已对接重点项目 \(projects.joined(separator: "、"))，一名代办员对接一个重点项目。另派他人；确需兼办的写明理由。",
                en:
                    "Agent \(agent) already has the key project \(projects.joined(separator: ", ")), and one agent has one. "
                    + "Assign somebody else, or give the reason for more.")
        case .ownerNameTaken(let name, let code):
            LocalizedText(
                zh: "名称“\(name)”已登记在 \(code) 名下。办件按名称认建设单位，名称不能重复。",
                en: "The name '\(name)' is registered for \(code). Cases know owners by name, so it must be unique.")
        case .breachExists(let id):
            LocalizedText(
                zh: "失信行为 \(id) 已经登记过，内容不同。核对办件和事件序号。",
                en: "The breach \(id) was recorded before, with other content. Check the case and the event's number.")
        case .serviceNotOffered(let firm, let service):
            LocalizedText(
                zh: "中介机构 \(firm) 没有登记服务“\(service)”及其三承诺。另选一家，或先登记。",
                en: "Intermediary \(firm) has not registered the service '\(service)' with its three promises. "
                    + "Choose another, or register it first.")
        case .qualificationMissing(let firm, let service):
            LocalizedText(
                zh: "中介机构 \(firm) 当日没有办理“\(service)”的有效资质。另选一家，或登记新的资质。",
                en: "Intermediary \(firm) has no qualification for '\(service)' that holds on that day. "
                    + "Choose another, or register the new one.")
        case .firmBlacklisted(let firm):
            LocalizedText(
                zh: "中介机构 \(firm) 在黑名单上，一处失信、处处受限。另选一家。",
                en: "Intermediary \(firm) is on the black list and cannot be chosen anywhere. Choose another.")
        case .firmOftenLate(let firm, let count, let until):
            LocalizedText(
                zh: "中介机构 \(firm) 有 \(count) 次服务逾期记录，至 \(until) 不得选取。另选一家，或先办理信用修复。",
                en: "Intermediary \(firm) was late \(count) times and is not selected until after \(until). "
                    + "Choose another, or have a breach cleared first.")
        case .standardInvalid(let fact):
            LocalizedText(
                zh: "控制指标 \(fact) 没有可取的值，或者评估没有可主张的属性。写明上限或下限，下限不大于上限，并用 --fact 指明属性。",
                en: "No value keeps the control value of \(fact), or the assessment names no fact to claim. "
                    + "Give a least or a most, the least no larger, and a --fact.")
        case .choiceIsOwners:
            LocalizedText(
                zh: "建设单位付费的中介由建设单位自主选择，部门不得指定。由建设单位或其代办员选取。",
                en: "The owner chooses the intermediary that it pays, and no department may name one. "
                    + "Let the owner or its agent choose.")
        case .departmentPays:
            LocalizedText(
                zh: "部门委托的技术性服务应竞争择优选取，由部门付费。改为部门付费并写明比选、招标或采购。",
                en: "A department commissions by competition and pays itself. "
                    + "Make the department the payer and the method bidding, tender or procurement.")
        case .scoreOutOfRange:
            LocalizedText(
                zh: "评分为 1（非常满意）至 5（非常不满意）。改用其中之一。",
                en: "A score is 1 (very satisfied) to 5 (very dissatisfied). Use one of these.")
        case .notSelected(let firm):
            LocalizedText(
                zh: "没有选取 \(firm) 办理该事项的记录，不能评价。核对项目和事项。",
                en: "There is no record that \(firm) was chosen for this item, so there is nothing to rate. Check both."
            )
        default:
            textOfMarket
                ?? LocalizedText(
                    zh: "限制月数为 1 至 120，每名代办员的重点项目和中介逾期次数为 1 至 100，预约时段 5 至 480 分钟、名额 1 至 1000、提前 1 至 365 天。改用范围内的数。",
                    en:
                        "The bar is 1 to 120 months; key projects per agent and late services of a firm are 1 to 100; times are 5 to 480 minutes "
                        + "for 1 to 1000, up to 365 days ahead. Use such numbers.")
        }
    }
}

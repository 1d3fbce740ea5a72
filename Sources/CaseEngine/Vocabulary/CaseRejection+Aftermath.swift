import WorkCalendar

extension CaseRejection {
    /// Why not, and what to do, where promises and what follows a decision are concerned.
    var textOfAftermath: LocalizedText {
        switch self {
        case .commitmentUnsigned(let item):
            LocalizedText(
                zh: "事项 \(item) 由申请人选择：签署承诺书，或按一般程序办理。请申请人先选择。",
                en:
                    "The applicant of item \(item) chooses a promise or the ordinary way. Let the applicant choose first."
            )
        case .commitmentChosen(let item):
            LocalizedText(
                zh: "事项 \(item) 的办理方式已由申请人选定，不能再改。按选定的方式办理。",
                en: "The applicant of item \(item) has chosen already. Go on in the way chosen.")
        case .restsOnRevoked(let material, let item):
            LocalizedText(
                zh: "所依据的材料 \(material) 由事项 \(item) 发放，现已撤销、失效或中止效力。等 \(item) 重新发放后再办理。",
                en:
                    "It rests on material \(material) of item \(item), which was revoked, has lapsed or is suspended. Wait until \(item) issues it anew."
            )
        case .legalReviewMissing(let item):
            LocalizedText(
                zh: "事项 \(item) 作出不予许可决定前须经法制审核同意。先送法制审核。",
                en: "A refusal of item \(item) needs a lawyer's consent first. Have its legality reviewed.")
        case .sameReasons(let item):
            LocalizedText(
                zh: "事项 \(item) 的原决定已被撤销，不得以同一理由再次拒绝。依法重新审查后作出决定。",
                en:
                    "The refusal of item \(item) was annulled and may not be repeated for the same reasons. Decide anew."
            )
        case .procedureTooLong(let longest):
            LocalizedText(
                zh: "该特别程序最长 \(longest)。缩短告知的时限。",
                en: "This procedure takes \(longest) at most. Announce no more than that.")
        case .technicalReviewDone(let item, let review):
            LocalizedText(
                zh: "技术审查 \(review) 已经作出结论，事项 \(item) 不再重复审查。按其结论办理。",
                en:
                    "The technical review \(review) has its result, and item \(item) does not repeat it. Rely on that result."
            )
        case .effectSuspended(let item):
            LocalizedText(
                zh: "事项 \(item) 因未履行承诺已中止效力。先补齐、整改，或依法撤销。",
                en: "Item \(item) has no effect since a promise was broken. Have the promise kept, or revoke it.")
        case .alreadyDelivered(let item):
            LocalizedText(
                zh: "事项 \(item) 的结果已经送达。无需再次送达。",
                en: "What item \(item) issued has been delivered. Nothing needs doing.")
        case .windowHandsOut(let item):
            LocalizedText(
                zh: "事项 \(item) 的文书和证件由综合窗口统一送达申请人，部门不直接送达。交由窗口办理。",
                en:
                    "What the applicant gets in item \(item) is handed out by the window alone, not by departments. Leave it to the window."
            )
        case .nothingToHandOut(let item, let notice):
            LocalizedText(
                zh: "事项 \(item) 没有待窗口转达的\(notice.title.zh)。查看窗口待办。",
                en:
                    "Item \(item) has no \(notice.title.en.lowercased()) that waits for the window. Look at the window's tasks."
            )
        case .placeMissing:
            LocalizedText(
                zh: "就近、上门收件须写明地点。填写收件地点。",
                en: "What is taken in nearby or at the applicant's has a place. State it.")
        case .trackingMissing:
            LocalizedText(zh: "快递送达须有运单号。填写运单号。", en: "A courier's parcel has a tracking number. State it.")
        case .inspectorsMissing:
            LocalizedText(
                zh: "抽查须有两名以上不同的检查人员。补齐名单。", en: "A check takes two different inspectors at least. Name them.")
        case .breachOpen(let item):
            LocalizedText(
                zh: "事项 \(item) 的不符已经查明，正在处理。等整改或撤销后再核查。",
                en: "The breach of item \(item) is known and being dealt with. Check again when it is.")
        case .extensionsUsed(let item, let most):
            LocalizedText(
                zh: "事项 \(item) 最多延期 \(most) 次，已经用完。在期限内开工，否则重新申请。",
                en: "Item \(item) may be extended \(most) times, and has been. Make use of it in time, or apply anew.")
        case .appealPending(let route):
            LocalizedText(
                zh: "\(route.title.zh)尚未作出结果。等结果作出后再选择其他途径。",
                en: "There is no answer yet: \(route.title.en). Wait for it before taking another way.")
        case .appealUsed(let route):
            LocalizedText(
                zh: "\(route.title.zh)的途径已经用过。只能走尚未使用的途径。",
                en: "This way has been taken: \(route.title.en). Take another, if one is left.")
        case .appealTooLate(let last):
            LocalizedText(
                zh: "申请期限已于 \(last) 届满。超过期限不再受理。",
                en: "The time to appeal ended on \(last). It is not taken in any more.")
        case .noAppeal(let item):
            LocalizedText(
                zh: "事项 \(item) 没有待作出结果的复议或诉讼。先登记申请。",
                en: "No appeal of item \(item) is pending. Enter the appeal first.")
        default: LocalizedText(zh: code, en: code)
        }
    }
}

import WorkCalendar

extension RegistryRejection {
    var codeOfMarket: String {
        switch self {
        case .tenderExists: "tenderExists"
        case .tenderOpen: "tenderOpen"
        case .tenderOver: "tenderOver"
        case .tenderNotClosed: "tenderNotClosed"
        case .bidIsFirms: "bidIsFirms"
        case .priceOutOfRange: "priceOutOfRange"
        case .daysOutOfRange: "daysOutOfRange"
        case .noBidCounts: "noBidCounts"
        case .seedOfDraw: "seedOfDraw"
        case .awardNotByMethod: "awardNotByMethod"
        case .contractExists: "contractExists"
        case .contractOpen: "contractOpen"
        case .contractOver: "contractOver"
        case .contractDeparts: "contractDeparts"
        case .dayNotPossible: "dayNotPossible"
        default: ""
        }
    }

    /// The codes of tenders and contracts, in the order of the declaration.
    static let codesOfMarket = [
        "tenderExists", "tenderOpen", "tenderOver", "tenderNotClosed", "bidIsFirms", "priceOutOfRange",
        "daysOutOfRange", "noBidCounts", "seedOfDraw", "awardNotByMethod", "contractExists", "contractOpen",
        "contractOver", "contractDeparts", "dayNotPossible",
    ]

    /// Why not, and what to do; `nil` for what is not about tenders and contracts.
    var textOfMarket: LocalizedText? {
        switch self {
        case .tenderExists(let id):
            LocalizedText(
                zh: "比选 \(id) 已经公告，内容不同。公告后不能改动；撤销后另用编号公告。",
                en: "Tender \(id) was announced before, with other content, and stays as announced. "
                    + "Cancel it and announce another under an id of its own.")
        case .tenderOpen(let id):
            LocalizedText(
                zh: "该事项的比选 \(id) 尚未了结。先定标并签订合同，或者写明理由撤销。",
                en:
                    "Tender \(id) for this item is not settled. Award it and sign its contract, or cancel it with a reason."
            )
        case .tenderOver(let id):
            LocalizedText(
                zh: "比选 \(id) 已经截止、定标或者撤销，不能再办。需要的另行公告。",
                en:
                    "Tender \(id) is closed, awarded or cancelled, so this cannot be done any more. Announce another if need be."
            )
        case .tenderNotClosed(let id, let until):
            LocalizedText(
                zh: "比选 \(id) 收报价至 \(until)，截止以前不得定标。次日起办理。",
                en: "Tender \(id) takes bids up to \(until) and is not awarded before. Award it from the next day on.")
        case .bidIsFirms(let firm):
            LocalizedText(
                zh: "报价由中介机构 \(firm) 以自己的名义提出，或由窗口代收。用 --as owner --name 写明机构代码或名称，或由窗口登记。",
                en: "A bid is made by intermediary \(firm) under its own name or code, or taken in by the window. "
                    + "Give --as owner with its --name, or let the window enter it.")
        case .priceOutOfRange(let ceiling):
            LocalizedText(
                zh: "金额须大于零，不超过 \(ceiling ?? .maximum) 元。改正金额。",
                en: "A price is more than nothing and at most \(ceiling ?? .maximum) yuan. Correct it.")
        case .daysOutOfRange:
            LocalizedText(
                zh: "服务时间为 1 至 \(Registry.serviceDayLimit) 个工作日。改用其中之一。",
                en: "The work takes 1 to \(Registry.serviceDayLimit) working days. Use one of these.")
        case .noBidCounts(let id):
            LocalizedText(
                zh: "比选 \(id) 没有可以选取的报价。写明理由撤销，另行公告。",
                en: "Tender \(id) has no bid that counts. Cancel it with a reason and announce another.")
        case .seedOfDraw(let isWanted):
            isWanted
                ? LocalizedText(
                    zh: "随机定标须写明种子，任何人可以据此复算。用 --seed 写明。",
                    en: "A draw names its seed, so that anybody can draw again. Give --seed.")
                : LocalizedText(
                    zh: "只有随机定标使用种子。去掉 --seed。", en: "Only a draw has a seed. Leave out --seed.")
        case .awardNotByMethod(let firm):
            LocalizedText(
                zh: "按公告的定标方式应为 \(firm)。按该结果定标，或不写结果。",
                en: "By the announced method it is \(firm). Award it so, or leave the outcome out.")
        case .contractExists(let number):
            LocalizedText(
                zh: "合同 \(number) 已经登记，内容不同。核对编号。",
                en: "Contract \(number) was entered before, with other content. Check the number.")
        case .contractOpen(let number):
            LocalizedText(
                zh: "该事项的合同 \(number) 仍在履行。先登记完成，或者写明理由终止。",
                en:
                    "Contract \(number) for this item is in force. Enter its performance first, or end it with a reason."
            )
        case .contractOver(let number):
            LocalizedText(
                zh: "合同 \(number) 已经完成或者终止。核对编号。",
                en: "Contract \(number) is performed or ended already. Check the number.")
        case .contractDeparts(let tender, let price, let days):
            LocalizedText(
                zh: "合同不得背离比选 \(tender) 的结果：\(price) 元，\(days) 个工作日。按结果签订。",
                en:
                    "A contract keeps to what tender \(tender) came to: \(price) yuan, \(days) working days. Sign it so."
            )
        case .dayNotPossible(let day, let from, let until):
            LocalizedText(
                zh: "日期 \(day) 不在 \(from) " + (until.map { "至 \($0)" } ?? "及以后") + "。核对日期。",
                en: "The date \(day) is not " + (until.map { "from \(from) to \($0)" } ?? "\(from) or later")
                    + ". Check it.")
        default: nil
        }
    }
}

import WorkCalendar

// Amounts of days, durations and limits.
extension Wording {
    static func unreadableAmount(_ text: String) -> Wording {
        Wording(
            .unreadableAmount,
            message: .init(zh: "“\(short(text))”不是天数", en: "“\(short(text))” is no amount of days"),
            label: .init(zh: "应为数字加单位", en: "should be a number with its unit"),
            hint: .init(
                zh: "工作日写 5 wd，自然日写 7 cd，最小 1/480 天，最多四位小数",
                en:
                    "write 5 wd for working days, 7 cd for calendar days; at least 1/480 day, at most four decimals"
            ))
    }

    static func unreadableDuration(_ text: String) -> Wording {
        Wording(
            .unreadableDuration,
            message: .init(zh: "“\(short(text))”不是时长", en: "“\(short(text))” is no duration"),
            label: .init(zh: "应为一个或三个数字加单位", en: "should be one or three numbers with their unit"),
            hint: .init(
                zh: "写 3 wd，或最短/最可能/最长 1/3/5 wd；整改复验可加 failed-only",
                en: "write 3 wd, or minimum/likely/maximum as in 1/3/5 wd; a recheck may add failed-only"))
    }

    static func estimateOutOfOrder(_ text: String) -> Wording {
        Wording(
            .estimateOutOfOrder,
            message: .init(
                zh: "“\(short(text))”不是从小到大", en: "“\(short(text))” does not go from the least to the most"),
            label: .init(zh: "应为最短 ≤ 最可能 ≤ 最长", en: "should be minimum ≤ likely ≤ maximum"),
            hint: .init(zh: "调换次序", en: "put the three numbers in order"))
    }

    static func negativeAmount(_ text: String) -> Wording {
        Wording(
            .negativeAmount,
            message: .init(zh: "天数“\(short(text))”小于零", en: "the amount “\(short(text))” is less than nothing"),
            label: .init(zh: "不能为负", en: "cannot be negative"),
            hint: .init(zh: "只有 lag 可以为负", en: "only a lag may be negative"))
    }

    static func zeroLimit(_ text: String) -> Wording {
        Wording(
            .zeroLimit,
            message: .init(
                zh: "时限“\(short(text))”为零，到期就在开始时", en: "the limit “\(short(text))” has passed as it starts"),
            label: .init(zh: "应大于零", en: "should be more than zero"),
            hint: .init(
                zh: "当场办结写 handling: instant 和 limit: 1 wd",
                en: "for a decision on the spot write handling: instant and limit: 1 wd"))
    }

    static func amountTooLarge(_ text: String) -> Wording {
        Wording(
            .amountTooLarge,
            message: .init(
                zh: "“\(short(text))”超过 \(DayAmount.maximumDays) 天",
                en: "“\(short(text))” is more than \(DayAmount.maximumDays) days"),
            label: .init(zh: "超过一百年", en: "more than a hundred years"),
            hint: .init(zh: "检查是否多写了零", en: "look for a zero too many"))
    }

    static func promisedAboveStatutory(promised: DayAmount, statutory: DayAmount) -> Wording {
        Wording(
            .promisedAboveStatutory,
            message: .init(
                zh: "承诺时限 \(promised) 长于法定时限 \(statutory)",
                en: "the promised limit of \(promised) is longer than the legal limit of \(statutory)"),
            label: .init(zh: "长于法定时限", en: "longer than the law allows"),
            hint: .init(zh: "承诺时限最多 \(statutory)", en: "promise \(statutory) at most"))
    }

    static func likelyAboveLimit(likely: DayAmount, limit: DayAmount) -> Wording {
        Wording(
            .likelyAboveLimit,
            message: .init(
                zh: "最可能的时长 \(likely) 超过承诺时限 \(limit)",
                en: "the likely duration of \(likely) is longer than the promised limit of \(limit)"),
            label: .init(zh: "多半会超时", en: "will mostly be late"),
            hint: .init(zh: "核对数字，或放宽承诺", en: "check the figures, or promise less"))
    }

    static func lagsOfTwoUnits(item: String) -> Wording {
        Wording(
            .lagsOfTwoUnits,
            message: .init(
                zh: "不需要“\(short(item))”时，两段 lag 的单位不同，无法相加",
                en: "when “\(short(item))” is not needed, its lag and this one have different units and cannot be added"
            ),
            label: .init(zh: "单位与“\(short(item))”前面的 lag 不同", en: "not the unit of the lag before “\(short(item))”"),
            hint: .init(zh: "两处用同一个单位", en: "use one unit in both places"))
    }
}

import WorkCalendar

// Supervision.
extension Wording {
    static func unreadableCardThreshold(_ text: String) -> Wording {
        Wording(
            .unreadableCardThreshold,
            message: .init(
                zh: "“\(short(text))”没有说明何时亮牌", en: "“\(short(text))” does not say when the card is raised"),
            label: .init(zh: "看不出时点", en: "no moment can be read"),
            hint: .init(
                zh: "写成 1 wd before promised、90 % of promised、past statutory 或 never；限额是 promised 或 statutory",
                en:
                    "write 1 wd before promised, 90 % of promised, past statutory or never; limits are promised and statutory"
            ))
    }

    static func cardsOutOfOrder(_ earlier: String, _ later: String) -> Wording {
        Wording(
            .cardsOutOfOrder,
            message: .init(
                zh: "\(later) 不晚于 \(earlier)，而它更重", en: "\(later) does not come after \(earlier), though it is graver"),
            label: .init(zh: "次序不对", en: "out of order"),
            hint: .init(
                zh: "越重的牌越晚亮；不用的写 never", en: "raise graver cards later, and write never for those not in use"))
    }

    static func longerThanTheLaw(_ amount: DayAmount, most: DayAmount) -> Wording {
        Wording(
            .longerThanTheLaw,
            message: .init(zh: "\(amount) 超过法定的 \(most)", en: "\(amount) is more than the \(most) of the law"),
            label: .init(zh: "至多 \(most)", en: "at most \(most)"),
            hint: .init(
                zh: "行政许可法第 32、44 条；只能承诺得更短", en: "see 行政许可法 arts. 32 and 44; only less can be promised"))
    }

    static func findingFigureOutOfRange(_ text: String, range: String) -> Wording {
        Wording(
            .findingFigureOutOfRange,
            message: .init(zh: "“\(short(text))”不在 \(range) 之内", en: "“\(short(text))” is not within \(range)"),
            label: .init(zh: "超出范围", en: "out of range"),
            hint: .init(zh: "写一个 \(range) 之内的值，或删掉这个键", en: "write a value within \(range), or delete the key"))
    }
}

import WorkCalendar

// Promises, automatic decisions and what follows a decision.
extension Wording {
    static func toleranceBeyondLimit(tolerance: DayAmount, limit: DayAmount) -> Wording {
        Wording(
            .toleranceBeyondLimit,
            message: .init(
                zh: "容缺材料可以晚到 \(tolerance)，超过承诺时限 \(limit)",
                en: "minor materials may follow for \(tolerance), longer than the promised limit of \(limit)"),
            label: .init(zh: "超过 limit", en: "beyond limit:"),
            hint: .init(
                zh: "缩短 tolerance；确有规定允许更晚的，写 toleranceBasis: 文件和条款",
                en: "shorten tolerance, or name the rule that allows more in toleranceBasis:"))
    }

    static func commitmentOnSafety(_ id: String) -> Wording {
        Wording(
            .commitmentOnSafety,
            message: .init(
                zh: "“\(short(id))”关系公共安全，不能凭承诺办理", en: "“\(short(id))” is about public safety: no promise will do"),
            label: .init(zh: "告知承诺", en: "decided on a promise"),
            hint: .init(zh: "改用 handling: ordinary", en: "write handling: ordinary"))
    }

    static func commitmentWithoutHandling(_ id: String) -> Wording {
        Wording(
            .commitmentWithoutHandling,
            message: .init(
                zh: "“\(short(id))”写了承诺核查，却不按告知承诺办理",
                en: "“\(short(id))” says how promises are checked, but takes none"),
            label: .init(zh: "没有 handling: commitment", en: "no handling: commitment"),
            hint: .init(zh: "写 handling: commitment，或删掉它", en: "write handling: commitment, or delete this"))
    }

    static func autoDecideOnSafety(_ id: String) -> Wording {
        Wording(
            .autoDecideOnSafety,
            message: .init(
                zh: "“\(short(id))”关系公共安全，须由人决定", en: "“\(short(id))” is about public safety: people decide it"),
            label: .init(zh: "自动决定", en: "decided by itself"),
            hint: .init(zh: "删掉 autoDecide:", en: "delete autoDecide:"))
    }

    static func figureOutOfRange(_ key: String, _ value: Int, _ range: ClosedRange<Int>) -> Wording {
        Wording(
            .figureOutOfRange,
            message: .init(
                zh: "“\(short(key))”是 \(value)，应在 \(range.lowerBound) 到 \(range.upperBound) 之间",
                en: "“\(short(key))” is \(value), not within \(range.lowerBound) to \(range.upperBound)"),
            label: .init(zh: "超出范围", en: "out of range"),
            hint: .init(
                zh: "写 \(range.lowerBound) 到 \(range.upperBound) 的整数",
                en: "write a whole number of \(range.lowerBound) to \(range.upperBound)"))
    }

    static func provisionWithoutApplication(_ key: String) -> Wording {
        Wording(
            .provisionWithoutApplication,
            message: .init(zh: "这类事项无人申请，不写“\(key)”", en: "nobody applies for such an item, so it has no “\(key)”"),
            label: .init(zh: "多余", en: "not for this kind"),
            hint: .init(zh: "删掉它，或换成别的 kind", en: "delete it, or take another kind"))
    }

    static func lapseOfItself(_ id: String) -> Wording {
        Wording(
            .lapseOfItself,
            message: .init(
                zh: "“\(short(id))”的失效以自身开始为准，永不失效",
                en: "“\(short(id))” would lapse unless it begins itself: it never would"),
            label: .init(zh: "就是本事项", en: "the item itself"),
            hint: .init(zh: "写使用该许可的事项，如开工", en: "name the item that makes use of it, such as the start of works"))
    }
}

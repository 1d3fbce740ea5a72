import WorkCalendar

extension Wording {
    static func correlationOutOfRange(_ text: String) -> Wording {
        Wording(
            .correlationOutOfRange,
            message: .init(
                zh: "相关系数“\(short(text))”不在 0 到 1 之间（不含 1）",
                en: "the correlation “\(short(text))” is not between 0 and 1, 1 left out"),
            label: .init(zh: "应为 0 到 0.99", en: "should be 0 to 0.99"),
            hint: .init(
                zh: "同一部门的快慢大致一致时写 0.3；互不相干写 0", en: "0.3 where a department is slow or fast as a whole; 0 for none"))
    }

    static func chanceWithoutApplication(_ key: String) -> Wording {
        Wording(
            .chanceWithoutApplication,
            message: .init(
                zh: "这里没有申请可受理，不写“\(key)”", en: "no application is admitted here, so there is no “\(key)”"),
            label: .init(zh: "不是审批部门办理的事项", en: "no office decides this item"),
            hint: .init(
                zh: "删掉“\(key)”，把可能多用的时间写进 takes 的最大值",
                en: "delete “\(key)” and let the maximum of takes say how long it may be"))
    }
}

import WorkCalendar

// Targets, their windows, and the budgets of stages.
extension Wording {
    static func targetRunsBackwards(from: String, to: String) -> Wording {
        Wording(
            .targetRunsBackwards,
            message: .init(
                zh: "“\(short(from))”不在“\(short(to))”之前，时限窗口不成立",
                en: "“\(short(from))” does not come before “\(short(to))”, so there is no window"),
            label: .init(zh: "到不了这里", en: "not reached from there"),
            hint: .init(
                zh: "调换 from 和 to，或补上两者之间缺少的 after", en: "swap from and to, or add the dependency missing between them")
        )
    }

    static let targetCountsNothing = Wording(
        .targetCountsNothing,
        message: .init(zh: "这个目标不计任何时间", en: "this target counts no clock"),
        label: .init(zh: "没有计时", en: "no clock"),
        hint: .init(zh: "通常写 counts: [gov, tech]", en: "usually counts: [gov, tech]"))

    static func windowMayVanish(item: String) -> Wording {
        Wording(
            .windowMayVanish,
            message: .init(
                zh: "“\(short(item))”带条件，不需要它的项目就没有这个时限",
                en: "“\(short(item))” is conditional: a project without it has no such limit"),
            label: .init(zh: "有时不存在", en: "not always there"),
            hint: .init(zh: "用没有 when 的里程碑作窗口的两端", en: "let the window start and end at milestones without when"))
    }

    /// The note at the condition of an item.
    static let conditionHere = LocalizedText(zh: "条件在这里", en: "the condition stands here")

    static func budgetsAboveTarget(sum: DayAmount, limit: DayAmount, target: String) -> Wording {
        Wording(
            .budgetsAboveTarget,
            message: .init(
                zh: "各阶段预算合计 \(sum)，超过目标“\(short(target))”的 \(limit)",
                en: "the stages' budgets add up to \(sum), more than the \(limit) of the target “\(short(target))”"),
            label: .init(zh: "装不下各阶段的预算", en: "the budgets do not fit"),
            hint: .init(zh: "减少阶段预算", en: "take days off a stage's budget"))
    }

    static func likelyAboveBudget(likely: DayAmount, budget: DayAmount, stage: String) -> Wording {
        Wording(
            .likelyAboveBudget,
            message: .init(
                zh: "最可能的时长 \(likely) 超过阶段“\(short(stage))”的预算 \(budget)",
                en:
                    "the likely duration of \(likely) is more than the \(budget) of the stage “\(short(stage))”"
            ),
            label: .init(zh: "一个事项就超过阶段预算", en: "one item takes more than its stage has"),
            hint: .init(zh: "缩短这个事项，或增加阶段预算", en: "shorten the item, or give the stage more"))
    }

    static let windowWithoutCountedItem = Wording(
        .windowWithoutCountedItem,
        message: .init(zh: "窗口里没有计时的事项，结果总是零", en: "no item of this window is counted: the answer is always zero"),
        label: .init(zh: "窗口里没有这些计时", en: "no such clock in the window"),
        hint: .init(zh: "检查 from、to 和 counts", en: "check from, to and counts"))
}

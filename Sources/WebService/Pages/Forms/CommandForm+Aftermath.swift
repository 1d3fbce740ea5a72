import CaseEngine
import WorkCalendar
import WorkflowModel

/// What follows a decision, and work that nobody applies for.
extension CommandForm {
    static let afterwards: [CommandForm] = [
        CommandForm(
            "issue", "发证", "Issue",
            ("本事项产生的证照同一天发放。", "Everything that was granted is issued on one date."),
            .delivery, item: { _, _ in .issue(documents: []) }),
        CommandForm(
            "deliver", "送达", "Deliver",
            ("决定之日起十个工作日内送达申请人。", "What was issued reaches the applicant within ten working days of the decision."),
            .delivery,
            inputs: { _ in
                [
                    .choice(
                        "method", "送达方式", "How", missing: ("选择送达方式", "Choose how it is delivered"),
                        DeliveryMethod.allCases.map {
                            .init(
                                value: $0.rawValue,
                                label: LocalizedText(zh: $0.title.zh, en: $0.title.en.capitalizedFirst))
                        }),
                    Input(
                        name: "tracking", label: LocalizedText(zh: "快递单号", en: "Tracking number"), kind: .line,
                        isRequired: false,
                        missing: LocalizedText(zh: "快递送达要填写单号", en: "Delivery by courier needs the tracking number")),
                    .line("recipient", "收件人", "Received by", missing: ("填写收件人的姓名", "Enter who receives it")),
                ]
            },
            item: { reading, _ in
                let method = reading.choice("method").flatMap { DeliveryMethod(rawValue: $0) }
                let tracking = reading.optional("tracking")
                if method == .courier, tracking == nil,
                    let input = reading.inputs.first(where: { $0.name == "tracking" })
                {
                    reading.note("tracking", input.missing)
                }
                let recipient = reading.text("recipient")
                return method.map { .deliver(method: $0, tracking: tracking, recipient: recipient) }
            }),
        CommandForm(
            "hand-out", "转达文书", "Hand out a notice",
            ("部门写给申请人的文书由窗口统一转达。", "What a department wrote to the applicant is handed out by the window."),
            .windowAlone,
            inputs: { _ in
                [.line("recipient", "收件人", "Received by", missing: ("填写收件人的姓名", "Enter who receives it"))]
            },
            item: { reading, site in
                .handOut(
                    notice: site.item?.waitingLetter?.notice ?? .correction, recipient: reading.text("recipient"))
            }),
        CommandForm(
            "acknowledge", "接收推送结果", "Acknowledge the result",
            ("监管部门确认收到审批结果，纳入日常监管。", "The supervising department confirms that it has the result."),
            .resultPushed, inputs: { _ in [.note("备注", "Note")] },
            item: { reading, _ in .acknowledge(note: reading.text("note")) }),
        CommandForm(
            "draw-check", "登记抽查", "Enter a spot check",
            ("登记双随机抽查的结果：抽中的事项和检查人员。", "Enters that the item was drawn for a check, and by whom it is carried out."),
            .spotCheck,
            inputs: { _ in
                [
                    .line("seed", "抽取种子", "Seed of the draw", missing: ("填写抽取所用的种子", "Enter the seed of the draw")),
                    Input(
                        name: "population", label: LocalizedText(zh: "抽取总数", en: "Drawn from how many"), kind: .number,
                        missing: LocalizedText(zh: "填写从多少件中抽取", en: "Enter from how many it was drawn")),
                    .line(
                        "inspectors", "检查人员", "Inspectors",
                        missing: ("填写两名以上检查人员，用顿号分开", "Name two inspectors or more, with commas"),
                        hint: ("两名以上，用顿号分开", "Two or more, with commas")),
                    .days("within", "检查期限", "To be done within", .working(20)),
                ]
            },
            item: { reading, _ in
                let (seed, population) = (reading.text("seed"), reading.number("population"))
                let inspectors = reading.text("inspectors").split { "、，,;；".contains($0) }.map { String($0).trimmed }
                    .filter { !$0.isEmpty }
                let within = reading.days("within")
                guard let population, let within else { return nil }
                return .drawCheck(seed: seed, population: population, inspectors: inspectors, within: within)
            }),
        CommandForm(
            "check", "事后核查", "Check",
            ("核查承诺是否属实，属实的记录结果。", "Check whether what was promised is so."),
            .laterCheck,
            inputs: { _ in
                [
                    .text(
                        "finding", "核查情况", "What was found",
                        missing: ("填写核查情况，例如“与承诺一致”", "Enter what was found, for example “as promised”"))
                ]
            },
            item: { reading, _ in .check(finding: reading.text("finding")) }),
        CommandForm(
            "find-breach", "核查不符", "Enter a breach",
            (
                "与承诺不符的，限期整改；逾期不改的撤销许可并记入信用。",
                "What was promised is not so. It is to be put right in time, or the permit is revoked."
            ),
            .commitmentBreach, isWeighty: true, isHarsh: true,
            inputs: { _ in
                var within = Input.days(
                    "within", "整改期限", "To be put right within", .working(10),
                    hint: ("留空按流程规定", "Leave empty for what the workflow says"))
                within.isRequired = false
                return [
                    .text("finding", "不符的情况", "What was found", missing: ("写明与承诺不符之处", "Say what is not as promised")),
                    within,
                ]
            },
            item: { reading, _ in .findBreach(finding: reading.text("finding"), within: reading.days("within")) }),
        CommandForm(
            "report-rectified", "报告整改完成", "Report it put right",
            ("告诉核查部门已按要求整改。", "Tell the department that the breach is put right."),
            .commitmentBreach,
            inputs: { _ in [.text("note", "整改情况", "What was done", missing: ("写明怎样整改的", "Say what was done"))] },
            item: { reading, _ in .reportRectified(note: reading.text("note")) }),
        CommandForm(
            "revoke", "撤销许可", "Revoke",
            (
                "依法撤销已经作出的许可。要写明理由和依据，申请人可以救济。",
                "Takes back what was granted, with reason and legal basis. The applicant may appeal."
            ),
            .revocation, isWeighty: true, isHarsh: true,
            inputs: { _ in
                [
                    .reason("撤销的理由", "Reason"),
                    .line(
                        "basis", "法定依据", "Legal basis",
                        missing: (
                            "填写撤销的法定依据，例如“行政许可法第六十九条”",
                            "Enter the legal basis, for example “Administrative Licensing Law art. 69”"
                        ), value: "行政许可法第六十九条"),
                ]
            },
            item: { reading, _ in .revoke(reason: reading.text("reason"), basis: reading.text("basis")) }),
        CommandForm(
            "appeal", "申请救济", "Appeal",
            ("对不予许可、不予受理或撤销不服的，可以申请行政复议或提起行政诉讼。", "Contest a refusal, a non-admission or a revocation."),
            .appeals, isWeighty: true,
            inputs: { _ in
                [
                    .choice(
                        "route", "途径", "Where", missing: ("选择行政复议或行政诉讼", "Choose reconsideration or court"),
                        AppealRoute.allCases.map {
                            .init(
                                value: $0.rawValue,
                                label: LocalizedText(zh: $0.title.zh, en: $0.title.en.capitalizedFirst))
                        }),
                    .text("grounds", "理由", "Grounds", missing: ("写明不服的理由", "Say on what grounds")),
                ]
            },
            item: { reading, _ in
                let route = reading.choice("route").flatMap { AppealRoute(rawValue: $0) }
                let grounds = reading.text("grounds")
                return route.map { .appeal(route: $0, grounds: grounds) }
            }),
        CommandForm(
            "decide-appeal", "登记救济结果", "Enter what became of an appeal",
            ("登记复议或诉讼的结果；撤销原决定的，重新作出决定。", "Enters the outcome. Where the decision is annulled it is made anew."),
            .decidedAnew,
            inputs: { _ in
                [
                    .choice(
                        "outcome", "结果", "Outcome", missing: ("选择结果", "Choose the outcome"),
                        AppealOutcome.allCases.map {
                            .init(
                                value: $0.rawValue,
                                label: LocalizedText(zh: $0.title.zh, en: $0.title.en.capitalizedFirst))
                        }),
                    .reason("理由", "Reason"),
                ]
            },
            item: { reading, _ in
                let outcome = reading.choice("outcome").flatMap { AppealOutcome(rawValue: $0) }
                let reason = reading.text("reason")
                return outcome.map { .decideAppeal(outcome: $0, reason: reason) }
            }),
        CommandForm(
            "extend-permit", "许可延期", "Extend the permit",
            ("许可失效前申请延期。", "Before the permit lapses."),
            .permitLapse, inputs: { _ in [.reason("延期的理由", "Reason")] },
            item: { reading, _ in .extendPermit(reason: reading.text("reason")) }),
    ]

    static let work: [CommandForm] = [
        CommandForm(
            "begin", "开始", "Begin", ("登记工作已开始，从今天起计时。", "Enters that the work has begun; its time runs from today."),
            .orderOfItems, button: ("开始", "Begin"), item: { _, _ in .begin }),
        CommandForm(
            "complete", "完成", "Complete",
            ("登记工作已完成，后续事项可以开始。", "Enters that the work is done; what waits for it can go on."),
            .orderOfItems, button: ("完成", "Complete"), item: { _, _ in .complete }),
    ]
}

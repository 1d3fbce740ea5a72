import CaseEngine
import WorkCalendar
import WorkflowModel

/// Whole cases, and supervision.
extension CommandForm {
    static let wholeCase: [CommandForm] = [
        CommandForm(
            "withdraw-case", "撤件", "Give the project up",
            (
                "整个项目不再办理，全部事项终止。以后要办须重新立案。",
                "The whole project is given up and every item ends. It has to be opened anew."
            ),
            .withdrawal, isWeighty: true, isHarsh: true, inputs: { _ in [.reason("撤件的原因", "Reason")] },
            case: { reading, _ in .withdrawCase(reason: reading.text("reason")) }),
        CommandForm(
            "cancel-case", "终止办件", "End the case",
            ("由窗口终止办件，全部事项终止。", "The office ends the case and every item of it."),
            .withdrawal, isWeighty: true, isHarsh: true, inputs: { _ in [.reason("终止的原因", "Reason")] },
            case: { reading, _ in .cancelCase(reason: reading.text("reason")) }),
        CommandForm(
            "open-green-channel", "纳入绿色通道", "Open the green channel",
            ("优先办理；按名册规则符合的不必填写理由。", "The case goes first. Where a rule of the registry holds no reason is needed."),
            .greenChannel, inputs: { _ in [.note("理由", "Reason", name: "reason")] },
            case: { reading, _ in .openGreenChannel(reason: reading.optional("reason")) }),
        CommandForm(
            "close-green-channel", "退出绿色通道", "Close the green channel",
            ("恢复一般顺序。", "The case goes in the ordinary order again."),
            .greenChannel, inputs: { _ in [.note("理由", "Reason", name: "reason")] },
            case: { reading, _ in .closeGreenChannel(reason: reading.optional("reason")) }),
    ]

    private static func cards(_ site: FormSite) -> Input {
        let open = site.state.cards.filter { $0.standing == .open }
        return .choice(
            "card", "监察牌", "Card", missing: ("选择是哪一张牌", "Choose the card"),
            open.map { card in
                let title = site.machine.plan[card.item]?.item.title
                return .init(
                    value: card.id,
                    label: LocalizedText(
                        zh: "\(card.level.title.zh) · \(title?.zh ?? card.item) · \(card.raisedOn)",
                        en: "\(card.level.title.en) · \(title?.en ?? card.item) · \(card.raisedOn)"))
            }, value: open.count == 1 ? open[0].id : "")
    }

    private static func matters(_ site: FormSite) -> Input {
        let open = (site.state.oversight?.matters ?? []).filter { $0.status != .closed }
        return .choice(
            "matter", "督办件", "Matter", missing: ("选择是哪一件", "Choose the matter"),
            open.map {
                .init(
                    value: $0.id,
                    label: LocalizedText(zh: "\($0.kind.title.zh) \($0.id)", en: "\($0.kind.title.en) \($0.id)"))
            }, value: open.count == 1 ? open[0].id : "")
    }

    /// Which department, or which item, it is about.
    private static func about(_ site: FormSite) -> [Input] {
        [
            .choice(
                "department", "责任部门", "Department", missing: ("选择责任部门", "Choose the department"),
                site.workflow.departments.map { .init(value: $0.id, label: $0.title) }),
            Input(
                name: "item", label: LocalizedText(zh: "有关事项", en: "Item"),
                kind: .select(site.machine.plan.items.map { .init(value: $0.id, label: $0.item.title) }),
                isRequired: false,
                missing: LocalizedText(zh: "选择有关事项", en: "Choose the item")),
        ]
    }

    static let supervision: [CommandForm] = [
        CommandForm(
            "explain-card", "说明情况", "Explain a card",
            ("责任部门说明超期的原因。", "The department says how the limit came to be passed."),
            .supervisionCards,
            inputs: {
                [
                    cards($0),
                    .text(
                        "explanation", "情况说明", "Explanation",
                        missing: ("写明超期的原因和补救办法", "Say why, and what is done about it")),
                ]
            },
            case: { reading, _ in
                let (card, text) = (reading.choice("card"), reading.text("explanation"))
                return card.map { .explainCard(card: $0, explanation: text) }
            }),
        CommandForm(
            "lift-card", "解除监察牌", "Lift a card",
            ("经核实不属于部门责任的，解除。", "It turned out not to be the department's fault."),
            .supervisionCards, inputs: { [cards($0), .reason("解除的理由", "Reason")] },
            case: { reading, _ in
                let (card, reason) = (reading.choice("card"), reading.text("reason"))
                return card.map { .liftCard(card: $0, reason: reason) }
            }),
        CommandForm(
            "confirm-card", "认定监察牌", "Confirm a card",
            ("认定超期成立，计入考核。", "The delay stands and counts in the department's record."),
            .supervisionCards, isWeighty: true, inputs: { [cards($0), .reason("认定的理由", "Reason")] },
            case: { reading, _ in
                let (card, reason) = (reading.choice("card"), reading.text("reason"))
                return card.map { .confirmCard(card: $0, reason: reason) }
            }),
        CommandForm(
            "note-accountability", "登记问责", "Note a measure",
            ("登记对已认定红牌采取的措施。", "What was done about a confirmed red card."),
            .accountability,
            inputs: { site in
                let confirmed = site.state.cards.filter { $0.standing == .confirmed }
                return [
                    .choice(
                        "card", "监察牌", "Card", missing: ("选择是哪一张牌", "Choose the card"),
                        confirmed.map {
                            .init(
                                value: $0.id,
                                label: LocalizedText(
                                    zh: "\($0.level.title.zh) \($0.id)", en: "\($0.level.title.en) \($0.id)"))
                        }),
                    .choice(
                        "measure", "措施", "Measure", missing: ("选择采取的措施", "Choose the measure"),
                        AccountabilityMeasure.allCases.map {
                            .init(
                                value: $0.rawValue,
                                label: LocalizedText(zh: $0.title.zh, en: $0.title.en.capitalizedFirst))
                        }),
                    .text("note", "说明", "Note", missing: ("写明措施的内容", "Say what was done")),
                ]
            },
            case: { reading, _ in
                let card = reading.choice("card")
                let measure = reading.choice("measure").flatMap { AccountabilityMeasure(rawValue: $0) }
                let note = reading.text("note")
                guard let card, let measure else { return nil }
                return .supervise(.noteAccountability(card: card, measure: measure, note: note))
            }),
        CommandForm(
            "follow-up", "督办", "Follow up",
            ("要求责任部门在期限内办理并答复。", "Demands that a department act and answer by a date."),
            .followUp,
            inputs: { site in
                var due = Input.date("due", "答复期限", "To be answered by", value: nil)
                due.isRequired = false
                return about(site) + [
                    .text("demand", "督办要求", "What is demanded", missing: ("写明督办要求", "Say what is demanded")), due,
                ]
            },
            case: { reading, _ in
                let department = reading.choice("department")
                let (item, text, due) = (reading.choice("item"), reading.text("demand"), reading.date("due"))
                return department.map { .supervise(.followUp(item: item, department: $0, demand: text, due: due)) }
            }),
        CommandForm(
            "put-issue", "报送疑难问题", "Put an issue",
            ("部门之间定不下来的，报上一级协调。", "What departments cannot settle is put to the office above."),
            .issueEscalated,
            inputs: {
                about($0) + [.text("question", "问题", "Question", missing: ("写明要协调的问题", "Say what is to be settled"))]
            },
            case: { reading, _ in
                let department = reading.choice("department")
                let (item, text) = (reading.choice("item"), reading.text("question"))
                return department.map { .supervise(.putIssue(item: item, department: $0, question: text)) }
            }),
        CommandForm(
            "complain", "投诉", "Complain",
            ("对办理不满意的可以投诉，责任部门须在期限内答复。", "The department has to answer in time."),
            .complaint,
            inputs: { about($0) + [.text("text", "投诉内容", "What happened", missing: ("写明投诉的内容", "Say what happened"))] },
            case: { reading, _ in
                let department = reading.choice("department")
                let (item, text) = (reading.choice("item"), reading.text("text"))
                return department.map { .supervise(.complain(item: item, department: $0, text: text)) }
            }),
        CommandForm(
            "rate", "好差评", "Rate",
            ("给已完成的环节评分，1 到 5 分。2 分以下须回访整改。", "Rates a completed step, 1 to 5; two and less is followed up."),
            .rating,
            inputs: { site in
                [
                    .choice(
                        "item", "事项", "Item", missing: ("选择评价的事项", "Choose the item"),
                        zip(site.machine.plan.items, site.state.items).filter { $1.admittedOn != nil }.map {
                            .init(value: $0.0.id, label: $0.0.item.title)
                        }),
                    .choice(
                        "step", "环节", "Step", missing: ("选择评价的环节", "Choose the step"),
                        RatedStep.allCases.map {
                            .init(
                                value: $0.rawValue,
                                label: LocalizedText(zh: $0.title.zh, en: $0.title.en.capitalizedFirst))
                        }),
                    .choice(
                        "score", "评分", "Score", missing: ("选择 1 到 5 分", "Choose 1 to 5"),
                        [
                            (5, "非常满意", "Very satisfied"), (4, "满意", "Satisfied"), (3, "基本满意", "Fairly satisfied"),
                            (2, "不满意", "Not satisfied"), (1, "非常不满意", "Not at all satisfied"),
                        ].map {
                            .init(
                                value: "\($0.0)", label: LocalizedText(zh: "\($0.0) 分 \($0.1)", en: "\($0.0) \($0.2)"))
                        }),
                    .note("意见", "Comment", name: "comment"),
                ]
            },
            case: { reading, _ in
                let item = reading.choice("item")
                let step = reading.choice("step").flatMap { RatedStep(rawValue: $0) }
                let score = reading.choice("score").flatMap { Int($0) }
                let comment = reading.text("comment")
                guard let item, let step, let score else { return nil }
                return .supervise(.rate(item: item, step: step, score: score, channel: .web, comment: comment))
            }),
        CommandForm(
            "answer-matter", "答复", "Answer a matter",
            ("答复督办、疑难问题、投诉或差评；差评要选处理方式。", "Answers a follow-up, an issue, a complaint or a bad rating."),
            .followUp,
            inputs: { site in
                var by = Input.date("by", "整改期限", "To be put right by", value: nil)
                by.isRequired = false
                var outcome = Input.choice(
                    "outcome", "差评处理", "Outcome of a bad rating", missing: ("选择处理方式", "Choose the outcome"),
                    BadRatingOutcome.allCases.map {
                        .init(
                            value: $0.rawValue, label: LocalizedText(zh: $0.title.zh, en: $0.title.en.capitalizedFirst))
                    })
                outcome.isRequired = false
                return [
                    matters(site), .text("answer", "答复", "Answer", missing: ("填写答复内容", "Enter the answer")), outcome,
                    by,
                ]
            },
            case: { reading, _ in
                let (matter, text) = (reading.choice("matter"), reading.text("answer"))
                let outcome = reading.choice("outcome").flatMap { BadRatingOutcome(rawValue: $0) }
                let by = reading.date("by")
                return matter.map { .supervise(.answer(matter: $0, answer: text, outcome: outcome, by: by)) }
            }),
        CommandForm(
            "extend-matter", "延期答复", "Extend the answer",
            ("投诉答复可以延期一次，须经批准。", "The answer to a complaint may be extended once, with approval."),
            .complaint,
            inputs: { [matters($0), .days("by", "延长", "By", .working(5)), .reason("延期的理由", "Reason"), .approver] },
            case: { reading, _ in
                let (matter, by) = (reading.choice("matter"), reading.days("by"))
                let (reason, approver) = (reading.text("reason"), reading.text("approver"))
                guard let matter, let by else { return nil }
                return .supervise(.extend(matter: matter, by: by, reason: reason, approver: approver))
            }),
        CommandForm(
            "escalate", "提级协调", "Escalate",
            ("提交上一级协调机构。", "Puts the matter to the next office of the chain."),
            .issueEscalated, inputs: { [matters($0), .reason("提级的理由", "Reason")] },
            case: { reading, _ in
                let (matter, reason) = (reading.choice("matter"), reading.text("reason"))
                return matter.map { .supervise(.escalate(matter: $0, reason: reason)) }
            }),
        CommandForm(
            "call-back", "回访", "Call back",
            ("回访办事人，记录是否满意。", "Asks the applicant whether the answer will do."),
            .badRating,
            inputs: { site in
                [
                    matters(site),
                    .choice(
                        "satisfied", "是否满意", "Satisfied", missing: ("选择是否满意", "Choose whether they are satisfied"),
                        [
                            .init(value: "yes", label: LocalizedText(zh: "满意", en: "Yes")),
                            .init(value: "no", label: LocalizedText(zh: "不满意", en: "No")),
                        ]),
                    .note("回访情况", "Note"),
                ]
            },
            case: { reading, _ in
                let (matter, satisfied) = (reading.choice("matter"), reading.choice("satisfied"))
                let note = reading.text("note")
                return matter.map { .supervise(.callBack(matter: $0, isSatisfied: satisfied == "yes", note: note)) }
            }),
        CommandForm(
            "close-matter", "销号", "Close a matter",
            ("审核答复，予以销号。", "The answer will do and the matter is closed."),
            .followUp, inputs: { [matters($0), .note("审核意见", "Note")] },
            case: { reading, _ in
                let (matter, note) = (reading.choice("matter"), reading.text("note"))
                return matter.map { .supervise(.close(matter: $0, note: note)) }
            }),
        CommandForm(
            "promise-certificate", "承诺取证日期", "Promise the certificate",
            (
                "代办员为整个项目承诺取得证书的日期；凭理由可以改期一次。",
                "The agent promises a date for the whole project; it is moved once, with a reason."
            ),
            .certificatePromise,
            inputs: { site in
                var reason = Input.reason("改期的理由", "Reason for moving it")
                reason.isRequired = false
                return [
                    .date("by", "日期", "Date", value: site.today), reason,
                ]
            },
            case: { reading, _ in
                let (by, reason) = (reading.date("by"), reading.optional("reason"))
                return by.map { .supervise(.promiseCertificate(by: $0, reason: reason)) }
            }),
        CommandForm(
            "raise-card", "亮牌", "Raise a card",
            ("发现与时限无关的违规，凭证据亮牌。", "For what the clock does not show, with evidence."),
            .cardNotAboutTime, isWeighty: true,
            inputs: { site in
                [
                    .choice(
                        "item", "事项", "Item", missing: ("选择事项", "Choose the item"),
                        zip(site.machine.plan.items, site.state.items).filter { $1.status != .planned }.map {
                            .init(value: $0.0.id, label: $0.0.item.title)
                        }),
                    .choice(
                        "rule", "违反的规定", "What was broken", missing: ("选择违反的规定", "Choose what was broken"),
                        SupervisionRule.allCases.map { .init(value: $0.rawValue, label: $0.title) }),
                    .choice(
                        "level", "牌级", "Level", missing: ("选择牌级", "Choose the level"),
                        CardLevel.allCases.filter { $0 != .statutoryRed }.map {
                            .init(
                                value: $0.rawValue,
                                label: LocalizedText(zh: $0.title.zh, en: $0.title.en.capitalizedFirst))
                        }),
                    .text("evidence", "证据", "Evidence", missing: ("写明证据", "Say what shows it")),
                ]
            },
            case: { reading, _ in
                let (item, evidence) = (reading.choice("item"), reading.text("evidence"))
                let rule = reading.choice("rule").flatMap { SupervisionRule(rawValue: $0) }
                let level = reading.choice("level").flatMap { CardLevel(rawValue: $0) }
                guard let item, let rule, let level else { return nil }
                return .supervise(
                    .raiseCard(item: item, participant: nil, rule: rule, level: level, evidence: evidence))
            }),
    ]
}

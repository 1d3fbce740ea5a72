import CaseEngine
import WorkCalendar
import WorkflowModel

/// Before admission, and the review.
extension CommandForm {
    private static let pointsWords = LocalizedText(
        zh: "至少写一条要补正的内容；一次说全，以后不能再要", en: "Name at least one point; all of them at once, nothing can be asked later")

    private static func points(_ zh: String, _ en: String, isRequired: Bool = true) -> @Sendable (FormSite) -> [Input] {
        { site in
            [
                Input(
                    name: "points", label: LocalizedText(zh: zh, en: en),
                    hint: LocalizedText(
                        zh: "对照材料逐项填写；空着的视为齐全。", en: "Go through the materials; what stays empty is taken as in order."),
                    kind: .points(site.materials), isRequired: isRequired, missing: pointsWords)
            ]
        }
    }

    static func materials(_ options: [Input.Option], isRequired: Bool = true, takesFiles: Bool = true) -> Input {
        var input = Input(
            name: "materials", label: LocalizedText(zh: "提交的材料", en: "Documents you hand in"),
            hint: LocalizedText(
                zh: "勾选本次提交的材料；原件当面或邮寄交窗口核验。", en: "Tick what you hand in; originals go to the window."),
            kind: .materials(options), isRequired: isRequired,
            missing: LocalizedText(zh: "至少勾选一份要提交的材料", en: "Tick at least one document that you hand in"))
        input.takesFiles = takesFiles
        return input
    }

    static let beforeAdmission: [CommandForm] = [
        CommandForm(
            "begin-pre-review", "开始预审", "Begin the pre-review",
            ("部门提前看草稿，提出意见；不收件，也不计时。", "The department looks at drafts. Nothing is filed and no clock starts."),
            .preReviewOutsideClocks, item: { _, _ in .beginPreReview }),
        CommandForm(
            "finish-pre-review", "预审意见", "Give pre-review advice",
            (
                "告诉申请人草稿还缺什么。预审意见不是补正告知，不影响以后受理。",
                "Tell the applicant what the drafts lack. This is no correction notice."
            ),
            .preReviewOutsideClocks, button: ("发出预审意见", "Send the advice"),
            inputs: { site in
                [
                    .text(
                        "advice", "意见", "Advice",
                        missing: (
                            "填写预审意见，例如“总平面图缺消防车道”", "Enter the advice, for example “the site plan lacks a fire lane”"
                        ))
                ] + points("缺少的内容", "What is missing", isRequired: false)(site)
            },
            item: { reading, _ in
                let missing = reading.points("points", isRequired: false)
                return .finishPreReview(advice: reading.text("advice"), missing: missing.isEmpty ? nil : missing)
            }),
        CommandForm(
            "file", "申报", "File the application",
            (
                "提交申请。办件里已有的材料自动带入，不必再交；工作时间以外提交的，次日收件。",
                "Files the application. What the office holds already is attached by itself."
            ),
            .materialsReused, button: ("提交申请", "File"),
            inputs: { site in
                let held = Set(site.state.materials.filter { $0.isValid(on: site.today) }.map(\.material))
                let needed = site.materials.filter { !held.contains($0.value) }
                return needed.isEmpty ? [] : [materials(needed, isRequired: false)]
            },
            item: { reading, _ in .file(materials: reading.materials("materials")) }),
        CommandForm(
            "look-up", "调取材料", "Look materials up",
            (
                "从区域评估、其他办件和共享数据中调取，不向申请人要。",
                "Takes materials over from the zone, other cases and shared registers instead of asking the applicant."
            ),
            .materialsLookedUp,
            inputs: { [materials($0.outstanding, isRequired: false, takesFiles: false)] },
            item: { reading, _ in .lookUp(materials: reading.answers.all("materials")) }),
        CommandForm(
            "request-correction", "一次性补正告知", "Request a correction",
            (
                "一次告知需要补正的全部内容。告知后不得再要求新的补正；逾期不告知，自收到之日起视为受理。",
                "Names everything that is missing, once. Nothing new can be asked afterwards; if nothing is said in time the application counts as admitted from the day it was received."
            ),
            .oneCorrection, button: ("发出补正告知", "Send the notice"), isWeighty: true,
            inputs: points("需要补正的内容", "What is missing or wrong"),
            item: { reading, _ in .requestCorrection(points: reading.points("points")) }),
        CommandForm(
            "supply-correction", "提交补正", "Supply the correction",
            (
                "按补正告知一次交齐。收到后部门重新决定是否受理。",
                "Hand in what the notice lists, all at once. The department then decides on admission."
            ),
            .oneCorrection,
            inputs: { [materials($0.outstanding, isRequired: false)] },
            item: { reading, _ in .supplyCorrection(materials: reading.materials("materials")) }),
        CommandForm(
            "admit", "受理", "Admit",
            ("材料齐全、符合法定形式的，予以受理；审批时限从今天起算。", "The application is complete and in due form. The clock starts today."),
            .onRecord, button: ("受理", "Admit"), item: { _, _ in .admit }),
        CommandForm(
            "refuse-admission", "不予受理", "Refuse admission",
            (
                "不需要许可，或不属于本部门职权。要说明理由，并告知应向哪个机关申请。",
                "No permit is needed, or another body is in charge. Say why, and which body it is."
            ),
            .windowWithoutVeto, isWeighty: true, isHarsh: true,
            inputs: { _ in
                [
                    .reason("不予受理的理由", "Reason"),
                    Input(
                        name: "rightBody", label: LocalizedText(zh: "应当申请的机关", en: "The body in charge"), kind: .line,
                        isRequired: false,
                        missing: LocalizedText(zh: "填写机关名称", en: "Enter its name")),
                ]
            },
            item: { reading, _ in
                .refuseAdmission(reason: reading.text("reason"), rightBody: reading.optional("rightBody"))
            }),
        CommandForm(
            "commit", "签署承诺书", "Sign the promise",
            (
                "承诺符合条件的，当场作出决定，事后核查。不实承诺会被撤销许可并记入信用。",
                "You promise that the conditions are met. The decision comes at once and is checked later; a broken promise costs the permit."
            ),
            .commitmentChoice, isWeighty: true,
            inputs: { site in
                [.line("signer", "签署人", "Signed by", missing: ("填写签署人的姓名", "Enter who signs"), value: site.actor.name)]
            },
            item: { reading, _ in .commit(signer: reading.text("signer")) }),
        CommandForm(
            "decline-commitment", "选择一般程序", "Choose the ordinary way",
            ("不作承诺，按一般程序办理。", "No promise; the application goes the ordinary way."),
            .commitmentChoice, item: { _, _ in .declineCommitment }),
    ]

    static let underReview: [CommandForm] = [
        CommandForm(
            "begin-review", "开始办理", "Begin the review",
            ("部门开始办理，本事项的时限从今天起算。", "The department begins; the item's clock starts today."),
            .departmentClock, item: { _, _ in .beginReview }),
        CommandForm(
            "sign", "签署", "Sign",
            ("签署审查意见，转下一环节。", "Sign your part of the review and pass it on."),
            .reviewerChain,
            inputs: { _ in
                [
                    .text(
                        "opinion", "审查意见", "Opinion",
                        missing: ("填写审查意见，例如“材料齐全，建议准予”", "Enter your opinion, for example “complete, to be granted”"))
                ]
            },
            item: { reading, _ in .sign(opinion: reading.text("opinion")) }),
        CommandForm(
            "review-legality", "法制审核", "Review the legality",
            ("作出不予许可决定前，由另一人审核是否合法。", "Somebody else looks at a refusal before it is made."),
            .legalReview,
            inputs: { _ in
                [
                    .choice(
                        "agrees", "审核结论", "Conclusion", missing: ("选择审核结论", "Choose the conclusion"),
                        [
                            .init(value: "yes", label: LocalizedText(zh: "合法，可以作出", en: "Lawful, it may be made")),
                            .init(value: "no", label: LocalizedText(zh: "不合法，不应作出", en: "Not lawful, it may not")),
                        ]),
                    .text("opinion", "审核意见", "Opinion", missing: ("填写审核意见", "Enter the opinion")),
                ]
            },
            item: { reading, _ in
                let agrees = reading.choice("agrees")
                return .reviewLegality(agrees: agrees == "yes", opinion: reading.text("opinion"))
            }),
        CommandForm(
            "request-supplement", "过程补件", "Request a supplement",
            (
                "受理后只能要求一次补件，停表到补齐为止。一次说全。",
                "After admission a supplement can be asked once; the clock stands still until it comes. Name everything."
            ),
            .oneSupplement, button: ("发出补件通知", "Send the request"), isWeighty: true,
            inputs: points("需要补件的内容", "What is needed"),
            item: { reading, _ in .requestSupplement(points: reading.points("points")) }),
        CommandForm(
            "supply", "提交补件", "Supply what was asked for",
            ("按补件通知交齐，时限恢复计算。", "Hand in what was asked for; the clock runs again."),
            .oneSupplement,
            inputs: { [materials($0.outstanding, isRequired: false)] },
            item: { reading, _ in .supplySupplement(materials: reading.materials("materials")) }),
        CommandForm(
            "pause", "特别程序", "Begin a special procedure",
            (
                "听证、检测、专家评审等所需时间不计入时限，须书面告知申请人依据和所需时间。现场勘查、集体讨论不停表。",
                "Hearings, tests and expert reviews do not count; the applicant is told in writing why and for how long. Site visits and discussions do not stop the clock."
            ),
            .specialProcedure, button: ("开始特别程序", "Begin"), isWeighty: true,
            inputs: { _ in
                [
                    .choice(
                        "kind", "程序", "Procedure", missing: ("选择要进行的程序", "Choose the procedure"),
                        SpecialProcedure.allCases.map {
                            .init(
                                value: $0.rawValue,
                                label: LocalizedText(
                                    zh: $0.title.zh, en: $0.title.en.replacing("-", with: " ").capitalizedFirst),
                                hint: $0.stopsClock ? nil : LocalizedText(zh: "不停表", en: "the clock runs on"))
                        }),
                    .line(
                        "basis", "法定依据", "Legal basis",
                        missing: (
                            "填写停表的法定依据，例如“行政许可法第四十五条”",
                            "Enter the legal basis for the pause, for example “Administrative Licensing Law art. 45”"
                        ),
                        value: "行政许可法第四十五条"),
                    .days("length", "告知申请人的时间", "Time told to the applicant", .working(10)),
                ]
            },
            item: { reading, _ in
                let kind = reading.choice("kind").flatMap { SpecialProcedure(rawValue: $0) }
                let basis = reading.text("basis")
                guard let length = reading.days("length"), let kind else { return nil }
                return .beginSpecialProcedure(kind: kind, basis: basis, length: length)
            }),
        CommandForm(
            "schedule-procedure", "约定日期", "Name the date",
            ("承办机构说明特别程序哪一天进行。", "The unit that carries the procedure out names its date."),
            .procedureOfItem,
            inputs: { site in
                [
                    .date(
                        "date", "日期", "Date",
                        value: site.machine.calendar.workingDay(onOrAfter: site.today.adding(days: 1)))
                ]
            },
            item: { reading, _ in reading.date("date").map { .scheduleProcedure(date: $0) } }),
        CommandForm(
            "suspend", "中止", "Suspend",
            (
                "因申请人或第三方的原因无法继续的，经批准中止，停表。",
                "The review cannot go on for an outside cause. It takes another person's approval and stops the clock."
            ),
            .suspension, isWeighty: true,
            inputs: { _ in [.reason("中止的原因", "Why it cannot go on"), .approver] },
            item: { reading, _ in .suspend(reason: reading.text("reason"), approver: reading.text("approver")) }),
        CommandForm(
            "resume", "恢复办理", "Resume",
            ("结束停表，时限从今天起继续计算。", "Ends the pause; the clock runs on from today."),
            .specialProcedure,
            inputs: { _ in
                [
                    .text(
                        "result", "程序结果或恢复的原因", "Result, or why it goes on",
                        missing: ("填写程序结果或恢复的原因，例如“专家评审通过”", "Enter the result, for example “the experts agreed”"))
                ]
            },
            item: { reading, site in
                let result = reading.text("result")
                return site.item?.pause?.kind == .procedure
                    ? .endSpecialProcedure(result: result) : .resume(reason: result)
            }),
        CommandForm(
            "extend", "延长", "Extend the limit",
            (
                "法定时限内不能作出决定的，经批准可以延长一次，并告知申请人理由。",
                "The limit may be extended once, with approval and a reason told to the applicant."
            ),
            .extensionOnce, isWeighty: true,
            inputs: { site in
                let longest =
                    site.definition.flatMap { site.machine.statutoryLimit(of: $0.id)?.longestExtension } ?? .working(10)
                return [.days("by", "延长", "By", longest), .reason("延长的理由", "Reason"), .approver]
            },
            item: { reading, _ in
                let amount = reading.days("by")
                let (reason, approver) = (reading.text("reason"), reading.text("approver"))
                return amount.map { .extend(by: $0, reason: reason, approver: approver) }
            }),
        CommandForm(
            "supply-gaps", "补齐容缺材料", "Supply what was promised",
            ("交齐容缺受理时承诺后补的材料。", "Hand in what was to follow."),
            .tolerance,
            inputs: { site in [materials(site.needed(site.item?.gaps?.materials ?? []))] },
            item: { reading, _ in .supplyGaps(materials: reading.materials("materials")) }),
        CommandForm(
            "decide", "作出决定", "Decide",
            (
                "决定作出即办结。不予许可要写明理由，并告知救济途径。",
                "This closes the item. A refusal gives reasons and names the ways to appeal."
            ),
            .refusalWithReasons, button: ("作出决定", "Decide"), isWeighty: true,
            inputs: { _ in decision(passed: true) },
            item: { reading, _ in read(decision: &reading).map { .decide($0) } }),
        CommandForm(
            "return", "退件", "Return the application",
            ("补正或承诺逾期未到的，退回申请。申请人可以重新申报。", "A correction or a promise never came. The applicant may file again."),
            .brokenPromise, isWeighty: true, isHarsh: true,
            inputs: { _ in [.reason("退件的原因", "Reason")] },
            item: { reading, _ in .returnApplication(reason: reading.text("reason")) }),
        CommandForm(
            "withdraw", "撤回申请", "Withdraw the application",
            ("决定作出前可以撤回，以后可以重新申报。", "You may withdraw before the decision and file again later."),
            .withdrawal, isWeighty: true, isHarsh: true,
            inputs: { _ in [.reason("撤回的原因", "Reason")] },
            item: { reading, _ in .withdraw(reason: reading.text("reason")) }),
    ]

    // MARK: Decisions

    static let appealWords = (
        zh: "六十日内申请行政复议，或六个月内提起行政诉讼", en: "reconsideration within sixty days, or court within six months"
    )

    static func decision(passed: Bool) -> [Input] {
        [
            .choice(
                "decision", "决定", "Decision",
                missing: ("选择准予、容缺准予或不予许可", "Choose to grant, to grant with gaps, or to refuse"),
                [
                    .init(value: "granted", label: LocalizedText(zh: "准予", en: "Grant")),
                    .init(
                        value: "with-gaps", label: LocalizedText(zh: "容缺准予", en: "Grant with gaps"),
                        hint: LocalizedText(zh: "次要材料按承诺后补", en: "minor materials follow as promised")),
                    .init(
                        value: "refused", label: LocalizedText(zh: "不予许可", en: "Refuse"),
                        hint: LocalizedText(zh: "须填写理由和救济途径", en: "with reasons and the ways to appeal")),
                ], value: passed ? "" : "refused"),
            Input(
                name: "reasons", label: LocalizedText(zh: "不予许可的理由", en: "Reasons of a refusal"), kind: .text,
                isRequired: false,
                missing: LocalizedText(
                    zh: "不予许可要写明理由，例如“日照不满足规范第 5 条”",
                    en: "A refusal needs its reasons, for example “daylight below the standard”")),
            Input(
                name: "appeal", label: LocalizedText(zh: "救济途径", en: "Ways to appeal"), kind: .line, isRequired: false,
                missing: LocalizedText(zh: "写明复议和诉讼的途径与期限", en: "Name reconsideration and court with their periods"),
                value: appealWords.zh),
        ]
    }

    static func read(decision reading: inout FormReading) -> Decision? {
        guard let choice = reading.choice("decision") else { return nil }
        guard choice == "refused" else { return choice == "granted" ? .granted : .grantedWithGaps }
        let (reasons, appeal) = (reading.text("reasons"), reading.text("appeal"))
        for (name, text) in [("reasons", reasons), ("appeal", appeal)] where text.isEmpty {
            if let input = reading.inputs.first(where: { $0.name == name }) { reading.note(name, input.missing) }
        }
        return .refused(reasons: reasons, appeal: appeal)
    }
}

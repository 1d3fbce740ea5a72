import Planning
import WorkCalendar
import WorkflowModel

/// S7, the beginning: what to play through (推演设置).
struct SimulationFormPage: Page {
    let subject: SimulationRequest.Subject
    let subjectTitle: LocalizedText
    /// Where it leads back to.
    let back: Crumb?
    let workflow: WorkflowDefinition
    /// Those that this project can use.
    let levers: [Lever]
    let request: SimulationRequest
    /// Where the form is sent.
    let action: String
    /// Jobs that are there already, the newest first.
    var recent: [SimulationJobView] = []
    var typed: [String: String] = [:]

    var place: Place? { .simulation }

    func title(in context: PageContext) -> String { context.say("推演", "Simulation") }

    func crumbs(in context: PageContext) -> [Crumb] {
        [Crumb(title: context.say("推演", "Simulations"), link: Links.simulations)] + (back.map { [$0] } ?? [])
    }

    func main(in context: PageContext) -> [Markup] {
        let kit = FormKit(context: context, values: typed)
        return [
            .tag("p", ["class": "subtitle"], [Kit.foreign(subjectTitle[context.language], context)]),
            kit.form(
                action, class: "simulation",
                [
                    .tag(
                        "fieldset", [:],
                        [
                            .tag("legend", [:], context.say("想知道什么", "What to find out"))
                        ] + questions(context)),
                    .tag(
                        "fieldset", [:],
                        [.tag("legend", [:], context.say("怎样推演", "How it is played through"))] + settings(kit, context)
                    ),
                    advice(kit, context), choices(kit, context),
                    .tag("p", ["class": "buttons"], [kit.button(context.say("开始推演", "Start"))]),
                    Kit.paragraph(
                        context.say(
                            "推演在后台进行，可以离开本页；同样的问题只算一次，结果有固定网址。",
                            "It runs in the background and you can leave the page; the same question is computed once, and its result keeps its address."
                        ), class: "hint"),
                ]),
        ] + list(context)
    }

    private func questions(_ context: PageContext) -> [Markup] {
        let options: [(SimulationRequest.Question, String, String)] = [
            (
                .chances, context.say("按现状的把握", "The chances as things are"),
                context.say("何时完成、各目标达标的概率、什么最影响它", "When it ends, the chance of each target, and what moves it most")
            ),
            (
                .comparison, context.say("采用改革措施前后比较", "With and without some levers"),
                context.say("并排比较，同一组随机数", "Side by side, on the same random numbers")
            ),
            (
                .advice, context.say("要达标，最省的办法", "The cheapest way to meet a target"),
                context.say("列出每项措施的效果和成本，给出建议", "What each lever buys, and which to pull")
            ),
        ]
        return options.map { question, title, detail in
            let id = "question-\(question.rawValue)"
            let isChosen = (typed["question"] ?? request.question.rawValue) == question.rawValue
            return .tag(
                "div", ["class": "tick"],
                [
                    .tag(
                        "input",
                        [
                            "type": "radio", "id": id, "name": "question", "value": question.rawValue,
                            "checked": isChosen ? "checked" : nil,
                        ]),
                    .tag("label", ["for": id], title), .tag("span", ["class": "hint"], detail),
                ])
        }
    }

    private func settings(_ kit: FormKit, _ context: PageContext) -> [Markup] {
        [
            .tag(
                "div", ["class": "fields"],
                [
                    kit.input(
                        "start", context.say("进件日期", "Entry of the project"), type: "date",
                        value: request.start.description, isShort: true),
                    kit.input(
                        "promise", context.say("承诺日期（可不填）", "A promised date (optional)"), type: "date",
                        value: request.promise?.description, isShort: true),
                    kit.input(
                        "runs", context.say("次数", "Runs"), type: "number", value: "\(request.runs)", isShort: true,
                        more: [
                            ("min", "\(SimulationRequest.runsRange.lowerBound)"),
                            ("max", "\(SimulationRequest.runsRange.upperBound)"), ("inputmode", "numeric"),
                        ]),
                    kit.input(
                        "seed", context.say("随机种子", "Seed"), value: "\(request.seed)", isShort: true,
                        more: [("inputmode", "numeric")]),
                ]),
            Kit.paragraph(
                context.say("同一种子的结果完全相同，可以复核。", "The same seed gives the same figures, so that they can be checked."),
                class: "hint"),
        ]
    }

    private func advice(_ kit: FormKit, _ context: PageContext) -> Markup {
        let targets = workflow.targets.map { target in
            (
                value: target.id,
                title: (target.title?[context.language] ?? target.id)
                    + (target.limit.map { " · " + context.language.days($0.minutes, $0.unit) } ?? "")
            )
        }
        guard !targets.isEmpty, !levers.isEmpty else { return .text("") }
        return .tag(
            "fieldset", [:],
            [
                .tag("legend", [:], context.say("求建议时", "For advice")),
                .tag(
                    "div", ["class": "fields"],
                    [
                        kit.choose("target", context.say("目标", "Target"), targets, value: request.target),
                        kit.input(
                            "limit", context.say("时限（天，不填用目标自己的）", "Limit in days (blank: the target's own)"),
                            value: request.limit.map(String.init), isShort: true, more: [("inputmode", "numeric")]),
                        kit.input(
                            "chance", context.say("把握（%，不填按计划）", "Wanted chance in % (blank: in the plan)"),
                            value: request.chance.map(String.init), isShort: true, more: [("inputmode", "numeric")]),
                    ]),
            ])
    }

    private func choices(_ kit: FormKit, _ context: PageContext) -> Markup {
        guard !levers.isEmpty else {
            return Kit.paragraph(
                context.say(
                    "这个流程没有写明改革措施（levers），因此只能推演现状。",
                    "This workflow declares no levers, so only the present state can be played through."), class: "hint"
            )
        }
        let wrong = context.mistakes.first { $0.field == "levers" }
        return .tag(
            "fieldset", ["id": "levers", "class": wrong == nil ? nil : "wrong", "tabindex": "-1"],
            [.tag("legend", [:], context.say("比较时采用的改革措施", "Levers to compare with"))]
                + (wrong.map { [.tag("span", ["class": "mistake"], $0.text)] } ?? [])
                + levers.map { lever in
                    kit.tick(
                        "lever", value: lever.id, lever.title[context.language],
                        isTicked: request.levers.contains(lever.id),
                        detail: context.say("成本 ", "cost ") + (Double(lever.cost) / 100).px)
                })
    }

    private func list(_ context: PageContext) -> [Markup] {
        guard !recent.isEmpty else { return [] }
        return [
            Kit.section(
                "recent", context.say("最近的推演", "Recent simulations"),
                [
                    .tag(
                        "ul", ["class": "plain"],
                        recent.map { job in
                            .tag(
                                "li", [:],
                                [
                                    Kit.link(
                                        job.subject[context.language] + " · "
                                            + job.request.question.title[context.language],
                                        Links.simulation(job.id)),
                                    .text(" · " + job.standing(context)),
                                ])
                        })
                ])
        ]
    }
}

extension SimulationRequest.Question {
    var title: LocalizedText {
        switch self {
        case .chances: LocalizedText(zh: "按现状的把握", en: "chances as things are")
        case .comparison: LocalizedText(zh: "措施前后比较", en: "with and without levers")
        case .advice: LocalizedText(zh: "改革建议", en: "advice")
        }
    }
}

extension SimulationJobView {
    /// Where it stands, in a few words.
    func standing(_ context: PageContext) -> String {
        switch state {
        case .running(let done, let all, _): context.say("进行中 ", "running ") + "\(done) / \(all)"
        case .over(isPartial: true): context.say("已停止，部分结果", "stopped, partial")
        case .over: context.say("已完成", "done")
        case .failed: context.say("不能推演", "cannot be computed")
        }
    }
}

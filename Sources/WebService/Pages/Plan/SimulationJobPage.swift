import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

/// S7: a job under way, and what came of it (推演结果).
struct SimulationJobPage: Page {
    let job: SimulationJobView

    var place: Place? { .simulation }

    func title(in context: PageContext) -> String {
        job.request.question.title[context.language].capitalizedFirst + context.say("：", ": ")
            + job.subject[context.language]
    }

    func crumbs(in context: PageContext) -> [Crumb] {
        [Crumb(title: context.say("推演", "Simulations"), link: Links.simulations)]
    }

    func main(in context: PageContext) -> [Markup] {
        switch job.state {
        case .running(let done, let all, let left): running(done, all, left, context)
        case .failed(let why):
            [Kit.paragraph(why[context.language], class: "inset near"), again(context)]
        case .over:
            [settings(context)] + (job.result.map { shown($0, context) } ?? []) + [again(context)]
        }
    }

    private var path: String { Links.simulation(job.id) }

    /// Where the same is asked with something changed.
    private var form: String {
        switch job.request.subject {
        case .caseFile(let id): Links.simulation(of: id)
        case .workflow(let id, let version): Links.simulation(ofWorkflow: id, version)
        }
    }

    /// Once more, with something changed.
    private func again(_ context: PageContext) -> Markup {
        return .tag(
            "p", ["class": "buttons"],
            [Kit.link(context.say("改变条件再推演", "Change something and run again"), form, class: "button second")])
    }

    // MARK: Under way

    private func running(_ done: Int, _ all: Int, _ left: Int?, _ context: PageContext) -> [Markup] {
        let percent = all == 0 ? 0 : done * 100 / all
        let kit = FormKit(context: context)
        return [
            settings(context),
            .tag(
                "div", ["class": "job", "data-job": path],
                [
                    .tag("label", ["for": "progress"], context.say("进度", "Progress")),
                    .tag(
                        "progress",
                        [
                            "id": "progress", "max": "\(max(1, all))", "value": "\(done)", "aria-valuemin": "0",
                            "aria-valuemax": "\(max(1, all))", "aria-valuenow": "\(done)",
                        ], "\(percent) %"),
                    .tag("p", ["data-part": "words"], words(done, all, left, context.language)),
                ]),
            kit.form(
                path + "/cancel", class: "buttons",
                [kit.button(context.say("停止，保留已有结果", "Stop and keep what is done"), isMain: false)]),
            .tag(
                "p", ["class": "hint"],
                [
                    .text(context.say("可以离开本页，稍后从同一网址查看。", "You may leave; the result will be at the same address. ")),
                    Kit.link(context.say("刷新", "Refresh"), path),
                ]),
        ]
    }

    /// `12400 / 20000 次，62 %，约剩 4 秒`.
    func words(_ done: Int, _ all: Int, _ left: Int?, _ language: Language) -> String {
        if job.request.question == .advice {
            return language.say("正在比较各项措施，最多 \(all) 秒", "Weighing the levers, for \(all) seconds at most")
        }
        let percent = all == 0 ? 0 : done * 100 / all
        let rest =
            left.map {
                $0 <= 1
                    ? language.say("，马上完成", ", almost done") : language.say("，约剩 \($0) 秒", ", about \($0) seconds left")
            }
            ?? language.say("，正在估计时间", ", estimating the time")
        return language.say("\(done) / \(all) 次，\(percent) %", "\(done) of \(all) runs, \(percent) %") + rest
    }

    private func settings(_ context: PageContext) -> Markup {
        let request = job.request
        let parts = [
            context.say("自 ", "from ") + context.language.long(request.start),
            context.say("\(request.runs) 次", "\(request.runs) runs"), context.say("种子 ", "seed ") + "\(request.seed)",
        ]
        return .tag(
            "p", ["class": "subtitle"],
            [.text(parts.joined(separator: " · "))]
                + (job.askedBy.isEmpty
                    ? [] : [.text(context.say(" · 发起：", " · asked by ")), Kit.foreign(job.askedBy, context)]))
    }

    // MARK: Results

    private func shown(_ result: SimulationResult, _ context: PageContext) -> [Markup] {
        switch result {
        case .chances(let report): chances(report, context)
        case .comparison(let before, let after, let levers):
            SimulationComparison(before: before, after: after, levers: levers, context: context).markup
        case .advice(let report): advice(report, context)
        }
    }

    private func chances(_ report: SimulationReport, _ context: PageContext) -> [Markup] {
        let page = PicturePage(report, language: context.language)
        var markup: [Markup] = []
        if report.isPartial {
            markup.append(
                Kit.paragraph(
                    context.say(
                        "部分结果：只完成了 \(report.runs) 次，推演被提前停止。",
                        "Partial: \(report.runs) runs were done when it was stopped."), class: "inset near"))
        }
        var facts = page.facts.map { Kit.Fact(name: $0.name, value: $0.value, isGood: $0.isGood) }
        if let p95 = report.finish.percentiles.first(where: { $0.p == 0.95 }) {
            facts.append(
                .init(name: context.say("完成日期 P95", "finish, P95"), value: context.language.long(p95.value)))
        }
        if let promise = job.request.promise {
            let chance = report.chance(ofFinishBy: promise)
            facts.insert(
                .init(
                    name: context.say(
                        "\(context.language.long(promise))前完成", "finished by \(context.language.long(promise))"),
                    value: context.say("把握 ", "chance ") + "\(Int((chance * 100).rounded())) %",
                    isGood: chance >= 0.8 ? true : chance < 0.5 ? false : nil), at: 0)
        }
        markup.append(Kit.facts(facts))
        markup += page.sections.enumerated().map { number, section in
            Kit.section("result-\(number)", section.title, section.content)
        }
        return markup + [.tag("div", ["class": "notes"], page.notes.map { Kit.paragraph($0) })]
    }

    private func advice(_ report: AdviceReport, _ context: PageContext) -> [Markup] {
        let page = PicturePage(report, language: context.language)
        let chosen = report.chosen
        var markup: [Markup] = [
            Kit.facts(page.facts.map { Kit.Fact(name: $0.name, value: $0.value, isGood: $0.isGood) })
        ]
        if !chosen.isEmpty {
            var request = job.request
            request.question = .comparison
            request.levers = chosen.map(\.id).sorted()
            markup.append(
                Kit.section(
                    "advised", context.say("建议采用", "Pull these"),
                    [
                        .tag(
                            "ol", ["class": "advised"],
                            chosen.map { lever in
                                let row = report.rows.first { $0.lever.id == lever.id }
                                let buys = row?.alone.map {
                                    context.say("单独少用 ", "saves alone ")
                                        + context.language.days($0, report.target.limit?.unit ?? .working)
                                }
                                let cost = context.say("成本 ", "cost ") + (Double(row?.cost ?? lever.cost) / 100).px
                                return .tag(
                                    "li", [:],
                                    [
                                        .tag("strong", [:], lever.title[context.language]),
                                        .tag(
                                            "span", ["class": "hint"],
                                            [cost, buys, lever.basis ?? lever.source].compactMap(\.self)
                                                .joined(separator: " · ")),
                                    ])
                            }),
                        FormKit(context: context).form(
                            form, class: "buttons",
                            hidden(request)
                                + [
                                    FormKit(context: context).button(
                                        context.say("推演采用后的把握，并排比较", "Compare the chances with and without"))
                                ]),
                    ]))
        }
        markup += page.sections.enumerated().map { number, section in
            Kit.section("advice-\(number)", section.title, section.content)
        }
        return markup + [.tag("div", ["class": "notes"], page.notes.map { Kit.paragraph($0) })]
    }

    /// The same question as fields that nobody sees.
    private func hidden(_ request: SimulationRequest) -> [Markup] {
        var fields: [(String, String)] = [
            ("question", request.question.rawValue), ("start", request.start.description),
            ("runs", "\(request.runs)"), ("seed", "\(request.seed)"),
        ]
        fields += request.levers.map { ("lever", $0) }
        return fields.map { .tag("input", ["type": "hidden", "name": $0.0, "value": $0.1]) }
    }
}

extension SimulationReport {
    /// The share of the runs that finished by a date.
    func chance(ofFinishBy date: LocalDate) -> Double {
        finish.curve.last { $0.x <= date }?.p ?? 0
    }
}

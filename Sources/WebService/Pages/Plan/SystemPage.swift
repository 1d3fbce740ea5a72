import Planning
import WorkCalendar
import WorkflowModel

/// S14: whether everything runs (系统), in figures that say what to do when it does not.
struct SystemPage: Page {
    let health: SystemHealth

    var place: Place? { .system }

    func title(in context: PageContext) -> String { context.say("系统", "System") }

    func main(in context: PageContext) -> [Markup] {
        let bad = health.checks.filter { $0.isGood == false }
        return [
            Kit.paragraph(
                bad.isEmpty
                    ? context.say("一切正常。", "Everything is in order.")
                    : context.say(
                        "有 \(bad.count) 项需要处理。", "\(bad.count) thing\(bad.count == 1 ? " needs" : "s need") attention."),
                class: bad.isEmpty ? "hint" : "warning"),
            Kit.section(
                "checks", context.say("运行状况", "Health"),
                [
                    Kit.table(
                        context.say("运行状况", "Health"),
                        head: [context.say("项目", "what"), context.say("现状", "now"), context.say("怎么办", "what to do")],
                        rows: health.checks.map { check in
                            [
                                [.text(check.name[context.language])],
                                [
                                    .tag(
                                        "span", ["class": check.isGood == false ? "bad" : nil],
                                        (check.isGood == false ? "⚠ " : "") + check.value[context.language])
                                ],
                                [.text(check.advice?[context.language] ?? "")],
                            ]
                        }, hidesCaption: true)
                ]),
            jobs(context),
        ]
    }

    private func jobs(_ context: PageContext) -> Markup {
        Kit.section(
            "jobs", context.say("后台任务", "Jobs"),
            health.jobs.isEmpty
                ? [Kit.empty(context.say("没有在进行的任务。", "No job is running."))]
                : [
                    Kit.table(
                        context.say("后台任务", "Jobs"),
                        head: [context.say("任务", "job"), context.say("发起", "asked by"), context.say("状态", "state")],
                        rows: health.jobs.map { job in
                            [
                                [
                                    Kit.link(
                                        "\(job.subject[context.language]) · \(job.request.question.title[context.language])",
                                        Links.simulation(job.id))
                                ], [Kit.foreign(job.askedBy, context)], [.text(job.standing(context))],
                            ]
                        }, hidesCaption: true)
                ])
    }
}

/// What the service knows of itself (运行状况).
struct SystemHealth: Sendable {
    struct Check: Sendable {
        var name: LocalizedText
        var value: LocalizedText
        /// `nil` for what is neither good nor bad.
        var isGood: Bool?
        var advice: LocalizedText?
    }

    var checks: [Check]
    var jobs: [SimulationJobView] = []
}

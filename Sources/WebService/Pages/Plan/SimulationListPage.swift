import Planning
import WorkCalendar
import WorkflowModel

/// S7, the list: what was played through, and what can be (推演列表).
struct SimulationListPage: Page {
    let jobs: [SimulationJobView]
    let workflows: [(id: String, version: String, title: LocalizedText)]

    var place: Place? { .simulation }

    func title(in context: PageContext) -> String { context.say("推演", "Simulations") }

    func main(in context: PageContext) -> [Markup] {
        [
            Kit.section(
                "start", context.say("推演一个流程", "Play a workflow through"),
                workflows.isEmpty
                    ? [
                        Kit.empty(
                            context.say(
                                "流程库是空的；可以从办件页面推演一个办件。",
                                "The library is empty; a case can be played through from its page."),
                            Crumb(title: context.say("打开办件", "Open the cases"), link: Links.cases))
                    ]
                    : [
                        .tag(
                            "ul", ["class": "plain"],
                            workflows.map { row in
                                .tag(
                                    "li", [:],
                                    [
                                        .tag(
                                            "a", ["href": Links.simulation(ofWorkflow: row.id, row.version)],
                                            [Kit.foreign(row.title[context.language], context)]),
                                        .text(" \(row.version)"),
                                    ])
                            }),
                        Kit.paragraph(
                            context.say("办件的推演从办件的“推演”进入。", "Simulate a case from its own page."), class: "hint"),
                    ]),
            Kit.section(
                "recent", context.say("最近的推演", "Recent simulations"),
                jobs.isEmpty
                    ? [Kit.empty(context.say("还没有推演。", "Nothing has been played through yet."))]
                    : [
                        Kit.table(
                            context.say("最近的推演", "Recent simulations"),
                            head: [
                                context.say("对象", "of"), context.say("问题", "question"), context.say("条件", "terms"),
                                context.say("状态", "state"),
                            ],
                            rows: jobs.map { job in
                                [
                                    [
                                        .tag(
                                            "a", ["href": Links.simulation(job.id)],
                                            [Kit.foreign(job.subject[context.language], context)])
                                    ],
                                    [.text(job.request.question.title[context.language])],
                                    [
                                        .text(
                                            context.say(
                                                "\(job.request.runs) 次，种子 \(job.request.seed)",
                                                "\(job.request.runs) runs, seed \(job.request.seed)"))
                                    ],
                                    [.text(job.standing(context))],
                                ]
                            }, hidesCaption: true)
                    ]),
        ]
    }
}

import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// What anybody may know of a project by its code 公开进度: stages, items, states and dates; no names, no opinions.
struct ProgressPage: Page {
    let view: CaseView
    /// The whole address of this page, as it stands in the code to be scanned.
    let address: String

    var place: Place? { nil }
    var asOf: Int? { view.state.version }
    func title(in context: PageContext) -> String {
        let title = view.title[context.language]
        return context.say("\(title)：公开进度", "\(title): public progress")
    }

    func main(in context: PageContext) -> [Markup] {
        let done = view.standings.count { $0.state == .approved }
        var facts: [(String, [Markup])] = [
            (context.say("项目代码", "Project code"), [.strong(view.code)]),
            (context.say("状态", "Status"), [.text(view.state.status.title[context.language].capitalizedFirst)]),
            (
                context.say("进度", "Progress"),
                [
                    .text(
                        context.say(
                            "\(done) / \(view.standings.count) 项办结", "\(done) of \(view.standings.count) items done"))
                ]
            ),
        ]
        if let opened = view.state.openedOn { facts.append((context.say("立案", "Opened"), [.date(opened, context)])) }
        if let finish = view.report?.plan.finish, view.state.status == .open {
            facts.append((context.say("计划办结", "Planned finish"), [.date(finish, context)]))
        }
        var content: [Markup] = [.facts(facts)]
        content.append(.section("stages", context.say("各阶段事项", "Stages and items"), class: "public", [stages(context)]))
        var code: [Markup] = [.p(context.say("扫码查看本页，不用登录。", "Scan to open this page; no account is needed."))]
        if let qr = QRCode(address) {
            code.insert(.div("qr", [qr.markup(name: context.say("本页网址的二维码", "QR code of this page's address"))]), at: 0)
        }
        code.append(.p(address, class: "muted small"))
        content.append(.section("code", context.say("分享", "Share"), code))
        return content
    }

    /// What of a limit everybody may know: that it is passed, or that its clock stands still.
    ///
    /// - Source: 优化营商环境条例 art. 36.
    private func made(public deadline: DeadlineStanding, _ context: PageContext) -> [Markup]? {
        switch deadline.light {
        case .overduePromised, .overdueStatutory, .stopped: [Tag.light(deadline, context)]
        case .near, .normal: nil
        }
    }

    private func stages(_ context: PageContext) -> Markup {
        .tag(
            "ol", ["class": "stages"],
            view.workflow.stages.compactMap { stage in
                let own = view.standings.filter { $0.stage == stage.id }
                guard !own.isEmpty else { return nil }
                return .tag(
                    "li", ["class": stage.national > 4 ? "lane" : nil],
                    [
                        .tag(
                            "h3", [:],
                            [
                                .span(nil, [.named(stage.title, context)]),
                                .tag(
                                    "small", [:],
                                    context.say(
                                        "\(own.count { $0.state == .approved }) / \(own.count) 办结",
                                        "\(own.count { $0.state == .approved }) of \(own.count) done")),
                            ]),
                        .tag(
                            "ul", ["class": "stations"],
                            own.map { standing in
                                .tag(
                                    "li", ["class": standing.state == .approved ? "approved" : nil],
                                    [
                                        .span(nil, [.named(standing.item.title, context)]),
                                        .span(
                                            "side",
                                            (standing.finished.map { [.shortDate($0, context)] } ?? [])
                                                + (standing.deadline.flatMap { made(public: $0, context) } ?? [])
                                                + [Tag.state(standing.state, nil, context)]),
                                    ])
                            }),
                    ])
            })
    }
}

import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// The form of one thing to do with an item or a case (办理表单页): asked, shown once more when it weighs, and sent.
struct ActPage: Page {
    let view: CaseView
    let form: CommandForm
    let site: FormSite
    /// What was typed so far; `nil` before anything was.
    var answers: FormAnswers?
    /// Shown once more before it is done.
    var isReview = false
    /// What somebody else did meanwhile to the same item.
    var meanwhile: [HistoryPage.Entry] = []

    var place: Place? { .cases }
    var asOf: Int? { view.state.version }

    private var subject: LocalizedText { site.definition?.title ?? view.title }
    private var address: String {
        site.item.map { Links.act(view.id, $0.id, form.verb) } ?? Links.act(view.id, form.verb)
    }
    private var back: String { site.item.map { Links.task(view.id, $0.id) } ?? Links.caseFile(view.id) }

    func title(in context: PageContext) -> String {
        let words = form.title[context.language]
        return isReview ? context.say("核对：\(words)", "Check: \(words)") : words
    }

    func crumbs(in context: PageContext) -> [Crumb] {
        [
            Crumb(title: context.say("办件", "Cases"), link: Links.cases),
            Crumb(title: view.title[context.language], link: Links.caseFile(view.id)),
        ] + (site.definition.map { [Crumb(title: $0.title[context.language], link: back)] } ?? [])
    }

    func main(in context: PageContext) -> [Markup] {
        [.p([.named(subject, context), .text(" · "), .named(view.title, context)], class: "lead")] + changed(context)
            + (isReview ? review(context) : question(context))
    }

    /// What was done by somebody else since the form was opened, beside one's own text.
    private func changed(_ context: PageContext) -> [Markup] {
        guard !meanwhile.isEmpty else { return [] }
        return [
            Notices.inset(
                [
                    .p([
                        .strong(
                            context.say(
                                "别人刚刚办理了此件。您填写的内容已保留，核对后再提交。",
                                "Somebody else has just acted on this. Your text is kept; check it and send it again."))
                    ]),
                    .tag(
                        "ul", [:],
                        meanwhile.map { entry in
                            .tag(
                                "li", [:],
                                [
                                    .foreign(
                                        entry.event.by.role == .system
                                            ? context.say("系统", "The system") : entry.event.by.name, context),
                                    .text(context.say("：", ": ")),
                                    .foreign(view.spoken(entry.event.words)[context.language], context),
                                    .text(context.say("（", " (")),
                                    .link("#\(entry.number)", to: Links.event(view.id, entry.number)),
                                    .text(context.say("）", ")")),
                                ])
                        }),
                ], kind: "near")
        ]
    }

    private var version: Markup { FormParts.hidden("version", "\(view.state.version)") }

    private func question(_ context: PageContext) -> [Markup] {
        let inputs = form.inputs(site)
        var content: [Markup] = [.p(form.explanation[context.language])]
        if let index = site.index {
            content += DeadlineSentence.markup(view: view, index: index, requests: site.requests, context)
        }
        content.append(
            .tag(
                "form",
                [
                    "class": "form", "method": "post", "action": address, "novalidate": "novalidate",
                    "enctype": FormParts.encoding(inputs, context),
                ],
                FormParts.token(context) + [version]
                    + inputs.map { FormParts.field($0, answers, context) }
                    + [
                        .div(
                            "buttons",
                            [
                                .tag(
                                    "button", ["class": form.isHarsh ? "danger" : nil],
                                    form.isWeighty
                                        ? context.say("下一步：核对", "Next: check it") : form.button[context.language]),
                                .link(context.say("返回", "Back"), to: back, class: "button second"),
                            ])
                    ]))
        content.append(
            .p([.text(context.say("依据：", "Basis: ")), .cited(form.rule.source, context)], class: "muted small"))
        return content
    }

    private func review(_ context: PageContext) -> [Markup] {
        let inputs = form.inputs(site)
        let answers = answers ?? FormAnswers()
        let kept = answers.values.filter { $0.key != "_token" && $0.key != "version" && $0.key != "confirmed" }
            .sorted { $0.key < $1.key }.flatMap { name, values in values.map { (name, $0) } }
        let hidden: [Markup] = kept.map { name, value in
            // A text of several lines keeps them only in a field that has lines.
            value.contains(where: \.isNewline)
                ? .tag("textarea", ["name": name, "hidden": "hidden", "aria-hidden": "true"], [.text(value)])
                : FormParts.hidden(name, value)
        }
        return [
            .p(context.say("提交后会记入全过程记录，申请人可以看到。请核对一遍。", "Once sent this goes on record. Please read it once more.")),
            .tag("dl", ["class": "review"], inputs.flatMap { said($0, answers, context) }),
            .tag(
                "form", ["class": "form", "method": "post", "action": address],
                FormParts.token(context) + [version] + hidden + [
                    .div(
                        "buttons",
                        [
                            .tag(
                                "button",
                                ["class": form.isHarsh ? "danger" : nil, "name": "confirmed", "value": "yes"],
                                form.button[context.language]),
                            .tag(
                                "button", ["class": "second", "name": "confirmed", "value": "edit"],
                                context.say("返回修改", "Change it")),
                        ])
                ]),
        ]
    }

    /// What was answered, in words.
    private func said(_ input: Input, _ answers: FormAnswers, _ context: PageContext) -> [Markup] {
        let language = context.language
        func pair(_ term: LocalizedText, _ value: String) -> Markup {
            let lines = value.split(whereSeparator: \.isNewline).map(String.init)
            let content = lines.enumerated().flatMap { number, line -> [Markup] in
                (number == 0 ? [] : [.tag("br")]) + [.foreign(line, context)]
            }
            return .div(
                nil,
                [.tag("dt", [:], [.named(term, context)]), .tag("dd", [:], content.isEmpty ? [.text("–")] : content)])
        }
        switch input.kind {
        case .choice(let options), .select(let options):
            return [pair(input.label, options.first { $0.value == answers[input.name] }?.label[language] ?? "")]
        case .materials(let options):
            let chosen = answers.all(input.name)
            let lines = options.compactMap { option -> String? in
                let file = HandedFile(of: option, in: input, answers)
                guard file != nil || chosen.contains(option.value) else { return nil }
                return option.label[language] + (file.map { context.say("：", ": ") + $0.name } ?? "")
            }
            return [pair(input.label, lines.joined(separator: "\n"))]
        case .points(let options):
            let rows = options.compactMap { option in
                let text = answers["\(input.name)-\(option.value)"]
                return text.isEmpty ? nil : "\(option.label[language])\(context.say("：", ": "))\(text)"
            }
            let other = answers["\(input.name)-other"]
            return [pair(input.label, (rows + (other.isEmpty ? [] : [other])).joined(separator: "\n"))]
        case .votes(let options, _):
            return options.map { option in
                let name = "\(input.name)-\(option.value)"
                let word = VerdictWord(rawValue: answers[name])?.title[language] ?? context.say("未到场", "absent")
                return pair(
                    option.label,
                    [word, answers["\(name)-points"], answers["\(name)-signers"]].filter { !$0.isEmpty }.joined(
                        separator: "\n"))
            }
        case .days:
            let unit = DayUnit(rawValue: answers["\(input.name)-unit"]) ?? .working
            let minutes = DayAmount("\(answers[input.name]) \(unit.rawValue)")?.minutes
            return [pair(input.label, minutes.map { language.days($0, unit) } ?? "")]
        case .check:
            return [pair(input.label, answers[input.name].isEmpty ? context.say("否", "No") : context.say("是", "Yes"))]
        case .line, .text, .date, .time, .dates, .number:
            return answers[input.name].isEmpty && !input.isRequired ? [] : [pair(input.label, answers[input.name])]
        }
    }
}

import Planning
import WorkCalendar

/// How questions are drawn (表单组件): label, hint, mistake and field, tied together for those who do not see them.
enum FormParts {
    /// The word that proves that the form came from a page of ours.
    static func token(_ context: PageContext) -> [Markup] {
        context.formToken.isEmpty ? [] : [hidden("_token", context.formToken)]
    }

    static func hidden(_ name: String, _ value: String) -> Markup {
        .tag("input", ["type": "hidden", "name": name, "value": value])
    }

    /// A question with its answer so far.
    static func field(_ input: Input, _ answers: FormAnswers?, _ context: PageContext) -> Markup {
        Field(input: input, answers: answers, context: context).markup
    }

    /// How a form with these questions is sent: with files where it may have some.
    static func encoding(_ inputs: [Input], _ context: PageContext) -> String? {
        context.fileLimit != nil && inputs.contains(where: \.takesFiles) ? "multipart/form-data" : nil
    }

    static func option(_ value: String, _ label: String, chosen: String) -> Markup {
        .tag("option", ["value": value, "selected": value == chosen ? "selected" : nil], label)
    }
}

private struct Field {
    let input: Input
    /// `nil` before anything was sent.
    let answers: FormAnswers?
    let context: PageContext

    private var language: Language { context.language }
    private var mistakes: [PageContext.Mistake] {
        context.mistakes.filter { $0.field == input.name || $0.field.hasPrefix(input.name + "-") }
    }
    private var value: String { answers?[input.name] ?? input.value }
    private var describedBy: String? {
        var ids: [String] = []
        if input.hint != nil { ids.append("\(input.name)-hint") }
        if !mistakes.isEmpty { ids.append("\(input.name)-mistake") }
        return ids.isEmpty ? nil : ids.joined(separator: " ")
    }

    private var label: [Markup] {
        [.text(input.label[language])]
            + (input.isRequired ? [] : [.span("optional", context.say("（可不填）", " (optional)"))])
    }

    private var before: [Markup] {
        (input.hint.map { [.tag("p", ["class": "hint", "id": "\(input.name)-hint"], $0[language])] } ?? [])
            + (mistakes.isEmpty
                ? []
                : [
                    .tag(
                        "p", ["class": "mistake", "id": "\(input.name)-mistake"],
                        mistakes.map(\.text).joined(separator: " "))
                ])
    }

    var markup: Markup {
        let name = mistakes.isEmpty ? "field" : "field wrong"
        switch input.kind {
        case .line:
            return single(name, control("input", ["type": "text", "value": value, "maxlength": "400"]))
        case .number:
            return single(
                name, control("input", ["type": "text", "inputmode": "numeric", "value": value], class: "number"))
        case .date: return single(name, control("input", ["type": "date", "value": value], class: "short"))
        case .time: return single(name, control("input", ["type": "time", "value": value], class: "short"))
        case .text, .dates:
            return single(
                name,
                .element(
                    name: "textarea", attributes: attributes([("rows", input.value.count > 200 ? "8" : "4")]),
                    children: [.text(value)]))
        case .days: return days(name)
        case .check:
            return .div(
                name,
                before + [
                    .tag(
                        "label", ["class": "choice"],
                        [
                            .tag(
                                "input",
                                [
                                    "type": "checkbox", "id": input.name, "name": input.name, "value": "yes",
                                    "checked": value.isEmpty ? nil : "checked", "aria-describedby": describedBy,
                                ]), .span(nil, input.label[language]),
                        ])
                ])
        case .select(let options):
            return single(
                name,
                .element(
                    name: "select", attributes: attributes([]),
                    children: [FormParts.option("", context.say("请选择", "Choose"), chosen: value)]
                        + options.map { FormParts.option($0.value, $0.label[language], chosen: value) }))
        case .choice(let options): return group(name, choices(options, type: "radio", chosen: [value]))
        case .materials(let options):
            let chosen = answers?.all(input.name) ?? []
            guard input.takesFiles, let limit = context.fileLimit else {
                return group(name, choices(options, type: "checkbox", chosen: chosen))
            }
            return group(name, documents(options, chosen: chosen, limit: limit))
        case .points(let options): return group(name, points(options))
        case .votes(let options, let signers): return group(name, votes(options, signers))
        }
    }

    private func attributes(_ more: [(String, String?)], class name: String? = nil) -> [Markup.Attribute] {
        let all: [(String, String?)] =
            [("id", input.name), ("name", input.name), ("class", name), ("aria-describedby", describedBy)]
            + (mistakes.isEmpty ? [] : [("aria-invalid", "true")]) + more
        return all.compactMap { name, value in value.map { Markup.Attribute(name: name, value: $0) } }
    }

    private func control(_ element: String, _ more: KeyValuePairs<String, String?>, class name: String? = nil) -> Markup
    {
        .element(name: element, attributes: attributes(more.map { ($0, $1) }, class: name), children: [])
    }

    private func single(_ name: String, _ control: Markup) -> Markup {
        .div(name, [.tag("label", ["for": input.name], label)] + before + [control])
    }

    private func group(_ name: String, _ content: [Markup]) -> Markup {
        .tag(
            "fieldset", ["class": name, "aria-describedby": describedBy, "id": input.name + "-group"],
            [.tag("legend", [:], label)] + before + content)
    }

    private func choices(_ options: [Input.Option], type: String, chosen: [String]) -> [Markup] {
        [
            .div(
                "choices", options.enumerated().map { choice($1, number: $0, type: type, chosen: chosen) })
        ]
    }

    private func choice(_ option: Input.Option, number: Int, type: String, chosen: [String]) -> Markup {
        .tag(
            "label", ["class": "choice"],
            [
                .tag(
                    "input",
                    [
                        "type": type, "name": input.name, "value": option.value,
                        // The first is where the summary of mistakes leads.
                        "id": number == 0 ? input.name : "\(input.name)-\(option.value)",
                        "checked": chosen.contains(option.value) ? "checked" : nil,
                    ]),
                .span(
                    nil,
                    [.named(option.label, context)]
                        + (option.hint.map {
                            [.tag("span", ["class": "hint"], [.text(" "), .named($0, context)])]
                        } ?? [])),
            ])
    }

    /// Documents that are handed in on paper or as files.
    private func documents(_ options: [Input.Option], chosen: [String], limit: Int) -> [Markup] {
        let size = limit >= 1 << 20 ? "\(limit >> 20) MiB" : "\(limit >> 10) KiB"
        let words = context.say(
            "有电子文件的，在材料下选择文件，合计最多 \(size)；交纸质原件的，勾选材料。",
            "Choose a file below each document, \(size) together at most; tick what you hand in on paper.")
        return [
            .p(words, class: "hint"),
            .div(
                "choices",
                options.enumerated().flatMap { number, option -> [Markup] in
                    let field = HandedFile.field(input, option)
                    let label = "\(context.say("选择文件：", "Choose a file: "))\(option.label[language])"
                    let isWrong = context.mistakes.contains { $0.field == field }
                    return [choice(option, number: number, type: "checkbox", chosen: chosen)]
                        + kept(option)
                        + [
                            .tag(
                                "input",
                                [
                                    "type": "file", "id": field, "name": field, "class": "upload", "aria-label": label,
                                    "aria-describedby": describedBy, "aria-invalid": isWrong ? "true" : nil,
                                ])
                        ]
                }),
        ]
    }

    /// A file that is in already, which can be left out again.
    private func kept(_ option: Input.Option) -> [Markup] {
        guard let answers, let file = HandedFile(of: option, in: input, answers) else { return [] }
        return [
            .tag(
                "label", ["class": "choice"],
                [
                    .tag(
                        "input",
                        [
                            "type": "checkbox", "name": HandedFile.hash(input, option), "value": file.hash,
                            "checked": "checked",
                        ]),
                    .span(nil, [.text(context.say("已上传：", "Uploaded: ")), .foreign(file.name, context)]),
                ])
        ]
    }

    private func days(_ name: String) -> Markup {
        let start = DayAmount(input.value)
        let number = answers?[input.name] ?? start.map { DayAmount.number(minutes: $0.minutes) } ?? ""
        let unit = answers?["\(input.name)-unit"] ?? start?.unit.rawValue ?? "wd"
        return .div(
            name,
            [.tag("label", ["for": input.name], label)] + before + [
                control("input", ["type": "text", "inputmode": "decimal", "value": number], class: "number"),
                .text(" "),
                .tag(
                    "select",
                    ["name": "\(input.name)-unit", "aria-label": context.say("单位", "Unit")],
                    [
                        FormParts.option("wd", context.say("个工作日", "working days"), chosen: unit),
                        FormParts.option("cd", context.say("个自然日", "calendar days"), chosen: unit),
                    ]),
            ])
    }

    private func points(_ options: [Input.Option]) -> [Markup] {
        var rows: [Markup] = []
        for option in options {
            let id = "\(input.name)-\(option.value)"
            rows.append(
                .div(
                    nil,
                    [
                        .tag("label", ["for": id], [.named(option.label, context)]),
                        .tag(
                            "input",
                            [
                                "type": "text", "id": id, "name": id, "value": answers?[id] ?? "",
                                "placeholder": context.say("没有问题则留空", "Leave empty if it is in order"),
                            ]),
                    ]))
        }
        let other = "\(input.name)-other"
        let wrong = context.mistakes.contains { $0.field == other }
        return (rows.isEmpty ? [] : [.div("points", rows)]) + [
            .tag(
                "label", ["class": "label", "for": other],
                options.isEmpty
                    ? context.say("每行写一条", "One point a line")
                    : context.say("其他问题，每行一条", "Anything else, one point a line")),
            .tag(
                "textarea", ["id": other, "name": other, "rows": "3", "aria-invalid": wrong ? "true" : nil],
                [.text(answers?[other] ?? "")]),
        ]
    }

    private func votes(_ options: [Input.Option], _ signers: LocalizedText) -> [Markup] {
        options.map { option in
            let id = "\(input.name)-\(option.value)"
            return .tag(
                "fieldset", ["class": "field panel"],
                [
                    .tag("legend", ["class": "label"], [.named(option.label, context)]),
                    .tag("label", ["for": id], context.say("意见", "Opinion")), .text(" "),
                    .tag(
                        "select", ["id": id, "name": id],
                        VerdictWord.allCases.map {
                            FormParts.option($0.rawValue, $0.title[language], chosen: answers?[id] ?? "pass")
                        } + [FormParts.option("absent", context.say("未到场", "absent"), chosen: answers?[id] ?? "")]),
                    .tag(
                        "label", ["class": "label", "for": "\(id)-points"], context.say("问题，每行一条", "Points, one a line")
                    ),
                    .tag(
                        "textarea", ["id": "\(id)-points", "name": "\(id)-points", "rows": "2"],
                        [.text(answers?["\(id)-points"] ?? "")]),
                    .tag("label", ["class": "label", "for": "\(id)-signers"], signers[language]),
                    .tag(
                        "input",
                        [
                            "type": "text", "id": "\(id)-signers", "name": "\(id)-signers",
                            "value": answers?["\(id)-signers"] ?? "",
                        ]),
                ])
        }
    }
}

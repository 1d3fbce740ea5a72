import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// One question of a form (表单项), and what is said when its answer is missing or cannot be read.
struct Input: Sendable {
    let name: String
    let label: LocalizedText
    var hint: LocalizedText?
    let kind: Kind
    var isRequired = true
    /// What is wrong and what to do: 填写停表的法定依据，例如“行政许可法第四十五条”.
    var missing: LocalizedText
    /// What stands in it at first.
    var value = ""
    /// Whether each document can come as a file.
    var takesFiles = false

    enum Kind: Sendable {
        case line, text, date, dates, time
        /// A number and its unit, working or calendar days.
        case days
        case number
        case check
        case choice([Option])
        case select([Option])
        /// For each of these what is wrong with it, and what else is; a line in the last field is a point of its own.
        case points([Option])
        /// Which of these documents are handed in, and as what.
        case materials([Option])
        /// What each participant says, and who signs.
        case votes([Option], signers: LocalizedText)
    }

    struct Option: Sendable, Hashable {
        let value: String
        let label: LocalizedText
        var hint: LocalizedText?
    }
}

extension Input {
    static func text(
        _ name: String, _ zh: String, _ en: String, missing: (String, String), hint: (String, String)? = nil,
        value: String = ""
    ) -> Input {
        Input(
            name: name, label: LocalizedText(zh: zh, en: en), hint: hint.map { LocalizedText(zh: $0, en: $1) },
            kind: .text,
            missing: LocalizedText(zh: missing.0, en: missing.1), value: value)
    }

    static func line(
        _ name: String, _ zh: String, _ en: String, missing: (String, String), hint: (String, String)? = nil,
        value: String = ""
    ) -> Input {
        Input(
            name: name, label: LocalizedText(zh: zh, en: en), hint: hint.map { LocalizedText(zh: $0, en: $1) },
            kind: .line,
            missing: LocalizedText(zh: missing.0, en: missing.1), value: value)
    }

    static func note(_ zh: String, _ en: String, name: String = "note") -> Input {
        Input(
            name: name, label: LocalizedText(zh: zh, en: en), kind: .text, isRequired: false,
            missing: LocalizedText(zh: "填写\(zh)", en: "Enter \(en.lowercased())"))
    }

    static func reason(_ zh: String = "理由", _ en: String = "Reason") -> Input {
        .text(
            "reason", zh, en, missing: ("填写\(zh)，一两句话即可", "Enter the \(en.lowercased()) in a sentence or two"))
    }

    static let approver = Input.line(
        "approver", "批准人", "Approved by",
        missing: ("填写批准人的姓名；批准人不能是经办人本人", "Enter who approved it; it cannot be the officer who asks"),
        hint: ("由另一人批准", "Somebody else than you"))

    static func choice(
        _ name: String, _ zh: String, _ en: String, missing: (String, String), _ options: [Option], value: String = ""
    ) -> Input {
        Input(
            name: name, label: LocalizedText(zh: zh, en: en), kind: .choice(options),
            missing: LocalizedText(zh: missing.0, en: missing.1), value: value)
    }

    static func days(_ name: String, _ zh: String, _ en: String, _ value: DayAmount, hint: (String, String)? = nil)
        -> Input
    {
        Input(
            name: name, label: LocalizedText(zh: zh, en: en), hint: hint.map { LocalizedText(zh: $0, en: $1) },
            kind: .days,
            missing: LocalizedText(
                zh: "填写\(zh)的天数，例如 10 个工作日", en: "Enter how many days, for example 10 working days"),
            value: value.description)
    }

    static func date(_ name: String, _ zh: String, _ en: String, value: LocalDate?) -> Input {
        Input(
            name: name, label: LocalizedText(zh: zh, en: en), kind: .date,
            missing: LocalizedText(
                zh: "选择\(zh)，例如 2026-03-09", en: "Choose the \(en.lowercased()), for example 2026-03-09"),
            value: value?.description ?? "")
    }
}

/// What came back from a form (提交内容): values by name, in order.
struct FormAnswers: Sendable, Hashable {
    var values: [String: [String]]

    init(_ values: [String: [String]] = [:]) { self.values = values }

    /// The first value of a name, without spaces at its ends.
    subscript(name: String) -> String { (values[name]?.first ?? "").trimmed }

    func all(_ name: String) -> [String] { (values[name] ?? []).map(\.trimmed).filter { !$0.isEmpty } }
}

/// Reads a form's answers by its questions, noting what is missing in the questions' own words.
struct FormReading {
    let answers: FormAnswers
    let inputs: [Input]
    let language: Language
    var mistakes: [PageContext.Mistake] = []

    init(_ answers: FormAnswers, of inputs: [Input], _ language: Language) {
        self.answers = answers
        self.inputs = inputs
        self.language = language
    }

    /// The longest text that a field takes, in characters.
    static let longest = 4000

    mutating func note(_ name: String, _ words: LocalizedText) {
        mistakes.append(.init(field: name, text: words[language]))
    }

    private mutating func noteMissing(_ name: String) {
        guard let input = inputs.first(where: { $0.name == name }) else { return }
        note(name, input.missing)
    }

    /// A text; what is required and empty, or too long, is noted.
    mutating func text(_ name: String) -> String {
        let text = answers[name]
        if text.isEmpty, inputs.first(where: { $0.name == name })?.isRequired == true { noteMissing(name) }
        if text.count > Self.longest {
            note(
                name,
                LocalizedText(
                    zh: "内容有 \(text.count) 字，缩短到 \(Self.longest) 字以内，其余作为附件提交",
                    en: "This has \(text.count) characters; shorten it to \(Self.longest) and attach the rest"))
        }
        return text
    }

    mutating func optional(_ name: String) -> String? {
        let text = self.text(name)
        return text.isEmpty ? nil : text
    }

    func isChecked(_ name: String) -> Bool { !answers[name].isEmpty }

    /// One of the values that the question offers.
    mutating func choice(_ name: String) -> String? {
        let given = answers[name]
        let offered: [Input.Option] =
            inputs.first { $0.name == name }.map { input in
                switch input.kind {
                case .choice(let options), .select(let options): options
                default: []
                }
            } ?? []
        if offered.contains(where: { $0.value == given }) { return given }
        if inputs.first(where: { $0.name == name })?.isRequired != false { noteMissing(name) }
        return nil
    }

    mutating func date(_ name: String) -> LocalDate? {
        let text = answers[name]
        if let date = LocalDate(text) { return date }
        if !text.isEmpty || inputs.first(where: { $0.name == name })?.isRequired != false { noteMissing(name) }
        return nil
    }

    mutating func time(_ name: String) -> TimeOfDay? {
        if let time = TimeOfDay(answers[name]) { return time }
        noteMissing(name)
        return nil
    }

    mutating func dates(_ name: String) -> [LocalDate] {
        let texts = answers.all(name).flatMap { $0.split { " ,，、;；\n\t\r".contains($0) }.map(String.init) }
        let dates = texts.compactMap { LocalDate($0) }
        if dates.isEmpty || dates.count != texts.count { noteMissing(name) }
        return dates
    }

    mutating func days(_ name: String) -> DayAmount? {
        let unit = answers[name + "-unit"].isEmpty ? "wd" : answers[name + "-unit"]
        if let amount = DayAmount("\(answers[name]) \(unit)"), amount.minutes > 0 { return amount }
        if !answers[name].isEmpty || inputs.first(where: { $0.name == name })?.isRequired != false { noteMissing(name) }
        return nil
    }

    mutating func number(_ name: String) -> Int? {
        if let number = Int(answers[name]), number > 0 { return number }
        noteMissing(name)
        return nil
    }

    /// The points of a list: one for each named thing that has a remark, and one for each line besides.
    mutating func points(_ name: String, isRequired: Bool = true) -> [Point] {
        guard let input = inputs.first(where: { $0.name == name }), case .points(let options) = input.kind else {
            return []
        }
        var points = options.compactMap { option -> Point? in
            let text = answers["\(name)-\(option.value)"]
            return text.isEmpty ? nil : Point(text, material: option.value)
        }
        points += answers["\(name)-other"].split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
            .map { String($0).trimmed }.filter { !$0.isEmpty }.map { Point($0) }
        if points.isEmpty, isRequired { note("\(name)-other", input.missing) }
        return points
    }

    /// The documents that are handed in.
    mutating func materials(_ name: String) -> [SuppliedMaterial] {
        guard let input = inputs.first(where: { $0.name == name }), case .materials(let options) = input.kind else {
            return []
        }
        let supplied = options.compactMap { option -> SuppliedMaterial? in
            // What was uploaded is known by its hash, a paper original by its name.
            let hash = answers[HandedFile.hash(input, option)]
            if input.takesFiles, !hash.isEmpty { return SuppliedMaterial(material: option.value, hash: hash) }
            guard answers.all(name).contains(option.value) else { return nil }
            return SuppliedMaterial(material: option.value, hash: "paper:\(option.value)")
        }
        if supplied.isEmpty, input.isRequired, !options.isEmpty { note(name, input.missing) }
        return supplied
    }
}

extension String {
    /// Without white space at its ends.
    var trimmed: String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}

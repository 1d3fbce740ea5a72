import WorkCalendar
import WorkflowModel

/// Reads the steps of a scenario in their order, each date no earlier than the last.
struct StepReader {
    let report: Report
    let departments: [Department]
    /// The ids of the items that the case may have.
    let items: [String]
    private(set) var last: LocalDate

    init(report: Report, departments: [Department], items: [String], last: LocalDate) {
        self.report = report
        self.departments = departments
        self.items = items
        self.last = last
    }

    mutating func step(_ node: YAMLNode) -> Scenario.Step? {
        guard let fields = Fields(node, keys: ["title", "meanwhile", "given", "when", "then"], report: report) else {
            return nil
        }
        let title = fields.localized("title")
        var meanwhile: Meanwhile?
        if let node = fields.node("meanwhile") { meanwhile = self.meanwhile(node) }
        var given: [Scenario.Act] = []
        for node in fields.list("given") ?? [] {
            if let act = act(node) { given.append(act) }
        }
        var when: Scenario.Act?
        if let node = fields.node("when") { when = act(node) }
        let then = fields.node("then").flatMap { expectation($0) }
        return Scenario.Step(title: title, meanwhile: meanwhile, given: given, when: when, then: then)
    }

    private mutating func meanwhile(_ node: YAMLNode) -> Meanwhile? {
        guard let fields = Fields(node, keys: ["until", "except"], report: report) else { return nil }
        if fields.lacks("until") { report.add(.missingKey("until", example: "until: 2026-03-02"), at: fields.heading) }
        guard let until = fields.text("until").flatMap({ report.date($0, at: fields.span("until")) }) else {
            return nil
        }
        if until < last { report.add(.stepsRunBackwards(until, after: last), at: fields.span("until")) }
        last = max(last, until)
        let except = fields.texts("except") ?? []
        for (id, span) in except { requireItem(id, at: span) }
        return Meanwhile(
            until: until, except: Set(except.map(\.text)), span: node.span, place: report.source.place(node.span))
    }

    private func requireItem(_ id: String, at span: TextSpan) {
        guard !items.contains(id), !mayBeAdded(id) else { return }
        report.add(.unknownItem(id, nearest: nearestName(to: id, among: items)), at: span)
    }

    /// Whether it is an item of works, of one that a step may add.
    private func mayBeAdded(_ id: String) -> Bool {
        guard let work = Work.id(in: id) else { return false }
        return items.contains { $0.hasSuffix(id.dropFirst(work.count)) }
    }

    // MARK: Acts

    private mutating func act(_ node: YAMLNode) -> Scenario.Act? {
        guard let fields = Fields(node, keys: ["on", "by", "item", "do"], report: report) else { return nil }
        for (key, example) in [("on", "on: 2026-03-02"), ("do", "do: admit")] where fields.lacks(key) {
            report.add(.missingKey(key, example: example), at: fields.heading)
        }
        let on = fields.text("on").flatMap { report.date($0, at: fields.span("on")) }
        if let on {
            if on < last { report.add(.stepsRunBackwards(on, after: last), at: fields.span("on")) }
            last = max(last, on)
        }
        let command = command(fields)
        guard let by = actor(fields, doing: command), let on, let command else { return nil }
        let span = fields.keySpan("do")
        return Scenario.Act(on: on, by: by, command: command, place: report.source.place(span), span: span)
    }

    /// With an item it is a command to that item. An id that the case does not know is left to the engine to refuse.
    private func command(_ fields: Fields) -> CaseCommand? {
        guard let node = fields.node("do") else { return nil }
        guard fields.has("item") else { return NodeDecoder.read(CaseCommand.self, from: node, report) }
        let item = fields.text("item")
        let command = NodeDecoder.read(ItemCommand.self, from: node, report)
        guard let item, let command else { return nil }
        return .item(item, command)
    }

    /// Time passes by itself; everything else somebody does.
    private func actor(_ fields: Fields, doing command: CaseCommand?) -> Actor? {
        if fields.has("by") { return fields.node("by").flatMap { actor($0) } }
        if case .passTime? = command { return .system }
        report.add(.missingKey("by", example: "by: applicant"), at: fields.heading)
        return nil
    }

    /// `window`, `planning 李某`, or `{role: department, department: planning, name: 李某}`.
    func actor(_ node: YAMLNode) -> Actor? {
        guard let text = node.text else { return NodeDecoder.read(Actor.self, from: node, report) }
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        let word = parts.first ?? ""
        let name = parts.count > 1 ? parts[1] : nil
        if word == Actor.Role.system.rawValue { return .system }
        if let role = Actor.Role(rawValue: word), role != .department {
            return Actor(role: role, name: name ?? role.title.zh)
        }
        if let department = departments.first(where: { $0.id == word }) {
            return Actor(role: .department, department: word, name: name ?? "\(department.title.zh)经办人")
        }
        let known =
            Actor.Role.allCases.filter { $0 != .department }.map(\.rawValue) + departments.map(\.id)
        report.add(.unknownActor(word, known: known, nearest: nearestName(to: word, among: known)), at: node.span)
        return nil
    }

    // MARK: Expectations

    private func expectation(_ node: YAMLNode) -> Expectation? {
        let keys = ["refused", "events", "including"]
        guard let fields = Fields(node, keys: keys + ScenarioView.names, report: report) else { return nil }
        let refusal = fields.has("refused") ? refusal(fields) : nil
        let events = fields.list("events")
        let including = fields.list("including") ?? []
        for event in (events ?? []) + including { check(event) }
        let state = ScenarioView.names.flatMap { name -> [YAMLEntry] in
            guard let value = fields.node(name) else { return [] }
            if ScenarioView.byItem.contains(name) { checkItems(value) }
            return [YAMLEntry(key: name, keySpan: fields.keySpan(name), value: value)]
        }
        if !fields.has("refused"), events == nil, including.isEmpty, state.isEmpty {
            report.add(.scenarioShowsNothing, at: fields.heading)
        }
        return Expectation(
            span: fields.heading, refusal: refusal, events: events, including: including, state: state)
    }

    private func refusal(_ fields: Fields) -> Expectation.Refusal? {
        guard let node = fields.node("refused"),
            let parts = Fields(node, keys: ["code", "zh", "en"], named: "code", report: report)
        else { return nil }
        for key in ["code", "zh"] where parts.lacks(key) {
            report.add(.missingKey(key, example: "\(key): …"), at: parts.heading)
        }
        guard let code = parts.text("code"), let zh = parts.text("zh") else { return nil }
        return Expectation.Refusal(span: node.span, code: code, zh: zh, en: parts.text("en"))
    }

    /// An event is told by `what`, its name or its name and members; `on`, `by`, `item` and `grounds` may be added.
    private func check(_ node: YAMLNode) {
        guard let fields = Fields(node, keys: ["on", "by", "item", "what", "grounds"], report: report) else { return }
        if fields.lacks("what") { report.add(.missingKey("what", example: "what: granted"), at: fields.heading) }
        guard let what = fields.node("what") else { return }
        let names = CaseEvent.Kind.allCases.map(\.rawValue)
        let (name, span): (String, TextSpan)
        switch what.content {
        case .scalar(let text, _): (name, span) = (text, what.span)
        case .map(let entries) where entries.count == 1: (name, span) = (entries[0].key, entries[0].keySpan)
        default:
            report.add(.wrongForm(.text, found: what), at: what.span)
            return
        }
        guard !names.contains(name) else { return }
        report.add(.unknownWord(name, known: names, nearest: nearestName(to: name, among: names)), at: span)
    }

    private func checkItems(_ node: YAMLNode) {
        guard case .map(let entries) = node.content else {
            report.add(.wrongForm(.map, found: node), at: node.span)
            return
        }
        for entry in entries { requireItem(entry.key, at: entry.keySpan) }
    }
}

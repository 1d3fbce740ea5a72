import WorkCalendar
import WorkflowModel

/// Reads scenarios (情形文件).
public enum ScenarioFile {
    /// The scenario in a text, or what is wrong with it.
    public static func read(_ text: String, path: String, library: ScenarioLibrary) -> FileReading<Scenario> {
        let report = Report(SourceText(text, path: path))
        return report.reading(ScenarioReader(report, library)?.scenario())
    }
}

struct ScenarioReader {
    let fields: Fields
    let report: Report
    let library: ScenarioLibrary

    private static let keys = [
        "scenario", "title", "source", "rules", "seeds", "workflow", "versions", "facts", "works", "calendar",
        "calendars", "project", "owner", "registry", "atHand", "opened", "earliestFinish", "steps",
    ]

    init?(_ report: Report, _ library: ScenarioLibrary) {
        guard let fields = Document.fields(.scenario, keys: Self.keys, report) else { return nil }
        self.fields = fields
        self.report = report
        self.library = library
    }

    func scenario() -> Scenario? {
        fields.require("title", "source", "workflow", "steps")
        if fields.lacks("opened") {
            report.add(.missingKey("opened", example: "opened: 2026-03-02"), at: fields.heading)
        }
        let id = fields.id("scenario")
        let title = fields.localized("title")
        let source = fields.text("source")
        let rules = (fields.texts("rules") ?? []).compactMap(rule)
        let seeds = (fields.list("seeds") ?? []).compactMap(seed)
        let opened = date(fields, "opened")
        guard let (workflow, workflowText) = workflow() else { return nil }
        let versions = (fields.list("versions") ?? []).compactMap { self.workflow(in: $0) }
        let laterCalendars = (fields.list("calendars") ?? []).compactMap(laterCalendar)
        let calendar = calendar(fields.has("calendar") ? fields.text("calendar") : workflow.calendar)
        let given = ProjectFile.facts(fields, for: workflow)
        let (owner, ownerCode) = report.owner(fields)
        report.checkProjectCode(fields)
        guard let id, let title, let source, let opened, let calendar, let (facts, works) = given
        else { return nil }
        let project = Project(
            code: fields.text("project") ?? Self.someProject, title: title, owner: owner, ownerCode: ownerCode,
            facts: facts, works: works)
        let opening = CaseOpening(
            project: project.code, title: title, owner: owner, ownerCode: ownerCode?.description, workflow: workflow.id,
            version: workflow.version,
            definition: "scenario", calendar: calendar.calendar.id, calendarVersion: calendar.calendar.version,
            facts: facts, works: works)
        let plans = ([workflow] + versions.map(\.0)).map { version in
            Plan.resolve(version.divided(into: works, facts: facts), facts: facts)
        }
        var steps = StepReader(
            report: report, departments: workflow.departments + versions.flatMap(\.0.departments),
            items: plans.flatMap { $0.items.map(\.id) }, last: opened)
        let all = (fields.list("steps") ?? []).compactMap { steps.step($0) }
        if !all.contains(where: { $0.then != nil }) {
            report.add(.scenarioShowsNothing, at: fields.keySpan("steps"))
        }
        let registry = registry(on: opened, steps)
        let span = fields.keySpan("opened")
        return Scenario(
            id: id, title: title, source: source, rules: rules, seeds: seeds, workflow: workflow,
            workflowText: workflowText, calendar: calendar.calendar, calendarText: calendar.text, project: project,
            facts: facts, registry: registry,
            atHand: fields.node("atHand").flatMap { NodeDecoder.read(MaterialsAtHand.self, from: $0, report) } ?? .none,
            earliestFinish: date(fields, "earliestFinish"),
            opened: Scenario.Act(
                on: opened, by: Actor(role: .applicant, name: owner?.zh ?? Actor.Role.applicant.title.zh),
                command: .open(opening), place: report.source.place(span), span: span),
            versions: versions.map { (workflow: $0.0, text: $0.text) }, laterCalendars: laterCalendars, steps: all,
            text: report.source)
    }

    /// A code in the form that codes have, for scenarios that need none in particular.
    private static let someProject = "2603-500107-04-01-000001"

    private func rule(_ id: String, at span: TextSpan) -> LawRule? {
        if let rule = LawRule(rawValue: id) { return rule }
        report.add(.unknownRule(id, nearest: nearestName(to: id, among: LawRule.allCases.map(\.rawValue))), at: span)
        return nil
    }

    private func seed(_ node: YAMLNode) -> Int? {
        guard case .scalar(let text, isPlain: true) = node.content, let number = Int(text), 1...201 ~= number else {
            report.add(.wrongForm(.integer, found: node), at: node.span)
            return nil
        }
        return number
    }

    /// The entries in their order, each allowed after the ones before: on the day of the opening and by the registry's keeper,
    /// or `{on: …, by: …, enter: …}`, no later than that.
    private func registry(on opened: LocalDate, _ steps: StepReader) -> [Scenario.Entry] {
        var registry = Registry()
        var entries: [Scenario.Entry] = []
        for node in fields.list("registry") ?? [] {
            guard let entry = entry(node, opened, steps) else { continue }
            do throws(RegistryRejection) {
                let events = try registry.decide(entry.entry, by: entry.by, on: entry.on)
                for event in events { registry.evolve(by: event) }
                entries.append(entry)
            } catch {
                report.add(.givenRefused(error.code, error.text), at: node.span)
            }
        }
        return entries
    }

    private func entry(_ node: YAMLNode, _ opened: LocalDate, _ steps: StepReader) -> Scenario.Entry? {
        guard case .map(let members) = node.content, members.contains(where: { $0.key == "enter" }) else {
            return NodeDecoder.read(RegistryEntry.self, from: node, report).map {
                Scenario.Entry(on: opened, by: Scenario.keeper, entry: $0)
            }
        }
        guard let fields = Fields(node, keys: ["on", "by", "enter"], named: "enter", report: report),
            let enter = fields.node("enter"), let entry = NodeDecoder.read(RegistryEntry.self, from: enter, report)
        else { return nil }
        let on = fields.has("on") ? date(fields, "on") : opened
        let by = fields.has("by") ? fields.node("by").flatMap { steps.actor($0) } : Scenario.keeper
        guard let on, let by else { return nil }
        if on > opened { report.add(.stepsRunBackwards(opened, after: on), at: fields.span("on")) }
        return Scenario.Entry(on: on, by: by, entry: entry)
    }

    private func date(_ fields: Fields, _ key: String) -> LocalDate? {
        fields.text(key).flatMap { report.date($0, at: fields.span(key)) }
    }

    // MARK: The workflow and its calendar

    private func workflow() -> (WorkflowDefinition, text: String)? {
        guard let node = fields.node("workflow") else { return nil }
        guard let path = node.text else { return workflow(in: node) }
        guard let text = library.text(path) else {
            report.add(.notInTheLibrary(path), at: node.span)
            return nil
        }
        let reading = WorkflowFile.read(text, path: path)
        report.add(reading.errors)
        return reading.value.map { ($0, text) }
    }

    /// A small workflow written here: what every workflow file says at its top may be left out, and a workflow of one
    /// stage may list its items alone.
    private func workflow(in node: YAMLNode) -> (WorkflowDefinition, text: String)? {
        guard case .map(var entries) = node.content else {
            report.add(.wrongForm(.map, found: node), at: node.span)
            return nil
        }
        func scalar(_ text: String, isPlain: Bool = true) -> YAMLNode {
            YAMLNode(content: .scalar(text, isPlain: isPlain), span: node.span)
        }
        func add(_ key: String, _ value: YAMLNode) {
            guard !entries.contains(where: { $0.key == key }) else { return }
            entries.append(YAMLEntry(key: key, keySpan: node.span, value: value))
        }
        func map(_ members: [(String, YAMLNode)]) -> YAMLNode {
            YAMLNode(
                content: .map(members.map { YAMLEntry(key: $0.0, keySpan: node.span, value: $0.1) }), span: node.span)
        }
        let title = map([("zh", scalar("情形")), ("en", scalar("Scenario"))])
        if let position = entries.firstIndex(where: { $0.key == "items" }) {
            let items = entries.remove(at: position)
            let stage = map([
                ("id", scalar("stage")), ("title", title), ("national", scalar("3")),
                ("lead", scalar(firstDepartment(entries) ?? "lead")), ("items", items.value),
            ])
            add("stages", YAMLNode(content: .list([stage]), span: node.span))
        }
        add("workflow", scalar("scenario"))
        add("version", scalar("1", isPlain: false))
        add("title", title)
        add("processType", scalar("10"))
        add("source", scalar("assumed"))
        add("calendar", scalar("cn"))
        add("facts", map([]))
        add("targets", YAMLNode(content: .list([]), span: node.span))
        // Its own key first, so that the text is recognised as JSON of a workflow.
        entries.sort { ($0.key == "workflow" ? 0 : 1) < ($1.key == "workflow" ? 0 : 1) }
        let whole = YAMLNode(content: .map(entries), span: node.span)
        return WorkflowFile.read(whole, report).map { ($0, whole.json.compact) }
    }

    private func firstDepartment(_ entries: [YAMLEntry]) -> String? {
        guard let node = entries.first(where: { $0.key == "departments" })?.value, case .map(let all) = node.content
        else { return nil }
        return all.first?.key
    }

    /// A later version of the calendar, written here as in a file of its own.
    private func laterCalendar(_ node: YAMLNode) -> (calendar: WorkCalendar, text: String)? {
        let text = node.json.compact
        let reading = CalendarFile.read(text, path: "calendars")
        report.add(reading.errors)
        return reading.value.map { ($0, text) }
    }

    private func calendar(_ id: String?) -> (calendar: WorkCalendar, text: String?)? {
        guard let id else { return nil }
        if id == WorkCalendar.weekdays.id { return (.weekdays, nil) }
        let path = "calendars/\(id).yaml"
        guard let text = library.text(path) else {
            report.add(.notInTheLibrary(path), at: fields.span("calendar"))
            return nil
        }
        let reading = CalendarFile.read(text, path: path)
        report.add(reading.errors)
        return reading.value.map { ($0, text) }
    }
}

extension Report {
    func date(_ text: String, at span: TextSpan) -> LocalDate? {
        if let date = LocalDate(text) { return date }
        add(.unreadableDate(text), at: span)
        return nil
    }
}

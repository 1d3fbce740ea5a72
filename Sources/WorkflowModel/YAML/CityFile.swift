import WorkCalendar

/// A city as a file tells it, with the places of its departments (城市文件).
public struct CityFile: Sendable {
    public let city: City
    private let departments: [String: Diagnostic.Place]

    /// The city in a text, or what is wrong with it. Whether its files exist is for the caller to find out.
    public static func read(_ text: String, path: String) -> FileReading<CityFile> {
        let report = Report(SourceText(text, path: path))
        return report.reading(CityReader(report)?.file())
    }

    /// The city's teams when every department belongs to one of its workflows, or what is wrong with them.
    public func teams(among known: Set<String>) -> FileReading<[String: Int]> {
        let strangers = departments.filter { !known.contains($0.key) }.sorted {
            $0.value.span.start < $1.value.span.start
        }
        let diagnostics = strangers.prefix(Report.capacity).map { name, place in
            Diagnostic(
                .departmentOfNoWorkflow(name, nearest: nearestName(to: name, among: known.sorted())), at: place,
                notes: [])
        }
        return FileReading(
            value: strangers.isEmpty ? city.teams : nil, diagnostics: diagnostics,
            omitted: max(0, strangers.count - Report.capacity))
    }

    fileprivate init(city: City, departments: [String: Diagnostic.Place]) {
        self.city = city
        self.departments = departments
    }
}

private struct CityReader {
    let fields: Fields
    let report: Report

    init?(_ report: Report) {
        let keys = ["city", "title", "calendar", "start", "arrivals", "teams"]
        guard let fields = Document.fields(.city, keys: keys, report) else { return nil }
        self.fields = fields
        self.report = report
    }

    func file() -> CityFile? {
        fields.require("title", "arrivals")
        // Networks begin at an instant, so the example of that key is theirs.
        if fields.lacks("start") { report.add(.missingKey("start", example: "start: 2024-03-01"), at: fields.heading) }
        let id = fields.id("city")
        let title = fields.localized("title")
        let calendar = fields.text("calendar")
        let start = date(fields, "start")
        let arrivals = fields.list("arrivals")
        if let arrivals, arrivals.isEmpty { report.add(.noArrivals, at: fields.span("arrivals")) }
        let kinds = (arrivals ?? []).compactMap { self.arrivals($0, start: start) }
        let projects = kinds.reduce(0) { $0 + $1.rhythm.count }
        if projects > City.maximumProjects { report.add(.tooManyProjects(projects), at: fields.keySpan("arrivals")) }
        var teams: [String: Int] = [:]
        var places: [String: Diagnostic.Place] = [:]
        for entry in fields.map("teams") ?? [] {
            guard let count = self.teams(entry) else { continue }
            teams[entry.key] = count
            places[entry.key] = report.source.place(entry.keySpan)
        }
        guard let id, let title, start != nil else { return nil }
        return CityFile(
            city: City(id: id, title: title, calendar: calendar, arrivals: kinds, teams: teams), departments: places)
    }

    private func arrivals(_ node: YAMLNode, start: LocalDate?) -> City.Arrivals? {
        let keys = ["workflow", "project", "count", "every", "perWeek", "from", "on"]
        guard let fields = Fields(node, keys: keys, named: "workflow", report: report) else { return nil }
        fields.require("workflow", "project")
        let workflow = path(fields, "workflow")
        let project = path(fields, "project")
        let rhythm = rhythm(fields, start: start)
        guard let workflow, let project, let rhythm else { return nil }
        return City.Arrivals(workflow: workflow, project: project, rhythm: rhythm)
    }

    // MARK: Rhythms

    private func rhythm(_ fields: Fields, start: LocalDate?) -> City.Rhythm? {
        let given = ["every", "perWeek", "on"].filter { fields.has($0) }
        guard given.count == 1 else {
            if given.count > 1 || ["every", "perWeek", "on"].allSatisfy(fields.lacks) {
                report.add(.rhythmUnclear, at: given.isEmpty ? fields.heading : fields.keySpan(given[1]))
            }
            return nil
        }
        if given == ["on"] { return dates(fields) }
        fields.require("count")
        let count = count(fields)
        let from = fields.has("from") ? date(fields, "from") : start
        if given == ["every"] {
            guard let every = fields.amount("every"), let count, let from,
                isInRange(from, days: Double(count) * every.days * 7 / 5, at: fields.span("every"))
            else { return nil }
            return .every(every, from: from, count: count)
        }
        guard let rate = fields.number("perWeek") else { return nil }
        guard rate > 0, rate <= City.maximumPerWeek else {
            report.add(.rateOutOfRange, at: fields.span("perWeek"))
            return nil
        }
        guard let count, let from, isInRange(from, days: Double(count) * 7 / rate, at: fields.span("perWeek")) else {
            return nil
        }
        return .perWeek(rate, from: from, count: count)
    }

    private func dates(_ fields: Fields) -> City.Rhythm? {
        for key in ["count", "from"] where fields.has(key) {
            report.add(.datesAreCounted(key), at: fields.keySpan(key))
        }
        guard let texts = fields.texts("on") else { return nil }
        let dates = texts.compactMap { date($0.text, at: $0.span) }
        if texts.isEmpty { report.add(.noArrivals, at: fields.span("on")) }
        return dates.count == texts.count && !texts.isEmpty ? .on(dates) : nil
    }

    private func count(_ fields: Fields) -> Int? {
        guard let count = fields.integer("count") else { return nil }
        guard (1...City.maximumProjects).contains(count) else {
            report.add(.countOutOfRange, at: fields.span("count"))
            return nil
        }
        return count
    }

    /// Whether the last of them arrives in a year that may be.
    private func isInRange(_ from: LocalDate, days: Double, at span: TextSpan) -> Bool {
        if days < 400_000, City.years.contains(from.adding(days: Int(days)).year) { return true }
        report.add(.arrivalOutOfRange, at: span)
        return false
    }

    // MARK: Values

    private func date(_ fields: Fields, _ key: String) -> LocalDate? {
        fields.text(key).flatMap { date($0, at: fields.span(key)) }
    }

    private func date(_ text: String, at span: TextSpan) -> LocalDate? {
        guard let date = LocalDate(text) else {
            report.add(.unreadableDate(text), at: span)
            return nil
        }
        guard City.years.contains(date.year) else {
            report.add(.arrivalOutOfRange, at: span)
            return nil
        }
        return date
    }

    /// A relative path of a YAML file; it may leave the folder, as cities are kept beside workflows.
    private func path(_ fields: Fields, _ key: String) -> String? {
        guard let text = fields.text(key) else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let isRelative = parts.allSatisfy { !$0.isEmpty } && !text.contains("\\") && text.utf8.count <= 1024
        guard isRelative, text.hasSuffix(".yaml") || text.hasSuffix(".yml") else {
            report.add(.notARelativePath(text), at: fields.span(key))
            return nil
        }
        return text
    }

    private func teams(_ entry: YAMLEntry) -> Int? {
        guard report.identifier(entry.key, at: entry.keySpan) != nil else { return nil }
        guard case .scalar(let text, isPlain: true) = entry.value.content, text.utf8.count <= 9,
            let count = Int(text)
        else {
            report.add(.wrongForm(.integer, found: entry.value), at: entry.value.span)
            return nil
        }
        guard (1...City.maximumTeams).contains(count) else {
            report.add(.cityTeamsOutOfRange(entry.key), at: entry.value.span)
            return nil
        }
        return count
    }
}

import Scheduling
import WorkCalendar
import WorkflowModel

/// Reads a network file: what is written, with its places, then what it means together.
struct NetworkReader {
    let report: Report
    let fields: Fields
    let minutesPerDay: Int

    var calendarIDs: [String] = []
    var calendars: [WorkingTime] = []
    private var calendarIndex: [String: Int] = [:]
    private var defaultCalendar = 0

    var drafts: [ActivityDraft] = []
    var draftIndex: [String: Int] = [:]
    var relations: [Relation] = []
    var relationPlaces: [RelationPlace] = []

    /// An activity or hammock as it is written.
    struct ActivityDraft {
        let id: String
        let place: TextSpan
        let title: String?
        let duration: WrittenSpan?
        let calendar: Int
        var dates: [WrittenDate] = []
        var asLateAsPossible = false
        var progress: WrittenProgress?
        var resources: [String]?
        /// Ids of a hammock's members, with their places; `nil` for an activity.
        var members: [(id: String, place: TextSpan)]?
        var parent: (id: String, place: TextSpan)?
    }

    struct WrittenDate {
        let kind: DateConstraints.Kind
        let instant: WrittenInstant
        let place: TextSpan
    }

    struct RelationPlace {
        let whole: TextSpan
        let predecessor: TextSpan
        let successor: TextSpan
    }

    private static let keys = [
        "network", "title", "start", "finish", "dataDate", "progressMode", "defaultCalendar", "minutesPerDay",
        "criticalLimit", "calendars", "activities", "relations",
    ]

    init?(_ report: Report) {
        guard let fields = Document.fields(.network, keys: Self.keys, report) else { return nil }
        self.report = report
        self.fields = fields
        let day = fields.integer("minutesPerDay")
        if let day, !(1...LocalDate.minutesPerDay).contains(day) {
            report.add(.spanOutOfRange("\(day)"), at: fields.span("minutesPerDay"))
        }
        minutesPerDay = day.map { max(1, min($0, LocalDate.minutesPerDay)) } ?? DayAmount.minutesPerDay
    }

    mutating func file() -> NetworkFile? {
        fields.require("start", "activities")
        readCalendars()
        defaultCalendar = calendar(fields, "defaultCalendar") ?? 0
        let terms = terms()
        let limit = span(fields, "criticalLimit", isLag: true)
        let id = fields.has("network") ? fields.text("network") : nil
        let title = fields.has("title") ? self.title(fields) : nil
        for node in fields.list("activities") ?? [] { readActivity(node) }
        if drafts.isEmpty, fields.has("activities"), !report.hasErrors {
            report.add(.noActivities, at: fields.span("activities"))
        }
        let assembly = assemble(start: terms?.start ?? 0, dataDate: terms?.dataDate)
        for node in fields.list("relations") ?? [] { readRelation(node) }
        guard let terms, !report.hasErrors, let network = network(assembly.activities) else { return nil }
        return NetworkFile(
            id: id, title: title, network: network, terms: terms, calendars: calendarIDs,
            defaultCalendar: defaultCalendar, minutesPerDay: minutesPerDay,
            criticalLimit: limit?.minutes(perDay: minutesPerDay) ?? 0,
            titles: assembly.titles, resources: assembly.resources, hammocks: assembly.hammocks,
            hammockTitles: assembly.hammockTitles, rows: assembly.rows)
    }

    // MARK: The project

    private func terms() -> ScheduleTerms? {
        let time = calendars[defaultCalendar]
        let start = instant(fields, "start")?.start(on: time)
        let finish = instant(fields, "finish")?.finish(on: time)
        let dataDate = instant(fields, "dataDate")?.start(on: time)
        let mode: ProgressMode? = fields.word("progressMode")
        return start.map {
            ScheduleTerms(start: $0, finish: finish, dataDate: dataDate, progressMode: mode ?? .retainedLogic)
        }
    }

    /// A text, or one in both languages, of which the first that is written counts.
    private func title(_ fields: Fields) -> String? {
        guard let node = fields.node("title") else { return nil }
        if node.text != nil { return fields.text("title") }
        return report.localized(node).map { $0.zh == $0.en ? $0.zh : "\($0.zh) \($0.en)" }
    }

    // MARK: Calendars

    private mutating func readCalendars() {
        for node in fields.list("calendars") ?? [] {
            guard let (id, place, time) = CalendarReader(report).calendar(node) else { continue }
            guard calendarIndex[id] == nil else {
                report.add(.duplicateCalendar(id), at: place)
                continue
            }
            add(id, time)
        }
        // Known everywhere, unless the file has its own of that name.
        for (id, time) in [("standard", WorkingTime.standard), ("continuous", .continuous)]
        where calendarIndex[id] == nil {
            add(id, time)
        }
    }

    private mutating func add(_ id: String, _ time: WorkingTime) {
        calendarIndex[id] = calendars.count
        calendarIDs.append(id)
        calendars.append(time)
    }

    /// The index of a calendar that a key names.
    func calendar(_ fields: Fields, _ key: String) -> Int? {
        guard fields.has(key), let id = fields.text(key) else { return nil }
        if let index = calendarIndex[id] { return index }
        let nearest = report.isFull ? nil : nearestName(to: id, among: calendarIDs)
        report.add(.unknownCalendar(id, known: calendarIDs, nearest: nearest), at: fields.span(key))
        return nil
    }

    var continuous: Int { calendarIndex["continuous"] ?? calendars.count - 1 }

    // MARK: Activities

    private static let activityKeys = [
        "id", "title", "duration", "calendar", "constraints", "deadline", "actualStart", "actualFinish", "remaining",
        "percentComplete", "hammock", "parent", "resources",
    ]

    private mutating func readActivity(_ node: YAMLNode) {
        guard let fields = Fields(node, keys: Self.activityKeys, named: "id", report: report) else { return }
        fields.require("id")
        guard let id = fields.text("id") else { return }
        if let first = draftIndex[id] {
            report.add(
                .duplicateActivity(id), at: fields.span("id"), notes: [(drafts[first].place, Wording.firstHere)])
            return
        }
        let members = fields.has("hammock") ? fields.texts("hammock")?.map { (id: $0.text, place: $0.span) } : nil
        if !fields.has("hammock") { fields.require("duration") }
        let duration = span(fields, "duration", isLag: false)
        var draft = ActivityDraft(
            id: id, place: fields.span("id"), title: fields.has("title") ? title(fields) : nil, duration: duration,
            calendar: duration?.isElapsed == true ? continuous : calendar(fields, "calendar") ?? defaultCalendar)
        readConstraints(fields, into: &draft)
        draft.progress = progress(fields)
        if fields.has("resources") { draft.resources = fields.texts("resources")?.map(\.text) }
        draft.members = members
        if fields.has("parent") { draft.parent = fields.text("parent").map { ($0, fields.span("parent")) } }
        if members != nil { checkHammock(fields, id) }
        draftIndex[id] = drafts.count
        drafts.append(draft)
    }

    private func checkHammock(_ fields: Fields, _ id: String) {
        for key in [
            "duration", "constraints", "deadline", "actualStart", "actualFinish", "remaining", "percentComplete",
        ]
        where fields.has(key) {
            report.add(
                .misusedHammock(
                    .init(
                        zh: "“\(Wording.short(id))”是时距活动，不能有 \(key)",
                        en: "“\(Wording.short(id))” is a hammock and has no \(key)")), at: fields.keySpan(key))
        }
    }

    /// One constraint, or a list of them; and the deadline.
    private func readConstraints(_ fields: Fields, into draft: inout ActivityDraft) {
        if fields.has("constraints"), let node = fields.node("constraints") {
            var nodes = [node]
            if case .list(let elements) = node.content { nodes = elements }
            for node in nodes { readConstraint(node, into: &draft) }
        }
        if let deadline = instant(fields, "deadline") {
            draft.dates.append(WrittenDate(kind: .deadline, instant: deadline, place: fields.span("deadline")))
        }
    }

    private func readConstraint(_ node: YAMLNode, into draft: inout ActivityDraft) {
        guard let fields = Fields(node, keys: ["type", "date"], report: report) else { return }
        fields.require("type")
        guard let type: ConstraintWord = fields.word("type") else { return }
        if type == .asLateAsPossible || type == .asSoonAsPossible {
            if fields.has("date") {
                report.add(.unknownKey("date", known: ["type"], nearest: nil), at: fields.keySpan("date"))
            }
            draft.asLateAsPossible = draft.asLateAsPossible || type == .asLateAsPossible
            return
        }
        fields.require("date")
        guard let instant = instant(fields, "date") else { return }
        if draft.dates.contains(where: { $0.kind == type.kind }) {
            report.add(.listedTwice(type.rawValue), at: fields.span("type"))
            return
        }
        draft.dates.append(WrittenDate(kind: type.kind, instant: instant, place: fields.span("date")))
    }

    // MARK: The whole

    private func network(_ activities: [Activity]) -> ActivityNetwork? {
        warnOfDuplicates()
        do {
            return try ActivityNetwork(activities: activities, relations: relations, calendars: calendars)
        } catch .cycle(let path, let numbers, let kinds) {
            let steps = zip(path.dropFirst(), kinds).map { id, kind in
                (kind == .finishToStart ? " → " : " →\(kind.rawValue) ") + Wording.short(id)
            }
            let shown = steps.count <= 12 ? steps[...] : steps.prefix(10) + [" → …"] + steps.suffix(1)
            report.add(
                .activitiesWaitForEachOther(Wording.short(path[0]) + shown.joined()),
                at: relationPlaces[numbers[0]].whole,
                notes: numbers.dropFirst().prefix(10).map {
                    (
                        relationPlaces[$0].whole,
                        LocalizedText(zh: "这个关系也在环上", en: "this relation is part of the loop as well")
                    )
                })
        } catch {
            // Everything else was checked where it stands.
            report.add(.misusedHammock(.init(zh: "\(error)", en: "\(error)")), at: fields.heading)
        }
        return nil
    }

    private func warnOfDuplicates() {
        var seen: [Relation: Int] = [:]
        seen.reserveCapacity(relations.count)
        for (number, relation) in relations.enumerated() {
            guard let first = seen.updateValue(number, forKey: relation) else { continue }
            seen[relation] = first
            report.add(
                .relationTwice("\(relation.predecessor) → \(relation.successor) \(relation.kind.rawValue)"),
                at: relationPlaces[number].whole, notes: [(relationPlaces[first].whole, Wording.firstHere)])
        }
    }
}

import Planning
import WorkCalendar

/// What a list shows of a task beside its limit (待办摘要): the ``StoredTask/body`` of the tasks of cases.
///
/// Lines `key value`; those without a value are left out. Texts are on one line.
public struct TaskBody: Hashable, Sendable {
    /// The item; `nil` when it is about the whole case.
    public var item: String?
    public var participant: String?
    /// The command that answers, for example `opine` or `card explain`.
    public var kind: String
    /// The title of the item.
    public var title: LocalizedText?
    public var since: LocalDate
    /// The day from which the limit is near: the yellow card's.
    public var nearOn: LocalDate?
    /// The last day of the statutory limit.
    public var statutory: LocalDate?
    /// Whether the case goes through the green channel 绿色通道.
    public var isGreen = false
    /// The card or matter that it is about.
    public var subject: String?
    /// What is asked, in words; rows of earlier versions have none, nor what follows.
    public var ask: LocalizedText?
    /// What the participant is called.
    public var participantTitle: LocalizedText?
    /// What the department that it waits for is called.
    public var partyTitle: LocalizedText?
    /// The project's title in English; in Chinese it stands in the case's row.
    public var projectEnglish: String?
    /// From which days on its light changes.
    public var lights = LightDates()
    /// Since when the clock stands still.
    public var stoppedOn: LocalDate?
    /// Whether its limit and the statutory one are in calendar days.
    public var inCalendarDays = false
    public var statutoryInCalendarDays = false
    /// The calendar that its days are counted on.
    public var calendar: String?
    public var calendarVersion: String?

    public init(
        item: String?, participant: String? = nil, kind: String, title: LocalizedText?, since: LocalDate,
        nearOn: LocalDate? = nil, statutory: LocalDate? = nil, isGreen: Bool = false, subject: String? = nil
    ) {
        self.item = item
        self.participant = participant
        self.kind = kind
        self.title = title
        self.since = since
        self.nearOn = nearOn
        self.statutory = statutory
        self.isGreen = isGreen
        self.subject = subject
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        func add(_ key: StaticString, _ value: String?) {
            guard let value else { return }
            bytes.append(contentsOf: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
            bytes.append(UInt8(ascii: " "))
            bytes.append(contentsOf: value.utf8)
            bytes.append(UInt8(ascii: "\n"))
        }
        add("kind", kind)
        add("since", String(since.dayNumber))
        add("item", item)
        add("participant", participant)
        add("zh", title?.zh.plain(limit: 512))
        add("en", title?.en.plain(limit: 512))
        add("near", nearOn.map { String($0.dayNumber) })
        add("statutory", statutory.map { String($0.dayNumber) })
        if isGreen { add("green", "1") }
        add("subject", subject)
        add("ask-zh", ask?.zh.plain(limit: 1024))
        add("ask-en", ask?.en.plain(limit: 1024))
        add("participant-zh", participantTitle?.zh.plain(limit: 512))
        add("participant-en", participantTitle?.en.plain(limit: 512))
        add("party-zh", partyTitle?.zh.plain(limit: 512))
        add("party-en", partyTitle?.en.plain(limit: 512))
        add("project-en", projectEnglish?.plain(limit: 1024))
        add("light-near", lights.near.map { String($0.dayNumber) })
        add("light-late", lights.late.map { String($0.dayNumber) })
        add("light-over", lights.over.map { String($0.dayNumber) })
        if lights.isStopped { add("stopped", "1") }
        add("stopped-on", stoppedOn.map { String($0.dayNumber) })
        if lights.isRunning { add("running", "1") }
        if inCalendarDays { add("unit", "cd") }
        if statutoryInCalendarDays { add("statutory-unit", "cd") }
        add("calendar", calendar)
        add("calendar-version", calendarVersion)
        return bytes
    }

    /// Reads what a task of a case carries; `nil` for any other bytes.
    public init?(_ bytes: [UInt8]) {
        var values: [Substring: String] = [:]
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            guard let space = line.firstIndex(of: " ") else { return nil }
            values[line[..<space]] = String(line[line.index(after: space)...])
        }
        func date(_ key: Substring) -> LocalDate? {
            values[key].flatMap { Int($0) }.map { LocalDate(dayNumber: $0) }
        }
        guard let kind = values["kind"], let since = date("since") else { return nil }
        self.init(
            item: values["item"], participant: values["participant"], kind: kind,
            title: values["zh"].map { LocalizedText(zh: $0, en: values["en"] ?? $0) }, since: since,
            nearOn: date("near"), statutory: date("statutory"), isGreen: values["green"] != nil,
            subject: values["subject"])
        func text(_ key: Substring) -> LocalizedText? {
            values[key + "-zh"].map { LocalizedText(zh: $0, en: values[key + "-en"] ?? $0) }
        }
        ask = text("ask")
        participantTitle = text("participant")
        partyTitle = text("party")
        projectEnglish = values["project-en"]
        lights.near = date("light-near")
        lights.late = date("light-late")
        lights.over = date("light-over")
        lights.isStopped = values["stopped"] != nil
        lights.isRunning = values["running"] != nil
        stoppedOn = date("stopped-on")
        inCalendarDays = values["unit"] != nil
        statutoryInCalendarDays = values["statutory-unit"] != nil
        calendar = values["calendar"]
        calendarVersion = values["calendar-version"]
    }
}

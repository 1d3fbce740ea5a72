import WorkCalendar

/// Walks the elements of an XES document.
struct XESReader: XMLElementReader {
    private(set) var name: String?
    private(set) var cases: [LoggedCase] = []
    private(set) var ignored: [String: Int] = [:]

    private var path: [Place] = []
    private var trace = TraceDraft()
    private var event = EventDraft()

    /// Where an element stands; only attributes directly in a log, trace or event are ours.
    private enum Place { case log, trace, event, aside }

    private struct TraceDraft {
        var id: String?
        var events: [LoggedEvent] = []
    }

    private struct EventDraft {
        var activity: String?
        var instance: String?
        var transition = LoggedEvent.Transition.complete
        var time: LogTime?
        var resource: String?
        var group: String?
    }

    private static let attributes: Set<String> = ["string", "date", "int", "float", "boolean", "id"]
    private static let asides: Set<String> = ["extension", "global", "classifier", "list", "container", "values"]

    mutating func begin(_ element: String, attributes: [String: String]) throws(ForeignFileError) {
        switch (element, path.last) {
        case ("log", nil): path.append(.log)
        case ("trace", .log):
            trace = TraceDraft()
            path.append(.trace)
        case ("event", .trace):
            event = EventDraft()
            path.append(.event)
        case (let element, let place?) where Self.attributes.contains(element):
            try note(key: attributes["key"], value: attributes["value"], in: place)
            path.append(.aside)
        case (let element, _?) where Self.asides.contains(element): path.append(.aside)
        case (_, .aside): path.append(.aside)
        default:
            throw ForeignFileError(
                LocalizedText(zh: "此处不应有元素 <\(element)>", en: "<\(element)> has no place here"),
                advice: LocalizedText(
                    zh: "XES 文件由 <log> 内的 <trace> 及其 <event> 组成",
                    en: "an XES file is <log> with <trace> elements and their <event> elements"))
        }
    }

    mutating func end(_ element: String) throws(ForeignFileError) {
        switch path.popLast() {
        case .event: try finishEvent()
        case .trace: cases.append(LoggedCase(id: trace.id ?? String(cases.count + 1), events: trace.events))
        default: break
        }
    }

    private mutating func note(key: String?, value: String?, in place: Place) throws(ForeignFileError) {
        guard let key, let value else {
            if place == .aside { return }
            throw ForeignFileError(
                LocalizedText(zh: "属性缺少 key 或 value", en: "an attribute lacks its key or value"),
                advice: LocalizedText(
                    zh: "写成 <string key=\"…\" value=\"…\"/>", en: "write <string key=\"…\" value=\"…\"/>"))
        }
        switch (place, key) {
        case (.log, "concept:name"): name = value
        case (.trace, "concept:name"): trace.id = value
        case (.event, "concept:name"): event.activity = value
        case (.event, "concept:instance"): event.instance = value
        case (.event, "lifecycle:transition"):
            event.transition = LoggedEvent.Transition(rawValue: value.lowercased()) ?? .unknown
        case (.event, "time:timestamp"): event.time = try time(value)
        case (.event, "org:resource"): event.resource = value
        case (.event, "org:group"): event.group = value
        case (.trace, _), (.event, _): ignored[key, default: 0] += 1
        default: break
        }
    }

    private func time(_ text: String) throws(ForeignFileError) -> LogTime {
        guard let time = LogTime(text) else {
            throw ForeignFileError(
                LocalizedText(zh: "“\(text.prefix(40))”不是时间", en: "'\(text.prefix(40))' is no time"),
                advice: LocalizedText(
                    zh: "写成 2024-03-01T09:30:00.000+08:00", en: "write 2024-03-01T09:30:00.000+08:00"))
        }
        return time
    }

    private mutating func finishEvent() throws(ForeignFileError) {
        guard let activity = event.activity, let time = event.time else {
            throw ForeignFileError(
                event.time == nil
                    ? LocalizedText(zh: "事件没有 time:timestamp", en: "an event has no time:timestamp")
                    : LocalizedText(zh: "事件没有 concept:name", en: "an event has no concept:name"),
                advice: LocalizedText(
                    zh: "每个事件都要有活动名称和时间", en: "every event needs the name of its activity and its time"))
        }
        guard trace.events.count < XESFile.longestCase else {
            throw ForeignFileError(
                LocalizedText(
                    zh: "一个办件超过 \(XESFile.longestCase) 个事件", en: "a case has more than \(XESFile.longestCase) events"),
                advice: LocalizedText(zh: "请检查办件的划分", en: "see how the log tells cases apart"))
        }
        trace.events.append(
            LoggedEvent(
                activity: activity, instance: event.instance, transition: event.transition, time: time,
                resource: event.resource, group: event.group))
    }
}

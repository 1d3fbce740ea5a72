import WorkCalendar
import WorkflowModel

/// The stages of a project as the lines of a metro map (地铁图): items are stations, joint items interchanges.
///
/// It knows neither plans nor cases: `MetroMap.init(_:language:)` draws a plan; a case puts states and lights on its
/// stations.
public struct MetroMap: Sendable {
    public let title: String
    public let subtitle: String
    public let language: Language
    /// In order; the parallel lane last.
    public let stages: [Stage]
    /// Items in any order that has predecessors first.
    public let stations: [Station]

    public init(title: String, subtitle: String, language: Language, stages: [Stage], stations: [Station]) {
        self.title = title
        self.subtitle = subtitle
        self.language = language
        self.stages = stages
        self.stations = stations
    }

    /// One line of the map.
    public struct Stage: Sendable, Hashable {
        public let id: String
        /// 1…4, or `nil` for the parallel lane 并行推进.
        public let number: Int?
        public let title: String
        /// Dates and days, one a line.
        public let notes: [String]

        public init(id: String, number: Int?, title: String, notes: [String]) {
            self.id = id
            self.number = number
            self.title = title
            self.notes = notes
        }
    }

    /// One item.
    public struct Station: Sendable, Hashable {
        public enum Kind: Sendable, Hashable {
            case item, milestone
            /// How many take part.
            case joint(participants: Int)
        }

        public let id: String
        public let stage: String
        public let kind: Kind
        public let title: String
        /// Dates, a few words.
        public let note: String
        public let state: WorkState
        public let light: DeadlineLight?
        /// What stands beside the light: `剩 3 个工作日`.
        public let lightText: String?
        public let isCritical: Bool
        /// Ids of the stations that come before it.
        public let after: [String]
        /// Where its page is; `nil` makes no link.
        public let link: String?

        public init(
            id: String, stage: String, kind: Kind, title: String, note: String, state: WorkState = .notStarted,
            light: DeadlineLight? = nil, lightText: String? = nil, isCritical: Bool, after: [String],
            link: String? = nil
        ) {
            self.id = id
            self.stage = stage
            self.kind = kind
            self.title = title
            self.note = note
            self.state = state
            self.light = light
            self.lightText = lightText
            self.isCritical = isCritical
            self.after = after
            self.link = link
        }
    }

    /// The station in words: name, state, light, criticality.
    public func words(of station: Station) -> String {
        var parts = [station.title]
        if case .joint(let count) = station.kind, count > 0 {
            parts.append(language.say("联合事项，\(count) 方参加", "joint item, \(count) participant\(count == 1 ? "" : "s")"))
        }
        if !station.note.isEmpty { parts.append(station.note) }
        if hasStates { parts.append(station.state.word[language]) }
        if let text = station.lightText ?? station.light?.word[language] { parts.append(text) }
        if station.isCritical { parts.append(language.say("关键线路", "on the critical path")) }
        return parts.joined(separator: language.say("，", ", "))
    }

    /// A plan has no states: everything is ahead.
    var hasStates: Bool { stations.contains { $0.state != .notStarted } }

    var summary: String {
        let joint = stations.count { if case .joint = $0.kind { true } else { false } }
        return language.say(
            "\(stages.count) 条线，\(stations.count) 个事项，其中联合事项 \(joint) 个，关键事项 \(stations.count(where: \.isCritical)) 个",
            "\(stages.count) lines, \(stations.count) items, \(joint) of them joint and \(stations.count(where: \.isCritical)) critical"
        )
    }
}

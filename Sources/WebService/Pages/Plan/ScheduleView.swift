/// How a schedule is looked at (进度视图); all of it stands in the address, so that a copied link shows the same.
struct ScheduleView: Sendable, Hashable {
    var zoom = Zoom.whole
    var criticalOnly = false
    var showsBaseline = true
    /// The activity whose dates are explained.
    var why: String?

    /// How wide a day is.
    enum Zoom: String, Sendable, CaseIterable {
        /// As wide as the page has room for.
        case whole
        case day, week, month

        /// Pixels of a day; `nil` for as many as there is room for.
        var pixelsPerDay: Double? {
            switch self {
            case .whole: nil
            case .day: 24
            case .week: 6
            case .month: 1.5
            }
        }
    }

    init() {}

    /// Reads the query; what it does not know is left as it is.
    init(query: (String) -> String?) {
        zoom = query("zoom").flatMap(Zoom.init) ?? .whole
        criticalOnly = query("critical") == "on"
        showsBaseline = query("baseline") != "off"
        why = query("why")
    }

    /// The query without its question mark; empty for the view that one sees first.
    var query: String {
        var parts: [String] = []
        if zoom != .whole { parts.append("zoom=\(zoom.rawValue)") }
        if criticalOnly { parts.append("critical=on") }
        if !showsBaseline { parts.append("baseline=off") }
        if let why { parts.append("why=\(Links.escaped(why))") }
        return parts.joined(separator: "&")
    }

    /// The view with something changed, as a link.
    func link(_ path: String, anchor: String? = nil, _ change: (inout ScheduleView) -> Void) -> String {
        var view = self
        change(&view)
        let query = view.query
        return path + (query.isEmpty ? "" : "?" + query) + (anchor.map { "#" + $0 } ?? "")
    }
}

import CaseEngine
import WorkCalendar
import WorkflowModel

/// The ledger of what was handled (办件台账): one row for each part, for a spreadsheet and for third parties.
public struct Ledger: Sendable {
    public private(set) var parts: [HandledPart] = []

    public init(_ parts: [HandledPart] = []) { self.parts = parts }

    /// Takes in one case.
    public mutating func add(_ parts: [HandledPart]) { self.parts += parts }

    public static let columns = [
        "case", "project", "item", "title", "participant", "department", "attempt", "status", "filed", "start", "end",
        "limit", "due", "used", "overdue", "statutoryOverdue", "corrections", "supplements", "stops", "extended",
        "rounds", "cards", "score",
    ]

    /// The rows as text, in the order of ``columns``; empty where there is nothing.
    public var rows: [[String]] {
        parts.map { part in
            [
                part.caseID, part.project, part.item, part.title.zh, part.participant ?? "", part.department,
                String(part.attempt), part.status.rawValue, part.filedOn?.description ?? "", part.start.description,
                part.end?.description ?? "", part.promised?.limit.description ?? "",
                part.promised?.due.description ?? "", DayAmount.number(minutes: part.used.minutes),
                part.promised.map { String($0.overdue) } ?? "", part.statutory.map { String($0.overdue) } ?? "",
                String(part.corrections), String(part.supplements), String(part.stops),
                part.isExtended ? "1" : "0", String(part.rounds),
                part.cards.filter { !$0.isLifted }.map(\.level.rawValue).joined(separator: " "),
                part.scores.map { String($0) }.joined(separator: " "),
            ]
        }
    }

    /// As comma-separated values with a heading.
    ///
    /// - Source: RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe.
    public var csv: String { Self.heading + lines }

    /// The first line of ``csv``, and those after it.
    public static var heading: String { line(columns) }
    public var lines: String { rows.map(Self.line).joined() }

    private static func line(_ row: [String]) -> String { row.map(cell).joined(separator: ",") + "\r\n" }

    private static func cell(_ text: String) -> String {
        var text = text
        if let first = text.first, "=+-@\t\r".contains(first) { text = "'" + text }
        let isPlain = text.unicodeScalars.allSatisfy { $0 != "\"" && $0 != "," && $0 != "\r" && $0 != "\n" }
        return isPlain
            ? text
            : "\""
                + text.split(separator: "\"", omittingEmptySubsequences: false)
                .joined(separator: "\"\"") + "\""
    }
}

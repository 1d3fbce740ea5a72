import TestSupport
import Testing

@testable import CaseEngine

@Suite("docs/states.md")
struct StatesDocumentTests {
    @Test("The document shows the tables of the machines as they are")
    func tables() throws {
        let document = try ProjectFiles.text("docs/states.md")
        for (name, table) in Self.tables {
            let wanted = "<!-- table: \(name) -->\n\n\(table)\n<!-- end -->"
            #expect(document.contains(wanted), "the table of \(name) should read:\n\(wanted)")
        }
    }

    @Test("The document explains every rejection")
    func rejections() throws {
        let document = try ProjectFiles.text("docs/states.md")
        for code in CaseRejection.codes { #expect(document.contains("`\(code)`"), "\(code)") }
    }

    static let tables = [
        ("case", render(CaseTransitions.table) { $0.rawValue }),
        ("work", render(WorkTransitions.table) { $0.rawValue }),
        ("application", render(ApplicationTransitions.table) { $0.rawValue }),
        ("joint", render(JointTransitions.table) { $0.rawValue }),
        ("pause", render(PauseTransitions.table) { $0?.rawValue ?? "running" }),
        ("matter", render(MatterTransitions.table) { $0?.rawValue ?? "none" }),
    ]

    /// The diagram leaves out what stays where it is, the table has it all; rows of one pair of statuses share a line.
    private static func render<Status>(_ table: [Transition<Status>], name: (Status) -> String) -> String {
        var rows: [(from: String, to: String, events: [String])] = []
        for row in table {
            let (from, to) = (name(row.from), name(row.to))
            if let position = rows.firstIndex(where: { $0.from == from && $0.to == to }) {
                rows[position].events.append(row.event.rawValue)
            } else {
                rows.append((from, to, [row.event.rawValue]))
            }
        }
        var text = "```mermaid\nstateDiagram-v2\n"
        for row in rows where row.from != row.to {
            text += "    \(row.from) --> \(row.to): \(row.events.joined(separator: ", "))\n"
        }
        text += "```\n\n| from | event | to |\n| --- | --- | --- |\n"
        for row in rows {
            let events = row.events.map { "`\($0)`" }.joined(separator: ", ")
            text += "| \(row.from) | \(events) | \(row.to == row.from ? "·" : row.to) |\n"
        }
        return text
    }
}

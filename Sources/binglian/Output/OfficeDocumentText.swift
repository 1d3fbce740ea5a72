import Planning
import WorkCalendar
import WorkflowModel

/// A document for applicants on the terminal.
struct OfficeDocumentText {
    let document: OfficeDocument
    let terminal: Terminal

    var text: String {
        var lines = [terminal.styled(document.title, .bold), document.subtitle]
        for section in document.sections {
            lines += ["", terminal.styled("── \(section.title)", .bold)]
            for block in section.blocks { lines += self.lines(of: block) }
        }
        if !document.notes.isEmpty { lines += [""] + document.notes }
        return lines.joined(separator: "\n")
    }

    private func lines(of block: OfficeDocument.Block) -> [String] {
        switch block {
        case .pairs(let pairs):
            let width = pairs.map { DisplayWidth.columns(of: $0.name) }.max() ?? 0
            return pairs.map { pair in
                pair.value.isEmpty
                    ? terminal.styled(pair.name, .dim)
                    : terminal.styled(DisplayWidth.padded(pair.name, to: width), .dim) + "  " + pair.value
            }
        case .list(let lines): return lines.map { "  • \($0)" }
        case .steps(let lines): return lines.enumerated().map { "  \($0.offset + 1). \($0.element)" }
        case .table(let table):
            guard !table.rows.isEmpty else { return [terminal.say("（无）", "(none)")] }
            return [terminal.styled(table.caption, .dim)] + wrapped(table)
        }
    }

    /// The table with long cells on several lines: nothing of a document may be cut off.
    private func wrapped(_ table: PageTable) -> [String] {
        let most = 40
        let widths = table.head.indices.map { column in
            ([table.head] + table.rows).map { min(most, DisplayWidth.columns(of: $0[column])) }.max() ?? 0
        }
        func lines(_ row: [String]) -> [String] {
            let cells = row.enumerated().map { Self.wrapped($0.element, to: widths[$0.offset]) }
            let height = cells.map(\.count).max() ?? 0
            return (0..<height).map { line in
                var text = cells.enumerated().map { column, cell in
                    DisplayWidth.padded(line < cell.count ? cell[line] : "", to: widths[column])
                }.joined(separator: "  ")
                while text.last == " " { text.removeLast() }
                return text
            }
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        return lines(table.head) + [rule] + table.rows.flatMap(lines)
    }

    /// A text on lines of at most so many columns, broken at spaces where it has them.
    private static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for character in text {
            if DisplayWidth.columns(of: line + String(character)) > width {
                let cut = line.lastIndex(of: " ").flatMap { character == " " ? nil : $0 }
                let rest = cut.map { String(line[line.index(after: $0)...]) } ?? ""
                lines.append(cut.map { String(line[..<$0]) } ?? line)
                line = rest
                if line.isEmpty, character == " " { continue }
            }
            line.append(character)
        }
        return lines + [line]
    }
}

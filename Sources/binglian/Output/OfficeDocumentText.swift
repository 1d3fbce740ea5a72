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
            var shown = TextTable(table.head.map { .init($0, limit: 52) })
            for row in table.rows { shown.add(row) }
            return [terminal.styled(table.caption, .dim)] + shown.text.split(separator: "\n").map(String.init)
        }
    }
}

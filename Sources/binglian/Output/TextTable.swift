import WorkflowModel

/// A table for the terminal: columns as wide as their widest cell, Chinese counted as two.
struct TextTable {
    enum Alignment { case left, right }

    struct Column {
        let title: String
        let alignment: Alignment
        let limit: Int

        init(_ title: String, _ alignment: Alignment = .left, limit: Int = 60) {
            self.title = title
            self.alignment = alignment
            self.limit = limit
        }
    }

    let columns: [Column]
    private(set) var rows: [[String]] = []

    init(_ columns: [Column]) { self.columns = columns }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    var text: String {
        let cells = rows.map { row in
            row.enumerated().map { DisplayWidth.fitted($0.element, to: columns[$0.offset].limit) }
        }
        let widths = columns.indices.map { column in
            cells.reduce(DisplayWidth.columns(of: columns[column].title)) {
                max($0, DisplayWidth.columns(of: $1[column]))
            }
        }
        func line(_ cells: [String]) -> String {
            var parts: [String] = []
            for (column, cell) in cells.enumerated() {
                let space = String(repeating: " ", count: max(0, widths[column] - DisplayWidth.columns(of: cell)))
                parts.append(columns[column].alignment == .left ? cell + space : space + cell)
            }
            var text = parts.joined(separator: "  ")
            while text.last == " " { text.removeLast() }
            return text
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        return ([line(columns.map(\.title)), rule] + cells.map(line)).joined(separator: "\n")
    }
}

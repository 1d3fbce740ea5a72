import Scheduling
import WorkCalendar
import WorkflowModel

/// Reads the dates of an earlier plan from what `binglian plan --format json` printed then (基线文件).
public enum BaselineFile {
    /// The baseline of a network plan.
    public static func read(_ text: String, path: String) -> FileReading<Baseline> {
        let report = Report(SourceText(text, path: path))
        var ids: Set<String> = []
        var rows: [(id: String, row: Baseline.Row)] = []
        for node in activities(report) ?? [] {
            let members = Members(node, report)
            // Hammocks follow from their members.
            guard members.text("hammock") != "true" else { continue }
            guard let id = members.text("id"), let start = members.instant("start"),
                let finish = members.instant("finish"), let duration = members.integer("duration"),
                let float = members.integer("totalFloat")
            else { continue }
            guard ids.insert(id).inserted else {
                report.add(.duplicateActivity(id), at: members.span("id"))
                continue
            }
            rows.append((id, Baseline.Row(start: start, finish: finish, duration: duration, totalFloat: float)))
        }
        return report.reading(report.hasErrors ? nil : Baseline(rows))
    }

    /// The list of activities of either kind of plan.
    static func activities(_ report: Report) -> [YAMLNode]? {
        guard let root = Document(report)?.root, case .map(let entries) = root.content,
            let node = entries.first(where: { $0.key == "activities" })?.value
        else {
            if !report.hasErrors {
                report.add(
                    .missingKey("activities", example: "binglian plan … --format json"),
                    at: TextSpan(line: 1, column: 1, length: 1))
            }
            return nil
        }
        guard case .list(let nodes) = node.content else {
            report.add(.wrongForm(.list, found: node), at: node.span)
            return nil
        }
        return nodes
    }

    /// The members of one activity that are wanted; others are passed over, as plans may gain members.
    struct Members {
        private let node: YAMLNode
        private let report: Report
        private let entries: [YAMLEntry]

        init(_ node: YAMLNode, _ report: Report) {
            self.node = node
            self.report = report
            if case .map(let entries) = node.content {
                self.entries = entries
            } else {
                entries = []
                report.add(.wrongForm(.map, found: node), at: node.span)
            }
        }

        func span(_ key: String) -> TextSpan { entries.first { $0.key == key }?.value.span ?? node.span }

        func value(_ key: String) -> YAMLNode? {
            if let value = entries.first(where: { $0.key == key })?.value { return value }
            if key != "hammock" {
                report.add(.missingKey(key, example: "binglian plan … --format json"), at: node.span)
            }
            return nil
        }

        func text(_ key: String) -> String? { value(key)?.text }

        func instant(_ key: String) -> Minute? {
            guard let node = value(key) else { return nil }
            guard let text = node.text, let instant = WrittenInstant(text) else {
                report.add(.unreadableInstant(node.text ?? ""), at: node.span)
                return nil
            }
            return instant.minute
        }

        func date(_ key: String) -> LocalDate? {
            guard let node = value(key) else { return nil }
            guard let text = node.text, let date = LocalDate(text) else {
                report.add(.unreadableInstant(node.text ?? ""), at: node.span)
                return nil
            }
            return date
        }

        func integer(_ key: String) -> Int? {
            guard let node = value(key) else { return nil }
            guard let text = node.text, text.utf8.count <= 15, let value = Int(text) else {
                report.add(.wrongForm(.integer, found: node), at: node.span)
                return nil
            }
            return value
        }
    }
}

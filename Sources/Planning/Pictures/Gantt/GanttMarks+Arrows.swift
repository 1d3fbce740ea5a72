import WorkCalendar
import WorkflowModel

extension GanttMarks {
    /// What drives what, over rows that stand one below the other from `tops`.
    package func arrows(tops: [String: Double]) -> [Markup] {
        let rows = Dictionary(chart.rows.map { ($0.id, $0) }) { first, _ in first }
        var lines = ["red": "", "float": ""]
        var heads = ["red": "", "float": ""]
        for row in chart.rows {
            guard let end = tops[row.id] else { continue }
            for arrow in row.arrows {
                guard let from = rows[arrow.from], let begin = tops[arrow.from] else { continue }
                let colour = row.isShownCritical && from.isShownCritical ? "red" : "float"
                let (line, head) = path(arrow.type, from, begin, row, end)
                lines[colour, default: ""] += line
                heads[colour, default: ""] += head
            }
        }
        return ["float", "red"].flatMap { colour -> [Markup] in
            guard let line = lines[colour], !line.isEmpty, let head = heads[colour] else { return [] }
            return [
                .tag("path", ["class": "none s-\(colour)", "d": line, "stroke-width": "1"]),
                .tag("path", ["class": "f-\(colour)", "d": head]),
            ]
        }
    }

    private func path(
        _ type: RelationType, _ from: GanttChart.Row, _ begin: Double, _ to: GanttChart.Row, _ end: Double
    ) -> (line: String, head: String) {
        let leavesEnd = type == .finishToStart || type == .finishToFinish
        let reachesStart = type == .finishToStart || type == .startToStart
        let x = leavesEnd ? scale.x(from.finish) : scale.x(from.start)
        let isMoment = to.mark == .milestone
        let aim = (reachesStart ? scale.x(to.start) : scale.x(to.finish)) + (isMoment ? 0 : reachesStart ? 4 : -4)
        let isBelow = end > begin
        let half = isMoment ? 9.0 : Self.height / 2 + 1
        let tip = end + Self.middle + (isBelow ? -half : half)
        let start = begin + Self.middle
        let head = "M\(aim.px) \(tip.px)l-3 \(isBelow ? -5 : 5)h6z"
        if aim >= x { return ("M\(x.px) \(start.px)H\(aim.px)V\(tip.px)", head) }
        let gap = isBelow ? end : end + GanttChart.rowHeight
        return ("M\(x.px) \(start.px)h6V\(gap.px)H\(aim.px)V\(tip.px)", head)
    }
}

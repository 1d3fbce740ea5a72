import WorkCalendar
import WorkflowModel

/// The marks that a Gantt chart uses, each with its meaning; marks that it does not use are left out.
package struct GanttLegend {
    let chart: GanttChart
    let scale: TimeScale

    package init(chart: GanttChart, scale: TimeScale) {
        self.chart = chart
        self.scale = scale
    }

    private struct Entry {
        let mark: [Markup]
        let text: String
    }

    /// Entries in lines of at most a width, from (0, 0) down.
    package func markup(width: Double) -> (content: [Markup], height: Double) {
        var content: [Markup] = []
        var (x, y) = (0.0, 0.0)
        for entry in entries {
            let wide = 44 + TextSize.width(of: entry.text, size: 12) + 20
            if x > 0, x + wide > width { (x, y) = (0, y + 24) }
            content.append(
                .tag(
                    "g", ["transform": "translate(\(x.px) \(y.px))"],
                    entry.mark + [
                        .tag(
                            "text", ["class": "f-muted label", "x": "42", "y": "16"], entry.text)
                    ]))
            x += wide
        }
        return (content, y + 24)
    }

    private var entries: [Entry] {
        let say = chart.language.say
        let bars = chart.rows.filter { $0.mark == .bar }
        var entries: [Entry] = []
        func add(_ isUsed: Bool, _ text: String, _ mark: [Markup]) {
            if isUsed { entries.append(Entry(mark: mark, text: text)) }
        }
        add(
            bars.contains(where: \.isShownCritical), say("关键：红色粗边", "critical: outlined, red"),
            [bar("f-red s-ink", "2")])
        for clock in ClockHolder.allCases where bars.contains(where: { $0.clock == clock }) {
            let hatch = Hatch.fill(clock, .steel)
            let isCounted = clock == .gov || clock == .tech
            let note = isCounted ? "" : say("（不计入审批用时）", " (not counted)")
            add(
                true, clock.word[chart.language] + note,
                [
                    bar(
                        (hatch == nil ? Hatch.plain(clock, .steel) : "") + " s-steel", "1", fill: hatch,
                        isDashed: clock == .none)
                ])
        }
        add(
            bars.contains { $0.facts.progress == .finished }, say("已完成", "finished"), [bar("f-slate s-slate", "1")])
        add(
            bars.contains { $0.facts.progress == .running }, say("办理中：右端未封口", "running: open at its right end"),
            [.tag("path", ["class": "f-steel-tint s-steel", "d": "M34 5H4v14H34"])])
        add(
            bars.contains { !$0.facts.pauses.isEmpty }, say("停表", "clock stopped"),
            [bar("s-purple", "1", fill: Hatch.paused)])
        add(
            chart.rows.contains { ($0.totalFloat ?? 0) > 0 && $0.lateFinish != nil },
            say("时差（工作日）", "float (working days)"),
            [
                .tag("path", ["class": "none s-float", "d": "M2 12H17m0 -4v8", "stroke-width": "2"]),
                .tag("text", ["class": "f-muted small", "x": "21", "y": "16"], "+6"),
            ])
        add(
            bars.contains { $0.facts.baseline != nil }, say("基线", "baseline"),
            [.tag("rect", ["class": "f-float", "x": "4", "y": "10", "width": "30", "height": "4"])])
        add(
            bars.contains { !$0.facts.uncertainty.isEmpty }, say("完成日 P10–P50–P90", "finish P10–P50–P90"),
            [
                .tag("path", ["class": "none s-ink", "d": "M4 8v9m0 -4.5H34m0 -4.5v9", "stroke-width": "1.5"]),
                .tag("circle", ["class": "f-ink", "cx": "18", "cy": "12.5", "r": "3.5"]),
            ])
        add(
            chart.rows.contains { $0.mark == .milestone }, say("里程碑", "milestone"),
            [.tag("path", ["class": "f-ground s-steel", "d": "M19 4l8 8l-8 8l-8 -8z", "stroke-width": "2"])])
        add(
            chart.rows.contains { $0.mark == .joint }, say("联合事项", "joint item"),
            [.tag("path", ["class": "f-steel", "d": "M4 8H34v10l-5 -6H9l-5 6z"])])
        add(
            !chart.targets.isEmpty, say("目标窗口，计入的工作日", "target window, counted days"),
            [
                .tag("path", ["class": "none s-ink", "d": "M2 7v11m0 -5.5H36m0 -5.5v11", "stroke-width": "1.5"]),
                .tag("rect", ["class": "f-blue", "x": "8", "y": "9", "width": "18", "height": "7"]),
            ])
        add(
            chart.targets.contains { $0.limitDay != nil }, say("时限用尽之日", "day on which the limit is used up"),
            [.tag("g", ["transform": "translate(16 -4) scale(.8)"], [GanttMarks.flag(x: 0, isMissed: false)])])
        add(
            chart.targets.contains { $0.isMet == false }, say("超出时限", "beyond the limit"),
            [bar("s-red", "1", fill: Hatch.beyond), GanttMarks.octagon(x: 28, y: 12)])
        add(
            chart.rows.contains { !$0.arrows.isEmpty }, say("箭头：由谁决定开始", "arrow: what sets a date"),
            [
                .tag("path", ["class": "none s-float", "d": "M6 6H24V15"]),
                .tag("path", ["class": "f-float", "d": "M24 19l-3 -5h6z"]),
            ])
        add(
            true,
            scale.drawsWeekends
                ? say("非工作日（调休上班日不着色）", "days off (make-up days are not shaded)")
                : say("三天以上的假期（周末过窄，未画）", "holidays over two days (weekends are too thin here)"),
            [.tag("rect", ["class": "f-off s-rule", "x": "6", "y": "3", "width": "24", "height": "18"])])
        return entries
    }

    private func bar(_ classes: String, _ width: String, fill: String? = nil, isDashed: Bool = false) -> Markup {
        .tag(
            "rect",
            [
                "class": classes, "fill": fill, "x": "4", "y": "5", "width": "30", "height": "14", "rx": "2",
                "stroke-width": width, "stroke-dasharray": isDashed ? "3 2" : nil,
            ])
    }
}

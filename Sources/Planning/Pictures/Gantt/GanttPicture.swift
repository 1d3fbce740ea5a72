import WorkCalendar
import WorkflowModel

extension GanttChart {
    /// The whole chart as one drawing, with names beside the bars.
    public var picture: Picture { GanttPicture(chart: self).picture }
}

/// Lays a Gantt chart out on one sheet: names, durations and floats left, the chart right, the legend below.
private struct GanttPicture {
    let chart: GanttChart
    let scale: TimeScale
    let nameWidth: Double
    let takesWidth: Double
    let floatWidth: Double

    private static let margin = 24.0
    private var language: Language { chart.language }

    init(chart: GanttChart) {
        self.chart = chart
        scale = chart.scale(room: 1060)
        let names = chart.rows.map { TextSize.width(of: $0.title) + Self.indent($0) }
        nameWidth =
            min(340, max(150, (names + chart.targets.map { TextSize.width(of: $0.title) + 12 }).max() ?? 0)) + 16
        takesWidth = max(60, (chart.rows.map { TextSize.width(of: $0.takes, size: 12) }.max() ?? 0) + 16)
        floatWidth = 64
    }

    private static func indent(_ row: GanttChart.Row) -> Double {
        if case .stage = row.mark { return 0 }
        return row.isPhase ? 32 : 14
    }

    private var chartLeft: Double { Self.margin + nameWidth + takesWidth + floatWidth }
    private var width: Double { chartLeft + scale.width + Self.margin }
    private static let headTop = 84.0
    private var bodyTop: Double { Self.headTop + GanttChart.headHeight }
    private var rowCount: Int { chart.rows.count + chart.targets.count }
    private var bodyBottom: Double { bodyTop + Double(rowCount) * GanttChart.rowHeight }

    var picture: Picture {
        let legend = GanttLegend(chart: chart, scale: scale).markup(width: width - 2 * Self.margin)
        let content =
            [
                Markup.tag(
                    "text", ["class": "f-ink title", "x": Self.margin.px, "y": "44"], fitted(chart.title, size: 20)),
                .tag("text", ["class": "f-muted", "x": Self.margin.px, "y": "68"], fitted(chart.subtitle, size: 13)),
            ] + stripes + [days] + lines + [head] + [arrows] + body
            + [.tag("g", ["transform": "translate(\(Self.margin.px) \((bodyBottom + 20).px))"], legend.content)]
        return Picture(
            title: chart.title, summary: chart.summary, language: language, width: width,
            height: bodyBottom + 20 + legend.height + Self.margin - 8, content: content)
    }

    private func fitted(_ text: String, size: Double) -> String {
        TextSize.line(of: text, width: width - 2 * Self.margin, size: size)
    }

    private func top(_ row: Int) -> Double { bodyTop + Double(row) * GanttChart.rowHeight }

    /// Stage rows on a ground of their own.
    private var stripes: [Markup] {
        chart.rows.enumerated().compactMap { number, row in
            guard case .stage = row.mark else { return nil }
            return .tag(
                "rect",
                [
                    "class": "f-surface", "x": Self.margin.px, "y": top(number + chart.targets.count).px,
                    "width": (width - 2 * Self.margin).px, "height": GanttChart.rowHeight.px,
                ])
        }
    }

    private var days: Markup {
        .tag(
            "path",
            [
                "class": "f-off", "transform": "translate(\(chartLeft.px) 0)",
                "d": scale.daysOffPath(
                    chart.calendar, top: Self.headTop + GanttChart.headHeight / 2, height: bodyBottom - bodyTop + 22),
            ])
    }

    private var lines: [Markup] {
        let months = scale.head(language, chart.calendar).upper.dropFirst().map { scale.x($0.from) + chartLeft }
        var path = months.map { "M\($0.px) \(Self.headTop.px)V\(bodyBottom.px)" }.joined()
        path +=
            "M\(Self.margin.px) \(bodyTop.px)H\((width - Self.margin).px)M\(Self.margin.px) \(bodyBottom.px)H\((width - Self.margin).px)"
        if !chart.targets.isEmpty {
            path += "M\(Self.margin.px) \(top(chart.targets.count).px)H\((width - Self.margin).px)"
        }
        var lines: [Markup] = [.tag("path", ["class": "none s-rule", "d": path])]
        let limits = chart.targets.enumerated().compactMap { number, target in
            target.limitDay.map { "M\((scale.x($0) + chartLeft).px) \((top(number) + 32).px)V\(bodyBottom.px)" }
        }.joined()
        if !limits.isEmpty {
            lines.append(.tag("path", ["class": "none s-ink", "d": limits, "stroke-dasharray": "2 4"]))
        }
        if let date = chart.dataDate {
            let x = (scale.x(date) + chartLeft).px
            lines.append(
                .tag(
                    "path",
                    ["class": "none s-blue", "d": "M\(x) \(Self.headTop.px)V\(bodyBottom.px)", "stroke-width": "2"]))
            lines.append(
                .tag(
                    "text", ["class": "f-blue small middle", "x": x, "y": (Self.headTop - 6).px],
                    language.say("数据日期 ", "data date ") + date.description))
        }
        return lines
    }

    private var head: Markup {
        let y = (bodyTop - 8).px
        let words = [
            Markup.tag("text", ["class": "f-muted small", "x": Self.margin.px, "y": y], language.say("事项", "item")),
            .tag(
                "text", ["class": "f-muted small end", "x": (Self.margin + nameWidth + takesWidth - 10).px, "y": y],
                language.say("用时", "takes")),
            .tag(
                "text", ["class": "f-muted small end", "x": (chartLeft - 14).px, "y": y],
                language.say("时差", "float")),
        ]
        return .tag(
            "g", [:],
            words + [
                .tag(
                    "g", ["transform": "translate(\(chartLeft.px) \(Self.headTop.px))"],
                    scale.headMarkup(language, chart.calendar))
            ])
    }

    private var arrows: Markup {
        var tops: [String: Double] = [:]
        for (number, row) in chart.rows.enumerated() { tops[row.id] = top(number + chart.targets.count) }
        return .tag(
            "g", ["transform": "translate(\(chartLeft.px) 0)", "aria-hidden": "true"],
            GanttMarks(chart: chart, scale: scale).arrows(tops: tops))
    }

    private var body: [Markup] {
        let marks = GanttMarks(chart: chart, scale: scale)
        let targets = chart.targets.enumerated().map { number, target in
            group(number, names: targetNames(target), marks: marks.target(target))
        }
        let rows = chart.rows.enumerated().map { number, row in
            group(number + chart.targets.count, names: names(row), marks: marks.row(row))
        }
        return targets + rows
    }

    private func group(_ number: Int, names: [Markup], marks: [Markup]) -> Markup {
        .tag(
            "g", ["transform": "translate(0 \(top(number).px))"],
            names + [.tag("g", ["transform": "translate(\(chartLeft.px) 0)"], marks)])
    }

    /// At most two lines in one row.
    private func name(_ text: String, indent: Double, class name: String) -> [Markup] {
        let room = nameWidth - indent - 8
        let isLong = TextSize.width(of: text) > room
        let lines = isLong ? TextSize.lines(of: text, width: room, size: 12, atMost: 2) : [text]
        return lines.enumerated().map { number, line in
            .tag(
                "text",
                [
                    "class": isLong ? name + " label" : name, "x": (Self.margin + indent).px,
                    "y": (lines.count == 1 ? 22 : number == 0 ? 15 : 29).px,
                ], line)
        }
    }

    private func names(_ row: GanttChart.Row) -> [Markup] {
        if case .stage = row.mark {
            return name(row.title, indent: 8, class: "f-ink strong")
        }
        var parts = name(row.title, indent: Self.indent(row), class: row.isPhase ? "f-muted" : "f-ink")
        if !row.takes.isEmpty {
            parts.append(
                .tag(
                    "text",
                    [
                        "class": "f-muted end figure label", "x": (Self.margin + nameWidth + takesWidth - 10).px,
                        "y": "22",
                    ], row.takes))
        }
        if let float = row.shownFloat {
            let isCritical = row.isShownCritical
            parts.append(
                .tag(
                    "text",
                    [
                        "class": "\(isCritical ? "f-red strong" : "f-muted") end figure label",
                        "x": (chartLeft - 14).px, "y": "22",
                    ], isCritical ? language.say("关键", "critical") : DayAmount.number(minutes: float)))
        }
        return parts
    }

    private func targetNames(_ target: GanttChart.TargetRow) -> [Markup] {
        let room = nameWidth + takesWidth + floatWidth - 20
        let title = TextSize.line(of: target.title, width: room, size: 12)
        let colour = target.isMet.map { $0 ? "f-teal" : "f-red" } ?? "f-muted"
        return [
            .tag("text", ["class": "f-ink label", "x": (Self.margin + 8).px, "y": "15"], title),
            .tag(
                "text",
                ["class": "\(colour) strong figure label", "x": (Self.margin + 8).px, "y": "30"],
                target.verdict),
        ]
    }
}

extension TimeScale {
    /// The two lines of the head, 44 px high.
    package func headMarkup(_ language: Language, _ calendar: WorkCalendar) -> [Markup] {
        let (upper, lower) = head(language, calendar)
        func labels(_ spans: [Span], y: Double, class name: String) -> [Markup] {
            spans.compactMap { span in
                let room = x(span.to) - x(span.from)
                guard !span.text.isEmpty, TextSize.width(of: span.text, size: 11) + 4 <= room else { return nil }
                return .tag(
                    "text",
                    [
                        "class": name + (span.isOff ? " f-float" : " f-muted"), "x": (x(span.from) + 4).px, "y": y.px,
                    ], span.text)
            }
        }
        let ticks = lower.dropFirst().map { "M\(x($0.from).px) 38v6" }.joined()
        return labels(upper, y: 14, class: "small strong") + labels(lower, y: 36, class: "small figure")
            + (ticks.isEmpty ? [] : [.tag("path", ["class": "none s-rule", "d": ticks])])
    }
}

import WorkCalendar
import WorkflowModel

extension GanttChart {
    /// The chart as a table: one row an item, with its own small drawing in the last cell, so that labels and bars cannot
    /// drift apart and everything can be read without seeing.
    public var section: PicturePage.Section {
        PicturePage.Section(
            title: language.say("进度", "Schedule"), content: GanttTable(chart: self).content)
    }
}

/// A Gantt chart as a table.
private struct GanttTable {
    let chart: GanttChart
    let scale: TimeScale
    let marks: GanttMarks

    private var language: Language { chart.language }
    /// Pixels on A3 across, less its margins, and those of the columns beside the chart.
    private static let paper = 1490.0
    private static let columns = 770.0

    init(chart: GanttChart) {
        self.chart = chart
        scale = chart.scale(room: 1100)
        marks = GanttMarks(chart: chart, scale: scale)
    }

    var content: [Markup] {
        let legend = GanttLegend(chart: chart, scale: scale)
        let zoom = min(1, Self.paper / (Self.columns + scale.width))
        return [
            .style(background),
            .tag(
                "div",
                [
                    "class": "scroll gantt", "role": "region", "tabindex": "0",
                    "aria-label": language.say("进度横道图，可左右滚动", "Gantt chart, scrolls sideways"),
                    "style": "--zoom:\(zoom.px);--name:\(nameWidth.px)px",
                ],
                [
                    .tag(
                        "table", [:],
                        [.tag("caption", ["class": "unseen"], "\(chart.title). \(chart.summary)"), head] + bodies)
                ]),
            figure(legend, "wide", 1000), figure(legend, "narrow", 336), daysOff,
        ]
    }

    /// What the names need, within reason.
    private var nameWidth: Double {
        let names = chart.rows.map { TextSize.width(of: $0.title) } + chart.targets.map { TextSize.width(of: $0.title) }
        return min(300, max(130, (names.max() ?? 0) + 50))
    }

    private func figure(_ legend: GanttLegend, _ name: String, _ width: Double) -> Markup {
        let (content, height) = legend.markup(width: width)
        return .tag(
            "svg",
            [
                "class": "legend \(name)", "width": width.px, "height": height.px, "role": "img",
                "aria-label": language.say("图例", "legend"),
            ], content)
    }

    /// Days off behind every row: one picture, light and dark by itself.
    private var background: String {
        func sheet(_ colour: KeyPath<Theme.Colour, String>) -> String {
            let path = scale.daysOffPath(chart.calendar, top: 0, height: GanttChart.rowHeight)
            let fill = Theme.Colour.dayOff[keyPath: colour].dropFirst()
            var image =
                "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='\(scale.width.px)' height='35'%3E"
            image += "%3Cpath fill='%23\(fill)' d='\(path)'/%3E"
            if let date = chart.dataDate {
                let blue = Theme.Colour.blue[keyPath: colour].dropFirst()
                image += "%3Cpath stroke='%23\(blue)' stroke-width='2' d='M\(scale.x(date).px) 0V35'/%3E"
            }
            return ".gantt td.chart{background-image:url(\"\(image)%3C/svg%3E\")}"
        }
        return "\(sheet(\.light))\n@media screen and (prefers-color-scheme:dark){\(sheet(\.dark))}"
    }

    private var head: Markup {
        let words = [
            ("name", language.say("事项", "item")), ("who", language.say("部门", "department")),
            ("takes", language.say("用时", "takes")), ("date", language.say("开始", "start")),
            ("date", language.say("完成", "finish")), ("float", language.say("时差", "float")),
        ]
        let axis = Markup.tag(
            "svg",
            [
                "width": scale.width.px, "height": GanttChart.headHeight.px, "role": "img",
                "aria-label": language.say(
                    "时间轴，\(chart.start) 至 \(chart.finish)", "time axis, \(chart.start) to \(chart.finish)"),
            ], scale.headMarkup(language, chart.calendar))
        return .tag(
            "thead", [:],
            [
                .tag(
                    "tr", [:],
                    words.map { .tag("th", ["scope": "col", "class": $0.0], $0.1) } + [
                        .tag("th", ["scope": "col", "class": "chart"], [axis])
                    ])
            ])
    }

    // MARK: Rows

    private var bodies: [Markup] {
        var bodies: [[Markup]] = [[]]
        if !chart.targets.isEmpty {
            bodies[0] = chart.targets.map(target)
            bodies.append([])
        }
        for row in chart.rows {
            if case .stage = row.mark { bodies.append([]) }
            bodies[bodies.count - 1].append(self.row(row))
        }
        var filled = bodies.filter { !$0.isEmpty }
        if var first = filled.first, !first.isEmpty {
            first[0] = withArrows(first[0])
            filled[0] = first
        }
        return filled.map { .tag("tbody", [:], $0) }
    }

    /// The arrows lie over all rows, from the first one down: every row is 35 px high.
    private func withArrows(_ row: Markup) -> Markup {
        var tops: [String: Double] = [:]
        for (number, row) in chart.rows.enumerated() {
            tops[row.id] = Double(number + chart.targets.count) * GanttChart.rowHeight
        }
        let lines = marks.arrows(tops: tops)
        let height = Double(chart.rows.count + chart.targets.count) * GanttChart.rowHeight
        guard !lines.isEmpty, case .element(let name, let attributes, var cells) = row,
            case .element(let cell, _, let inside)? = cells.last
        else { return row }
        let overlay = Markup.tag(
            "svg", ["class": "arrows", "width": scale.width.px, "height": height.px, "aria-hidden": "true"], lines)
        cells[cells.count - 1] = .tag(cell, ["class": "chart over"], [overlay] + inside)
        return .element(name: name, attributes: attributes, children: cells)
    }

    private func cell(_ marks: [Markup], _ words: String) -> Markup {
        .tag(
            "td", ["class": "chart"],
            [
                .tag(
                    "svg",
                    [
                        "width": scale.width.px, "height": GanttChart.rowHeight.px, "role": "img",
                        "aria-label": words,
                    ], marks)
            ])
    }

    private func date(_ date: LocalDate) -> Markup {
        .tag("td", ["class": "date"], [.tag("time", ["datetime": date.description], date.description)])
    }

    private func name(_ text: String) -> [Markup] { [.tag("span", [:], text)] }

    private func row(_ row: GanttChart.Row) -> Markup {
        let dates = language.say("\(row.start) 至 \(row.finish)", "\(row.start) to \(row.finish)")
        if case .stage(let note) = row.mark {
            return .tag(
                "tr", ["class": "stage"],
                [
                    .tag("th", ["scope": "rowgroup", "class": "name"], name(row.title)),
                    .tag("td", ["class": "who"], note), .tag("td", ["class": "takes"]), date(row.start),
                    date(row.finish), .tag("td", ["class": "float"]), cell(marks.row(row), dates),
                ])
        }
        let float = row.shownFloat.map { DayAmount.number(minutes: $0) } ?? ""
        let critical = language.say("关键", "critical")
        let spoken = float.isEmpty ? "" : language.say("，时差 \(float)", ", float \(float)")
        return .tag(
            "tr", ["class": (row.isPhase ? "phase" : "item") + (row.isShownCritical ? " critical" : "")],
            [
                .tag("th", ["scope": "row", "class": "name"], name(row.title)),
                .tag("td", ["class": "who"], row.department ?? ""), .tag("td", ["class": "takes"], row.takes),
                date(row.start), date(row.finish),
                .tag("td", ["class": "float"], row.isShownCritical ? critical : float),
                cell(marks.row(row), dates + spoken + (row.isShownCritical ? language.say("，", ", ") + critical : "")),
            ])
    }

    private func target(_ target: GanttChart.TargetRow) -> Markup {
        let words =
            "\(target.from) – \(target.to)" + language.say("，", ", ") + target.verdict
            + (target.limitDay.map { language.say("，时限用尽之日 \($0)", ", limit used up on \($0)") } ?? "")
        return .tag(
            "tr", ["class": "target\(target.isMet.map { $0 ? " good" : " bad" } ?? "")"],
            [
                .tag("th", ["scope": "row", "class": "name"], name(target.title)),
                .tag("td", ["class": "verdict", "colspan": "2"], target.verdict), date(target.from), date(target.to),
                .tag("td", ["class": "float"]), cell(marks.target(target), words),
            ])
    }

    // MARK: Days off

    /// The holidays of the chart in words: what the shading shows.
    private var daysOff: Markup {
        let exceptions = chart.calendar.exceptions.filter { scale.columns.contains($0.date) }
        var runs: [(name: String, isWorking: Bool, from: LocalDate, to: LocalDate)] = []
        for day in exceptions {
            let name = day.name[language]
            if let last = runs.last, last.name == name, last.isWorking == day.isWorking,
                last.to.adding(days: 1) == day.date
            {
                runs[runs.count - 1].to = day.date
            } else {
                runs.append((name, day.isWorking, day.date, day.date))
            }
        }
        guard !runs.isEmpty else { return .text("") }
        return .tag(
            "details", [:],
            [
                .tag("summary", [:], language.say("图中的节假日和调休上班日", "Holidays and make-up working days in this chart")),
                .tag(
                    "ul", [:],
                    runs.map { run in
                        let days = run.from == run.to ? "\(run.from)" : "\(run.from) – \(run.to)"
                        return .tag(
                            "li", [:],
                            days + " " + run.name + (run.isWorking ? language.say("（上班）", " (working day)") : ""))
                    }),
            ])
    }
}

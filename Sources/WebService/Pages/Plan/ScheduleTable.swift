import Planning
import WorkCalendar
import WorkflowModel

/// A Gantt chart as a table (进度表): a row an item, with its own drawing in the last cell, so that labels and bars cannot
/// drift apart and everything can be read without seeing.
struct ScheduleTable {
    /// What stands beside a row's name.
    struct Sign: Sendable, Hashable {
        var state: WorkState
        var light: DeadlineLight?
        var lightText: String?
    }

    let chart: GanttChart
    let view: ScheduleView
    let context: PageContext
    /// Where the chart is, without a query.
    let path: String
    /// By the row's id.
    var signs: [String: Sign] = [:]
    var reasons: [String: DateSentence] = [:]
    /// Where the page of an item is, by the row's id.
    var links: [String: String] = [:]
    private let scale: TimeScale

    /// Pixels that a page has room for.
    private static let room = 720.0
    /// Rows that an open explanation takes, so that arrows below it still meet their bars.
    private static let rowsOfReason = 3.0
    private static let widest = 24_000.0

    init(chart: GanttChart, view: ScheduleView, context: PageContext, path: String) {
        self.view = view
        self.context = context
        self.path = path
        self.chart = view.criticalOnly ? chart.criticalOnly : chart
        let extent = chart.extent
        if let pixels = view.zoom.pixelsPerDay {
            let days = Double(max(1, extent.upperBound.days(since: extent.lowerBound)))
            scale = TimeScale(
                from: extent.lowerBound, to: extent.upperBound, pixelsPerDay: min(pixels, Self.widest / days),
                padding: 40)
        } else {
            scale = TimeScale(from: extent.lowerBound, to: extent.upperBound, room: Self.room)
        }
    }

    private var language: Language { context.language }

    var markup: [Markup] {
        [
            backdrop,
            .tag(
                "div",
                [
                    "class": "scroll gantt schedule zoom-\(paperZoom)", "role": "region", "tabindex": "0",
                    "aria-label": context.say("进度横道图，可左右滚动", "Gantt chart, scrolls sideways"),
                ],
                [
                    .tag(
                        "table", [:],
                        [.tag("caption", ["class": "unseen"], "\(chart.title). \(chart.summary)"), head] + bodies)
                ]),
            legend("wide", 1000), legend("narrow", 336),
        ]
    }

    /// Tens of per cent at which the table fits on A3 across; never so large that few rows fit on a sheet.
    private var paperZoom: Int {
        max(1, min(8, Int(10 * 1490 / (640 + scale.width))))
    }

    private func legend(_ name: String, _ width: Double) -> Markup {
        let (content, height) = GanttLegend(chart: chart, scale: scale).markup(width: width)
        return .tag(
            "svg",
            [
                "class": "legend \(name)", "width": width.px, "height": height.px, "role": "img",
                "aria-label": context.say("图例", "legend"),
            ], content)
    }

    // MARK: Behind the bars

    /// Days off and the data date, drawn once and used by every row: as shapes, so that they are printed, too.
    private var backdrop: Markup {
        var marks = [
            Markup.tag(
                "path",
                [
                    "class": "f-off",
                    "d": scale.daysOffPath(chart.calendar, top: 0, height: GanttChart.rowHeight),
                ])
        ]
        if let date = chart.dataDate {
            marks.append(
                .tag(
                    "path",
                    ["class": "none s-blue", "d": "M\(scale.x(date).px) 0V35", "stroke-width": "2"]))
        }
        return .tag(
            "svg", ["class": "defs", "width": "0", "height": "0", "aria-hidden": "true"],
            [.tag("defs", [:], [.tag("g", ["id": "days"], marks)])])
    }

    private static let useOfBackdrop = Markup.tag("use", ["href": "#days"])

    // MARK: The head

    private var head: Markup {
        let words = [
            ("name", context.say("事项", "item")), ("state", context.say("状态", "state")),
            ("date", context.say("开始", "start")), ("date", context.say("完成", "finish")),
            ("float", context.say("时差", "float")),
        ]
        var axis = scale.headMarkup(language, chart.calendar)
        if let date = chart.dataDate {
            let x = scale.x(date)
            axis.append(.tag("path", ["class": "none s-blue", "d": "M\(x.px) 24V44", "stroke-width": "2"]))
            axis.append(
                .tag(
                    "text", ["class": "f-blue s-ground halo small strong middle data-date", "x": x.px, "y": "22"],
                    context.say("数据日期", "data date")))
        }
        let span = context.say(
            "时间轴，\(chart.start) 至 \(chart.finish)", "time axis, \(chart.start) to \(chart.finish)")
        let today = chart.dataDate.map { context.say("，数据日期 \($0)", ", data date \($0)") } ?? ""
        return .tag(
            "thead", [:],
            [
                // Repeated on every sheet of paper, and only there.
                .tag(
                    "tr", ["class": "paper"],
                    [
                        .tag(
                            "td", ["colspan": "6"],
                            [name(chart.title), .text(" · \(chart.subtitle)")]
                                + (chart.dataDate.map {
                                    [.text(context.say(" · 数据日期 \($0)", " · data date \($0)"))]
                                } ?? []))
                    ]),
                .tag(
                    "tr", [:],
                    words.map { .tag("th", ["scope": "col", "class": $0.0], $0.1) } + [
                        .tag(
                            "th", ["scope": "col", "class": "chart"],
                            [
                                .tag(
                                    "svg",
                                    [
                                        "width": scale.width.px, "height": GanttChart.headHeight.px, "role": "img",
                                        "aria-label": span + today,
                                    ], axis)
                            ])
                    ]),
            ])
    }

    // MARK: Rows

    /// The reason that is open stands below its row.
    private var openReason: (row: Int, reason: DateSentence)? {
        guard let id = view.why, let reason = reasons[id], let row = chart.rows.firstIndex(where: { $0.id == id })
        else { return nil }
        return (row, reason)
    }

    private var bodies: [Markup] {
        var bodies: [[Markup]] = [chart.targets.map(target)]
        for (number, row) in chart.rows.enumerated() {
            if case .stage = row.mark { bodies.append([]) }
            bodies[bodies.count - 1].append(self.row(row))
            if let open = openReason, open.row == number {
                bodies[bodies.count - 1].append(reasonRow(open.reason, below: row))
            }
        }
        var filled = bodies.filter { !$0.isEmpty }
        if !filled.isEmpty { filled[0][0] = withArrows(filled[0][0]) }
        return filled.map { .tag("tbody", [:], $0) }
    }

    private func withArrows(_ row: Markup) -> Markup {
        var tops: [String: Double] = [:]
        var top = Double(chart.targets.count) * GanttChart.rowHeight
        for (number, row) in chart.rows.enumerated() {
            tops[row.id] = top
            top += GanttChart.rowHeight
            if openReason?.row == number { top += Self.rowsOfReason * GanttChart.rowHeight }
        }
        let lines = GanttMarks(chart: chart, scale: scale).arrows(tops: tops)
        guard !lines.isEmpty, case .element(let name, let attributes, var cells) = row,
            case .element(let cell, _, let inside)? = cells.last
        else { return row }
        let overlay = Markup.tag(
            "svg", ["class": "arrows", "width": scale.width.px, "height": top.px, "aria-hidden": "true"], lines)
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
                    ], [Self.useOfBackdrop] + marks)
            ])
    }

    private func date(_ date: LocalDate) -> Markup {
        .tag("td", ["class": "date"], [Kit.figure(date, isProvisional: chart.calendar.isProvisional(date), context)])
    }

    private func row(_ row: GanttChart.Row) -> Markup {
        let dates = context.say("\(row.start) 至 \(row.finish)", "\(row.start) to \(row.finish)")
        let marks = GanttMarks(chart: chart, scale: scale)
        if case .stage(let note) = row.mark {
            return .tag(
                "tr", ["class": "stage"],
                [
                    .tag("th", ["scope": "rowgroup", "class": "name"], [.tag("span", [:], [name(row.title)])]),
                    .tag("td", ["class": "state"], note), date(row.start), date(row.finish),
                    .tag("td", ["class": "float"]), cell(marks.row(row), dates),
                ])
        }
        let critical = context.say("关键", "critical")
        let float = row.shownFloat.map { DayAmount.number(minutes: $0) } ?? ""
        let spoken = float.isEmpty ? "" : context.say("，时差 \(float)", ", float \(float)")
        let title = links[row.id].map { Markup.tag("a", ["href": $0], [name(row.title)]) } ?? name(row.title)
        return .tag(
            "tr",
            [
                "class": (row.isPhase ? "phase" : "item") + (row.isShownCritical ? " critical" : ""),
                "id": anchor(row.id),
            ],
            [
                .tag("th", ["scope": "row", "class": "name"], [.tag("span", [:], [title])]), state(row),
                date(row.start), date(row.finish),
                .tag(
                    "td", ["class": "float"],
                    [.text(row.isShownCritical ? critical : float)] + (reasons[row.id] == nil ? [] : [why(row)])),
                cell(
                    marks.row(row), dates + spoken + (row.isShownCritical ? context.say("，", ", ") + critical : "")),
            ])
    }

    private func name(_ text: String) -> Markup { Kit.foreign(text, context) }

    private func anchor(_ id: String) -> String {
        "row-" + id.map { $0.isLetter || $0.isNumber ? "\($0)" : "-" }.joined()
    }

    private func state(_ row: GanttChart.Row) -> Markup {
        guard let sign = signs[row.id] else {
            return .tag("td", ["class": "state"], [row.department.map { Kit.foreign($0, context) } ?? .text("")])
        }
        var content = [Markup.tag("span", ["class": "tag t-\(sign.state.rawValue)"], sign.state.word[language])]
        if let light = sign.light {
            content.append(
                .tag(
                    "span", ["class": "light l-\(light.rawValue)"],
                    [
                        .tag(
                            "svg", ["width": "16", "height": "16", "viewBox": "-9 -9 18 18", "aria-hidden": "true"],
                            light.mark(x: 0, y: 0)),
                        .text(sign.lightText ?? light.word[language]),
                    ]))
        }
        return .tag("td", ["class": "state"], content)
    }

    // MARK: Why this date

    private func why(_ row: GanttChart.Row) -> Markup {
        let isOpen = view.why == row.id
        return .tag(
            "a",
            [
                "class": "why", "href": view.link(path, anchor: anchor(row.id)) { $0.why = isOpen ? nil : row.id },
                "aria-expanded": isOpen ? "true" : "false",
                "aria-label": context.say("为什么是这一天：\(row.title)", "Why this date: \(row.title)"),
            ], context.say("为何", "why"))
    }

    private func reasonRow(_ reason: DateSentence, below row: GanttChart.Row) -> Markup {
        let drivers = reason.drivers.map { driver in
            Markup.tag(
                "a", ["href": view.link(path, anchor: anchor(driver.id)) { $0.why = driver.id }],
                context.say("再看：\(driver.title.zh)", "and why: \(driver.title.en)"))
        }
        return .tag(
            "tr", ["class": "reason"],
            [
                .tag(
                    "td", ["colspan": "6"],
                    [
                        .tag(
                            "div", [:],
                            [
                                Kit.paragraph(reason.start[language]), Kit.paragraph(reason.finish[language]),
                                .tag("p", ["class": "links"], drivers),
                            ])
                    ])
            ])
    }

    private func target(_ target: GanttChart.TargetRow) -> Markup {
        let words =
            "\(target.from) – \(target.to)" + context.say("，", ", ") + target.verdict
            + (target.limitDay.map { context.say("，时限用尽之日 \($0)", ", limit used up on \($0)") } ?? "")
        return .tag(
            "tr", ["class": "target\(target.isMet.map { $0 ? " good" : " bad" } ?? "")"],
            [
                .tag("th", ["scope": "row", "class": "name"], [.tag("span", [:], [name(target.title)])]),
                .tag("td", ["class": "verdict state"], target.verdict), date(target.from), date(target.to),
                .tag("td", ["class": "float"]), cell(GanttMarks(chart: chart, scale: scale).target(target), words),
            ])
    }
}

extension GanttChart {
    /// Only the rows that set the finish, under the stages that have any.
    fileprivate var criticalOnly: GanttChart {
        var kept: [Row] = []
        for row in rows {
            if case .stage = row.mark {
                if case .stage? = kept.last?.mark { kept.removeLast() }
                kept.append(row)
            } else if row.isShownCritical {
                kept.append(row)
            }
        }
        if case .stage? = kept.last?.mark { kept.removeLast() }
        return GanttChart(
            title: title, subtitle: subtitle, language: language, calendar: calendar, start: start, finish: finish,
            rows: kept, targets: targets, dataDate: dataDate)
    }
}

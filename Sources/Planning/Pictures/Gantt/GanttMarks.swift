import WorkCalendar
import WorkflowModel

/// Draws the marks of a Gantt chart's rows, each in its own row from y = 0 to 35.
package struct GanttMarks {
    let chart: GanttChart
    let scale: TimeScale

    package init(chart: GanttChart, scale: TimeScale) {
        self.chart = chart
        self.scale = scale
    }

    static let top = 10.0
    static let height = 15.0
    static let middle = GanttChart.rowHeight / 2

    package func row(_ row: GanttChart.Row) -> [Markup] {
        switch row.mark {
        case .stage(let note): bracket(row, thickness: 6) + beside(row, note)
        case .joint: bracket(row, thickness: 4)
        case .milestone: float(row) + [diamond(row)] + uncertainty(row)
        // A negative float lies on the bar, a positive one goes on from it.
        case .bar: baseline(row) + bar(row) + float(row) + pauses(row) + uncertainty(row)
        }
    }

    // MARK: Bars

    /// Left and right edge: a day is a day, but nothing is too thin to be seen.
    func edges(_ row: GanttChart.Row) -> (left: Double, right: Double) {
        let left = scale.x(row.start)
        return (left, max(left + 2, scale.x(row.finish)))
    }

    private func bar(_ row: GanttChart.Row) -> [Markup] {
        let (left, right) = edges(row)
        let ink: Hatch.Ink = row.isShownCritical ? .red : .steel
        let isFinished = row.facts.progress == .finished
        let outline = isFinished ? "s-slate" : row.isShownCritical ? "s-ink" : "s-steel"
        let hatch = isFinished ? nil : Hatch.fill(row.clock, ink)
        let isRunning = row.facts.progress == .running
        let plain = isFinished ? "f-slate" : isRunning ? "f-\(ink.rawValue)-tint" : Hatch.plain(row.clock, ink)
        var marks: [Markup] = []
        if isRunning {
            // What runs has no end yet: its right edge stays open.
            let outlined = "M\(right.px) \(Self.top.px)H\(left.px)v\(Self.height.px)H\(right.px)"
            marks.append(
                .tag(
                    "path",
                    [
                        "class": "\(hatch == nil ? plain : "") \(outline)", "fill": hatch, "d": outlined,
                        "stroke-width": row.isShownCritical ? "2" : "1",
                    ]))
            let now = chart.dataDate.map { min(max(scale.x($0), left), right) } ?? left
            if now > left {
                marks.append(
                    .tag(
                        "rect",
                        [
                            "class": "f-\(ink.rawValue)", "x": left.px, "y": Self.top.px, "width": (now - left).px,
                            "height": Self.height.px,
                        ]))
            }
            return marks
        }
        marks.append(
            .tag(
                "rect",
                [
                    "class": (hatch == nil ? "\(plain) " : "") + outline, "fill": hatch, "x": left.px, "y": Self.top.px,
                    "width": (right - left).px, "height": Self.height.px, "rx": right - left > 6 ? "2" : nil,
                    // A thick outline would leave nothing of a thin bar.
                    "stroke-width": row.isShownCritical ? right - left < 7 ? "1" : "2" : "1",
                    "stroke-dasharray": row.clock == .none ? "3 2" : nil,
                ]))
        return marks
    }

    private func diamond(_ row: GanttChart.Row) -> Markup {
        let x = scale.x(row.finish)
        return .tag(
            "path",
            [
                "class":
                    "\(row.isShownCritical ? "f-red s-ink" : row.facts.progress == .finished ? "f-slate s-slate" : "f-ground s-steel")",
                "d": "M\(x.px) \((Self.middle - 8).px)l8 8l-8 8l-8 -8z", "stroke-width": "2",
            ])
    }

    /// A bar with ends that point down, over the rows that belong to it.
    private func bracket(_ row: GanttChart.Row, thickness: Double) -> [Markup] {
        let (left, right) = edges(row)
        let tooth = min(5, (right - left) / 2)
        return [
            .tag(
                "path",
                [
                    "class": row.mark == .joint
                        ? row.isShownCritical ? "f-red s-ink" : "f-steel s-steel" : "f-ink s-ink",
                    "d":
                        "M\(left.px) \((Self.middle - 4).px)H\(right.px)v\((thickness + 6).px)l\((-tooth).px) -6H\((left + tooth).px)l\((-tooth).px) 6z",
                    "stroke-width": row.mark == .joint ? "1" : "0",
                ])
        ]
    }

    private func pauses(_ row: GanttChart.Row) -> [Markup] {
        row.facts.pauses.map { pause in
            .tag(
                "rect",
                [
                    "class": "s-purple", "fill": Hatch.paused, "x": scale.x(pause.lowerBound).px, "y": Self.top.px,
                    "width": max(2, scale.x(pause.upperBound) - scale.x(pause.lowerBound)).px,
                    "height": Self.height.px,
                ])
        }
    }

    private func baseline(_ row: GanttChart.Row) -> [Markup] {
        guard let baseline = row.facts.baseline else { return [] }
        let left = scale.x(baseline.lowerBound)
        return [
            .tag(
                "rect",
                [
                    "class": "f-float", "x": left.px, "y": "28", "height": "4",
                    "width": max(2, scale.x(baseline.upperBound) - left).px,
                ])
        ]
    }

    private func uncertainty(_ row: GanttChart.Row) -> [Markup] {
        let x = row.facts.uncertainty.map(scale.x)
        guard x.count == 3 else { return [] }
        return [
            .tag(
                "path",
                [
                    "class": "none s-ink", "stroke-width": "1.5",
                    "d": "M\(x[0].px) 13v9m0 -4.5H\(x[2].px)m0 -4.5v9",
                ]),
            .tag("circle", ["class": "f-ink", "cx": x[1].px, "cy": Self.middle.px, "r": "3.5"]),
        ]
    }

    // MARK: Float

    /// From early finish to late finish with a tick and the days; hatched and to the left when negative.
    private func float(_ row: GanttChart.Row) -> [Markup] {
        guard let late = row.lateFinish, let float = row.totalFloat, float != 0, row.facts.progress != .finished
        else { return [] }
        let (from, to) = (edges(row).right, scale.x(late))
        let isLate = float < 0
        let line = Markup.tag(
            "path",
            [
                "class": "none s-\(isLate ? "ground" : "float")", "stroke-width": isLate ? "3" : "2",
                "stroke-dasharray": isLate ? "3 3" : nil,
                "d": "M\(from.px) \(Self.middle.px)H\(max(to, isLate ? to : from + 1).px)m0 -4v8",
            ])
        return [line]
            + text(
                isLate ? "\u{2212}\(DayAmount.number(minutes: -float))" : "+\(DayAmount.number(minutes: float))",
                rightOf: max(from, to), leftOf: edges(row).left)
    }

    private func beside(_ row: GanttChart.Row, _ note: String) -> [Markup] {
        note.isEmpty ? [] : text(note, rightOf: edges(row).right, leftOf: edges(row).left)
    }

    /// A small text right of a mark, or left of it where the chart ends, or nowhere where there is no room at all.
    private func text(_ text: String, rightOf right: Double, leftOf left: Double) -> [Markup] {
        let width = TextSize.width(of: text, size: 11)
        let fits = right + 6 + width <= scale.width
        guard fits || left - 6 - width >= 0 else { return [] }
        return [
            .tag(
                "text",
                [
                    "class": "f-muted s-ground halo small figure\(fits ? "" : " end")",
                    "x": (fits ? right + 6 : left - 6).px,
                    "y": (Self.middle + 4).px,
                ], text)
        ]
    }

    // MARK: Targets

    package func target(_ target: GanttChart.TargetRow) -> [Markup] {
        let (from, to) = (scale.x(target.from), scale.x(target.to))
        var marks: [Markup] = [
            .tag(
                "path",
                [
                    "class": "none s-ink", "stroke-width": "1.5",
                    "d": "M\(from.px) 12v11m0 -5.5H\(to.px)m0 -5.5v11",
                ])
        ]
        for run in target.counted {
            let limit = target.isMet == false ? target.limitDay ?? run.upperBound : run.upperBound
            let within = run.lowerBound..<max(run.lowerBound, min(run.upperBound, limit))
            let beyond = max(run.lowerBound, min(run.upperBound, limit))..<run.upperBound
            if !within.isEmpty { marks.append(counted(within, fill: nil)) }
            if !beyond.isEmpty { marks.append(counted(beyond, fill: Hatch.beyond)) }
        }
        if let day = target.limitDay {
            marks.append(Self.flag(x: scale.x(day), isMissed: target.isMet == false))
        }
        return marks + (target.isMet == false ? [Self.octagon(x: to + 12, y: Self.middle)] : [])
    }

    private func counted(_ run: Range<LocalDate>, fill: String?) -> Markup {
        .tag(
            "rect",
            [
                "class": fill == nil ? "f-blue" : "s-red", "fill": fill, "x": scale.x(run.lowerBound).px, "y": "14",
                "height": "7", "width": max(1, scale.x(run.upperBound) - scale.x(run.lowerBound)).px,
            ])
    }

    static func flag(x: Double, isMissed: Bool) -> Markup {
        .tag(
            "path",
            [
                "class": isMissed ? "f-red s-red" : "f-ground s-ink", "stroke-width": "1.5",
                "stroke-linejoin": "round", "d": "M\(x.px) 32V4l9 4l-9 4",
            ])
    }

    /// The sign of what is over its limit.
    static func octagon(x: Double, y: Double) -> Markup {
        .tag(
            "path",
            [
                "class": "f-red",
                "d": "M\((x - 3).px) \((y - 7).px)h6l4 4v6l-4 4h-6l-4 -4v-6z",
            ])
    }
}

import WorkCalendar

/// Draws a histogram: bars, the curve over them, and named values above.
struct HistogramPicture {
    let histogram: Histogram
    let width: Double
    private let left = 24.0
    private let right = 48.0
    private let plotHeight = 220.0

    private var language: Language { histogram.language }
    private var isNarrow: Bool { width < 500 }
    /// Below the heading come the marks, each on a line of its own.
    private var flags: [Flag] { Flag.lanes(of: named, width: width, left: left, right: right) }
    private var top: Double { 62 + Double((flags.map(\.lane).max() ?? -1) + 1) * 18 }
    private var base: Double { top + plotHeight }
    var height: Double { foot.bottom + 18 }

    private var range: (from: Double, to: Double) {
        let end = histogram.origin + Double(histogram.counts.count) * histogram.binWidth
        let values = histogram.marks.map(\.value) + (histogram.target.map { [$0.value] } ?? [])
        return (min(histogram.origin, values.min() ?? histogram.origin), max(end, values.max() ?? end))
    }

    private func x(_ value: Double) -> Double {
        let (from, to) = range
        return left + (value - from) / (to - from) * (width - left - right)
    }

    private var named: [(x: Double, text: String, isTarget: Bool)] {
        var named = histogram.marks.map {
            (x: x($0.value), text: "\($0.name) \(histogram.label($0.value))", isTarget: false)
        }
        if let target = histogram.target {
            named.append(
                (
                    x(target.value),
                    "\(target.name) \(histogram.label(target.value)) · \(Histogram.percent(target.chance))", true
                ))
        }
        return named.sorted { $0.x < $1.x }
    }

    var content: [Markup] {
        [
            .tag(
                "text", ["class": "f-ink large", "x": "16", "y": "28"],
                TextSize.line(of: histogram.title, width: width - 32, size: 15))
        ] + grid + bars + [curve] + lines + names + axes
    }

    private var grid: [Markup] {
        [0, 0.2, 0.4, 0.6, 0.8, 1].flatMap { share -> [Markup] in
            let y = base - share * plotHeight
            return [
                .tag("path", ["class": "none s-rule", "d": "M\(left.px) \(y.px)H\((width - right).px)"]),
                .tag(
                    "text", ["class": "f-muted small figure", "x": (width - right + 6).px, "y": (y + 4).px],
                    "\((share * 100).px) %"),
            ]
        }
    }

    private var bars: [Markup] {
        let most = Double(max(1, histogram.counts.max() ?? 1))
        return histogram.counts.enumerated().compactMap { number, count in
            guard count > 0 else { return nil }
            let from = histogram.origin + Double(number) * histogram.binWidth
            let height = max(1, Double(count) / most * plotHeight * 0.92)
            let isBeyond = histogram.target.map { from >= $0.value } ?? false
            let wide = x(from + histogram.binWidth) - x(from)
            return .tag(
                "rect",
                [
                    "class": isBeyond ? "s-red" : "f-steel-tint s-steel", "fill": isBeyond ? Hatch.beyond : nil,
                    "x": (x(from) + min(1, wide / 8)).px, "y": (base - height).px,
                    "width": max(0.5, wide - min(2, wide / 4)).px, "height": height.px, "stroke-width": "1",
                ])
        }
    }

    private var curve: Markup {
        var sum = 0
        var path = "M\(x(histogram.origin).px) \(base.px)"
        for (number, count) in histogram.counts.enumerated() {
            sum += count
            let y = base - Double(sum) / Double(max(1, histogram.total)) * plotHeight
            path += "L\(x(histogram.origin + Double(number + 1) * histogram.binWidth).px) \(y.px)"
        }
        return .tag("path", ["class": "none s-ink", "d": path, "stroke-width": "2", "stroke-linejoin": "round"])
    }

    private var lines: [Markup] {
        flags.map { flag in
            .tag(
                "path",
                [
                    "class": "none \(flag.isTarget ? "s-red" : "s-blue")",
                    "stroke-width": flag.isTarget ? "2.5" : "1.5", "stroke-dasharray": flag.isTarget ? nil : "4 3",
                    "d": "M\(flag.x.px) \((y(flag) + 4).px)V\(base.px)",
                ])
        }
    }

    private var names: [Markup] {
        flags.map { flag in
            .tag(
                "text",
                [
                    "class":
                        "\(flag.isTarget ? "f-red strong" : "f-blue") s-ground halo figure label\(flag.isLeft ? " end" : "")",
                    "x": (flag.x + (flag.isLeft ? 3 : -3)).px, "y": y(flag).px,
                ], flag.text)
        }
    }

    private func y(_ flag: Flag) -> Double { 50 + Double(flag.lane) * 18 }

    private var axes: [Markup] {
        let (from, to) = range
        var marks: [Markup] = [
            .tag("path", ["class": "none s-ink", "d": "M\(left.px) \(base.px)H\((width - right).px)"])
        ]
        var free = -100.0
        for tick in histogram.ticks(from, to, isNarrow ? 5 : 10) {
            let text = histogram.label(tick)
            let half = TextSize.width(of: text, size: 11) / 2
            guard x(tick) - half > free else { continue }
            free = x(tick) + half + 8
            marks.append(.tag("path", ["class": "none s-ink", "d": "M\(x(tick).px) \(base.px)v5"]))
            marks.append(
                .tag("text", ["class": "f-muted small figure middle", "x": x(tick).px, "y": (base + 18).px], text))
        }
        return marks + foot.content
    }

    private var foot: ChartFoot {
        ChartFoot(
            histogram.axis, language.say("线：累计比例", "line: share so far"), from: left, to: width - 8, y: base + 40)
    }
}

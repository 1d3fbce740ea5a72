import WorkCalendar
import WorkflowModel

/// Draws a tornado: a name above each bar, the bar's ends labelled, lines at the base and at what is to be reached.
struct TornadoPicture {
    let tornado: Tornado
    let width: Double
    private let margin = 16.0
    private let row = 40.0
    private let top = 52.0
    /// Room for the labels at the ends of the bars.
    private let gutter: Double
    private let range: (from: Double, to: Double)

    init(tornado: Tornado, width: Double) {
        self.tornado = tornado
        self.width = width
        let ends = tornado.bars.flatMap { [$0.low, $0.high] } + [tornado.base]
        let all = ends + (tornado.goal.map { [$0.value] } ?? [])
        range = (all.min() ?? tornado.base, all.max() ?? tornado.base)
        gutter = ends.map { TextSize.width(of: tornado.label($0), size: 11) }.max() ?? 0
    }

    private var language: Language { tornado.language }
    private var bottom: Double { top + row * Double(tornado.bars.count) }
    private var footTop: Double { bottom + (tornado.goal == nil ? 38 : 56) }
    private var foot: ChartFoot {
        ChartFoot(
            tornado.axis, language.say("斜纹：缩短；实色：延长", "hatched: shorter; full: longer"), from: margin,
            to: width - margin,
            y: footTop)
    }
    var height: Double { foot.bottom + 12 }

    private func x(_ value: Double) -> Double {
        guard range.to > range.from else { return width / 2 }
        let room = width - 2 * (margin + gutter + 8)
        return margin + gutter + 8 + (value - range.from) / (range.to - range.from) * room
    }

    var content: [Markup] {
        [
            .tag(
                "text", ["class": "f-ink large", "x": margin.px, "y": "28"],
                TextSize.line(of: tornado.title, width: width - 2 * margin, size: 15))
        ] + tornado.bars.enumerated().flatMap(bar) + goalLine + baseLine + foot.content
    }

    // MARK: Bars

    private func bar(_ number: Int, _ bar: Tornado.Bar) -> [Markup] {
        let y = top + row * Double(number)
        let (low, high) = (min(bar.low, bar.high), max(bar.low, bar.high))
        let (from, to) = (x(low), x(high))
        return [name(of: bar, y: y + 10)]
            + half(from: from, to: min(to, x(tornado.base)), y: y + 16, isGood: true)
            + half(from: max(from, x(tornado.base)), to: to, y: y + 16, isGood: false)
            + end(low, x: from - 5, y: y + 27, isLeft: true) + end(high, x: to + 5, y: y + 27, isLeft: false)
    }

    /// A long name is cut, the word behind it is not.
    private func name(of bar: Tornado.Bar, y: Double) -> Markup {
        let critical = bar.isCritical ? language.say("（关键）", " (critical)") : ""
        let room = width - 2 * margin - TextSize.width(of: critical, size: 12)
        return .tag(
            "text",
            [
                "class": "f-ink\(bar.isCritical ? " strong" : "") label", "x": margin.px, "y": y.px,
            ], TextSize.line(of: bar.title, width: room, size: 12) + critical)
    }

    /// What shortens is hatched, what prolongs is full.
    private func half(from: Double, to: Double, y: Double, isGood: Bool) -> [Markup] {
        guard to > from else { return [] }
        return [
            .tag(
                "rect",
                [
                    "class": isGood ? "s-steel" : "f-steel s-steel", "fill": isGood ? Hatch.fill(.tech, .steel) : nil,
                    "x": from.px, "y": y.px, "width": (to - from).px, "height": "15",
                ])
        ]
    }

    /// The value at an end; the base says its own below all bars.
    private func end(_ value: Double, x: Double, y: Double, isLeft: Bool) -> [Markup] {
        guard value != tornado.base else { return [] }
        return [
            .tag(
                "text",
                ["class": "f-muted s-ground halo small figure\(isLeft ? " end" : "")", "x": x.px, "y": y.px],
                tornado.label(value))
        ]
    }

    // MARK: Lines

    private func line(at value: Double) -> String {
        tornado.bars.indices.map { "M\(x(value).px) \((top + row * Double($0) + 13).px)v21" }.joined()
    }

    private var baseLine: [Markup] {
        [
            .tag("path", ["class": "none s-ink", "stroke-width": "1.5", "d": line(at: tornado.base)]),
            .tag(
                "text",
                ["class": "f-ink small strong figure middle", "x": x(tornado.base).px, "y": (bottom + 18).px],
                tornado.label(tornado.base)),
        ]
    }

    /// Its name has a line of its own, so that it meets no other.
    private var goalLine: [Markup] {
        guard let goal = tornado.goal else { return [] }
        let text = "\(goal.name) \(tornado.label(goal.value))"
        let half = TextSize.width(of: text, size: 11) / 2
        let middle = min(max(x(goal.value), margin + half), width - margin - half)
        return [
            .tag("path", ["class": "none s-red", "stroke-width": "2.5", "d": line(at: goal.value)]),
            .tag("text", ["class": "f-red small strong figure middle", "x": middle.px, "y": (bottom + 36).px], text),
        ]
    }
}

import WorkCalendar
import WorkflowModel

/// Which uncertainties move the result most (龙卷风图): one bar each, the longest on top.
public struct Tornado: Sendable {
    public let title: String
    public let language: Language
    /// What the bars measure, in words.
    public let axis: String
    /// The result from which the bars go out; 0 for a sensitivity.
    public let base: Double
    /// In order of length, longest first.
    public let bars: [Bar]
    public let label: @Sendable (Double) -> String

    /// The result when one thing is low and when it is high.
    public struct Bar: Sendable, Hashable {
        public let title: String
        public let low: Double
        public let high: Double
        public let isCritical: Bool

        public init(title: String, low: Double, high: Double, isCritical: Bool = false) {
            self.title = title
            self.low = low
            self.high = high
            self.isCritical = isCritical
        }

        var length: Double { abs(high - low) }
    }

    /// - Parameter most: so many bars are drawn, the longest.
    public init(
        title: String, language: Language, axis: String, base: Double, bars: [Bar], most: Int = 12,
        label: @escaping @Sendable (Double) -> String = Histogram.plain
    ) {
        self.title = title
        self.language = language
        self.axis = axis
        self.base = base
        let ordered = bars.enumerated().sorted {
            $0.element.length != $1.element.length
                ? $0.element.length > $1.element.length : $0.offset < $1.offset
        }
        self.bars = ordered.prefix(most).map(\.element)
        self.label = label
    }

    var summary: String {
        bars.prefix(3).map { "\($0.title) \(label($0.low)) – \(label($0.high))" }
            .joined(separator: language.say("；", "; "))
    }

    var table: PageTable {
        PageTable(
            caption: title, head: [language.say("事项", "item"), language.say("低", "low"), language.say("高", "high")],
            rows: bars.map { [$0.title, label($0.low), label($0.high)] })
    }

    /// - Parameter width: pixels; 336 fits a telephone.
    public func picture(width: Double = 760) -> Picture {
        let margin = 16.0
        let row = 40.0
        let top = 52.0
        let ends = bars.flatMap { [$0.low, $0.high] } + [base]
        let (least, most) = (ends.min() ?? base, ends.max() ?? base)
        let gutter =
            bars.map { max(TextSize.width(of: label($0.low), size: 11), TextSize.width(of: label($0.high), size: 11)) }
            .max() ?? 0
        func x(_ value: Double) -> Double {
            guard most > least else { return width / 2 }
            return margin + gutter + 8 + (value - least) / (most - least) * (width - 2 * (margin + gutter + 8))
        }
        let bottom = top + row * Double(bars.count)
        var content: [Markup] = [
            .tag(
                "text", ["class": "f-ink large", "x": margin.px, "y": "28"],
                TextSize.line(of: title, width: width - 2 * margin, size: 15))
        ]
        for (number, bar) in bars.enumerated() {
            let y = top + row * Double(number)
            let (from, to) = (x(min(bar.low, bar.high)), x(max(bar.low, bar.high)))
            content.append(
                .tag(
                    "text",
                    [
                        "class": "f-ink\(bar.isCritical ? " strong" : "")", "x": margin.px, "y": (y + 10).px,
                        "style": "font-size:12px",
                    ],
                    TextSize.line(
                        of: bar.title + (bar.isCritical ? language.say("（关键）", " (critical)") : ""),
                        width: width - 2 * margin, size: 12)))
            content += half(from: from, to: min(to, x(base)), y: y + 16, isGood: true)
            content += half(from: max(from, x(base)), to: to, y: y + 16, isGood: false)
            content.append(
                .tag(
                    "text", ["class": "f-muted small figure end", "x": (from - 5).px, "y": (y + 27).px],
                    label(min(bar.low, bar.high))))
            content.append(
                .tag(
                    "text", ["class": "f-muted small figure", "x": (to + 5).px, "y": (y + 27).px],
                    label(max(bar.low, bar.high))))
        }
        content.append(
            .tag(
                "path",
                [
                    "class": "none s-ink", "stroke-width": "1.5",
                    "d": bars.indices.map { "M\(x(base).px) \((top + row * Double($0) + 13).px)v21" }.joined(),
                ]))
        content.append(
            .tag(
                "text", ["class": "f-ink small strong figure middle", "x": x(base).px, "y": (bottom + 18).px],
                label(base)))
        content.append(.tag("text", ["class": "f-muted small", "x": margin.px, "y": (bottom + 38).px], axis))
        content.append(
            .tag(
                "text", ["class": "f-muted small end", "x": (width - margin).px, "y": (bottom + 38).px],
                language.say("斜纹：缩短；实色：延长", "hatched: shorter; full: longer")))
        return Picture(
            title: title, summary: summary, language: language, width: width, height: bottom + 50, content: content)
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
}

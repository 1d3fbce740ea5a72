import WorkCalendar
import WorkflowModel

/// Figures of two processes side by side with the share cut (改革前后对比).
public struct BeforeAfter: Sendable {
    public let title: String
    public let language: Language
    /// What stands before and after, by name.
    public let before: String
    public let after: String
    public let figures: [Figure]

    /// One pair of bars.
    public struct Figure: Sendable, Hashable {
        public let title: String
        /// ≥ 0.
        public let before: Double
        public let after: Double
        public let beforeText: String
        public let afterText: String
        /// `52.4 %`; `nil` when there was nothing to cut.
        public let cut: Double?

        public init(
            title: String, before: Double, after: Double, beforeText: String, afterText: String, cut: Double?
        ) {
            self.title = title
            self.before = before
            self.after = after
            self.beforeText = beforeText
            self.afterText = afterText
            self.cut = cut
        }
    }

    public init(title: String, language: Language, before: String, after: String, figures: [Figure]) {
        self.title = title
        self.language = language
        self.before = before
        self.after = after
        self.figures = figures
    }

    public init(_ comparison: Comparison, language: Language) {
        self.init(
            title: language.say("改革前后对比", "Before and after"), language: language,
            before: comparison.before.workflow.title[language], after: comparison.after.workflow.title[language],
            figures: comparison.figures.map { figure in
                func text(_ value: Int) -> String { figure.isTime ? DayAmount.number(minutes: value) : String(value) }
                let unit = figure.isTime ? Double(DayAmount.minutesPerDay) : 1
                return Figure(
                    title: figure.title[language], before: Double(figure.before) / unit,
                    after: Double(figure.after) / unit, beforeText: text(figure.before), afterText: text(figure.after),
                    cut: figure.cut)
            })
    }

    /// `−52.4 %`, `+16.7 %`, `—`.
    static func change(_ cut: Double?) -> String {
        guard let cut else { return "—" }
        return cut == 0 ? "0 %" : (cut > 0 ? "\u{2212}" : "+") + "\(abs(cut).px) %"
    }

    var summary: String {
        figures.map { "\($0.title) \($0.beforeText) → \($0.afterText)（\(Self.change($0.cut))）" }
            .joined(separator: language.say("；", "; "))
    }

    var table: PageTable {
        PageTable(
            caption: title,
            head: [
                language.say("指标", "figure"), language.say("改革前", "before"), language.say("改革后", "after"),
                language.say("变化", "change"),
            ],
            rows: figures.map { [$0.title, $0.beforeText, $0.afterText, Self.change($0.cut)] })
    }

    /// - Parameter width: pixels; 336 fits a telephone.
    public func picture(width: Double = 760) -> Picture {
        let margin = 16.0
        let row = 66.0
        let right = 96.0
        let number = (figures.flatMap { [$0.beforeText, $0.afterText] }.map { TextSize.width(of: $0) }.max() ?? 0) + 10
        let room = width - 2 * margin - right - number
        var content: [Markup] = [
            .tag("text", ["class": "f-ink large", "x": margin.px, "y": "28"], title)
        ]
        var top = 52.0
        for (name, isAfter) in [(before, false), (after, true)] {
            content += swatch(x: margin, y: top - 11, isAfter: isAfter)
            let words = (isAfter ? language.say("改革后：", "after: ") : language.say("改革前：", "before: ")) + name
            content.append(
                .tag(
                    "text", ["class": "f-muted label", "x": (margin + 30).px, "y": top.px],
                    TextSize.line(of: words, width: width - 2 * margin - 30, size: 12)))
            top += 21
        }
        top += 2
        for (position, figure) in figures.enumerated() {
            let y = top + row * Double(position)
            let most = max(figure.before, figure.after)
            func length(_ value: Double) -> Double { most > 0 ? value / most * room : 0 }
            content.append(.tag("text", ["class": "f-ink strong", "x": margin.px, "y": (y + 12).px], figure.title))
            for (value, text, isAfter) in [
                (figure.before, figure.beforeText, false), (figure.after, figure.afterText, true),
            ] {
                let barY = y + (isAfter ? 38 : 20)
                content.append(
                    .tag(
                        "rect",
                        [
                            "class": isAfter ? "f-steel s-steel" : "s-float f-off", "x": margin.px, "y": barY.px,
                            "width": max(1, length(value)).px, "height": "14",
                        ]))
                content.append(
                    .tag(
                        "text",
                        [
                            "class": "f-ink figure\(isAfter ? " strong" : "")",
                            "x": (margin + max(1, length(value)) + 7).px,
                            "y": (barY + 12).px,
                        ], text))
            }
            let isCut = (figure.cut ?? 0) > 0
            content.append(
                .tag(
                    "text",
                    [
                        "class": "\(isCut ? "f-teal" : (figure.cut ?? 0) < 0 ? "f-red" : "f-muted") large figure end",
                        "x": (width - margin).px, "y": (y + 43).px,
                    ], Self.change(figure.cut)))
        }
        return Picture(
            title: title, summary: summary, language: language, width: width,
            height: top + row * Double(figures.count) + 6, content: content)
    }

    private func swatch(x: Double, y: Double, isAfter: Bool) -> [Markup] {
        [
            .tag(
                "rect",
                [
                    "class": isAfter ? "f-steel s-steel" : "s-float f-off", "x": x.px, "y": y.px, "width": "22",
                    "height": "13",
                ])
        ]
    }
}

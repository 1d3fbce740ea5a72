import WorkCalendar
import WorkflowModel

/// Which uncertainties move the result most (龙卷风图): one bar each, the longest on top.
public struct Tornado: Sendable {
    public var title: String
    public let language: Language
    /// What the bars measure, in words.
    public let axis: String
    /// The result from which the bars go out; 0 for a sensitivity.
    public let base: Double
    /// In order of length, longest first.
    public let bars: [Bar]
    /// A value to be reached, such as a limit; a line across the bars.
    public let goal: Histogram.Mark?
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
        goal: Histogram.Mark? = nil, label: @escaping @Sendable (Double) -> String = Histogram.plain
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
        self.goal = goal
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
        let drawing = TornadoPicture(tornado: self, width: width)
        return Picture(
            title: title, summary: summary, language: language, width: width, height: drawing.height,
            content: drawing.content)
    }
}

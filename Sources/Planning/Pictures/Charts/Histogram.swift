import WorkCalendar

/// How often something came out as how much (直方图), with the share that came out at most so (S 曲线).
///
/// What the horizontal axis counts is the caller's: working days, or dates as day numbers with labels of their own.
public struct Histogram: Sendable {
    public var title: String
    public let language: Language
    /// What the horizontal axis counts, in words.
    public let axis: String
    /// Bins of one width, in order; the first begins at `origin`. A bin has its right end and not its left: (from, to].
    public let counts: [Int]
    public let origin: Double
    public let binWidth: Double
    public let marks: [Mark]
    public let target: Target?
    /// How a value is written; whole numbers by default.
    public let label: @Sendable (Double) -> String
    /// Where the axis is labelled: from, to, and at most so many.
    var ticks: @Sendable (Double, Double, Int) -> [Double] = { NiceScale.ticks(from: $0, to: $1, parts: $2) }

    /// A value worth naming, such as P80.
    public struct Mark: Sendable, Hashable {
        public let name: String
        public let value: Double

        public init(name: String, value: Double) {
            self.name = name
            self.value = value
        }
    }

    /// The limit, and the share of outcomes that keep it, 0…1.
    public struct Target: Sendable, Hashable {
        public let name: String
        public let value: Double
        public let chance: Double

        public init(name: String, value: Double, chance: Double) {
            self.name = name
            self.value = value
            self.chance = chance
        }
    }

    /// - Precondition: `counts` is not empty and has no negative number, `binWidth` > 0.
    public init(
        title: String, language: Language, axis: String, counts: [Int], origin: Double, binWidth: Double,
        marks: [Mark] = [], target: Target? = nil, label: @escaping @Sendable (Double) -> String = Histogram.plain
    ) {
        precondition(!counts.isEmpty && counts.allSatisfy { $0 >= 0 } && binWidth > 0, "a histogram has bins")
        self.title = title
        self.language = language
        self.axis = axis
        self.counts = counts
        self.origin = origin
        self.binWidth = binWidth
        self.marks = marks
        self.target = target
        self.label = label
    }

    /// A histogram of values: bins of a round width, at most `bins` of them.
    ///
    /// - Precondition: `values` is not empty and finite.
    public init(
        of values: [Double], bins: Int = 30, title: String, language: Language, axis: String, marks: [Mark] = [],
        target: Target? = nil, label: @escaping @Sendable (Double) -> String = Histogram.plain
    ) {
        precondition(!values.isEmpty && bins > 0 && values.allSatisfy(\.isFinite), "a histogram is of something")
        let least = values.reduce(values[0], min)
        let most = values.reduce(values[0], max)
        let width = NiceScale.step(over: max(most - least, 1), parts: bins, isWhole: true)
        let origin = ((least / width).rounded(.up) - 1) * width
        func bin(_ value: Double) -> Int { max(0, Int(((value - origin) / width).rounded(.up)) - 1) }
        var counts = [Int](repeating: 0, count: bin(most) + 1)
        for value in values { counts[bin(value)] += 1 }
        self.init(
            title: title, language: language, axis: axis, counts: counts, origin: origin, binWidth: width, marks: marks,
            target: target, label: label)
    }

    public static let plain: @Sendable (Double) -> String = { $0.px }

    public var total: Int { counts.reduce(0, +) }

    var summary: String {
        var parts = [language.say("\(total) 次推演", "\(total) run\(total == 1 ? "" : "s")")]
        parts += marks.map { "\($0.name) \(label($0.value))" }
        if let target {
            parts.append(
                language.say(
                    "\(target.name) \(label(target.value))：\(Self.percent(target.chance))的把握",
                    "\(target.name) \(label(target.value)): \(Self.percent(target.chance)) chance"))
        }
        return parts.joined(separator: language.say("，", ", "))
    }

    static func percent(_ share: Double) -> String { "\(((share * 1000).rounded() / 10).px) %" }

    // MARK: The drawing

    /// - Parameter width: pixels; 336 fits a telephone.
    public func picture(width: Double = 760) -> Picture {
        let drawing = HistogramPicture(histogram: self, width: width)
        return Picture(
            title: title, summary: summary, language: language, width: width, height: drawing.height,
            content: drawing.content)
    }

    /// Every bin with its count and the share so far; it adds up to the runs.
    var table: PageTable {
        var sum = 0
        let rows = counts.enumerated().map { number, count in
            sum += count
            let from = origin + Double(number) * binWidth
            return [
                "\(label(from)) – \(label(from + binWidth))", String(count),
                Self.percent(total == 0 ? 0 : Double(sum) / Double(total)),
            ]
        }
        return PageTable(
            caption: "\(title)\(language.say("（各区间含右端、不含左端）", " (each range with its right end, without its left)"))",
            head: [axis, language.say("次数", "runs"), language.say("累计", "so far")], rows: rows)
    }
}

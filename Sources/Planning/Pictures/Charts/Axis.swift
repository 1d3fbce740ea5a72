import WorkCalendar

/// Round steps for an axis.
enum NiceScale {
    /// The least of 1, 2, 2.5, 5 times a power of ten that covers a length in at most so many parts.
    static func step(over length: Double, parts: Int, isWhole: Bool = false) -> Double {
        let raw = max(length / Double(max(1, parts)), 1e-9)
        var power = 1.0
        while power * 10 <= raw { power *= 10 }
        while power > raw { power /= 10 }
        let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= raw * (1 - 1e-9) } ?? power * 10
        return isWhole ? max(1, step.rounded(.up)) : step
    }

    /// The round numbers from one value to another.
    static func ticks(from: Double, to: Double, parts: Int) -> [Double] {
        let step = step(over: to - from, parts: parts)
        var tick = (from / step).rounded(.up) * step
        var ticks: [Double] = []
        while tick <= to + step * 1e-9 {
            ticks.append(tick)
            tick += step
        }
        return ticks
    }
}

extension NiceScale {
    /// First days of months, in steps of 1, 2, 3, 6 or whole years of 12, as day numbers; whole days where there are
    /// fewer than two of them.
    @Sendable static func dates(from: Double, to: Double, parts: Int) -> [Double] {
        let days = Int(from.rounded(.up))...max(Int(from.rounded(.up)), Int(to.rounded(.down)))
        let firsts = days.map { LocalDate(dayNumber: $0) }.filter { $0.components.day == 1 }
        guard firsts.count > 1 else {
            return stride(
                from: from.rounded(.up), through: to, by: step(over: to - from, parts: parts, isWhole: true)
            ).map(\.self)
        }
        let steps = [1, 2, 3, 6] + (1...100).map { 12 * $0 }
        for months in steps {
            let kept = firsts.filter { ($0.components.year * 12 + $0.components.month - 1) % months == 0 }
            if kept.count <= parts { return kept.map { Double($0.dayNumber) } }
        }
        return []
    }
}

/// A named value above a chart, on a lane where its text meets no other's.
struct Flag {
    let x: Double
    let text: String
    let isTarget: Bool
    let lane: Int
    /// Whether the text stands left of its line, because the chart ends.
    let isLeft: Bool

    static func lanes(
        of named: [(x: Double, text: String, isTarget: Bool)], width: Double, left: Double, right: Double
    ) -> [Flag] {
        var ends: [Double] = []
        return named.map { x, text, isTarget in
            let wide = TextSize.width(of: text, size: 12)
            let isLeft = x + wide > width - 8
            let begin = isLeft ? x - wide : x - 3
            let lane = ends.firstIndex { $0 + 10 <= begin } ?? ends.count
            if lane == ends.count { ends.append(0) }
            ends[lane] = begin + wide
            return Flag(x: x, text: text, isTarget: isTarget, lane: lane, isLeft: isLeft)
        }
    }
}

/// What the axis counts and how marks are read, below a chart: side by side, or one under the other where it is narrow.
struct ChartFoot {
    let content: [Markup]
    /// The base line of the last of them.
    let bottom: Double

    init(_ axis: String, _ reading: String, from left: Double, to right: Double, y: Double) {
        let taken = TextSize.width(of: axis, size: 11) + TextSize.width(of: reading, size: 11) + 16
        let isStacked = taken > right - left
        bottom = isStacked ? y + 18 : y
        content = [
            .tag(
                "text", ["class": "f-muted small", "x": left.px, "y": y.px],
                TextSize.line(of: axis, width: right - left, size: 11)),
            .tag(
                "text",
                [
                    "class": "f-muted small\(isStacked ? "" : " end")", "x": (isStacked ? left : right).px,
                    "y": bottom.px,
                ],
                reading),
        ]
    }
}

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

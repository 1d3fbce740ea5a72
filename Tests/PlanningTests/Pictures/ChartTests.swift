import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import Planning

@Suite("Charts say what their numbers say")
struct ChartTests {
    @Test("A histogram's bins hold every value once, to the right of its left end", arguments: 0..<100)
    func bins(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let spread = [0, 1, 3, 17, 400, 90_000][Int(seed) % 6]
        let values = (0..<Int.random(in: 1...300, using: &random)).map { _ in
            Double(Int.random(in: -spread...spread, using: &random)) / (seed % 2 == 0 ? 1 : 4)
        }
        let histogram = Histogram(of: values, bins: 30, title: "–", language: .en, axis: "–")
        #expect(histogram.total == values.count, "seed \(seed)")
        #expect(histogram.counts.count <= 32, "seed \(seed)")
        for (number, count) in histogram.counts.enumerated() {
            let from = histogram.origin + Double(number) * histogram.binWidth
            #expect(
                count == values.count { from < $0 && $0 <= from + histogram.binWidth }, "seed \(seed), bin \(number)")
        }
        #expect(histogram.counts.first != 0 && histogram.counts.last != 0, "seed \(seed)")
    }

    @Test("Its table adds up to the runs, and at the target's bin it says the target's chance")
    func table() throws {
        let histogram = SamplePictures.histogram(.en)
        let rows = histogram.table.rows
        #expect(rows.compactMap { Int($0[1]) }.reduce(0, +) == 10_000)
        #expect(rows.last?[2] == "100 %")
        let target = try #require(histogram.target)
        let row = try #require(rows.first { $0[0].hasSuffix("– 42") })
        #expect(row[2] == Histogram.percent(target.chance))
        #expect(histogram.summary.contains("P80") && histogram.summary.contains("10000 runs"))
    }

    @Test("The S-curve begins at nothing, never falls and ends at everything", arguments: [760.0, 336])
    func curve(width: Double) throws {
        let svg = try XMLTree.read(SamplePictures.histogram(.zh).picture(width: width).svg)
        let path = try #require(
            svg.all("path").first { $0["stroke-linejoin"] == "round" && $0.has(class: "s-ink") }?["d"])
        let points = path.dropFirst().split(separator: "L").map { $0.split(separator: " ").compactMap { Double($0) } }
        for (a, b) in zip(points, points.dropFirst()) { #expect(a[0] < b[0] && a[1] >= b[1]) }
        #expect(abs((points.first?[1] ?? 0) - (points.last?[1] ?? 0) - 220) < 0.01)
    }

    @Test("Bins beyond the target are hatched, the others are not")
    func beyond() throws {
        let histogram = SamplePictures.histogram(.zh)
        let svg = try XMLTree.read(histogram.picture().svg)
        let beyond = histogram.counts.indices.count {
            histogram.counts[$0] > 0 && histogram.origin + Double($0) * histogram.binWidth >= 42
        }
        #expect(svg.all("rect").count { $0["fill"] == Hatch.beyond } == beyond)
    }

    @Test(
        "Axis steps are round and few enough",
        arguments: [
            (100.0, 10, 10.0), (99, 10, 10), (7, 5, 2), (1, 10, 0.1), (3, 10, 0.5), (101, 10, 20), (0.3, 3, 0.1),
        ])
    func steps(length: Double, parts: Int, step: Double) {
        #expect(abs(NiceScale.step(over: length, parts: parts) - step) < 1e-9)
        #expect(NiceScale.ticks(from: 0, to: length, parts: parts).count <= parts + 1)
    }

    @Test("Named values above a chart never cover each other", arguments: 0..<50)
    func flags(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let named = (0..<6).map {
            (x: Double.random(in: 24...312, using: &random), text: "P\($0) 2024-03-0\($0)", isTarget: false)
        }
        .sorted { $0.x < $1.x }
        let flags = Flag.lanes(of: named, width: 336, left: 24, right: 48)
        for (number, a) in flags.enumerated() {
            for b in flags.dropFirst(number + 1) where a.lane == b.lane {
                let ends = [a, b].map { flag -> ClosedRange<Double> in
                    let wide = TextSize.width(of: flag.text, size: 12)
                    return flag.isLeft ? flag.x - wide...flag.x : flag.x...flag.x + wide
                }
                #expect(!ends[0].overlaps(ends[1]), "seed \(seed)")
            }
        }
    }

    @Test("A tornado has the longest bar on top, and bars of one length keep their order")
    func tornado() throws {
        let tornado = SamplePictures.tornado(.en)
        #expect(tornado.bars.map(\.title) == ["Construction", "Rectification at acceptance", "Public notice"])
        let many = Tornado(
            title: "–", language: .en, axis: "–", base: 0,
            bars: (0..<30).map { .init(title: "\($0)", low: 0, high: Double($0 / 2)) })
        #expect(many.bars.map(\.title) == ["28", "29", "26", "27", "24", "25", "22", "23", "20", "21", "18", "19"])
        let nothing = Tornado(title: "–", language: .en, axis: "–", base: 5, bars: [.init(title: "a", low: 5, high: 5)])
        #expect(!nothing.picture().svg.contains("NaN"))
        #expect(!Tornado(title: "–", language: .en, axis: "–", base: 5, bars: []).picture().svg.contains("NaN"))
    }

    @Test("Bars of a tornado run from low to high on one scale", arguments: [760.0, 336])
    func tornadoBars(width: Double) throws {
        let tornado = SamplePictures.tornado(.en)
        let bars = try XMLTree.read(tornado.picture(width: width).svg).all("rect").filter { $0.number("height") == 15 }
        // Two halves each: what shortens, what prolongs.
        let halves = bars.compactMap { $0.number("width") }
        let days = [52.0, 68, 12, 30, 1, 1]
        #expect(halves.count == days.count)
        for (half, day) in zip(halves, days) { #expect(abs(half / day - halves[0] / days[0]) < 0.05) }
    }

    @Test("Before and after: lengths in proportion, cuts with their sign, growth in words and figures")
    func beforeAfter() throws {
        let comparison = try SamplePictures.comparison()
        let chart = BeforeAfter(comparison, language: .en)
        #expect(chart.table.rows.count == comparison.figures.count)
        let svg = try XMLTree.read(chart.picture().svg)
        let bars = svg.all("rect").filter { $0.number("height") == 14 }.compactMap { $0.number("width") }
        #expect(bars.count == 2 * chart.figures.count)
        for (number, figure) in chart.figures.enumerated() {
            let (before, after) = (bars[2 * number], bars[2 * number + 1])
            #expect(abs(before / after - figure.before / figure.after) < 0.05, "\(figure.title)")
            #expect(svg.text.contains(BeforeAfter.change(figure.cut)))
        }
        #expect(BeforeAfter.change(80.3) == "\u{2212}80.3 %")
        #expect(BeforeAfter.change(-16.7) == "+16.7 %")
        #expect(BeforeAfter.change(0) == "0 %")
        #expect(BeforeAfter.change(nil) == "—")
    }

    @Test("Beside every chart stands its table, and a telephone gets its own drawing")
    func sections() throws {
        for language in Language.allCases {
            let page = try XMLTree.read(
                PicturePage(
                    title: "–", subtitle: "–", language: language,
                    sections: [
                        .init(SamplePictures.histogram(language)), .init(SamplePictures.tornado(language)),
                        .init(BeforeAfter(try SamplePictures.comparison(), language: language)),
                    ]
                ).html)
            for section in page.all("section") {
                #expect(section.all("table").count == 1)
                let figure = try #require(section.all("figure").first)
                #expect(figure["role"] == "img" && !(figure["aria-label"] ?? "").isEmpty)
                #expect(figure.all("svg").map { $0["aria-hidden"] } == ["true", "true"])
                #expect(figure.all("svg").compactMap { $0.number("width") } == [760, 336])
                #expect(section["aria-labelledby"] == section.all("h2").first?["id"])
            }
        }
    }
}

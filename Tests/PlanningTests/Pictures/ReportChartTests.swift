import Scheduling
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import Planning

@Suite("Charts of simulations and of advice say what the reports say")
struct ReportChartTests {
    static let simulation = Result { try SamplePictures.simulation() }
    static let advice = Result { try SamplePictures.advice() }

    private func days(_ minutes: Int) -> Double { Double(minutes) / Double(DayAmount.minutesPerDay) }

    @Test("A target's histogram has every run, its limit with the chance, and its percentiles")
    func histogram() throws {
        let report = try Self.simulation.get()
        for (index, chance) in report.targets.enumerated() {
            let histogram = report.histogram(ofTarget: index, language: .en)
            #expect(histogram.total == report.runs)
            #expect(histogram.marks.map(\.name) == ["P10", "P50", "P80", "P95"])
            #expect(histogram.marks.map(\.value) == chance.measured.percentiles.map { days($0.value) })
            #expect(histogram.target?.value == chance.target.limit.map { days($0.minutes) })
            #expect(histogram.target?.chance == chance.measured.chance?.value)
            for (number, bin) in chance.bins.enumerated() {
                #expect(histogram.origin + Double(number) * histogram.binWidth == days(bin.from))
            }
        }
        #expect(
            report.targets.contains { $0.target.limit != nil } && report.targets.contains { $0.target.limit == nil })
    }

    @Test("The finish's histogram is on dates, labelled at the first days of months, few enough", arguments: [5, 10])
    func finish(parts: Int) throws {
        let report = try Self.simulation.get()
        let histogram = report.histogram(ofTarget: nil, language: .zh)
        #expect(histogram.total == report.runs)
        #expect(histogram.label(histogram.origin) == report.finish.bins.first?.from.description)
        let end = histogram.origin + Double(histogram.counts.count) * histogram.binWidth
        #expect(histogram.label(end) == report.finish.bins.last?.to.description)
        for length in [0.0, 1, 3, 40, 70, 400, 4_000, 40_000] {
            let from = histogram.origin
            let ticks = NiceScale.dates(from: from, to: from + length, parts: parts)
            #expect(ticks.count <= parts + 1 && !ticks.isEmpty, "\(length)")
            #expect(ticks.allSatisfy { from <= $0 && $0 <= from + length && $0 == $0.rounded() })
            guard length > 62 else { continue }
            #expect(ticks.allSatisfy { LocalDate(dayNumber: Int($0)).components.day == 1 })
        }
    }

    @Test("A tornado's bars are the drivers that swing, around the mean")
    func tornado() throws {
        let report = try Self.simulation.get()
        for (index, chance) in report.targets.enumerated() {
            let tornado = report.tornado(ofTarget: index, language: .en)
            let swinging = chance.drivers.filter { $0.low != nil }
            #expect(tornado.bars.map(\.title) == swinging.map(\.title.en))
            #expect(tornado.bars.map(\.isCritical) == swinging.map { $0.criticality.value >= 0.5 })
            #expect(abs(tornado.base - chance.measured.mean / 480) < 1e-9)
        }
        let finish = report.tornado(ofTarget: nil, language: .en)
        #expect(finish.label(finish.base) == report.finish.mean.description && !finish.bars.isEmpty)
    }

    @Test("Advice: a bar a lever that moves the target, all the advised together, and the limit")
    func advised() throws {
        let report = try Self.advice.get()
        let tornado = report.tornado(.en)
        #expect(tornado.base == days(report.before.measured))
        #expect(tornado.goal?.value == report.target.limit.map { days($0.minutes) })
        let moving = report.rows.filter { ($0.alone ?? 0) != 0 }
        #expect(report.chosen.count > 1 && tornado.bars.count == moving.count + 1)
        #expect(tornado.bars.first?.low == days(report.after.measured))
        for row in moving {
            let bar = try #require(tornado.bars.first { $0.title.hasSuffix(row.lever.title.en) })
            #expect(bar.title.hasPrefix("● ") == row.isChosen)
            let moved = bar.high > tornado.base ? tornado.base - bar.high : tornado.base - bar.low
            #expect(abs(moved - days(row.alone ?? 0)) < 1e-9)
        }
        let chart = report.beforeAfter(.en)
        #expect(
            chart.figures.map(\.before)
                == [report.before.union, report.before.span, report.before.sum, report.before.countedPathLength].map(
                    days))
        #expect(
            chart.figures.map(\.after)
                == [report.after.union, report.after.span, report.after.sum, report.after.countedPathLength].map(days))
        let table = try #require(try XMLTree.read(PicturePage(report, language: .en).html).all("table").last)
        let names = table.all("tbody").flatMap { $0.all("th") }.map(\.text)
        #expect(names == report.rows.map { ($0.isChosen ? "● " : "") + $0.lever.title.en })
    }

    @Test(
        "A page has the finish and every target: percentiles, histogram with its bins, tornado",
        arguments: Language.allCases)
    func page(language: Language) throws {
        let report = try Self.simulation.get()
        let page = try XMLTree.read(PicturePage(report, language: language).html)
        let sections = page.all("section")
        #expect(sections.count == report.targets.count + 1)
        for section in sections {
            #expect(section.all("figure").count == 2 && section.all("table").count == 3)
            #expect(section.all("figure").allSatisfy { !($0["aria-label"] ?? "").isEmpty })
        }
    }

    @Test(
        "The value at the base is written once, and what stands below a chart never overlaps", arguments: [336.0, 760])
    func labels(width: Double) throws {
        let (simulation, advice) = (try Self.simulation.get(), try Self.advice.get())
        for language in Language.allCases {
            let tornado = advice.tornado(language)
            let svg = try XMLTree.read(tornado.picture(width: width).svg)
            #expect(svg.all("text").count { $0.text == tornado.label(tornado.base) } == 1)
            let pictures =
                [tornado.picture(width: width)]
                + [0, 1, nil].flatMap { target in
                    [
                        simulation.histogram(ofTarget: target, language: language).picture(width: width),
                        simulation.tornado(ofTarget: target, language: language).picture(width: width),
                    ]
                }
            for picture in pictures {
                let feet = try XMLTree.read(picture.svg).all("text").suffix(2)
                let lines = feet.map { foot -> (y: Double, from: Double, to: Double) in
                    let (x, wide) = (foot.number("x") ?? 0, TextSize.width(of: foot.text, size: 11))
                    let from = foot.has(class: "end") ? x - wide : x
                    return (foot.number("y") ?? 0, from, from + wide)
                }
                #expect(lines[0].y != lines[1].y || lines[0].to < lines[1].from, "\(picture.title)")
                #expect(
                    lines.allSatisfy { $0.from >= 0 && $0.to <= width && $0.y < picture.height }, "\(picture.title)")
            }
        }
    }
}

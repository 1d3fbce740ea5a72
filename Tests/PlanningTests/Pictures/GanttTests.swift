import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import Planning

@Suite("A Gantt chart's bars lie on their dates")
struct GanttTests {
    private func rows(of page: XMLTree) -> [XMLTree] { page.all("tbody").flatMap { $0.all("tr") } }

    /// Checks the drawing of a table's row against the dates that stand in its own cells.
    private func expectOnItsDates(_ row: XMLTree, _ scale: TimeScale, _ what: String) throws {
        let dates = try row.all("time").map { try #require(LocalDate($0.text)) }
        let bars = row.all("td").last?.all("rect") ?? []
        guard dates.count == 2, let bar = bars.first, row.has(class: "item") || row.has(class: "phase") else { return }
        let left = try #require(bar.number("x"))
        let right = left + (try #require(bar.number("width")))
        #expect(abs(left - Double(dates[0].days(since: scale.origin)) * scale.pixelsPerDay) < 0.02, "\(what)")
        let end = Double(dates[1].days(since: scale.origin)) * scale.pixelsPerDay
        #expect(abs(right - max(end, left + 2)) < 0.02, "\(what)")
    }

    @Test("On random plans every bar begins and ends where its dates say, day for day", arguments: 0..<12)
    func barsMatchDates(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let plan = try RandomPlan.make(using: &random, items: 12, waitingForStarts: true)
        let calendar = seed % 2 == 0 ? WorkCalendar.weekdays : try SamplePictures.calendar()
        let start = LocalDate("2024-01-20")!.adding(days: Int(seed) * 13)
        let report = try Planner(plan: plan, calendar: calendar).report(start: start)
        let chart = GanttChart(report, language: .en)
        let scale = chart.scale(room: 1100)
        let page = try XMLTree.read(PicturePage(report, language: .en).html)
        let drawn = rows(of: try #require(page.all("section").first { $0.text.contains("Schedule") }))
        #expect(drawn.count == chart.rows.count + chart.targets.count)
        for row in drawn { try expectOnItsDates(row, scale, "seed \(seed)") }

        // Every activity of the plan has a row with its own dates.
        for activity in report.activities {
            let row = try #require(chart.rows.first { $0.id == activity.activity.id })
            #expect(row.start == activity.earlyStart && row.finish == activity.earlyFinish)
            #expect(row.lateFinish == activity.lateFinish && row.isCritical == activity.isCritical)
        }
    }

    @Test("Exactly the days off are shaded, make-up days are not", arguments: [8.0, 3, 1])
    func daysOff(pixels: Double) throws {
        let calendar = try SamplePictures.calendar()
        let start = LocalDate("2024-01-25")!
        let scale = TimeScale(from: start, to: start.adding(days: 400), room: 400 * pixels + 80)
        #expect(scale.pixelsPerDay == pixels)
        let runs = scale.daysOff(calendar)
        for number in scale.columns.lowerBound.dayNumber...scale.columns.upperBound.dayNumber {
            let date = LocalDate(dayNumber: number)
            let isShaded = runs.contains { $0.from < date && date <= $0.to }
            #expect(isShaded == !calendar.isWorking(date), "\(date)")
        }
        // 2024-02-18 was a Sunday worked for the Spring Festival.
        #expect(!runs.contains { $0.from < LocalDate("2024-02-18")! && LocalDate("2024-02-18")! <= $0.to })
        // What is drawn is these runs.
        let drawn = scale.daysOffPath(calendar, top: 0, height: 35).split(separator: "M").map(String.init)
        #expect(drawn.count == runs.count)
        for (path, run) in zip(drawn, runs) {
            #expect(path.hasPrefix("\(scale.x(run.from).px) 0h\((scale.x(run.to) - scale.x(run.from)).px)v35"))
        }
    }

    @Test(
        "A scale's head covers every day once, from edge to edge",
        arguments: [1, 5, 20, 60, 200, 500, 900, 3_650, 36_500])
    func head(days: Int) throws {
        let scale = TimeScale(from: SamplePictures.start, to: SamplePictures.start.adding(days: days), room: 1060)
        for language in Language.allCases {
            let (upper, lower) = scale.head(language, .weekdays)
            for spans in [upper, lower] {
                #expect(spans.first?.from == scale.origin)
                #expect(spans.last?.to == scale.columns.upperBound)
                for (a, b) in zip(spans, spans.dropFirst()) { #expect(a.to == b.from) }
            }
        }
        #expect(scale.x(SamplePictures.start) >= 18)
        #expect(scale.width - scale.x(SamplePictures.start.adding(days: days)) >= 18)
        if days <= 3_650 { #expect(scale.width <= 1060) }
    }

    @Test("The table has a row for everything drawn, with text for start, finish and float; arrows are decoration")
    func table() throws {
        for language in Language.allCases {
            let report = try SamplePictures.report(2)
            let page = try XMLTree.read(PicturePage(report, language: language).html)
            #expect(page["lang"] == (language == .zh ? "zh-CN" : "en"))
            let region = try #require(page.all.first { $0.has(class: "gantt") })
            #expect(region["tabindex"] == "0" && region["role"] == "region" && !(region["aria-label"] ?? "").isEmpty)
            #expect(region.all("thead").count == 1)
            for row in rows(of: region) {
                let header = try #require(row.all("th").first)
                #expect(["row", "rowgroup"].contains(header["scope"]) && !header.text.isEmpty)
                let svg = try #require(row.all("svg").last)
                #expect(svg["role"] == "img")
                let words = try #require(svg["aria-label"])
                for date in row.all("time") { #expect(words.contains(date.text)) }
                if row.has(class: "item") || row.has(class: "phase"),
                    row.all("td").contains(where: { $0.has(class: "float") && !$0.text.isEmpty }),
                    !row.has(class: "critical")
                {
                    #expect(words.contains(language == .zh ? "时差" : "float"))
                }
                if row.has(class: "critical") { #expect(words.contains(language == .zh ? "关键" : "critical")) }
            }
            let arrows = page.all.filter { $0.has(class: "arrows") }
            #expect(arrows.count == 1 && arrows[0]["aria-hidden"] == "true")
            let critical = report.activities.count(where: \.isCritical)
            let joint = GanttChart(report, language: language).rows.count { $0.mark == .joint && $0.isCritical }
            #expect(rows(of: region).count { $0.has(class: "critical") } == critical + joint)
        }
    }

    @Test("What is finished is not critical any more; what runs has an open end; the data date stands on its day")
    func live() throws {
        let chart = SamplePictures.live
        let svg = try XMLTree.read(chart.picture.svg)
        let groups = svg.children.filter { $0["transform"]?.hasPrefix("translate(0 ") == true }
        #expect(groups.count == 4)
        #expect(groups[0].all("rect").contains { $0.has(class: "f-slate") })
        #expect(!groups[0].text.contains("关键") && groups[1].text.contains("关键"))
        #expect(groups[1].all("path").contains { $0["d"]?.hasSuffix("z") == false && $0.has(class: "s-ink") })
        #expect(groups[1].all("rect").contains { $0["fill"] == Hatch.paused })
        #expect(groups[2].text.contains("\u{2212}4"))
        let scale = chart.scale(room: 1060)
        let date = try #require(chart.dataDate)
        let line = try #require(svg.all("path").first { $0.has(class: "s-blue") && $0["stroke-width"] == "2" })
        let left = try #require(
            groups[0].all("g").dropFirst().first?["transform"]?.dropFirst("translate(".count).prefix { $0 != " " })
        let x = try #require(Double(left)) + scale.x(date)
        #expect(line["d"]?.hasPrefix("M\(x.px) ") == true)
    }

    @Test(
        "Whatever the project, every row is 35 px high and nothing is drawn outside",
        arguments: SamplePictures.extremes.indices)
    func extremes(index: Int) throws {
        let chart = SamplePictures.extremes[index]
        let picture = chart.picture
        let svg = try XMLTree.read(picture.svg)
        let tops = svg.children.compactMap { group -> Double? in
            guard let transform = group["transform"], transform.hasPrefix("translate(0 ") else { return nil }
            return Double(transform.dropFirst("translate(0 ".count).dropLast())
        }
        #expect(tops.count == chart.rows.count)
        for (a, b) in zip(tops, tops.dropFirst()) { #expect(abs(b - a - 35) < 0.01) }
        for text in svg.all("text") where text["transform"] == nil {
            if let x = text.number("x"), let y = text.number("y") {
                #expect(x >= 0 && x <= picture.width && y >= 0 && y <= picture.height)
            }
        }
        let page = PicturePage(title: "–", subtitle: "–", language: .zh, sections: [chart.section]).html
        if chart.rows.count == 600 { #expect(page.utf8.count <= 600_000, "\(page.utf8.count) bytes") }
        #expect(try XMLTree.read(page).all("tbody").flatMap { $0.all("tr") }.count == chart.rows.count)
    }

    @Test("A target's flag stands on the day on which its limit is used up", arguments: 1...12)
    func limitDays(network: Int) throws {
        for basis in [EstimateBasis.likely, .statutory] {
            let report = try SamplePictures.report(network, PlanScenario(basis: basis))
            for target in report.targets {
                let day = report.windows.limitDay(of: target)
                guard let limit = target.target.limit, limit.unit == .working, target.target.measure == .union else {
                    #expect(target.target.limit != nil || day == nil)
                    continue
                }
                let flag = try #require(day)
                let counted = report.activities.filter { target.target.counts.contains($0.activity.clock) }
                guard counted.allSatisfy({ $0.duration.minutes % DayAmount.minutesPerDay == 0 }) else { continue }
                // Day by day: the working days of the window that a counted activity covers, then all that follow it.
                var used = 0
                var date = target.from
                while used < limit.minutes / DayAmount.minutesPerDay {
                    date = date.adding(days: 1)
                    let counts =
                        date > target.to
                        || counted.contains { max($0.earlyStart, target.from) < date && date <= $0.earlyFinish }
                    if counts, report.calendar.isWorking(date) { used += 1 }
                }
                #expect(flag == date, "\(target.target.id) at \(basis)")
            }
        }
    }
}

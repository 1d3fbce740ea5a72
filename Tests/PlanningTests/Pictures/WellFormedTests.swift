import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import Planning

@Suite("Pictures are safe to open anywhere")
struct WellFormedTests {
    /// What every document must keep, whoever wrote the names in it.
    private func expectSound(_ document: String, _ what: String) throws {
        let elements = try XMLTree.read(document).all
        let active = elements.filter { Self.active.contains($0.name) }
        #expect(active.isEmpty, "\(what)")
        // Gathered first: there are thousands of attributes.
        var strange: [String] = []
        for element in elements {
            for (name, value) in element.attributes {
                let isLink = name == "href" || name == "src" || name == "xlink:href"
                if name.hasPrefix("on") || (isLink && !value.hasPrefix("#")) { strange.append("\(name)=\(value)") }
            }
        }
        #expect(strange.isEmpty, "\(what)")
        let names = document.replacing("http://www.w3.org/2000/svg", with: "")
        for word in ["http:", "https:", "//", "NaN", "\"inf", "-inf", " inf", "1970-", "nil", "Optional", "undefined"] {
            #expect(!names.contains(word), "\(what): \(word)")
        }
    }

    private static let active: Set = ["script", "iframe", "object", "link", "img", "image", "use", "foreignObject"]

    @Test("Every shipped plan draws as well-formed XML that runs nothing and asks nobody", arguments: 1...12)
    func shipped(network: Int) throws {
        let report = try SamplePictures.report(network, every: network != 10 && network != 12)
        let language = network % 2 == 0 ? Language.en : .zh
        try expectSound(GanttChart(report, language: language).picture.svg, "gantt")
        try expectSound(MetroMap(report, language: language).picture.svg, "metro")
        try expectSound(PicturePage(report, language: language).html, "page")
    }

    @Test("So do comparisons, histograms, tornados, live cases and extremes", arguments: Language.allCases)
    func others(language: Language) throws {
        for (name, picture) in try SamplePictures.all(language) { try expectSound(picture.svg, name) }
        let page = PicturePage(
            title: "–", subtitle: "–", language: language,
            sections: [
                .init(SamplePictures.histogram(language)), .init(SamplePictures.tornado(language)),
                SamplePictures.liveMap.section,
            ])
        try expectSound(page.html, "charts")
        try expectSound(PicturePage(try SamplePictures.comparison(), language: language).html, "comparison")
        try expectSound(PicturePage(try ReportChartTests.simulation.get(), language: language).html, "simulation")
        try expectSound(PicturePage(try ReportChartTests.advice.get(), language: language).html, "advice")
        for chart in SamplePictures.extremes where chart.rows.count < 600 {
            try expectSound(chart.picture.svg, chart.title)
            try expectSound(
                PicturePage(title: "–", subtitle: "–", language: language, sections: [chart.section]).html, chart.title)
        }
        try expectSound(SamplePictures.liveMap.picture.svg, "live map")
        try expectSound(
            MetroMap(title: "", subtitle: "", language: language, stages: [], stations: []).picture.svg, "empty")
    }

    static let hostile = [
        "<script>alert(1)</script>", "\" onload=\"x", "' onclick='x", "&amp;&lt;]]>", "</text></svg><svg>", "<!--",
        "]]>",
        "\u{0}\u{1}\u{8}\u{B}\u{1F}\u{7F}\u{85}", "\u{202E}txt.exe\u{2066}\u{2069}\u{200F}\u{061C}",
        "\u{FFFE}\u{FFFF}\u{1FFFF}",
        "url(javascript:alert(1))", "𠮷野家👩‍👩‍👧‍👦e\u{301}\u{327}", "العربية", "\t\n\r\u{2028}", "",
        String(repeating: "长", count: 1_500), String(repeating: "\u{301}", count: 500),
    ]

    @Test("Hostile names come out as the same text or as �, never as markup", arguments: hostile)
    func hostileNames(name: String) throws {
        let row = SamplePictures.row(0, name, from: 0, days: 3, critical: true)
        let chart = GanttChart(
            title: name, subtitle: name, language: .en, calendar: .weekdays, start: row.start, finish: row.finish,
            rows: [row],
            targets: [
                .init(
                    title: name, verdict: name, from: row.start, to: row.finish, counted: [row.start..<row.finish],
                    limitDay: row.finish, isMet: false)
            ])
        let map = MetroMap(
            title: name, subtitle: name, language: .en,
            stages: [.init(id: name, number: 1, title: name, notes: [name])],
            stations: [
                .init(
                    id: name, stage: name, kind: .item, title: name, note: name, state: .ready, light: .near,
                    lightText: name, isCritical: true, after: [name])
            ])
        let tornado = Tornado(
            title: name, language: .en, axis: name, base: 1, bars: [.init(title: name, low: 0, high: 2)],
            label: { _ in name })
        let page = PicturePage(
            title: name, subtitle: name, language: .en, facts: [.init(name: name, value: name)],
            sections: [chart.section, map.section, .init(tornado)], notes: [name])
        for document in [chart.picture.svg, map.picture.svg, tornado.picture().svg, page.html] {
            let tree = try XMLTree.read(document)
            #expect(tree.all("script").isEmpty)
            #expect(!tree.all.contains { $0.attributes.keys.contains { $0.hasPrefix("on") } })
            #expect(!document.unicodeScalars.contains { (0x2066...0x2069).contains($0.value) || $0.value == 0x202E })
        }
        let heading = try #require(try XMLTree.read(page.html).all("h1").first).text
        let plain = name.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        if plain, !name.unicodeScalars.contains(where: { [0x202E, 0x061C, 0x2028, 0xFFFE].contains($0.value) }) {
            #expect(heading == name)
        }
    }

    @Test("The same input draws the same text")
    func stable() throws {
        for language in Language.allCases {
            let (first, second) = (try SamplePictures.all(language), try SamplePictures.all(language))
            for (a, b) in zip(first, second) { #expect(a.picture.svg == b.picture.svg, "\(a.name)") }
        }
    }

    @Test(
        "Numbers have two decimals at most and no exponent",
        arguments: [
            (0.0, "0"), (1.0, "1"), (-1.5, "-1.5"), (0.005, "0.01"), (-0.004, "0"), (1234567.891, "1234567.89"),
            (0.07, "0.07"),
            (1e9, "1000000000"),
        ])
    func numbers(value: Double, text: String) { #expect(value.px == text) }
}

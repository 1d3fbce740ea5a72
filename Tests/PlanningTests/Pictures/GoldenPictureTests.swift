import Foundation
import TestSupport
import Testing
import WorkCalendar

@testable import Planning

/// Pictures as they were looked at. `RECORD=1 swift test --filter GoldenPictureTests` records them anew; open them.
@Suite("Pictures as people saw them")
struct GoldenPictureTests {
    private func expect(_ text: String, as name: String) throws {
        let file = ProjectFiles.url("Fixtures/golden/pictures/\(name)")
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let isSame = try String(contentsOf: file, encoding: .utf8) == text
        #expect(isSame, "\(name) has changed: record it, look at it and read the diff")
    }

    @Test("Every kind of picture is drawn as recorded, in Chinese and in English", arguments: Language.allCases)
    func pictures(language: Language) throws {
        for (name, picture) in try SamplePictures.all(language) {
            try expect(picture.svg, as: "\(name).\(language.rawValue).svg")
        }
    }

    @Test("A chart and a map of a case under way are drawn as recorded, and so is a page")
    func live() throws {
        try expect(SamplePictures.live.picture.svg, as: "live-gantt.zh.svg")
        try expect(SamplePictures.liveMap.picture.svg, as: "live-metro.zh.svg")
        try expect(PicturePage(try SamplePictures.report(11), language: .zh).html, as: "plan.zh.html")
    }

    @Test("Pictures and pages of a simulation and of advice are drawn as recorded", arguments: Language.allCases)
    func reports(language: Language) throws {
        let (simulation, advice) = (try ReportChartTests.simulation.get(), try ReportChartTests.advice.get())
        let tag = language.rawValue
        try expect(
            simulation.histogram(ofTarget: 0, language: language).picture().svg, as: "simulate-target.\(tag).svg")
        try expect(
            simulation.histogram(ofTarget: nil, language: language).picture().svg, as: "simulate-finish.\(tag).svg")
        try expect(
            simulation.tornado(ofTarget: nil, language: language).picture().svg, as: "simulate-drivers.\(tag).svg")
        try expect(advice.tornado(language).picture().svg, as: "advise.\(tag).svg")
        guard language == .zh else { return }
        try expect(PicturePage(simulation, language: language).html, as: "simulate.zh.html")
        try expect(PicturePage(advice, language: language).html, as: "advise.zh.html")
    }

    @Test("Each says in words what it shows", arguments: Language.allCases)
    func words(language: Language) throws {
        for (name, picture) in try SamplePictures.all(language) {
            let svg = try XMLTree.read(picture.svg)
            #expect(svg["role"] == "img" && svg["aria-labelledby"] == "title desc", "\(name)")
            #expect(svg["lang"] == language.tag)
            #expect(svg.children.first { $0["id"] == "title" }?.text == picture.title && !picture.title.isEmpty)
            #expect(svg.children.first { $0["id"] == "desc" }?.text == picture.summary && !picture.summary.isEmpty)
            let chinese = svg.text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
            #expect(chinese == (language == .zh), "\(name)")
        }
    }
}

import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import Planning

@Suite("A metro map has every item of its plan")
struct MetroTests {
    /// What holds for every line, however its items depend on each other.
    private func expectSound(_ stations: [MetroMap.Station], _ layout: MetroLayout, _ what: String) {
        let ids = Set(stations.map(\.id))
        #expect(Set(layout.places.keys).union(layout.hidden.map(\.id)) == ids, "\(what)")
        #expect(layout.places.count + layout.hidden.count == ids.count, "\(what)")
        #expect(Set(layout.places.values).count == layout.places.count, "\(what): two stations on one place")
        #expect(layout.tracks <= MetroLayout.mostTracks, "\(what)")
        let ridden = Set(layout.legs.map { [$0.from, $0.to] })
        for station in stations {
            for before in station.after {
                guard let a = layout.places[before], let b = layout.places[station.id] else { continue }
                #expect(a.column < b.column, "\(what): \(before) → \(station.id)")
                #expect(
                    ridden.contains([before, station.id]) || layout.transfers.contains([before, station.id]),
                    "\(what): \(before) → \(station.id) is not drawn")
            }
        }
        // No track runs through a station that is not on it.
        for leg in layout.legs {
            guard let from = leg.from.flatMap({ layout.places[$0] }), let to = leg.to.flatMap({ layout.places[$0] })
            else { continue }
            let between = layout.places.values.filter {
                $0.track == leg.track && from.column < $0.column && $0.column < to.column
            }
            #expect(between.isEmpty, "\(what)")
        }
    }

    @Test("Random graphs get places, tracks and legs that agree with what comes before what", arguments: 0..<200)
    func randomGraphs(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 0...40, using: &random)
        let stations = (0..<count).map { number in
            let most = min(number, 3)
            let after = (0..<Int.random(in: 0...most, using: &random)).map { _ in
                "s\(Int.random(in: 0..<number, using: &random))"
            }
            return MetroMap.Station(
                id: "s\(number)", stage: "a", kind: .item, title: "\(number)", note: "",
                isCritical: Int.random(in: 0..<3, using: &random) == 0, after: Array(Set(after)).sorted())
        }
        expectSound(stations, MetroLayout(stations) { $0.hasSuffix("3") }, "seed \(seed)")
    }

    @Test(
        "Shipped plans: every item is a station, joint items are interchanges, critical ones are told",
        arguments: 1...12)
    func shipped(network: Int) throws {
        let report = try SamplePictures.report(network)
        for language in Language.allCases {
            let map = MetroMap(report, language: language)
            #expect(Set(map.stations.map(\.id)) == Set(report.plan.items.map(\.id)))
            for stage in map.stages {
                let own = map.stations.filter { $0.stage == stage.id }
                expectSound(own, MetroLayout(own) { _ in false }, "\(stage.id)")
            }
            let joint = map.stations.filter { if case .joint = $0.kind { true } else { false } }
            #expect(joint.count == report.plan.items.count { $0.item.joint != nil })
            for station in map.stations {
                let isCritical = report.activities.contains { $0.activity.item == station.id && $0.isCritical }
                #expect(station.isCritical == isCritical)
            }
        }
    }

    @Test("Underneath it is a list of stages in order, each with its items, in words")
    func list() throws {
        let report = try SamplePictures.report(2)
        let map = MetroMap(report, language: .zh)
        let page = try XMLTree.read(PicturePage(report, language: .zh).html)
        let list = try #require(page.all("ol").first)
        let stages = list.children
        #expect(stages.count == map.stages.count)
        for (item, stage) in zip(stages, map.stages) {
            #expect(item.text.contains(stage.title))
            let entries = item.all("ul").flatMap(\.children)
            let own = map.stations.filter { $0.stage == stage.id }
            #expect(entries.count == own.count)
            for (entry, station) in zip(entries, own) {
                #expect(entry.text.contains(station.title))
                #expect(entry.text.contains("关键") == station.isCritical)
            }
        }
        // The drawing is decoration beside it.
        #expect(page.all.first { $0.has(class: "metro-picture") }?.all("svg").first?["aria-hidden"] == "true")
    }

    @Test("A live map's words have item, state, light and criticality, and a flag stands where something goes on")
    func live() throws {
        let map = SamplePictures.liveMap
        let list = try XMLTree.read(map.list.written)
        for station in map.stations {
            let words = map.words(of: station)
            #expect(words.contains(station.title) && words.contains(station.state.word.zh))
            if let light = station.light { #expect(words.contains(station.lightText ?? light.word.zh)) }
            #expect(list.text.contains(words))
        }
        #expect(list.all("a").map { $0["href"] } == ["#s3"])
        let flags = try XMLTree.read(map.picture.svg).all("path").filter {
            $0.has(class: "f-blue") && $0.has(class: "s-blue")
        }
        let hidden = map.stages.flatMap { stage -> [MetroMap.Station] in
            MetroLayout(map.stations.filter { $0.stage == stage.id }) { _ in false }.hidden
        }
        let active = map.stations.filter { station in
            station.state.isActive && !hidden.contains { $0.id == station.id }
        }
        #expect(flags.count == active.count + 1)  // and the one in the legend
    }

    @Test("More than seven tracks are counted in words")
    func manyTracks() throws {
        let stations = (0..<12).map {
            MetroMap.Station(
                id: "s\($0)", stage: "a", kind: .item, title: "事项\($0)", note: "", isCritical: $0 == 9, after: [])
        }
        let map = MetroMap(
            title: "–", subtitle: "–", language: .zh,
            stages: [.init(id: "a", number: 1, title: "阶段", notes: [])], stations: stations)
        let layout = MetroLayout(stations) { _ in false }
        #expect(layout.hidden.count == 5)
        #expect(layout.places["s9"]?.track == 0)  // what is critical is never hidden
        #expect(try XMLTree.read(map.picture.svg).text.contains("另有 5 项并行"))
        for station in stations { #expect(try XMLTree.read(map.list.written).text.contains(station.title)) }
    }
}

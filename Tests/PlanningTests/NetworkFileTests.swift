import Foundation
import Planning
import Scheduling
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Network files")
struct NetworkFileTests {
    static let fixtures: [String] = try! ProjectFiles.files(in: "Fixtures/diagnostics", extension: "yaml")
        .map(\.lastPathComponent).filter { $0.hasPrefix("net") }

    @Test("A network with a mistake gives exactly the diagnostics that it announces", arguments: fixtures)
    func fixture(_ name: String) throws {
        let text = try ProjectFiles.text("Fixtures/diagnostics/\(name)")
        let expected = text.split(separator: "\n").filter { $0.hasPrefix("# expect: ") }.map {
            String($0.dropFirst(10))
        }
        let found = NetworkReport.read(text, path: name)
        #expect(
            found.diagnostics.map {
                "\($0.severity.rawValue) \($0.code.rawValue) \($0.place.span.start.line):\($0.place.span.start.column)"
            } == expected)
        #expect((found.value == nil) == !found.errors.isEmpty)
    }

    private func read(_ text: String) -> FileReading<NetworkFile> { NetworkFile.read(text, path: "n.json") }

    private func codes(_ text: String) -> [String] { read(text).diagnostics.map(\.code.rawValue) }

    private func report(_ text: String) throws -> NetworkReport {
        let reading = NetworkReport.read(text, path: "n.json")
        return try #require(reading.value, "\(reading.diagnostics.map(\.message.en))")
    }

    @Test("The example of the documents is read without an error, and as YAML means the same")
    func example() throws {
        let text = try ProjectFiles.text("docs/examples/network.json")
        let network = try report(text)
        #expect(network.file.network.activities.count == 11)
        #expect(network.file.hammocks.map(\.id) == ["design-stage", "supervision"])
        // A comment before it makes it YAML.
        #expect(try report("# as YAML\n" + text).json == network.json)
    }

    @Test("The smallest network has its six values on the standard calendar")
    func smallest() throws {
        let network = try report(
            """
            {"start": "2024-03-01T08:00", "activities": [{"id": "A", "duration": "3d"}, {"id": 7, "duration": 960}],
             "relations": [{"predecessor": "A", "successor": 7}]}
            """)
        let dates = network.schedule.dates(of: 1)
        #expect(dates.earlyStart.dateTime == "2024-03-06T08:00")
        #expect(dates.earlyFinish.dateTime == "2024-03-07T17:00")
        #expect(dates.totalFloat == 0 && dates.freeFloat == 0)
        #expect(network.finish == dates.lateFinish)
    }

    @Test(
        "Amounts of time are minutes, working time or elapsed time",
        arguments: [
            ("480", 480, 0), ("\"3d\"", 1440, 0), ("\"1.5 d\"", 720, 0), ("\"4h\"", 240, 0), ("\"90min\"", 90, 0),
            ("\"1w\"", 2400, 0), ("\"2ed\"", 2880, 1), ("\"12eh\"", 720, 1), ("\"0\"", 0, 0),
        ])
    func amounts(written: String, minutes: Int, continuous: Int) throws {
        let network = try report(
            "{\"start\": \"2024-03-01\", \"activities\": [{\"id\": \"A\", \"duration\": \(written)}]}")
        let own = network.file.network.activities[0]
        #expect(own.duration == minutes)
        #expect(own.calendar == continuous)
        #expect(network.file.terms.start.dateTime == "2024-03-01T08:00", "a date alone is its first working minute")
    }

    @Test("Lags are minutes, elapsed or a share of the predecessor's duration, on the calendar that is named")
    func lags() throws {
        func relation(_ members: String) throws -> Relation {
            try report(
                """
                {"start": "2024-03-01", "activities": [{"id": "A", "duration": 300}, {"id": "B", "duration": 1}],
                 "relations": [{"predecessor": "A", "successor": "B"\(members)}]}
                """
            ).file.network.relations[0]
        }
        #expect(try relation("") == Relation("A", "B"))
        #expect(try relation(", \"lag\": \"-2d\", \"type\": \"FF\"") == Relation("A", "B", .finishToFinish, lag: -960))
        #expect(try relation(", \"lag\": \"2ed\"") == Relation("A", "B", lag: 2880, lagCalendar: .elapsed))
        #expect(try relation(", \"lag\": \"50%\"").lag(after: 300) == 150)
        #expect(try relation(", \"lag\": \"-12.5%\"").lag(after: 300) == -38)
        #expect(
            try relation(", \"lag\": 5, \"lagCalendar\": \"continuous\"")
                == Relation("A", "B", lag: 5, lagCalendar: .calendar(1)))
        #expect(
            try relation(", \"lag\": 5, \"lagCalendar\": \"predecessor\"")
                == Relation("A", "B", lag: 5, lagCalendar: .predecessor))
    }

    // MARK: JSON

    @Test(
        "What is no JSON is told with its place",
        arguments: [
            ("{\"start\": }", "1:11"), ("{\"start\" 1}", "1:10"), ("{\"start\": 1,}", "1:13"),
            ("{\"a\": [1 2]}", "1:10"),
            ("{\"a\": 01}", "1:7"), ("{\"a\": +1}", "1:7"), ("{\"a\": tru}", "1:7"), ("{\"a\": \"b", "1:9"),
            ("{\"a\": \"\\x\"}", "1:9"), ("{\"a\": \"\\ud800\"}", "1:14"), ("{\"a\": 1} 2", "1:10"),
            ("{\"a\":\n\n  \"é\" 3}", "3:7"),
            ("{\"a\": \"x\ny\"}", "1:9"),
        ])
    func syntax(text: String, place: String) throws {
        let found = try #require(read(text).diagnostics.first)
        #expect(found.code == .syntax)
        #expect("\(found.place.span.start.line):\(found.place.span.start.column)" == place)
    }

    @Test("Escapes, surrogate pairs and every kind of line end are read")
    func escapes() throws {
        let network = try report(
            "{\r\n\"start\": \"2024-03-01\",\r\n\"network\": \"\\u6d4b\\ud83d\\ude00\\/\\\"\\\\\",\r\"activities\": [{\"id\": \"\u{8bc4}\", \"duration\": 1}]}"
        )
        #expect(network.file.id == "测😀/\"\\")
        #expect(network.id(0) == "评")
    }

    @Test("A file cut off anywhere is an error, never a network and never a crash")
    func cutOff() throws {
        let bytes = Array(try ProjectFiles.text("docs/examples/network.json").utf8)
        for end in stride(from: 1, to: bytes.count - 2, by: 7) {
            guard let text = String(validating: bytes[..<end], as: UTF8.self) else { continue }
            let reading = read(text)
            #expect(reading.value == nil && !reading.errors.isEmpty, "\(end)")
        }
    }

    @Test("Nesting, duplicate keys and unknown ones are refused")
    func hostile() {
        #expect(codes("{\"activities\": " + String(repeating: "[", count: 100_000)) == ["YML006"])
        #expect(
            codes(
                "{\"start\": \"2024-03-01\", \"start\": \"2024-03-02\", \"activities\": [{\"id\": \"A\", \"duration\": 1}]}"
            ) == ["YML011"])
        let unknown = read("{\"start\": \"2024-03-01\", \"activities\": [{\"id\": \"A\", \"duratoin\": 1}]}")
        #expect(unknown.diagnostics.map(\.code) == [.unknownKey])
        #expect(unknown.diagnostics[0].hints[0].en == "did you mean “duration”?")
        #expect(codes("{\"activities\": {}}").sorted() == ["YML016", "YML018"])
    }

    @Test("Hundreds of mistakes are counted, not listed, and names of many kilobytes are cut")
    func manyMistakes() {
        let long = String(repeating: "x", count: 20_000)
        let activities = (0..<2000).map { "{\"id\": \"\(long.prefix(50))\($0)\", \"duration\": \"-\($0)\"}" }
        let reading = read("{\"start\": \"2024-03-01\", \"activities\": [\(activities.joined(separator: ",\n"))]}")
        #expect(reading.diagnostics.count == 200)
        #expect(reading.omitted == 1799)
        let one = read("{\"start\": \"2024-03-01\", \"activities\": [{\"id\": \"A\", \"duration\": \"\(long)\"}]}")
        #expect(one.diagnostics.allSatisfy { $0.message.en.count < 500 })
    }

    @Test("Thousands of activities and relations are read and keep their order")
    func large() throws {
        let count = 2_000
        let activities = (0..<count).map { "{\"id\": \"a\($0)\", \"duration\": 480}" }.joined(separator: ",")
        let relations = (1..<count).map { "{\"predecessor\": \"a\($0 - 1)\", \"successor\": \"a\($0)\"}" }
        let text =
            "{\"start\": \"2024-03-01T08:00\", \"activities\": [\(activities)], \"relations\": [\(relations.joined(separator: ","))]}"
        let file = try #require(read(text).value)
        #expect(file.network.activities.map(\.id) == (0..<count).map { "a\($0)" })
        #expect(file.network.relations.count == count - 1)
        #expect(CriticalPath.solve(file.network, file.terms).totalFloat.allSatisfy { $0 == 0 })
    }

    // MARK: What is asked

    @Test("A plan printed as JSON is a baseline against which nothing moved")
    func baseline() throws {
        let text = try ProjectFiles.text("docs/examples/network.json")
        let printed = try report(text).json.pretty
        let baseline = try #require(BaselineFile.read(printed, path: "b.json").value)
        #expect(baseline.ids.count == 11)
        let again = NetworkReport.read(text, path: "n.json") { _ in
            var asked = NetworkReport.Questions()
            asked.baseline = baseline
            return asked
        }
        let comparison = try #require(again.value?.comparison)
        #expect(comparison.shifts.allSatisfy { !$0.isMoved })
        let broken = BaselineFile.read("{\"activities\": [{\"id\": \"A\", \"start\": \"soon\"}]}", path: "b.json")
        #expect(broken.diagnostics.contains { $0.code == .unreadableInstant })
    }
}

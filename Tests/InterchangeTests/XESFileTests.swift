import Interchange
import Testing
import WorkCalendar

@Suite("XES event logs")
struct XESFileTests {
    private func read(_ text: String) throws(ForeignFileError) -> XESReading { try XESFile.read(Array(text.utf8)) }

    private func refusal(_ text: String) -> ForeignFileError? {
        do throws(ForeignFileError) {
            _ = try read(text)
            return nil
        } catch { return error }
    }

    private func log(_ inside: String) -> String { "<?xml version='1.0'?>\n<log>\n\(inside)\n</log>" }

    private let event = """
        <event><string key="concept:name" value="T02 审查"/><date key="time:timestamp" \
        value="2010-10-02T09:20:39.266+02:00"/></event>
        """

    @Test("A trace with its events, in order of time; attributes that are not kept are counted")
    func readsTrace() throws {
        let reading = try read(
            log(
                """
                <extension name="Time" prefix="time" uri="x"/>
                <string key="concept:name" value="permits"/>
                <float key="meta" value="1"><float key="concept:name" value="2"/></float>
                <trace>
                  <string key="concept:name" value="case-891"/>
                  <string key="channel" value="Internet"/>
                  <event>
                    <string key="concept:name" value="B"/><string key="lifecycle:transition" value="Start"/>
                    <date key="time:timestamp" value="2010-10-03T00:00:00Z"/>
                    <string key="org:resource" value="R1"/><string key="org:group" value="G"/>
                    <string key="concept:instance" value="7"/><int key="cost" value="3"/>
                  </event>
                  \(event)
                </trace>
                <trace>\(event)</trace>
                """))
        #expect(reading.log.name == "permits")
        #expect(reading.log.cases.map(\.id) == ["case-891", "2"])
        #expect(reading.log.cases[0].events.map(\.activity) == ["T02 审查", "B"])
        let began = reading.log.cases[0].events[1]
        #expect(began.transition == .start && began.resource == "R1" && began.group == "G" && began.instance == "7")
        #expect(reading.ignored.map(\.attribute) == ["channel", "cost"] && reading.ignored.map(\.count) == [1, 1])
    }

    @Test("What is written reads the same again, whatever the names hold")
    func writtenReadsSame() throws {
        let day = try #require(LocalDate("2024-03-01"))
        let names = ["a<b>&\"c'", "多行\n\t名称", "]]><!DOCTYPE x>", "𠮷"]
        let events = names.enumerated().map { number, name in
            LoggedEvent(
                activity: name, instance: String(number), transition: LoggedEvent.Transition.allCases[number],
                time: LogTime(date: day, millisecondOfDay: number * 1234, secondsFromUTC: 28_800), resource: name,
                group: "住建")
        }
        let log = EventLog(name: "日志", cases: [LoggedCase(id: "x", events: events), LoggedCase(id: "y", events: [])])
        #expect(try read(XESFile.text(of: log)).log == log)
    }

    @Test(
        "Hostile and broken files are refused, with their place",
        arguments: [
            ("<!DOCTYPE log [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><log/>", 1, 1),
            ("<log>\n<!ENTITY a 'b'>\n</log>", 2, 1),
            ("<log>\n<trace>\n", 3, nil),
            ("<log><trace><event/></trace></log>", 1, nil),
            ("<log><xi:include href='file:///etc/passwd'/></log>", 1, nil),
            ("<log>\n<trace><event><date key='time:timestamp' value='yesterday'/></event></trace></log>", 2, nil),
            ("<log><trace><string key='concept:name'/></trace></log>", 1, nil),
            ("<log><string key='a' value='b", 1, 6),
            ("<log><!-- no end", 1, 6),
            ("not xml", nil, nil),
        ])
    func refuses(_ text: String, line: Int?, column: Int?) throws {
        let error = try #require(refusal(text))
        if let line { #expect(error.line == line) }
        if let column { #expect(error.column == column) }
        #expect(!error.message.zh.isEmpty && !error.advice.en.isEmpty)
    }

    @Test("Depth, length of a tag and size are limited before the parser sees them")
    func limits() {
        let deep = String(repeating: "<list>", count: 100) + String(repeating: "</list>", count: 100)
        #expect(refusal("<log>\(deep)</log>")?.message.en.contains("64") == true)
        let wide = (0..<20_000).map { " a\($0)='1'" }.joined()
        #expect(refusal("<log\(wide)/>")?.message.en.contains("16384") == true)
        #expect(throws: ForeignFileError.self) { try XESFile.read(Array("<log></log>".utf8), largest: 5) }
    }

    @Test("UTF-16 with a mark and a byte order mark are read; what is neither is refused")
    func encodings() throws {
        let text = "<?xml version='1.0' encoding='UTF-16'?><log><trace>\(event)</trace></log>"
        let units = Array(text.utf16)
        let (low, high) = (units.map { UInt8($0 & 0xFF) }, units.map { UInt8($0 >> 8) })
        let little: [UInt8] = [0xFF, 0xFE] + zip(low, high).flatMap { [$0, $1] }
        let big: [UInt8] = [0xFE, 0xFF] + zip(high, low).flatMap { [$0, $1] }
        let marked: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("<log><trace>\(event)</trace></log>".utf8)
        for bytes in [little, big, marked] {
            #expect(try XESFile.read(bytes).log.cases[0].events[0].activity == "T02 审查")
        }
        #expect(throws: ForeignFileError.self) { try XESFile.read([0x3C, 0xFF, 0xFE, 0x80]) }
    }

    @Test(
        "Times keep the civil date that the log writes, and order by UTC",
        arguments: [
            ("2010-10-02T00:20:39.266+02:00", "2010-10-02", "2010-10-02T00:20:39.266+02:00"),
            ("2010-10-02T09:20:39Z", "2010-10-02", "2010-10-02T09:20:39.000+00:00"),
            ("2010-10-02T09:20:39.5-05:30", "2010-10-02", "2010-10-02T09:20:39.500-05:30"),
            ("2010-10-02T09:20:39.1234567", "2010-10-02", "2010-10-02T09:20:39.123+00:00"),
        ])
    func times(_ text: String, date: String, again: String) throws {
        let time = try #require(LogTime(text))
        #expect(time.date == LocalDate(date))
        #expect(time.description == again)
        #expect(LogTime(again) == time)
    }

    @Test(
        "What is no time is none",
        arguments: [
            "", "2010-10-02", "2010-02-30T00:00:00Z", "2010-10-02T24:00:00Z", "2010-10-02T09:20:39+19:00",
            "2010-10-02T09:20:39.Z", "2010-10-02 09:20:39Z", "2010-10-02T09:20:39ZZ",
        ])
    func noTimes(_ text: String) { #expect(LogTime(text) == nil) }
}

import Testing
import WorkCalendar

@testable import Interchange

@Suite("Calendar feeds")
struct CalendarFeedTests {
    private static let date = LocalDate(year: 2024, month: 2, day: 28)!  // a date that exists

    private func event(_ summary: String, last: LocalDate? = nil) -> CalendarFeed.Event {
        CalendarFeed.Event(id: "case-1/permit@demo", sequence: 7, first: Self.date, last: last, summary: summary)
    }

    private func unfolded(_ text: String) -> [String] {
        text.split(separator: "\r\n", omittingEmptySubsequences: false).reduce(into: [String]()) { lines, line in
            if line.first == " ", !lines.isEmpty {
                lines[lines.count - 1] += line.dropFirst()
            } else {
                lines.append(String(line))
            }
        }
    }

    @Test("An event ends on the day after its last one, over a leap day too")
    func ends() {
        let feed = CalendarFeed(
            name: "期限", events: [event("规划许可"), event("公示", last: Self.date.adding(days: 2))])
        let lines = unfolded(feed.text(stamp: "20240228T020000Z"))
        #expect(lines.filter { $0.hasPrefix("DTSTART") } == Array(repeating: "DTSTART;VALUE=DATE:20240228", count: 2))
        #expect(
            lines.filter { $0.hasPrefix("DTEND") } == ["DTEND;VALUE=DATE:20240229", "DTEND;VALUE=DATE:20240302"])
        #expect(lines.contains("UID:case-1/permit@demo") && lines.contains("SEQUENCE:7"))
        #expect(lines.contains("REFRESH-INTERVAL;VALUE=DURATION:PT1H"))
    }

    @Test("Lines have at most 75 octets, end with CRLF and split no character")
    func folds() throws {
        let long = String(repeating: "规划许可证🏗️ and more; ", count: 30)
        let text = CalendarFeed(name: long, events: [event(long)]).text(stamp: "20240228T020000Z")
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.last == "")
        for line in lines {
            #expect(line.utf8.count <= 75)
            #expect(String(validating: Array(line.utf8), as: UTF8.self) != nil)
            #expect(!line.unicodeScalars.contains("\n"))
        }
        let summary = try #require(unfolded(text).first { $0.hasPrefix("SUMMARY:") })
        let plain = summary.dropFirst(8).replacing("\\;", with: ";")
        #expect(String(plain) == long)
    }

    @Test("Nothing in a text begins a line of its own")
    func injection() {
        var hostile = event("x\r\nBEGIN:VALARM\nEND:VEVENT")
        hostile.link = "https://example.invalid/\r\nATTENDEE:x"
        hostile.description = "a\\b,c;d\u{0}"
        let lines = unfolded(CalendarFeed(name: "n", events: [hostile]).text(stamp: "20240228T020000Z"))
        #expect(!lines.contains { $0.hasPrefix("BEGIN:VALARM") || $0.hasPrefix("ATTENDEE") })
        #expect(lines.filter { $0 == "END:VEVENT" }.count == 1)
        #expect(lines.contains("DESCRIPTION:a\\\\b\\,c\\;d\u{FFFD}"))
    }

    @Test("What does not happen any more is cancelled, not gone")
    func cancelled() {
        var gone = event("x")
        gone.isCancelled = true
        #expect(
            CalendarFeed(name: "n", events: [gone]).text(stamp: "20240228T020000Z").contains("STATUS:CANCELLED\r\n"))
    }
}

@Suite("Comma-separated values")
struct CSVTextTests {
    @Test(
        "No cell begins as a formula does",
        arguments: [
            "=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\0=1", "\u{FF1D}1", "\u{FF0B}1", "\u{FF0D}1", "\u{FF20}x",
        ])
    func guarded(_ cell: String) {
        let written = CSVText.written(head: ["a"], rows: [[cell]])
        let body = written.dropFirst("a\r\n".count)
        #expect(body.hasPrefix("'") || body.hasPrefix("\"'"))
    }

    @Test("Quotes, commas and line ends are quoted as RFC 4180 says, and read back")
    func quoted() throws {
        let rows = [["a,b", "c\"d"], ["e\nf", "规划"]]
        let text = CSVText.written(head: ["x", "y"], rows: rows)
        #expect(text == "x,y\r\n\"a,b\",\"c\"\"d\"\r\n\"e\nf\",规划\r\n")
        var lines = CSVLines(text)
        var read: [[String]] = []
        while let line = try lines.next() { read.append(line.fields) }
        #expect(read == [["x", "y"]] + rows)
    }
}

import Orchestrator
import TestSupport
import Testing
import WorkCalendar

@Suite("Moments in the log")
struct StoreInstantTests {
    @Test(
        "A moment is written in ISO 8601 with milliseconds and Z, and read back",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (1_709_251_199_999, "2024-02-29T23:59:59.999Z"),
            (1_795_221_311_007, "2026-11-21T00:35:11.007Z"),
            (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func writtenAndRead(milliseconds: Int64, text: String) {
        #expect(Instant(milliseconds: milliseconds).description == text)
        #expect(Instant(text) == Instant(milliseconds: milliseconds))
    }

    @Test("Any moment of the years 1 to 9999 survives writing and reading")
    func survives() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            let moment = Instant(
                milliseconds: Int64.random(in: -62_135_596_800_000...253_402_300_799_999, using: &generator))
            #expect(Instant(moment.description) == moment)
        }
    }

    @Test("Fewer or more decimals of a second are read; what is finer than a millisecond is cut off")
    func decimals() {
        #expect(Instant("1970-01-01T00:00:01Z")?.milliseconds == 1000)
        #expect(Instant("1970-01-01T00:00:01.5Z")?.milliseconds == 1500)
        #expect(Instant("1970-01-01T00:00:01.25Z")?.milliseconds == 1250)
        #expect(Instant("1970-01-01T00:00:01.123999Z")?.milliseconds == 1123)
        #expect(Instant("1970-01-01T00:00:01.123456789Z")?.milliseconds == 1123)
    }

    @Test(
        "A text that is no moment in UTC is refused",
        arguments: [
            "", "1970-01-01", "1970-01-01T00:00:00", "1970-01-01 00:00:00Z", "1970-01-01T24:00:00Z",
            "1970-01-01T00:60:00Z", "1970-01-01T23:59:60Z", "2023-02-29T00:00:00Z", "1970-01-01T00:00:00.Z",
            "1970-01-01T00:00:00+08:00", "1970-01-01T00:00:00.1234567890Z", "1970-01-01T00:00:00,5Z",
            "1970-01-01T0a:00:00Z", "1970-01-01T00:00:00.5 Z", "１970-01-01T00:00:00Z",
        ])
    func refused(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test("A moment falls on the civil date of the place")
    func civilDate() throws {
        let evening = try #require(Instant("2026-11-20T16:30:00Z"))
        #expect(evening.date().description == "2026-11-20")
        #expect(evening.date(secondsFromUTC: 8 * 3600).description == "2026-11-21")
        #expect(Instant(milliseconds: -1).date().description == "1969-12-31")
    }

    @Test("Identifiers are short ASCII words", arguments: ["c-1", "A.b_c:d-9", String(repeating: "x", count: 64)])
    func identifiers(text: String) {
        #expect(CaseID(text)?.text == text)
        #expect(CommandKey(text)?.text == text)
    }

    @Test(
        "An identifier that is empty, too long or holds another character is refused",
        arguments: ["", " ", "a b", "é", "а", "a\u{0}", "a/b", "a\n", "🙂", String(repeating: "x", count: 129)])
    func noIdentifiers(text: String) {
        #expect(CaseID(text) == nil)
        #expect(CommandKey(text) == nil)
    }
}

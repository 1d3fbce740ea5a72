import Foundation
import Testing
import WorkCalendar

struct DayAmountTests {
    @Test(
        "An amount of days is read as people write it",
        arguments: [
            ("5 wd", DayAmount.working(5)), ("5wd", .working(5)), ("0 wd", .zero), ("-0 cd", .calendar(0)),
            ("0.25 wd", DayAmount(minutes: 120, unit: .working)), ("-2 cd", .calendar(-2)),
            ("-1.5cd", DayAmount(minutes: -720, unit: .calendar)), ("007 wd", .working(7)),
            ("1.50 wd", .init(minutes: 720, unit: .working)),
            ("0.3333 wd", DayAmount(minutes: 160, unit: .working)),
            ("0.0021 wd", DayAmount(minutes: 1, unit: .working)),
            ("36525 cd", .calendar(36_525)), ("-36525 cd", .calendar(-36_525)),
        ])
    func read(text: String, amount: DayAmount) {
        #expect(DayAmount(text) == amount)
    }

    @Test(
        "What is no exact amount of days is refused",
        arguments: [
            "", "wd", " wd", "5", "5 d", "5 WD", "5 w d", "1 2 wd", " 5 wd", "5 wd ", "5  wd", "5\twd", "+5 wd",
            "--5 wd",
            "- 5 wd", "5. wd", ".5 wd", "1.2.3 wd", "5,0 wd", "1e3 wd", "0x5 wd", "0.33 wd", "0.0001 wd", "0.33333 wd",
            "36525.0021 cd", "36526 wd", "99999 wd", "100000 wd", "99999999999999999999 wd", "-36526 cd",
            "５ wd", "٥ wd", "५ cd", "²wd", "1０ wd", "5\u{301} wd", "5 wd\u{301}", "1/2 wd", "5\u{a0}wd", "∞ wd",
            "nan wd",
        ])
    func refused(text: String) {
        #expect(DayAmount(text) == nil)
    }

    @Test("Every minute of a day is written so that it is read back, with either sign")
    func roundTrips() {
        for minutes in -1500...1500 {
            let amount = DayAmount(minutes: minutes, unit: .working)
            #expect(DayAmount(amount.description) == amount)
        }
    }

    @Test(
        "Amounts are written as short as they are exact",
        arguments: [
            (0, "0 wd"), (480, "1 wd"), (-480, "-1 wd"), (120, "0.25 wd"), (-720, "-1.5 wd"), (160, "0.3333 wd"),
            (1, "0.0021 wd"),
        ])
    func written(minutes: Int, text: String) {
        #expect(DayAmount(minutes: minutes, unit: .working).description == text)
    }

    @Test(
        "A part of a day is used up by the closing of its day",
        arguments: [(0, 0), (1, 1), (120, 1), (480, 1), (481, 2), (-1, 0), (-480, -1), (-481, -1), (-960, -2)])
    func rounding(minutes: Int, days: Int) {
        #expect(DayAmount(minutes: minutes, unit: .working).wholeDaysRoundedUp == days)
    }

    @Test("An amount is a number and a unit in JSON, within the bounds of the written form")
    func json() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(
            String(decoding: try encoder.encode(DayAmount.working(5)), as: UTF8.self) == #"{"amount":5,"unit":"wd"}"#)
        for minutes in [-1, 1, 120, 160, 7 * 480, DayAmount.maximumDays * 480] {
            let amount = DayAmount(minutes: minutes, unit: .calendar)
            #expect(try JSONDecoder().decode(DayAmount.self, from: encoder.encode(amount)) == amount)
        }
        for text in [
            #"{"amount":36526,"unit":"wd"}"#, #"{"amount":1e300,"unit":"wd"}"#, #"{"amount":0.0001,"unit":"wd"}"#,
            #"{"amount":5,"unit":"d"}"#, #"{"amount":"5","unit":"wd"}"#, #"{"amount":5}"#,
        ] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(DayAmount.self, from: Data(text.utf8)) }
        }
    }
}

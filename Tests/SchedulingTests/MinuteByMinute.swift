import Scheduling
import TestSupport
import WorkCalendar

/// A working calendar written down minute by minute over two hundred days: the plain reference for `WorkingTime`.
struct MinuteByMinute: Sendable {
    static let days = 19_900..<20_100  // 2024-06-26 to 2025-01-11
    static let minutes = days.lowerBound * 1440..<days.upperBound * 1440

    /// `worked[i]` = working minutes before the i-th minute of the range.
    private let worked: [Int]
    /// First and last minute with so many working minutes before it.
    private let first: [Minute]
    private let last: [Minute]

    init(isWorking: (LocalDate, Int) -> Bool) {
        var worked: [Int] = []
        var first: [Minute] = []
        var last: [Minute] = []
        var sum = 0
        for day in Self.days {
            let date = LocalDate(dayNumber: day)
            for minute in 0..<1440 {
                worked.append(sum)
                if first.count == sum {
                    first.append(day * 1440 + minute)
                    last.append(day * 1440 + minute)
                } else {
                    last[sum] = day * 1440 + minute
                }
                if isWorking(date, minute) { sum += 1 }
            }
        }
        self.worked = worked
        self.first = first
        self.last = last
    }

    func work(before instant: Minute) -> Int { worked[instant - Self.minutes.lowerBound] }
    func work(_ start: Minute, _ finish: Minute) -> Int { work(before: finish) - work(before: start) }

    func add(_ minutes: Int, to instant: Minute) -> Minute {
        if minutes == 0 { return instant }
        let wanted = work(before: instant) + minutes
        return minutes > 0 ? first[wanted] : last[wanted]
    }

    func nextStart(_ instant: Minute) -> Minute { last[work(before: instant)] }
    func previousEnd(_ instant: Minute) -> Minute { first[work(before: instant)] }
    func isPeriodEnd(_ instant: Minute) -> Bool { previousEnd(instant) == instant && nextStart(instant) != instant }
}

/// Calendars in both forms.
enum Calendars {
    /// National Day 2024 with its make-up days, as published by the State Council for 2024.
    static let nationalDay = WorkCalendar(
        id: "cn-2024-autumn", version: "1", source: "国办发明电〔2023〕7号",
        week: [.monday, .tuesday, .wednesday, .thursday, .friday], published: nil,
        exceptions: ["09-15", "09-16", "09-17", "10-01", "10-02", "10-03", "10-04", "10-05", "10-06", "10-07"]
            .map { exception($0, works: false) }
            + ["09-14", "09-29", "10-12"].map { exception($0, works: true) })

    private static func exception(_ monthAndDay: String, works: Bool) -> WorkCalendar.Exception {
        let name = LocalizedText(zh: "节假日", en: "Holiday")
        return WorkCalendar.Exception(date: LocalDate("2024-" + monthAndDay)!, isWorking: works, name: name)
    }

    static let working = WorkingTime(calendar: nationalDay)
    static let everyDay = WorkingTime.everyDay()
    static let continuous = WorkingTime.continuous
    /// Mornings and afternoons, a short Wednesday, and one Saturday of three hours.
    static let shifts = WorkingTime(
        week: [
            .monday: [540..<720, 780..<1020], .tuesday: [780..<1020, 540..<720], .wednesday: [540..<600],
            .thursday: [0..<360, 1200..<1440], .friday: [0..<360],
        ],
        exceptions: [
            LocalDate("2024-09-14")!: [600..<700, 690..<780], LocalDate("2024-10-01")!: [],
            LocalDate("2024-10-02")!: [],
            LocalDate("2024-10-03")!: [0..<1440],
        ])

    static let all = [working, everyDay, continuous, shifts]
    static let allMinuteByMinute: [MinuteByMinute] = [
        MinuteByMinute { date, minute in (540..<1020).contains(minute) && nationalDay.isWorking(date) },
        MinuteByMinute { _, minute in (540..<1020).contains(minute) },
        MinuteByMinute { _, _ in true },
        MinuteByMinute { date, minute in
            switch date.description {
            case "2024-09-14": return (600..<780).contains(minute)
            case "2024-10-01", "2024-10-02": return false
            case "2024-10-03": return true
            default: break
            }
            switch date.weekday {
            case .monday, .tuesday: return (540..<720).contains(minute) || (780..<1020).contains(minute)
            case .wednesday: return (540..<600).contains(minute)
            case .thursday: return minute < 360 || minute >= 1200
            case .friday: return minute < 360
            case .saturday, .sunday: return false
            }
        },
    ]
}

func date(_ text: String) -> LocalDate { LocalDate(text)! }

/// `2024-09-27 17:00` as a minute.
func at(_ text: String) -> Minute {
    let parts = text.split(separator: " ")
    let time = parts[1].split(separator: ":").map { Int($0)! }
    return date(String(parts[0])).dayNumber * 1440 + time[0] * 60 + time[1]
}

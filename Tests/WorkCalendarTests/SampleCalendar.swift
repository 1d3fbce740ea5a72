import TestSupport
import WorkCalendar

/// A random calendar beside the same facts as a plain table, so that a loop can be held against it.
struct SampleCalendar {
    static let first = date("2023-06-01")
    static let length = 420
    let calendar: WorkCalendar
    private let table: [Bool]

    /// One to seven working weekdays, any number of exceptions, many of them in runs, some of them redundant.
    init(using random: inout SeededGenerator) {
        let week = Set(Weekday.allCases.shuffled(using: &random).prefix(Int.random(in: 1...7, using: &random)))
        let density = [0, 0.02, 0.1, 0.4].randomElement(using: &random)!
        let workingShare = [0.1, 0.5, 0.9].randomElement(using: &random)!
        var exceptions: [WorkCalendar.Exception] = []
        var table: [Bool] = []
        var run = 0
        for day in 0..<Self.length {
            let date = Self.first.adding(days: day)
            var works = week.contains(date.weekday)
            if run == 0, Double.random(in: 0..<1, using: &random) < density {
                run = Int.random(in: 1...8, using: &random)
            }
            if run > 0 {
                run -= 1
                works = Double.random(in: 0..<1, using: &random) < workingShare
                exceptions.append(.init(date: date, isWorking: works, name: LocalizedText(zh: "节", en: "feast")))
            }
            table.append(works)
        }
        self.table = table
        self.calendar = WorkCalendar(
            id: "sample", version: "1", source: "random", week: week, published: nil,
            exceptions: exceptions.shuffled(using: &random))
    }

    func isWorking(_ date: LocalDate) -> Bool {
        let position = date.dayNumber - Self.first.dayNumber
        return table.indices.contains(position) ? table[position] : calendar.week.contains(date.weekday)
    }

    /// The n-th working day after a date, one day at a time.
    func step(_ n: Int, from start: LocalDate) -> LocalDate {
        var day = start
        var left = n
        while left > 0 {
            day = day.adding(days: 1)
            if isWorking(day) { left -= 1 }
        }
        return day
    }

    /// A day within the table or a little outside it.
    func day(using random: inout SeededGenerator) -> LocalDate {
        Self.first.adding(days: Int.random(in: -30..<Self.length + 30, using: &random))
    }
}

import ArgumentParser
import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

struct CalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar", abstract: "Working days: add, count, and look at a calendar. 工作日历。",
        subcommands: [Add.self, Count.self, Show.self, ApplyCalendarCommand.self])

    struct Options: ParsableArguments {
        @Option(help: "A calendar's id (cn, weekdays) or file.")
        var calendar: String = "cn"

        @Flag(help: "Also list every day and why it counts or does not.")
        var days = false

        @Option(help: "text or json; the JSON is described in docs/json.md.")
        var format: OutputFormat = .text

        @OptionGroup var common: CommonOptions
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The day on which an amount of days is used up: add 2024-02-08 5wd. The first date is day 0.")

        @Argument(help: "The date that is day 0, YYYY-MM-DD.")
        var date: LocalDate

        @Argument(help: "An amount, such as 5wd, 0.25wd or 7cd.")
        var amount: DayAmount

        @OptionGroup var options: Options

        func run() async throws {
            try await options.common.terminal.run { terminal in
                let calendar = try Files(terminal: terminal).calendar(options.calendar)
                let end = calendar.adding(amount, to: date)
                let text = DayListText(calendar: calendar, terminal: terminal, from: date, to: end, unit: amount.unit)
                switch options.format {
                case .text: text.printAnswer(end.description, listing: options.days)
                case .json:
                    printOut(
                        text.json(
                            asked: [.init("amount", amount.json)], answer: [.init("end", .string(end.description))]))
                }
            }
        }
    }

    struct Count: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Working days after the first date, up to and including the second: count 2024-02-08 2024-03-01.")

        @Argument(help: "The date that is day 0, YYYY-MM-DD.")
        var from: LocalDate

        @Argument(help: "The last date, YYYY-MM-DD.")
        var to: LocalDate

        @OptionGroup var options: Options

        func run() async throws {
            try await options.common.terminal.run { terminal in
                let calendar = try Files(terminal: terminal).calendar(options.calendar)
                let count = calendar.workingDays(after: from, through: to)
                let text = DayListText(calendar: calendar, terminal: terminal, from: from, to: to, unit: .working)
                switch options.format {
                case .text: text.printAnswer(String(count), listing: options.days)
                case .json: printOut(text.json(asked: [], answer: [.init("workingDays", .integer(count))]))
                }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A year at a glance: holidays, make-up days, working days.")

        @Argument(help: "The year, such as 2024.")
        var year: Int

        @OptionGroup var options: Options

        func validate() throws {
            guard (1...9999).contains(year) else { throw ValidationError("the year is 1 to 9999") }
        }

        func run() async throws {
            try await options.common.terminal.run { terminal in
                let calendar = try Files(terminal: terminal).calendar(options.calendar)
                guard let first = LocalDate(year: year, month: 1, day: 1),
                    let last = LocalDate(year: year, month: 12, day: 31)
                else { return }
                if options.format == .json {
                    printOut(json(of: calendar, from: first, to: last).pretty)
                    return
                }
                var table = TextTable([
                    .init(terminal.say("月", "month"), .right), .init(terminal.say("工作日", "working days"), .right),
                    .init(terminal.say("放假（·）与调休上班（+）", "days off (·) and make-up days (+)"), limit: 100),
                ])
                for month in 1...12 {
                    guard let start = LocalDate(year: year, month: month, day: 1) else { continue }
                    let end = LocalDate(year: year, month: month + 1, day: 1)?.adding(days: -1) ?? last
                    let marks = calendar.exceptions.filter { start <= $0.date && $0.date <= end }.map {
                        "\($0.isWorking ? "+" : "·")\($0.date.components.day)"
                    }
                    let worked = calendar.workingDays(after: start.adding(days: -1), through: end)
                    table.add([String(month), String(worked), marks.joined(separator: " ")])
                }
                printOut(table.text)
                let total = calendar.workingDays(after: first.adding(days: -1), through: last)
                printOut(
                    terminal.say(
                        "\(year) 年共 \(total) 个工作日（日历 \(calendar.id) \(calendar.version)）",
                        "\(total) working days in \(year) (calendar \(calendar.id) \(calendar.version))"))
                if calendar.isProvisional(first) || calendar.isProvisional(last) {
                    printOut(terminal.say("放假安排尚未公布，结果暂定。", "Holidays not yet published: provisional."))
                }
            }
        }

        private func json(of calendar: WorkCalendar, from first: LocalDate, to last: LocalDate) -> JSONText {
            .members([
                "calendar": .string(calendar.id), "version": .string(calendar.version), "year": .integer(year),
                "workingDays": .integer(calendar.workingDays(after: first.adding(days: -1), through: last)),
                "provisional": .bool(calendar.isProvisional(first) || calendar.isProvisional(last)),
                "exceptions": .array(
                    calendar.exceptions.filter { first <= $0.date && $0.date <= last }.map {
                        .members([
                            "date": .string($0.date.description), "working": .bool($0.isWorking),
                            "name": $0.name.json,
                        ])
                    }),
            ])
        }
    }
}

/// An answer about days, with the list of days behind it.
struct DayListText {
    let calendar: WorkCalendar
    let terminal: Terminal
    let from: LocalDate
    let to: LocalDate
    let unit: DayUnit

    /// Longer stretches are answered but not listed.
    static let longestList = 20_000

    private var ledger: DayLedger? {
        guard from < to, to.days(since: from) <= Self.longestList else { return nil }
        let period = RunningPeriod(start: from, finish: to)
        return Measures.ledger(of: [period], after: from, through: to, on: calendar, unit: unit)
    }

    private var isProvisional: Bool { calendar.isProvisional(from) || calendar.isProvisional(to) }

    func printAnswer(_ answer: String, listing: Bool) {
        printOut(answer)
        if isProvisional {
            printError(
                terminal.say("注意：超出已公布的放假安排，结果暂定。", "note: beyond the published holidays; provisional."))
        }
        guard listing, let ledger else { return }
        for entry in ledger.entries {
            let count = entry.standing.counts ? String(entry.total) : "–"
            printOut("\(entry.date)  \(DisplayWidth.padded(count, to: 5))\(reason(of: entry.kind))")
        }
    }

    func json(asked: [JSONText.Member], answer: [JSONText.Member]) -> String {
        let days =
            ledger?.entries.map { entry in
                JSONText.members([
                    "date": .string(entry.date.description), "counts": .bool(entry.standing.counts),
                    "total": .integer(entry.total), "kind": .string(Self.name(of: entry.kind)),
                    "name": name(of: entry.kind)?.json ?? .null,
                ])
            } ?? []
        let head: [JSONText.Member] = [
            .init("calendar", .string(calendar.id)), .init("version", .string(calendar.version)),
            .init("from", .string(from.description)),
        ]
        return JSONText.object(
            head + asked + answer + [
                .init("to", .string(to.description)), .init("provisional", .bool(isProvisional)),
                .init("days", .array(days)),
            ]
        ).pretty
    }

    /// The name of a kind of day in JSON.
    static func name(of kind: DayKind) -> String {
        switch kind {
        case .ordinary: "working"
        case .makeUp: "makeUp"
        case .weekend: "weekend"
        case .holiday: "holiday"
        }
    }

    private func name(of kind: DayKind) -> LocalizedText? {
        switch kind {
        case .makeUp(let name), .holiday(let name): name
        case .ordinary, .weekend: nil
        }
    }

    /// Why a day counts or does not.
    func words(of entry: DayLedger.Entry) -> String {
        switch entry.standing {
        case .counted, .moved, .beyondLimit, .dayOff: reason(of: entry.kind)
        case .stopped(let stop): terminal.say("停止计时：\(stop.reason.title.zh)", "clock stopped: \(stop.reason.title.en)")
        case .idle: terminal.say("无人计时", "nobody's clock runs")
        case .decided: terminal.say("已办结", "decided")
        }
    }

    private func reason(of kind: DayKind) -> String {
        switch kind {
        case .ordinary: terminal.say("工作日", "working day")
        case .makeUp(let name): terminal.say("调休上班（\(name.zh)）", "make-up working day (\(name.en))")
        case .weekend: terminal.say("周末", "weekend")
        case .holiday(let name): terminal.say("放假（\(name.zh)）", "holiday (\(name.en))")
        }
    }
}

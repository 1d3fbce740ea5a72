import ArgumentParser
import CaseEngine
import WorkCalendar
import WorkflowModel

extension RegistryCommand {
    struct HoursEntry: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "hours",
            abstract: "Say when the window serves: hours, longer days 延时, days of the weekend 5+X, single days.",
            discussion: "What is said takes the place of what was said before. Limits count working days all the same.")

        @Argument(help: "The hours of working days, such as 09:00-17:30.") var hours: ServiceHours
        @Option(
            name: .customLong("longer"), parsing: .singleValue,
            help: "Other hours on a working day, such as wed=09:00-19:30; may be given several times.")
        var longer: [WeekdayHours] = []
        @Option(
            name: .customLong("extra"), parsing: .singleValue,
            help: "Hours on a day of the weekend, such as sat=09:00-12:00; may be given several times.")
        var extra: [WeekdayHours] = []
        @Option(
            name: .customLong("day"), parsing: .singleValue,
            help: "A single day, 2024-05-01=09:00-12:00 or 2024-05-02=closed; may be given several times.")
        var days: [DayHours] = []
        @Option(help: "The rule it follows.") var reason: String
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .serviceSet(
                service: ServiceCalendar(
                    hours: hours, longer: Dictionary(longer.map { ($0.day, $0.hours) }, uniquingKeysWith: { $1 }),
                    extra: Dictionary(extra.map { ($0.day, $0.hours) }, uniquingKeysWith: { $1 }),
                    days: Dictionary(days.map { ($0.date, $0.hours) }, uniquingKeysWith: { $1 })),
                reason: reason)
        }
    }
}

extension ServiceHours: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

/// `sat=09:00-12:00`.
struct WeekdayHours: ExpressibleByArgument {
    let day: Weekday
    let hours: ServiceHours

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let day = Weekday(abbreviation: parts[0]), let hours = ServiceHours(parts[1]) else {
            return nil
        }
        self.day = day
        self.hours = hours
    }
}

/// `2024-05-01=09:00-12:00` or `2024-05-02=closed`.
struct DayHours: ExpressibleByArgument {
    let date: LocalDate
    let hours: ServiceHours?

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let date = LocalDate(parts[0]) else { return nil }
        self.date = date
        if parts[1] == "closed" {
            hours = nil
        } else if let hours = ServiceHours(parts[1]) {
            self.hours = hours
        } else {
            return nil
        }
    }
}

import ArgumentParser
import CaseEngine
import WorkCalendar
import WorkflowModel

/// Times that somebody is expected at.
extension TaskCommand {
    struct Book: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Book a time at the window, at home or on site 预约, as the applicant or the window.")
        @OptionGroup var target: ItemTarget
        @Option(name: .customLong("for"), help: "window, home or inspection.") var purpose: AppointmentPurpose = .window
        @Option(help: "The date.") var date: LocalDate
        @Option(help: "The time, such as 09:30.") var at: TimeOfDay
        @Option(help: "Where, at home or on site.") var place: String?
        func command(for item: ItemState) -> ItemCommand { .book(purpose: purpose, date: date, at: at, place: place) }
    }

    struct Rebook: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Move the appointment to another time 改约.")
        @OptionGroup var target: ItemTarget
        @Option(help: "The date.") var date: LocalDate
        @Option(help: "The time, such as 09:30.") var at: TimeOfDay
        func command(for item: ItemState) -> ItemCommand { .rebook(date: date, at: at) }
    }

    struct CancelAppointment: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Cancel the appointment 取消预约.")
        @OptionGroup var target: ItemTarget
        @Option(help: "Why.") var reason: String
        func command(for item: ItemState) -> ItemCommand { .cancelAppointment(reason: reason) }
    }

    struct KeepAppointment: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Say, on the day, that somebody came 履约; otherwise the appointment was missed.")
        @OptionGroup var target: ItemTarget
        func command(for item: ItemState) -> ItemCommand { .keepAppointment }
    }
}

extension AppointmentPurpose: ExpressibleByArgument {}

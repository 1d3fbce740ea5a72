import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

/// Booked, moved, cancelled, kept and missed.
enum AppointmentStories {
    static let morning = TimeOfDay("09:30")!  // a time of day
    static let noon = TimeOfDay("12:00")!

    static func book(_ date: LocalDate, _ at: TimeOfDay = morning) -> ItemCommand {
        .book(purpose: .window, date: date, at: at)
    }

    static func open() throws -> Story {
        var story = try Story(.make([.make("permit"), .make("other")]), opened: "2024-03-04")
        story.registry = registry(taken: 0)
        return story
    }

    /// Served from nine to twelve on working days, some of half past nine of 6 March taken.
    static func registry(taken: Int) -> Registry {
        var registry = Registry()
        let hours = ServiceHours("09:00-12:00")!
        var entries: [RegistryEntry] = [.serviceSet(service: ServiceCalendar(hours: hours), reason: "notice")]
        entries += (0..<taken).map { number in
            .appointmentReported(
                report: AppointmentReport(
                    id: "c\(number).permit.1", sequence: 3, date: "2024-03-06", at: morning, reportedOn: "2024-03-01"))
        }
        for entry in entries {
            let events = try? registry.decide(entry, by: Actor(role: .supervisor, name: "A"), on: "2024-03-01")
            for event in events ?? [] { registry.evolve(by: event) }
        }
        return registry
    }

    static func all() throws -> [Story] { [try course()] }

    static func course() throws -> Story {
        var story = try open()
        try story.act("2024-03-04", .owner, "permit", book("2024-03-06"))
        try story.act("2024-03-04", .owner, "permit", .rebook(date: "2024-03-07", at: morning))
        try story.act("2024-03-07", .window, "permit", .keepAppointment)
        try story.act("2024-03-07", .owner, "other", book("2024-03-08"))
        try story.act("2024-03-07", .owner, "other", .cancelAppointment(reason: "ill"))
        try story.act("2024-03-07", .owner, "other", book("2024-03-11"))
        try story.pass(to: "2024-03-11")
        return story
    }

    static func rejections() throws -> [CaseRejection] {
        var booked = try open()
        try booked.act("2024-03-04", .owner, "permit", book("2024-03-06"))
        var full = try open()
        full.registry = registry(taken: 2)
        var absent = try open()
        for day in ["2024-03-04", "2024-03-05", "2024-03-06"] {
            try absent.act(LocalDate(day)!, .owner, "permit", book(LocalDate(day)!))
            try absent.pass(to: LocalDate(day)!)
        }
        let plain = try open()
        func rejection(_ command: ItemCommand) -> CaseRejection? {
            plain.rejection("2024-03-04", .owner, "permit", command)
        }
        return [
            booked.rejection("2024-03-04", .owner, "permit", book("2024-03-07")),
            booked.rejection("2024-03-05", .window, "permit", .keepAppointment),
            full.rejection("2024-03-04", .owner, "permit", book("2024-03-06")),
            absent.rejection("2024-03-07", .owner, "permit", book("2024-03-08")),
            rejection(.cancelAppointment(reason: "a")), rejection(book("2024-03-01")), rejection(book("2024-03-09")),
            rejection(book("2024-03-06", noon)),
        ].compactMap(\.self)
    }
}

@Suite("Appointments")
struct AppointmentTests {
    @Test("A time is kept by who comes and missed by who does not, and told each time")
    func course() throws {
        let story = try AppointmentStories.course()
        let standings = ["permit", "other"].map { story[$0].aftermath?.appointments.map(\.standing) }
        #expect(standings == [[.kept], [.cancelled, .missed]])
        #expect(story.events.count(where: \.isReported) == 7)
        #expect(story.last.map(\.kind) == [.appointmentMissed])
    }

    @Test("A time that is full says which one has room")
    func full() throws {
        var story = try AppointmentStories.open()
        story.registry = AppointmentStories.registry(taken: 2)
        #expect(
            story.rejection("2024-03-04", .owner, "permit", AppointmentStories.book("2024-03-06"))
                == .slotFull("2024-03-06", at: AppointmentStories.morning, next: TimeOfDay("10:00")))
        story.registry = AppointmentStories.registry(taken: 1)
        try story.act("2024-03-04", .owner, "permit", AppointmentStories.book("2024-03-06"))
    }

    @Test("A time that was given back is free again, whatever the order in which it is told")
    func freed() throws {
        func count(_ reports: [AppointmentReport]) -> Int {
            var registry = Registry()
            for report in reports {
                let supervisor = Actor(role: .supervisor, name: "A")
                let events = try? registry.decide(
                    .appointmentReported(report: report), by: supervisor, on: "2024-03-04")
                for event in events ?? [] { registry.evolve(by: event) }
            }
            return registry.booked(
                on: "2024-03-06", slot: BookingPolicy.standard.slot(of: AppointmentStories.morning))
        }
        func report(_ sequence: Int, _ at: TimeOfDay?) -> AppointmentReport {
            AppointmentReport(
                id: "c.permit.1", sequence: sequence, date: "2024-03-06", at: at, reportedOn: "2024-03-04")
        }
        let booked = report(3, AppointmentStories.morning)
        let cancelled = report(5, nil)
        #expect(count([booked]) == 1)
        #expect(count([booked, cancelled]) == 0)
        #expect(count([cancelled, booked]) == 0)
    }

    @Test("What was booked stays booked when the item is filed")
    func filed() throws {
        var story = try AppointmentStories.open()
        try story.act("2024-03-04", .owner, "permit", AppointmentStories.book("2024-03-06"))
        try story.act("2024-03-05", .owner, "permit", .file(materials: []))
        #expect(story["permit"].openAppointment?.date == "2024-03-06")
        #expect(story.machine.requests(in: story.state).contains { $0.party == .window && $0.due == "2024-03-06" })
    }
}

import CaseEngine
import Testing
import WorkCalendar

@testable import Orchestrator

@Suite("The last place of a time")
struct LastPlaceTests {
    private static let morning = TimeOfDay("09:30")!  // a time of day
    private static let noon = TimeOfDay("12:00")!

    private static func book(_ at: TimeOfDay = morning) -> CaseCommand {
        .item("permit", .book(purpose: .window, date: Office.start, at: at))
    }

    /// Whether the booking was made; `false` if the time was full.
    private static func books(_ office: Office, _ number: Int, at: TimeOfDay = morning, key: String = "book")
        async throws
        -> Bool
    {
        do {
            _ = try await office.orchestrator.perform(
                book(at), on: try #require(CaseID("case-\(number)")), key: try #require(CommandKey(key)),
                by: Office.owner, on: Office.start, at: .officeClosing(of: Office.start))
            return true
        } catch CaseRejection.slotFull {
            return false
        }
    }

    private static func opened(_ count: Int) async throws -> (Office, Office) {
        let office = try Office(InMemoryStore())
        for number in 0..<count { try await office.open(try #require(CaseID("case-\(number)"))) }
        return (office, try office.another())
    }

    @Test("Of many who book one time at once through two processes, as many get it as there are places")
    func atOnceFromTwo() async throws {
        let (office, other) = try await Self.opened(12)
        let booked = try await atOnce(12) { number in
            try await Self.books(number.isMultiple(of: 2) ? office : other, number)
        }
        #expect(booked.count { $0 } == BookingPolicy.standard.capacity)
        let registry = try await office.orchestrator.registry()
        let places = registry.places(on: Office.start, at: Self.morning, without: "nobody")
        #expect(places.booked == BookingPolicy.standard.capacity && places.capacity == places.booked)
    }

    @Test("A booking sent again holds one place, and a refused one gives its place back")
    func again() async throws {
        let (office, other) = try await Self.opened(4)
        #expect(try await Self.books(office, 0))
        #expect(try await Self.books(other, 0), "the same answer")
        // Case 0 has an appointment already: refused, and the places of noon are free again.
        await #expect(throws: CaseRejection.self) { try await Self.books(office, 0, at: Self.noon, key: "noon") }
        #expect(try await Self.books(office, 1, at: Self.noon))
        #expect(try await Self.books(other, 2, at: Self.noon))
        #expect(try await Self.books(office, 3, at: Self.noon) == false)
        #expect(try await Self.books(other, 3))
    }
}

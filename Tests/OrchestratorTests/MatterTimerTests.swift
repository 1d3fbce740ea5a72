import CaseEngine
import Orchestrator
import Testing
import WorkCalendar

@Suite("Timers of matters")
struct MatterTimerTests {
    @Test("What supervision follows is due like anything else, though it touches no item")
    func overdueMatter() async throws {
        let office = try Office(InMemoryStore())
        try await office.open()
        try await office.perform(
            .supervise(.complain(item: "permit", department: nil, text: "nobody answers")), "complaint")
        let later = Office.start.adding(days: 60)
        let names = try await office.store.dueTimers(through: later, after: nil, limit: 100).map(\.timer.name)
        #expect(names == ["complaint-1:overdue-0"])
        try await office.perform(
            .supervise(.answer(matter: "complaint-1", answer: "done", outcome: nil, by: nil)), "answer",
            by: Office.officer)
        #expect(try await office.store.dueTimers(through: later, after: nil, limit: 100).isEmpty)
    }
}

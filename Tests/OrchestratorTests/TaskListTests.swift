import CaseEngine
import Testing
import WorkCalendar
import WorkflowModel

@testable import Orchestrator

@Suite("Tasks and messages of cases")
struct TaskListTests {
    /// What the store lists of a case, and what the case asks for.
    private func compare(_ office: Office, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let snapshot = try await office.snapshot()
        var listed: [String: (party: String, due: LocalDate?)] = [:]
        for party in ["applicant", "window", "supervisor", "planning", "owner"] {
            for found in try await office.store.tasks(of: party, TaskFilter(), after: nil, limit: 1000) {
                #expect(listed[found.task.name] == nil, sourceLocation: sourceLocation)
                listed[found.task.name] = (party, found.task.due)
                let body = try #require(TaskBody(found.task.body))
                #expect(body.kind.isEmpty == false, sourceLocation: sourceLocation)
            }
        }
        let asked =
            snapshot.machine.requests(in: snapshot.state).map { ($0.id, $0.party.name, $0.due) }
            + snapshot.machine.oversightRequests(in: snapshot.state).map { ($0.id, $0.party.name, $0.due) }
        #expect(listed.count == asked.count, sourceLocation: sourceLocation)
        for (id, party, due) in asked {
            #expect(listed[id]?.party == party, "\(id)", sourceLocation: sourceLocation)
            #expect(listed[id]?.due == due, "\(id)", sourceLocation: sourceLocation)
        }
    }

    @Test("The store lists what a case asks for, after every command and after a restart")
    func tasksFollowRequests() async throws {
        let office = try Office(InMemoryStore(), owner: "示例公司")
        try await office.open()
        try await compare(office)
        for number in 0..<5 {
            try await office.work(number, .begin)
            try await compare(office)
        }
        try await office.work(2, .complete)
        try await compare(office)
        try await office.admitPermit()
        try await compare(office)
        let another = try office.another()
        try await another.work(3, .complete)
        try await compare(another)
        try await office.perform(
            .supervise(.complain(item: "permit", department: nil, text: "nobody answers")), "complaint")
        try await compare(office)
        _ = try await office.decide(.granted, "grant")
        try await compare(office)
        try await office.perform(.withdrawCase(reason: "no money"), "withdraw")
        try await compare(office)
    }

    @Test("An item on the plan's critical path comes before others, and its body says what a list shows")
    func ranksAndBodies() async throws {
        let office = try Office(InMemoryStore(), owner: "示例公司")
        try await office.open()
        let tasks = try await office.store.tasks(of: "applicant", TaskFilter(owner: "示例公司"), after: nil, limit: 5)
        let first = try #require(tasks.first)
        #expect(first.task.name.hasPrefix("permit:"))
        #expect(first.task.rank == 0)
        #expect(first.owner == "示例公司")
        let body = try #require(TaskBody(first.task.body))
        #expect(body.item == "permit")
        #expect(body.kind == "file")
        #expect(body.title == LocalizedText(zh: "许可", en: "Permit"))
        #expect(body.since == Office.start)
        #expect(tasks.dropFirst().allSatisfy { $0.task.rank == 1 }, "two days of float")
        #expect(TaskBody([0x61]) == nil)
    }

    @Test("What is asked of a department with a system of its own is told by message, with the events and once")
    func requestsAreTold() async throws {
        let store = InMemoryStore()
        let office = try Office(store)
        let orchestrator = Orchestrator(store: store, receivers: ["planning": "plan-sys"])
        func perform(_ command: CaseCommand, _ key: String, by actor: Actor) async throws {
            _ = try await orchestrator.perform(
                command, on: Office.id, key: try #require(CommandKey(key)), by: actor, on: Office.start,
                at: .officeClosing(of: Office.start))
        }
        func told() async throws -> [OutgoingMessage] {
            try await store.waitingMessages(for: "plan-sys", at: .now, limit: 99).map(\.message)
        }
        try await office.open()
        #expect(try await told().isEmpty)
        try await perform(.item("permit", .file(materials: [])), "file", by: Office.owner)
        try await perform(.item("permit", .admit), "admit", by: Office.officer)
        let messages = try await told()
        #expect(messages.last?.kind == "item.requested")
        let decide = try #require(messages.first { $0.dedupKey == "case-1:permit:1.0:decide" })
        let text = String(decoding: decide.payload, as: UTF8.self)
        for part in [
            "\"case\":\"case-1\"", "\"request\":\"permit:1.0:decide\"", "\"task\":\"decide\"",
            "\"department\":\"planning\"",
        ] { #expect(text.contains(part), "\(text)") }
        #expect(!text.contains("officer"), "no names")
        // Another process knows nothing of what was told, and tells nobody twice.
        let restarted = Orchestrator(store: store, receivers: ["planning": "plan-sys"])
        _ = try await restarted.perform(
            .item("work-1", .begin), on: Office.id, key: try #require(CommandKey("b")), by: Office.owner,
            on: Office.start, at: .officeClosing(of: Office.start))
        #expect(try await told() == messages)
    }
}

import CaseEngine
import Planning
import Testing
import WorkCalendar
import WorkflowModel

@testable import Orchestrator

@Suite("Keeping lists up with the logs")
struct CaseListsTests {
    private let today = Office.start.adding(days: 3)

    private func lists(_ office: Office, _ store: InMemoryStore) -> CaseLists {
        CaseLists(store: store, orchestrator: office.orchestrator, clock: StandingClock(on: today))
    }

    private func figures(_ store: InMemoryStore) async throws -> [CaseFigures] {
        try await store.listedCases(matching: ListFilter(date: today), in: .opening, after: nil, limit: 99)
            .map(\.figures)
    }

    @Test("What was there before and what comes later is listed, each case as it stands")
    func follows() async throws {
        let store = InMemoryStore()
        let office = try Office(store, owner: "示例公司", ownerCode: "91500112MA5260182G")
        try await office.open()
        try await office.open(try #require(CaseID("case-2")))
        let lists = lists(office, store)
        await lists.catchUp(within: .seconds(20))
        #expect(await lists.isFilled)
        var found = try await figures(store)
        #expect(found.map(\.caseID.text) == ["case-1", "case-2"])
        #expect(found[0].ownerName == "示例公司")
        #expect(found[0].departments == ["owner", "planning"])
        #expect(found[0].search.contains("2401-500000-04-01-000001"))
        let snapshot = try await office.snapshot()
        #expect(
            found[0].finish
                == (try Planner(plan: snapshot.machine.plan, calendar: snapshot.machine.calendar)
                    .report(start: Office.start).finish))
        try await office.admitPermit()
        await lists.catchUp(within: .seconds(20))
        found = try await figures(store)
        #expect(found[0].version == (try await office.snapshot().state.version))
        #expect(found[0].lights.isRunning)
        #expect(ListedBody(found[0].body)?.waiting.isEmpty == false)
        #expect(CaseTally(found[0].tally)?.parts.map(\.item) == ["permit"])
        try await office.perform(.withdrawCase(reason: "no money"), "withdraw")
        await lists.catchUp(within: .seconds(20))
        found = try await figures(store)
        #expect(found[0].status == "withdrawn" && found[0].lights.light(on: today) == nil)
        #expect(CaseTally(found[0].tally)?.parts.isEmpty == true)
    }

    @Test("Cases that an earlier schema left without rows of tasks get them")
    func oldCases() async throws {
        let store = InMemoryStore()
        let office = try Office(store)
        try await office.open()
        try await office.admitPermit()
        func tasks() async throws -> [StoredTask] {
            var found: [StoredTask] = []
            for party in ["applicant", "planning", "owner", "window"] {
                found += try await store.tasks(of: party, TaskFilter(), after: nil, limit: 99).map(\.task)
            }
            return found
        }
        let before = try await tasks()
        await store.forgetTasks()
        #expect(try await tasks().isEmpty)
        let other = try office.another()
        await lists(other, store).catchUp(within: .seconds(20))
        #expect(try await tasks() == before)
        #expect(!before.isEmpty)
    }

    @Test("A case that cannot be read is missing, and the others are there")
    func damaged() async throws {
        let store = InMemoryStore()
        let office = try Office(store)
        try await office.open()
        let day = Office.start
        _ = try await store.append([
            AppendRequest(
                caseID: try #require(CaseID("broken")), expectedVersion: 0, key: try #require(CommandKey("k")),
                events: [NewEvent(kind: "noted", on: day, at: .officeClosing(of: day), actor: "x", payload: [0x7B])],
                summary: CaseSummary(
                    workflow: "works", workflowVersion: "1", title: "x", status: "open", openedOn: day, updatedOn: day))
        ])
        let lists = lists(office, store)
        await lists.catchUp(within: .seconds(20))
        #expect(try await figures(store).map(\.caseID) == [Office.id])
        #expect(await lists.isFilled)
    }
}

extension InMemoryStore {
    /// As a store of an earlier schema has them.
    fileprivate func forgetTasks() {
        for id in contents.cases.keys { contents.cases[id]?.tasks = [] }
    }
}

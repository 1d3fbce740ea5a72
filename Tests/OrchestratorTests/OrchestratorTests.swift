import CaseEngine
import Foundation
import Orchestrator
import Planning
import Testing
import WorkCalendar
import WorkflowModel

@Suite("One writer a case")
struct OrchestratorTests {
    // MARK: Opening

    @Test("A case that is opened again in the same way has the same answer and no second effect")
    func openedAgain() async throws {
        let office = try Office(InMemoryStore())
        let first = try await office.open()
        let again = try await office.open()
        let elsewhere = try await office.another().open()
        #expect(!first.isRepeat && again.isRepeat && elsewhere.isRepeat)
        #expect(first.events == again.events && first.events == elsewhere.events)
        #expect(first.version == again.version && first.version == elsewhere.version)
        #expect(try await office.checkedLog().count == first.version)
    }

    @Test("The owner's code is still known when the case is read from its log")
    func ownerCodeIsKept() async throws {
        let store = InMemoryStore()
        let code = "91350100M000100Y43"
        let first = try await Office(store, owner: "业主", ownerCode: code).open()
        let elsewhere = try Office(store, owner: "业主", ownerCode: code)
        #expect(try await elsewhere.snapshot().state.opening?.ownerCode == code)
        #expect(try await elsewhere.open().events == first.events)
    }

    @Test("Of openings that come at once, from two processes, one happens and all have its answer", arguments: 1...10)
    func openedAtOnce(round: Int) async throws {
        let office = try Office(InMemoryStore())
        let other = try office.another()
        let answers = try await atOnce(20) { try await ($0.isMultiple(of: 2) ? office : other).open() }
        #expect(answers.count { !$0.isRepeat } == 1)
        #expect(answers.allSatisfy { $0.events == answers[0].events })
        #expect(try await office.checkedLog().count == answers[0].version)
    }

    @Test("A case id that is in use for something else is refused, also when both come at once")
    func otherOpening() async throws {
        let office = try Office(InMemoryStore())
        let outcomes = await attempts(20) { number in
            try await office.open(facts: ["floorArea": .number(Double(number))])
        }
        #expect(outcomes.successes.count == 1)
        #expect(outcomes.rejections.count == 19)
        #expect(outcomes.rejections.allSatisfy { $0 == .caseAlreadyOpen })
        _ = try await office.checkedLog()
    }

    @Test("A workflow that was edited but kept its version opens no case, and the error says what to do")
    func editedWorkflow() async throws {
        let store = InMemoryStore()
        try await Office(store).open()
        let edited = try Office(store, edit: { $0.replacing("takes: 3 wd", with: "takes: 2 wd") })
        let error = await #expect(throws: OrchestratorError.self) { try await edited.open(CaseID("case-2")!) }
        #expect(error == .otherTextPublished("workflow.works 1"))
        #expect(
            error?.text.en == "'workflow.works 1' is published with another text; give the edited one a new version")
        #expect(try await store.head(of: CaseID("case-2")!) == nil)
    }

    @Test("A case does not run on a text that was changed in the store behind its back")
    func changedText() async throws {
        let store = FaultyStore()
        let office = try Office(store)
        try await office.open()
        let text = String(decoding: try await store.definition("workflow.works", version: "1")!.bytes, as: UTF8.self)
        await store.edit("workflow.works", text.replacing("takes: 3 wd", with: "takes: 2 wd"))
        await #expect(throws: OrchestratorError.definitionChanged("workflow.works 1")) {
            try await office.another().snapshot()
        }
    }

    @Test("A case that does not exist is unknown, and asking for it leaves nothing in memory")
    func unknownCase() async throws {
        let office = try Office(InMemoryStore())
        for _ in 0..<3 {
            await #expect(throws: OrchestratorError.unknownCase(Office.id)) { try await office.work(0, .begin) }
            await #expect(throws: OrchestratorError.unknownCase(Office.id)) { try await office.snapshot() }
        }
        #expect(await office.orchestrator.residentCount == 0)
        try await office.open()
        #expect(try await office.work(0, .begin).events.count > 0)
    }

    // MARK: Contradictions

    @Test(
        "Of a hundred decisions on one application one is taken and the others are told that it is over",
        arguments: 1...5)
    func contradictions(round: Int) async throws {
        let office = try Office(InMemoryStore())
        let other = try office.another()
        try await office.open()
        try await office.admitPermit()
        let outcomes = await attempts(100) { number in
            try await (number.isMultiple(of: 3) ? other : office)
                .decide(number.isMultiple(of: 2) ? .granted : Office.refusal, "decision.\(number)")
        }
        #expect(outcomes.successes.count == 1)
        #expect(outcomes.rejections.count == 99)
        let permit = try #require(try await office.snapshot().state.items.first { $0.id == "permit" })
        #expect(outcomes.rejections.allSatisfy { $0 == .notNow(item: "permit", status: permit.status) })
        _ = try await office.checkedLog()
    }

    @Test(
        "Two processes that take turns on one case see each other's work and lose or double nothing", arguments: 1...5)
    func twoProcesses(round: Int) async throws {
        let office = try Office(InMemoryStore())
        let other = try office.another()
        try await office.open()
        let opened = try await office.snapshot().state.version
        // A work is completed right after it was begun in the other process, whose events this one has not read.
        _ = try await atOnce(Office.works) { number in
            try await (number.isMultiple(of: 2) ? office : other).work(number, .begin)
            return try await (number.isMultiple(of: 2) ? other : office).work(number, .complete)
        }
        let log = try await office.checkedLog()
        #expect(log.count == opened + 2 * Office.works)
        #expect(Set(log.map(\.key)).count == 1 + 2 * Office.works)
    }

    // MARK: Keys

    @Test(
        "A command that is sent again with its key has the same answer: later, at once, elsewhere and after a restart")
    func sameKey() async throws {
        let office = try Office(InMemoryStore())
        let other = try office.another()
        try await office.open()
        _ = try await other.snapshot()
        let together = try await atOnce(30) { number in
            try await (number.isMultiple(of: 2) ? office : other).work(1, .begin)
        }
        let first = try #require(together.first { !$0.isRepeat })
        try await office.work(1, .complete)
        let later = [
            try await office.work(1, .begin), try await other.work(1, .begin),
            try await office.another().work(1, .begin),
        ]
        #expect(together.count { !$0.isRepeat } == 1)
        #expect(later.allSatisfy { $0.isRepeat })
        for answer in together + later {
            #expect(answer.events == first.events)
            #expect(answer.version == first.version)
        }
        _ = try await office.checkedLog()
    }

    @Test("A key that comes with another command or from somebody else is refused: at once, elsewhere, after a restart")
    func otherCommand() async throws {
        let office = try Office(InMemoryStore())
        try await office.open()
        let key = CommandKey("once")!
        try await office.perform(.item("work-0", .begin), "once", by: Office.owner)
        let before = try await office.checkedLog().count
        for there in [office, try office.another()] {
            await #expect(throws: OrchestratorError.keyReused(key)) {
                try await there.perform(.item("work-1", .begin), "once", by: Office.owner)
            }
            await #expect(throws: OrchestratorError.keyReused(key)) {
                try await there.perform(.item("work-0", .begin), "once", by: Actor(role: .applicant, name: "other"))
            }
            #expect(try await there.perform(.item("work-0", .begin), "once", by: Office.owner).isRepeat)
        }
        #expect(try await office.checkedLog().count == before)
    }

    @Test("Keys of Binglian's own commands are known by their names")
    func reservedKeys() {
        for text in ["open", "time.7", "run.permit:1.0:decide.0"] { #expect(CommandKey(text)?.isReserved == true) }
        for text in ["once", "opening", "times.7", "cli.open"] { #expect(CommandKey(text)?.isReserved == false) }
    }

    @Test("After another process was faster only its events are read")
    func foldsOn() async throws {
        let base = InMemoryStore()
        let mine = FaultyStore(base)
        let office = try Office(mine)
        let other = try Office(base)
        try await office.open()
        for number in 0..<10 { try await office.work(number, .begin) }
        let read = await mine.eventsRead
        for number in 10..<13 { try await other.work(number, .begin) }
        try await office.work(13, .begin)
        #expect(await mine.eventsRead == read + 3)
        // Its own keys are still known, and so are the other's.
        for number in 0..<14 { #expect(try await office.work(number, .begin).isRepeat) }
        _ = try await office.checkedLog()
    }

    @Test("A command that changed nothing leaves no trace, and its key is still good for one that does")
    func nothingToDo() async throws {
        let office = try Office(InMemoryStore())
        try await office.open()
        try await office.admitPermit()
        let before = try await office.snapshot().state.version
        let idle = try await office.perform(.passTime, "time", by: .system)
        #expect(idle.events.isEmpty && idle.version == before && !idle.isRepeat)
        #expect(try await office.perform(.passTime, "time", by: .system, day: 60).events.count > 0)
        _ = try await office.checkedLog()
    }

    // MARK: Memory

    @Test("At most as many cases stay in memory as were allowed, and those let go are loaded again")
    func bounded() async throws {
        let office = try Office(InMemoryStore(), residentCases: 5)
        let ids = (0..<30).map { CaseID("case-\($0)")! }
        for id in ids { try await office.open(id) }
        #expect(await office.orchestrator.residentCount <= 5)
        _ = try await atOnce(ids.count) { number in
            for work in 0..<4 {
                try await office.work(work, .begin, on: ids[number])
                try await office.work(work, .complete, on: ids[number])
            }
            return true
        }
        #expect(await office.orchestrator.residentCount <= 5)
        for id in ids { _ = try await office.checkedLog(id) }
    }

    @Test("The case used last stays in memory: it is not read again")
    func mostRecentlyUsed() async throws {
        let store = FaultyStore()
        // The registry is not read anew meanwhile, however slow the machine.
        let office = try Office(store, residentCases: 8, registryAge: .seconds(86_400))
        try await office.open()
        for number in 0..<30 {
            try await office.open(CaseID("other-\(number)")!)
            try await office.work(number, .begin)
        }
        let reads = await store.reads
        try await office.work(0, .complete)
        #expect(await store.reads == reads)
    }

    @Test("Names and titles with line breaks or of great length keep nothing from being stored")
    func longNames() async throws {
        let office = try Office(InMemoryStore(), title: "第一行\n第二行" + String(repeating: "长", count: 2000))
        try await office.open()
        let actor = Actor(role: .applicant, name: "张三\u{1}\n" + String(repeating: "王", count: 300))
        try await office.perform(.item("work-0", .begin), "begin", by: actor)
        let log = try await office.checkedLog()
        #expect(try CaseEvent(record: #require(log.last)).by == actor)
        let summary = try #require(try await office.store.summary(of: Office.id)).summary
        #expect(summary.title.hasPrefix("第一行 第二行长长"))
    }

    @Test("Items and participants with the longest ids have timers and keys that every store takes")
    func longestIDs() async throws {
        let long = String(repeating: "a", count: 63)
        let office = try Office(InMemoryStore()) { text in
            text.replacing(
                "      - {id: completed,",
                with: """
                          - id: \(long)b
                            title: {zh: 联合验收, en: Joint acceptance}
                            joint: acceptance
                            lead: planning
                            after: [entered]
                            admission: 1 wd
                            participants:
                              - {id: \(long)c, title: {zh: 规划, en: Planning}, department: planning, takes: 3 wd,
                                 limit: 3 wd}
                              - {id: \(long)d, title: {zh: 建设, en: Owner}, department: owner, takes: 3 wd, limit: 3 wd}
                            source: assumed
                            milestone: true
                            passes: all
                            conclusion: 1 wd
                          - {id: completed,
                    """)
        }
        try await office.open()
        let plan = try await office.snapshot().machine.plan
        let parties = SimulatedParties(plan: plan, calendar: .weekdays, seed: 1)
        let run = CaseRun(
            orchestrator: office.orchestrator, caseID: Office.id, dispatcher: Dispatcher(connector: parties))
        #expect(try await run.run() == .closed(.completed))
        _ = try await office.checkedLog()
    }
}

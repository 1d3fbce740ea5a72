import CaseEngine
import Orchestrator
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Materials from outside a case")
struct MaterialDeskTests {
    private static let code = CreditCode("91350100M000100Y43")!  // a code with a right check digit
    private static let owner = Actor(role: .applicant, name: "owner")
    private static let planning = Actor(role: .department, department: "planning", name: "Li")
    private static let day = LocalDate(year: 2024, month: 3, day: 1)!  // a date that exists

    private static let text = """
        workflow: permits
        version: "1"
        title: {zh: 样例, en: Permits}
        processType: 3
        source: assumed
        calendar: weekdays
        facts: {}
        departments:
          planning: {zh: 规划, en: Planning}
        materials:
          licence: {title: {zh: 营业执照, en: Licence}, basis: assumed, owner: applicant}
          plan: {title: {zh: 总平面图, en: Plan}, basis: assumed}
          certificate: {title: {zh: 不动产权证书, en: Certificate}, basis: assumed, shared: real-estate}
          permit: {title: {zh: 许可证, en: Permit}, basis: assumed}
        targets: []
        stages:
          - id: all
            title: {zh: 全部, en: All}
            national: 2
            lead: planning
            items:
              - {id: permit, title: {zh: 许可, en: Permit}, kind: approval, department: planning, takes: 3 wd,
                 limit: 5 wd, materials: [licence, plan], outputs: [permit], milestone: true, source: assumed}
              - {id: change, title: {zh: 变更, en: Change}, kind: approval, department: planning, takes: 3 wd,
                 limit: 5 wd, materials: [licence, certificate], milestone: true, source: assumed}
        """

    private let store = InMemoryStore()

    private func orchestrator(_ registers: [String: any SharedDataSource] = [:]) -> Orchestrator {
        Orchestrator(store: store, registers: registers)
    }

    private func open(
        _ id: String, project: String, owner: CreditCode? = code, _ orchestrator: Orchestrator
    ) async throws -> CaseID {
        let reading = WorkflowFile.read(Self.text, path: "permits.yaml")
        let workflow = try #require(reading.value, "\(reading.diagnostics)")
        let id = try #require(CaseID(id))
        _ = try await orchestrator.open(
            id,
            with: Publication(workflow: workflow, text: Self.text, calendar: .weekdays, calendarText: nil),
            project: Project(
                code: project, title: workflow.title, owner: LocalizedText(zh: "公司", en: "Company"),
                ownerCode: owner, facts: [:]),
            facts: [:], on: Self.day, by: Self.owner, at: .officeClosing(of: Self.day))
        return id
    }

    private func act(
        _ command: ItemCommand, _ item: String, on id: CaseID, by actor: Actor = owner, key: String,
        _ orchestrator: Orchestrator
    ) async throws -> Performed {
        try await orchestrator.perform(
            .item(item, command), on: id, key: try #require(CommandKey(key)), by: actor, on: Self.day,
            at: .officeClosing(of: Self.day))
    }

    private static let papers = [
        SuppliedMaterial(material: "licence", hash: "a"), SuppliedMaterial(material: "plan", hash: "b"),
    ]

    @Test("What the owner handed in for another project is taken over, with where it lies; a plan of it is not")
    func ofOwner() async throws {
        let office = orchestrator()
        let first = try await open("first", project: "2401-500000-04-01-000001", office)
        _ = try await act(.file(materials: Self.papers), "permit", on: first, key: "1", office)
        // Another process, after the first is gone.
        let other = orchestrator()
        let second = try await open("second", project: "2401-500000-04-01-000002", other)
        let done = try await act(.file(materials: [Self.papers[1]]), "permit", on: second, key: "2", other)
        #expect(
            done.events.first?.what
                == .materialsLookedUp(
                    served: [
                        ServedMaterial(
                            SuppliedMaterial(material: "licence", hash: "a", issuedOn: Self.day),
                            from: .anotherCase(id: "first", number: 1, holder: Self.code.description))
                    ], failed: []))
    }

    /// Not in an asynchronous function: a head is no value to hold while waiting.
    private func verify(_ log: [EventRecord], of stream: CaseID) throws {
        let last = try #require(log.last)
        let head = try HashChain.verify(log, of: stream)
        #expect(head.version == log.count && head.hash == last.hash)
    }

    @Test("The library of an owner is a sealed log that every process reads alike, each document once")
    func library() async throws {
        let office = orchestrator()
        let now = Instant.officeClosing(of: Self.day)
        let first = try await open("first", project: "2401-500000-04-01-000001", office)
        _ = try await act(.file(materials: Self.papers), "permit", on: first, key: "1", office)
        let documents = try await office.documents(of: Self.code.description, at: now)
        #expect(documents.map(\.caseID) == ["first"])
        #expect(documents.map(\.material) == ["licence"])
        let stream = try #require(CaseID("office.owner.\(Self.code)"))
        try verify(try await store.events(of: stream, after: 0, limit: 100), of: stream)
        let other = orchestrator()
        let again = try await other.documents(of: Self.code.description, at: now)
        #expect(again == documents)
    }

    @Test("What nobody has handed in anywhere is missing, in another case too")
    func stillMissing() async throws {
        let office = orchestrator()
        let first = try await open("first", project: "2401-500000-04-01-000001", office)
        _ = try await act(.file(materials: Self.papers), "permit", on: first, key: "1", office)
        let other = orchestrator()
        let second = try await open("second", project: "2401-500000-04-01-000002", other)
        await #expect(throws: CaseRejection.materialsMissing(["plan"])) {
            try await act(.file(materials: []), "permit", on: second, key: "1", other)
        }
    }

    @Test("Another owner's papers are not taken, nor those of an owner that nobody knows by its code")
    func ofOtherOwner() async throws {
        let office = orchestrator()
        let first = try await open("first", project: "2401-500000-04-01-000001", office)
        _ = try await act(.file(materials: Self.papers), "permit", on: first, key: "1", office)
        let second = try await open("second", project: "2401-500000-04-01-000002", owner: nil, office)
        await #expect(throws: CaseRejection.materialsMissing(["licence"])) {
            try await act(.file(materials: [Self.papers[1]]), "permit", on: second, key: "1", office)
        }
    }

    @Test("Another case of the project has its plans and what was issued in it")
    func ofProject() async throws {
        let office = orchestrator()
        let first = try await open("first", project: "2401-500000-04-01-000001", office)
        _ = try await act(.file(materials: Self.papers), "permit", on: first, key: "1", office)
        let second = try await open("second", project: "2401-500000-04-01-000001", office)
        let done = try await act(.file(materials: []), "permit", on: second, key: "1", office)
        guard case .materialsLookedUp(let served, _) = try #require(done.events.first).what else {
            Issue.record("nothing was looked up")
            return
        }
        #expect(served.map(\.document.material) == ["licence", "plan"])
        // A document that was taken over says where it came from at first hand only.
        let third = try await open("third", project: "2401-500000-04-01-000003", office)
        let found = try await office.servable(
            ["licence", "plan"], in: third, on: Self.day, at: .officeClosing(of: Self.day))
        #expect(
            found.served.map(\.source) == [.anotherCase(id: "first", number: 1, holder: Self.code.description)])
    }

    @Test("A case that is told to look nowhere takes nothing over")
    func nowhere() async throws {
        let office = orchestrator()
        let first = try await open("first", project: "2401-500000-04-01-000001", office)
        _ = try await act(.file(materials: Self.papers), "permit", on: first, key: "1", office)
        let second = try await open("second", project: "2401-500000-04-01-000001", office)
        await #expect(throws: CaseRejection.materialsMissing(["licence", "plan"])) {
            try await office.perform(
                .item("permit", .file(materials: [])), on: second, key: CommandKey("1")!, by: Self.owner, on: Self.day,
                at: .officeClosing(of: Self.day), looksUp: false)
        }
    }

    private struct Register: SharedDataSource {
        let answer: @Sendable (SharedDataQuery) throws -> SharedDataAnswer?
        func answer(to query: SharedDataQuery) async throws -> SharedDataAnswer? { try answer(query) }
    }

    @Test("A register's answer is taken with its time; asking for it again is refused and written down once")
    func ofRegister() async throws {
        let office = orchestrator([
            "real-estate": Register { query in
                #expect(query.owner == Self.code.description && query.project == "2401-500000-04-01-000001")
                return SharedDataAnswer(hash: "c", text: "No. 7")
            }
        ])
        let id = try await open("first", project: "2401-500000-04-01-000001", office)
        // The register's own stands instead of a copy that was handed in.
        let copy = SuppliedMaterial(material: "certificate", hash: "copy")
        _ = try await act(.file(materials: [Self.papers[0], copy]), "change", on: id, key: "1", office)
        let state = try await office.snapshot(of: id).state
        #expect(state.materials.map(\.material) == ["certificate", "licence"])
        #expect(
            state.materials[0].source
                == .sharedData(
                    register: "real-estate", asked: "\(Instant.officeClosing(of: Self.day))", answer: "No. 7"))
        for _ in 0..<2 {
            await #expect(throws: CaseRejection.materialAlreadyHeld("certificate")) {
                try await act(
                    .requestCorrection(points: [Point("again", material: "certificate")]), "change", on: id,
                    by: Self.planning, key: "2", office)
            }
        }
        let notes = try await office.snapshot(of: id).state.materialNotes
        #expect(notes.map(\.what) == [.repeatAvoided(number: 1, request: "requestCorrection")])
        #expect(notes.map(\.by) == [Self.planning])
        // What was written down is read back from the log.
        #expect(try await orchestrator().snapshot(of: id).state.materialNotes == notes)
    }

    @Test("A register that fails, has nothing, has something expired or is not connected is noted with the reason")
    func registerFails() async throws {
        let answers: [((any SharedDataSource)?, String)] = [
            (Register { _ in throw SharedDataFailure(reason: "timeout") }, "timeout"),
            (Register { _ in nil }, "查无记录 no record"),
            (
                Register { _ in
                    SharedDataAnswer(hash: "c", validUntil: LocalDate(year: 2024, month: 1, day: 1), text: "")
                },
                "已于 2024-01-01 过期 expired"
            ), (nil, "未接入 not connected"),
        ]
        for (number, (register, reason)) in answers.enumerated() {
            let office = orchestrator(register.map { ["real-estate": $0] } ?? [:])
            let id = try await open("case-\(number)", project: "2401-500000-04-01-00001\(number)", owner: nil, office)
            await #expect(throws: CaseRejection.materialsMissing(["certificate"])) {
                try await act(.file(materials: [Self.papers[0]]), "change", on: id, key: "1", office)
            }
            let certificate = SuppliedMaterial(material: "certificate", hash: "d")
            // The applicant hands it in, and the look-up that made it necessary is noted.
            let done = try await act(
                .file(materials: [Self.papers[0], certificate]), "change", on: id, key: "2", office)
            #expect(
                done.events.first?.what
                    == .materialsLookedUp(
                        served: [],
                        failed: [FailedLookup(material: "certificate", register: "real-estate", reason: reason)]))
            let state = try await office.snapshot(of: id).state
            #expect(state.materials.map(\.material) == ["licence", "certificate"])
        }
    }
}

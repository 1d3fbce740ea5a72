import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("Cases under the registry")
struct StandingTests {
    private func admitted(_ registry: Registry) throws -> Story {
        var story = try RegistryStories.open(registry)
        try story.act("2024-03-04", .owner, "permit", .file(materials: [.of("form"), .of("map")]))
        try story.act("2024-03-04", .of("planning", "Li"), "permit", .admit)
        return story
    }

    private func office(deputy: String? = "Sun") throws -> Registry {
        var registry = Registry()
        try registry.officer("Li", [.handler], deputy: deputy)
        try registry.officer("Sun", [.handler])
        try registry.officer("Zhou", [.approver], deputy: "Wu")
        try registry.officer("Wu", [.reviewer])
        try registry.officer("Zhao", [.head], deputy: "Zhou")
        return registry
    }

    @Test("Without entries the registry restrains nobody, and events are as they always were")
    func unregistered() throws {
        var story = try RegistryStories.open(Registry())
        try story.act("2024-03-04", .agent, "permit", .file(materials: [.of("form")]))
        try story.act("2024-03-04", .window, "permit", .admit)
        #expect(story.events.allSatisfy { $0.grounds == nil })
        #expect(Standing(Registry()) == .unregistered)
    }

    @Test("A department with registered officers is spoken for by them alone")
    func unknownOfficer() throws {
        let story = try admitted(try office())
        #expect(
            story.rejection("2024-03-05", .of("planning", "Wang"), "permit", .sign(opinion: "yes"))
                == .unknownOfficer(name: "Wang", department: "planning"))
        #expect(story.last.first?.grounds == Grounds(registry: 5))
    }

    @Test("Each link of the chain is signed by an officer with that role, never twice by one person")
    func chain() throws {
        var registry = try office()
        try registry.officer("Both", [.handler, .approver])
        var story = try admitted(registry)
        #expect(
            story.rejection("2024-03-05", .of("planning", "Zhou"), "permit", .sign(opinion: "yes"))
                == .officerRoleMissing(name: "Zhou", department: "planning", roles: [.handler]))
        try story.act("2024-03-05", .of("planning", "Both"), "permit", .sign(opinion: "yes"))
        #expect(
            story.rejection("2024-03-06", .of("planning", "Both"), "permit", .decide(.granted))
                == .secondPersonNeeded(name: "Both"))
        #expect(
            story.rejection("2024-03-06", .of("planning", "Li"), "permit", .decide(.granted))
                == .officerRoleMissing(name: "Li", department: "planning", roles: [.approver]))
        try story.act("2024-03-06", .of("planning", "Zhou"), "permit", .decide(.granted))
        #expect(story["permit"].status == .granted)
    }

    @Test("While an officer is away the deputy acts, the event says for whom, and the clock goes on")
    func deputy() throws {
        var registry = try office()
        try registry.away("Li", "2024-03-05", "2024-03-08")
        try registry.away("Zhou", "2024-03-05", "2024-03-05")
        var story = try admitted(registry)
        let limits = story["permit"].limits
        #expect(
            story.rejection("2024-03-05", .of("planning", "Li"), "permit", .sign(opinion: "yes"))
                == .officerAbsent(name: "Li", through: "2024-03-08", deputy: "Sun"))
        try story.act("2024-03-05", .of("planning", "Sun"), "permit", .sign(opinion: "yes"))
        #expect(story.last.first?.grounds?.onBehalfOf == "Li")
        #expect(story["permit"].signatures.first?.onBehalfOf == "Li")
        try story.act("2024-03-05", .of("planning", "Wu"), "permit", .decide(.granted))
        #expect(story.last.first?.grounds?.onBehalfOf == "Zhou")
        #expect(limits != nil && story["permit"].stops.isEmpty)
        #expect(try story.replayed() == story.state)
    }

    @Test("A deputy's own role ends with the absence, and a deputy who is away stands in for nobody")
    func deputyOnlyWhileAway() throws {
        var registry = try office()
        try registry.away("Zhou", "2024-03-05", "2024-03-08")
        try registry.enter(
            .absenceEnded(department: "planning", name: "Zhou", on: "2024-03-06"), on: "2024-03-05")
        var story = try admitted(registry)
        try story.act("2024-03-05", .of("planning", "Li"), "permit", .sign(opinion: "yes"))
        #expect(
            story.rejection("2024-03-06", .of("planning", "Wu"), "permit", .decide(.granted))
                == .officerRoleMissing(name: "Wu", department: "planning", roles: [.approver]))
        #expect(story.registry.deputy(of: "Zhou", in: "planning", on: "2024-03-05") == "Wu")
        #expect(story.registry.deputy(of: "Zhou", in: "planning", on: "2024-03-06") == nil)
    }

    @Test("Whoever signed, or for whom it was signed, has no part in the next link")
    func adjacentLinks() throws {
        var registry = Registry()
        try registry.officer("Li", [.handler, .approver], deputy: "Sun")
        try registry.officer("Sun", [.reviewer])
        try registry.officer("Zhou", [.approver])
        try registry.away("Li", "2024-03-06", "2024-03-08")
        var story = try admitted(registry)
        try story.act("2024-03-05", .of("planning", "Li"), "permit", .sign(opinion: "yes"))
        // Sun would act for Li, who signed the link before.
        #expect(
            story.rejection("2024-03-06", .of("planning", "Sun"), "permit", .decide(.granted))
                == .officerRoleMissing(name: "Sun", department: "planning", roles: [.approver]))
        try story.act("2024-03-06", .of("planning", "Zhou"), "permit", .decide(.granted))
    }

    @Test("An extension is approved by the head, a suspension by head or approver, never by whoever asks")
    func approvers() throws {
        var registry = try office()
        try registry.away("Zhao", "2024-03-06", "2024-03-06")
        var story = try admitted(registry)
        let li = Actor.of("planning", "Li")
        func extend(_ approver: String) -> ItemCommand {
            .extend(by: .working(5), reason: "complex", approver: approver)
        }
        #expect(
            story.rejection("2024-03-05", li, "permit", extend("Head"))
                == .unknownOfficer(name: "Head", department: "planning"))
        #expect(
            story.rejection("2024-03-05", li, "permit", extend("Zhou"))
                == .officerRoleMissing(name: "Zhou", department: "planning", roles: [.head]))
        #expect(
            story.rejection("2024-03-05", .of("planning", "Zhao"), "permit", extend("Zhao"))
                == .secondPersonNeeded(name: "Zhao"))
        try story.act("2024-03-05", li, "permit", .suspend(reason: "lawsuit", approver: "Zhou"))
        try story.act("2024-03-06", li, "permit", .resume(reason: "settled"))
        try story.act("2024-03-06", li, "permit", extend("Zhou"))
        #expect(story.last.first?.grounds?.approvedFor == "Zhao")
    }

    @Test("The window admits what it is authorized for, grants where it may, and never refuses")
    func windowAuthority() throws {
        var registry = Registry()
        try registry.enter(
            .windowAuthorized(authority: WindowAuthority(item: "promise", department: "planning", level: .decide)))
        try registry.enter(
            .windowAuthorized(
                authority: WindowAuthority(
                    item: "permit", department: "planning", level: .admit, officer: "Window", until: "2024-03-04")))
        var story = try RegistryStories.open(registry)
        try story.act("2024-03-04", .owner, "promise", .file(materials: []))
        try story.act("2024-03-04", .window, "promise", .admit)
        #expect(story.last.first?.grounds?.authority == "promise")
        #expect(
            story.rejection("2024-03-04", .window, "promise", .decide(.refused(reasons: "a", appeal: "b")))
                == .windowMayNotRefuse)
        try story.act("2024-03-04", .window, "promise", .decide(.granted))
        try story.act("2024-03-05", .owner, "permit", .file(materials: [.of("form"), .of("map")]))
        #expect(
            story.rejection("2024-03-05", .window, "permit", .admit)
                == .windowNotAuthorized(item: "permit", level: .admit))
        try story.act("2024-03-05", .of("planning"), "permit", .admit)
    }

    @Test("The window grants with gaps on the same authority, and says on which")
    func windowGrantsWithGaps() throws {
        var registry = Registry()
        try registry.enter(
            .windowAuthorized(authority: WindowAuthority(item: "permit", department: "planning", level: .decide)))
        var story = try RegistryStories.open(registry)
        try story.act("2024-03-04", .owner, "permit", .file(materials: [.of("form")]))
        try story.act("2024-03-04", .window, "permit", .admit)
        try story.act("2024-03-05", .of("planning"), "permit", .sign(opinion: "agreed"))
        try story.act("2024-03-05", .window, "permit", .decide(.grantedWithGaps))
        #expect(story.last.first?.grounds?.authority == "permit")
    }

    @Test("An authority of another department lets the window grant nothing")
    func foreignAuthority() throws {
        var registry = Registry()
        try registry.enter(
            .windowAuthorized(authority: WindowAuthority(item: "promise", department: "fire", level: .decide)))
        var story = try RegistryStories.open(registry)
        try story.act("2024-03-04", .owner, "promise", .file(materials: []))
        try story.act("2024-03-04", .of("planning"), "promise", .admit)
        #expect(
            story.rejection("2024-03-04", .window, "promise", .decide(.granted)) == .notYours(.department("planning")))
    }

    @Test("An agent acts within an assignment, for the stage, the action and the days that it names")
    func agents() throws {
        var registry = Registry()
        try registry.enter(.ownerRegistered(owner: OwnerRecord(code: "91500000MA5U", name: RegistryStories.ownerName)))
        try registry.enter(.agentRegistered(agent: Agent(name: "Agent")))
        try registry.enter(
            .agentAssigned(
                assignment: .make(
                    project: nil, owner: "91500000MA5U", actions: [.file], stages: ["first"], until: "2024-03-05"),
                reason: nil))
        var story = try RegistryStories.open(registry)
        try story.act("2024-03-04", .agent, "permit", .file(materials: [.of("form"), .of("map")]))
        #expect(story.last.first?.grounds?.assignment == "as-1")
        #expect(
            story.rejection("2024-03-05", .agent, .withdrawCase(reason: "a"))
                == .outsideAssignment(agent: "Agent", action: .withdraw, stage: nil))
        #expect(
            story.rejection("2024-03-06", .agent, "promise", .file(materials: []))
                == .assignmentNotInForce(agent: "Agent", from: "2024-03-01", until: "2024-03-05"))
        story.registry.evolve(
            by: RegistryEvent(
                on: "2024-03-05", by: .of("office"),
                .assignmentEnded(assignment: "as-1", last: "2024-03-04", reason: "done")))
        #expect(
            story.rejection("2024-03-05", .agent, "promise", .file(materials: []))
                == .assignmentNotInForce(agent: "Agent", from: "2024-03-01", until: "2024-03-04"))
    }

    @Test("A breach bars tolerance for twelve months to the day, and a commitment becomes an ordinary application")
    func breach() throws {
        var registry = Registry()
        try registry.enter(
            .breachRecorded(
                breach: Breach(
                    owner: RegistryStories.ownerName, kind: .commitment, caseID: "before", sequence: 3, item: "x",
                    on: "2023-03-05")))
        let bar = CreditBar(cause: .breach, subject: "before.3", until: "2024-03-05")
        var story = try RegistryStories.open(registry)
        #expect(
            story.rejection("2024-03-05", .owner, "permit", .file(materials: [.of("form")]))
                == .toleranceBarred(materials: ["map"], bar: bar))
        try story.act("2024-03-05", .owner, "promise", .file(materials: []))
        #expect(story.last.first?.grounds?.bar == bar && story["promise"].aftermath?.isOrdinary == true)
        #expect(
            story.rejection("2024-03-05", .owner, "promise", .commit(signer: "Owner"))
                == .commitmentBarred(item: "promise", bar: bar))
        try story.act("2024-03-06", .owner, "permit", .file(materials: [.of("form")]))
        #expect(story["permit"].missing == ["map"])
        try story.act("2024-03-06", .of("planning"), "promise", .admit)
        try story.act("2024-03-06", .of("planning"), "promise", .decide(.granted))
        #expect(!story.machine.requests(in: story.state).contains { $0.ask == .check })
        #expect(try story.replayed() == story.state)
    }

    @Test("The black list reaches an owner through the persons behind it, by number also from another owner")
    func linkedPersons() throws {
        var registry = Registry()
        let chen = LinkedPerson(name: "Chen", number: "500101199001011234", relation: .legalRepresentative)
        try registry.enter(.ownerRegistered(owner: OwnerRecord(code: "A", name: "First", persons: [chen])))
        try registry.enter(.ownerRegistered(owner: OwnerRecord(code: "B", name: "Second", persons: [chen])))
        let namesake = LinkedPerson(name: "Chen", relation: .shareholder)
        try registry.enter(.ownerRegistered(owner: OwnerRecord(code: "C", name: "Third", persons: [namesake])))
        try registry.enter(
            .listed(subject: .owner("A"), listing: Listing(list: .black, reason: "fraud", until: "2024-06-30")))
        #expect(registry.bar(of: "First", on: "2024-03-01")?.cause == .blackList)
        #expect(
            registry.bar(of: "Second", on: "2024-06-30")
                == CreditBar(cause: .linkedOwner, subject: "A", until: "2024-06-30"))
        #expect(registry.bar(of: "Second", on: "2024-07-01") == nil)
        #expect(registry.bar(of: "Third", on: "2024-03-01") == nil)
        try registry.enter(.listed(subject: .person("Chen"), listing: Listing(list: .black, reason: "court")))
        #expect(registry.bar(of: "Third", on: "2024-03-01")?.cause == .person)
        #expect(registry.bar(of: "Nobody", on: "2024-03-01") == nil)
    }

    @Test("Key projects and owners of AA and above go first, developers and barred owners do not")
    func greenChannel() throws {
        var registry = Registry()
        let name = RegistryStories.ownerName
        func rule() throws -> GreenChannelRule? {
            let story = try RegistryStories.open(registry)
            #expect(try story.replayed() == story.state)
            return story.state.greenChannel?.rule
        }
        try registry.enter(.ownerRegistered(owner: OwnerRecord(code: "A", name: name)))
        try registry.enter(.ownerGraded(owner: "A", grade: .a, source: "city"))
        #expect(try rule() == nil)
        try registry.enter(.ownerGraded(owner: name, grade: .aa, source: "city"))
        #expect(try rule() == .credit)
        try registry.enter(.ownerRegistered(owner: OwnerRecord(code: "A", name: name, isDeveloper: true)))
        #expect(try rule() == nil)
        try registry.enter(.keyProjectNamed(project: RegistryStories.project, reason: "city list"))
        #expect(try rule() == .keyProject)
        try registry.enter(.listed(subject: .owner("A"), listing: Listing(list: .black, reason: "fraud")))
        #expect(try rule() == nil)
    }

    @Test("By hand a case enters or leaves the green channel with a reason only")
    func greenChannelByHand() throws {
        var story = try RegistryStories.greenChannel()
        #expect(story.events.filter { $0.kind == .greenChannelOpened }.count == 2)
        #expect(story.rejection("2024-03-07", .owner, .closeGreenChannel(reason: "x")) != nil)
        #expect(
            story.rejection("2024-03-07", .window, .closeGreenChannel(reason: nil))
                == .greenChannelNotByRule(isOpen: true))
        #expect(story.rejection("2024-03-07", .window, .closeGreenChannel(reason: " ")) == .reasonMissing)
        // The project is taken off the list: now it leaves by the rule.
        story.registry.evolve(
            by: RegistryEvent(
                on: "2024-03-07", by: .of("office"),
                .keyProjectReleased(project: RegistryStories.project, reason: "done")))
        try story.act("2024-03-07", .window, .closeGreenChannel(reason: nil))
        #expect(story.state.greenChannel == nil)
        #expect(try story.replayed() == story.state)
    }

    @Test("A project claims a regional assessment only in its zone and while the assessment holds")
    func regions() throws {
        var registry = Registry()
        try registry.enter(
            .regionAssessed(
                assessment: RegionalAssessment(
                    id: "ra-1", topic: "soil", facts: ["regionAssessed"], zones: ["east"], document: "No. 1",
                    from: "2023-01-01", until: "2024-03-04")))
        try registry.enter(.projectPlaced(project: RegistryStories.project, zone: "east"))
        let claim: [String: FactValue] = ["regionAssessed": .boolean(true)]
        let story = try RegistryStories.open(registry, claim)
        #expect(story.events.first?.grounds?.assessments == ["ra-1"])
        let silent: [String: FactValue] = ["regionAssessed": .boolean(false), "other": .boolean(false)]
        func proposed(_ facts: [String: FactValue], on date: LocalDate) -> [String] {
            registry.proposedFacts(of: RegistryStories.project, facts: facts, on: date).map(\.fact)
        }
        #expect(proposed(silent, on: "2024-03-04") == ["regionAssessed"])
        #expect(proposed(silent, on: "2024-03-05").isEmpty)
        #expect(proposed(claim, on: "2024-03-04").isEmpty)
        var late = Story(RegistryStories.plan)
        late.registry = registry
        #expect(
            late.rejection("2024-03-05", .owner, .open(RegistryStories.opening(claim)))
                == .regionNotAssessed(fact: "regionAssessed", zone: "east"))
        try late.act("2024-03-05", .owner, .open(RegistryStories.opening(["regionAssessed": .boolean(false)])))
    }

    @Test("Two officers or more sign on the spot where officers are registered, each for the own department")
    func twoOfficers() throws {
        var registry = try office()
        try registry.officer("Qian", [.handler], of: "fire")
        try registry.officer("Feng", [.handler], of: "fire")
        var story = try RegistryStories.open(registry)
        try story.act("2024-03-04", .owner, "visit", .file(materials: []))
        func hold(_ signer: String) -> ItemCommand {
            .holdSession(votes: [SessionVote(participant: "fire", verdict: .pass, signer: signer)])
        }
        let li = Actor.of("planning", "Li")
        #expect(story.rejection("2024-03-04", li, "visit", hold("Qian")) == .secondOfficerNeeded)
        #expect(
            story.rejection("2024-03-04", li, "visit", hold("Qian、Li"))
                == .unknownOfficer(name: "Li", department: "fire"))
        try story.act("2024-03-04", li, "visit", hold("Qian、Feng"))
    }
}

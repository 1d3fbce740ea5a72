import TestSupport
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

/// A plan with every kind of item, and walks through it that do what people do: mostly what they are asked, often
/// something else, sometimes at a wrong moment or by a wrong hand.
struct RandomWalk {
    static func plan(tolerance: DayAmount) -> Plan {
        Plan.make(
            [
                .milestone("start"),
                .make(
                    "permit", takes: 2, limit: .working(4), after: [.on("start")], isMilestoneItem: true,
                    tolerance: tolerance,
                    materials: [
                        MaterialRequirement(material: "form", isMinor: false),
                        MaterialRequirement(material: "map", isMinor: true),
                    ], outputs: ["certificate"], chain: ["handler", "approver"]),
                .make("design", .applicant, takes: 2, after: [.on("start", .startToStart, lag: .working(1))]),
                .make(
                    "hearing", .opinion, department: "housing", takes: 1, limit: .working(2), after: [.on("start")],
                    silence: .deemedAgree),
                .make(
                    "commitment", .filing, takes: 1, after: [.on("design", .finishToFinish)], handling: .commitment,
                    materials: [MaterialRequirement(material: "certificate", isMinor: true)]),
                .make(
                    "visit", .joint, department: "housing", takes: 1, after: [.on("start")], tolerance: tolerance,
                    materials: [MaterialRequirement(material: "map", isMinor: true)], outputs: ["record"],
                    joint: .make(
                        kind: .inspection, admission: 1, [.make("air", takes: nil), .make("water", takes: nil)],
                        merge: nil,
                        rectification: .make(2, recheck: nil, rounds: 1), conclusion: nil)),
            ],
            later: [
                .make(
                    "acceptance", .joint, department: "housing", takes: nil, limit: .working(12), after: [.on("start")],
                    tolerance: tolerance,
                    materials: [
                        MaterialRequirement(material: "report", isMinor: false),
                        MaterialRequirement(material: "photos", isMinor: true),
                    ], outputs: ["opinion"],
                    joint: .make(
                        [
                            .make("fire", takes: 2, limit: .working(3), silence: .neverDeemed),
                            .make("archive", takes: 1, limit: .working(2), silence: .deemedAgree),
                            .make("planning", takes: 2, limit: .working(5)),
                        ], passes: .atLeast(2, of: 3), rectification: .make(3, recheck: 1, rounds: 2))),
                .make(
                    "opinions", .joint, department: "planning", takes: nil, after: [.on("start")],
                    joint: .make(
                        kind: .opinion, admission: nil, [.make("a"), .make("b")], passes: .any, merge: nil,
                        conclusion: nil)
                ),
                .make("check", .check, takes: 1, after: [.on("permit", lag: .calendar(2))]),
                .milestone("end", after: [.on("acceptance"), .on("permit")]),
            ],
            materials: ["form", "map", "certificate", "record", "report", "photos", "opinion"].map { .make($0) })
    }

    var random: SeededGenerator
    /// The plan that holds now.
    var plan: Plan { story.machine.plan }
    var story: Story
    var date: LocalDate = "2024-03-01"
    private(set) var rejections: [CaseRejection] = []
    /// What the last step tried.
    private(set) var last: (date: LocalDate, actor: Actor, command: CaseCommand)?
    /// How often the walker does what it is asked, of a hundred.
    let obedience: Int

    init(seed: UInt64, policy: SupervisionPolicy? = nil) {
        random = SeededGenerator(seed: seed)
        story = Story(Self.plan(tolerance: .working([1, 3, 8, 15][Int(seed / 4 % 4)])), policy: policy)
        obedience = [30, 60, 75, 90][Int(seed % 4)]
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }

    mutating func step() throws {
        if story.state.version > 0, chance(35) { date = date.adding(days: pick([1, 1, 1, 2, 3])) }
        let (actor, command) = next()
        last = (date, actor, command)
        do throws(CaseRejection) {
            let before = story.state
            _ = try story.machine.decide(command, on: before, in: CaseContext(today: date, actor: actor))
        } catch {
            rejections.append(error)
            return
        }
        try story.act(date, actor, command)
    }

    private mutating func next() -> (Actor, CaseCommand) {
        if story.state.version == 0 { return (.owner, .open(story.opening)) }
        if chance(12) { return (.system, .passTime) }
        if chance(3), let card = story.state.cards.last {
            return chance(50)
                ? (
                    .supervisor,
                    pick([.liftCard(card: card.id, reason: "a"), .confirmCard(card: card.id, reason: "a")])
                )
                : (.of(card.department ?? ""), .explainCard(card: card.id, explanation: "many cases"))
        }
        if chance(1), chance(20) { return (.owner, .withdrawCase(reason: "given up")) }
        if chance(1), chance(20) { return (.of("housing"), .cancelCase(reason: "plan changed")) }
        let requests = story.machine.requests(in: story.state)
        if chance(obedience), !requests.isEmpty {
            let request = pick(requests)
            return (Simulated.actor(request), .item(request.item, answer(request)))
        }
        if chance(40), let (actor, item, command) = plausible() { return (actor, .item(item, command)) }
        let item = pick(plan.items).item
        return (actor(for: item), .item(item.id, anything(item)))
    }

    /// Something that nobody asked for and that the status of an item may allow, by the right hand.
    private mutating func plausible() -> (Actor, String, ItemCommand)? {
        let index = Int.random(in: 0..<plan.items.count, using: &random)
        let item = story.state.items[index]
        let department = Actor.of(plan.items[index].item.department ?? "x", pick(["A", "B"]))
        let length = DayAmount.working(pick([1, 1, 3]))
        var commands: [(Actor, ItemCommand)]
        switch item.status {
        case .ready, .preReview: commands = [(department, .beginPreReview)]
        case .filed:
            commands = [
                (.owner, .withdraw(reason: "changed")), (department, .refuseAdmission(reason: "a", rightBody: nil)),
            ]
        case .correcting:
            commands = [(.owner, .withdraw(reason: "changed")), (department, .returnApplication(reason: "never came"))]
        case .inReview, .opining, .inSession, .merging, .rechecking, .concluding, .rectifying:
            commands = [
                (department, .beginSpecialProcedure(kind: pick([.hearing, .siteVisit]), basis: "a", length: length)),
                (department, .beginSpecialProcedure(kind: .siteVisit, basis: "a", length: length)),
                (department, .suspend(reason: "lawsuit", approver: "Head")),
                (department, .extend(by: .working(2), reason: "complex", approver: "Head")),
                (department, .requestSupplement(points: [Point("sign")])),
                (department, .returnApplication(reason: "promise broken")),
                (department, .returnApplication(reason: "promise broken")),
                (
                    .owner,
                    .supplyGaps(materials: (item.gaps?.materials ?? ["map"]).map { .of($0, "\(story.state.version)") })
                ),
                (.owner, .withdraw(reason: item.gaps == nil ? "changed" : "")),
            ]
        case .granted, .grantedWithGaps, .issued, .checked:
            commands = [
                (.window, .issue(documents: [])), (.window, .issue(documents: [])),
                (department, .check(finding: "kept")), (department, .revoke(reason: "false", basis: "art. 69")),
            ]
        default: return nil
        }
        if item.gaps?.isBroken == true {
            commands = [(department, .revoke(reason: "promise broken", basis: "art. 69"))]
            if item.status.isUnderReview { commands = [(department, .returnApplication(reason: "promise broken"))] }
        }
        let (actor, command) = pick(commands)
        return (actor, item.id, command)
    }

    /// An answer to the request, in favour or not.
    private mutating func answer(_ request: WorkRequest) -> ItemCommand {
        let id = request.participant ?? ""
        switch request.ask {
        case .opine, .recheck:
            return .opine(participant: id, verdict: verdict())
        case .holdSession(let ids):
            let passes = chance(60)
            return .holdSession(
                votes: ids.map {
                    SessionVote(participant: $0, verdict: passes ? .pass : .fail(points: [Point("fence")]), signer: $0)
                })
        case .decide where chance(80) && hasGaps(request.item): return .decide(.grantedWithGaps)
        case .decide: return .decide(decision())
        case .conclude(passed: true): return .conclude(hasGaps(request.item) ? .grantedWithGaps : .granted)
        case .conclude(passed: false): return .conclude(refusal)
        // Mostly a promise is left to the last moment, or broken.
        case .supplyGaps where chance(85): return .withdraw(reason: "")
        case .admit where chance(30): return .requestCorrection(points: [Point("sign"), Point("map", material: "map")])
        case .file(let needed) where chance(50):
            return .file(materials: (needed + ["map", "photos"]).map { .of($0, "\(story.state.version)") })
        default: return request.favourableAnswer(document: "\(story.state.version)")
        }
    }

    private func hasGaps(_ item: String) -> Bool { story[item].gaps != nil }

    private mutating func verdict() -> Verdict {
        pick([
            .pass, .pass, .passWithConditions(points: [Point("keep clear")]), .fail(points: [Point("exit blocked")]),
            .fail(points: [Point("report", material: "report")]), .notInvolved,
        ])
    }

    private var refusal: Decision { .refused(reasons: "not lawful", appeal: "court within 6 months") }

    private mutating func decision() -> Decision { pick([.granted, .granted, .grantedWithGaps, refusal]) }

    private mutating func actor(for item: Item) -> Actor {
        let name = pick(["A", "B", "C"])
        return pick([
            .owner, .window, .supervisor, .of(item.department ?? "x", name), .of(item.department ?? "x", name),
            .of(item.department ?? "x", name), .of(item.joint?.participants.first?.department ?? "y", name),
        ])
    }

    /// Any command there is, often at a wrong moment.
    private mutating func anything(_ item: Item) -> ItemCommand {
        let document = SuppliedMaterial.of(
            pick(["form", "map", "report", "photos", "unknown"]), "\(story.state.version)")
        let points = pick([[], [Point("sign")], [Point("map", material: "map")]])
        let commands: [ItemCommand] = [
            .beginPreReview, .finishPreReview(advice: "fine"), .file(materials: [document]),
            .requestCorrection(points: points), .supplyCorrection(materials: [document]), .admit,
            .refuseAdmission(reason: "not ours", rightBody: nil), .sign(opinion: ""),
            .requestSupplement(points: points),
            .supplySupplement(materials: [document]),
            .beginSpecialProcedure(
                kind: pick(SpecialProcedure.allCases), basis: "art. 45", length: .working(pick([0, 1, 3]))),
            .endSpecialProcedure(result: "done"), .suspend(reason: "lawsuit", approver: pick(["A", "Head"])),
            .resume(reason: "settled"),
            .extend(by: .working(pick([0, 5, 50])), reason: "complex", approver: "Head"),
            .supplyGaps(materials: [.of(pick(["map", "photos"]), "\(story.state.version)")]), .decide(decision()),
            .returnApplication(reason: "promise broken"), .withdraw(reason: "changed"), .issue(documents: []),
            .check(finding: "kept"), .revoke(reason: "false", basis: "art. 69"), .begin, .complete,
            .opine(participant: item.joint?.participants.last?.id ?? "x", verdict: verdict()),
            .merge(note: "list"), .rectify(materials: [.of("report", "\(story.state.version)")], note: "done"),
            .conclude(decision()),
        ]
        return pick(commands)
    }
}

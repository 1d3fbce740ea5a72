import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

/// Walks through promises, checks, appeals, deliveries and permits that lapse: mostly what is asked, often something else.
struct AftermathWalk {
    static let plan: Plan = {
        let facts: [String: FactType] = ["area": .number]
        let small = try? Condition.parse("area < 3", facts: facts).get()
        let form = MaterialRequirement(material: "form", isMinor: false)
        let map = MaterialRequirement(material: "map", isMinor: true)
        func later(_ provisions: inout Provisions) {
            provisions.supervisedBy = "housing"
            provisions.delivery = .working(2)
            provisions.legalReview = true
            provisions.lapses = LapseRule(months: 1, unless: "works", extensions: 1, extensionMonths: 1, basis: nil)
        }
        return Plan.make(
            [
                .milestone("start"),
                .make(
                    "permit", takes: 2, limit: .working(4), after: [.on("start")], handling: .commitment,
                    tolerance: .working(3), materials: [form, map], outputs: ["certificate"]
                ) {
                    later(&$0)
                    $0.commitment = CommitmentRule(
                        checkWithin: .working(3), sample: nil, rectifyWithin: .working(2))
                    $0.procedures = [
                        ProcedureRule(
                            kind: .siteVisit, stopsClock: true, limit: .working(3), respondWithin: .working(1),
                            basis: nil)
                    ]
                },
                .make(
                    "sampled", .filing, takes: 1, after: [.on("start")], handling: .commitment,
                    materials: [MaterialRequirement(material: "certificate", isMinor: false)], outputs: ["receipt"]
                ) {
                    $0.commitment = CommitmentRule(checkWithin: .working(3), sample: 50, rectifyWithin: nil)
                    $0.autoDecide = small
                },
                .make("review", .review, takes: 1, after: [.on("start")]),
                .make(
                    "slow", takes: 1, limit: .working(2), after: [.on("review")], chain: ["handler", "approver"]
                ) { $0.clockStarts = .department },
            ],
            later: [
                .make(
                    "acceptance", .joint, department: "planning", takes: nil, after: [.on("start")],
                    tolerance: .working(4), materials: [map], outputs: ["opinion"],
                    joint: .make([.make("fire", takes: 1)], merge: nil, rectification: .make(1, rounds: 1)), later),
                .make("works", .applicant, takes: 5, after: [.on("start", lag: .working(50))]),
            ],
            materials: ["form", "map", "certificate", "receipt", "opinion"].map { .make($0) })
    }()

    var random: SeededGenerator
    var story = Story(Self.plan)
    var date: LocalDate = "2024-03-01"
    private(set) var rejections: [CaseRejection] = []
    private(set) var last: (date: LocalDate, actor: Actor, command: CaseCommand)?
    private let obedience: Int

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        obedience = [35, 55, 70][Int(seed % 3)]
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }

    mutating func step() throws {
        if story.state.version > 0, chance(25) { date = date.adding(days: pick([1, 1, 1, 2, 3, 12])) }
        let (actor, command) = next()
        last = (date, actor, command)
        if let rejection = story.rejection(date, actor, command) {
            rejections.append(rejection)
        } else {
            try story.act(date, actor, command)
        }
    }

    private mutating func next() -> (Actor, CaseCommand) {
        if story.state.version == 0 { return (.owner, .open(story.opening)) }
        if chance(8) { return (.system, .passTime) }
        let requests = story.machine.requests(in: story.state)
        if chance(obedience), !requests.isEmpty {
            let request = pick(requests)
            return (Simulated.actor(request), .item(request.item, answer(request)))
        }
        let index = Int.random(in: 0..<Self.plan.items.count, using: &random)
        let (actor, command) = something(story.state.items[index])
        return (actor, .item(Self.plan.items[index].id, command))
    }

    private mutating func answer(_ request: WorkRequest) -> ItemCommand {
        let hasGaps = story[request.item].gaps != nil
        switch request.ask {
        case .decide: return .decide(pick([hasGaps ? .grantedWithGaps : .granted, .granted, refusal]))
        case .conclude: return .conclude(pick([hasGaps ? .grantedWithGaps : .granted, .granted, refusal]))
        case .opine: return .opine(participant: "fire", verdict: pick([.pass, .pass, .fail(points: [Point("a")])]))
        case .commit where chance(30): return .declineCommitment
        case .supplyGaps where chance(60), .rectifyBreach where chance(60): return .withdraw(reason: "")
        case .check where chance(50): return .findBreach(finding: "false", within: pick([nil, .working(2)]))
        case .revoke where chance(70): return .check(finding: "kept")
        case .admit where chance(20): return .refuseAdmission(reason: "not ours", rightBody: nil)
        default: return request.favourableAnswer(document: "\(story.state.version)")
        }
    }

    private var refusal: Decision {
        .refused(reasons: "reason \(story.state.version % 3)", appeal: "court within 6 months")
    }

    /// Something that nobody asked for, mostly by the right hand.
    private mutating func something(_ item: ItemState) -> (Actor, ItemCommand) {
        let planning = Actor.of("planning", pick(["A", "B"]))
        let appeals: [(Actor, ItemCommand)] = [
            (.owner, .appeal(route: pick(AppealRoute.allCases), grounds: "unlawful")),
            (.supervisor, .decideAppeal(outcome: pick(AppealOutcome.allCases), reason: "art. 68")),
            (.supervisor, .decideAppeal(outcome: .annulled, reason: "art. 68")),
        ]
        var commands: [(Actor, ItemCommand)]
        switch item.status {
        case .inReview, .concluding:
            commands = [
                (planning, .reviewLegality(agrees: chance(80), opinion: "lawful")), (planning, .beginReview),
                (planning, .beginSpecialProcedure(kind: .siteVisit, basis: "a", length: .working(pick([1, 3, 9])))),
                (planning, .beginSpecialProcedure(kind: .expertReview, basis: "a", length: .working(1))),
                (planning, .scheduleProcedure(date: date.adding(days: pick([-1, 1])))),
                (.owner, .commit(signer: "Owner")), (planning, .decide(.granted)), (planning, .decide(refusal)),
                (planning, .conclude(refusal)), (planning, .extend(by: .working(1), reason: "a", approver: "Head")),
            ]
        case .notAdmitted, .refused: commands = appeals
        case .revoked: commands = appeals + appeals
        case .granted, .grantedWithGaps, .issued, .checked:
            let check: ItemCommand = .drawCheck(
                seed: "7", population: 3, inspectors: pick([["A", "B"], ["A"], ["A", "A"]]), within: .working(2))
            commands = [
                (.window, .issue(documents: [])), (planning, .revoke(reason: "false", basis: "art. 69")),
                (planning, .check(finding: "kept")), (.supervisor, check), (.supervisor, check),
                (.of("housing"), .findBreach(finding: "false", within: pick([nil, .working(1)]))),
                (.owner, .reportRectified(note: "done")), (planning, .extendPermit(reason: "winter")),
                (.window, .deliver(method: .courier, tracking: pick([nil, "SF1"]), recipient: "Owner")),
                (.of("housing"), .acknowledge(note: "seen")), (planning, .acknowledge(note: "seen")),
            ]
        default:
            commands = [(.owner, .withdraw(reason: "changed")), (planning, .requestCorrection(points: [Point("a")]))]
        }
        if chance(4) { return appeals[0] }
        return pick(commands)
    }
}

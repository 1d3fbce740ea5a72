import WorkCalendar
import WorkflowModel

@testable import CaseEngine

/// What walks at random hardly ever meet.
enum RareStories {
    static func all() throws -> [Story] {
        try [
            MaterialStories.form(), MaterialStories.lookedUp(), MaterialStories.transferred(),
            returnedWhilePaused(.supplement), returnedWhilePaused(.procedure), returnedWhilePaused(.referral),
            whileRechecking(promise: 5),
            whileRechecking(promise: 3), RegistryStories.greenChannel(), MigrationTests.atAJoin(),
            CalendarChangeTests.underReview(),
            contested(.joint), contested(.approval), grantedWithGapsAgain(.joint), grantedWithGapsAgain(.approval),
        ]
    }

    private static let minor = [MaterialRequirement(material: "map", isMinor: true)]

    /// A broken promise lets the department return the application whatever it waits for.
    private static func returnedWhilePaused(_ kind: PauseKind) throws -> Story {
        let joint = Item.make(
            "item", .joint, takes: nil, tolerance: .working(1), materials: minor, joint: .make([.make("fire")]))
        var story = try Story(.make([joint], materials: [.make("map")]), opened: "2024-03-04")
        let planning = Actor.of("planning")
        try story.act("2024-03-04", .owner, "item", .file(materials: []))
        try story.act("2024-03-04", .window, "item", .admit)
        try story.act(
            "2024-03-04", planning, "item",
            kind == .supplement
                ? .requestSupplement(points: [Point("sign")])
                : kind == .referral
                    ? .refer(level: .provincial, authority: "省厅", opinion: "agreed", within: .working(9))
                    : .beginSpecialProcedure(kind: .hearing, basis: "art. 46", length: .working(9)))
        try story.act("2024-03-07", planning, "item", .returnApplication(reason: "promise broken"))
        return story
    }

    private static func whileRechecking(promise days: Int) throws -> Story {
        let joint = Item.make(
            "item", .joint, takes: nil, tolerance: .working(days), materials: minor,
            joint: .make([.make("fire")], merge: nil, rectification: .make()))
        var story = try Story(.make([joint], materials: [.make("map")]), opened: "2024-03-04")
        let planning = Actor.of("planning")
        try story.act("2024-03-04", .owner, "item", .file(materials: []))
        try story.act("2024-03-04", planning, "item", .admit)
        try story.act(
            "2024-03-05", .of("fire"), "item", .opine(participant: "fire", verdict: .fail(points: [Point("a")])))
        try story.act("2024-03-06", .owner, "item", .rectify(materials: [], note: ""))
        try story.pass(to: "2024-03-06")
        try story.act("2024-03-06", planning, "item", .suspend(reason: "lawsuit", approver: "Head"))
        try story.act("2024-03-07", planning, "item", .resume(reason: "settled"))
        try story.act("2024-03-07", planning, "item", .extend(by: .working(5), reason: "complex", approver: "Head"))
        try story.pass(to: "2024-03-07")
        try story.act(
            "2024-03-07", planning, "item",
            .beginSpecialProcedure(kind: .siteVisit, basis: "rule 1", length: .working(1)))
        try story.act(
            "2024-03-07", .of("fire"), "item", .opine(participant: "fire", verdict: .fail(points: [Point("a")])))
        try story.pass(to: "2024-03-11")
        try story.act("2024-03-11", planning, "item", .endSpecialProcedure(result: "seen"))
        return story
    }

    private static func applied(_ kind: ItemKind, _ materials: [MaterialRequirement] = []) throws -> Story {
        let joint = JointProcedure.make([.make("fire")], merge: nil, rectification: nil)
        let item = Item.make(
            "item", kind, takes: kind == .joint ? nil : 3, tolerance: .working(9), materials: materials,
            joint: kind == .joint ? joint : nil)
        var story = try Story(.make([item], materials: [.make("map")]), opened: "2024-03-04")
        try story.act("2024-03-04", .owner, "item", .file(materials: []))
        return story
    }

    private static func decide(_ story: inout Story, on date: LocalDate, _ decision: Decision) throws {
        if story["item"].status == .opining {
            let passes = decision == .granted || decision == .grantedWithGaps
            try story.act(
                date, .of("fire"), "item",
                .opine(participant: "fire", verdict: passes ? .pass : .fail(points: [Point("a")])))
        }
        try story.act(
            date, .of("planning"), "item", story["item"].joint == nil ? .decide(decision) : .conclude(decision))
    }

    /// A non-admission and a refusal are upheld by one body and annulled by the other.
    private static func contested(_ kind: ItemKind) throws -> Story {
        var story = try applied(kind)
        func contest(_ date: LocalDate, _ route: AppealRoute, _ outcome: AppealOutcome) throws {
            try story.act(date, .owner, "item", .appeal(route: route, grounds: "unlawful"))
            try story.act(date, .supervisor, "item", .decideAppeal(outcome: outcome, reason: "art. 68"))
        }
        let planning = Actor.of("planning")
        try story.act("2024-03-05", planning, "item", .refuseAdmission(reason: "not ours", rightBody: nil))
        try contest("2024-03-06", .reconsideration, .upheld)
        try contest("2024-03-07", .court, .annulled)
        try story.act("2024-03-08", planning, "item", .admit)
        let appeal = "reconsideration or court"
        try decide(&story, on: "2024-03-11", .refused(reasons: "too high", appeal: appeal))
        try contest("2024-03-12", .reconsideration, .upheld)
        try contest("2024-03-13", .court, .annulled)
        try decide(&story, on: "2024-03-14", .refused(reasons: "too close", appeal: appeal))
        return story
    }

    private static func grantedWithGapsAgain(_ kind: ItemKind) throws -> Story {
        var story = try applied(kind, minor)
        let planning = Actor.of("planning")
        try story.act("2024-03-04", planning, "item", .admit)
        try decide(&story, on: "2024-03-05", .grantedWithGaps)
        try story.act("2024-03-06", planning, "item", .revoke(reason: "error", basis: "art. 69"))
        try story.act("2024-03-07", .owner, "item", .appeal(route: .court, grounds: "unlawful"))
        try story.act("2024-03-07", .supervisor, "item", .decideAppeal(outcome: .annulled, reason: "art. 70"))
        return story
    }

    private static func afterwards() throws -> [CaseRejection?] {
        let appeal = "reconsideration or court"
        let planning = Actor.of("planning")
        var refused = try applied(.approval)
        try refused.act("2024-03-04", planning, "item", .admit)
        try decide(&refused, on: "2024-03-05", .refused(reasons: "too high", appeal: appeal))
        try refused.act("2024-03-06", .owner, "item", .appeal(route: .court, grounds: "unlawful"))
        try refused.act("2024-03-07", .supervisor, "item", .decideAppeal(outcome: .annulled, reason: "art. 70"))
        let item = Item.make("item", handling: .commitment, outputs: ["paper"])
        var breached = try Story(.make([item], materials: [.make("paper")]), opened: "2024-03-04")
        try breached.act("2024-03-04", .owner, "item", .file(materials: []))
        try breached.act("2024-03-04", planning, "item", .admit)
        try breached.act("2024-03-05", planning, "item", .decide(.granted))
        try breached.act("2024-03-06", planning, "item", .findBreach(finding: "false"))
        return [
            refused.rejection(
                "2024-03-08", planning, "item", .decide(.refused(reasons: "too high", appeal: appeal))),  // sameReasons
            breached.rejection("2024-03-07", .window, "item", .issue(documents: [])),  // effectSuspended
        ]
    }

    /// One of each that walks hardly ever meet; the wrong ones are told where they are a rule of their own.
    static func rejections() throws -> [CaseRejection] {
        var rejections: [CaseRejection?] = []
        let plan = Plan.make(
            [
                .make(
                    "permit", statutory: StatutoryLimit(limit: .working(9), extension: nil, basis: nil),
                    materials: [MaterialRequirement(material: "form", isMinor: false)], outputs: ["paper"]),
                .make(
                    "visit", .joint, takes: 1, after: [.on("permit")],
                    materials: [MaterialRequirement(material: "paper", isMinor: false)],
                    joint: .make(kind: .inspection, admission: nil, [.make("fire")], merge: nil)),
            ], materials: [.make("form"), .make("paper")])
        var story = Story(plan)
        let planning = Actor.of("planning")
        func next(_ actor: Actor, _ command: CaseCommand) {
            rejections.append(story.rejection("2024-03-04", actor, command))
        }
        func next(_ actor: Actor, _ item: String, _ command: ItemCommand) { next(actor, .item(item, command)) }

        next(.owner, "permit", .admit)  // caseNotOpen
        let opening = story.opening
        func opened(workflow: String = "test", calendar: String = "weekdays", area: Double = 1) -> CaseCommand {
            .open(
                CaseOpening(
                    project: opening.project, title: opening.title, owner: nil, workflow: workflow, version: "1",
                    definition: "", calendar: calendar, calendarVersion: "1", facts: ["area": .number(area)]))
        }
        next(.owner, opened(workflow: "other"))
        next(.owner, opened(calendar: "lunar"))
        next(.owner, opened(area: .infinity))
        try story.act("2024-03-04", .owner, .open(opening))
        next(.owner, .open(opening))  // caseAlreadyOpen
        story.rulebook.versions = ["1": plan.workflow]
        func migrate(to version: String) -> CaseCommand {
            .migrate(MigrationOrder(version: version, definition: "abc", reason: "notice 1"))
        }
        next(.designer, migrate(to: "1"))  // alreadyGoverned
        next(.designer, migrate(to: "2"))  // versionNotAtHand
        rejections.append(story.rejection("2024-03-03", .owner, .passTime))  // dateBeforeLast
        next(.owner, "lift", .admit)  // unknownItem
        next(.supervisor, .liftCard(card: "x", reason: "y"))  // unknownCard
        try story.act("2024-03-04", .owner, "permit", .file(materials: [.of("form")]))
        try story.act("2024-03-04", planning, "permit", .admit)
        story.rulebook.versions["2"] = Plan.make([.milestone("start")]).workflow
        next(.designer, migrate(to: "2"))  // migrationBarred
        next(planning, "permit", .extend(by: .working(1), reason: "a", approver: "Head"))  // extensionNotAllowed
        next(planning, "permit", .decide(.refused(reasons: "a", appeal: "")))  // appealMissing
        try story.act("2024-03-04", planning, "permit", .decide(.granted))
        next(planning, "permit", .revoke(reason: "", basis: ""))  // reasonMissing
        next(.owner, "visit", .file(materials: []))  // materialNotIssued
        try story.act("2024-03-04", planning, "permit", .issue(documents: []))
        try story.act("2024-03-04", .owner, "visit", .file(materials: []))
        next(.of("air"), "visit", .opine(participant: "air", verdict: .pass))  // unknownParticipant
        next(planning, "visit", .holdSession(votes: []))  // votesOutstanding
        try story.act("2024-03-04", .owner, .withdrawCase(reason: "given up"))
        next(.owner, "visit", .withdraw(reason: "given up"))  // caseClosed

        var rechecking = try JointAcceptanceTests.dispatched()
        for (id, verdict) in [("planning", Verdict.pass), ("archive", .pass), ("fire", .fail(points: [Point("a")]))] {
            try rechecking.act("2024-03-07", .of(id), "acceptance", .opine(participant: id, verdict: verdict))
        }
        try rechecking.act("2024-03-07", .of("housing"), "acceptance", .merge(note: ""))
        try rechecking.act("2024-03-07", .owner, "acceptance", .rectify(materials: [], note: ""))
        rejections.append(
            rechecking.rejection(
                "2024-03-07", .of("archive"), "acceptance", .opine(participant: "archive", verdict: .pass)))
        let contested = try contested(.approval)
        rejections.append(
            contested.rejection("2024-03-15", .owner, "item", .decideAppeal(outcome: .upheld, reason: "a")))
        rejections += try afterwards()
        return rejections.compactMap(\.self)
    }
}

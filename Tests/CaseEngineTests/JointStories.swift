import WorkCalendar
import WorkflowModel

@testable import CaseEngine

/// Meetings, conflicts and changed documents of joint items, through every row of their tables.
enum JointStories {
    static let lead = Actor.of("planning")

    static func all() throws -> [Story] {
        var stories = try [
            visits(recheck: false), visits(recheck: true), session(), changedBeforeTheGrant(concluding: false),
        ]
        stories.append(try changedBeforeTheGrant(concluding: true))
        for before in [ItemStatus.granted, .issued, .checked] {
            for ending in [ItemStatus.rechecking, .merging, .rectifying, .concluding] {
                stories.append(try change(of: before, endingIn: ending))
            }
        }
        return stories
    }

    // MARK: Plans

    static func review(rounds: Int = 2) throws -> Story {
        let plan = Plan.make(
            [
                .make(
                    "item", .joint, takes: nil,
                    materials: ["map", "pipes", "note"].map { MaterialRequirement(material: $0, isMinor: false) },
                    outputs: ["paper"],
                    joint: .make(
                        [.make("fire", materials: ["map", "pipes"]), .make("gas", materials: ["pipes"])],
                        rectification: .make(rounds: rounds))),
                // Keeps the case open after the grant.
                .make("later", .applicant, after: [.on("item")]),
            ], materials: ["map", "pipes", "note", "paper"].map { .make($0) })
        var story = try Story(plan, opened: "2024-03-04")
        try story.act("2024-03-04", .owner, "item", .file(materials: ["map", "pipes", "note"].map { .of($0) }))
        try story.act("2024-03-04", lead, "item", .admit)
        return story
    }

    private static func opine(_ story: inout Story, _ date: LocalDate, _ id: String, _ verdict: Verdict) throws {
        try story.act(date, .of(id), "item", .opine(participant: id, verdict: verdict))
    }

    static func vote(_ id: String, _ verdict: Verdict = .pass) -> VisitVote {
        VisitVote(participant: id, verdict: verdict, officers: ["\(id) 1", "\(id) 2"])
    }

    // MARK: Stories

    /// All that can become of a date, in the first opinions or in a recheck.
    private static func visits(recheck: Bool) throws -> Story {
        var story = try review()
        if recheck {
            for id in ["fire", "gas"] { try opine(&story, "2024-03-04", id, .fail(points: [Point("\(id) a")])) }
            try markAndResolve(&story, "2024-03-04")
            try story.act("2024-03-04", lead, "item", .merge(note: ""))
            try story.act("2024-03-04", .owner, "item", .rectify(materials: [], note: "done"))
        }
        try story.act("2024-03-04", .window, "item", .proposeVisit(date: "2024-03-06", remote: false))
        try story.act("2024-03-04", .of("fire"), "item", .answerVisit(participant: "fire", dates: ["2024-03-06"]))
        try story.act("2024-03-05", .of("gas"), "item", .answerVisit(participant: "gas", dates: ["2024-03-07"]))
        try story.act("2024-03-05", .window, "item", .proposeVisit(date: "2024-03-06", remote: false))
        try story.pass(to: "2024-03-06")
        try story.act("2024-03-06", .window, "item", .proposeVisit(date: "2024-03-07", remote: true))
        for id in ["fire", "gas"] {
            try story.act("2024-03-06", .of(id), "item", .answerVisit(participant: id, dates: ["2024-03-07"]))
        }
        let verdict = Verdict.fail(points: [Point("fire a")])
        try story.act(
            "2024-03-07", lead, "item", .recordVisit(votes: [vote("fire", verdict)], unsigned: [], record: nil))
        try opine(&story, "2024-03-07", "gas", recheck ? .pass : .fail(points: [Point("gas a")]))
        return story
    }

    /// Marked and resolved while opinions come in, while they are merged and in a recheck.
    private static func markAndResolve(_ story: inout Story, _ date: LocalDate) throws {
        let points = ["fire", "gas"].map { ParticipantPoint(participant: $0, point: Point("\($0) a")) }
        try story.act(date, lead, "item", .markConflict(first: points[0], second: points[1]))
        let number = story["item"].joint?.conflicts.count ?? 0
        try story.act(date, lead, "item", .resolveConflict(number: number, resolution: "the first holds"))
    }

    /// An inspection in which one who cannot be taken to agree was absent, and is seen on another day.
    private static func session() throws -> Story {
        var story = try inspection()
        let record = VisitRecord(commitment: "made", guidance: "given", record: "seen")
        try story.act("2024-03-04", .window, "item", .proposeVisit(date: "2024-03-05", remote: false))
        for id in ["fire", "gas"] {
            try story.act("2024-03-04", .of(id), "item", .answerVisit(participant: id, dates: ["2024-03-05"]))
        }
        try story.act("2024-03-05", lead, "item", .recordVisit(votes: [vote("gas")], unsigned: [], record: record))
        try story.act("2024-03-06", .window, "item", .proposeVisit(date: "2024-03-07", remote: false))
        try story.act("2024-03-06", .of("fire"), "item", .answerVisit(participant: "fire", dates: ["2024-03-07"]))
        try story.pass(to: "2024-03-07")
        try story.act("2024-03-08", .window, "item", .proposeVisit(date: "2024-03-11", remote: false))
        try story.act("2024-03-08", .of("fire"), "item", .answerVisit(participant: "fire", dates: ["2024-03-11"]))
        try story.act("2024-03-11", lead, "item", .recordVisit(votes: [vote("fire")], unsigned: [], record: record))
        return story
    }

    static func inspection() throws -> Story {
        let plan = Plan.make([
            .make(
                "item", .joint, takes: 1,
                joint: .make(
                    kind: .inspection, admission: nil,
                    [.make("fire", takes: nil, silence: .neverDeemed), .make("gas", takes: nil, silence: .deemedAgree)])
            )
        ])
        var story = try Story(plan, opened: "2024-03-04")
        try story.act("2024-03-04", .owner, "item", .file(materials: []))
        return story
    }

    /// Conflicts while opinions come in, and documents that change before anything is granted.
    private static func changedBeforeTheGrant(concluding: Bool) throws -> Story {
        var story = try review()
        try opine(&story, "2024-03-05", "fire", .passWithConditions(points: [Point("fire a"), Point("fire b")]))
        try story.act(
            "2024-03-05", lead, "item", .markConflict(first: quoted("fire a"), second: quoted("fire b")))
        try story.act("2024-03-05", lead, "item", .resolveConflict(number: 1, resolution: "the first holds"))
        try opine(&story, "2024-03-05", "gas", .pass)
        if concluding { try story.act("2024-03-05", lead, "item", .merge(note: "")) }
        try story.act("2024-03-06", .owner, "item", .reopen(materials: [.of("map", "b")], reason: "moved"))
        return story
    }

    static func quoted(_ text: String) -> ParticipantPoint {
        ParticipantPoint(participant: "fire", point: Point(text))
    }

    /// A change to what was granted that comes to nothing wherever it stands.
    private static func change(of before: ItemStatus, endingIn ending: ItemStatus) throws -> Story {
        var story = try granted(before)
        try story.act("2024-03-11", .owner, "item", .reopen(materials: [.of("pipes", "b")], reason: "moved"))
        switch ending {
        case .merging:
            let points = ["1", "2", "3"].map { Point($0, material: "pipes", part: "P-1") }
            try opine(&story, "2024-03-12", "fire", .passWithConditions(points: points))
            try story.act("2024-03-12", lead, "item", .markConflict(first: quoted("1"), second: quoted("2")))
            try story.act("2024-03-12", lead, "item", .resolveConflict(number: 1, resolution: "the first holds"))
            try story.act("2024-03-12", lead, "item", .markConflict(first: quoted("1"), second: quoted("3")))
            try opine(&story, "2024-03-12", "gas", .pass)
        case .rectifying:
            try opine(&story, "2024-03-12", "fire", .fail(points: [pinned("fire")]))
            try opine(&story, "2024-03-12", "gas", .pass)
        case .concluding:
            for id in ["fire", "gas"] { try opine(&story, "2024-03-12", id, .pass) }
        default: break
        }
        try story.act("2024-03-13", .owner, "item", .withdraw(reason: "as it was"))
        return story
    }

    static func pinned(_ id: String) -> Point { Point("\(id) a", material: "pipes", part: "P-1") }

    static func granted(_ status: ItemStatus) throws -> Story {
        var story = try review()
        for id in ["fire", "gas"] { try opine(&story, "2024-03-05", id, .pass) }
        try story.act("2024-03-05", lead, "item", .merge(note: ""))
        try story.act("2024-03-06", lead, "item", .conclude(.granted))
        if status == .issued { try story.act("2024-03-07", lead, "item", .issue(documents: [])) }
        if status == .checked { try story.act("2024-03-07", lead, "item", .check(finding: "kept")) }
        return story
    }

    // MARK: Rejections

    static func rejections() throws -> [CaseRejection] {
        var rejections: [CaseRejection?] = []
        let visit = ItemCommand.proposeVisit(date: "2024-03-05", remote: false)
        func record(_ officers: [String]) -> ItemCommand {
            .recordVisit(
                votes: [VisitVote(participant: "fire", verdict: .pass, officers: officers)], unsigned: [], record: nil)
        }
        var story = try inspection()
        func next(_ date: LocalDate, _ actor: Actor, _ command: ItemCommand) {
            rejections.append(story.rejection(date, actor, "item", command))
        }
        next("2024-03-05", .window, visit)  // visitDateNotPossible
        next("2024-03-04", .window, record(["a", "b"]))  // noVisitAgreed
        try story.act("2024-03-04", .window, "item", visit)
        next("2024-03-04", lead, .holdSession(votes: []))  // visitAgreed
        for id in ["fire", "gas"] {
            try story.act("2024-03-04", .of(id), "item", .answerVisit(participant: id, dates: ["2024-03-05"]))
        }
        next("2024-03-04", .window, record(["a", "b"]))  // visitOnOtherDay
        next("2024-03-05", .window, record(["a", "a"]))  // twoOfficersNeeded
        next("2024-03-05", .window, record(["a", "b"]))  // visitRecordMissing

        story = try review()
        try opine(&story, "2024-03-05", "fire", .passWithConditions(points: [Point("a"), Point("b")]))
        next("2024-03-05", lead, .markConflict(first: quoted("a"), second: quoted("c")))  // unknownPoint
        next("2024-03-05", lead, .resolveConflict(number: 1, resolution: "a"))  // unknownConflict
        try story.act("2024-03-05", lead, "item", .markConflict(first: quoted("a"), second: quoted("b")))
        try opine(&story, "2024-03-05", "gas", .pass)
        next("2024-03-05", lead, .merge(note: ""))  // conflictsOpen
        try story.act("2024-03-05", lead, "item", .resolveConflict(number: 1, resolution: "a"))
        next("2024-03-05", .owner, .reopen(materials: [.of("note", "b")], reason: "a"))  // nobodyTouched

        let asking = Item.make(
            "item", .joint, takes: nil, joint: .make(kind: .opinion, admission: nil, [.make("fire")]))
        story = try Story(.make([asking]), opened: "2024-03-04")
        try story.act("2024-03-04", lead, "item", .file(materials: []))
        next("2024-03-04", lead, .requestSupplement(points: [Point("a")]))  // noApplicantContact
        return rejections.compactMap(\.self)
    }
}

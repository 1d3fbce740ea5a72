import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("Supervision")
struct SupervisionTests {
    private static let permit = Item.make(
        "permit", limit: .working(5), statutory: StatutoryLimit(limit: .working(10), extension: nil, basis: nil),
        outputs: ["paper"], chain: ["handler", "approver"])
    private static let plan = Plan.make([permit], materials: [.make("paper")])

    /// Filed on Friday 1 March and admitted at once: five working days end on 8 March, ten on 15 March.
    private static func admitted(policy: SupervisionPolicy? = nil) throws -> Story {
        var story = try Story(plan, opened: "2024-03-01", policy: policy)
        try story.act("2024-03-01", .owner, "permit", .file(materials: []))
        try story.act("2024-03-01", .of("planning", "王"), "permit", .admit)
        return story
    }

    private static func decided() throws -> Story {
        var story = try admitted()
        try story.act("2024-03-04", .of("planning", "王"), "permit", .sign(opinion: ""))
        try story.act("2024-03-05", .of("planning", "李"), "permit", .decide(.granted))
        return story
    }

    private func cards(_ story: Story) -> [String] { story.state.cards.map { "\($0.level) \($0.raisedOn)" } }

    // MARK: Cards by time

    @Test("By the usual reading red is raised when the promised limit has passed, and again for the statutory one")
    func usualReading() throws {
        var story = try Self.admitted()
        try story.pass(to: "2024-03-31")
        #expect(cards(story) == ["blue 2024-03-07", "yellow 2024-03-08", "red 2024-03-11", "statutoryRed 2024-03-18"])
    }

    @Test("By the other reading yellow says that the promised limit has passed and red that the statutory one has")
    func otherReading() throws {
        var policy = SupervisionPolicy.standard
        policy.cards.yellow = .past(.promised)
        policy.cards.red = .past(.statutory)
        policy.cards.statutoryRed = .never
        var story = try Self.admitted(policy: policy)
        try story.pass(to: "2024-03-31")
        #expect(cards(story) == ["blue 2024-03-07", "yellow 2024-03-11", "red 2024-03-18"])
        let words = story.events.filter { $0.kind == .cardRaised }.map(\.words.en)
        #expect(words[1] == "yellow card: planning is past its promised limit")
        #expect(words[2] == "red card: planning is past its legal limit")
        #expect(try story.replayed() == story.state)
    }

    @Test("A card may also be raised by a share of the statutory limit, or never")
    func statutoryShare() throws {
        var policy = SupervisionPolicy.standard
        policy.cards.blue = .never
        policy.cards.yellow = .share(percent: 50, of: .statutory)
        policy.cards.red = .before(.working(2), of: .statutory)
        var story = try Self.admitted(policy: policy)
        try story.pass(to: "2024-03-31")
        #expect(cards(story) == ["yellow 2024-03-08", "red 2024-03-13", "statutoryRed 2024-03-18"])
    }

    @Test("A card names who acted last on the item at that moment")
    func personInCharge() throws {
        var story = try Self.admitted()
        try story.act("2024-03-08", .of("planning", "赵"), "permit", .sign(opinion: ""))
        try story.pass(to: "2024-03-11")
        #expect(story.state.cards.map(\.person) == ["王", "赵", "赵"])
    }

    @Test("Where nobody has acted for a participant its card names nobody")
    func personOfParticipant() throws {
        let joint = Item.make(
            "joint", .joint, takes: nil,
            joint: .make(admission: nil, [.make("fire", limit: .working(1)), .make("air", limit: .working(5))]))
        var story = try Story(.make([joint]), opened: "2024-03-01")
        try story.act("2024-03-01", .owner, "joint", .file(materials: []))
        try story.pass(to: "2024-03-05")
        let red = try #require(story.state.cards.first { $0.level == .red })
        #expect(red.participant == "fire" && red.person == nil)
    }

    @Test("Deemed agreement still comes when the promised limit has passed, whatever the cards say")
    func deemedAgreement() throws {
        var policy = SupervisionPolicy.standard
        for level in CardLevel.allCases { policy.cards[level] = .never }
        let item = Item.make("hearing", .opinion, limit: .working(2), silence: .deemedAgree)
        var story = try Story(.make([item]), opened: "2024-03-01", policy: policy)
        try story.act("2024-03-01", .of("planning"), "hearing", .file(materials: []))
        try story.act("2024-03-01", .of("planning"), "hearing", .admit)
        try story.pass(to: "2024-03-06")
        #expect(story["hearing"].status == .granted && story.state.cards.isEmpty)
    }

    // MARK: From explanation to accountability

    @Test("A red card is explained, confirmed by the supervisor, and only then may a measure be noted")
    func accountability() throws {
        var story = try Self.admitted()
        try story.pass(to: "2024-03-11")
        let card = try #require(story.state.cards.last?.id)
        let note = CaseCommand.supervise(.noteAccountability(card: card, measure: .talk, note: "谈话"))
        #expect(asked(story) == ["planning: explain by 2024-03-14"])
        #expect(story.rejection("2024-03-12", .supervisor, note) == .cardNotConfirmed(card))
        try story.act("2024-03-12", .of("planning"), .explainCard(card: card, explanation: "人手不足"))
        #expect(asked(story) == ["supervisor: review"])
        try story.act("2024-03-13", .supervisor, .confirmCard(card: card, reason: "属实"))
        #expect(asked(story).isEmpty)
        #expect(story.rejection("2024-03-13", .of("planning"), note) == .notYours(.supervisor))
        try story.act("2024-03-13", .supervisor, note)
        #expect(story.state.cards.last?.accountability.map(\.measure) == [.talk])
    }

    @Test("A card that nobody explains in time is the supervisor's to review")
    func unexplained() throws {
        var story = try Self.admitted()
        try story.pass(to: "2024-03-18")
        #expect(asked(story) == ["supervisor: review", "planning: explain by 2024-03-21"])
    }

    // MARK: Cards that are not about time

    @Test("The supervisor raises a card with evidence; a second one for the same breach waits for the first")
    func byHand() throws {
        var story = try Self.decided()
        func raise(_ evidence: String) -> CaseCommand {
            .supervise(
                .raiseCard(item: "permit", participant: nil, rule: .unlawfulCharge, level: .red, evidence: evidence))
        }
        #expect(story.rejection("2024-03-06", .of("planning"), raise("收据")) == .notYours(.supervisor))
        #expect(story.rejection("2024-03-06", .supervisor, raise(" ")) == .reasonMissing)
        try story.act("2024-03-06", .supervisor, raise("收据 12"))
        let card = try #require(story.state.cards.last)
        #expect(card.id == "permit:1.0:unlawful-charge" && card.person == "李" && card.rule == .unlawfulCharge)
        #expect(story.rejection("2024-03-06", .supervisor, raise("收据 13")) == .cardAlreadyRaised(card.id))
        try story.act("2024-03-06", .supervisor, .liftCard(card: card.id, reason: "已退"))
        try story.act("2024-03-06", .supervisor, raise("收据 13"))
        #expect(story.state.cards.last?.id == "permit:1.0:unlawful-charge-2")
    }

    @Test("Where the policy says so, what the log shows raises a card by rule, once")
    func byRule() throws {
        var policy = SupervisionPolicy.standard
        policy.cardsByRule = [.hiddenExtension: .yellow, .stepLate: .blue, .sentBackAfterAdmission: .red]
        var story = try Story(Self.plan, opened: "2024-03-01", policy: policy)
        try story.act("2024-03-01", .owner, "permit", .file(materials: []))
        try story.pass(to: "2024-03-08")
        #expect(story.happened.prefix(2) == ["permit:deemedAdmitted", "permit:ruleCardRaised"])
        try story.act(
            "2024-03-08", .of("planning", "王"), "permit",
            .beginSpecialProcedure(kind: .expertReview, basis: "art. 45", length: .working(2)))
        try story.pass(to: "2024-03-20")
        let rules = story.state.cards.compactMap { card in card.rule.map { "\($0.rawValue) \(card.raisedOn)" } }
        #expect(rules == ["step-late 2024-03-08", "hidden-extension 2024-03-13"])
        #expect(try story.replayed() == story.state)
    }

    // MARK: Ratings

    @Test("Each completed step is rated once, by the applicant's side")
    func ratings() throws {
        var story = try Self.decided()
        func rate(_ step: RatedStep, _ score: Int) -> CaseCommand {
            .supervise(.rate(item: "permit", step: step, score: score, channel: .mobile, comment: ""))
        }
        #expect(story.rejection("2024-03-06", .owner, rate(.delivery, 1)) == .stepNotDone(item: "permit", .delivery))
        #expect(story.rejection("2024-03-06", .owner, rate(.decision, 6)) == .scoreOutOfRange(6))
        try story.act("2024-03-06", .agent, rate(.admission, 2))
        try story.act("2024-03-06", .owner, rate(.decision, 1))
        #expect(story.rejection("2024-03-06", .owner, rate(.decision, 1)) == .alreadyRated(item: "permit", .decision))
        #expect(story.state.oversight?.matters.isEmpty == true)
    }

    @Test("A bad rating opens a ticket: answered within five working days with an outcome, called back, closed")
    func badRating() throws {
        let story = try Self.badlyRated(outcome: .fixedAtOnce, satisfied: true)
        let matter = try #require(story.state.oversight?.matters.first)
        #expect(matter.due == "2024-03-13" && matter.status == .closed && matter.callBack?.isSatisfied == true)
    }

    @Test("What is to be put right by a date is followed up by that date, and who is not satisfied is heard again")
    func fixedByDate() throws {
        var story = try Self.badlyRated(outcome: .fixedByDate, satisfied: false)
        #expect(story.state.oversight?.matters.map(\.id) == ["bad-rating-1", "follow-up-1"])
        #expect(asked(story) == ["supervisor: close", "planning: answer by 2024-03-15"])
        try story.act("2024-03-12", .supervisor, .supervise(.escalate(matter: "bad-rating-1", reason: "不满意")))
        #expect(asked(story) == ["coordination: answer by 2024-03-15", "planning: answer by 2024-03-15"])
    }

    private static func badlyRated(outcome: BadRatingOutcome, satisfied: Bool) throws -> Story {
        var story = try decided()
        try story.act(
            "2024-03-06", .owner,
            .supervise(.rate(item: "permit", step: .decision, score: 5, channel: .web, comment: "跑了三趟")))
        try story.act(
            "2024-03-08", .of("planning"),
            .supervise(.answer(matter: "bad-rating-1", answer: "已道歉", outcome: outcome, by: "2024-03-15")))
        try story.act(
            "2024-03-11", .window,
            .supervise(.callBack(matter: "bad-rating-1", isSatisfied: satisfied, note: "电话回访")))
        return story
    }

    // MARK: Follow-ups, issues, complaints

    @Test("An overdue follow-up goes up the chain, office by office, and stops at its end")
    func escalation() throws {
        var story = try Self.admitted()
        try story.act(
            "2024-03-01", .supervisor,
            .supervise(.followUp(item: "permit", department: nil, demand: "限期办结", due: "2024-03-05")))
        #expect(story.machine.timers(in: story.state).contains { $0.name == "follow-up-1:overdue-0" })
        try story.pass(to: "2024-03-31")
        let matters = story.events.filter(\.kind.isOversight).map { "\($0.on) \($0.words.en)" }
        #expect(
            matters == [
                "2024-03-01 follow-up-1 to planning, answer by 2024-03-05: 限期办结",
                "2024-03-06 follow-up-1 is overdue",
                "2024-03-06 follow-up-1 goes up to coordination, answer by 2024-03-11: overdue",
                "2024-03-12 follow-up-1 is overdue",
                "2024-03-12 follow-up-1 goes up to government, answer by 2024-03-15: overdue",
                "2024-03-18 follow-up-1 is overdue",
            ])
        try story.act(
            "2024-04-01", .of("planning"),
            .supervise(.answer(matter: "follow-up-1", answer: "已办结", outcome: nil, by: nil)))
        try story.act("2024-04-01", .supervisor, .supervise(.close(matter: "follow-up-1", note: "属实")))
        let matter = try #require(story.state.oversight?.matters.first)
        #expect(matter.overdueDays(asOf: "2024-05-01", on: .weekdays) == 19)
        #expect(story.machine.timers(in: story.state).allSatisfy { $0.effect != .noteMatterOverdue })
    }

    @Test("A department puts an issue to the coordination office, which answers it or passes it on")
    func issue() throws {
        var story = try Self.issueRaised()
        #expect(asked(story) == ["coordination: answer by 2024-03-06"])
        try story.act(
            "2024-03-04", .of("coordination"), .supervise(.escalate(matter: "issue-1", reason: "涉及全局")))
        try story.act(
            "2024-03-05", .of("government"),
            .supervise(.answer(matter: "issue-1", answer: "按规划办", outcome: nil, by: nil)))
        #expect(story.state.oversight?.matters.first?.status == .closed)
    }

    private static func issueRaised() throws -> Story {
        var story = try admitted()
        try story.act(
            "2024-03-01", .of("planning"), .supervise(.putIssue(item: "permit", department: nil, question: "规划冲突")))
        return story
    }

    @Test("A complaint has a promised limit, is extended once, and counts the days by which its answer is late")
    func complaint() throws {
        var story = try Self.complained()
        let extend = CaseCommand.supervise(
            .extend(matter: "complaint-1", by: .working(5), reason: "复杂", approver: "局长"))
        try story.act("2024-03-18", .of("planning"), extend)
        #expect(
            story.rejection("2024-03-18", .of("planning"), extend) == .matterAlreadyExtended(matter: "complaint-1"))
        #expect(story.state.oversight?.matters.first?.due == "2024-03-29")
        try story.pass(to: "2024-04-02")
        try story.act(
            "2024-04-02", .of("planning"),
            .supervise(.answer(matter: "complaint-1", answer: "已核实", outcome: nil, by: nil)))
        let matter = try #require(story.state.oversight?.matters.first)
        #expect(matter.status == .closed && matter.overdueDays(asOf: "2024-06-01", on: .weekdays) == 2)
        try story.act(
            "2024-04-03", .window, .supervise(.callBack(matter: "complaint-1", isSatisfied: true, note: "回访")))
    }

    private static func complained() throws -> Story {
        var story = try admitted()
        try story.act(
            "2024-03-01", .window, .supervise(.complain(item: "permit", department: nil, text: "窗口推诿")))
        return story
    }

    @Test("Supervision goes on after a case was withdrawn")
    func afterTheEnd() throws {
        var story = try Self.complained()
        try story.act("2024-03-04", .owner, .withdrawCase(reason: "放弃"))
        try story.pass(to: "2024-04-30")
        #expect(story.state.oversight?.matters.first?.overdueSince == "2024-03-25")
        #expect(story.machine.nextDue(in: story.state) == nil)
        #expect(try story.replayed() == story.state)
    }

    // MARK: Whatever happens

    @Test("Under any policy cards keep their promises", arguments: UInt64(1)...40)
    func anyPolicy(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var policy = SupervisionPolicy.standard
        func limit() -> CardThreshold.WarnedLimit { Bool.random(using: &random) ? .promised : .statutory }
        for level in CardLevel.allCases {
            policy.cards[level] =
                switch Int.random(in: 0...3, using: &random) {
                case 0: .past(limit())
                case 1: .share(percent: .random(in: 1...99, using: &random), of: limit())
                case 2: .before(.working(.random(in: 1...3, using: &random)), of: limit())
                default: .never
                }
        }
        for rule in SupervisionRule.allCases.filter(\.isShownByEvent) where Bool.random(using: &random) {
            policy.cardsByRule[rule] = .yellow
        }
        var walk = RandomWalk(seed: seed, policy: policy)
        for _ in 0..<160 { try walk.step() }
        #expect(LogAudit(walk.story).problems.isEmpty, "seed \(seed)")
        #expect(try walk.story.replayed() == walk.story.state, "seed \(seed)")
    }

    @Test("Supervision changes nothing of the items, their clocks and what is asked for", arguments: UInt64(1)...40)
    func besideTheItems(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed ^ 0x5EED)
        var walk = RandomWalk(seed: seed)
        var refused = 0
        for _ in 0..<120 {
            try walk.step()
            guard walk.story.state.version > 0, Int.random(in: 0..<3, using: &random) == 0 else { continue }
            let (actor, command) = Self.anySupervision(&random, walk.story)
            if walk.story.rejection(walk.date, actor, .supervise(command)) != nil {
                refused += 1
            } else {
                try walk.story.act(walk.date, actor, .supervise(command))
            }
        }
        let story = walk.story
        #expect(try story.replayed() == story.state, "seed \(seed)")
        #expect(LogAudit(story).problems.isEmpty, "seed \(seed)")
        var without = CaseState()
        for event in story.events where !event.kind.isOversight { story.machine.evolve(&without, by: event) }
        #expect(Array(without.items) == Array(story.state.items), "seed \(seed)")
        #expect(without.nextDue == story.state.nextDue, "seed \(seed)")
        #expect(
            story.machine.requests(in: without).map(\.id) == story.machine.requests(in: story.state).map(\.id),
            "seed \(seed)")
        let timers = story.machine.timers(in: story.state)
        #expect(story.machine.nextDue(in: story.state) == timers.first?.due || timers.isEmpty, "seed \(seed)")
        #expect(Set(timers.map(\.name)).count == timers.count, "seed \(seed)")
        let requests = story.machine.oversightRequests(in: story.state)
        #expect(Set(requests.map(\.id)).count == requests.count, "seed \(seed)")
    }

    private static func anySupervision(_ random: inout SeededGenerator, _ story: Story) -> (Actor, SupervisionCommand) {
        func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }
        let item = pick(story.machine.plan.items).id
        let matters = story.state.oversight?.matters ?? []
        let matter = matters.isEmpty ? nil : pick(matters)
        let id = matter?.id ?? "follow-up-1"
        let office = Actor.of(matter?.office ?? "planning")
        return pick([
            (
                .supervisor,
                .raiseCard(
                    item: item, participant: nil, rule: pick(SupervisionRule.allCases), level: .yellow, evidence: "a")
            ),
            (
                .owner,
                .rate(
                    item: item, step: pick(RatedStep.allCases), score: pick([1, 3, 4, 5]), channel: .web, comment: "")
            ),
            (.supervisor, .followUp(item: item, department: nil, demand: "a", due: nil)),
            (.of("planning"), .putIssue(item: item, department: nil, question: "a")),
            (.owner, .complain(item: item, department: nil, text: "a")),
            (office, .answer(matter: id, answer: "a", outcome: pick([nil, .explained]), by: nil)),
            (office, .extend(matter: id, by: .working(3), reason: "a", approver: "Head")),
            (.supervisor, .escalate(matter: id, reason: "a")),
            (.window, .callBack(matter: id, isSatisfied: pick([true, false]), note: "a")),
            (.supervisor, .close(matter: id, note: "a")),
        ])
    }

    // MARK: Coverage

    /// Stories that visit every row of the matters' table and every event of supervision.
    static func stories() throws -> [Story] {
        var policy = SupervisionPolicy.standard
        policy.cardsByRule = [.hiddenExtension: .yellow]
        var cards = try admitted(policy: policy)
        try cards.act(
            "2024-03-01", .supervisor,
            .supervise(.raiseCard(item: "permit", participant: nil, rule: .noReasons, level: .red, evidence: "a")))
        try cards.act("2024-03-01", .supervisor, .confirmCard(card: "permit:1.0:no-reasons", reason: "a"))
        try cards.act(
            "2024-03-01", .supervisor,
            .supervise(.noteAccountability(card: "permit:1.0:no-reasons", measure: .circular, note: "a")))
        var complaint = try complained()
        try complaint.act(
            "2024-03-01", .of("planning"),
            .supervise(.extend(matter: "complaint-1", by: .working(1), reason: "a", approver: "Head")))
        try complaint.pass(to: "2024-03-31")
        try complaint.act(
            "2024-04-01", .of("planning"),
            .supervise(.answer(matter: "complaint-1", answer: "a", outcome: nil, by: nil)))
        try complaint.act(
            "2024-04-01", .window, .supervise(.callBack(matter: "complaint-1", isSatisfied: true, note: "a")))
        var issue = try issueRaised()
        try issue.act("2024-03-01", .supervisor, .supervise(.escalate(matter: "issue-1", reason: "a")))
        var bad = try badlyRated(outcome: .fixedByDate, satisfied: false)
        try bad.act("2024-03-12", .supervisor, .supervise(.escalate(matter: "bad-rating-1", reason: "a")))
        return try [cards, complaint, issue, bad, badlyRated(outcome: .explained, satisfied: true)]
    }

    static func rejections() throws -> [CaseRejection] {
        var rejections: [CaseRejection?] = []
        let story = try badlyRated(outcome: .explained, satisfied: true)
        func next(_ story: Story, _ actor: Actor, _ command: SupervisionCommand) {
            rejections.append(story.rejection("2024-04-01", actor, .supervise(command)))
        }
        next(story, .supervisor, .close(matter: "x", note: "a"))
        next(story, .supervisor, .close(matter: "bad-rating-1", note: "a"))
        next(story, .owner, .rate(item: "permit", step: .delivery, score: 1, channel: .web, comment: ""))
        next(story, .owner, .rate(item: "permit", step: .decision, score: 1, channel: .web, comment: ""))
        next(story, .owner, .rate(item: "permit", step: .decision, score: 0, channel: .web, comment: ""))
        next(story, .supervisor, .followUp(item: nil, department: nil, demand: "a", due: nil))
        next(story, .supervisor, .followUp(item: nil, department: "moon", demand: "a", due: nil))
        next(story, .supervisor, .followUp(item: "permit", department: nil, demand: "a", due: "2024-03-01"))
        next(story, .of("planning"), .extend(matter: "bad-rating-1", by: .working(1), reason: "a", approver: "b"))
        next(story, .supervisor, .noteAccountability(card: "x", measure: .talk, note: "a"))
        var raised = try admitted()
        let card = SupervisionCommand.raiseCard(
            item: "permit", participant: nil, rule: .notOnline, level: .yellow, evidence: "a")
        try raised.act("2024-03-01", .supervisor, .supervise(card))
        rejections.append(raised.rejection("2024-03-01", .supervisor, .supervise(card)))
        rejections.append(
            raised.rejection(
                "2024-03-01", .supervisor,
                .supervise(.noteAccountability(card: "permit:1.0:not-online", measure: .talk, note: "a"))))
        var bad = try decided()
        try bad.act(
            "2024-03-06", .owner,
            .supervise(.rate(item: "permit", step: .decision, score: 4, channel: .web, comment: "慢")))
        rejections.append(
            bad.rejection(
                "2024-03-06", .of("planning"),
                .supervise(.answer(matter: "bad-rating-1", answer: "a", outcome: nil, by: nil))))
        try bad.act(
            "2024-03-06", .of("planning"),
            .supervise(.answer(matter: "bad-rating-1", answer: "a", outcome: .explained, by: nil)))
        rejections.append(
            bad.rejection("2024-03-06", .supervisor, .supervise(.close(matter: "bad-rating-1", note: "a"))))
        for _ in 0..<2 {
            try bad.act("2024-03-06", .supervisor, .supervise(.escalate(matter: "bad-rating-1", reason: "a")))
        }
        rejections.append(
            bad.rejection("2024-03-06", .supervisor, .supervise(.escalate(matter: "bad-rating-1", reason: "a"))))
        var complaint = try complained()
        let extend = SupervisionCommand.extend(matter: "complaint-1", by: .working(1), reason: "a", approver: "Head")
        try complaint.act("2024-03-01", .of("planning"), .supervise(extend))
        rejections.append(complaint.rejection("2024-03-01", .of("planning"), .supervise(extend)))
        return rejections.compactMap(\.self)
    }

    /// Who is asked for what by supervision.
    private func asked(_ story: Story) -> [String] {
        story.machine.oversightRequests(in: story.state).map { request in
            let party = request.party.department ?? "\(request.party)"
            let what =
                switch request.ask {
                case .explainCard: "explain"
                case .reviewCard: "review"
                case .answer: "answer"
                case .callBack: "call back"
                case .close: "close"
                }
            return "\(party): \(what)" + (request.due.map { " by \($0)" } ?? "")
        }
    }
}

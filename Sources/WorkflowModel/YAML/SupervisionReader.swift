import WorkCalendar

extension WorkflowReader {
    private static let supervisionKeys = [
        "source", "blue", "yellow", "red", "statutoryRed", "cardsByRule", "admission", "gapReminder", "approval",
        "joint", "delivery", "explanation", "followUp", "escalation", "escalationStep", "complaint",
        "complaintExtension", "badRating", "lateProcedure", "manyPauses",
    ]

    /// `supervision: {yellow: past promised, red: past statutory, …}`; what is left out is as usual.
    func supervision(_ fields: Fields) -> SupervisionPolicy {
        var policy = SupervisionPolicy.standard
        guard let node = fields.node("supervision"),
            let fields = Fields(
                node, keys: Self.supervisionKeys, heading: fields.keySpan("supervision"), report: report)
        else { return policy }
        if fields.lacks("source") { report.add(.figureWithoutSource, at: fields.heading) }
        _ = fields.text("source")
        readCards(fields, into: &policy)
        policy.admissionLimit = lawful("admission", fields, atMost: .working(5)) ?? policy.admissionLimit
        policy.deliveryLimit = lawful("delivery", fields, atMost: .working(10)) ?? policy.deliveryLimit
        policy.gapReminderBefore = fields.amount("gapReminder") ?? policy.gapReminderBefore
        policy.approvalLimit = fields.statutory("approval") ?? policy.approvalLimit
        policy.jointLimit = fields.statutory("joint") ?? policy.jointLimit
        policy.explanationLimit = fields.amount("explanation") ?? policy.explanationLimit
        policy.followUpLimit = fields.amount("followUp") ?? policy.followUpLimit
        policy.escalationLimit = fields.amount("escalationStep") ?? policy.escalationLimit
        policy.complaintLimit = fields.amount("complaint") ?? policy.complaintLimit
        policy.complaintExtension = fields.amount("complaintExtension") ?? policy.complaintExtension
        policy.badRatingLimit = fields.amount("badRating") ?? policy.badRatingLimit
        policy.lateProcedurePercent = percent("lateProcedure", fields) ?? policy.lateProcedurePercent
        policy.manyPauses = pauses(fields) ?? policy.manyPauses
        if let chain = fields.texts("escalation") {
            reportDoubles(chain)
            policy.escalation = chain.map(\.text)
        }
        return policy
    }

    /// Names in the section that have to be declared elsewhere, each with its place.
    func supervisionOffices(_ fields: Fields) -> [(id: String, span: TextSpan)] {
        guard let node = fields.written("supervision"), case .map(let entries) = node.content,
            let chain = entries.first(where: { $0.key == "escalation" })?.value, case .list(let offices) = chain.content
        else { return [] }
        return offices.compactMap { office in office.text.map { ($0, office.span) } }
    }

    private func readCards(_ fields: Fields, into policy: inout SupervisionPolicy) {
        var isReadable = true
        for level in CardLevel.allCases {
            guard let text = fields.text(level.rawValue) else { continue }
            if let threshold = CardThreshold(text) {
                policy.cards[level] = threshold
            } else {
                report.add(.unreadableCardThreshold(text), at: fields.span(level.rawValue))
                isReadable = false
            }
        }
        if isReadable { checkOrder(policy.cards, fields) }
        for entry in fields.map("cardsByRule") ?? [] {
            let shown = SupervisionRule.allCases.filter(\.isShownByEvent)
            let others = SupervisionRule.allCases.filter { !$0.isShownByEvent }
            let rule: SupervisionRule? = report.word(entry.key, at: entry.keySpan, except: others)
            guard let text = entry.value.text else {
                report.add(.wrongForm(.text, found: entry.value), at: entry.value.span)
                continue
            }
            let level: CardLevel? = report.word(text, at: entry.value.span)
            if let rule, let level, shown.contains(rule) { policy.cardsByRule[rule] = level }
        }
    }

    /// A graver card comes later: on the same limit nearer its end, and on the statutory one after the promised one.
    private func checkOrder(_ cards: CardThresholds, _ fields: Fields) {
        let levels = CardLevel.allCases.filter { cards[$0] != .never }
        for (earlier, later) in zip(levels, levels.dropFirst()) where !cards[earlier].mayPrecede(cards[later]) {
            let written = [later, earlier].first { fields.has($0.rawValue) } ?? later
            report.add(
                .cardsOutOfOrder(earlier.rawValue, later.rawValue), at: fields.span(written.rawValue))
        }
    }

    /// A limit that the law sets and that may only be promised shorter.
    private func lawful(_ key: String, _ fields: Fields, atMost most: DayAmount) -> DayAmount? {
        guard let amount = fields.amount(key) else { return nil }
        if amount.unit != most.unit || amount.minutes > most.minutes {
            report.add(.longerThanTheLaw(amount, most: most), at: fields.span(key))
        }
        return amount
    }

    private func percent(_ key: String, _ fields: Fields) -> Int? {
        guard let text = fields.text(key) else { return nil }
        guard let percent = text.percent, (1...50).contains(percent) else {
            report.add(.findingFigureOutOfRange(text, range: "1 % … 50 %"), at: fields.span(key))
            return nil
        }
        return percent
    }

    private func pauses(_ fields: Fields) -> Int? {
        guard let pauses = fields.integer("manyPauses") else { return nil }
        guard (2...99).contains(pauses) else {
            report.add(.findingFigureOutOfRange(String(pauses), range: "2 … 99"), at: fields.span("manyPauses"))
            return nil
        }
        return pauses
    }
}

extension CardThreshold {
    /// Whether it comes before another whatever the limits are; equal ones do not.
    fileprivate func mayPrecede(_ other: CardThreshold) -> Bool {
        guard let limit, let otherLimit = other.limit else { return true }
        if limit != otherLimit { return limit == .promised }
        switch (self, other) {
        case (.past, _): return false
        case (_, .past): return true
        case (.before(let a, _), .before(let b, _)): return a.unit != b.unit || a.minutes > b.minutes
        case (.share(let a, _), .share(let b, _)): return a < b
        default: return true
        }
    }
}

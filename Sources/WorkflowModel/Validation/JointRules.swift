/// A joint item has a lead, participants with durations, and a vote that can be won.
struct JointRules {
    private let draft: ItemDraft
    private let report: Report

    init(_ draft: ItemDraft, _ report: Report) {
        self.draft = draft
        self.report = report
    }

    private var fields: Fields { draft.fields }
    private var participants: [Placed<Participant>] { draft.participants }

    func check() {
        if fields.lacks("lead") { report.add(.jointWithoutLead(draft.id), at: draft.span) }
        if fields.has("recheck") { report.add(.recheckWithoutRectification, at: fields.keySpan("recheck")) }
        let listed = fields.count("participants")
        if listed == 0 {
            report.add(.jointWithoutParticipants(draft.id), at: fields.keySpan("participants"))
        }
        for participant in participants { check(participant) }
        guard listed == participants.count, !participants.isEmpty else { return }
        if participants.allSatisfy({ $0.fields.has("when") }) {
            report.add(.everyParticipantConditional(draft.id), at: fields.keySpan("participants"))
        }
        checkPassRule()
    }

    private func check(_ placed: Placed<Participant>) {
        let participant = placed.value
        if JointPhase.isReserved(participant.id) {
            report.add(.participantNamedLikePhase(participant.id), at: placed.fields.span("id"))
        }
        switch (placed.fields.has("takes"), fields.has("takes")) {
        case (false, false): report.add(.participantWithoutDuration(participant.id), at: placed.fields.heading)
        case (true, true):
            report.add(
                .participantInSessionWithDuration(participant.id), at: placed.fields.keySpan("takes"),
                notes: [(fields.keySpan("takes"), Wording.firstHere)])
        default: break
        }
        report.checkLimits(
            promised: participant.limit, statutory: participant.statutory?.limit, likely: participant.takes?.likely,
            fields: placed.fields)
        if participant.silence == .deemedAgree {
            let hasLimit = placed.fields.has("limit") || placed.fields.has("statutory") || draft.hasLimit
            report.checkDeemedConsent(
                id: participant.id, title: participant.title, hasLimit: hasLimit, fields: placed.fields)
        }
    }

    private func checkPassRule() {
        guard let rule = draft.item.joint?.passes, case .atLeast(let k, let n) = rule else { return }
        let certain = participants.count { !$0.fields.has("when") }
        if k < 1 || k > n || n != participants.count {
            report.add(.impossiblePassRule(rule, participants: participants.count), at: fields.span("passes"))
        } else if k > certain {
            report.add(.passRuleMayBeMissed(needed: k, certain: certain), at: fields.span("passes"))
        }
    }
}

extension JointPhase {
    /// Whether a name is taken by a phase, numbered rounds included.
    static func isReserved(_ name: String) -> Bool {
        let isRound = ["rectification-", "recheck-"].contains { prefix in
            name.hasPrefix(prefix) && Int(name.dropFirst(prefix.count)) != nil
        }
        return isRound || reservedNames.contains(name)
    }
}

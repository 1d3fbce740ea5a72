import WorkCalendar

extension WorkflowReader {
    /// What makes an item joint, its participants read already.
    func joint(_ fields: Fields, kind: JointKind, _ participants: [Participant]) -> JointProcedure {
        JointProcedure(
            kind: kind, admittedBy: fields.text("admittedBy"), admission: fields.duration("admission"),
            participants: participants, passes: passRule(fields), merge: fields.duration("merge"),
            rectification: rectification(fields), conclusion: fields.duration("conclusion"))
    }

    func participant(_ node: YAMLNode) -> Placed<Participant>? {
        let keys = [
            "id", "title", "department", "takes", "limit", "statutory", "when", "silence", "basis", "materials",
        ]
        guard let fields = Fields(node, keys: keys, named: "id", report: report) else { return nil }
        fields.require("id", "title", "department")
        let silence: Silence? = fields.word("silence")
        let participant = Participant(
            id: fields.id("id") ?? "", title: title(fields), department: fields.text("department") ?? "",
            takes: fields.duration("takes"), limit: fields.amount("limit"), statutory: fields.statutory("statutory"),
            when: condition(fields, "when"), silence: silence ?? .escalate, basis: fields.text("basis"),
            materials: (fields.texts("materials") ?? []).map(\.text))
        return Placed(value: participant, fields: fields)
    }

    /// `all`, `any` or `k of n`.
    private func passRule(_ fields: Fields) -> PassRule {
        guard let text = fields.text("passes") else { return .all }
        switch text {
        case "all": return .all
        case "any": return .any
        default:
            let words = text.split(separator: " ").map(String.init)
            if words.count == 3, words[1] == "of", let k = Int(words[0]), let n = Int(words[2]) {
                return .atLeast(k, of: n)
            }
            report.add(.unreadablePassRule(text), at: fields.span("passes"))
            return .all
        }
    }

    private func rectification(_ fields: Fields) -> Rectification? {
        guard let node = fields.node("rectification"),
            let fields = Fields(node, keys: ["applicant", "recheck", "chance", "rounds"], report: report)
        else { return nil }
        fields.require("applicant", "chance", "rounds")
        let (recheck, failedOnly) = recheck(fields)
        let chance = chance(fields)
        let rounds = fields.integer("rounds")
        if let rounds, !(1...5).contains(rounds) {
            report.add(.roundsOutOfRange(String(rounds)), at: fields.span("rounds"))
        }
        return Rectification(
            applicant: fields.duration("applicant") ?? .zero, recheck: recheck, failedOnly: failedOnly,
            chance: chance, rounds: rounds ?? 1)
    }

    /// A duration that `failed-only` may follow: only who did not pass looks again.
    private func recheck(_ fields: Fields) -> (DurationEstimate?, failedOnly: Bool) {
        guard let text = fields.text("recheck") else { return (nil, false) }
        let suffix = " failed-only"
        let failedOnly = text.hasSuffix(suffix)
        let duration = failedOnly ? String(text.dropLast(suffix.count)) : text
        return (report.duration(duration, at: fields.span("recheck")), failedOnly)
    }
}

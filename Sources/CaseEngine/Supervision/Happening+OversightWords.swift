import WorkCalendar
import WorkflowModel

extension Happening {
    /// What supervision did, in one short sentence; `nil` for everything else.
    var wordsOfOversight: LocalizedText? {
        switch self {
        case .ruleCardRaised(_, let rule, let level, let participant, let department, _, let evidence):
            let party = participant ?? department ?? ""
            return text(
                "\(level.colour.zh)：\(party) \(rule.title.zh)：\(evidence)",
                "\(level.colour.en): \(party), \(rule.title.en): \(evidence)")
        case .accountabilityNoted(_, let measure, let note):
            return text("问责：\(measure.title.zh)：\(note)", "accountability, \(measure.title.en): \(note)")
        case .rated(let step, _, let score, _, let comment):
            let said = comment.isEmpty ? ("", "") : ("：\(comment)", ": \(comment)")
            return text("评价\(step.title.zh)：\(score) 分\(said.0)", "rated \(step.title.en): \(score)\(said.1)")
        case .matterOpened(let opening) where opening.kind == .certificate:
            return text(
                "\(opening.office) 承诺 \(opening.due) 前取得证书：\(opening.text)",
                "\(opening.office) promised the certificate by \(opening.due): \(opening.text)")
        case .matterOpened(let opening):
            return text(
                "\(opening.kind.title.zh) \(opening.id) 交 \(opening.office)，\(opening.due) 前答复：\(opening.text)",
                "\(opening.id) to \(opening.office), answer by \(opening.due): \(opening.text)"
            )
        case .matterAnswered(let id, let answer, let outcome, let date):
            let zh = [outcome?.title.zh, date.map { "\($0) 前" }].compactMap(\.self).map { "（\($0)）" }.joined()
            let en = [outcome?.title.en, date.map { "by \($0)" }].compactMap(\.self).map { " (\($0))" }.joined()
            return text("答复 \(id)\(zh)：\(answer)", "answered \(id)\(en): \(answer)")
        case .matterExtended(let id, let due, let reason, _):
            return text("\(id) 延期至 \(due)：\(reason)", "\(id) extended to \(due): \(reason)")
        case .matterOverdue(let id): return text("\(id) 逾期未答复", "\(id) is overdue")
        case .matterEscalated(let id, let office, let due, let reason):
            let why = reason.isEmpty ? ("逾期", "overdue") : (reason, reason)
            return text(
                "\(id) 提请 \(office)，\(due) 前答复：\(why.0)", "\(id) goes up to \(office), answer by \(due): \(why.1)")
        case .matterCalledBack(let id, let satisfied, let note):
            return text(
                "回访 \(id)，\(satisfied ? "满意" : "不满意")：\(note)",
                "called back on \(id), \(satisfied ? "satisfied" : "not satisfied"): \(note)")
        case .matterClosed(let id, let note):
            return note.isEmpty ? text("\(id) 办结", "\(id) closed") : text("\(id) 办结：\(note)", "\(id) closed: \(note)")
        default: return nil
        }
    }

    private func text(_ zh: String, _ en: String) -> LocalizedText { LocalizedText(zh: zh, en: en) }
}

extension CardLevel {
    var colour: LocalizedText {
        switch self {
        case .blue: LocalizedText(zh: "蓝牌", en: "blue card")
        case .yellow: LocalizedText(zh: "黄牌", en: "yellow card")
        case .red: LocalizedText(zh: "红牌", en: "red card")
        case .statutoryRed: LocalizedText(zh: "法定超期", en: "statutory red card")
        }
    }

    /// The card in words: which colour, and what it says of whom.
    ///
    /// - Parameter threshold: what was reached, as the policy of the case writes it; `nil` for the usual one.
    func words(of party: String, threshold: String?) -> LocalizedText {
        let (zh, en) =
            switch threshold {
            case "past promised"?: ("超过承诺时限", "is past its promised limit")
            case "past statutory"?: ("超过法定时限", "is past its legal limit")
            case let other? where other.hasSuffix("statutory"): ("法定时限将到", "is near its legal limit")
            case .some: ("承诺时限将到", "is near its promised limit")
            case nil:
                switch self {
                case .blue: ("承诺时限将到", "is due soon")
                case .yellow: ("承诺时限将尽", "has used most of its limit")
                case .red: ("超过承诺时限", "is past its promised limit")
                case .statutoryRed: ("超过法定时限", "is past its legal limit")
                }
            }
        return LocalizedText(zh: "\(colour.zh)：\(party) \(zh)", en: "\(colour.en): \(party) \(en)")
    }
}

import WorkCalendar

/// Why something stands as it does (缘由): the rule, on whose authority, and what it makes of these dates.
public struct Reason: Hashable, Sendable {
    public let rule: LawRule
    /// The day that it is about: when it took effect or will.
    public let on: LocalDate?
    public let words: LocalizedText
    /// What the item itself rests on, where that is more than the rule's own source.
    public let basis: String?

    init(_ rule: LawRule, on: LocalDate? = nil, basis: String? = nil, zh: String, en: String) {
        self.rule = rule
        self.on = on
        self.basis = basis
        words = LocalizedText(zh: zh, en: en)
    }

    /// Law or policy with its article.
    public var source: String { basis ?? rule.source }
}

/// Whether a command could be carried out now (可否办理).
public struct Possibility: Hashable, Sendable {
    /// An example of the command, with arguments that serve.
    public let command: ItemCommand
    /// Who could do it, of those tried.
    public let by: Actor
    /// Why nobody can now; `nil` when it can be done.
    public let rejection: CaseRejection?
}

/// Whether a command to the whole case could be carried out now.
public struct CasePossibility: Hashable, Sendable {
    /// An example of the command, with arguments that serve.
    public let command: CaseCommand
    /// Who could do it, of those tried.
    public let by: Actor
    /// Why nobody can now; `nil` when it can be done.
    public let rejection: CaseRejection?
}

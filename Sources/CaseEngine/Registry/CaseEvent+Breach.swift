import WorkCalendar

extension CaseEvent {
    /// The promise of the owner that was broken, when the event records that.
    public var breach: BreachKind? {
        if case .breachRecorded(let kind) = what { kind } else { nil }
    }
}

extension CaseOpening {
    /// By what the registry may know the owner: the code, then the name.
    public var ownerNames: [String] { [ownerCode, owner?.zh].compactMap(\.self) }
}

extension Breach {
    /// The breach that an event of a case is, as it is entered in the registry; `nil` when it is none or the case has no
    /// owner.
    ///
    /// - Parameter sequence: the number of the event in its case, from 1.
    public init?(_ event: CaseEvent, sequence: Int, of caseID: String, opening: CaseOpening?) {
        guard let kind = event.breach, let owner = opening?.ownerNames.first else { return nil }
        self.init(
            owner: owner, kind: kind, caseID: caseID, sequence: sequence, item: event.item ?? "", on: event.on)
    }
}

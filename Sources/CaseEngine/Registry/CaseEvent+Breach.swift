import WorkCalendar

extension CaseEvent {
    /// The promise that was broken, when the event records that.
    public var breach: BreachKind? {
        switch what {
        case .breachRecorded(let kind): kind
        case .firmOverran: .lateService
        default: nil
        }
    }
}

extension CaseOpening {
    /// By what the registry may know the owner: the code, then the name.
    public var ownerNames: [String] { [ownerCode, owner?.zh].compactMap(\.self) }
}

extension Breach {
    /// The breach that an event of a case is, as it is entered in the registry; `nil` when it is none or nobody is known
    /// who broke it: the owner of the case, for a promised time the firm.
    ///
    /// - Parameter sequence: the number of the event in its case, from 1.
    public init?(_ event: CaseEvent, sequence: Int, of caseID: String, opening: CaseOpening?) {
        guard let kind = event.breach else { return nil }
        let subject = if case .firmOverran(let firm, _) = event.what { firm } else { opening?.ownerNames.first }
        guard let subject else { return nil }
        self.init(
            owner: subject, kind: kind, caseID: caseID, sequence: sequence, item: event.item ?? "", on: event.on)
    }
}

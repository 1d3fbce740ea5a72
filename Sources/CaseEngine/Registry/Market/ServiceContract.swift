import WorkCalendar

/// What an owner and the selected firm signed online (网签合同).
///
/// Its days are what the firm promises for the work, and what it is held to.
///
/// - Source: 重庆方案 二(九): 合同网签.
public struct ServiceContract: Hashable, Sendable, Codable {
    /// The number under which it is known.
    public let number: String
    public let firm: String
    /// The project code.
    public let project: String
    public let item: String
    public let signedOn: LocalDate
    public let price: Money
    /// Working days for the work, 1…3650.
    public let days: Int

    public init(
        number: String, firm: String, project: String, item: String, signedOn: LocalDate, price: Money, days: Int
    ) {
        self.number = number
        self.firm = firm
        self.project = project
        self.item = item
        self.signedOn = signedOn
        self.price = price
        self.days = days
    }
}

/// A contract as the registry keeps it.
public struct ContractRecord: Hashable, Sendable {
    public let contract: ServiceContract
    /// The day on which the work was done.
    public internal(set) var performedOn: LocalDate?
    /// Why it ended without that.
    public internal(set) var ended: String?
    /// Who was rated since it was signed.
    public internal(set) var rated: Set<FirmRating.Side> = []

    init(_ contract: ServiceContract) { self.contract = contract }

    public var isOpen: Bool { performedOn == nil && ended == nil }

    /// Who is still to be rated by the other side now that the work is done (待评价).
    public var ratingsDue: [FirmRating.Side] {
        performedOn == nil ? [] : FirmRating.Side.allCases.filter { !rated.contains($0) }
    }
}

extension Registry {
    /// The contract by which a firm does the work of an item: the last one that was not ended; `nil` without one.
    public func contract(with firm: String, project: String, item: String) -> ContractRecord? {
        guard let number = contractAt[ServicePlace(project: project, item: item)], let record = contracts[number],
            record.contract.firm == firm, record.ended == nil
        else { return nil }
        return record
    }

    /// The contract under which somebody works on an item now.
    func openContract(project: String, item: String) -> ServiceContract? {
        guard let number = contractAt[ServicePlace(project: project, item: item)], let record = contracts[number],
            record.isOpen
        else { return nil }
        return record.contract
    }
}

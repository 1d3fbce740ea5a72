import WorkCalendar

/// A typed property of a project that conditions may use (项目属性).
public struct FactDeclaration: Sendable, Hashable {
    public let id: String
    public let type: FactType
    public let unit: String?
    public let title: LocalizedText?
    /// What is taken when the project does not say.
    public let defaultValue: FactValue?

    public init(id: String, type: FactType, unit: String?, title: LocalizedText?, defaultValue: FactValue?) {
        self.id = id
        self.type = type
        self.unit = unit
        self.title = title
        self.defaultValue = defaultValue
    }
}

public enum FactType: Sendable, Hashable {
    case boolean
    case number
    case text
    case oneOf([String])
}

public enum FactValue: Sendable, Hashable {
    case boolean(Bool)
    case number(Double)
    case text(String)
}

/// A construction project (项目), as far as a workflow needs to know it.
public struct Project: Sendable, Hashable {
    /// Project code 项目代码, 24 characters.
    public let code: String
    public let title: LocalizedText
    /// The owner 建设单位.
    public let owner: LocalizedText?
    /// The owner's code, by which it is known wherever it appears.
    public let ownerCode: CreditCode?
    public let facts: [String: FactValue]
    /// What it is divided into; empty when it goes through all stages as one.
    public let works: [Work]

    public init(
        code: String, title: LocalizedText, owner: LocalizedText?, ownerCode: CreditCode? = nil,
        facts: [String: FactValue], works: [Work] = []
    ) {
        self.code = code
        self.title = title
        self.owner = owner
        self.ownerCode = ownerCode
        self.facts = facts
        self.works = works
    }
}

import WorkCalendar

/// A field of an application form (表单要素).
public struct FormField: Sendable, Hashable {
    public let id: String
    public let title: LocalizedText
    public let type: FieldType
    public let unit: String?
    /// Where the office knows the answer from already; `nil` when the applicant has to say.
    public let source: FieldSource?
    /// How long an answer counts; `nil` for the life of the project.
    public let validFor: DayAmount?
}

public enum FieldType: String, Sendable, Hashable, CaseIterable {
    case text, number, date, boolean, choice

    public var title: LocalizedText {
        switch self {
        case .text: .init(zh: "文字", en: "text")
        case .number: .init(zh: "数字", en: "number")
        case .date: .init(zh: "日期", en: "date")
        case .boolean: .init(zh: "是否", en: "yes or no")
        case .choice: .init(zh: "单选", en: "choice")
        }
    }
}

/// What of a project answers a field before anybody is asked (信息复用).
public enum FieldSource: Sendable, Hashable {
    case projectCode, projectTitle, ownerName, ownerCode
    case fact(String)

    static let simple: [(String, FieldSource)] = [
        ("project.code", .projectCode), ("project.title", .projectTitle), ("owner.name", .ownerName),
        ("owner.creditCode", .ownerCode),
    ]

    /// As it is written in a file; `nil` for what is none.
    init?(_ text: String) {
        if let source = Self.simple.first(where: { $0.0 == text }) {
            self = source.1
        } else if text.hasPrefix("fact."), text.utf8.count > 5, text.utf8.count <= 69 {
            self = .fact(String(text.dropFirst(5)))
        } else {
            return nil
        }
    }

    public var name: String {
        switch self {
        case .fact(let fact): "fact.\(fact)"
        default: Self.simple.first { $0.1 == self }?.0 ?? ""
        }
    }
}

extension FormField {
    /// Who applies for which project: what every form begins with.
    public static let common = [
        FormField(
            id: "project-code", title: .init(zh: "项目代码", en: "Project code"), type: .text, unit: nil,
            source: .projectCode, validFor: nil),
        FormField(
            id: "project-name", title: .init(zh: "项目名称", en: "Project name"), type: .text, unit: nil,
            source: .projectTitle, validFor: nil),
        FormField(
            id: "owner-name", title: .init(zh: "建设单位", en: "Owner"), type: .text, unit: nil, source: .ownerName,
            validFor: nil),
        FormField(
            id: "owner-code", title: .init(zh: "统一社会信用代码", en: "Unified social credit code"), type: .text,
            unit: nil, source: .ownerCode, validFor: nil),
    ]

    /// The field that asks for a fact.
    public init(_ fact: FactDeclaration) {
        self.init(
            id: fact.id, title: fact.title ?? same(fact.id), type: fact.type.asField, unit: fact.unit,
            source: .fact(fact.id), validFor: nil)
    }
}

import CaseEngine
import WorkCalendar

/// A register that a department keeps, which answers whether somebody has a document (共享数据接口).
///
/// A workflow names registers with `shared:` of its materials; who runs the cases says what answers under each name.
public protocol SharedDataSource: Sendable {
    /// The document asked for; `nil` when the register has none.
    ///
    /// - Throws: when the register cannot be asked. The applicant hands the document in then, and the reason is noted.
    func answer(to query: SharedDataQuery) async throws -> SharedDataAnswer?
}

/// What a register is asked (共享数据查询).
public struct SharedDataQuery: Hashable, Sendable {
    public let material: String
    /// 项目代码
    public let project: String
    /// The owner's unified social credit code, when it is known.
    public let owner: String?
    public let on: LocalDate

    public init(material: String, project: String, owner: String?, on: LocalDate) {
        self.material = material
        self.project = project
        self.owner = owner
        self.on = on
    }
}

/// What a register says (共享数据结果).
public struct SharedDataAnswer: Hashable, Sendable {
    /// Hash of the document, SHA-256 where the register gives one.
    public let hash: String
    public let issuedOn: LocalDate?
    public let validUntil: LocalDate?
    /// The answer in words, such as the number of the licence.
    public let text: String

    public init(hash: String, issuedOn: LocalDate? = nil, validUntil: LocalDate? = nil, text: String) {
        self.hash = hash
        self.issuedOn = issuedOn
        self.validUntil = validUntil
        self.text = text
    }
}

/// Why a register could not be asked.
public struct SharedDataFailure: Error, Hashable, Sendable {
    public let reason: String

    public init(reason: String) { self.reason = reason }
}

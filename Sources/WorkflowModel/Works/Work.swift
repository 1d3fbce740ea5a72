import WorkCalendar

/// One of several works of a project (单项工程): a building or a section that goes through stages 2 to 4 on its own.
///
/// - Source: 工程建设项目审批管理系统数据共享交换标准, where a project (XMDM) has works (GCDM), each with stages of its own.
public struct Work: Sendable, Hashable {
    /// Unique in the project.
    public let id: String
    public let title: LocalizedText
    /// The work's own code 工程代码, if it has one.
    public let code: String?
    /// Facts in which it differs from its project.
    public let facts: [String: FactValue]

    /// The most works of one project.
    public static let most = 50

    public init(id: String, title: LocalizedText, code: String? = nil, facts: [String: FactValue] = [:]) {
        self.id = id
        self.title = title
        self.code = code
        self.facts = facts
    }

    /// What belongs to the work is named `work:name`, which no file can write.
    func name(_ id: String) -> String { "\(self.id):\(id)" }

    /// The work that an item, a phase of one, a stage, a target or a material belongs to, by its name; `nil` for the
    /// project's own.
    public static func id(in name: String) -> Substring? {
        name.firstIndex(of: ":").map { name[..<$0] }
    }
}

/// Whether an item is handled once for the project or once for each of its works (办理范围).
public enum ItemScope: String, Sendable, Hashable, CaseIterable {
    case project, work
}

extension Target {
    /// Whether time held by somebody counts: for a target of one work, not that of the others.
    ///
    /// - Parameter name: the item, or the phase of one, whose time it is.
    public func counts(_ holder: ClockHolder, of name: String) -> Bool {
        guard counts.contains(holder) else { return false }
        guard let own = Work.id(in: id), let its = Work.id(in: name) else { return true }
        return own == its
    }
}

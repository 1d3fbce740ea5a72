import WorkCalendar
import WorkflowModel

/// What somebody wants when a project gets another work while its case runs (增加单项工程指令).
public struct WorkOrder: Hashable, Sendable, Codable {
    public let work: Work
    public let reason: String

    public init(work: Work, reason: String) {
        self.work = work
        self.reason = reason
    }
}

/// A work that the project of a case has from now on (增加单项工程).
public struct WorkAddition: Hashable, Sendable, Codable {
    public let work: Work
    /// The ids of the items that came with it, in the order of the plan.
    public let added: [String]
    public let reason: String

    public init(work: Work, added: [String], reason: String) {
        self.work = work
        self.added = added
        self.reason = reason
    }

    /// One sentence: what came, and why.
    var words: LocalizedText {
        LocalizedText(
            zh: "增加单项工程 \(work.id)（\(work.title.zh)），\(added.count) 个事项：\(reason)",
            en: "work \(work.id) (\(work.title.en)) added with \(added.count) items: \(reason)")
    }
}

// Members stand in the order of their names; `Codable` writes the same.

extension WorkOrder: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("reason", reason)
            $0.member("work", work)
        }
    }
}

extension WorkAddition: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("added", added)
            $0.member("reason", reason)
            $0.member("work", work)
        }
    }
}

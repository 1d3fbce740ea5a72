import WorkCalendar

/// The versions of workflows that a bureau has drafted, released and withdrawn (流程版本库).
///
/// A pure aggregate like a case: commands are decided into events, events are folded, nothing else is read. A version is
/// drafted by one person and released by another; once released its text never changes, and its hash names it. It is in
/// force from its effective date until a later one takes its place or it is withdrawn.
///
/// - Source: 广东省深入推进审批服务便民化工作方案 (粤府办〔2018〕51号) 二(一)5 (published in batches, kept up to date);
///   衡阳市加快推进“最多跑一次”改革实施方案 (2018) 五(四)1 (减、放、并、转、调).
public struct DefinitionLibrary: Hashable, Sendable {
    /// In the order of their drafting.
    public private(set) var versions: [LibraryVersion] = []

    public init() {}

    /// Whether the bureau keeps the versions of that workflow here, so that cases open only on one that is in force.
    public func manages(_ workflow: String) -> Bool { versions.contains { $0.workflow == workflow } }

    /// The newest entry of that version; a draft that is submitted again takes the place of the one before.
    public subscript(workflow: String, version: String) -> LibraryVersion? {
        versions.last { $0.workflow == workflow && $0.version == version }
    }

    /// The version of a workflow that is in force on a date (现行版本).
    public func inForce(_ workflow: String, on date: LocalDate) -> LibraryVersion? {
        versions.filter { $0.workflow == workflow && $0.isReleased(by: date) }
            .max { ($0.effective, $0.releasedAs ?? 0) < ($1.effective, $1.releasedAs ?? 0) }
    }

    /// Where a version stands on a date.
    public func standing(of version: LibraryVersion, on date: LocalDate) -> LibraryVersion.Standing {
        if let withdrawn = version.withdrawnOn, withdrawn <= date { return .withdrawn }
        guard let released = version.releasedOn, released <= date else { return .draft }
        if date < version.effective { return .upcoming }
        return inForce(version.workflow, on: date)?.version == version.version ? .inForce : .superseded
    }

    // MARK: Deciding

    /// The events that a command makes.
    ///
    /// - Throws: why not; nothing happens then.
    public func decide(
        _ command: LibraryCommand, in context: CaseContext
    ) throws(LibraryRejection) -> [LibraryEvent] {
        guard context.actor.is(.designer) else { throw .designersOnly }
        guard context.actor.name.contains(where: { !$0.isWhitespace }) else { throw .nameMissing }
        if let last = versions.flatMap(\.dates).max(), context.today < last { throw .dateBeforeLast(last) }
        func event(_ what: LibraryEvent.What) -> [LibraryEvent] {
            [LibraryEvent(on: context.today, by: context.actor, what: what)]
        }
        switch command {
        case .submit(let draft):
            guard draft.note.contains(where: { !$0.isWhitespace }) else { throw .reasonMissing }
            if let known = self[draft.workflow, draft.version] {
                if known.releasedOn != nil { throw .alreadyReleased(draft.version) }
                if known.definition == draft.definition, known.effective == draft.effective { return [] }
            }
            return event(.submitted(draft: draft))
        case .release(let workflow, let version, let definition):
            let draft = try find(workflow, version)
            if draft.releasedOn != nil { throw .alreadyReleased(version) }
            if draft.withdrawnOn != nil { throw .alreadyWithdrawn(version) }
            guard draft.definition == definition else { throw .otherText(version) }
            guard draft.editor != context.actor.name else { throw .sameHand(context.actor.name) }
            return event(.released(workflow: workflow, version: version, definition: definition))
        case .withdraw(let workflow, let version, let reason):
            let known = try find(workflow, version)
            if known.withdrawnOn != nil { throw .alreadyWithdrawn(version) }
            guard reason.contains(where: { !$0.isWhitespace }) else { throw .reasonMissing }
            return event(.withdrawn(workflow: workflow, version: version, reason: reason))
        }
    }

    private func find(_ workflow: String, _ version: String) throws(LibraryRejection) -> LibraryVersion {
        guard let found = self[workflow, version] else { throw .unknownVersion(workflow: workflow, version: version) }
        return found
    }

    // MARK: Folding

    /// Folds an event; total.
    public mutating func evolve(by event: LibraryEvent) {
        switch event.what {
        case .submitted(let draft):
            versions.removeAll {
                $0.workflow == draft.workflow && $0.version == draft.version && $0.releasedOn == nil
            }
            versions.append(LibraryVersion(draft, editor: event.by.name, on: event.on))
        case .released(let workflow, let version, _):
            let order = versions.count { $0.releasedOn != nil }
            update(workflow, version) {
                $0.releasedOn = event.on
                $0.releasedBy = event.by.name
                $0.releasedAs = order
            }
        case .withdrawn(let workflow, let version, let reason):
            update(workflow, version) {
                $0.withdrawnOn = event.on
                $0.withdrawnFor = reason
            }
        }
    }

    private mutating func update(_ workflow: String, _ version: String, _ change: (inout LibraryVersion) -> Void) {
        guard let place = versions.lastIndex(where: { $0.workflow == workflow && $0.version == version }) else {
            return
        }
        change(&versions[place])
    }
}

/// One version of a workflow in the library (流程版本).
public struct LibraryVersion: Hashable, Sendable {
    public let workflow: String
    public let version: String
    /// Hash of its text.
    public let definition: String
    /// The first day on which cases open on it.
    public let effective: LocalDate
    public let means: [ReformMeans]
    public let note: String
    /// Who submitted it, and when.
    public let editor: String
    public let submittedOn: LocalDate
    public internal(set) var releasedBy: String?
    public internal(set) var releasedOn: LocalDate?
    /// How many were released before it.
    var releasedAs: Int?
    public internal(set) var withdrawnOn: LocalDate?
    public internal(set) var withdrawnFor: String?

    init(_ draft: LibraryDraft, editor: String, on date: LocalDate) {
        workflow = draft.workflow
        version = draft.version
        definition = draft.definition
        effective = draft.effective
        means = draft.means
        note = draft.note
        self.editor = editor
        submittedOn = date
    }

    /// Where it stands (版本状态).
    public enum Standing: String, Hashable, Sendable, Codable, CaseIterable {
        /// 草案
        case draft
        /// 待生效: released, not yet in force.
        case upcoming
        /// 现行
        case inForce
        /// 被替代
        case superseded
        /// 撤回
        case withdrawn
    }

    fileprivate func isReleased(by date: LocalDate) -> Bool {
        guard let releasedOn, releasedOn <= date, effective <= date else { return false }
        return withdrawnOn.map { date < $0 } ?? true
    }

    fileprivate var dates: [LocalDate] { [submittedOn, releasedOn, withdrawnOn].compactMap(\.self) }
}

/// A draft as it is submitted (草案).
public struct LibraryDraft: Hashable, Sendable, Codable {
    public let workflow: String
    public let version: String
    public let definition: String
    public let effective: LocalDate
    /// By which means it reforms, for the log of changes.
    public let means: [ReformMeans]
    /// Why, in words.
    public let note: String

    public init(
        workflow: String, version: String, definition: String, effective: LocalDate, means: [ReformMeans], note: String
    ) {
        self.workflow = workflow
        self.version = version
        self.definition = definition
        self.effective = effective
        self.means = means
        self.note = note
    }
}

/// The five means of a reform (改革方式): 减、放、并、转、调.
public enum ReformMeans: String, Hashable, Sendable, Codable, CaseIterable {
    /// 减: fewer items, links, materials or days.
    case reduce
    /// 放: delegated downwards.
    case delegate
    /// 并: several as one.
    case merge
    /// 转: moved to another body, or to another way of handling.
    case transfer
    /// 调: adjusted.
    case adjust
}

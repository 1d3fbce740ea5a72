extension AppendRequest {
    /// Most bytes that one request may carry, all parts together: 32 MiB. Documents are not kept in the log.
    public static let byteLimit = 32 << 20

    /// Bytes that the request carries, to size batches by.
    public var byteCount: Int {
        var count = answer.count + summary.body.count + 512
        for event in events { count += event.payload.count + 256 }
        for message in messages { count += message.payload.count + 256 }
        for task in tasks.rows { count += task.body.count + 128 }
        return count + timers.rows.count * 64
    }

    /// Why no store may take this request, or `nil`.
    ///
    /// Every store refuses such a request with ``StoreError/Code/rejected`` before it writes anything, so that all
    /// stores keep exactly what they were given: some databases, for one, end a text at its first NUL.
    public var defect: String? {
        if expectedVersion < 0 { return "the expected version \(expectedVersion) is below 0" }
        if expectedVersion == 0, events.isEmpty { return "a case opens with an event" }
        if byteCount > Self.byteLimit { return "it carries \(byteCount) bytes; \(Self.byteLimit) is the limit" }
        for event in events {
            if !Token.isValid(event.kind, limit: 64) { return "'\(event.kind)' is no kind of event" }
            if event.schema < 1 { return "schema version \(event.schema) is below 1" }
            if !Self.isPlain(event.actor, limit: 1...256) { return "the actor is empty, too long or has controls" }
        }
        for timer in timers.rows where !Token.isValid(timer.name, limit: 128) {
            return "'\(timer.name)' is no name of a timer"
        }
        if let name = timers.nameThatStandsTwice { return "the timer '\(name)' stands twice" }
        for message in messages {
            if !Token.isValid(message.receiver, limit: 64) { return "'\(message.receiver)' is no receiver" }
            if !Token.isValid(message.kind, limit: 64) { return "'\(message.kind)' is no kind of message" }
            if !Token.isValid(message.dedupKey, limit: 128) { return "'\(message.dedupKey)' is no id of a message" }
        }
        if let defect = tasks.rows.lazy.compactMap(\.defect).first { return defect }
        if let name = tasks.nameThatStandsTwice { return "the task '\(name)' stands twice" }
        return summary.defect
    }

    fileprivate static func isPlain(_ text: String, limit: ClosedRange<Int>) -> Bool {
        Token.isPlain(text, limit: limit)
    }
}

extension ListChange {
    fileprivate var nameThatStandsTwice: String? {
        var names = Set<String>()
        if case .differences(let gone, _) = self { names.formUnion(gone) }
        return rows.lazy.map(\.name).first { !names.insert($0).inserted }
    }
}

extension CaseSummary {
    fileprivate var defect: String? {
        func isPlain(_ text: String, _ limit: ClosedRange<Int>) -> Bool { AppendRequest.isPlain(text, limit: limit) }
        if !isPlain(workflow, 1...256) { return "the workflow's name is empty, too long or has controls" }
        if !isPlain(workflowVersion, 1...64) { return "the workflow's version is empty, too long or has controls" }
        if !isPlain(status, 1...64) { return "the status is empty, too long or has controls" }
        if !isPlain(title, 0...4096) { return "the title is too long or has controls" }
        if let projectCode, !isPlain(projectCode, 1...128) {
            return "the project code is empty, too long or has controls"
        }
        if let owner, !isPlain(owner, 1...256) { return "the owner is empty, too long or has controls" }
        return nil
    }
}

extension StoredDefinition {
    /// Why no store may take this definition, or `nil`.
    public var defect: String? {
        if !AppendRequest.isPlain(id, limit: 1...256) { return "the id is empty, too long or has controls" }
        if !AppendRequest.isPlain(version, limit: 1...64) { return "the version is empty, too long or has controls" }
        if bytes.count > AppendRequest.byteLimit { return "it has more than \(AppendRequest.byteLimit) bytes" }
        return nil
    }
}

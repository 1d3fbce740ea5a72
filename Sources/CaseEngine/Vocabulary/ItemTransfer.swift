import WorkCalendar
import WorkflowModel

/// What somebody wants when items of a running case are to go on at another body (事项划转指令): powers moved down, back or
/// to an approval bureau, by a decision.
public struct TransferOrder: Hashable, Sendable, Codable {
    /// Items that belong together move together (相关联事项一并下放).
    public let items: [String]
    /// The department that takes them over, one of the workflow's.
    public let to: String
    /// The decision: number or title of the document.
    public let basis: String
    public let reason: String
    /// What becomes of the power, which says who signs; `nil` for a plain hand-over.
    public let how: PowerShift?

    public init(items: [String], to: String, basis: String, reason: String, how: PowerShift? = nil) {
        self.items = items
        self.to = to
        self.basis = basis
        self.reason = reason
        self.how = how
    }
}

/// Items of the case that another body has from now on (事项划转).
public struct ItemTransfer: Hashable, Sendable, Codable {
    public let handed: [Handover]
    public let basis: String
    public let reason: String
    /// What became of the power; `nil` for a plain hand-over, and in older logs.
    public let how: PowerShift?

    public init(handed: [Handover], basis: String, reason: String, how: PowerShift? = nil) {
        self.handed = handed
        self.basis = basis
        self.reason = reason
        self.how = how
    }

    /// One sentence: what went where, and by which decision.
    var words: LocalizedText {
        let items = handed.map(\.place)
        let to = handed.first?.to ?? ""
        if let how {
            let signs = how == .entrusted ? handed.first?.from ?? to : to
            return LocalizedText(
                zh: "\(how.title.zh) \(items.joined(separator: "、")) 至 \(to)，以 \(signs) 名义签发（\(basis)）：\(reason)",
                en:
                    "\(items.joined(separator: ", ")) \(how.title.en) to \(to), signed in the name of \(signs) (\(basis)): \(reason)"
            )
        }
        return LocalizedText(
            zh: "划转 \(items.joined(separator: "、")) 至 \(to)（\(basis)）：\(reason)",
            en: "\(items.joined(separator: ", ")) handed over to \(to) (\(basis)): \(reason)")
    }
}

// Members stand in the order of their names; `Codable` writes the same.

extension TransferOrder: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("basis", basis)
            $0.member("how", how)
            $0.member("items", items)
            $0.member("reason", reason)
            $0.member("to", to)
        }
    }
}

extension ItemTransfer: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("basis", basis)
            $0.member("handed", handed)
            $0.member("how", how)
            $0.member("reason", reason)
        }
    }
}

extension WorkflowDefinition {
    /// The same workflow in which other departments have some items.
    ///
    /// - Parameter bodies: departments by the ids of items.
    func transferring(_ bodies: [String: String]) -> WorkflowDefinition {
        guard !bodies.isEmpty else { return self }
        let stages = stages.map { stage in
            Stage(
                id: stage.id, title: stage.title, national: stage.national, lead: stage.lead, budget: stage.budget,
                closes: stage.closes, source: stage.source,
                items: stage.items.map { item in
                    guard let body = bodies[item.id] else { return item }
                    var item = item
                    item.department = body
                    return item
                })
        }
        return WorkflowDefinition(
            id: id, version: version, title: title, processType: processType, source: source, calendar: calendar,
            facts: facts, appliesWhen: appliesWhen, departments: departments, materials: materials, targets: targets,
            stages: stages, levers: levers, simulation: simulation, supervision: supervision)
    }
}

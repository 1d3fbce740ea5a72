import WorkCalendar

extension ProjectFile {
    /// The project's facts as a workflow sees them, defaults filled in, or what is wrong with them.
    public func facts(for workflow: WorkflowDefinition) -> FileReading<[String: FactValue]> {
        ProjectFacts(workflow).check(self)
    }
}

/// Checks the facts of a project against what a workflow declares.
struct ProjectFacts {
    private let workflow: WorkflowDefinition
    private let declared: [String: FactType]

    init(_ workflow: WorkflowDefinition) {
        self.workflow = workflow
        self.declared = Dictionary(
            workflow.facts.map { ($0.id, $0.type) }, uniquingKeysWith: { first, _ in first })
    }

    func check(_ file: ProjectFile) -> FileReading<[String: FactValue]> {
        let given = file.project.facts
        var diagnostics: [Diagnostic] = []
        let facts = check(given, at: file.facts, in: file.place, &diagnostics)
        for (work, places) in zip(file.project.works, file.works) {
            _ = check(work.facts, at: places.facts, in: places.place, &diagnostics)
        }
        let needed = workflow.factsInConditions
        for fact in workflow.facts where given[fact.id] == nil && fact.defaultValue == nil && fact.type != .boolean {
            if !file.works.isEmpty, file.project.works.allSatisfy({ $0.facts[fact.id] != nil }) { continue }
            guard needed.contains(fact.id) else { continue }
            // The fact may be there under a name that was reported as misspelt.
            let isMisspelt = given.keys.contains {
                declared[$0] == nil && nearestName(to: $0, among: declared.keys) == fact.id
            }
            if !isMisspelt { diagnostics.append(Diagnostic(.factMissing(fact.id, type: fact.type), at: file.place)) }
        }
        diagnostics.sort { ($0.place.span.start, $0.code) < ($1.place.span.start, $1.code) }
        let hasErrors = diagnostics.contains { $0.severity == .error }
        return FileReading(value: hasErrors ? nil : workflow.resolvedFacts(facts), diagnostics: diagnostics)
    }

    /// The facts that fit what the workflow declares.
    private func check(
        _ given: [String: FactValue], at places: [String: ProjectFile.FactPlace], in whole: Diagnostic.Place,
        _ diagnostics: inout [Diagnostic]
    ) -> [String: FactValue] {
        var facts: [String: FactValue] = [:]
        for (name, value) in given.sorted(by: { $0.key < $1.key }) {
            let place = places[name] ?? (whole, whole)
            guard let type = declared[name] else {
                diagnostics.append(Diagnostic(undeclared(name), at: place.name))
                continue
            }
            if let fitting = type.value(value, text: value.text) {
                facts[name] = fitting
            } else {
                diagnostics.append(Diagnostic(misfit(value, of: name, type: type), at: place.value))
            }
        }
        return facts
    }

    private func undeclared(_ name: String) -> Wording {
        guard let nearest = nearestName(to: name, among: declared.keys) else {
            return .undeclaredFact(name, workflow: workflow.id)
        }
        return .misspeltFact(name, nearest: nearest, workflow: workflow.id)
    }

    private func misfit(_ value: FactValue, of name: String, type: FactType) -> Wording {
        if case .oneOf(let allowed) = type { return .factValueNotListed(value.text, of: name, allowed: allowed) }
        return .factOfWrongType(name, expected: type)
    }
}

extension WorkflowDefinition {
    /// The facts that some condition asks for.
    package var factsInConditions: Set<String> {
        var conditions = [appliesWhen]
        for item in items {
            conditions.append(item.when)
            conditions += item.joint?.participants.map(\.when) ?? []
        }
        return conditions.reduce(into: []) { $0.formUnion($1?.factNames ?? []) }
    }
}

extension FactValue {
    /// As it is written in a file.
    fileprivate var text: String {
        switch self {
        case .boolean(let value): String(value)
        case .number(let value): Int(exactly: value).map { String($0) } ?? String(value)
        case .text(let value): value
        }
    }
}

extension Condition {
    /// The facts that the condition asks for.
    var factNames: Set<String> {
        var names: Set<String> = []
        var open = [expression]
        while let expression = open.popLast() {
            switch expression {
            case .constant: break
            case .fact(let name): names.insert(name)
            case .compare(let left, _, let right):
                for case .fact(let name) in [left, right] { names.insert(name) }
            case .isIn(let operand, _):
                if case .fact(let name) = operand { names.insert(name) }
            case .and(let parts), .or(let parts): open += parts
            case .not(let negated): open.append(negated)
            }
        }
        return names
    }

    /// What the condition says of every project alike, when it asks for no fact.
    var constantValue: Bool? {
        factNames.isEmpty ? evaluate(with: [:]) : nil
    }
}

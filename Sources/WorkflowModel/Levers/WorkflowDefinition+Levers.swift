import WorkCalendar

extension WorkflowDefinition {
    /// The workflow as it is when these levers are pulled: another workflow, read by everything that reads workflows.
    ///
    /// Levers that this project's facts leave out change nothing. The order in which levers are named does not matter:
    /// changes of one item are made in the order of the file, `after` before `notAfter` before `alsoAfter`, new durations
    /// before percentages, merges last. The result has no levers left, and its version names those in force.
    ///
    /// - Throws: `LeverChoiceError` when a lever is not there, lacks one that it requires, or meets one that it excludes.
    /// - Complexity: O(items + dependencies + effects).
    public func applying(
        _ chosen: some Sequence<String>, facts: [String: FactValue]
    ) throws(LeverChoiceError) -> WorkflowDefinition {
        let chosen = Set(chosen)
        for id in chosen.sorted() where !levers.contains(where: { $0.id == id }) {
            throw .unknown(id, known: levers.map(\.id))
        }
        for lever in levers where chosen.contains(lever.id) {
            if let missing = lever.requires.first(where: { !chosen.contains($0) }) {
                throw .requires(lever.id, missing)
            }
            if let other = lever.excludes.first(where: chosen.contains) { throw .excludes(lever.id, other) }
        }
        let available = Set(availableLevers(facts: facts).map(\.id))
        return applying(levers.filter { chosen.contains($0.id) && available.contains($0.id) })
    }

    /// The levers that can be pulled for a project with these facts: those whose condition holds, and that of all that
    /// they require.
    public func availableLevers(facts: [String: FactValue]) -> [Lever] {
        let facts = resolvedFacts(facts)
        var missing = Set(levers.filter { $0.when?.evaluate(with: facts) == false }.map(\.id))
        while true {
            let more = levers.filter { !missing.contains($0.id) && $0.requires.contains(where: missing.contains) }
            if more.isEmpty { return levers.filter { !missing.contains($0.id) } }
            missing.formUnion(more.map(\.id))
        }
    }

    /// With levers in force whose requirements are not asked for.
    ///
    /// - Parameter pulled: levers of this workflow, in its order.
    package func applying(_ pulled: [Lever]) -> WorkflowDefinition {
        pulled.isEmpty ? self : LeverApplication(self, pulled).result
    }
}

/// Why levers cannot be pulled together.
public enum LeverChoiceError: Error, Sendable, Hashable {
    /// The workflow has no such lever.
    case unknown(String, known: [String])
    /// The first one needs the second.
    case requires(String, String)
    /// The first one does not go with the second.
    case excludes(String, String)

    public var text: LocalizedText {
        switch self {
        case .unknown(let id, let known):
            let nearest = nearestName(to: id, among: known).map {
                LocalizedText(zh: "是不是“\($0)”？", en: "did you mean “\($0)”?")
            }
            let hint =
                nearest
                ?? (known.isEmpty
                    ? LocalizedText(zh: "它没有改革措施。", en: "it has no levers.")
                    : LocalizedText(
                        zh: "它有：\(known.joined(separator: "、"))。", en: "it has: \(known.joined(separator: ", "))."))
            return LocalizedText(
                zh: "流程没有改革措施“\(id)”。\(hint.zh)", en: "the workflow has no lever “\(id)”: \(hint.en)")
        case .requires(let id, let other):
            return LocalizedText(
                zh: "改革措施“\(id)”以“\(other)”为前提，请一并选上。",
                en: "the lever “\(id)” requires “\(other)”: name it as well.")
        case .excludes(let id, let other):
            return LocalizedText(
                zh: "改革措施“\(id)”与“\(other)”不能同时采用，请去掉一个。",
                en: "the levers “\(id)” and “\(other)” exclude each other: leave one out.")
        }
    }
}

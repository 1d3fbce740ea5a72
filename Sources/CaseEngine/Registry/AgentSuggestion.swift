import WorkCalendar

/// That a project gets an agent of its own, and who could be it (一对一代办建议).
public struct AgentSuggestion: Hashable, Sendable {
    public let rule: GreenChannelRule
    /// Those with the least to do first; for a key project only those who may take another one.
    public let agents: [String]

    public init(rule: GreenChannelRule, agents: [String]) {
        self.rule = rule
        self.agents = agents
    }
}

extension Registry {
    /// The agents for a key project or for an owner of good credit; `nil` when neither rule holds.
    ///
    /// - Source: 乳山市“十四五”行政审批发展规划 四章二节四 (key projects, AA and above, real estate excluded), 六章五节 (one
    ///   agent for one key project).
    public func agentSuggestion(project: String, owner: String?, on date: LocalDate) -> AgentSuggestion? {
        guard let rule = greenChannel(project: project, owner: owner.map { [$0] } ?? [], on: date) else { return nil }
        var load: [String: (key: Int, all: Int)] = [:]
        for assignment in assignments.values where assignment.isInForce(on: date) {
            let isKey = assignment.project.map { keyProjects[$0] != nil && $0 != project } ?? false
            load[assignment.agent, default: (0, 0)].key += isKey ? 1 : 0
            load[assignment.agent, default: (0, 0)].all += 1
        }
        let able = agents.keys.filter { rule != .keyProject || (load[$0]?.key ?? 0) < policy.keyProjectsPerAgent }
        let sorted = able.sorted { a, b in
            let (ofA, ofB) = (load[a] ?? (0, 0), load[b] ?? (0, 0))
            return (ofA.key, ofA.all, a) < (ofB.key, ofB.all, b)
        }
        return AgentSuggestion(rule: rule, agents: sorted)
    }
}

import Scheduling
import WorkCalendar
import WorkflowModel

extension AdviceReport {
    /// What a search found, apart from what it was asked (建议结论): with the question it makes the report again.
    public struct Findings: Codable, Sendable, Hashable {
        /// Ids, in the order of the file.
        public let chosen: [String]
        public let cost: Int
        public let outcome: Outcome
        public let evaluations: Int
        fileprivate let rows: [FoundRow]
        fileprivate let chance: FoundChance?

        fileprivate struct FoundRow: Codable, Sendable, Hashable {
            let lever: String
            let isChosen: Bool
            let cost: Int
            let alone: Int?
            let withOthers: Int?
            let interval: ClosedRange<Int>?
            let expected: Expected?
        }

        fileprivate struct FoundChance: Codable, Sendable, Hashable {
            let before: ChanceEstimate
            let after: ChanceEstimate
            let fresh: ChanceEstimate
            let meanBefore: Double
            let meanAfter: Double
        }
    }

    public var findings: Findings {
        Findings(
            chosen: chosen.map(\.id), cost: cost, outcome: outcome, evaluations: evaluations,
            rows: rows.map { row in
                Findings.FoundRow(
                    lever: row.lever.id, isChosen: row.isChosen, cost: row.cost, alone: row.alone,
                    withOthers: row.withOthers, interval: row.interval, expected: row.expected)
            },
            chance: chance.map { chance in
                Findings.FoundChance(
                    before: chance.before, after: chance.after, fresh: chance.fresh, meanBefore: chance.meanBefore,
                    meanAfter: chance.meanAfter)
            })
    }
}

extension LeverAdvisor {
    /// The report that a search made, from what it found: ``advice(reaching:shouldStop:)`` asked the same.
    ///
    /// - Throws: `AdviceError` when the target cannot be held against this project.
    public func report(
        of findings: AdviceReport.Findings, reaching wanted: WantedChance? = nil
    ) throws(AdviceError) -> AdviceReport {
        let levers = Dictionary(workflow.levers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let chosen = findings.chosen.compactMap { levers[$0] }
        let rows = findings.rows.compactMap { row in
            levers[row.lever].map { lever in
                AdviceReport.Row(
                    lever: lever, isChosen: row.isChosen, cost: row.cost, alone: row.alone, withOthers: row.withOthers,
                    interval: row.interval, expected: row.expected)
            }
        }
        var chance: AdviceReport.Chance?
        if let wanted, let found = findings.chance {
            chance = AdviceReport.Chance(
                wanted: wanted, before: found.before, after: found.after, fresh: found.fresh,
                meanBefore: found.meanBefore, meanAfter: found.meanAfter)
        }
        return AdviceReport(
            workflow: workflow, target: target, scenario: scenario, start: start, calendar: calendar,
            before: try measured([]), after: try measured(chosen), chosen: chosen, cost: findings.cost,
            outcome: findings.outcome, rows: rows,
            unavailable: workflow.levers.filter { lever in !rows.contains { $0.lever.id == lever.id } },
            evaluations: findings.evaluations, chance: chance)
    }
}

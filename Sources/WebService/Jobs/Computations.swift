import CaseEngine
import Orchestrator
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

/// What jobs compute (计算内容): simulations and advice.
enum Computations {
    /// What is simulated or advised on: a workflow with a project's facts, from a date.
    struct Subject: Sendable {
        let workflow: WorkflowDefinition
        let facts: [String: FactValue]
        let calendar: WorkCalendar
        let start: LocalDate
        let title: LocalizedText
        /// Names it among jobs.
        let key: String

        var plan: Plan { Plan.resolve(workflow, facts: facts) }
    }

    /// The project is played through so many times; tells how far it is about two hundred times.
    static func simulate(
        _ subject: Subject, runs: Int, seed: UInt64, _ progress: JobProgress
    ) throws -> JobResult {
        let model: RiskModel
        do {
            model = try RiskModel(
                plan: subject.plan, calendar: subject.calendar, start: subject.start,
                assumptions: RiskAssumptions(of: subject.workflow, seed: seed))
        } catch {
            throw Problem.unprocessable(
                "notSimulable", "流程无法模拟：\(error)", "The workflow cannot be simulated: \(error)")
        }
        let simulation = model.simulation
        var whole = simulation.run(0..<0)
        let step = max(SampleBlock.size, (runs / 200 / SampleBlock.size) * SampleBlock.size)
        var done = 0
        while done < runs, !progress.isCancelled {
            let end = min(runs, done + step)
            whole.append(simulation.run(done..<end))
            done = end
            let p80 = OutcomeDistribution(whole.finishes).quantile(0.8).map { model.date(ofFinish: $0) }
            progress.show(done, of: runs, .members(["p80": .optional(p80?.description)]))
        }
        guard done > 0 else {
            throw Problem.conflict("cancelled", "还没有结果就已取消。", "It was cancelled before there was a result.")
        }
        let report = try model.report(on: whole, isPartial: done < runs)
        return JobResult(json: report.json, value: report)
    }

    /// The cheapest levers that meet a target.
    static func advise(
        _ subject: Subject, target: Target, probability: Double?, seconds: Int, seed: UInt64, _ progress: JobProgress
    ) throws -> JobResult {
        let advisor = LeverAdvisor(
            workflow: subject.workflow, facts: subject.facts, target: target, measure: nil,
            calendar: subject.calendar, start: subject.start, scenario: PlanScenario())
        let clock = ContinuousClock()
        let begun = clock.now
        let end = begun.advanced(by: .seconds(seconds))
        do throws(AdviceError) {
            let wanted = try probability.map { probability throws(AdviceError) in
                try WantedChance(
                    probability: probability, runs: WantedChance.defaultRuns,
                    assumptions: RiskAssumptions(of: subject.workflow, seed: seed))
            }
            let report = try advisor.advice(
                reaching: wanted,
                shouldStop: {
                    let now = clock.now
                    let passed = begun.duration(to: now).components.seconds
                    progress.show(min(seconds, Int(passed)), of: seconds)
                    return now >= end || progress.isCancelled
                })
            return JobResult(json: report.json, value: report)
        } catch {
            throw Problem.unprocessable("noAdvice", "不能给出建议：\(error)", "No advice can be given: \(error)")
        }
    }
}

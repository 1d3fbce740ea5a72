import Planning
import Scheduling
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Questions to a workflow's plan")
struct PlanAnswersTests {
    private func answers(_ ask: (inout PlanQuestions, PlanReport) -> Void) throws -> PlanAnswers {
        let report = try ShippedWorkflow(2).report(start: LocalDate(year: 2024, month: 3, day: 1)!)
        var questions = PlanQuestions()
        ask(&questions, report)
        return PlanAnswers(report, questions)
    }

    @Test("Reckoned back from its own finish a plan can enter on its own start, and from a day earlier it cannot")
    func backward() throws {
        let kept = try #require(try answers { $0.wanted = $1.finish }.backward)
        #expect(kept.shortfall == 0)
        // The weekend after the start is the same moment of work.
        let start = LocalDate(year: 2024, month: 3, day: 1)!
        #expect(
            kept.latestEntry >= start && WorkCalendar.weekdays.workingDays(after: start, through: kept.latestEntry) == 0
        )
        #expect(kept.rows.allSatisfy { $0.float >= 0 && $0.latestFinish <= kept.wanted })
        let missed = try #require(try answers { $0.wanted = $1.finish.adding(days: -7) }.backward)
        #expect(missed.shortfall > 0)
        #expect(!missed.chain.isEmpty)
    }

    @Test("Latest dates reckoned back from the plan's own finish are its late dates")
    func lateDates() throws {
        let asked = try answers { $0.wanted = $1.finish }
        let rows = try #require(asked.backward).rows
        for (row, own) in zip(rows, asked.report.activities) {
            #expect(row.latestFinish == own.lateFinish, "\(own.activity.id)")
        }
    }

    @Test("The longest path has no gap, and the plan printed as JSON is a baseline against which nothing moved")
    func pathsAndBaseline() throws {
        let asked = try answers { questions, report in
            questions.paths = 3
            questions.quality = true
            questions.baseline = PlanBaseline.read(report.json.pretty, path: "plan.json").value
        }
        #expect(asked.paths.count == 3 && asked.paths[0].gap == 0)
        #expect(asked.quality?.map(\.point.rawValue) == Array(1...14))
        let comparison = try #require(asked.comparison)
        #expect(comparison.shifts.count == asked.report.activities.count)
        #expect(comparison.shifts.allSatisfy { !$0.isMoved } && comparison.added.isEmpty && comparison.removed.isEmpty)
    }
}

import CaseEngine
import Planning
import Testing
import WorkflowModel

/// Small workflows in which something need not happen.
enum SampleOfEach: String, CaseIterable, Sendable {
    case correction, hearing, siteVisit, jointCorrection, noRecheck, refusal, everyoneRechecks, shapes

    func plan() throws -> Plan {
        let reading = WorkflowFile.read(
            """
            workflow: sample
            version: "1"
            title: {zh: 样例, en: Sample}
            processType: 3
            source: assumed
            calendar: weekdays
            facts: {}
            departments: {planning: {zh: 规划, en: Planning}, fire: {zh: 消防, en: Fire}, water: {zh: 水务, en: Water}}
            \(self == .shapes ? "simulation: {distribution: uniform, departmentCorrelation: 0.6}" : "")
            targets:
              - {id: t, limit: 30 wd, from: entered, to: completed, counts: [gov], measure: union, source: assumed}
              - {id: all, limit: 60 wd, from: entered, to: completed, counts: [gov, applicant, special], measure: sum,
                 source: assumed}
            stages:
              - id: works
                title: {zh: 许可, en: Permit}
                national: 3
                lead: planning
                items:
                  - {id: entered, title: {zh: 开始, en: Start}, kind: milestone}
            \(items)
                  - {id: record, title: {zh: 归档, en: Record}, kind: applicant, department: planning, takes: 1/2/4 wd,
                     after: [{item: permit, type: SS, lag: 2 wd}], source: assumed}
                  - {id: completed, title: {zh: 完成, en: End}, kind: milestone, after: [permit, record]}
            """, path: "sample.yaml")
        let workflow = try #require(reading.value, "\(reading.diagnostics)")
        return Plan.resolve(workflow, facts: [:])
    }

    private var items: String {
        switch self {
        case .correction: permit("correction: {chance: 0.4, applicant: 1/3/9 wd}")
        case .hearing: permit("special: {procedure: hearing, chance: 0.5, takes: 2/5/9 wd}\n        chain: [a, b, c]")
        case .siteVisit: permit("special: {procedure: site-visit, chance: 0.5, takes: 2/5/9 wd}")
        case .shapes:
            permit("distribution: pert\n        correction: {chance: 0.3, applicant: 1/3/9 wd}", "3/7/20 wd") + second
        case .jointCorrection:
            joint(
                "{applicant: 2/3/5 wd, recheck: 1/2/4 wd failed-only, chance: 0.3, rounds: 1}",
                """
                admission: 1/2/3 wd
                        correction: {chance: 0.4, applicant: 1/3/9 wd}
                        special: {procedure: hearing, chance: 0.3, takes: 2/5/9 cd}
                """)
        case .noRecheck: joint("{applicant: 2/3/5 wd, chance: 0.5, rounds: 3}")
        case .refusal: joint("{applicant: 2/3/5 wd, recheck: 1/2/4 wd failed-only, chance: 0.3, rounds: 1}")
        case .everyoneRechecks: joint("{applicant: 2/3/5 wd, recheck: 1/4/9 wd, chance: 0.6, rounds: 2}")
        }
    }

    private func permit(_ more: String, _ takes: String = "3/5/8 wd") -> String {
        """
              - id: permit
                title: {zh: 许可, en: Permit}
                kind: approval
                department: planning
                takes: \(takes)
                after: [entered]
                milestone: true
                source: assumed
                \(more)
        """
    }

    /// Of the same department, so that both are slow together.
    private var second: String {
        """

              - id: other
                title: {zh: 另一许可, en: Other permit}
                kind: approval
                department: planning
                takes: 3/7/20 wd
                after: [permit]
                source: assumed
        """
    }

    private func joint(_ rectification: String, _ more: String = "") -> String {
        """
              - id: permit
                title: {zh: 联合审查, en: Joint review}
                joint: review
                lead: planning
                after: [entered]
                participants:
                  - {id: fire, title: {zh: 消防, en: Fire}, department: fire, takes: 2/3/5 wd}
                  - {id: water, title: {zh: 水务, en: Water}, department: water, takes: 2/3/5 wd}
                merge: 1/1/2 wd
                rectification: \(rectification)
                conclusion: 1/2/3 wd
                milestone: true
                source: assumed
                \(more)
        """
    }
}

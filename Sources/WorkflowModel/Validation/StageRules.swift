import WorkCalendar

/// Stages follow the national order, are led by somebody, and can close.
enum StageRules {
    /// The national number of the parallel lane, which is not a stage of its own.
    static let parallelLane = 5

    static func check(_ draft: WorkflowDraft, _ report: Report) {
        if draft.fields.has("stages"), draft.fields.count("stages") == 0 {
            report.add(.noStages, at: draft.fields.span("stages"))
        }
        var seen: [Int: TextSpan] = [:]
        var last = 0
        for stage in draft.stages {
            checkContents(of: stage, report)
            guard stage.fields.has("national"), (1..<parallelLane).contains(stage.stage.national) else { continue }
            let national = stage.stage.national
            let span = stage.fields.span("national")
            if stage.fields.lacks("lead") { report.add(.stageWithoutLead(stage.stage.id), at: stage.fields.heading) }
            if let first = seen[national] {
                report.add(.nationalStageTwice(national), at: span, notes: [(first, Wording.firstHere)])
            } else if national < last {
                report.add(.stagesOutOfOrder(national, after: last), at: span)
            }
            seen[national] = seen[national] ?? span
            last = max(last, national)
        }
    }

    private static func checkContents(of stage: StageDraft, _ report: Report) {
        guard stage.itemsAreComplete else { return }
        if stage.items.isEmpty {
            report.add(.stageWithoutItems(stage.stage.id), at: stage.fields.span("items"))
        } else if (1..<parallelLane).contains(stage.stage.national),
            !stage.items.contains(where: \.item.isMilestoneItem)
        {
            report.add(.stageCannotClose(stage.stage.id), at: stage.fields.heading)
        }
        guard let budget = stage.stage.budget else { return }
        // Promised limits are often longer than the budget that a city aims at; what is likely has to fit.
        for item in stage.items where !item.isConditional {
            guard let likely = item.item.takes?.likely, [.gov, .tech].contains(item.item.clock) else { continue }
            if likely.unit == budget.unit, likely.minutes > budget.minutes {
                report.add(
                    .likelyAboveBudget(likely: likely, budget: budget, stage: stage.stage.id),
                    at: item.fields.span("takes"))
            }
        }
    }
}

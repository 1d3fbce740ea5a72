import WorkCalendar
import WorkflowModel

extension MetroMap {
    /// The map of a plan, with its dates; nothing has happened yet.
    public init(_ report: PlanReport, language: Language) {
        let reader = PlanReader(report: report, language: language)
        let activities = Dictionary(grouping: report.activities) { $0.activity.item }
        let stages = report.stages.map { row in
            Stage(
                id: row.stage.id, number: row.stage.national <= 4 ? row.stage.national : nil,
                title: row.stage.title[language], notes: reader.notes(of: row))
        }
        let stations = report.plan.order.compactMap { position -> Station? in
            let planned = report.plan.items[position]
            guard let rows = activities[planned.id], let start = rows.map(\.earlyStart).min(),
                let finish = rows.map(\.earlyFinish).max()
            else { return nil }
            let kind: Station.Kind =
                if let joint = planned.item.joint {
                    .joint(participants: joint.participants.count)
                } else {
                    planned.item.kind == .milestone ? .milestone : .item
                }
            let dates =
                start == finish ? reader.short(finish) : "\(reader.short(start)) → \(reader.short(finish))"
            return Station(
                id: planned.id, stage: planned.stage, kind: kind, title: planned.item.title[language], note: dates,
                isCritical: rows.contains(where: \.isCritical), after: planned.after.map(\.item))
        }
        self.init(
            title: report.plan.workflow.title[language], subtitle: reader.subtitle, language: language, stages: stages,
            stations: stations)
    }
}

extension PlanReader {
    /// Without the year where the whole plan lies in one.
    func short(_ date: LocalDate) -> String {
        let text = date.description
        return report.start.year == report.finish.year ? String(text.dropFirst(5)) : text
    }

    func notes(of row: PlanReport.StageRow) -> [String] {
        guard let budget = row.stage.budget else {
            let days = language.say("审批用时 \(language.days(row.counted))", "\(language.days(row.counted)) counted")
            return ["\(row.start) → \(row.finish)"] + (row.counted == 0 ? [] : [days])
        }
        let counted = DayAmount.number(minutes: row.counted)
        let over = DayAmount.number(minutes: row.counted - budget.minutes)
        let days = language.say(
            "审批用时 \(counted) / \(language.days(budget.minutes, budget.unit))",
            "\(counted) of \(language.days(budget.minutes, budget.unit)) counted")
        let excess = row.counted > budget.minutes ? language.say("，超出 \(over)", ", \(over) over") : ""
        return ["\(row.start) → \(row.finish)", days + excess]
    }
}

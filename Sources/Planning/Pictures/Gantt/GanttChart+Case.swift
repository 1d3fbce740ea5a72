import WorkCalendar
import WorkflowModel

extension GanttChart {
    /// The chart of a case: facts up to its data date, what is ahead after it, and behind them the plan it began with.
    ///
    /// - Parameter baseline: the plan that it is held against; `nil` shows none.
    public init(_ schedule: CaseSchedule, baseline: PlanReport?, title: String, subtitle: String, language: Language) {
        let reader = CaseChartReader(schedule: schedule, baseline: baseline, language: language)
        self.init(
            title: title, subtitle: subtitle, language: language, calendar: schedule.calendar, start: schedule.start,
            finish: schedule.finish, rows: reader.rows, targets: [], dataDate: schedule.on)
    }
}

/// What a chart says of a case.
private struct CaseChartReader {
    let schedule: CaseSchedule
    let language: Language
    private let planned: [String: Range<LocalDate>]

    init(schedule: CaseSchedule, baseline: PlanReport?, language: Language) {
        self.schedule = schedule
        self.language = language
        planned = Dictionary(
            (baseline?.activities ?? []).map { ($0.activity.id, $0.earlyStart..<$0.earlyFinish) },
            uniquingKeysWith: { first, _ in first })
    }

    var rows: [GanttChart.Row] {
        var rows: [GanttChart.Row] = []
        var stage: String?
        var position = 0
        while position < schedule.rows.count {
            let first = schedule.rows[position].activity
            if first.stage != stage {
                stage = first.stage
                if let row = self.stage(first.stage) { rows.append(row) }
            }
            let parts = Array(schedule.rows[position...].prefix { $0.activity.item == first.item })
            rows +=
                parts.count == 1 || parts.allSatisfy { $0.activity.phase == nil }
                ? parts.map { row($0, isPhase: false) } : joint(parts)
            position += parts.count
        }
        return rows
    }

    private func stage(_ id: String) -> GanttChart.Row? {
        guard let stage = schedule.plan.workflow.stages.first(where: { $0.id == id }) else { return nil }
        let rows = schedule.rows.filter { $0.activity.stage == id }
        guard let start = rows.map(\.start).min(), let finish = rows.map(\.finish).max() else { return nil }
        return GanttChart.Row(
            id: "stage:\(id)", mark: .stage(note: ""), title: stage.title[language], start: start, finish: finish,
            isCritical: rows.contains(where: \.isCritical), clock: .gov, facts: .init(progress: progress(rows)))
    }

    private func joint(_ phases: [ScheduledRow]) -> [GanttChart.Row] {
        guard let first = phases.first, let start = phases.map(\.start).min(),
            let finish = phases.map(\.finish).max()
        else { return [] }
        let item = schedule.plan[first.activity.item]?.item
        let whole = GanttChart.Row(
            id: "joint:\(first.activity.item)", mark: .joint, title: item?.title[language] ?? first.activity.item,
            department: item?.department.flatMap(department), start: start, finish: finish,
            totalFloat: phases.compactMap(\.totalFloat).min(), isCritical: phases.contains(where: \.isCritical),
            clock: item?.clock ?? .gov, facts: .init(progress: progress(phases)))
        return [whole] + phases.map { row($0, isPhase: true) }
    }

    private func progress(_ rows: [ScheduledRow]) -> GanttChart.Facts.Progress {
        if rows.allSatisfy({ $0.standing == .finished }) { return .finished }
        return rows.allSatisfy { $0.standing == .ahead } ? .ahead : .running
    }

    private func row(_ row: ScheduledRow, isPhase: Bool) -> GanttChart.Row {
        let isMoment = row.start == row.finish && row.duration.minutes == 0
        let progress: GanttChart.Facts.Progress =
            switch row.standing {
            case .finished: .finished
            case .running: .running
            case .ahead: .ahead
            }
        return GanttChart.Row(
            id: row.activity.id, mark: isMoment ? .milestone : .bar, title: title(of: row.activity, isPhase),
            isPhase: isPhase, department: row.activity.department.flatMap(department),
            takes: isMoment ? "" : PlanReader.amount(row.duration, language), start: row.start, finish: row.finish,
            lateFinish: row.lateFinish, totalFloat: row.totalFloat, isCritical: row.isCritical,
            clock: row.activity.clock,
            arrows: row.drivenBy.map { driver in
                .init(from: driver, type: row.predecessors.first { $0.id == driver }?.type ?? .finishToStart)
            },
            facts: .init(progress: progress, pauses: row.stops, baseline: planned[row.activity.id]))
    }

    private func title(of activity: PlanActivity, _ isPhase: Bool) -> String {
        isPhase ? PlanReader.title(of: activity, language) : activity.title[language]
    }

    private func department(_ id: String) -> String? {
        schedule.plan.workflow.departments.first { $0.id == id }?.title[language]
    }
}

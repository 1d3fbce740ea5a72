import WorkCalendar
import WorkflowModel

extension GanttChart {
    /// The chart of a plan: its stages, its items with the phases of joint ones, and its targets.
    public init(_ report: PlanReport, language: Language) {
        let reader = PlanReader(report: report, language: language)
        self.init(
            title: report.plan.workflow.title[language], subtitle: reader.subtitle, language: language,
            calendar: report.calendar, start: report.start, finish: report.finish, rows: reader.rows,
            targets: report.targets.map(reader.target))
    }
}

/// What a chart says of a plan.
struct PlanReader {
    let report: PlanReport
    let language: Language

    var subtitle: String {
        let workflow = report.plan.workflow
        let rounds = report.scenario.rectificationRounds
        var parts = [
            "\(workflow.id) \(workflow.version)",
            "\(language.long(report.start)) → \(language.long(report.finish))",
            language.say("日历 ", "calendar ") + "\(report.calendar.id) \(report.calendar.version)",
            report.scenario.basis.word[language],
        ]
        if rounds > 0 {
            parts.append(language.say("联合事项整改 \(rounds) 轮", "\(rounds) rectification round\(rounds == 1 ? "" : "s")"))
        }
        if report.isProvisional {
            parts.append(language.say("暂定：部分年份放假安排未公布", "provisional: holidays not yet published"))
        }
        return parts.joined(separator: " · ")
    }

    // MARK: Rows

    var rows: [GanttChart.Row] {
        let stages = Dictionary(report.stages.map { ($0.stage.id, $0) }) { first, _ in first }
        var rows: [GanttChart.Row] = []
        var stage: String?
        var position = 0
        while position < report.activities.count {
            let row = report.activities[position]
            if row.activity.stage != stage {
                stage = row.activity.stage
                if let stage, let own = stages[stage] { rows.append(self.stage(own)) }
            }
            let parts = report.activities[position...].prefix { $0.activity.item == row.activity.item }
            rows += row.activity.phase == nil || parts.count == 1 ? parts.map { self.row($0) } : joint(Array(parts))
            position += parts.count
        }
        return rows
    }

    private func stage(_ row: PlanReport.StageRow) -> GanttChart.Row {
        let counted = DayAmount.number(minutes: row.counted)
        let note =
            row.stage.budget.map { budget in
                let over = DayAmount.number(minutes: row.counted - budget.minutes)
                return "\(counted) / \(amount(budget))"
                    + (row.counted > budget.minutes ? language.say("，超出 \(over)", ", \(over) over") : "")
            }
            ?? language.days(row.counted)
        return GanttChart.Row(
            id: "stage:\(row.stage.id)", mark: .stage(note: row.counted == 0 ? "" : note),
            title: row.stage.title[language], start: row.start, finish: row.finish, isCritical: row.isCritical,
            clock: .gov)
    }

    private func joint(_ phases: [PlanReport.Row]) -> [GanttChart.Row] {
        guard let first = phases.first, let start = phases.map(\.earlyStart).min(),
            let finish = phases.map(\.earlyFinish).max(), let float = phases.map(\.totalFloat).min()
        else { return [] }
        let item = report.plan[first.activity.item]?.item
        let whole = GanttChart.Row(
            id: "joint:\(first.activity.item)", mark: .joint, title: item?.title[language] ?? first.activity.item,
            department: item?.department.flatMap(department), start: start, finish: finish, totalFloat: float,
            isCritical: phases.contains(where: \.isCritical), clock: item?.clock ?? .gov)
        return [whole] + phases.map { row($0, isPhase: true) }
    }

    private func row(_ row: PlanReport.Row, isPhase: Bool = false) -> GanttChart.Row {
        let isMoment = row.earlyStart == row.earlyFinish && row.duration.minutes == 0
        return GanttChart.Row(
            id: row.activity.id, mark: isMoment ? .milestone : .bar, title: title(of: row.activity), isPhase: isPhase,
            department: row.activity.department.flatMap(department), takes: isMoment ? "" : amount(row.duration),
            start: row.earlyStart, finish: row.earlyFinish, lateFinish: row.lateFinish, totalFloat: row.totalFloat,
            isCritical: row.isCritical, clock: row.activity.clock,
            arrows: row.drivenBy.map { driver in
                .init(from: driver, type: row.predecessors.first { $0.id == driver }?.type ?? .finishToStart)
            })
    }

    /// A phase without the name of its item, which stands above it.
    func title(of activity: PlanActivity) -> String { Self.title(of: activity, language) }

    static func title(of activity: PlanActivity, _ language: Language) -> String {
        switch activity.phase {
        case .admission: language.say("受理", "Admission")
        case .merge: language.say("汇总意见", "Merged notice")
        case .rectification(let round): language.say("整改（第 \(round) 轮）", "Rectification, round \(round)")
        case .recheck(let round): language.say("复验（第 \(round) 轮）", "Recheck, round \(round)")
        case .conclusion: language.say("出具结论", "Conclusion")
        case .session, .participant, nil: activity.title[language]
        }
    }

    private func department(_ id: String) -> String? {
        report.plan.workflow.departments.first { $0.id == id }?.title[language]
    }

    func amount(_ amount: DayAmount) -> String { Self.amount(amount, language) }

    static func amount(_ amount: DayAmount, _ language: Language) -> String {
        let number = DayAmount.number(minutes: amount.minutes)
        switch amount.unit {
        case .working: return language.say("\(number) 工作日", "\(number) wd")
        case .calendar: return language.say("\(number) 自然日", "\(number) cd")
        }
    }

    // MARK: Targets

    func target(_ target: TargetReport) -> GanttChart.TargetRow {
        GanttChart.TargetRow(
            title: target.target.title?[language] ?? target.target.id, verdict: verdict(target),
            from: target.from, to: target.to, counted: countedRuns(target),
            limitDay: report.windows.limitDay(of: target),
            isMet: target.isMet)
    }

    func verdict(_ target: TargetReport) -> String {
        let unit = target.target.limit?.unit ?? .working
        guard let limit = target.target.limit, let margin = target.margin else {
            return language.say(
                "\(language.days(target.measured))，无时限", "\(language.days(target.measured)), no limit")
        }
        let measured = "\(DayAmount.number(minutes: target.measured)) / \(language.days(limit.minutes, unit))"
        let days = DayAmount.number(minutes: abs(margin))
        return measured
            + (margin >= 0
                ? language.say("，达标，余 \(days)", ", met, \(days) to spare")
                : language.say("，超出 \(days)", ", missed by \(days)"))
    }

    /// Runs of days on which at least one counted activity runs, within the window.
    private func countedRuns(_ target: TargetReport) -> [Range<LocalDate>] {
        let periods = report.activities.filter { target.target.counts($0.activity.clock, of: $0.activity.id) }
            .map {
                max($0.earlyStart, target.from)..<max(max($0.earlyStart, target.from), min($0.earlyFinish, target.to))
            }
            .filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound }
        var runs: [Range<LocalDate>] = []
        for period in periods {
            if let last = runs.last, period.lowerBound <= last.upperBound {
                runs[runs.count - 1] = last.lowerBound..<max(last.upperBound, period.upperBound)
            } else {
                runs.append(period)
            }
        }
        return runs
    }
}

extension EstimateBasis {
    /// Which figures the dates rest on.
    package var word: LocalizedText {
        switch self {
        case .min: LocalizedText(zh: "按最短用时", en: "at minimum durations")
        case .likely: LocalizedText(zh: "按最可能用时", en: "at likely durations")
        case .max: LocalizedText(zh: "按最长用时", en: "at maximum durations")
        case .promised: LocalizedText(zh: "按承诺时限", en: "at promised limits")
        case .statutory: LocalizedText(zh: "按法定时限", en: "at statutory limits")
        }
    }
}

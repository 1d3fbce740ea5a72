import CaseEngine
import HTTPTypes
import Hummingbird
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

extension Screens {
    /// The pages of planning and supervision.
    static let plan: [Endpoint] =
        schedule + simulations + workflowPages + workflowWrites + supervision + calendars + exchange + system

    private static let viewParameters: [Endpoint.Parameter] = [
        .query("zoom", "一天的宽度", "The width of a day"), .query("critical", "仅关键线路", "Only the critical path"),
        .query("baseline", "是否显示原计划", "Whether the baseline is shown"),
        .query("why", "解释哪个环节", "Whose dates are explained"),
    ]

    static let schedule: [Endpoint] = [
        .get("/cases/{case}/schedule", .readCase, "进度", "Schedule", viewParameters, .page) { call in
            let page = try schedulePage(call)
            return call.wantsJSON ? .json(page.json) : .page(page)
        }
    ]

    private static func schedulePage(_ call: Call) throws -> SchedulePage {
        let snapshot = try call.caseFile()
        guard let opening = snapshot.state.opening else { throw Problem.noSuchPage }
        let forecaster = Forecaster(snapshot.machine)
        let schedule = try forecaster.schedule(snapshot.state, on: call.today)
        let start = snapshot.state.openedOn ?? schedule.start
        let baseline = try Planner(plan: snapshot.machine.plan, calendar: snapshot.machine.calendar)
            .report(start: start)
        var page = SchedulePage(
            caseID: snapshot.id.text, code: opening.project, projectTitle: opening.title, schedule: schedule,
            baseline: baseline, view: ScheduleView { call.query[$0] })
        if case .ahead(let dates) = try call.service.forecasts
            .forecast(of: snapshot, in: call.office.id, on: call.today).finish
        {
            page.forecast = (p50: dates.date(0.5), p80: dates.date(0.8))
        }
        let standings = snapshot.machine.standings(in: snapshot.state, on: call.today)
        for row in schedule.rows {
            guard let index = snapshot.machine.plan.index(of: row.activity.item) else { continue }
            let standing = standings[index]
            let state: WorkState =
                row.standing == .finished ? .approved : row.standing == .ahead ? .notStarted : standing.state
            // One light an item, on what runs.
            let deadline = row.standing == .running ? standing.deadline : nil
            page.signs[row.activity.id] = .init(
                state: row.activity.phase == nil ? standing.state : state, light: deadline?.light,
                lightText: deadline?.text[call.language])
        }
        return page
    }
}

extension Call {
    /// Whether the page's content is asked for instead of the page.
    var wantsJSON: Bool {
        guard let accepted = request.headers[.accept] else { return false }
        return accepted.contains("json") && !accepted.contains("text/html")
    }
}

extension SchedulePage {
    /// The rows as programs read them.
    var json: JSONText {
        .members([
            "case": .string(caseID), "project": .string(code), "dataDate": .string(schedule.on.description),
            "finish": .string(schedule.finish.description), "provisional": .bool(schedule.isProvisional),
            "plannedFinish": .optional(baseline?.finish.description),
            "p50": .optional(forecast?.p50.description), "p80": .optional(forecast?.p80.description),
            "rows": .array(
                schedule.rows.map { row in
                    .members([
                        "id": .string(row.activity.id), "item": .string(row.activity.item),
                        "title": row.activity.title.json, "standing": .string("\(row.standing)"),
                        "start": .string(row.start.description), "finish": .string(row.finish.description),
                        "lateFinish": .optional(row.lateFinish?.description),
                        "totalFloat": row.totalFloat.map { .number(Double($0) / Double(DayAmount.minutesPerDay)) }
                            ?? .null, "critical": .bool(row.isCritical),
                        "drivenBy": .strings(row.drivenBy),
                    ])
                }),
        ])
    }
}

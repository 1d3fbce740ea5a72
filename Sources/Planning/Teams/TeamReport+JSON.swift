import Scheduling
import WorkCalendar
import WorkflowModel

extension TeamReport {
    /// The report as documented in `docs/json.md#level`: dates are closings, amounts are working days.
    public var json: JSONText {
        .members([
            "length": .days(length), "lowerBound": .days(lowerBound), "gap": .number(gap),
            "schedules": .integer(schedules), "ending": .string(ending.rawValue),
            "projects": .array(
                projects.map { project in
                    .members([
                        "name": .string(project.name), "workflow": .string(project.workflow),
                        "start": .string(project.start.description),
                        "earlyFinish": .string(project.earlyFinish.description),
                        "finish": .string(project.finish.description), "delay": .days(project.delay),
                    ])
                }),
            "departments": .array(departments.map(\.json)), "activities": .array(rows.map(\.json)),
        ])
    }
}

extension TeamReport.DepartmentRow {
    var json: JSONText {
        .members([
            "id": .string(id), "title": title.json, "teams": .integer(teams), "work": .days(work),
            "waiting": .days(waiting),
            "oneMore": oneMore.map { .members(["all": .days($0.all), "last": .days($0.last)]) } ?? .null,
        ])
    }
}

extension TeamReport.Row {
    var json: JSONText {
        .members([
            "project": .string(project), "id": .string(activity.id), "title": activity.title.json,
            "departments": .strings(departments), "earlyStart": .string(earlyStart.description),
            "earlyFinish": .string(earlyFinish.description), "start": .string(start.description),
            "finish": .string(finish.description), "waiting": .days(waiting),
        ])
    }
}

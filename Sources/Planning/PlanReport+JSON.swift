import WorkCalendar
import WorkflowModel

extension PlanReport {
    /// The report as documented in `docs/json.md#plan`: dates are closings, floats and measures are working days.
    public var json: JSONText {
        .members([
            "workflow": .string(plan.workflow.id), "version": .string(plan.workflow.version),
            "start": .string(start.description), "finish": .string(finish.description),
            "at": .string(scenario.basis.rawValue), "rectificationRounds": .integer(scenario.rectificationRounds),
            "calendar": .string(calendar.id), "calendarVersion": .string(calendar.version),
            "provisional": .bool(isProvisional), "notNeeded": .strings(plan.notNeeded),
            "stages": .array(stages.map(\.json)), "activities": .array(activities.map(\.json)),
            "targets": .array(targets.map(\.json)),
        ])
    }
}

extension PlanReport.StageRow {
    var json: JSONText {
        .members([
            "id": .string(stage.id), "title": stage.title.json, "national": .integer(stage.national),
            "start": .string(start.description), "finish": .string(finish.description), "counted": .days(counted),
            "budget": stage.budget?.json ?? .null, "critical": .bool(isCritical),
        ])
    }
}

extension PlanReport.Row {
    var json: JSONText {
        .members([
            "id": .string(activity.id), "item": .string(activity.item),
            "phase": .optional(activity.phase?.name), "stage": .string(activity.stage),
            "title": activity.title.json, "department": .optional(activity.department),
            "kind": .string(activity.kind.rawValue), "clock": .string(activity.clock.rawValue),
            "duration": duration.json,
            "predecessors": .array(
                predecessors.map {
                    .members(["id": .string($0.id), "type": .string($0.type.rawValue), "lag": $0.lag.json])
                }),
            "earlyStart": .string(earlyStart.description), "earlyFinish": .string(earlyFinish.description),
            "lateStart": .string(lateStart.description), "lateFinish": .string(lateFinish.description),
            "totalFloat": .days(totalFloat), "freeFloat": .days(freeFloat), "critical": .bool(isCritical),
            "drivenBy": .strings(drivenBy),
        ])
    }
}

extension TargetReport {
    /// The target as documented in `docs/json.md#target`.
    public var json: JSONText {
        .members([
            "id": .string(target.id), "limit": target.limit?.json ?? .null,
            "from": .string(target.from), "to": .string(target.to),
            "fromDate": .string(from.description), "toDate": .string(to.description),
            "counts": .strings(target.counts.sorted().map(\.rawValue)), "measure": .string(target.measure.rawValue),
            "union": .days(union), "span": .days(span), "sum": .days(sum),
            "elapsedPath": .strings(elapsedPath), "countedPath": .strings(countedPath),
            "countedPathLength": .days(countedPathLength), "measured": .days(measured),
            "margin": margin.map { .days($0) } ?? .null, "met": isMet.map { .bool($0) } ?? .null,
            "source": .string(target.source),
        ])
    }
}

extension JSONText {
    /// Minutes of working time as days.
    static func days(_ minutes: Int) -> JSONText { .number(Double(minutes) / Double(DayAmount.minutesPerDay)) }
}

extension DayAmount {
    /// `{"amount": 5, "unit": "wd"}`.
    public var json: JSONText { .members(["amount": .number(days), "unit": .string(unit.rawValue)]) }
}

extension LocalizedText {
    public var json: JSONText { .members(["zh": .string(zh), "en": .string(en)]) }
}

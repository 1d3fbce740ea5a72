import CaseEngine
import Scheduling
import WorkCalendar
import WorkflowModel

extension Forecast {
    /// The forecast as documented in `docs/json.md#forecast`: amounts are days, dates are closings.
    public func json(of id: String) -> JSONText {
        .members([
            "case": .string(id), "workflow": .string(plan.workflow.id), "version": .string(plan.workflow.version),
            "status": .string(status.rawValue), "on": .string(on.description), "asOf": .string(asOf.description),
            "calendar": .string(calendar.id), "calendarVersion": .string(calendar.version),
            "runs": .integer(assumptions.runs), "seed": .string(String(assumptions.risk.seed)),
            "finish": finish.json, "targets": .array(targets.map(\.json)), "holders": .array(holders.map(\.json)),
            "drivers": .array(drivers.map(\.json)),
        ])
    }
}

extension Forecast.Finish {
    fileprivate var json: JSONText {
        switch self {
        case .never: .null
        case .past(let date): .members(["on": .string(date.description)])
        case .ahead(let dates):
            .members([
                "mean": .string(dates.mean.description),
                "percentiles": .array(dates.percentiles.map { $0.json { .string($0.description) } }),
                "interval": .members([
                    "chance": .number(0.9), "from": .string(dates.interval().lowerBound.description),
                    "to": .string(dates.interval().upperBound.description),
                ]),
            ])
        }
    }
}

extension Forecast.TargetForecast {
    fileprivate var json: JSONText {
        .members([
            "id": .string(target.id), "limit": target.limit?.json ?? .null, "measure": .string(target.measure.rawValue),
            "standing": .string(standing.rawValue), "opened": .optional(opened?.description),
            "closed": .optional(closed?.description), "chance": chance.map(\.json) ?? .null,
            "measures": .array(measures.map(\.json)), "drivers": .array(drivers.map(\.json)),
        ])
    }
}

extension Forecast.MeasureForecast {
    fileprivate var json: JSONText {
        .members([
            "measure": .string(measure.name), "used": .days(used), "mean": .roundedDays(mean),
            "chance": chance.map(\.json) ?? .null, "percentiles": .array(percentiles.map { $0.json { .days($0) } }),
        ])
    }
}

extension Forecast.Holder {
    fileprivate var json: JSONText {
        .members([
            "id": .string(id), "item": .string(item), "title": title.json, "department": .optional(department),
            "clock": .string(clock.rawValue), "reason": .string(reason.rawValue), "since": .string(since.description),
            "days": days.json, "meanRemaining": .roundedDays(meanRemaining), "remaining80": .days(remaining80),
        ])
    }
}

extension Forecast.Driver {
    fileprivate var json: JSONText {
        .members([
            "id": .string(id), "title": title.json, "department": .optional(department),
            "clock": .string(clock.rawValue), "criticality": .rounded(criticality.value),
            "sensitivity": .rounded(sensitivity), "meanRemaining": .roundedDays(meanRemaining),
            "running": .bool(isRunning),
        ])
    }
}

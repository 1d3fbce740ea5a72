import Scheduling
import WorkCalendar
import WorkflowModel

extension SimulationReport {
    /// The report as documented in `docs/json.md#simulate`: amounts are days, dates are closings.
    public var json: JSONText {
        .members([
            "workflow": .string(plan.workflow.id), "version": .string(plan.workflow.version),
            "start": .string(start.description), "calendar": .string(calendar.id),
            "calendarVersion": .string(calendar.version), "runs": .integer(runs), "partial": .bool(isPartial),
            "seed": .string(String(assumptions.seed)), "distribution": .string(assumptions.shape.rawValue),
            "departmentCorrelation": .number(assumptions.departmentCorrelation),
            "latinHypercube": .bool(assumptions.latinHypercube), "wholeDays": .bool(assumptions.wholeDays),
            "finish": finish.json,
            "refusal": .members([
                "chance": .rounded(chanceOfRefusal), "items": .array(refusals.map(\.json)),
            ]), "targets": .array(targets.map(\.json)),
        ])
    }
}

extension RiskModel.Refusal {
    var json: JSONText {
        .members(["id": .string(item), "title": title.json, "chance": .rounded(chance)])
    }
}

extension SimulationReport.Finish {
    var json: JSONText {
        .members([
            "planned": .string(planned.description), "mean": .string(mean.description),
            "percentiles": .array(percentiles.map { $0.json { .string($0.description) } }),
            "bins": .array(bins.map { $0.json { .string($0.description) } }),
            "curve": .array(curve.map { $0.json { .string($0.description) } }),
            "drivers": .array(drivers.map(\.json)),
        ])
    }
}

extension SimulationReport.TargetChance {
    var json: JSONText {
        .members([
            "id": .string(target.id), "limit": target.limit?.json ?? .null, "from": .string(target.from),
            "to": .string(target.to), "measure": .string(target.measure.rawValue),
            "chance": measured.chance.map(\.json) ?? .null, "measures": .array(measures.map(\.json)),
            "bins": .array(bins.map { $0.json { .days($0) } }), "curve": .array(curve.map { $0.json { .days($0) } }),
            "drivers": .array(drivers.map(\.json)),
        ])
    }
}

extension SimulationReport.MeasureChance {
    var json: JSONText {
        .members([
            "measure": .string(measure.name), "mean": .roundedDays(mean), "deviation": .roundedDays(deviation),
            "chance": chance.map(\.json) ?? .null,
            "percentiles": .array(percentiles.map { $0.json { .days($0) } }),
        ])
    }
}

extension SimulationReport.Activity {
    var json: JSONText {
        .members([
            "id": .string(id), "title": title.json, "criticality": .rounded(criticality.value),
            "cruciality": .rounded(cruciality), "rankCorrelation": .rounded(rankCorrelation),
            "sensitivity": .rounded(sensitivity), "meanDuration": .roundedDays(meanDuration),
            "low": low.map { .roundedDays($0) } ?? .null, "high": high.map { .roundedDays($0) } ?? .null,
        ])
    }
}

extension SimulationReport.Percentile {
    func json(_ write: (Value) -> JSONText) -> JSONText {
        .members(["p": .number(p), "value": write(value), "low": write(low), "high": write(high)])
    }
}

extension SimulationReport.Bin {
    func json(_ write: (Value) -> JSONText) -> JSONText {
        .members(["from": write(from), "to": write(to), "count": .integer(count)])
    }
}

extension SimulationReport.Point {
    func json(_ write: (Value) -> JSONText) -> JSONText { .members(["x": write(x), "p": .rounded(p)]) }
}

extension ChanceEstimate {
    /// `{"value": 0.82, "low": 0.81, "high": 0.83}`.
    public var json: JSONText {
        .members([
            "value": .rounded(value), "low": .rounded(interval.lowerBound), "high": .rounded(interval.upperBound),
        ])
    }
}

extension WindowMeasure {
    /// As a target's `measure` names it; the counted critical path, which no target is held to, is `path`.
    public var name: String {
        switch self {
        case .union: "union"
        case .span: "span"
        case .sum: "sum"
        case .path: "path"
        }
    }
}

extension JSONText {
    /// To six decimals.
    static func rounded(_ value: Double) -> JSONText { .number((value * 1e6).rounded() / 1e6) }

    /// Minutes as days, to four decimals.
    static func roundedDays(_ minutes: Double) -> JSONText {
        .number((minutes / Double(DayAmount.minutesPerDay) * 1e4).rounded() / 1e4)
    }
}

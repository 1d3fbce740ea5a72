import Scheduling
import WorkCalendar
import WorkflowModel

extension AdviceReport {
    /// The report as documented in `docs/json.md#advise`.
    public var json: JSONText {
        .members([
            "workflow": .string(workflow.id), "version": .string(workflow.version),
            "start": .string(start.description), "at": .string(scenario.basis.rawValue),
            "rectificationRounds": .integer(scenario.rectificationRounds),
            "calendar": .string(calendar.id), "calendarVersion": .string(calendar.version),
            "outcome": .string(outcome.name), "proven": .bool(outcome.isProven),
            "lowestCost": outcome.lowestCost.map { .cost($0) } ?? .null,
            "gap": outcome.gap.map { .number($0) } ?? .null,
            "before": before.json, "after": after.json, "cost": .cost(cost), "chosen": .strings(chosen.map(\.id)),
            "levers": .array(rows.map(\.json)), "unavailable": .strings(unavailable.map(\.id)),
            "evaluations": .integer(evaluations), "probability": chance.map(\.json) ?? .null,
        ])
    }
}

extension AdviceReport.Outcome {
    /// `met`, `notMet` or `stopped`.
    public var name: String {
        switch self {
        case .met: "met"
        case .notMet: "notMet"
        case .stopped: "stopped"
        }
    }

    /// Whether nothing is left to be found out.
    public var isProven: Bool {
        switch self {
        case .met(.optimal), .notMet: true
        case .met(.gap), .stopped: false
        }
    }

    /// What everything that meets the target costs at least, in hundredths, where that is not settled.
    public var lowestCost: Int? {
        switch self {
        case .met(.gap(let lowest, _)), .stopped(let lowest): lowest
        case .met(.optimal), .notMet: nil
        }
    }

    public var gap: Double? {
        if case .met(.gap(_, let share)) = self { share } else { nil }
    }
}

extension AdviceReport.Row {
    fileprivate var json: JSONText {
        func days(_ minutes: Int?) -> JSONText { minutes.map { .days($0) } ?? .null }
        return .members([
            "id": .string(lever.id), "title": lever.title.json, "kind": .string(lever.kind.rawValue),
            "chosen": .bool(isChosen), "cost": .cost(lever.cost), "costWithRequired": .cost(cost),
            "alone": days(alone), "withOthers": days(withOthers),
            "least": days(interval?.lowerBound), "most": days(interval?.upperBound),
            "perCost": perCost.map { .number($0 / Double(DayAmount.minutesPerDay)) } ?? .null,
            "requires": .strings(lever.requires), "excludes": .strings(lever.excludes),
            "source": .string(lever.source), "expected": expected.map(\.json) ?? .null,
        ])
    }
}

extension AdviceReport.Chance {
    fileprivate var json: JSONText {
        .members([
            "wanted": .number(wanted.probability), "runs": .integer(wanted.runs),
            "seed": .string(String(wanted.assumptions.seed)), "before": before.json, "after": after.json,
            "fresh": fresh.json, "meanBefore": .roundedDays(meanBefore), "meanAfter": .roundedDays(meanAfter),
        ])
    }
}

extension AdviceReport.Expected {
    fileprivate var json: JSONText {
        .members(["alone": alone.map(\.json) ?? .null, "withOthers": withOthers.map(\.json) ?? .null])
    }
}

extension AdviceReport.Gain {
    fileprivate var json: JSONText {
        .members([
            "days": .roundedDays(minutes), "low": .roundedDays(interval.lowerBound),
            "high": .roundedDays(interval.upperBound), "probability": .rounded(points),
        ])
    }
}

extension JSONText {
    /// Hundredths of a cost as the number that a file has.
    fileprivate static func cost(_ hundredths: Int) -> JSONText { .number(Double(hundredths) / 100) }
}

import Interchange
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

extension FitReport {
    var json: JSONText {
        .members([
            "source": .string(source), "cases": .integer(cases), "events": .integer(events),
            "calendar": .string(calendar.id), "activities": .array(rows.map { $0.json(of: cases) }),
            "chances": .array(
                chances.map {
                    .members([
                        "item": .string($0.place.item), "path": .strings($0.place.path),
                        "happened": .integer($0.happened), "of": .integer($0.of), "chance": .number($0.share.rounded4),
                    ])
                }),
            "edits": .array(
                edits.map {
                    .members([
                        "item": .string($0.item), "path": .strings($0.path), "value": .string($0.value),
                        "note": .optional($0.note),
                    ])
                }),
            "left": .array(
                left.map {
                    .members([
                        "item": .string($0.place.item), "path": .strings($0.place.path),
                        "reason": .members(["zh": .string($0.reason.zh), "en": .string($0.reason.en)]),
                    ])
                }),
        ])
    }
}

extension FitReport.Row {
    func json(of all: Int) -> JSONText {
        .members([
            "id": .string(id), "item": .optional(place?.item),
            "path": place.map { .strings($0.path) } ?? .null, "basis": .optional(basis?.rawValue),
            "unit": .string(unit.rawValue), "cases": .integer(cases),
            "share": .number((all == 0 ? 0 : Double(cases) / Double(all)).rounded4),
            "runs": .integer(runs), "repeatedCases": .integer(repeatedCases),
            "leftOut": .members([
                "first": .integer(leftOut.first), "notStarted": .integer(leftOut.notStarted),
                "notCompleted": .integer(leftOut.notCompleted), "backwards": .integer(leftOut.backwards),
            ]),
            "from": .string(dates.lowerBound.description), "to": .string(dates.upperBound.description),
            "fit": fit?.json ?? .null,
        ])
    }
}

extension DurationFit {
    /// All amounts are days.
    fileprivate var json: JSONText {
        .members([
            "count": .integer(count), "ties": .integer(ties), "min": .days(min), "median": .days(median),
            "mean": .days(mean), "max": .days(max), "evidence": .string(evidence.rawValue),
            "chosen": .string(chosen.family.rawValue), "nearest": .string(nearest.family.rawValue),
            "candidates": .array(
                candidates.map {
                    .members([
                        "family": .string($0.family.rawValue),
                        "days": .array($0.distribution.figures.map { .days($0) }),
                        "distance": .number($0.distance.rounded4), "p": $0.p.map { .number($0.rounded4) } ?? .null,
                        "aic": $0.aic.map { .number($0.rounded4) } ?? .null, "rejected": .bool($0.isRejected),
                    ])
                }),
        ])
    }
}

extension Distribution {
    /// Ascending: the ends and the mode, or the quantiles.
    var figures: [Double] {
        switch self {
        case .fixed(let value): [value]
        case .uniform(let min, let max): [min, max]
        case .triangular(let min, let likely, let max), .pert(let min, let likely, let max, _): [min, likely, max]
        case .observed(let values), .quantiles(let values): values
        }
    }
}

extension JSONText {
    fileprivate static func days(_ minutes: Double) -> JSONText {
        .number((minutes / Double(DayAmount.minutesPerDay)).rounded4)
    }
}

extension Double {
    fileprivate var rounded4: Double { (self * 10_000).rounded() / 10_000 }
}

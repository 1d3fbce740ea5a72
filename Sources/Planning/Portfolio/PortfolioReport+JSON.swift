import WorkCalendar
import WorkflowModel

extension PortfolioReport {
    /// The report as documented in `docs/json.md#city`.
    ///
    /// - Parameter gains: what one more team buys; `nil` when that was not asked for.
    public func json(gains: [TeamGain]? = nil) -> JSONText {
        .members([
            "seed": .integer(Int(clamping: seed)), "start": .optional(start?.description),
            "through": .optional(through?.description), "partial": .bool(isPartial),
            "completions": .integer(completions), "events": .integer(events),
            "attainment": attainment.map { .fourDecimals($0) } ?? .null, "days": duration.json,
            "totalWait": .integer(totalWait), "interludes": interludesJSON, "refusals": .integer(refusals),
            "kinds": .array(kinds.map(\.json)),
            "departments": .array(departments.map(\.json)),
            "oneMoreTeam": gains.map { .array($0.map(\.json)) } ?? .null,
        ])
    }
}

extension PortfolioReport {
    /// By the name of their kind, also where there was none.
    private var interludesJSON: JSONText {
        .members([
            "correction": (interludes[.correction] ?? DaySample([])).json,
            "specialProcedure": (interludes[.specialProcedure] ?? DaySample([])).json,
            "rectification": (interludes[.rectification] ?? DaySample([])).json,
        ])
    }
}

extension PortfolioReport.Kind {
    var json: JSONText {
        .members([
            "workflow": .string(workflow.id), "version": .string(workflow.version), "title": workflow.title.json,
            "projects": .integer(projects), "arrived": .integer(arrived), "finished": .integer(finished),
            "days": duration.json, "targets": .array(targets.map(\.json)),
        ])
    }
}

extension PortfolioReport.Attainment {
    var json: JSONText {
        .members([
            "id": .string(target.id), "limit": target.limit?.json ?? .null,
            "measure": .string(target.measure.rawValue), "met": .integer(met), "missed": .integer(missed),
            "share": share.map { .fourDecimals($0) } ?? .null, "measured": days.json,
        ])
    }
}

extension PortfolioReport.Department {
    var json: JSONText {
        .members([
            "id": .string(id), "title": title.json, "teams": .integer(teams), "served": .integer(served),
            "wait": waits.json, "longestQueue": .integer(longestQueue), "waiting": .integer(waiting),
            "utilisation": utilisation.map { .fourDecimals($0) } ?? .null,
            "weeklyQueue": .array(weeklyQueue.map { .integer($0) }),
        ])
    }
}

extension TeamGain {
    var json: JSONText {
        .members([
            "department": .string(department), "teams": .integer(teams),
            "attainment": attainment.map { .fourDecimals($0) } ?? .null,
            "meanDays": meanDays.map { .fourDecimals($0) } ?? .null,
            "totalWait": .integer(totalWait), "partial": .bool(after.isPartial),
        ])
    }
}

extension DaySample {
    var json: JSONText {
        func quantile(_ share: Double) -> JSONText { self.quantile(share).map { .integer($0) } ?? .null }
        return .members([
            "count": .integer(count), "total": .integer(total), "mean": mean.map { .fourDecimals($0) } ?? .null,
            "p50": quantile(0.5), "p80": quantile(0.8), "p90": quantile(0.9), "p95": quantile(0.95),
        ])
    }
}

extension JSONText {
    /// Four decimals: more would pretend to know.
    fileprivate static func fourDecimals(_ value: Double) -> JSONText {
        .number((value * 10_000).rounded() / 10_000)
    }
}

import Scheduling
import WorkCalendar
import WorkflowModel

extension PlanAnswers {
    /// The plan with the answers, as documented in `docs/json.md#plan`; what was not asked is left out.
    public var json: JSONText {
        guard case .object(var members) = report.json else { return report.json }
        if let backward { members.append(.init("backward", json(backward))) }
        if !paths.isEmpty { members.append(.init("paths", .array(paths.map(json)))) }
        if let near { members.append(.init("nearCritical", .array(near.map(json)))) }
        if let comparison { members.append(.init("baseline", json(comparison))) }
        if let quality { members.append(.init("quality", .array(quality.map { $0.json(id: id) }))) }
        return .object(members)
    }

    private func json(_ path: FloatPath) -> JSONText {
        .members(["gap": .days(path.gap), "activities": .strings(path.path.activities.map(id))])
    }

    private func json(_ backward: Backward) -> JSONText {
        .members([
            "wanted": .string(backward.wanted.description), "feasible": .bool(backward.shortfall == 0),
            "shortfall": .days(backward.shortfall), "latestEntry": .string(backward.latestEntry.description),
            "chain": .strings(backward.chain),
            "activities": .array(
                backward.rows.map { row in
                    .members([
                        "id": .string(row.activity.id), "department": .optional(row.activity.department),
                        "latestStart": .string(row.latestStart.description),
                        "latestFinish": .string(row.latestFinish.description), "float": .days(row.float),
                    ])
                }),
        ])
    }

    private func json(_ comparison: PlanComparison) -> JSONText {
        .members([
            "shifts": .array(
                comparison.shifts.filter(\.isMoved).map { shift in
                    .members([
                        "id": .string(shift.id), "start": .integer(shift.start), "finish": .integer(shift.finish),
                        "totalFloat": .number(shift.totalFloat),
                    ])
                }),
            "unmoved": .integer(comparison.shifts.count { !$0.isMoved }),
            "added": .strings(comparison.added), "removed": .strings(comparison.removed),
        ])
    }
}

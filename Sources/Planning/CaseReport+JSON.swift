import CaseEngine
import WorkCalendar
import WorkflowModel

extension CaseReport {
    /// The report as documented in `docs/json.md#run`.
    public var json: JSONText {
        .members([
            "workflow": .string(plan.plan.workflow.id), "version": .string(plan.plan.workflow.version),
            "project": .optional(state.opening?.project), "status": .string(state.status.rawValue),
            "start": .string(plan.start.description), "plannedFinish": .string(plan.finish.description),
            "closedOn": .optional(state.closedOn?.description),
            "certificate": state.certificatePromise.map { promise in
                .members([
                    "by": .string(promise.by.description), "agent": .string(promise.agent),
                    "on": .string(promise.on.description), "moved": .bool(promise.isMoved),
                    "level": .optional(promise.level(on: asOf, plan.calendar)?.rawValue),
                ])
            } ?? .null, "asOf": .string(asOf.description),
            "items": .array(rows.map(\.json)), "targets": .array(targets.map(\.json)),
            "cards": .array(
                state.cards.map { card in
                    .members([
                        "id": .string(card.id), "level": .string(card.level.rawValue), "item": .string(card.item),
                        "participant": .optional(card.participant), "department": .optional(card.department),
                        "on": .string(card.raisedOn.description), "standing": .string(card.standing.rawValue),
                        "explanation": .optional(card.explanation), "person": .optional(card.person),
                        "rule": .optional(card.rule?.rawValue), "evidence": .optional(card.evidence),
                    ])
                }),
        ])
    }
}

extension CaseReport.Row {
    var json: JSONText {
        .members([
            "id": .string(item.id), "stage": .string(item.stage), "title": item.item.title.json,
            "status": .string(status.rawValue), "rounds": .integer(rounds),
            "plannedStart": .string(plannedStart.description), "plannedFinish": .string(plannedFinish.description),
            "actualStart": .optional(actualStart?.description), "actualFinish": .optional(actualFinish?.description),
            "delay": delay.map { .integer($0) } ?? .null,
        ])
    }
}

extension TargetProgress {
    var json: JSONText {
        .members([
            "id": .string(planned.target.id), "limit": planned.target.limit?.json ?? .null,
            "measure": .string(planned.target.measure.rawValue),
            "planned": .members([
                "from": .string(planned.from.description), "to": .string(planned.to.description),
                "union": .days(planned.union), "span": .days(planned.span), "sum": .days(planned.sum),
                "countedPathLength": .days(planned.countedPathLength),
            ]),
            "actual": actual.map { actual in
                .members([
                    "from": .string(actual.from.description), "to": .string(actual.to.description),
                    "closed": .bool(actual.isClosed), "union": .number(actual.union.days),
                    "span": .number(actual.span.days), "sum": .number(actual.sum.days),
                    "countedPathLength": .number(actual.countedPathLength.days),
                    "countedPath": .strings(actual.countedPath),
                ])
            } ?? .null,
            "met": isMet.map { .bool($0) } ?? .null,
        ])
    }
}

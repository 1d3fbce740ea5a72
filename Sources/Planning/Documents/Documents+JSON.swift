import WorkCalendar
import WorkflowModel

extension AskedMaterial {
    var json: JSONText {
        var issuedBy = JSONText.null
        if case .item(let id, _) = provider { issuedBy = .string(id) }
        return .members([
            "id": .string(id), "title": title.json, "basis": .string(basis), "provider": .string(provider.key),
            "issuedByItem": issuedBy, "form": .string(form.rawValue), "copies": .integer(copies),
            "isKept": .bool(isKept), "isMinor": .bool(isMinor), "validFor": validFor?.json ?? .null,
            "issuer": issuer?.json ?? .null, "howToGet": guide?.json ?? .null,
        ])
    }
}

extension ServiceGuide {
    /// As documented in `docs/json.md#guide`.
    public var json: JSONText {
        .members([
            "workflow": .string(workflow.id), "version": .string(workflow.version), "title": workflow.title.json,
            "catalogue": .optional(catalogue.map { "\($0.id)@\($0.version)" }),
            "items": .array(entries.map(Self.json)),
        ])
    }

    private static func json(_ entry: Entry) -> JSONText {
        let listed = entry.listed
        return .members([
            "id": .string(entry.item.id), "title": entry.item.title.json, "code": .optional(entry.code),
            "type": .optional(listed?.type?.rawValue), "stage": entry.stage.json,
            "department": entry.department.json,
            "basis": .optional(listed?.basis ?? entry.item.basis), "when": .optional(entry.item.when?.text),
            "serves": .strings((listed?.serves ?? []).map(\.rawValue)),
            "conditions": .array((listed?.conditions ?? []).map(\.json)),
            "place": entry.office?.place?.json ?? .null, "hours": entry.office?.hours?.json ?? .null,
            "phone": .optional(entry.office?.phone), "online": .optional(entry.office?.online),
            "materials": .array(entry.materials.map(\.json)),
            "steps": .array(
                entry.steps.map {
                    .members(["title": $0.title.json, "who": $0.who.json, "within": $0.within?.json ?? .null])
                }),
            "promised": (entry.item.limit ?? listed?.promised)?.json ?? .null,
            "statutory": (entry.item.statutory ?? listed?.statutory)?.limit.json ?? .null,
            "extension": (entry.item.statutory ?? listed?.statutory)?.longestExtension?.json ?? .null,
            "notCounted": .array(entry.notCounted.map(\.json)), "tolerance": entry.item.tolerance?.json ?? .null,
            "handling": .string(entry.item.handling.rawValue),
            "fees": listed?.fees.map { fees in
                .array(
                    fees.map {
                        .members(["title": $0.title.json, "amount": $0.amount.json, "basis": .string($0.basis)])
                    })
            } ?? .null,
            "results": .array(entry.results.map(\.json)), "appeals": .array(entry.appeals.map(\.json)),
        ])
    }
}

extension StageNotice {
    /// As documented in `docs/json.md#notice`.
    public var json: JSONText {
        .members([
            "workflow": .string(workflow.id), "version": .string(workflow.version),
            "project": .string(project.code), "stage": .string(stage.id), "title": stage.title.json,
            "items": .strings(items.map(\.id)), "notNeeded": .strings(notNeeded.map(\.id)),
            "demands": .integer(demands),
            "toHandIn": .integer(materials.count { $0.isToBring }),
            "materials": .array(
                materials.map { entry in
                    .members([
                        "material": entry.material.json, "items": .strings(entry.items),
                        "isToHandIn": .bool(entry.isToBring), "takenInBy": .optional(entry.earlier),
                    ])
                }),
        ])
    }
}

extension StageForm {
    /// As documented in `docs/json.md#form`; `FilledForm` reads it again.
    public var json: JSONText {
        .members([
            "form": .string(stage.id), "workflow": .string(workflow.id), "version": .string(workflow.version),
            "title": stage.title.json, "catalogue": .optional(catalogue.map { "\($0.id)@\($0.version)" }),
            "project": .string(project.code), "on": .string(date.description),
            "answers": .object(
                entries.compactMap { entry in
                    entry.answer.value.map { JSONText.Member(entry.field.id, .string($0)) }
                }),
            "missing": .strings(entries.filter(\.answer.isMissing).map(\.field.id)),
            "fields": .array(
                entries.map { entry in
                    .members([
                        "id": .string(entry.field.id), "title": entry.field.title.json,
                        "type": .string(entry.field.type.rawValue), "unit": .optional(entry.field.unit),
                        "items": .strings(entry.items), "value": .optional(entry.answer.value),
                        "origin": .string(entry.answer.key), "from": .optional(entry.answer.from),
                    ])
                }),
        ])
    }
}

extension StageForm.Answer {
    fileprivate var key: String {
        switch self {
        case .prefilled: "project"
        case .collected: "collected"
        case .outdated: "outdated"
        case .askedBefore: "asked-before"
        case .open: "open"
        }
    }

    /// The source in the project file, or the stage whose form has it.
    fileprivate var from: String? {
        switch self {
        case .prefilled(_, let source): source.name
        case .collected(_, let stage, _), .outdated(_, let stage, _), .askedBefore(let stage): stage
        case .open: nil
        }
    }
}

import CaseEngine
import WorkCalendar
import WorkflowModel

// What programs get of logs, lists and the library, on the command line and over the network alike.

extension EventRecord {
    /// An event of the log with its seal, as documented in `docs/json.md#log`.
    public var json: JSONText {
        .members([
            "case": .string(caseID.text), "sequence": .integer(sequence), "kind": .string(event.kind),
            "schema": .integer(event.schema), "on": .string(event.on.description),
            "at": .string(event.at.description), "actor": .string(event.actor), "key": .string(key.text),
            "payload": .raw(String(decoding: event.payload, as: UTF8.self)),
            "previousHash": .string(previousHash.description), "hash": .string(hash.description),
        ])
    }
}

extension Performed {
    /// What a command did, as documented in `docs/json.md#performed`.
    public var json: JSONText {
        .members([
            "version": .integer(version), "repeated": .bool(isRepeat),
            "events": .array(events.map { .raw(String(decoding: $0.payload, as: UTF8.self)) }),
        ])
    }
}

extension StoredSummary {
    /// A case in a list, as documented in `docs/json.md#list`.
    public var json: JSONText {
        .members([
            "case": .string(caseID.text), "project": .optional(summary.projectCode), "title": .string(summary.title),
            "workflow": .string(summary.workflow), "workflowVersion": .string(summary.workflowVersion),
            "status": .string(summary.status), "openedOn": .string(summary.openedOn.description),
            "updatedOn": .string(summary.updatedOn.description), "version": .integer(version),
            "waitingFor": .strings(summary.waitingFor),
        ])
    }
}

extension LibraryEvent {
    /// As documented in `docs/json.md#library`.
    public var json: JSONText {
        let name = version
        var members: [JSONText.Member] = [
            .init("on", .string(on.description)), .init("by", .string(by.name)), .init("kind", .string(kind)),
            .init("workflow", .string(name.workflow)), .init("version", .string(name.version)),
        ]
        switch what {
        case .submitted(let draft):
            members += [
                .init("definition", .string(draft.definition)),
                .init("effective", .string(draft.effective.description)),
                .init("means", .strings(draft.means.map(\.rawValue))), .init("note", .string(draft.note)),
            ]
        case .released(_, _, let definition): members.append(.init("definition", .string(definition)))
        case .withdrawn(_, _, let reason): members.append(.init("note", .string(reason)))
        }
        return .object(members)
    }
}

extension LibraryVersion {
    /// As documented in `docs/json.md#versions`.
    public func json(_ standing: Standing) -> JSONText {
        .members([
            "workflow": .string(workflow), "version": .string(version), "standing": .string(standing.rawValue),
            "definition": .string(definition), "effective": .string(effective.description),
            "means": .strings(means.map(\.rawValue)), "note": .string(note), "submittedBy": .string(editor),
            "submittedOn": .string(submittedOn.description), "releasedBy": .optional(releasedBy),
            "releasedOn": .optional(releasedOn?.description), "withdrawnOn": .optional(withdrawnOn?.description),
            "withdrawnFor": .optional(withdrawnFor),
        ])
    }
}

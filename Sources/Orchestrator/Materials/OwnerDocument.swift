import CaseEngine
import Foundation
import WorkCalendar
import WorkflowModel

/// A document of an owner that some case collected (建设单位材料), as the owner's library lists it.
///
/// An entry says where to look. Whether the document still stands is asked of the case that has it.
public struct OwnerDocument: Hashable, Sendable, Codable {
    public let caseID: String
    /// The document's number in the store of that case.
    public let number: Int
    public let material: String
    /// The material's title, without which an equal id of another workflow would be taken for the same.
    public let title: String
    public let hash: String
    public let on: LocalDate
    public let validUntil: LocalDate?
}

/// How documents of owners reach their libraries: with the event, in one transaction, as a message in a queue of the
/// owner's, which whoever looks the owner up puts into the owner's stream (建设单位材料库).
///
/// - Complexity: of a look-up, the documents of that owner; other owners and cases are not looked at.
enum OwnerLibrary {
    static let kind = "document"

    /// The queue of an owner, and what its stream is named after; `nil` for a code that cannot name one.
    static func stream(of owner: String) -> CaseID? { CaseID("office.owner.\(owner)") }

    /// What events have brought that belongs to the owner wherever it builds.
    ///
    /// - Parameter state: after the events.
    static func messages(of events: [CaseEvent], by machine: CaseMachine, in id: CaseID, _ state: CaseState)
        -> [OutgoingMessage]
    {
        guard let owner = state.opening?.ownerCode, let stream = stream(of: owner) else { return [] }
        let brought = events.reduce(0) { $0 + $1.documentsBrought }
        guard brought > 0 else { return [] }
        let first = state.materials.count - brought
        return state.materials.indices.suffix(brought).compactMap { position in
            let document = state.materials[position]
            // What was taken over is listed where it came from.
            guard document.source == nil, position >= first,
                let material = machine.plan.workflow.materials.first(where: { $0.id == document.material }),
                material.owner == .applicant
            else { return nil }
            let entry = OwnerDocument(
                caseID: id.text, number: position + 1, material: document.material, title: material.title.zh,
                hash: document.hash, on: document.since, validUntil: document.validUntil)
            return OutgoingMessage(
                receiver: stream.text, kind: kind, dedupKey: "\(id.text).\(position + 1)", payload: encode(entry))
        }
    }

    static func encode(_ entry: OwnerDocument) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(entry) else {
            preconditionFailure("an entry is texts, numbers and dates, which JSON has words for")
        }
        return [UInt8](data)
    }

    static func decode(_ payload: [UInt8]) throws -> OwnerDocument {
        try JSONDecoder().decode(OwnerDocument.self, from: Data(payload))
    }
}

extension CaseEvent {
    /// How many documents the event puts into the store of its case.
    fileprivate var documentsBrought: Int {
        switch what {
        case .filed(_, _, let supplied, _, _, _), .correctionSupplied(_, let supplied, _),
            .supplementSupplied(_, let supplied), .gapsSupplied(let supplied), .rectified(_, _, let supplied, _),
            .reopened(_, let supplied, _, _), .intakeSupplied(_, let supplied), .issued(let supplied):
            supplied.count
        case .materialsLookedUp(let served, _): served.count
        case .intakeReceived(let form): form.supplied.count + form.served.count
        default: 0
        }
    }
}

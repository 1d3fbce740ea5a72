import WorkCalendar
import WorkflowModel

/// An item that rests on another one (依据): it waited for it, or used what it issued.
public struct Reliance: Hashable, Sendable {
    public let item: String
    public let status: ItemStatus
    /// The materials of the other that it uses.
    public let materials: [String]
    /// Whether it waited for the other to be over.
    public let waited: Bool
}

extension CaseMachine {
    /// The items that have gone on in reliance on an item: what its revocation touches, in plan order.
    public func reliances(on id: String, in state: CaseState) -> [Reliance] {
        guard let index = rules.index(of: id) else { return [] }
        return state.items.indices.compactMap { other in
            let item = state.items[other]
            guard other != index, item.status != .planned, item.status != .ready else { return nil }
            let waited = rules.graph.starts[other].contains { $0.predecessor == index && !$0.waitsForStart }
            let materials = item.documents.compactMap { use -> String? in
                guard state.materials.indices.contains(use.number - 1) else { return nil }
                let document = state.materials[use.number - 1]
                return document.isOutput && document.origin == id ? document.material : nil
            }
            guard waited || !materials.isEmpty else { return nil }
            return Reliance(item: item.id, status: item.status, materials: materials, waited: waited)
        }
    }
}

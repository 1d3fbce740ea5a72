import WorkCalendar
import WorkflowModel

/// Conflicts between opinions, and documents that change after them.
extension Deciding {
    mutating func decideConflict(_ command: ItemCommand, _ index: Int) throws(CaseRejection) {
        try require(department(of: index))
        try requireStatus(index, .opining, .merging, .rechecking)
        let conflicts = state.items[index].joint?.conflicts ?? []
        switch command {
        case .markConflict(let first, let second):
            let (first, second) = (try raised(first, index), try raised(second, index))
            guard first != second else {
                throw .unknownPoint(participant: second.participant, point: second.point.text)
            }
            emit(.conflictMarked(number: conflicts.count + 1, first: first, second: second), to: index)
        case .resolveConflict(let number, let resolution):
            guard conflicts.indices.contains(number - 1), conflicts[number - 1].resolution == nil else {
                throw .unknownConflict(number)
            }
            try requireText(resolution)
            emit(.conflictResolved(number: number, resolution: resolution), to: index)
            if status(index) == .merging { mergeByItself(index) }
        default: break
        }
    }

    /// The point as its participant raised it.
    private func raised(_ quoted: ParticipantPoint, _ index: Int) throws(CaseRejection) -> ParticipantPoint {
        let participant = state.items[index].joint?.participants.first { $0.id == quoted.participant }
        guard let point = participant?.verdict?.points.first(where: { $0.text == quoted.point.text }) else {
            throw .unknownPoint(participant: quoted.participant, point: quoted.point.text)
        }
        return ParticipantPoint(participant: quoted.participant, point: point)
    }

    /// The numbers of the conflicts that the lead has not resolved yet.
    func openConflicts(_ index: Int) -> [Int] {
        (state.items[index].joint?.conflicts ?? []).enumerated().filter { $0.element.resolution == nil }.map {
            $0.offset + 1
        }
    }

    // MARK: Changed documents

    mutating func reopen(_ materials: [SuppliedMaterial], _ reason: String, _ index: Int) throws(CaseRejection) {
        try require(applying)
        if definition(index).joint == nil {
            try requireStatus(index, .granted, .issued, .checked)
        } else {
            try requireStatus(index, .merging, .concluding, .granted, .issued, .checked)
        }
        try requireEffect(index)
        try requireNoPause(index)
        let item = item(index)
        if let gaps = item.gaps { throw .gapsOpen(gaps.materials) }
        try requireText(reason)
        guard !materials.isEmpty else { throw .materialsMissing(definition(index).materials.map(\.material)) }
        let supplied = try received(materials)
        let touched = participants(touchedBy: supplied, index)
        if definition(index).joint != nil, touched.isEmpty { throw .nobodyTouched(supplied.map(\.material)) }
        emit(
            .reopened(
                round: item.round + 1, supplied: supplied, touched: touched, reason: reason),
            to: index)
    }

    /// Who looked at a document: those who are said to, those who are said to look at all, and those who raised
    /// something in it; where the sheets that changed are known, points on other sheets do not count.
    private func participants(touchedBy supplied: [SuppliedMaterial], _ index: Int) -> [String] {
        let joint = state.items[index].joint
        return zip(joint?.participants ?? [], definition(index).joint?.participants ?? []).filter { state, definition in
            definition.materials.isEmpty
                || supplied.contains { document in
                    definition.materials.contains(document.material)
                        || state.points.contains { $0.isIn(document) }
                }
        }.map(\.0.id)
    }
}

extension Point {
    /// Whether it concerns what a document changes.
    fileprivate func isIn(_ document: SuppliedMaterial) -> Bool {
        guard material == document.material else { return false }
        guard let part, let parts = document.parts else { return true }
        return parts.contains(part)
    }
}

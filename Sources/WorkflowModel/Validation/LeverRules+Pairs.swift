import WorkCalendar

// What levers say about each other.
extension LeverRules {
    /// Requirements lead to an end, and to nothing that excludes another of them.
    func checkRequirements() {
        var reported: Set<Int> = []
        for index in draft.levers.indices where !reported.contains(index) {
            if let circle = circle(from: index) {
                reported.formUnion(circle)
                let path = (circle + [index]).map { draft.levers[$0].id }
                let next = path[1]
                let span = draft.levers[index].requires.first { $0.id == next }?.span ?? draft.levers[index].span
                report.add(.leversRequireEachOther(path), at: span)
            } else if let (one, other) = exclusion(within: closures[index]), one != other {
                // Reported where it arises, not again at what requires that.
                let arises = !closures[index].dropFirst().contains { exclusion(within: closures[$0]) != nil }
                guard arises else { continue }
                let lever = draft.levers[index]
                report.add(
                    .leverRequiresWhatItExcludes(lever.id, draft.levers[one].id, draft.levers[other].id), at: lever.span
                )
            }
        }
    }

    /// A way from a lever over what it requires back to it; `nil` when there is none, or it requires itself.
    private func circle(from start: Int) -> [Int]? {
        var arrival: [Int: Int] = [:]
        var open = [start]
        while let lever = open.popLast() {
            for id in draft.levers[lever].lever.requires {
                guard let next = leverIndex[id], next != lever else { continue }
                if next == start {
                    var path = [lever]
                    while let before = arrival[path[0]] { path.insert(before, at: 0) }
                    return path
                }
                if arrival[next] == nil, next != start {
                    arrival[next] = lever
                    open.append(next)
                }
            }
        }
        return nil
    }

    /// Two of these levers that exclude each other.
    func exclusion(within levers: some Sequence<Int>) -> (Int, Int)? {
        let ids = Dictionary(levers.map { (draft.levers[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
        for lever in levers {
            if let other = draft.levers[lever].lever.excludes.first(where: { ids[$0] != nil }) {
                return (lever, ids[other] ?? lever)
            }
        }
        return nil
    }

    /// All pairs that can be pulled together, each with what they require.
    func compatiblePairs() -> [(first: Int, second: Int, levers: Set<Int>)] {
        draft.levers.indices.flatMap { first in
            draft.levers.indices.dropFirst(first + 1).filter { goTogether[first][$0] }.map { second in
                (first, second, Set(closures[first]).union(closures[second]))
            }
        }
    }

    /// One property that an effect sets.
    private struct Slot: Hashable {
        let item: String
        let phase: JointPhase?
        let key: String
    }

    /// Two levers that can be pulled together do not set one property to different values.
    func checkContradictions() {
        var setters: [Slot: [(lever: Int, effect: ReformEffectDraft, value: String)]] = [:]
        var slots: [Slot] = []
        for (index, lever) in draft.levers.enumerated() {
            for effect in lever.effects {
                for (slot, value) in Self.values(set: effect.effect) {
                    if setters[slot] == nil { slots.append(slot) }
                    setters[slot, default: []].append((index, effect, value))
                }
            }
        }
        for slot in slots {
            let all = setters[slot] ?? []
            for (place, setter) in all.enumerated() {
                guard
                    let other = all[..<place].first(where: { other in
                        other.value != setter.value
                            && (other.lever == setter.lever || goTogether[other.lever][setter.lever])
                    })
                else { continue }
                report.add(
                    .leversContradict(
                        draft.levers[setter.lever].id, draft.levers[other.lever].id, over: slot.item, key: slot.key),
                    at: setter.effect.fields.span(setter.effect.fields.has(slot.key) ? slot.key : "item"),
                    notes: [
                        (
                            other.effect.fields.span(other.effect.fields.has(slot.key) ? slot.key : "item"),
                            Wording.firstHere
                        )
                    ])
            }
        }
    }

    /// The properties that an effect sets; percentages and dependencies taken or given add up and are none.
    private static func values(set effect: ReformEffect) -> [(Slot, String)] {
        switch effect {
        case .add: []
        case .merge(let merge):
            merge.items.map { (Slot(item: $0, phase: nil, key: "merge"), merge.into.id) }
        case .change(let change):
            [
                ("takes", change.takes.map { "\($0)" }), ("limit", change.limit.map { "\($0)" }),
                ("handling", change.handling.map { "\($0)" }), ("after", change.after.map { "\($0)" }),
                ("chance", change.chance.map { "\($0)" }), ("tolerance", change.tolerance.map { "\($0)" }),
            ].compactMap { key, value in
                value.map { (Slot(item: change.item, phase: change.phase, key: key), $0) }
            }
        }
    }
}

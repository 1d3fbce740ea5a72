import WorkCalendar

extension Item {
    /// The item after these changes, in the order of the file.
    ///
    /// Durations are set before percentages of them are taken, and dependencies replaced before some are taken away and
    /// others added, so that it does not matter which lever says what.
    package func changed(by changes: [ItemChange]) -> Item {
        let own = changes.filter { $0.phase == nil || $0.phase == .session }
        let whole = changes.filter { $0.phase == nil }
        let minor = Set(changes.flatMap(\.minor))
        var item = self
        for change in changes { item.joint?.set(by: change) }
        for change in changes { item.joint?.slow(by: change) }
        for change in own { item.takes = change.takes ?? item.takes }
        for change in own { item.takes = item.takes?.percent(change.percent) }
        for change in own { item.limit = change.limit ?? item.limit }
        for change in whole { item.handling = change.handling ?? item.handling }
        for change in whole { item.tolerance = change.tolerance ?? item.tolerance }
        item.after = Self.after(after, changedBy: whole)
        if changes.contains(where: \.isDropped) { item.when = .never }
        item.materials = materials.map { requirement in
            MaterialRequirement(
                material: requirement.material, isMinor: requirement.isMinor || minor.contains(requirement.material))
        }
        return item
    }

    private static func after(_ written: [Dependency], changedBy changes: [ItemChange]) -> [Dependency] {
        guard changes.contains(where: { $0.after != nil || !$0.notAfter.isEmpty || !$0.alsoAfter.isEmpty }) else {
            return written
        }
        let left = Set(changes.flatMap(\.notAfter).map(\.reference))
        var after = MergedDependencies()
        for dependency in changes.last(where: { $0.after != nil })?.after ?? written
        where !left.contains(dependency.reference) {
            after.add(dependency)
        }
        for dependency in changes.flatMap(\.alsoAfter) { after.add(dependency) }
        return after.all
    }
}

extension JointProcedure {
    /// Sets what a change sets.
    fileprivate mutating func set(by change: ItemChange) {
        if let takes = change.takes { withDuration(of: change.phase) { $0 = takes } }
        for index in participants.indices where change.phase == .participant(participants[index].id) {
            participants[index].takes = change.takes ?? participants[index].takes
            participants[index].limit = change.limit ?? participants[index].limit
        }
        if let chance = change.chance { rectification?.chance = chance }
    }

    /// Lets the phases that the change is about take so much of their time.
    fileprivate mutating func slow(by change: ItemChange) {
        guard let percent = change.percent else { return }
        for phase in [JointPhase.admission, .merge, .conclusion] where change.phase == nil || change.phase == phase {
            withDuration(of: phase) { $0 = $0?.percent(percent) }
        }
        for index in participants.indices
        where change.phase == nil || change.phase == .participant(participants[index].id) {
            participants[index].takes = participants[index].takes?.percent(percent)
        }
        let recheck = rectification?.recheck?.percent(percent)
        if change.phase == nil { rectification?.recheck = recheck }
    }

    /// The duration of a phase that the lead alone has; nothing happens for any other.
    private mutating func withDuration(of phase: JointPhase?, _ change: (inout DurationEstimate?) -> Void) {
        switch phase {
        case .admission: change(&admission)
        case .merge: change(&merge)
        case .conclusion: change(&conclusion)
        default: break
        }
    }
}

extension DurationEstimate {
    /// So many percent of it, to the nearest minute; all of it for `nil`.
    fileprivate func percent(_ percent: Int?) -> DurationEstimate {
        guard let percent else { return self }
        return DurationEstimate(min: min.percent(percent), likely: likely.percent(percent), max: max.percent(percent))
    }
}

extension DayAmount {
    /// So many percent of a duration, to the nearest minute, and never more than can be written.
    package func percent(_ percent: Int) -> DayAmount {
        DayAmount(
            minutes: Swift.min((minutes * percent + 50) / 100, Self.maximumDays * Self.minutesPerDay), unit: unit)
    }
}

import WorkCalendar

extension Item {
    /// The item after these changes, in the order of the file.
    ///
    /// Durations are set before percentages of them are taken, and dependencies replaced before some are taken away and
    /// others added, so that it does not matter which lever says what.
    package func changed(by changes: [ItemChange]) -> Item {
        var joint = joint
        for change in changes { joint = joint?.set(by: change) }
        for change in changes { joint = joint?.slowed(by: change) }
        var takes = takes
        let own = changes.filter { $0.phase == nil || $0.phase == .session }
        for change in own { takes = change.takes ?? takes }
        for change in own { takes = takes?.percent(change.percent) }
        let whole = changes.filter { $0.phase == nil }
        let minor = Set(changes.flatMap(\.minor))
        return Item(
            id: id, code: code, title: title, kind: kind, department: department, clock: clock, takes: takes,
            limit: own.last { $0.limit != nil }?.limit ?? limit, statutory: statutory,
            after: Self.after(after, changedBy: whole), when: changes.contains(where: \.isDropped) ? .never : when,
            isMilestoneItem: isMilestoneItem,
            handling: whole.last { $0.handling != nil }?.handling ?? handling,
            tolerance: whole.last { $0.tolerance != nil }?.tolerance ?? tolerance,
            materials: materials.map { requirement in
                MaterialRequirement(
                    material: requirement.material, isMinor: requirement.isMinor || minor.contains(requirement.material)
                )
            },
            outputs: outputs, chain: chain, silence: silence, basis: basis, source: source, joint: joint,
            correction: correction, special: special, distribution: distribution, provisions: provisions)
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
    /// With what a change sets.
    fileprivate func set(by change: ItemChange) -> JointProcedure {
        func takes(_ phase: JointPhase, _ own: DurationEstimate?) -> DurationEstimate? {
            change.phase == phase ? change.takes ?? own : own
        }
        return JointProcedure(
            kind: kind, admittedBy: admittedBy, admission: takes(.admission, admission),
            participants: participants.map { participant in
                guard change.phase == .participant(participant.id) else { return participant }
                return participant.with(
                    takes: change.takes ?? participant.takes, limit: change.limit ?? participant.limit)
            },
            passes: passes, merge: takes(.merge, merge),
            rectification: change.chance.map { rectification?.with(chance: $0) } ?? rectification,
            conclusion: takes(.conclusion, conclusion))
    }

    /// With the phases that the change is about taking so much of their time.
    fileprivate func slowed(by change: ItemChange) -> JointProcedure {
        guard let percent = change.percent else { return self }
        func takes(_ phase: JointPhase, _ own: DurationEstimate?) -> DurationEstimate? {
            change.phase == nil || change.phase == phase ? own?.percent(percent) : own
        }
        let recheck = change.phase == nil ? rectification?.recheck?.percent(percent) : rectification?.recheck
        return JointProcedure(
            kind: kind, admittedBy: admittedBy, admission: takes(.admission, admission),
            participants: participants.map { participant in
                participant.with(
                    takes: takes(.participant(participant.id), participant.takes), limit: participant.limit)
            },
            passes: passes, merge: takes(.merge, merge), rectification: rectification?.with(recheck: recheck),
            conclusion: takes(.conclusion, conclusion))
    }
}

extension Participant {
    fileprivate func with(takes: DurationEstimate?, limit: DayAmount?) -> Participant {
        Participant(
            id: id, title: title, department: department, takes: takes, limit: limit, statutory: statutory, when: when,
            silence: silence, basis: basis)
    }
}

extension Rectification {
    fileprivate func with(chance: Double) -> Rectification {
        Rectification(applicant: applicant, recheck: recheck, failedOnly: failedOnly, chance: chance, rounds: rounds)
    }

    fileprivate func with(recheck: DurationEstimate?) -> Rectification {
        Rectification(applicant: applicant, recheck: recheck, failedOnly: failedOnly, chance: chance, rounds: rounds)
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

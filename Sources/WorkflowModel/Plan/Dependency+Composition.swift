import WorkCalendar

extension Dependency {
    /// The dependency that remains of two in a row when what lies between them takes no time.
    ///
    /// P —(t₁, l₁)→ D says that one end of P, and l₁ more, is not after D; D —(t₂, l₂)→ X that D, and l₂ more, is not
    /// after one end of X. D's start and finish are one moment, so the end of P named by t₁ and l₁ + l₂ more is not after
    /// the end of X named by t₂: P -SS→ D -FS→ X leaves P -SS→ X.
    ///
    /// - Parameter next: the link on from D; its item and phase are D and forgotten.
    func followed(by next: Dependency) -> Dependency {
        Dependency(
            item: item, phase: phase,
            type: RelationType(from: type.predecessorEnd, to: next.type.successorEnd),
            lag: lag.followed(by: next.lag))
    }
}

extension DayAmount {
    /// Two lags in a row.
    ///
    /// Lags of different units have no exact sum, and files in which they would meet are refused. Should they meet all
    /// the same, both count as working days, which for positive lags is never sooner than waiting for one after the other.
    fileprivate func followed(by next: DayAmount) -> DayAmount {
        if next.minutes == 0 { return self }
        if minutes == 0 { return next }
        return DayAmount(minutes: minutes + next.minutes, unit: unit == next.unit ? unit : .working)
    }
}

/// Dependencies of one item, of which those that say less than another are left out.
///
/// Two that tie the same ends with lags of one unit differ only in the lag, and the longer one holds both.
struct MergedDependencies {
    /// In the order in which they were first met.
    private(set) var all: [Dependency] = []
    private var positions: [Key: Int] = [:]

    private struct Key: Hashable {
        let item: String
        let phase: JointPhase?
        let type: RelationType
        let unit: DayUnit
    }

    mutating func add(_ new: Dependency) {
        let key = Key(item: new.item, phase: new.phase, type: new.type, unit: new.lag.unit)
        if let position = positions[key] {
            if all[position].lag.minutes < new.lag.minutes { all[position] = new }
        } else {
            positions[key] = all.count
            all.append(new)
        }
    }
}

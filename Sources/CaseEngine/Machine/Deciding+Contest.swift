import WorkCalendar
import WorkflowModel

/// Reconsideration and court 复议、诉讼.
///
/// - Source: 行政许可法 (2019) art. 38; 行政复议法 (2023) arts. 20, 64; 行政诉讼法 (2017) arts. 44–46, 70, 71.
extension Deciding {
    mutating func decideContest(_ command: ItemCommand, _ index: Int) throws(CaseRejection) {
        let item = item(index)
        switch command {
        case .appeal(let route, let grounds):
            try require(.applicant)
            if let pending = item.aftermath?.appeals.last, pending.outcome == nil {
                throw .appealPending(pending.route)
            }
            guard let lastDay = rules.lastDay(toAppeal: route, item) else {
                throw .notNow(item: item.id, status: item.status)
            }
            if item.currentAppeals.contains(where: { $0.route == route || $0.route == .court }) {
                throw .appealUsed(route)
            }
            if today > lastDay { throw .appealTooLate(lastDay) }
            try requireText(grounds)
            emit(.appealFiled(route: route, lastDay: lastDay, grounds: grounds), to: index)
        case .decideAppeal(let outcome, let reason):
            try require(.either(.supervisor, department(of: index)))
            guard let pending = item.aftermath?.appeals.last, pending.outcome == nil else {
                throw .noAppeal(item: item.id)
            }
            try requireText(reason)
            emit(.appealDecided(route: pending.route, outcome: outcome, reason: reason), to: index)
        default: break
        }
    }
}

extension CaseRules {
    /// The last day to contest what was decided of the item; `nil` when there is nothing to contest.
    ///
    /// A period ends on a working day (民法典 art. 203). Court after reconsideration has its own, shorter period.
    func lastDay(toAppeal route: AppealRoute, _ item: ItemState) -> LocalDate? {
        guard let decided = item.contestedOn else { return nil }
        let last =
            switch route {
            case .reconsideration: calendar.adding(LegalPeriod.reconsideration, to: decided)
            case .court:
                if let answered = item.currentAppeals.last(where: { $0.outcome == .upheld })?.decidedOn {
                    calendar.adding(LegalPeriod.courtAfterReconsideration, to: answered)
                } else {
                    decided.adding(months: LegalPeriod.courtMonths)
                }
            }
        return calendar.workingDay(onOrAfter: last)
    }
}

extension ItemState {
    /// When the decision was made that may be contested.
    var contestedOn: LocalDate? {
        switch status {
        case .refused, .notAdmitted: endedOn
        case .revoked: aftermath?.beforeRevocation?.on
        default: nil
        }
    }

    /// The appeals against the decision that stands now.
    var currentAppeals: [Appeal] {
        guard let decided = contestedOn else { return [] }
        return aftermath?.appeals.filter { $0.filedOn >= decided && $0.outcome != .annulled } ?? []
    }
}

extension CaseMachine {
    /// The last day on which the owner may take that route against what was decided of an item; `nil` when there is
    /// nothing to contest.
    public func lastDay(toAppeal route: AppealRoute, item id: String, in state: CaseState) -> LocalDate? {
        guard let index = rules.index(of: id), index < state.items.count else { return nil }
        return rules.lastDay(toAppeal: route, state.items[index])
    }
}

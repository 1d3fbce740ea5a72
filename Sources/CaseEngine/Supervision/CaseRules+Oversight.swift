import WorkCalendar
import WorkflowModel

extension CaseEvent.Kind {
    /// Whether it is supervision's: beside the items, whose clocks and requests it leaves alone.
    public var isOversight: Bool {
        switch self {
        case .ruleCardRaised, .rated, .accountabilityNoted, .matterOpened, .matterAnswered, .matterExtended,
            .matterOverdue, .matterEscalated, .matterCalledBack, .matterClosed:
            true
        default: false
        }
    }
}

extension CaseRules {
    /// Folds what supervision did.
    func evolveOversight(_ state: inout CaseState, by event: CaseEvent) {
        switch event.what {
        case .ruleCardRaised(let card, let rule, let level, let participant, let department, let person, let evidence):
            guard let item = event.item.flatMap(index(of:)), state.items.indices.contains(item) else { return }
            state.cards.append(
                Card(
                    id: card, item: items[item].id, participant: participant,
                    round: state.items[item].round, level: level, department: department,
                    raisedOn: event.on, person: person, rule: rule, evidence: evidence))
        case .accountabilityNoted(let card, let measure, let note):
            guard let position = state.cards.firstIndex(where: { $0.id == card }) else { return }
            state.cards[position].accountability.append(
                Card.AccountabilityNote(on: event.on, measure: measure, note: note))
        case .rated(let step, let attempt, let score, let channel, let comment):
            let id = event.item ?? ""
            state.withOversight {
                $0.ratings.append(
                    Rating(
                        item: id, attempt: attempt, step: step, score: score, channel: channel, comment: comment,
                        on: event.on, department: index(of: id).flatMap { items[$0].department }))
            }
        case .matterOpened(let opening):
            state.withOversight {
                $0.matters.append(
                    Matter(
                        id: opening.id, kind: opening.kind, item: opening.item, department: opening.department,
                        text: opening.text, openedOn: event.on, office: opening.office, due: opening.due))
            }
        case .matterAnswered(let id, let answer, let outcome, _):
            state.withMatter(id) {
                $0.status = .answered
                $0.answers.append(
                    Matter.Answer(on: event.on, office: event.by.department, text: answer, outcome: outcome))
            }
        case .matterExtended(let id, let due, _, _):
            state.withMatter(id) {
                $0.due = due
                $0.isExtended = true
            }
        case .matterOverdue(let id):
            state.withMatter(id) {
                $0.isOverdue = true
                $0.overdueSince = $0.overdueSince ?? event.on
            }
        case .matterEscalated(let id, let office, let due, _):
            state.withMatter(id) {
                $0.status = .open
                $0.office = office
                $0.level += 1
                $0.due = due
                $0.isOverdue = false
            }
        case .matterCalledBack(let id, let satisfied, let note):
            state.withMatter(id) { $0.callBack = Matter.CallBack(on: event.on, isSatisfied: satisfied, note: note) }
        case .matterClosed(let id, _):
            state.withMatter(id) {
                $0.status = .closed
                $0.closedOn = event.on
            }
        default: break
        }
        lookAgainAtMatters(&state)
    }

    /// Finds anew when a matter is late next: after something happened to one, or days ahead are counted otherwise.
    func lookAgainAtMatters(_ state: inout CaseState) {
        guard let oversight = state.oversight else { return }
        let next = oversight.matters.compactMap(overdueOn).min()
        if next != oversight.nextDue { state.withOversight { $0.nextDue = next } }
    }

    /// The first working day past an open matter's limit: late at its closing.
    func overdueOn(_ matter: Matter) -> LocalDate? {
        guard matter.status == .open, !matter.isOverdue else { return nil }
        return calendar.workingDay(onOrAfter: matter.due.adding(days: 1))
    }

    /// The matter that is late first.
    func nextMatter(in state: CaseState) -> Int? {
        guard let oversight = state.oversight, let due = oversight.nextDue else { return nil }
        return oversight.matters.firstIndex { overdueOn($0) == due }
    }
}

/// What happens to a matter (督办件).
public enum MatterTransitions {
    public static let table: [Transition<MatterStatus?>] = [
        .init(nil, .matterOpened, .open),
        .init(.open, .matterExtended, .open),
        .init(.open, .matterOverdue, .open),
        .init(.open, .matterEscalated, .open),
        .init(.open, .matterAnswered, .answered),
        .init(.answered, .matterEscalated, .open),
        .init(.answered, .matterCalledBack, .answered),
        .init(.answered, .matterClosed, .closed),
        .init(.closed, .matterCalledBack, .closed),
    ]
}

extension CaseState {
    /// What is known of ratings and matters; `nil` when there are none.
    public var oversight: Oversight? { oversights.first }

    fileprivate mutating func withOversight(_ change: (inout Oversight) -> Void) {
        if oversights.isEmpty { oversights.append(Oversight()) }
        change(&oversights[0])
    }

    /// Matters and ratings follow their items under another id.
    mutating func renameMatters(_ map: [String: String]) {
        guard let oversight, !map.isEmpty else { return }
        for position in oversight.matters.indices {
            if let id = oversight.matters[position].item.flatMap({ map[$0] }) {
                oversights[0].matters[position].item = id
            }
        }
        for position in oversight.ratings.indices {
            if let id = map[oversight.ratings[position].item] { oversights[0].ratings[position].item = id }
        }
    }

    fileprivate mutating func withMatter(_ id: String, _ change: (inout Matter) -> Void) {
        guard let position = oversight?.matters.firstIndex(where: { $0.id == id }) else { return }
        change(&oversights[0].matters[position])
    }

    /// The earliest date on which anything happens by time, to an item or to a matter.
    var earliestDue: LocalDate? {
        guard let matters = oversights.first?.nextDue else { return nextDue }
        return nextDue.map { min($0, matters) } ?? matters
    }
}

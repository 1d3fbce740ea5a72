import WorkCalendar
import WorkflowModel

/// What supervision waits for (监察待办): beside the work on the items, and no part of it.
public struct OversightRequest: Hashable, Sendable {
    /// Stable and unique in the case among these requests: the card or matter, and what is asked.
    public let id: String
    /// The id of the card or the matter.
    public let subject: String
    public let item: String?
    public let participant: String?
    public let party: Party
    public let ask: Ask
    public let since: LocalDate
    /// The last day on which it is in time; `nil` without a limit.
    public let due: LocalDate?

    /// What is asked.
    public enum Ask: Hashable, Sendable {
        /// To say how a limit came to be passed, or a rule broken.
        case explainCard(CardLevel)
        /// To lift a card or to confirm it.
        case reviewCard(CardLevel, isExplained: Bool)
        case answer(MatterKind, text: String)
        case callBack(MatterKind)
        case close(MatterKind)
    }
}

extension CaseMachine {
    /// What supervision waits for, in the order in which it arose; also after the case's end.
    ///
    /// A card that only reminds asks nothing of anybody.
    public func oversightRequests(in state: CaseState) -> [OversightRequest] {
        let cards = state.cards.compactMap { request(for: $0, in: state) }
        return cards + (state.oversight?.matters ?? []).compactMap(request)
    }

    private func request(for card: Card, in state: CaseState) -> OversightRequest? {
        guard card.standing == .open, card.rule != nil || policy.cards[card.level].isPast else { return nil }
        let due = calendar.adding(policy.explanationLimit, to: card.raisedOn)
        let isLate = state.asOf.map { due < $0 } ?? false
        func request(_ party: Party, _ ask: OversightRequest.Ask, _ step: String, since: LocalDate, due: LocalDate?)
            -> OversightRequest
        {
            OversightRequest(
                id: "\(card.id):\(step)", subject: card.id, item: card.item, participant: card.participant,
                party: party, ask: ask, since: since, due: due)
        }
        if let explainedOn = card.explainedOn {
            return request(
                .supervisor, .reviewCard(card.level, isExplained: true), "review", since: explainedOn, due: nil)
        }
        guard let department = card.department, !isLate else {
            return request(.supervisor, .reviewCard(card.level, isExplained: false), "review", since: due, due: nil)
        }
        return request(
            .department(department), .explainCard(card.level), "explain", since: card.raisedOn, due: due)
    }

    private func request(for matter: Matter) -> OversightRequest? {
        func request(_ party: Party, _ ask: OversightRequest.Ask, _ step: String, since: LocalDate, due: LocalDate?)
            -> OversightRequest
        {
            OversightRequest(
                id: "\(matter.id):\(step)", subject: matter.id, item: matter.item, participant: nil, party: party,
                ask: ask, since: since, due: due)
        }
        switch matter.status {
        case .open where matter.kind == .certificate:
            // While there is time nobody has to explain anything.
            guard matter.isOverdue else { return nil }
            return request(
                .applicant, .answer(matter.kind, text: matter.text), "answer-0",
                since: matter.overdueSince ?? matter.due,
                due: nil)
        case .open:
            return request(
                .department(matter.office), .answer(matter.kind, text: matter.text), "answer-\(matter.level)",
                since: matter.openedOn, due: matter.due)
        case .answered where matter.kind == .badRating && matter.callBack == nil:
            return request(
                .window, .callBack(matter.kind), "call-back", since: matter.answers.last?.on ?? matter.due, due: nil)
        case .answered:
            return request(
                .supervisor, .close(matter.kind), "close", since: matter.answers.last?.on ?? matter.due, due: nil)
        case .closed: return nil
        }
    }
}

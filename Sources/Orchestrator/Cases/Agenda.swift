import CaseEngine
import Planning
import WorkCalendar
import WorkflowModel

/// What a run knows of the requests that are open, by their ids (日程); made anew when a run starts again.
struct Agenda {
    private enum Standing {
        /// The party answers on a date.
        case answers(Answer, Dispatch)
        /// The party knows and answers through its own door.
        case posted
        /// The case, at that version, did not allow the answer.
        case refused(version: Int)
        /// The party could not be reached so often; `nil` when that was given up.
        case undelivered(attempts: Int, retryOn: LocalDate?)
    }

    private var standings: [String: Standing] = [:]

    /// A request that could not be delivered is tried again after 1, 2, 4, … days, so often in all.
    static let deliveryAttempts = 8

    /// Forgets what is asked no more.
    mutating func keep(_ open: [WorkRequest]) {
        let open = Set(open.map(\.entry))
        standings = standings.filter { open.contains($0.key) }
    }

    /// Whether a request is to be dispatched now: for the first time, when its day has come again, or because the case
    /// has moved on since it refused the answer.
    func wants(_ request: WorkRequest, on today: LocalDate, version: Int) -> Bool {
        switch standings[request.entry] {
        case nil: true
        case .answers, .posted: false
        case .refused(let refusedAt): refusedAt != version
        case .undelivered(_, let retryOn): retryOn.map { $0 <= today } ?? false
        }
    }

    /// Notes what became of a dispatch.
    mutating func note(_ outcome: Dispatcher.Outcome, on today: LocalDate) {
        let id = outcome.dispatch.request.entry
        switch outcome.result {
        case .success(.answer(let answer)): standings[id] = .answers(answer, outcome.dispatch)
        case .success(.posted): standings[id] = .posted
        case .failure:
            var attempts = 1
            if case .undelivered(let before, _) = standings[id] { attempts += before }
            let retryOn = attempts < Self.deliveryAttempts ? today.adding(days: 1 << (attempts - 1)) : nil
            standings[id] = .undelivered(attempts: attempts, retryOn: retryOn)
        }
    }

    mutating func noteRefusal(of dispatch: Dispatch, version: Int) {
        standings[dispatch.request.entry] = .refused(version: version)
    }

    /// Takes the next answer that counts on or before a date off the agenda.
    ///
    /// Answers of one day go by the item's place in the plan and the request's name, never by who was faster.
    mutating func takeAnswer(through today: LocalDate, in machine: CaseMachine) -> (answer: Answer, dispatch: Dispatch)?
    {
        func rank(_ answer: Answer, _ request: WorkRequest) -> (LocalDate, Int, String) {
            (answer.on, machine.plan.index(of: request.item) ?? 0, request.id)
        }
        let due = standings.values.compactMap { standing -> (answer: Answer, dispatch: Dispatch)? in
            guard case .answers(let answer, let dispatch) = standing, answer.on <= today else { return nil }
            return (answer, dispatch)
        }
        let next = due.min { rank($0.answer, $0.dispatch.request) < rank($1.answer, $1.dispatch.request) }
        if let next { standings[next.dispatch.request.entry] = nil }
        return next
    }

    /// The next date on which there is something to do, by itself later than any that ``takeAnswer(through:in:)`` took.
    var nextDate: LocalDate? {
        standings.values.compactMap { standing in
            switch standing {
            case .answers(let answer, _): answer.on
            case .undelivered(_, let retryOn): retryOn
            case .posted, .refused: nil
            }
        }.min()
    }
}

extension WorkRequest {
    /// Under what it stands in the agenda: a request that goes over to another party is asked of that one anew.
    fileprivate var entry: String { "\(id) \(party.name)" }
}

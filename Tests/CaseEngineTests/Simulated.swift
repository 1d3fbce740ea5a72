import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

/// Parties who do what they are asked in their favour, each after the likely duration: virtual time in a few lines.
enum Simulated {
    static func run(_ story: inout Story, until end: LocalDate) throws {
        var day = story.state.asOf ?? end
        while story.state.status == .open, day <= end {
            // What takes no time may ask for more on the same day.
            while let request = story.machine.requests(in: story.state).first(where: {
                due($0, story) <= day
            }) {
                try story.act(day, actor(request), request.item, request.favourableAnswer(document: request.id))
            }
            try story.pass(to: day)
            let dates = story.machine.requests(in: story.state).map { due($0, story) }
            guard let next = (dates + [story.machine.nextDue(in: story.state)].compactMap(\.self)).min() else { return }
            day = max(day, next)
        }
    }

    static func due(_ request: WorkRequest, _ story: Story) -> LocalDate {
        story.machine.calendar.adding(request.estimate.likely, to: request.since)
    }

    static func actor(_ request: WorkRequest) -> Actor {
        switch request.party {
        case .applicant: .owner
        case .window: .window
        case .supervisor: .supervisor
        case .department(let id): .of(id, "\(request.id)")
        }
    }
}

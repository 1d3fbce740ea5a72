import CaseEngine
import WorkCalendar
import WorkflowModel

/// A run of a portfolio, date by date.
///
/// A case's day goes as it does when a case is run alone: what is newly asked is put to the parties; the answers that
/// count on that day are carried out in a fixed order; then what is due by time happens. Cases take turns in order of
/// their members; one that gets a team on that day has another turn.
struct PortfolioRun {
    private let simulation: PortfolioSimulation
    private let onEvents: (_ member: Int, _ events: [CaseEvent]) -> Void
    private var cases: [MemberCase]
    private var pool: TeamPool
    private var agenda = DatedQueue()
    /// By ticket.
    private var bookings: [TeamBooking] = []
    private var through: LocalDate?
    private var isPartial = false
    private var events = 0
    private var interludes = InterludeLog()

    init(_ simulation: PortfolioSimulation, onEvents: @escaping (_ member: Int, _ events: [CaseEvent]) -> Void) {
        self.simulation = simulation
        self.onEvents = onEvents
        pool = TeamPool(teams: simulation.teams)
        cases = []
        var parties: [(plan: String, parties: SimulatedParties)] = []
        for (number, member) in simulation.members.enumerated() {
            let machine = member.machine
            let key = "\(machine.plan.workflow.id)@\(machine.plan.workflow.version)"
            let known = parties.first { $0.plan == key && $0.parties.plan.facts == machine.plan.facts }
            let own =
                known?.parties
                ?? SimulatedParties(
                    plan: machine.plan, calendar: machine.calendar, seed: simulation.seed, basis: simulation.pace)
            if known == nil { parties.append((key, own)) }
            cases.append(MemberCase(member, parties: own))
            agenda.insert(member.arrival, number)
        }
    }

    mutating func play(through last: LocalDate, shouldStop: () -> Bool) {
        while let today = agenda.firstDate {
            guard today <= last, !shouldStop() else {
                isPartial = true
                return
            }
            through = today
            while let member = agenda.removeFirst(on: today) { turn(of: member, on: today) }
            pool.close(today)
        }
    }

    func outcome() -> PortfolioOutcome {
        PortfolioOutcome(
            states: cases.map(\.state), loads: pool.loads, bookings: bookings, through: through, isPartial: isPartial,
            completions: cases.reduce(0) { $0 + $1.state.items.count { $0.status.isFinished } }, events: events,
            interludes: interludes.interludes, refusals: interludes.refusals)
    }

    // MARK: One case

    /// Does everything that a case has to do on a date, and puts it on the agenda for its next.
    private mutating func turn(of number: Int, on today: LocalDate) {
        let member = cases[number]
        if member.state.status == .unopened {
            guard today >= simulation.members[number].arrival else { return }
            perform(.open(member.opening), of: number, by: member.owner, on: today)
        }
        while true {
            askNew(of: number, on: today)
            if let answered = member.takeAnswer(through: today) {
                carryOut(answered, of: number, on: today)
            } else if let due = member.nextDue, due <= today {
                guard perform(.passTime, of: number, by: .system, on: today) else { break }
            } else {
                break
            }
        }
        guard member.hasWork else { return }
        let next = [member.nextDue, member.nextAnswer].compactMap(\.self).min()
        if let next { agenda.insert(max(next, today.adding(days: 1)), number) }
    }

    /// Puts what is newly asked to its party, or into the line for a team.
    private mutating func askNew(of number: Int, on today: LocalDate) {
        let member = cases[number]
        for gone in member.refresh() { retire(gone, on: today) }
        while let new = member.firstNew {
            if member.parties.isGivenUp(new.request) {
                new.standing = .posted
                continue
            }
            let departments = departments(for: new.request, of: member)
            guard !departments.isEmpty else {
                let on = member.parties.date(ofAnswerTo: member.question(new), on: today)
                new.standing = .answers(on: on, asked: today, begun: nil, ticket: nil)
                continue
            }
            let (ticket, begins) = pool.ask(departments, on: today)
            bookings.append(
                TeamBooking(
                    member: number, request: new.request.id, departments: departments.map(pool.name), asked: today))
            if begins {
                begin(new, of: member, ticket: ticket, on: today)
            } else {
                new.standing = .waits(ticket: ticket)
            }
        }
    }

    private mutating func begin(
        _ request: OpenRequest, of member: MemberCase, ticket number: Int, on today: LocalDate
    ) {
        let ticket = pool.tickets[number]
        // Without a wait the work counts from the request's own date, as it does where there are teams enough.
        let begun = today == ticket.asked ? nil : today
        let on = member.parties.date(ofAnswerTo: member.question(request), on: today, begun: begun)
        request.standing = .answers(on: on, asked: ticket.asked, begun: begun, ticket: number)
        bookings[number].begun = today
        pool.note(
            ticket.departments, waited: member.calendar.workingDays(after: ticket.asked, through: today),
            days: member.calendar.workingDays(after: today, through: on))
    }

    /// A request that is asked no more: its teams are free, and others may begin.
    private mutating func retire(_ request: OpenRequest, on today: LocalDate) {
        switch request.standing {
        case .answers(_, _, _, let ticket): release(ticket, on: today)
        case .waits(let ticket):
            pool.leave(ticket)
            letBegin(in: pool.tickets[ticket].departments, on: today)
        case .new, .posted, .refused: break
        }
    }

    private mutating func release(_ ticket: Int?, on today: LocalDate) {
        guard let ticket else { return }
        bookings[ticket].ended = today
        let departments = pool.tickets[ticket].departments
        pool.release(departments)
        letBegin(in: departments, on: today)
    }

    private mutating func letBegin(in departments: [Int], on today: LocalDate) {
        var affected = departments
        while let ticket = pool.begin(in: affected) {
            for department in pool.tickets[ticket].departments where !affected.contains(department) {
                affected.append(department)
            }
            let number = bookings[ticket].member
            guard let request = cases[number].request(ofTicket: ticket) else { continue }
            begin(request, of: cases[number], ticket: ticket, on: today)
            if let on = cases[number].nextAnswer { agenda.insert(max(on, today), number) }
        }
    }

    /// Carries out the first of the answer's commands that the case allows.
    private mutating func carryOut(_ answered: OpenRequest, of number: Int, on today: LocalDate) {
        guard case .answers(_, let asked, let begun, let ticket) = answered.standing else { return }
        let member = cases[number]
        let answer = member.parties.answer(to: member.question(answered), on: asked, begun: begun)
        let version = member.state.version
        let isDone = answer.commands.contains { perform($0, of: number, by: answer.actor, on: today) }
        if !isDone { member.noteRefusal(answered, version: version) }
        release(ticket, on: today)
    }

    /// - Returns: whether anything happened.
    @discardableResult
    private mutating func perform(
        _ command: CaseCommand, of number: Int, by actor: Actor, on today: LocalDate
    ) -> Bool {
        guard let happened = cases[number].perform(command, by: actor, on: today), !happened.isEmpty else {
            return false
        }
        events += happened.count
        interludes.note(happened, of: number)
        onEvents(number, happened)
        return true
    }

    /// The departments, of those with limited teams, whose teams a request keeps busy; each once.
    private func departments(for request: WorkRequest, of member: MemberCase) -> [Int] {
        guard request.estimate.max.minutes > 0, !simulation.teams.isEmpty else { return [] }
        var names = request.party.department.map { [$0] } ?? []
        if case .holdSession(let participants) = request.ask, let joint = member.joint(request.item) {
            names += participants.compactMap { id in joint.participants.first { $0.id == id }?.department }
        }
        var departments: [Int] = []
        for name in names {
            if let index = pool.index(of: name), !departments.contains(index) { departments.append(index) }
        }
        return departments
    }
}

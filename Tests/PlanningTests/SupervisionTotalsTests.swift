import CaseEngine
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import Planning

@Suite("Figures of supervision from tallies")
struct SupervisionTotalsTests {
    /// Cases in the middle of things, each as far as likely answers bring it by another day; in some nobody answered any
    /// more from then on.
    private func cases() throws -> (day: LocalDate, cases: [(id: String, machine: CaseMachine, state: CaseState)]) {
        let day = try #require(LocalDate("2026-05-06"))
        var found: [(id: String, machine: CaseMachine, state: CaseState)] = []
        for (number, network) in [2, 3, 6, 2].enumerated() {
            let shipped = try ShippedWorkflow(network)
            for step in 0..<5 {
                let opened = day.adding(days: -10 - 14 * step - number)
                let last = step % 2 == 0 ? day : opened.adding(days: 25)
                let (machine, state) = try shipped.play(from: opened, through: day, answersThrough: last)
                found.append(("case-\(number)-\(step)", machine, state))
            }
        }
        return (day, found)
    }

    @Test("Lights found once are those of every later day")
    func lights() throws {
        let (day, cases) = try cases()
        var seen: Set<DeadlineLight> = []
        for (id, machine, state) in cases where state.status == .open {
            for index in state.items.indices {
                let dates = machine.lightDates(ofItemAt: index, in: state, on: day)
                for later in 0..<60 {
                    let on = day.adding(days: later)
                    let light = ItemStanding(index, of: machine, in: state, on: on).deadline?.light
                    #expect(dates?.light(on: on) == light, "\(id) \(state.items[index].id) on \(on)")
                    if let light { seen.insert(light) }
                }
            }
        }
        #expect(seen.count >= 4, "\(seen)")
    }

    @Test("A board made of totals is the board of all cases, on the day and later")
    func boards() throws {
        let (day, cases) = try cases()
        let tallies = cases.map { ($0.id, CaseTally($0.id, $0.machine, $0.state, findings: [], on: day)) }
        for later in [0, 1, 5, 12, 40] {
            let on = day.adding(days: later)
            var whole = SupervisionBoard(asOf: on)
            var totals = SupervisionTotals(on: on)
            for (id, machine, state) in cases { whole.add(id, machine, state) }
            for (id, tally) in tallies { totals.add(id, try #require(CaseTally(tally.bytes))) }
            let departments: [String?] = [nil] + whole.departments.keys.sorted()
            for department in departments {
                let named = Set(totals.named(of: department))
                let board = SupervisionBoard(
                    totals, department: department, cases: cases.filter { named.contains($0.id) })
                #expect(board.cases == whole.cases)
                #expect(board.departments.mapValues(\.counts) == whole.departments.mapValues(\.counts), "on \(on)")
                #expect(board.departments.mapValues(\.title) == whole.departments.mapValues(\.title))
                #expect(board.months == whole.months)
                let lights: Set<DeadlineLight> = [.overdueStatutory, .overduePromised, .near, .stopped]
                let (oldest, all) = (board.oldest(lights, of: department), whole.oldest(lights, of: department))
                #expect(board.attentionCount(of: department) == all.count)
                #expect(oldest.map(\.part.item) == all.prefix(SupervisionTotals.shown).map(\.part.item))
                #expect(oldest.map(\.light) == all.prefix(SupervisionTotals.shown).map(\.light))
                #expect(board.cardsInForce == whole.cards.count)
                func words(_ board: SupervisionBoard) -> [String] {
                    board.targets.map {
                        "\($0.workflow) \($0.target.id) \($0.met) \($0.missed) \($0.running) \($0.runningOver) "
                            + "\($0.meanCounted ?? -1) \($0.meanCalendarDays ?? -1)"
                    }.sorted()
                }
                #expect(words(board) == words(whole), "on \(on)")
                #expect(Set(board.policies.map { "\($0)" }) == Set(whole.policies.map { "\($0)" }))
            }
        }
    }

    @Test("Reports made of what is kept beside logs are those of the cases, on the day and later")
    func reports() throws {
        let (day, cases) = try cases()
        let kept = cases.map { id, machine, state in
            let handling = CaseHandling(id, machine, state, on: day)
            return (id: id, handling: handling, bytes: handling.bytes)
        }
        for later in [0, 1, 9, 45] {
            let on = day.adding(days: later)
            var overdue = OverdueList()
            var departments = DepartmentTable()
            var bottlenecks = Bottlenecks()
            var (ledger, read) = (Ledger(), Ledger())
            var reports = OversightReports(on: on)
            for ((id, machine, state), kept) in zip(cases, kept) {
                let parts = HandledPart.all(of: id, machine, state, asOf: max(on, state.asOf ?? on))
                overdue.add(parts)
                departments.add(parts, state)
                bottlenecks.add(parts)
                ledger.add(parts)
                let handling = try #require(CaseHandling(kept.bytes))
                #expect(handling == kept.handling)
                let names = HandlingNames(machine.plan.workflow, calendar: machine.calendar)
                reports.add(id, handling, naming: names)
                read.add(handling.parts(of: id, asOf: on, naming: names))
            }
            #expect(read.csv == ledger.csv, "on \(on)")
            #expect(reports.overdue.json.compact == overdue.json.compact)
            #expect(reports.departments.json.compact == departments.json.compact)
            #expect(reports.channels.json.compact == departments.channels.json.compact)
            #expect(reports.bottlenecks.json.compact == bottlenecks.json.compact)
            #expect(ledger.parts.count > 100 && !overdue.rows.isEmpty)
        }
        for (_, _, bytes) in kept {
            #expect(bytes.count < 8000)
            for length in stride(from: 0, to: bytes.count, by: 11) {
                #expect(CaseHandling(Array(bytes[..<length])) == nil)
            }
            #expect(CaseHandling(bytes + [0]) == nil)
        }
        #expect(CaseHandling(Array(repeating: 0xFF, count: 64)) == nil)
    }

    @Test("Of many that are overdue those that are so for longest are kept")
    func longestOverdue() throws {
        let (day, cases) = try cases()
        let on = day.adding(days: 60)
        var (all, some) = (OverdueList(), OverdueList(most: 3))
        for (id, machine, state) in cases {
            let parts = HandledPart.all(of: id, machine, state, asOf: on)
            all.add(parts)
            some.add(parts)
        }
        #expect(all.rows.count > 3 && some.rows.count < all.rows.count + 1)
        #expect(some.sorted.map(\.overdue) == all.sorted.prefix(3).map(\.overdue))
    }

    @Test("Ratings from tallies are those from cases")
    func ratings() throws {
        var tally = CaseTally()
        let on = try #require(LocalDate("2026-02-11"))
        tally.ratings = [
            .init(department: "a", on: on, score: 5, channel: RatingChannel.web.rawValue),
            .init(department: "a", on: on, score: 1, channel: RatingChannel.window.rawValue),
        ]
        tally.answers = [.init(department: "a", on: on, isInTime: true, isCalledBack: false, outcome: nil)]
        var totals = SupervisionTotals(on: on)
        for number in 0..<3 { totals.add("c-\(number)", tally) }
        let row = try #require(SupervisionBoard(totals, department: nil, cases: []).ratings.sorted.first)
        #expect(row.period == "2026" && row.count == 6 && row.bad == 3 && row.answered == 3 && row.inTime == 3)
        #expect(row.channels == [.web: 3, .window: 3])
    }

    @Test("Bytes that are no tally are told from one")
    func bytes() throws {
        let (day, cases) = try cases()
        for (id, machine, state) in cases {
            let tally = CaseTally(id, machine, state, findings: [], on: day)
            let bytes = tally.bytes
            #expect(CaseTally(bytes) == tally)
            #expect(bytes.count < 4000)
            for length in stride(from: 0, to: bytes.count, by: 7) { #expect(CaseTally(Array(bytes[..<length])) == nil) }
            #expect(CaseTally(bytes + [0]) == nil)
        }
        #expect(CaseTally([]) == nil)
        #expect(CaseTally(Array(repeating: 0xFF, count: 64)) == nil)
    }

    @Test("Of many, the first are kept and all are counted")
    func best() {
        var best = Best<Int>(limit: 5)
        var all: [Int] = []
        var random = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let value = Int(random.next() % 1000)
            best.add(value)
            all.append(value)
        }
        #expect(best.count == 500)
        #expect(best.sorted == Array(all.sorted().prefix(5)))
    }
}

extension ShippedWorkflow {
    /// A case whose parties answer in the applicant's favour after the likely time, but for those who would after a day.
    func play(
        from opened: LocalDate, through day: LocalDate, answersThrough last: LocalDate
    ) throws -> (machine: CaseMachine, state: CaseState) {
        let machine = CaseMachine(plan: plan, calendar: .weekdays)
        var state = CaseState()
        let opening = CaseOpening(
            project: "2601-500112-04-01-\(opened.dayNumber)", title: LocalizedText(zh: "样例", en: "Sample"), owner: nil,
            workflow: workflow.id, version: workflow.version, definition: "", calendar: machine.calendar.id,
            calendarVersion: machine.calendar.version, facts: plan.facts)
        _ = try machine.perform(
            .open(opening), on: &state,
            in: CaseContext(today: opened, actor: Actor(role: .applicant, name: "owner")))
        var date = opened
        while state.status == .open {
            let answers = machine.requests(in: state).map {
                (on: machine.calendar.adding($0.estimate.likely, to: $0.since), request: $0)
            }.filter { $0.on <= last }
            let next = answers.min { ($0.on, $0.request.id) < ($1.on, $1.request.id) }
            guard let first = [next?.on, machine.nextDue(in: state)].compactMap(\.self).min() else { break }
            date = max(date, first)
            if date > day { break }
            if let next, next.on <= date {
                let actor =
                    switch next.request.party {
                    case .applicant: Actor(role: .applicant, name: "owner")
                    case .window: Actor(role: .window, name: "window")
                    case .supervisor: Actor(role: .supervisor, name: "supervisor")
                    case .department(let id): Actor(role: .department, department: id, name: next.request.id)
                    }
                _ = try machine.perform(
                    .item(next.request.item, next.request.favourableAnswer(document: next.request.id)), on: &state,
                    in: CaseContext(today: date, actor: actor))
            } else {
                _ = try machine.perform(.passTime, on: &state, in: CaseContext(today: date, actor: .system))
            }
        }
        return (machine, state)
    }
}

import CaseEngine
import Planning
import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

@Suite("Where items stand in time")
struct StandingTests {
    /// Days in the life of the reference project.
    static let days = [
        "2026-03-04", "2026-03-10", "2026-03-18", "2026-04-15", "2026-06-01", "2026-07-01", "2026-08-03", "2026-09-28",
        "2026-11-02", "2027-02-01", "2027-05-10",
    ]

    @Test(
        "Used and remaining make the limit, stopped days stand apart, and the list of day n counts n days",
        arguments: days)
    func clocks(day: String) async throws {
        for seed in [3 as UInt64, 8] {
            let (view, _) = try await SampleOffice.reference(until: day, seed: seed)
            for standing in view.standings {
                for clock in [standing.clocks?.promised, standing.clocks?.statutory].compactMap(\.self) {
                    let (used, limit) = (clock.used(asOf: view.today), clock.limit(asOf: view.today))
                    let ledger = clock.ledger(asOf: view.today)
                    #expect(ledger.total.minutes == used.minutes, "\(standing.item.id)")
                    let moved = ledger.entries.contains { $0.standing == .moved }
                    if limit.unit == .working || !moved {
                        #expect(used.minutes + clock.remaining(asOf: view.today).minutes >= limit.minutes)
                    }
                    #expect(
                        clock.elapsed(asOf: view.today).minutes
                            == used.minutes + clock.stopped(asOf: view.today).minutes)
                }
            }
        }
    }

    @Test("A light is shown only while a clock exists, and says what the clock says", arguments: days)
    func lights(day: String) async throws {
        let (view, _) = try await SampleOffice.reference(until: day)
        for (position, standing) in view.standings.enumerated() {
            let item = view.state.items[position]
            guard let deadline = standing.deadline else { continue }
            #expect(item.status == .filed || standing.clocks?.isOpen == true)
            #expect((deadline.light == .stopped) == (item.status != .filed && item.isStopped))
            if let clock = standing.clocks?.promised, item.status != .filed, deadline.light != .stopped {
                let isLate = clock.isOverdue(asOf: view.today)
                #expect(isLate == [.overduePromised, .overdueStatutory].contains(deadline.light))
            }
            #expect(!deadline.text.zh.isEmpty && !deadline.text.en.hasChinese)
        }
    }

    @Test("A date that is due: normal, near on its last two working days, then overdue")
    func dates() throws {
        let calendar = try SampleOffice.calendar()
        let last = LocalDate("2026-03-13")!  // a Friday
        func standing(_ day: String) -> DeadlineStanding {
            DeadlineStanding(last, on: LocalDate(day)!, calendar: calendar)
        }
        #expect(standing("2026-03-11").light == .normal)
        #expect(standing("2026-03-11").text == LocalizedText(zh: "剩 2 个工作日", en: "2 working days left"))
        #expect(standing("2026-03-12").light == .near)
        #expect(standing("2026-03-12").text == LocalizedText(zh: "剩 1 个工作日", en: "1 working day left"))
        #expect(standing("2026-03-13").text == LocalizedText(zh: "今天到期", en: "due today"))
        #expect(standing("2026-03-16").light == .overduePromised)
        #expect(standing("2026-03-16").text == LocalizedText(zh: "超期 1 个工作日", en: "1 working day overdue"))
    }

    @Test("The map of a case has every item with its state, and a link")
    func map() async throws {
        let (view, _) = try await SampleOffice.reference()
        let plan = try #require(view.report?.plan)
        let map = MetroMap(plan, view.machine, view.state, standings: view.standings, language: .zh) {
            Links.task(view.id, $0)
        }
        #expect(map.stations.count == view.plan.items.count)
        #expect(map.stations.allSatisfy { $0.link != nil })
        for (station, standing) in zip(map.stations, view.machine.plan.order.map { view.standings[$0] }) {
            #expect(station.id == standing.item.id && station.state == standing.state)
            #expect(map.words(of: station).contains(station.state.word.zh))
        }
    }
}

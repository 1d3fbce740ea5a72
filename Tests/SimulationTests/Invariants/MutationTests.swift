import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine
@testable import Orchestrator

/// A checker that cannot fail is worth nothing: each one has to refuse a log that was damaged for it.
@Suite("Every invariant refuses a damaged log")
struct MutationTests {
    /// Only a log whose sound beginning is accepted shows anything when its end is refused.
    private func expect(_ number: Int, _ log: inout WrittenLog, damage: (inout WrittenLog) -> Void) {
        let before = log.problems()
        #expect(before.isEmpty, "\(before)")
        damage(&log)
        let found = log.problems()
        #expect(found.contains { $0.hasPrefix("invariant \(number):") }, "invariant \(number) said nothing: \(found)")
    }

    private static let planning = People.of("planning", "A")
    private static let housing = People.of("housing", "A")

    /// The permit is granted; the acceptance waits for opinions.
    private func opining() -> WrittenLog {
        var log = WrittenLog()
        log.file("permit", ["form"], on: 0)
        log.perform(.item("permit", .admit), by: Self.planning, on: 0)
        log.perform(.item("permit", .decide(.granted)), by: Self.planning, on: 0)
        log.perform(.passTime, by: .system, on: 2)
        log.file("acceptance", ["report"], on: 3)
        log.perform(.item("acceptance", .admit), by: Self.housing, on: 3)
        return log
    }

    private func reviewing() -> WrittenLog {
        var log = WrittenLog()
        log.file("permit", ["form"], on: 0)
        log.perform(.item("permit", .admit), by: Self.planning, on: 0)
        return log
    }

    @Test("1: opinions close while somebody has not answered")
    func join() {
        var log = opining()
        expect(1, &log) { $0.write(.opinionsClosed(round: 0, released: []), "acceptance", on: 4) }
    }

    @Test("1: a stage closes before its items are over")
    func stage() {
        var log = reviewing()
        expect(1, &log) { $0.write(.stageClosed(stage: "first"), on: 1) }
    }

    @Test("2: a participant answers twice in a round")
    func oneAnswer() {
        var log = opining()
        log.perform(.item("acceptance", .opine(participant: "fire", verdict: .pass)), by: People.of("fire", "A"), on: 3)
        expect(2, &log) {
            $0.write(
                .opinionGiven(participant: "fire", round: 0, verdict: .pass, seen: 1), "acceptance",
                by: People.of("fire", "A"), on: 4)
        }
    }

    @Test("3: a pause in a pause")
    func pauses() {
        var log = reviewing()
        log.perform(.item("permit", .suspend(reason: "r", approver: "Head")), by: Self.planning, on: 1)
        expect(3, &log) { $0.write(.supplementRequested(points: [Point("a")]), "permit", by: Self.planning, on: 2) }
    }

    @Test("4: days are counted in a pause")
    func countedDays() {
        var log = reviewing()
        expect(4, &log) {
            // The engine's clock is told of a pause that the log does not have.
            $0.perform(.item("permit", .suspend(reason: "r", approver: "Head")), by: Self.planning, on: 0)
            $0.perform(.item("permit", .resume(reason: "r")), by: Self.planning, on: 1)
            $0.audit.forgetPause(of: "permit", in: WrittenLog.id, resumedAfter: WrittenLog.day(-1))
            $0.perform(.supervise(.complain(item: "permit", department: nil, text: "t")), by: People.owner, on: 3)
        }
    }

    @Test("5: a date before the last one")
    func dates() {
        var log = reviewing()
        expect(5, &log) { $0.write(.signed(link: 0, opinion: "a"), "permit", by: Self.planning, on: -1) }
    }

    @Test("6: a migration from a version that does not govern")
    func governing() {
        var log = reviewing()
        expect(6, &log) {
            let elsewhere = VersionName(version: "7", definition: "x")
            $0.write(
                .caseMigrated(
                    migration: CaseMigration(
                        from: elsewhere, to: elsewhere, map: [:], fresh: [], kept: [], dropped: [], added: [],
                        handed: [], deadlines: [], reason: "r")), by: People.designer, on: 1)
        }
    }

    @Test("7: a grant before what it waits for, and a second issue")
    func issuing() {
        var log = reviewing()
        log.perform(.item("permit", .decide(.granted)), by: Self.planning, on: 1)
        log.perform(.item("permit", .issue(documents: [])), by: People.window, on: 1)
        expect(7, &log) { $0.write(.issued(outputs: []), "permit", by: People.window, on: 2) }
        var other = reviewing()
        expect(7, &other) { $0.write(.granted, "filing", by: Self.housing, on: 1) }
    }

    private func card(_ level: CardLevel, _ participant: String? = nil) -> Happening {
        .cardRaised(
            card: "x.\(level.rawValue)", level: level, participant: participant, round: 0, department: "planning",
            person: nil, threshold: nil)
    }

    @Test("8: a card too early, twice, and after the answer")
    func cards() {
        var early = reviewing()
        expect(8, &early) { $0.write(card(.red), "permit", on: 2) }
        var twice = reviewing()
        twice.perform(.passTime, by: .system, on: 14)
        expect(8, &twice) { log in
            let id = log.state.cards[0].id
            log.write(
                .cardRaised(
                    card: id, level: .red, participant: nil, round: 0, department: nil, person: nil, threshold: nil),
                "permit", on: 15)
        }
        var answered = opining()
        answered.perform(
            .item("acceptance", .opine(participant: "fire", verdict: .pass)), by: People.of("fire", "A"), on: 3)
        expect(8, &answered) { $0.write(card(.red, "fire"), "acceptance", on: 20) }
    }

    @Test("9: silence is taken as agreement too early, or where it means nothing")
    func silence() {
        var early = opining()
        expect(9, &early) { $0.write(.opinionDeemed(participant: "water", round: 0), "acceptance", on: 4) }
        var never = opining()
        expect(9, &never) { $0.write(.opinionDeemed(participant: "fire", round: 0), "acceptance", on: 40) }
    }

    @Test("10: a timer that the store does not have, and one that fires before its day")
    func timers() {
        var log = reviewing()
        expect(10, &log) { log in
            let event = CaseEvent(
                on: WrittenLog.day(1), by: Self.planning, item: "permit", .signed(link: 0, opinion: "a"))
            log.append([event], change: { $0.timers = [] })
        }
        var early = reviewing()
        expect(10, &early) { log in
            let event = CaseEvent(on: WrittenLog.day(9), by: .system, item: "permit", .procedureOverran)
            log.append([event], recorded: WrittenLog.day(2))
        }
    }

    @Test("11: somebody else merges, and nobody second approves")
    func lead() {
        var log = opining()
        expect(11, &log) {
            $0.write(
                .merged(round: 0, passed: true, rectify: false, points: [], note: ""), "acceptance",
                by: Self.planning, on: 4)
        }
        var alone = reviewing()
        expect(11, &alone) { $0.write(.suspended(reason: "r", approver: "A"), "permit", by: Self.planning, on: 1) }
    }

    @Test("12: an application after the case was given up")
    func afterTheEnd() {
        var log = reviewing()
        log.perform(.withdrawCase(reason: "r"), by: People.owner, on: 1)
        expect(12, &log) { $0.write(.signed(link: 0, opinion: "a"), "permit", by: Self.planning, on: 2) }
    }

    @Test("13: an officer who is not registered, and another department's opinion")
    func registered() {
        var log = reviewing()
        expect(13, &log) { log in
            log.audit.register(
                [.officerRegistered(officer: Officer(department: "planning", name: "B", roles: [.handler]))])
            let grounds = Grounds(registry: 1)
            log.append([
                CaseEvent(
                    on: WrittenLog.day(1), by: Self.planning, item: "permit", .signed(link: 0, opinion: "a"),
                    grounds: grounds)
            ])
        }
        var other = opining()
        expect(13, &other) {
            $0.write(
                .opinionGiven(participant: "fire", round: 0, verdict: .pass, seen: 1), "acceptance",
                by: Self.planning, on: 4)
        }
    }

    @Test("14: a record is changed, missing, or of another key", arguments: 0..<3)
    func chain(damage: Int) {
        var log = reviewing()
        expect(14, &log) { log in
            let event = CaseEvent(
                on: WrittenLog.day(1), by: Self.planning, item: "permit", .signed(link: 0, opinion: "a"))
            log.append(
                [event],
                records: { records in
                    switch damage {
                    case 0: records[0].event.payload.append(0)
                    case 1: records[0].sequence += 1
                    default: records[0].previousHash = .zero
                    }
                })
        }
    }

    @Test("15: an append that names no event it was decided on")
    func fencing() {
        var log = reviewing()
        expect(15, &log) { log in
            let event = CaseEvent(
                on: WrittenLog.day(1), by: Self.planning, item: "permit", .signed(link: 0, opinion: "a"))
            log.append([event], change: { $0.expectedHash = nil })
        }
    }

    @Test("16: a breach that nobody is told of")
    func outbox() {
        var log = reviewing()
        expect(16, &log) { log in
            let event = CaseEvent(on: WrittenLog.day(1), by: .system, item: "permit", .breachRecorded(kind: .tolerance))
            log.append([event], change: { $0.messages = [] })
        }
    }

    @Test("17: an opinion on older documents")
    func seen() {
        var log = opining()
        expect(17, &log) {
            $0.write(
                .opinionGiven(participant: "fire", round: 0, verdict: .pass, seen: 0), "acceptance",
                by: People.of("fire", "A"), on: 4)
        }
    }

    @Test("18: a second supplement, and a clock that goes on too late")
    func supplements() {
        var log = reviewing()
        log.perform(.item("permit", .requestSupplement(points: [Point("a")])), by: Self.planning, on: 1)
        expect(18, &log) {
            $0.write(.supplementSupplied(resumes: WrittenLog.day(8), supplied: []), "permit", by: People.owner, on: 2)
        }
        var twice = reviewing()
        twice.perform(.item("permit", .requestSupplement(points: [Point("a")])), by: Self.planning, on: 1)
        twice.perform(.item("permit", .supplySupplement(materials: [])), by: People.owner, on: 1)
        expect(18, &twice) { $0.write(.supplementRequested(points: [Point("b")]), "permit", by: Self.planning, on: 2) }
    }

    @Test("19: filed again while the application is open, decided without one")
    func conservation() {
        var log = reviewing()
        expect(19, &log) {
            $0.write(
                .filed(attempt: 2, received: WrittenLog.day(1), supplied: [], reused: [], missing: []), "permit",
                by: People.owner, on: 1)
        }
        var other = reviewing()
        expect(19, &other) { $0.write(.refused(reasons: "r", appeal: "a"), "filing", by: Self.housing, on: 1) }
    }

    @Test("20: a refusal that left an event, and an acceptance that left none")
    func answers() {
        var log = reviewing()
        let wanted = Request.Wanted.command(WrittenLog.id, .item("permit", .admit))
        expect(20, &log) { log in
            let request = Request(
                id: log.number, wanted: wanted, key: CommandKey("k.\(log.number)")!, actor: Self.planning,
                isFromScenario: false)
            log.audit.note(.refused("notNow"), to: request, attempt: 1)
        }
        expect(20, &log) { log in
            let request = Request(
                id: 99, wanted: wanted, key: CommandKey("k.99")!, actor: Self.planning, isFromScenario: false)
            let event = CaseEvent(
                on: WrittenLog.day(1), by: Self.planning, item: "permit", .signed(link: 0, opinion: "a"))
            log.audit.note(.accepted([event], version: 9, isRepeat: false), to: request, attempt: 1)
        }
    }

    @Test("All twenty are here, each with its number")
    func numbers() { #expect(Invariant.all.map(\.number).sorted() == Array(1...20)) }
}

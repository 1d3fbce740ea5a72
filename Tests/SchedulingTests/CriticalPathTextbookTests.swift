import Scheduling
import TestSupport
import Testing
import WorkCalendar

@Suite("Critical path: worked examples")
struct CriticalPathTextbookTests {
    private func solve(
        _ activities: [Activity], _ relations: [Relation], calendars: [WorkingTime] = [.continuous], start: Minute = 0,
        finish: Minute? = nil
    ) throws -> Schedule {
        let network = try ActivityNetwork(activities: activities, relations: relations, calendars: calendars)
        return CriticalPath.solve(network, start: start, finish: finish)
    }

    /// Hillier, Lieberman, *Introduction to Operations Research*, the Reliable Construction Co. project: 44 weeks, one
    /// critical path A-B-C-E-F-J-L-N, slack 4 on D, G, H, M, 2 on I, 1 on K.
    @Test("The Reliable Construction project takes 44 weeks along A-B-C-E-F-J-L-N")
    func reliableConstruction() throws {
        let rows: [(id: String, weeks: Int, after: String, start: Int, float: Int, free: Int)] = [
            ("A", 2, "", 0, 0, 0), ("B", 4, "A", 2, 0, 0), ("C", 10, "B", 6, 0, 0), ("D", 6, "C", 16, 4, 0),
            ("E", 4, "C", 16, 0, 0), ("F", 5, "E", 20, 0, 0), ("G", 7, "D", 22, 4, 0), ("H", 9, "EG", 29, 4, 0),
            ("I", 7, "C", 16, 2, 2), ("J", 8, "FI", 25, 0, 0), ("K", 4, "J", 33, 1, 1), ("L", 5, "J", 33, 0, 0),
            ("M", 2, "H", 38, 4, 4), ("N", 6, "KL", 38, 0, 0),
        ]
        let schedule = try solve(
            rows.map { Activity($0.id, duration: $0.weeks) },
            rows.flatMap { row in row.after.map { Relation(String($0), row.id) } })
        #expect(schedule.projectFinish == 44)
        for (index, row) in rows.enumerated() {
            #expect(schedule.earlyStart[index] == row.start, "\(row.id)")
            #expect(schedule.earlyFinish[index] == row.start + row.weeks, "\(row.id)")
            #expect(schedule.lateStart[index] == row.start + row.float, "\(row.id)")
            #expect(schedule.totalFloat[index] == row.float, "\(row.id)")
            #expect(schedule.freeFloat[index] == row.free, "\(row.id)")
        }
        let critical = schedule.criticalActivities().map { rows[$0].id }.joined()
        #expect(critical == "ABCEFJLN")
        let last = try #require(schedule.lastActivity)
        #expect(schedule.driverTrace(to: last).activities.map { rows[$0].id }.joined() == "ABCEFJLN")
    }

    /// A lasts 10 and B lasts 4; one relation with a lag of 3. Early start of B, late finish of A, free float of A.
    ///
    /// FS: B starts 10 + 3 = 13. SS: 0 + 3. FF: B starts 10 − 4 + 3 = 9. SF: B starts 0 − 4 + 3 = −1, before the
    /// project, as the relation asks for no more. Where B ends before A the project ends with A, at 10; A's only
    /// relation allows it more, but never more than the project's finish.
    @Test(
        "Each kind of relation passes dates on from the ends it names",
        arguments: [
            (Relation.Kind.finishToStart, 13, 10, 0), (.startToStart, 3, 10, 0), (.finishToFinish, 9, 10, 0),
            (.startToFinish, -1, 10, 0),
        ])
    func kinds(kind: Relation.Kind, start: Int, lateFinish: Int, free: Int) throws {
        let schedule = try solve(
            [Activity("A", duration: 10), Activity("B", duration: 4)], [Relation("A", "B", kind, lag: 3)])
        #expect(schedule.earlyStart[1] == start)
        #expect(schedule.lateFinish[0] == lateFinish)
        #expect(schedule.freeFloat[0] == free)
        #expect(schedule.drivers(of: 1) == [0])
    }

    @Test("A finish-to-finish relation never starts its successor before the project")
    func finishToFinishHeld() throws {
        let schedule = try solve(
            [Activity("A", duration: 2), Activity("B", duration: 10)], [Relation("A", "B", .finishToFinish)], start: 100
        )
        #expect(schedule.earlyStart[1] == 100)
        #expect(schedule.reason(forStartOf: 1).cause == .projectStart)
    }

    @Test("A lead lets the successor start before its predecessor is done")
    func lead() throws {
        let schedule = try solve(
            [Activity("A", duration: 10), Activity("B", duration: 4)], [Relation("A", "B", lag: -3)])
        #expect(schedule.earlyStart[1] == 7)
        #expect(schedule.projectFinish == 11)
        #expect(schedule.totalFloat == [0, 0])
    }

    /// Received on Friday 27 Sep 2024. Review 5 wd ends Thu 10 Oct (holiday, make-up Sunday). Publicity 7 cd ends Thu
    /// 17 Oct. A second publicity, 9 cd from Fri 27 Sep, ends on Sun 6 Oct: what follows is ready then and starts on
    /// Tue 8 Oct, the first working day.
    @Test("Working days and calendar days follow one another from closing to closing")
    func closings() throws {
        let calendars = [Calendars.working, Calendars.everyDay]
        let start = calendars[0].closing(of: date("2024-09-27"))
        let schedule = try solve(
            [
                Activity("received", duration: 0), Activity("review", duration: 5 * 480),
                Activity("publicity", duration: 7 * 480, calendar: 1),
                Activity("survey", duration: 9 * 480, calendar: 1), Activity("decision", duration: 480),
            ],
            [
                Relation("received", "review"), Relation("review", "publicity"), Relation("received", "survey"),
                Relation("survey", "decision"),
            ],
            calendars: calendars, start: start)
        func finish(_ activity: Int) -> LocalDate {
            calendars[0].closingDate(onOrAfter: schedule.earlyFinish[activity])
        }
        #expect(schedule.earlyStart[0] == start, "a milestone stays at the closing")
        #expect(schedule.earlyStart[1] == at("2024-09-29 09:00"))
        #expect(finish(1) == date("2024-10-10"))
        #expect(finish(2) == date("2024-10-17"))
        #expect(finish(3) == date("2024-10-06"))
        #expect(calendars[0].closingDate(onOrBefore: schedule.ready[4]) == date("2024-10-06"))
        #expect(schedule.earlyStart[4] == at("2024-10-08 09:00"))
        #expect(finish(4) == date("2024-10-08"))
        let reason = schedule.reason(forStartOf: 4)
        #expect(reason.cause == .relation(3))
        #expect(reason.instant == at("2024-10-06 17:00"))
        #expect(reason.isMovedToWorkingTime)
    }

    /// A ends Fri 8 Nov 2024. Three days of lag: on the successor's working days Wed 13 Nov closing, so B starts Thu 14;
    /// three days on the predecessor's every-day calendar or on a named one end Mon 11 closing, so B starts Tue 12;
    /// 1440 elapsed minutes end Sat 17:00, so B starts Mon 11.
    @Test(
        "A lag runs on the calendar that the relation says",
        arguments: [
            (Relation.LagCalendar.successor, "2024-11-14 09:00"), (.predecessor, "2024-11-12 09:00"),
            (.calendar(1), "2024-11-12 09:00"), (.elapsed, "2024-11-11 09:00"),
        ])
    func lagCalendars(calendar: Relation.LagCalendar, start: String) throws {
        let schedule = try solve(
            [Activity("A", duration: 480, calendar: 1), Activity("B", duration: 480)],
            [Relation("A", "B", lag: 1440, lagCalendar: calendar)],
            calendars: [Calendars.working, Calendars.everyDay], start: at("2024-11-08 09:00"))
        #expect(schedule.earlyStart[1] == at(start))
    }

    // A (10) before B (4), open C (20); the project finishes at 20 unless a constraint moves it.
    private func constrained(_ constraints: DateConstraints) throws -> Schedule {
        try solve(
            [
                Activity("A", duration: 10), Activity("B", duration: 4, constraints: constraints),
                Activity("C", duration: 20),
            ], [Relation("A", "B")])
    }

    @Test("No-earlier dates push, and give the reason; they do not bind late dates")
    func pushes() throws {
        let start = try constrained(DateConstraints(startNoEarlier: 12))
        #expect(start.earlyStart[1] == 12)
        #expect(start.lateStart[1] == 16)
        #expect(start.freeFloat[0] == 2)
        #expect(start.reason(forStartOf: 1).cause == .constraint(.startNoEarlier))
        #expect(start.drivers(of: 1).isEmpty)
        let finish = try constrained(DateConstraints(finishNoEarlier: 17))
        #expect(finish.earlyStart[1] == 13)
        #expect(finish.reason(forStartOf: 1).cause == .constraint(.finishNoEarlier))
        let idle = try constrained(DateConstraints(startNoEarlier: 9))
        #expect(idle.earlyStart[1] == 10)
        #expect(idle.reason(forStartOf: 1).cause == .relation(0))
    }

    @Test("No-later and fixed dates override relations; the conflict shows as negative float upstream")
    func overrides() throws {
        for (constraints, kind) in [
            (DateConstraints(startNoLater: 7), DateConstraints.Kind.startNoLater),
            (DateConstraints(finishNoLater: 11), .finishNoLater), (DateConstraints(mustStart: 7), .mustStart),
            (DateConstraints(mustFinish: 11), .mustFinish),
        ] {
            let schedule = try constrained(constraints)
            #expect(schedule.earlyStart[1] == 7)
            #expect(schedule.earlyFinish[1] == 11)
            #expect(schedule.totalFloat[0] == -3)
            #expect(schedule.totalFloat[1] == 0)
            #expect(schedule.isCritical(0))
            #expect(schedule.reason(forStartOf: 1).cause == .constraint(kind))
            #expect(schedule.freeFloat[0] == 0)
        }
    }

    @Test("A fixed date raises late dates too; a no-later date only caps them")
    func fixedDatesRaise() throws {
        #expect(try constrained(DateConstraints(mustStart: 30)).lateStart[1] == 30)
        #expect(try constrained(DateConstraints(mustFinish: 40)).lateFinish[1] == 40)
        #expect(try constrained(DateConstraints(startNoLater: 30)).lateStart[1] == 16)
        #expect(try constrained(DateConstraints(startNoLater: 12)).lateStart[1] == 12)
    }

    @Test("A deadline moves no early date but takes float away, below zero if it is missed")
    func deadline() throws {
        let schedule = try constrained(DateConstraints(deadline: 12))
        #expect(schedule.earlyFinish[1] == 14)
        #expect(schedule.totalFloat == [-2, -2, 0])
        #expect(schedule.freeFloat[0] == 0)
    }

    @Test("As late as possible: scheduled at the late dates, without total float, and followed from there")
    func asLateAsPossible() throws {
        let schedule = try constrained(DateConstraints(asLateAsPossible: true))
        #expect(schedule.earlyStart[1] == 10)
        #expect(schedule.scheduledStart(1) == 16)
        #expect(schedule.scheduledFinish(1) == 20)
        #expect(schedule.totalFloat[1] == 0)
        #expect(schedule.reason(forStartOf: 1).cause == .constraint(.asLateAsPossible))

        // A (as late as possible, 4) before B (2), beside C (20): A moves to 14, so B starts at 18, no longer at 4.
        let followed = try solve(
            [
                Activity("A", duration: 4, constraints: DateConstraints(asLateAsPossible: true)),
                Activity("B", duration: 2), Activity("C", duration: 20),
            ], [Relation("A", "B")])
        #expect(followed.scheduledStart(0) == 14)
        #expect(followed.earlyStart[1] == 18)
        #expect(followed.projectFinish == 20)
        #expect(followed.drivers(of: 1) == [0])
    }

    @Test("Late dates are anchored at the finish asked for; an early one makes negative float")
    func anchors() throws {
        let activities = [Activity("A", duration: 10), Activity("B", duration: 4), Activity("C", duration: 20)]
        let relations = [Relation("A", "B")]
        #expect(try solve(activities, relations).totalFloat == [6, 6, 0])
        #expect(try solve(activities, relations, finish: 15).totalFloat == [1, 1, -5])
        #expect(try solve(activities, relations, finish: 50).totalFloat == [36, 36, 30])
    }

    @Test("A milestone stays at a closing, while its successor starts the next morning without float between")
    func milestone() throws {
        let schedule = try solve(
            [Activity("A", duration: 480), Activity("M", duration: 0), Activity("B", duration: 480)],
            [Relation("A", "M"), Relation("M", "B")], calendars: [Calendars.working], start: at("2024-11-08 09:00"))
        #expect(schedule.earlyStart[1] == at("2024-11-08 17:00"))
        #expect(schedule.earlyStart[2] == at("2024-11-11 09:00"))
        #expect(schedule.totalFloat == [0, 0, 0])
        #expect(schedule.drivers(of: 2) == [1])
    }

    /// A ends Fri 17:00; B is open every day. B waits for nothing else than A, and starts the same minute on its own
    /// calendar's next morning, Saturday. With the project ending on Monday's closing by C, B has float of two days,
    /// which A, working Monday to Friday, has none of.
    @Test("Float is counted on each activity's own calendar")
    func floatOnOwnCalendar() throws {
        let schedule = try solve(
            [
                Activity("A", duration: 480), Activity("B", duration: 480, calendar: 1),
                Activity("C", duration: 2 * 480),
            ],
            [Relation("A", "B")], calendars: [Calendars.working, Calendars.everyDay], start: at("2024-11-08 09:00"))
        #expect(schedule.earlyStart[1] == at("2024-11-09 09:00"))
        #expect(schedule.totalFloat[1] == 2 * 480)
        #expect(schedule.totalFloat[0] == 0)
        #expect(schedule.freeFloat[0] == 0)
    }
}

import CaseEngine
import Planning
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Reports of supervision")
struct OversightReportTests {
    /// A case on the example workflow: filed on Monday 4 March 2024, admitted on the 5th; eight working days end on the 15th.
    private struct Played {
        let machine: CaseMachine
        var state = CaseState()

        init() throws {
            let path = "docs/examples/one-of-each.yaml"
            let workflow = try #require(WorkflowFile.read(try ProjectFiles.text(path), path: path).value)
            machine = CaseMachine(
                plan: Plan.resolve(workflow, facts: ["floorArea": .number(1000)]), calendar: .weekdays)
            try act(
                2024_03_01, .applicant,
                .open(
                    CaseOpening(
                        project: "2403-500107-04-01-123456", title: LocalizedText(zh: "厂房", en: "Plant"), owner: nil,
                        workflow: workflow.id, version: workflow.version, definition: "", calendar: "weekdays",
                        calendarVersion: "1", facts: ["floorArea": .number(1000)])))
            try act(
                2024_03_04, .applicant,
                .item(
                    "permit",
                    .file(
                        materials: ["application", "drawings", "deposit"].map {
                            SuppliedMaterial(material: $0, hash: $0)
                        })))
        }

        mutating func act(_ day: Int, _ role: Actor.Role, _ command: CaseCommand, name: String = "甲乙") throws {
            let date = try #require(
                LocalDate("\(day / 10_000)-0\(day / 100 % 100)-\(day % 100 < 10 ? "0" : "")\(day % 100)"))
            let actor = Actor(role: role, department: role == .department ? "planning" : nil, name: name)
            _ = try machine.perform(command, on: &state, in: CaseContext(today: date, actor: actor))
        }

        mutating func act(_ day: Int, _ command: ItemCommand, name: String = "王大明") throws {
            try act(day, .department, .item("permit", command), name: name)
        }

        func parts(_ asOf: LocalDate) -> [HandledPart] {
            HandledPart.all(of: "c", machine, state, asOf: asOf)
        }
    }

    private static func late() throws -> Played {
        var played = try Played()
        try played.act(2024_03_05, .admit)
        try played.act(2024_03_19, .system, .passTime)
        return played
    }

    private func date(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

    @Test("What is late is listed with its limit, last day and days over it, and without anybody's name")
    func overdue() throws {
        var played = try Self.late()
        let card = try #require(played.state.cards.last { $0.level == .red }?.id)
        try played.act(
            2024_03_20, .department, .explainCard(card: card, explanation: "王大明出差，王大明无人代班"), name: "王大明")
        var list = OverdueList()
        list.add(played.parts(try date("2024-03-20")))
        let row = try #require(list.sorted.first)
        #expect(list.rows.count == 1 && row.item == "permit" && row.limit == .working(8))
        let due = try date("2024-03-15")
        #expect(row.due == due && row.overdue == 3 && row.end == nil && !row.isPastStatutory)
        #expect(row.reason == "某出差，某无人代班")
    }

    @Test("What was decided in time is not listed, and what was decided late stays with its days")
    func decided() throws {
        for (day, overdue) in [(2024_03_15, 0), (2024_03_18, 1)] {
            var played = try Played()
            try played.act(2024_03_05, .admit)
            try played.act(day, .sign(opinion: ""))
            try played.act(day, .decide(.granted), name: "李小红")
            var list = OverdueList()
            list.add(played.parts(try date("2024-04-30")))
            #expect(list.sorted.map(\.overdue) == (overdue == 0 ? [] : [overdue]))
            var open = OverdueList(openOnly: true)
            open.add(played.parts(try date("2024-04-30")))
            #expect(open.rows.isEmpty)
            var table = DepartmentTable()
            table.add(played.parts(try date("2024-04-30")), played.state)
            let row = try #require(table.ranked.first { $0.department == "planning" })
            #expect(row.handled == 1 && row.inTime == 1 - overdue && row.used == 8 + Double(overdue))
        }
    }

    @Test("Days on which the clock stood still are nobody's delay")
    func stopped() throws {
        var played = try Played()
        try played.act(2024_03_05, .admit)
        try played.act(2024_03_06, .suspend(reason: "诉讼", approver: "局长"))
        try played.act(2024_03_20, .resume(reason: "结案"))
        let part = try #require(played.parts(try date("2024-03-22")).first { $0.item == "permit" })
        let due = try date("2024-03-29")
        #expect(part.used == .working(3) && part.isInTime && part.promised?.due == due)
    }

    @Test("Ratings add up by quarter and year, with what became of the bad ones")
    func ratings() throws {
        var played = try Self.late()
        func rate(_ step: RatedStep, _ score: Int) -> CaseCommand {
            .supervise(.rate(item: "permit", step: step, score: score, channel: .mobile, comment: "慢"))
        }
        try played.act(2024_03_29, .applicant, rate(.admission, 5))
        try played.act(
            2024_04_01, .department,
            .supervise(.answer(matter: "bad-rating-1", answer: "a", outcome: .explained, by: nil)))
        try played.act(
            2024_04_02, .window, .supervise(.callBack(matter: "bad-rating-1", isSatisfied: true, note: "a")))
        try played.act(2024_04_02, .sign(opinion: ""))
        try played.act(2024_04_02, .decide(.granted), name: "李小红")
        try played.act(2024_04_03, .applicant, rate(.decision, 1))
        var table = RatingTable()
        table.add(played.machine, played.state)
        let rows = table.sorted
        #expect(rows.map(\.period) == ["2024", "2024-Q1", "2024-Q2"])
        #expect(rows.map(\.count) == [2, 1, 1] && rows.map(\.bad) == [1, 1, 0])
        #expect(rows[0].mean == 3 && rows[0].satisfied == 0.5)
        #expect(rows[1].answered == 1 && rows[1].inTime == 1 && rows[1].calledBack == 1)
    }

    @Test("Bottlenecks: shares, percentiles and waits, over several cases")
    func bottlenecks() throws {
        var found = Bottlenecks()
        for last in [6, 7, 8, 11, 12] {
            var played = try Played()
            try played.act(2024_03_05, .admit)
            try played.act(2024_03_00 + last, .sign(opinion: ""))
            try played.act(2024_03_00 + last, .decide(.granted), name: "李小红")
            found.add(played.parts(try date("2024-03-31")))
        }
        let row = try #require(found.sorted.first)
        #expect(row.item == "permit" && row.days == [1, 2, 3, 4, 5] && row.total == 15 && row.mean == 3)
        #expect(row.percentile(0.5) == 3 && row.percentile(0.8) == 4 && row.longest == 5)
        #expect(row.meanToFile == 1 && row.meanToAdmit == 1)
    }

    @Test("The ledger is CSV that a spreadsheet reads and does not run")
    func ledger() throws {
        var ledger = Ledger()
        ledger.add(try Self.late().parts(try date("2024-03-20")))
        let lines = ledger.csv.split(separator: "\r\n", omittingEmptySubsequences: true)
        #expect(lines.count == 2 && lines[0].hasPrefix("case,project,item,"))
        #expect(
            lines[1].hasPrefix("c,2403-500107-04-01-123456,permit,许可,,planning,1,inReview,2024-03-04,2024-03-05,,8 wd"))
        var hostile = Ledger()
        var played = try Self.late()
        try played.act(2024_03_20, .system, .passTime)
        hostile.add(HandledPart.all(of: "=1+\"a\",b", played.machine, played.state, asOf: try date("2024-03-20")))
        #expect(hostile.csv.contains("\r\n\"'=1+\"\"a\"\",b\","))
    }
}

import Orchestrator
import Testing
import WorkCalendar

extension OfficeStoreRule {
    private static func day(_ offset: Int) -> LocalDate { firstDay.adding(days: offset) }

    private static func figures(
        _ id: String, version: Int = 1, status: String = "open", late: Int? = nil,
        _ change: (inout CaseFigures) -> Void = { _ in }
    ) -> CaseFigures {
        var figures = CaseFigures(caseID: caseID(id), version: version, status: status, updatedOn: firstDay)
        figures.lights = ListedLights(
            near: late.map { day($0 - 2) }, late: late.map { day($0) }, over: nil, isRunning: late != nil)
        figures.search = "\(id)\np-\(id)"
        figures.body = Array("body of \(id)".utf8)
        figures.tally = Array("tally of \(id)".utf8)
        change(&figures)
        return figures
    }

    private static func open(_ ids: [String], in store: any OfficeStore, owner: String? = nil) async throws {
        for id in ids {
            var row = summary("title of \(id)", project: "p-\(id)")
            row.owner = owner
            _ = try await store.append(request(id, at: 0, key: "a", summary: row))
        }
    }

    private static func listed(
        _ store: any OfficeStore, _ filter: ListFilter = ListFilter(date: firstDay), in order: ListOrder = .urgency,
        after place: ListPlace? = nil, limit: Int = 99
    ) async throws -> [String] {
        let found = try await store.listedCases(matching: filter, in: order, after: place, limit: limit)
        if place == nil, limit == 99 {
            #expect(try await store.countListed(matching: filter, upTo: 99) == found.count)
        }
        return found.map(\.row.caseID.text)
    }

    static let lists: [OfficeStoreRule] = [
        OfficeStoreRule("Figures are read back as they were given, with the row of their case") { store async throws in
            try await open(["c-1"], in: store)
            let given = figures("c-1", late: 4) { figures in
                figures.lights.over = day(9)
                figures.lights.isStopped = true
                figures.finish = day(30)
                figures.departments = ["fire", "planning"]
                figures.ownerName = "某公司"
            }
            try await store.putFigures([given])
            let found = try await store.listedCases(
                matching: ListFilter(date: firstDay), in: .urgency, after: nil, limit: 9)
            #expect(found.map(\.figures) == [given])
            #expect(found.first?.row == (try await store.summary(of: caseID("c-1"))))
            #expect(
                try await store.tallies(after: nil, limit: 9) == [
                    StoredTally(caseID: caseID("c-1"), bytes: given.tally)
                ])
        },
        OfficeStoreRule("Newer figures replace older ones, and never the other way round") { store async throws in
            try await open(["c-1"], in: store)
            try await store.putFigures([figures("c-1", version: 2, late: 5)])
            try await store.putFigures([figures("c-1", version: 1, late: 3), figures("c-1", version: 2, late: 4)])
            try await store.putFigures([figures("nowhere")])
            func late() async throws -> [LocalDate?] {
                try await store.listedCases(matching: ListFilter(date: firstDay), in: .urgency, after: nil, limit: 9)
                    .map(\.figures.lights.late)
            }
            #expect(try await late() == [day(5)])
            try await store.putFigures([figures("c-1", version: 3)])
            #expect(try await late() == [nil])
        },
        OfficeStoreRule("A list is in each of its orders, page by page, and a gone cursor ends it") {
            store async throws in
            try await open(["z", "b", "m", "a"], in: store)
            try await store.putFigures([
                figures("z", late: 5) {
                    $0.finish = day(9); $0.updatedOn = day(1)
                },
                figures("b", late: 5) {
                    $0.finish = day(2); $0.updatedOn = day(1)
                },
                figures("m") { $0.updatedOn = day(7) },
                figures("a", late: -3) {
                    $0.finish = day(9); $0.updatedOn = day(-1)
                },
            ])
            let orders: [(ListOrder, [String])] = [
                (.urgency, ["a", "z", "b", "m"]), (.change, ["m", "b", "z", "a"]), (.finish, ["b", "z", "a", "m"]),
                (.opening, ["z", "b", "m", "a"]),
            ]
            for (order, wanted) in orders {
                #expect(try await listed(store, in: order) == wanted)
                var paged: [String] = []
                var place: ListPlace?
                while true {
                    let page = try await store.listedCases(
                        matching: ListFilter(date: firstDay), in: order, after: place, limit: 2)
                    paged += page.map(\.row.caseID.text)
                    guard let last = page.last else { break }
                    place = ListPlace(of: last, in: order)
                }
                #expect(paged == wanted, "\(order)")
                let gone = ListPlace(day: 0, caseID: caseID("nowhere"))
                #expect(try await listed(store, in: order, after: gone).isEmpty)
            }
            #expect(try await listed(store, limit: 0).isEmpty)
        },
        OfficeStoreRule("A list is filtered by light on a day, status, text, department and owners") {
            store async throws in
            try await open(["c-1", "c-2", "c-3", "c-4", "c-5"], in: store)
            try await open(["c-6"], in: store, owner: "91500000MA5U4D2Y7K")
            try await store.putFigures([
                figures("c-1", late: 10) { $0.lights.over = day(20) },
                figures("c-2") {
                    $0.lights.isStopped = true; $0.departments = ["fire-a"]
                },
                figures("c-3", status: "closed") { $0.departments = ["fire"] },
                figures("c-4", late: 4) {
                    $0.lights.isStopped = true; $0.ownerName = "某公司"
                },
                figures("c-5") {
                    $0.lights.isRunning = true; $0.search = "c-5\n住宅 a%_z"
                },
                figures("c-6") {
                    $0.lights.over = day(3); $0.lights.late = day(3); $0.lights.isRunning = true
                },
            ])
            func by(_ light: ListedLight, _ on: Int) async throws -> [String] {
                try await listed(store, ListFilter(light: light, date: day(on)), in: .opening)
            }
            #expect(try await by(.normal, 0) == ["c-1", "c-5", "c-6"])
            #expect(try await by(.stopped, 0) == ["c-2", "c-4"])
            #expect(try await by(.near, 2) == ["c-4"])
            #expect(try await by(.near, 8) == ["c-1"])
            #expect(try await by(.late, 4) == ["c-4"])
            #expect(try await by(.late, 19) == ["c-1", "c-4"])
            #expect(try await by(.over, 3) == ["c-6"])
            #expect(try await by(.over, 20) == ["c-1", "c-6"])
            for on in -1..<25 {
                var all: [String] = []
                for light in ListedLight.allCases { all += try await by(light, on) }
                #expect(all.sorted() == ["c-1", "c-2", "c-4", "c-5", "c-6"], "each has one light on day \(on)")
            }
            func filtered(_ change: (inout ListFilter) -> Void) async throws -> [String] {
                var filter = ListFilter(date: firstDay)
                change(&filter)
                return try await listed(store, filter, in: .opening)
            }
            #expect(try await filtered { $0.status = "closed" } == ["c-3"])
            #expect(try await filtered { $0.department = "fire" } == ["c-3"])
            #expect(try await filtered { $0.text = "住宅 A%_" } == ["c-5"])
            #expect(try await filtered { $0.text = "P-C-1" } == ["c-1"])
            #expect(try await filtered { $0.text = "%" } == ["c-5"])
            #expect(
                try await filtered { $0.owners = ["某公司", "p-c-2", "91500000MA5U4D2Y7K"] } == ["c-2", "c-4", "c-6"])
            #expect(try await filtered { $0.owners = [] }.isEmpty)
            #expect(try await store.countListed(matching: ListFilter(date: firstDay), upTo: 4) == 4)
        },
        OfficeStoreRule("Cases whose figures are missing or old are named, in order, and the office's own are not") {
            store async throws in
            try await open(["z", "b", "m"], in: store)
            _ = try await store.append(
                request("office.x", at: 0, key: "a", summary: summary(workflow: CaseSummary.officeWorkflow)))
            try await store.putFigures([figures("b"), figures("m")])
            _ = try await store.append(request("m", at: 1, key: "b"))
            let missing = [
                UnlistedCase(caseID: caseID("z"), hasFigures: false),
                UnlistedCase(caseID: caseID("m"), hasFigures: true),
            ]
            #expect(try await store.unlistedCases(after: nil, limit: 9) == missing)
            #expect(try await store.unlistedCases(after: nil, limit: 1) == [missing[0]])
            #expect(try await store.unlistedCases(after: caseID("z"), limit: 9) == [missing[1]])
            try await store.putFigures([figures("z"), figures("m", version: 2)])
            #expect(try await store.unlistedCases(after: nil, limit: 9).isEmpty)
            #expect(try await listed(store, in: .opening) == ["z", "b", "m"])
            #expect(try await store.tallies(after: caseID("b"), limit: 9).map(\.caseID.text) == ["m"])
        },
        OfficeStoreRule("Texts are found by any part of them, however short, and by those of the newest figures alone")
        {
            store async throws in
            let texts = [
                "c-1": "2603-500112-04-01-310104\n渝北区悦来云谷商务楼\nyuelai cloud valley",
                "c-2": "2603-500112-04-01-310211\n潼南区涪江东岸排涝干线\nfujiang trunk 𠮷 e\u{301}",
                "c-3": "2603-500112-04-01-310327\n渝北区学校\nschool",
            ]
            try await open(["c-1", "c-2", "c-3"], in: store)
            try await store.putFigures(["c-1", "c-2", "c-3"].map { id in figures(id) { $0.search = texts[id] ?? "" } })
            func found(_ text: String) async throws -> [String] {
                try await listed(store, ListFilter(text: text, date: firstDay), in: .opening)
            }
            for part in [
                "", "渝", "楼", "𠮷", "渝北", "学校", "商务楼", "悦来云谷", "SCHOOL", "-310211", "2603-500112-04-01-310", "x", "校\ns",
                "e\u{301}", "\u{e9}", "云谷商务楼\nyuelai cloud valley", "渝北区商务楼", "\"*", "ab*", "NOT",
            ] {
                let wanted = ["c-1", "c-2", "c-3"].filter { id in
                    let (text, part) = (Array((texts[id] ?? "").utf8), Array(part.asciiLowercased.utf8))
                    return text.indices.contains { text[$0...].starts(with: part) } || part.isEmpty
                }
                #expect(try await found(part) == wanted, "\(part)")
            }
            try await store.putFigures([
                figures("c-1", version: 2) { $0.search = "另一个名称" }, figures("c-3", version: 2) { $0.search = "" },
            ])
            #expect(try await found("渝北").isEmpty)
            #expect(try await found("名称") == ["c-1"])
            try await store.putFigures([figures("c-3", version: 3) { $0.search = "渝北区中学" }])
            #expect(try await found("渝北") == ["c-3"])
            #expect(try await found("涪江") == ["c-2"])
        },
        OfficeStoreRule("A text that very many have is found as well") { store async throws in
            let ids = (0...SearchGrams.candidateLimit + 1).map { "many-\($0)" }
            for start in stride(from: 0, to: ids.count, by: 250) {
                let some = ids[start..<min(start + 250, ids.count)]
                _ = try await store.append(
                    some.map { request($0, at: 0, key: "a", summary: summary("title of \($0)")) })
                try await store.putFigures(some.map { figures($0) })
            }
            let filter = ListFilter(text: "many-", date: firstDay)
            #expect(try await store.countListed(matching: filter, upTo: 5000) == ids.count)
            #expect(
                try await store.listedCases(matching: filter, in: .opening, after: nil, limit: 2).map(\.row.caseID.text)
                    == ["many-0", "many-1"])
        },
        OfficeStoreRule(
            "What reports are made of is kept with figures that are taken, and read in the order of opening"
        ) {
            store async throws in
            try await open(["z", "b", "m"], in: store)
            try await store.putFigures([
                figures("m") { $0.handling = [1] }, figures("z", version: 2) { $0.handling = [2, 0] }, figures("b"),
            ])
            func kept(after cursor: String? = nil, limit: Int = 9) async throws -> [StoredTally] {
                try await store.handlings(after: cursor.map(caseID), limit: limit)
            }
            func tally(_ id: String, _ bytes: [UInt8]) -> StoredTally { StoredTally(caseID: caseID(id), bytes: bytes) }
            #expect(try await kept() == [tally("z", [2, 0]), tally("m", [1])])
            try await store.putFigures([
                figures("z", version: 1) { $0.handling = [9] }, figures("m", version: 2) { $0.handling = [3] },
                figures("b", version: 2) { $0.handling = [] },
            ])
            #expect(try await kept() == [tally("z", [2, 0]), tally("b", []), tally("m", [3])])
            #expect(try await kept(after: "z", limit: 1) == [tally("b", [])])
        },
        OfficeStoreRule("Tasks come with figures only while the case is at their version") { store async throws in
            try await open(["c-1"], in: store)
            func names() async throws -> [String] {
                try await store.tasks(of: "fire", TaskFilter(), after: nil, limit: 9).map(\.task.name)
            }
            let task = StoredTask(name: "old", party: "fire", rank: 1)
            _ = try await store.append(request("c-1", at: 1, key: "b"))
            try await store.putFigures([figures("c-1", version: 1) { $0.tasks = [task] }])
            #expect(try await names().isEmpty)
            try await store.putFigures([figures("c-1", version: 2) { $0.tasks = [task] }])
            #expect(try await names() == ["old"])
        },
        OfficeStoreRule("What others have to do is found by who leads, or in the cases of owners") {
            store async throws in
            var row = summary("a", project: "P")
            row.owner = "owner"
            var given = request("c-1", at: 0, key: "a", summary: row)
            given.tasks = [
                StoredTask(name: "own", party: "fire", rank: 1),
                StoredTask(name: "supply", party: "applicant", rank: 2, lead: "fire"),
                StoredTask(name: "sign", party: "water", rank: 0, due: day(3), lead: "fire"),
                StoredTask(name: "other", party: "water", rank: 1),
            ]
            _ = try await store.append(given)
            func names(_ party: String, _ filter: TaskFilter, limit: Int = 9) async throws -> [String] {
                try await store.tasks(ofOthersThan: party, filter, limit: limit).map(\.task.name)
            }
            #expect(try await names("fire", TaskFilter(lead: "fire")) == ["sign", "supply"])
            #expect(try await names("fire", TaskFilter(lead: "fire"), limit: 1) == ["sign"])
            #expect(try await names("water", TaskFilter(lead: "water")).isEmpty)
            #expect(try await names("applicant", TaskFilter(owners: ["owner"])) == ["sign", "other", "own"])
            #expect(try await names("applicant", TaskFilter(owners: ["nobody"])).isEmpty)
            #expect(try await names("applicant", TaskFilter()).isEmpty)
            let found = try await store.tasks(of: "applicant", TaskFilter(owners: ["P"]), after: nil, limit: 9)
            #expect(found.map(\.task) == [given.tasks.rows[1]])
        },
        OfficeStoreRule("What somebody did of late comes newest first") { store async throws in
            try await open(["c-1", "c-2"], in: store)
            for number in 1..<5 {
                _ = try await store.append(
                    request(
                        number % 2 == 0 ? "c-1" : "c-2", at: (number + 1) / 2, key: "k\(number)", events: ["\(number)"])
                )
            }
            func found(_ actor: String, limit: Int = 9) async throws -> [String] {
                try await store.recentEvents(by: actor, depth: 100, limit: limit).map {
                    String(decoding: $0.event.payload, as: UTF8.self)
                }
            }
            #expect(try await found("officer-17 王", limit: 3) == ["4", "3", "2"])
            #expect(try await found("officer-17 王").count == 6)
            #expect(try await found("nobody").isEmpty)
            #expect(try await store.recentEvents(by: "officer-17 王", depth: 2, limit: 9).count == 2)
        },
        OfficeStoreRule("Figures that no store takes are refused whole") { store async throws in
            try await open(["c-1"], in: store)
            let bad: [(inout CaseFigures) -> Void] = [
                { $0.version = 0 }, { $0.departments = ["two words"] },
                { $0.body = Array(repeating: 0, count: CaseFigures.byteLimit + 1) },
                { $0.tasks = [StoredTask(name: "two words", party: "a", rank: 0)] },
            ]
            for change in bad {
                await expectRejected { try await store.putFigures([figures("c-1"), figures("c-1", change)]) }
            }
            #expect(try await listed(store).isEmpty)
        },
    ]
}

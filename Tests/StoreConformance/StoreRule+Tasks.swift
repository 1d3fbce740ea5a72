import Orchestrator
import Testing
import WorkCalendar

extension StoreRule {
    private static func task(
        _ name: String, _ party: String = "fire", rank: Int = 1, due day: Int? = nil, body: String = ""
    ) -> StoredTask {
        StoredTask(
            name: name, party: party, rank: rank, due: day.map { firstDay.adding(days: $0) }, body: Array(body.utf8))
    }

    private static func appending(
        _ id: String, at version: Int, key name: String, owner: String? = nil, project: String? = "P",
        _ tasks: ListChange<StoredTask>
    ) -> AppendRequest {
        var row = summary("title of \(id)", project: project)
        row.owner = owner
        var request = request(id, at: version, key: name, summary: row)
        request.tasks = tasks
        return request
    }

    private static func names(
        in store: any EventStore, of party: String = "fire", _ filter: TaskFilter = TaskFilter(),
        after cursor: CaseTask? = nil, limit: Int = 99
    ) async throws -> [String] {
        try await store.tasks(of: party, filter, after: cursor, limit: limit).map { "\($0.caseID):\($0.task.name)" }
    }

    static let tasks: [StoreRule] = [
        StoreRule("What somebody may not do is left out for them, and for nobody else") { store async throws in
            func task(_ name: String, _ barred: [String]) -> StoredTask {
                StoredTask(name: name, party: "fire", rank: 1, barred: barred)
            }
            let given = [task("free", []), task("sign", ["李工"]), task("two", ["王工", "李工"])]
            _ = try await store.append([appending("a", at: 0, key: "a", .all(given))])
            #expect(try await names(in: store) == ["a:free", "a:sign", "a:two"])
            #expect(try await store.tasks(of: "fire", TaskFilter(), after: nil, limit: 9).map(\.task) == given)
            for (person, wanted) in [("李工", 1), ("王工", 2), ("李", 3), ("工\n王", 3), ("", 3)] {
                let filter = TaskFilter(person: person)
                #expect(try await names(in: store, filter).count == wanted, "\(person)")
                let count = try await store.taskCount(of: "fire", filter, today: firstDay, horizon: firstDay)
                #expect(count.open == wanted)
            }
            // Once somebody else has signed, the row is the first one's again.
            _ = try await store.append([appending("a", at: 1, key: "b", [task("sign", ["王工"])])])
            #expect(try await names(in: store, TaskFilter(person: "李工")) == ["a:sign"])
            #expect(try await names(in: store, TaskFilter(person: "王工")).isEmpty)
        },
        StoreRule("A party's tasks come by rank, then limit, none last, then opening of the case, then name") {
            store async throws in
            _ = try await store.append([
                appending("z", at: 0, key: "a", [task("b", due: 5), task("a", due: 5), task("free", rank: 0)]),
                appending(
                    "a", at: 0, key: "a", [task("a", due: 5), task("soon", due: 1), task("top", rank: 0, due: 9)]),
                appending("m", at: 0, key: "a", [task("other", "planning", rank: 0), task("last")]),
            ])
            let all = ["a:top", "z:free", "a:soon", "z:a", "z:b", "a:a", "m:last"]
            #expect(try await names(in: store) == all)
            #expect(try await names(in: store, of: "planning") == ["m:other"])
            #expect(try await names(in: store, of: "nobody").isEmpty)
            var paged: [CaseTask] = []
            while true {
                let page = try await store.tasks(of: "fire", TaskFilter(), after: paged.last, limit: 2)
                if page.isEmpty { break }
                paged += page
            }
            #expect(paged.map { "\($0.caseID):\($0.task.name)" } == all)
            var gone = try #require(paged.first)
            gone.caseID = caseID("nowhere")
            #expect(try await names(in: store, after: gone).isEmpty)
            #expect(try await names(in: store, limit: 0).isEmpty)
        },
        StoreRule("A task is read back as it was given, with what a list shows of its case") { store async throws in
            let given = task("decide-1.0:x", "规划", rank: 99, due: -3, body: "two\nlines \u{0}")
            _ = try await store.append(appending("c-1", at: 0, key: "a", owner: "91500000MA5U4D2Y7K", [given]))
            let found = try await store.tasks(of: "规划", TaskFilter(), after: nil, limit: 9)
            #expect(
                found == [
                    CaseTask(
                        caseID: caseID("c-1"), projectCode: "P", title: "title of c-1", owner: "91500000MA5U4D2Y7K",
                        task: given)
                ])
        },
        StoreRule("An append replaces all tasks of its case, none when it names none, and no others") {
            store async throws in
            _ = try await store.append(appending("c-1", at: 0, key: "a", [task("stay", due: 5), task("move", due: 3)]))
            _ = try await store.append(appending("c-2", at: 0, key: "a", [task("stay", due: 4)]))
            _ = try await store.append(appending("c-1", at: 1, key: "b", .unchanged))
            #expect(try await names(in: store) == ["c-1:move", "c-2:stay", "c-1:stay"])
            _ = try await store.append([
                appending("c-1", at: 2, key: "c", []),
                appending(
                    "c-1", at: 3, key: "d", [task("stay", due: 5), task("move", "planning"), task("new", due: 9)]),
                appending("c-1", at: 4, key: "e", .unchanged),
            ])
            #expect(try await names(in: store) == ["c-2:stay", "c-1:stay", "c-1:new"])
            #expect(try await names(in: store, of: "planning") == ["c-1:move"])
            #expect(try await store.append(appending("c-1", at: 1, key: "late", [])) == .conflict(current: 5))
            #expect(try await names(in: store, of: "planning") == ["c-1:move"])
        },
        StoreRule("Tasks that differ from those of the request before are written, also within a batch") {
            store async throws in
            _ = try await store.append(appending("c-1", at: 0, key: "a", [task("stay", due: 1), task("go", due: 2)]))
            _ = try await store.append(appending("c-2", at: 0, key: "a", [task("go", due: 9)]))
            _ = try await store.append(
                appending(
                    "c-1", at: 1, key: "b",
                    .differences(gone: ["go", "never"], put: [task("new", due: 3), task("other", "planning")])))
            #expect(try await names(in: store) == ["c-1:stay", "c-1:new", "c-2:go"])
            #expect(try await names(in: store, of: "planning") == ["c-1:other"])
            _ = try await store.append([
                // Gone and back, put and gone, changed twice; then a whole list with a difference behind it.
                appending("c-1", at: 2, key: "c", .differences(gone: ["stay", "other"], put: [task("x", due: 4)])),
                appending("c-1", at: 3, key: "d", .unchanged),
                appending(
                    "c-1", at: 4, key: "e",
                    .differences(gone: ["x"], put: [task("stay", due: 8), task("new", "planning")])),
                appending("c-2", at: 1, key: "b", [task("a", due: 5), task("b", due: 6)]),
                appending("c-2", at: 2, key: "c", .differences(gone: ["a"], put: [task("b", due: 7)])),
            ])
            #expect(try await names(in: store) == ["c-2:b", "c-1:stay"])
            #expect(try await names(in: store, of: "planning") == ["c-1:new"])
            let found = try await store.tasks(of: "fire", TaskFilter(), after: nil, limit: 9)
            #expect(found.map(\.task) == [task("b", due: 7), task("stay", due: 8)])
        },
        StoreRule("Tasks are filtered by owner, project, cases and limit, and counted") { store async throws in
            for number in 0..<6 {
                _ = try await store.append(
                    appending(
                        "c-\(number)", at: 0, key: "a", owner: number % 2 == 0 ? "even" : nil,
                        project: number < 3 ? "P" : nil, [task("t", due: number), task("free"), task("x", "planning")]))
            }
            #expect(try await names(in: store, TaskFilter(owner: "even"), limit: 3) == ["c-0:t", "c-2:t", "c-4:t"])
            #expect(try await names(in: store, TaskFilter(owner: "odd")).isEmpty)
            #expect(try await names(in: store, TaskFilter(project: "P")).count == 6)
            let some = TaskFilter(cases: [caseID("c-5"), caseID("c-1"), caseID("none")])
            #expect(try await names(in: store, some) == ["c-1:t", "c-5:t", "c-1:free", "c-5:free"])
            #expect(try await names(in: store, TaskFilter(cases: [])).isEmpty)
            let early = TaskFilter(owner: "even", dueThrough: firstDay.adding(days: 3))
            #expect(try await names(in: store, early) == ["c-0:t", "c-2:t"])
            func count(_ filter: TaskFilter) async throws -> TaskCount {
                try await store.taskCount(
                    of: "fire", filter, today: firstDay.adding(days: 2), horizon: firstDay.adding(days: 4))
            }
            #expect(try await count(TaskFilter()) == TaskCount(open: 12, overdue: 2, dueSoon: 3))
            #expect(try await count(TaskFilter(owner: "even")) == TaskCount(open: 6, overdue: 1, dueSoon: 2))
            #expect(try await count(some) == TaskCount(open: 4, overdue: 1, dueSoon: 0))
            #expect(try await count(early) == TaskCount(open: 2, overdue: 1, dueSoon: 1))
        },
        StoreRule("Rows are found by owner and by part of the title, and counted") { store async throws in
            for (number, title) in ["住宅 100% A_1", "住宅 100 A", "厂房 a_1", "Plant é"].enumerated() {
                var row = summary(title, status: number < 2 ? "open" : "closed", project: nil)
                row.owner = number % 2 == 0 ? "owner" : nil
                _ = try await store.append(request("c-\(number)", at: 0, key: "a", summary: row))
            }
            func found(_ filter: SummaryFilter) async throws -> [String] {
                let rows = try await store.summaries(matching: filter, after: nil, limit: 9)
                #expect(try await store.count(matching: filter) == rows.count)
                return rows.map(\.caseID.text)
            }
            #expect(try await found(SummaryFilter(owner: "owner")) == ["c-0", "c-2"])
            #expect(try await found(SummaryFilter(title: "住宅")) == ["c-0", "c-1"])
            #expect(try await found(SummaryFilter(title: "0%")) == ["c-0"])
            #expect(try await found(SummaryFilter(title: "A_")) == ["c-0"])
            #expect(try await found(SummaryFilter(title: "e\u{301}")).isEmpty)
            #expect(try await found(SummaryFilter(status: "closed", owner: "owner", title: "a_1")) == ["c-2"])
            #expect(try await found(SummaryFilter()).count == 4)
            var moved = summary("厂房 a_1", project: nil)
            moved.owner = "other"
            _ = try await store.append(request("c-2", at: 1, key: "b", summary: moved))
            #expect(try await found(SummaryFilter(owner: "owner")) == ["c-0"])
            #expect(try await found(SummaryFilter(owner: "other")) == ["c-2"])
        },
        StoreRule("A request with a task that no store takes is refused whole") { store async throws in
            let bad: [[StoredTask]] = [
                [task("two words")], [task("a", "")], [task("a", rank: 100)], [task("a"), task("a", "planning")],
                [StoredTask(name: "a", party: "fire", rank: 0, body: Array(repeating: 0, count: 65_537))],
            ]
            for tasks in bad {
                let error = await #expect(throws: StoreError.self) {
                    try await store.append(appending("c-1", at: 0, key: "a", .all(tasks)))
                }
                #expect(error?.code == .rejected)
            }
            #expect(try await store.head(of: caseID("c-1")) == nil)
        },
        StoreRule("Whoever follows positions learns of every case that changed, once a page, at its last event") {
            store async throws in
            #expect(try await store.latestPosition() == 0)
            #expect(try await store.changedCases(after: 0, limit: 9).isEmpty)
            _ = try await store.append([
                request("c-1", at: 0, key: "a", events: ["1", "2"]), request("c-2", at: 0, key: "a"),
                request("c-1", at: 2, key: "b"),
            ])
            let start = try await store.latestPosition()
            let first = try await store.changedCases(after: 0, limit: 99)
            #expect(first.map(\.caseID.text) == ["c-2", "c-1"])
            #expect(first.map(\.version) == [1, 3])
            #expect(first.last?.position == start)
            #expect(try await store.changedCases(after: start, limit: 9).isEmpty)
            _ = try await store.append(request("c-3", at: 0, key: "a", events: ["1", "2", "3"]))
            _ = try await store.append(request("c-1", at: 3, key: "c"))
            var position = start
            var seen: [String] = []
            while true {
                let page = try await store.changedCases(after: position, limit: 2)
                guard let last = page.last else { break }
                seen += page.map { "\($0.caseID):\($0.version)" }
                position = last.position
            }
            #expect(seen == ["c-3:2", "c-3:3", "c-1:4"])
            #expect(try await store.latestPosition() == position)
        },
        StoreRule("Published versions are listed without their texts, page by page") { store async throws in
            for (id, version) in [("b", "2"), ("a", "10"), ("b", "1"), ("房", "1"), ("a", "9")] {
                let hash = try #require(ChainHash(Array(repeating: UInt8(version.utf8.count), count: 32)))
                try await store.putDefinition(
                    StoredDefinition(id: id, version: version, contentHash: hash, bytes: [1]))
            }
            let all = try await store.definitions(after: nil, limit: 99)
            #expect(all.map { "\($0.id) \($0.version)" } == ["a 10", "a 9", "b 1", "b 2", "房 1"])
            #expect(all.first?.contentHash == ChainHash(Array(repeating: 2, count: 32)))
            #expect(try await store.definitions(after: all[1], limit: 2) == Array(all[2...3]))
            #expect(try await store.definitions(after: all[4], limit: 2).isEmpty)
        },
    ]
}

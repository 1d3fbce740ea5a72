import Orchestrator
import Testing
import WorkCalendar

extension StoreRule {
    static let readModels: [StoreRule] = [
        StoreRule("The list row is that of the last command, with the version it shows") { store async throws in
            _ = try await store.append(request("c-1", at: 0, key: "a", summary: summary("first", project: nil)))
            let last = summary("last é e\u{301} 住宅", status: "closed", project: "P", workflow: "plant")
            _ = try await store.append([
                request("c-1", at: 1, key: "b", summary: summary("between", status: "paused")),
                request("c-1", at: 2, key: "c", events: ["x", "y"], summary: last),
            ])
            let row = try await store.summary(of: caseID("c-1"))
            #expect(row == StoredSummary(caseID: caseID("c-1"), version: 4, summary: last))
            #expect(try await store.summaries(matching: SummaryFilter(status: "open"), after: nil, limit: 9).isEmpty)
            #expect(try await store.summaries(matching: SummaryFilter(status: "paused"), after: nil, limit: 9).isEmpty)
            #expect(try await store.summaries(matching: SummaryFilter(status: "closed"), after: nil, limit: 9) == [row])
        },
        StoreRule("Lists are filtered and read page by page in the order of opening") { store async throws in
            for number in 0..<12 {
                let row = summary(
                    "number \(number)", status: number % 2 == 0 ? "open" : "closed",
                    project: number % 3 == 0 ? "P" : nil, workflow: number < 6 ? "housing" : "plant")
                // Names in falling order, so that the order of opening is seen to be another.
                _ = try await store.append(request("c-\(99 - number)", at: 0, key: "a", summary: row))
            }
            _ = try await store.append(request("c-99", at: 1, key: "b", summary: summary("number 0", project: "P")))
            func numbers(_ filter: SummaryFilter, after cursor: String? = nil, limit: Int = 99) async throws -> [Int] {
                try await store.summaries(matching: filter, after: cursor.map { caseID($0) }, limit: limit)
                    .compactMap { Int($0.summary.title.dropFirst(7)) }
            }
            #expect(try await numbers(SummaryFilter()) == Array(0..<12))
            #expect(try await numbers(SummaryFilter(status: "open")) == [0, 2, 4, 6, 8, 10])
            #expect(try await numbers(SummaryFilter(projectCode: "P")) == [0, 3, 6, 9])
            #expect(try await numbers(SummaryFilter(projectCode: "P", status: "open", workflow: "plant")) == [6])
            #expect(try await numbers(SummaryFilter(status: "lost")).isEmpty)
            #expect(try await numbers(SummaryFilter(status: "open"), limit: 2) == [0, 2])
            #expect(try await numbers(SummaryFilter(status: "open"), after: "c-97", limit: 2) == [4, 6])
            #expect(try await numbers(SummaryFilter(), after: "c-88").isEmpty)
            #expect(try await numbers(SummaryFilter(), after: "nowhere").isEmpty)
        },
        StoreRule("An append replaces all timers of its case and no others") { store async throws in
            func timer(_ name: String, _ day: Int) -> StoredTimer {
                StoredTimer(name: name, due: firstDay.adding(days: day))
            }
            func due(through day: Int) async throws -> [String] {
                try await store.dueTimers(through: firstDay.adding(days: day), after: nil, limit: 99)
                    .map { "\($0.caseID):\($0.timer.name):\($0.timer.due.days(since: firstDay))" }
            }
            _ = try await store.append(request("c-1", at: 0, key: "a", timers: [timer("stay", 5), timer("move", 3)]))
            _ = try await store.append(request("c-2", at: 0, key: "a", timers: [timer("stay", 4)]))
            #expect(try await due(through: 9) == ["c-1:move:3", "c-2:stay:4", "c-1:stay:5"])
            _ = try await store.append([
                request("c-1", at: 1, key: "b", timers: []),
                request("c-1", at: 2, key: "c", timers: [timer("stay", 5), timer("move", 6), timer("new", 1)]),
            ])
            #expect(try await due(through: 9) == ["c-1:new:1", "c-2:stay:4", "c-1:stay:5", "c-1:move:6"])
            _ = try await store.append(request("c-1", at: 3, key: "d", timers: []))
            #expect(try await due(through: 9) == ["c-2:stay:4"])
        },
        StoreRule("The office's own streams are listed under their own name only") { store async throws in
            _ = try await store.append(request("c-1", at: 0, key: "a"))
            var own = request("office.people", at: 0, key: "a")
            own.summary.workflow = CaseSummary.officeWorkflow
            _ = try await store.append(own)
            _ = try await store.append(request("c-2", at: 0, key: "a"))
            func ids(_ filter: SummaryFilter) async throws -> [String] {
                try await store.summaries(matching: filter, after: nil, limit: 9).map(\.caseID.text)
            }
            #expect(try await ids(SummaryFilter()) == ["c-1", "c-2"])
            #expect(try await ids(SummaryFilter(workflow: CaseSummary.officeWorkflow)) == ["office.people"])
        },
        StoreRule("A timer is due from its day on, and stays until its case leaves it out") { store async throws in
            _ = try await store.append(
                request("c-1", at: 0, key: "a", timers: [StoredTimer(name: "limit", due: firstDay)]))
            #expect(try await store.dueTimers(through: firstDay.adding(days: -1), after: nil, limit: 9).isEmpty)
            for _ in 0..<2 {
                #expect(try await store.dueTimers(through: firstDay, after: nil, limit: 9).count == 1)
            }
            #expect(try await store.dueTimers(through: firstDay.adding(days: 400), after: nil, limit: 9).count == 1)
        },
        StoreRule("Due timers are read page by page, earliest first") { store async throws in
            for number in 0..<5 {
                let timers = ["b", "a"].map { StoredTimer(name: $0, due: firstDay.adding(days: (number * 3) % 5 / 2)) }
                _ = try await store.append(request("c-\(number)", at: 0, key: "a", timers: timers))
            }
            let all = try await store.dueTimers(through: firstDay.adding(days: 9), after: nil, limit: 99)
            #expect(
                all.map { "\($0.caseID)\($0.timer.name)" }
                    == ["c-0a", "c-0b", "c-2a", "c-2b", "c-1a", "c-1b", "c-4a", "c-4b", "c-3a", "c-3b"])
            var paged: [DueTimer] = []
            while true {
                let page = try await store.dueTimers(through: firstDay.adding(days: 9), after: paged.last, limit: 3)
                if page.isEmpty { break }
                paged += page
            }
            #expect(paged == all)
        },
    ]
}

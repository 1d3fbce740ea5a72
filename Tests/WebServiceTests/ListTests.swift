import CaseEngine
import Foundation
import HTTPTypes
import HummingbirdTesting
import Orchestrator
import Planning
import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

/// Lists of work and cases: what is in them, for whom, in which order, and page by page.
@Suite("Lists")
struct ListTests {
    /// More cases of the same workflow, opened on days one after another, of some owner.
    private func open(_ count: Int, in city: TestCity, owner: String = "别的公司", from first: Int = 0) async throws {
        let publication = try await city.here.publication(of: TestCity.workflow, version: nil, on: TestCity.today)
        for number in first..<first + count {
            let digits = String(100_000 + number).dropFirst()
            let (project, facts) = try ProjectReading.read(
                try JSONReading.read(
                    Array(
                        """
                        {"project": "2401-500112-04-02-0\(digits)", "title": {"zh": "项目 \(digits)", "en": "Project \(digits)"},
                         "owner": {"zh": "\(owner)", "en": "\(owner)"},
                         "facts": {"projectClass": "building", "investment": "social", "size": "general", "floorArea": 40000}}
                        """.utf8)), for: publication.workflow)
            _ = try await city.here.orchestrator.open(
                try #require(CaseID("more-\(digits)")), with: publication, project: project, facts: facts,
                on: TestCity.today.adding(days: -30 + number % 25), by: Actor(role: .applicant, name: "某人"),
                at: city.here.clock.now)
        }
    }

    private func rows(_ text: String, _ name: String = "data-case") -> [String] {
        text.split(separator: "\(name)=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }

    /// The address behind a link's words.
    private func link(_ words: String, in text: String) -> String? {
        guard let end = text.range(of: ">\(words)<")?.lowerBound,
            let start = text[..<end].range(of: "href=\"", options: .backwards)?.upperBound
        else { return nil }
        return String(text[start..<end].prefix { $0 != "\"" }).replacing("&amp;", with: "&")
    }

    @Test("Every case that one may read is listed once, page by page, and no other")
    func cases() async throws {
        let city = try await TestCity()
        try await open(60, in: city)
        let all = 61
        try await city.test { client in
            for account in ["window", "supervisor", "manager", "handler", "handler-other"] {
                let token = try await city.token(of: account)
                for sort in ["", "updated", "finish"] {
                    var address: String? = "/cases?lang=zh&sort=\(sort)"
                    var seen: [String] = []
                    while let page = address {
                        let answer = try await client.send(.get, page, token: token)
                        #expect(answer.status == .ok, "\(account) \(page)")
                        seen += rows(answer.text)
                        address = link("下一页", in: answer.text).map { $0 + "&lang=zh" }
                        #expect(seen.count <= all)
                        if seen.count > all { break }
                    }
                    #expect(seen.count == all && Set(seen).count == all, "\(account) by \(sort)")
                }
            }
            // Whose cases they are not sees none; the owner sees the one.
            for (account, wanted) in [
                ("applicant", [TestCity.caseID]), ("applicant-other", []), ("agent", [TestCity.caseID]),
                ("agent-other", []), ("intermediary-other", []), ("technicalunit-other", []), ("utility-other", []),
            ] {
                let token = try await city.token(of: account)
                let page = try await client.send(.get, "/cases", token: token)
                #expect(rows(page.text) == wanted, "\(account)")
                let json = try await client.send(.get, "/v1/cases", token: token).json
                #expect(json["rows"].elements.map { $0["case"].text } == wanted, "\(account)")
            }
        }
    }

    @Test("A list of cases is filtered by text, status and light, and says what it found")
    func filters() async throws {
        let city = try await TestCity()
        try await open(3, in: city)
        _ = try await city.here.orchestrator.perform(
            .withdrawCase(reason: "不建了"), on: try #require(CaseID("more-00001")), key: try #require(CommandKey("w")),
            by: Actor(role: .applicant, name: "某人"), on: TestCity.today, at: city.here.clock.now)
        let token = try await city.token(of: "window")
        try await city.test { client in
            func found(_ query: String) async throws -> [String] {
                rows(try await client.send(.get, "/cases?\(query)", token: token).text).sorted()
            }
            #expect(try await found("q=project%2000002") == ["more-00002"])
            #expect(try await found("q=MORE-0000") == ["more-00000", "more-00001", "more-00002"])
            #expect(try await found("q=nothing").isEmpty)
            #expect(try await found("status=withdrawn") == ["more-00001"])
            #expect(try await found("status=open").count == 3)
            var byLight: [String] = []
            for light in DeadlineLight.allCases { byLight += try await found("light=\(light.rawValue)") }
            let snapshots = try await ["case-here", "more-00000", "more-00002"].asyncMap { id in
                CaseView(try await city.here.orchestrator.snapshot(of: try #require(CaseID(id))), on: TestCity.today)
            }
            #expect(byLight.sorted() == snapshots.filter { $0.light != nil }.map(\.id).sorted())
        }
    }

    @Test("An inbox has what is asked of its reader in the store's order, page by page")
    func inbox() async throws {
        let city = try await TestCity()
        try await open(40, in: city)
        for account in ["window", "applicant", "handler", "supervisor", "manager", "applicant-other"] {
            let token = try await city.token(of: account)
            let found = try #require(try await city.here.accounts.account(account))
            let person = Person(
                tenant: "here", account: account, name: account, posts: found.posts, post: found.posts[0], session: nil)
            let wanted = try await city.here.tasks(of: person, TaskFilter(), after: nil, limit: 1000)
            try await city.test { client in
                var address: String? = "/work?lang=zh"
                var seen: [String] = []
                var pages = 0
                while let page = address, pages < 20 {
                    let answer = try await client.send(.get, page, token: token)
                    #expect(answer.status == .ok, "\(account) \(page)")
                    let now = answer.text.split(separator: "aria-labelledby=\"waiting\"")[0]
                    seen += rows(String(now), "data-row")
                    address = link("下一页", in: answer.text).map { $0 + "&lang=zh" }
                    pages += 1
                }
                #expect(seen == wanted.map { "\($0.caseID)/\($0.task.name)" }, "\(account)")
                // Programs get the same, by their own cursor.
                var cursor: String?
                var told: [String] = []
                repeat {
                    let query = "limit=7" + (cursor.map { "&cursor=\(Links.escaped($0))" } ?? "")
                    let json = try await client.send(.get, "/v1/tasks?\(query)", token: token).json
                    told += json["rows"].elements.map { "\($0["case"].text ?? "")/\($0["task"].text ?? "")" }
                    cursor = json["next"].text
                } while cursor != nil && told.count < 1000
                #expect(told == seen, "\(account)")
                #expect(try await client.send(.get, "/v1/tasks?cursor=9", token: token).status == .badRequest)
            }
        }
    }

    @Test("A row of an inbox says what the case itself says of the request")
    func inboxRows() async throws {
        let city = try await TestCity()
        try await open(25, in: city)
        var compared = 0
        for row in try await city.here.summaries(SummaryFilter(), limit: 100) {
            let view = CaseView(try await city.here.orchestrator.snapshot(of: row.caseID), on: TestCity.today)
            for request in view.requests {
                let found = try await city.here.store.tasks(
                    of: request.party.name, TaskFilter(cases: [row.caseID]), after: nil, limit: 1000)
                let task = try #require(found.first { $0.task.name == request.id })
                let body = try #require(TaskBody(task.task.body))
                let calendar = try await city.here.orchestrator.calendar(
                    try #require(body.calendar), version: try #require(body.calendarVersion))
                let (stored, live) = (
                    WorkRow(task, on: TestCity.today, calendar: calendar), WorkRow(request, of: view)
                )
                #expect(stored.ask == live.ask)
                #expect(stored.item == live.item)
                #expect(stored.project == live.project)
                #expect(stored.party == live.party)
                #expect(stored.link == live.link)
                #expect(stored.due == live.due && stored.since == live.since)
                #expect(stored.deadline?.light == live.deadline?.light, "\(row.caseID) \(request.id)")
                #expect(stored.isGreen == live.isGreen && stored.id == live.id)
                compared += 1
            }
        }
        #expect(compared > 20)
    }

    @Test("The board adds up what cases add, sees a change at once, and names departments one by one")
    func board() async throws {
        let city = try await TestCity()
        try await open(12, in: city)
        func whole() async throws -> SupervisionBoard {
            var board = SupervisionBoard(asOf: TestCity.today)
            for row in try await city.here.allCases(SummaryFilter()) {
                let snapshot = try await city.here.orchestrator.snapshot(of: row.caseID)
                board.add(row.caseID.text, snapshot.machine, snapshot.state)
            }
            return board
        }
        for number in 0..<3 {
            let expected = try await whole()
            let board = try await city.here.board.board(of: nil, on: TestCity.today).board
            #expect(board.cases == expected.cases)
            #expect(board.departments.mapValues(\.counts) == expected.departments.mapValues(\.counts))
            try await open(1, in: city, from: 50 + number)
            // What was just shown may be shown again for a moment.
            try await Task.sleep(for: .milliseconds(400))
        }
        let token = try await city.token(of: "supervisor")
        try await city.test { client in
            for path in ["/supervision", "/supervision?department=\(TestCity.lead)", "/supervision?department=nobody"] {
                let answer = try await client.send(.get, path, token: token)
                #expect(answer.status == .ok, "\(path)")
            }
        }
    }

    @Test("A forecast is found once for a version of a case and a day, and so many are kept")
    func forecasts() async throws {
        let view = try await SampleOffice.reference().view
        let forecasts = Forecasts(limit: 3)
        let first = try forecasts.forecast(of: view.snapshot, in: "a", on: view.today, runs: 50)
        let again = try forecasts.forecast(of: view.snapshot, in: "a", on: view.today, runs: 50)
        #expect("\(first.finish)" == "\(again.finish)")
        #expect(forecasts.count == 1)
        for day in 0..<5 {
            _ = try forecasts.forecast(of: view.snapshot, in: "a", on: view.today.adding(days: day), runs: 50)
        }
        #expect(forecasts.count == 3)
    }

    @Test("A cursor is read back, and no other text is one")
    func cursors() throws {
        let task = CaseTask(
            caseID: try #require(CaseID("a.b_c:d-1")), projectCode: nil, title: "", owner: nil,
            task: StoredTask(name: "x.y:1.0:file", party: "", rank: 7, due: TestCity.today))
        #expect(CaseTask(cursor: task.cursor)?.cursor == task.cursor)
        for text in ["", "1", "~~~", "100~~a~b", "-1~~a~b", "1~x~a~b", "1~~a b~c", "9~99999999999999999999~a~b"] {
            #expect(CaseTask(cursor: text) == nil, "\(text)")
        }
        let place = ListPlace(day: ListOrder.noDay, caseID: task.caseID)
        #expect(ListPlace(cursor: place.cursor) == place)
        for text in ["", "~", "a~b", "-5~b", "5~", "5"] { #expect(ListPlace(cursor: text) == nil, "\(text)") }
    }
}

extension Array {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async throws -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}

import CaseEngine
import HTTPTypes
import HummingbirdTesting
import Orchestrator
import Planning
import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

/// What takes long is computed by the nodes of a city, whoever asks and wherever.
@Suite struct JobTests {
    private static let body = #"{"case":"\#(TestCity.caseID)","runs":5000,"seed":7}"#

    private static func ask(
        _ client: any TestClientProtocol, _ token: String, key: String, path: String = "/v1/simulations",
        _ body: String = JobTests.body
    ) async throws -> TestResponse {
        try await client.send(.post, path, token: token, json: body, headers: [.idempotencyKey: key])
    }

    /// The job once it is over.
    private static func ended(
        _ client: any TestClientProtocol, _ token: String, _ path: String
    ) async throws -> JSONText {
        for _ in 0..<1200 {
            let job = try await client.send(.get, path, token: token).json
            if let state = job["state"].text, state != "waiting", state != "running" { return job }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("the job did not end")
        throw CancellationError()
    }

    @Test("Two who ask the same share one job; it outlives the service, and no other city sees it")
    func shared() async throws {
        let city = try await TestCity()
        let one = try await city.token(of: "manager")
        let other = try await city.token(of: "supervisor")
        let foreign = try await city.token(of: "manager", in: city.there)
        let path = try await city.test { client in
            let first = try await Self.ask(client, one, key: "s1")
            #expect(first.status == .accepted, "\(first.text)")
            #expect(first.json["state"].text == "waiting")
            let second = try await Self.ask(client, other, key: "s2")
            #expect(second.json["id"] == first.json["id"])
            let path = try #require(first.headers[.location])
            #expect(try await client.send(.get, path, token: foreign).status == .notFound)
            return path
        }
        // Nobody computed anything yet, and the service is started again.
        let later = city.again()
        try await later.working {
            try await later.test { client in
                let job = try await Self.ended(client, other, path)
                #expect(job["state"].text == "done", "\(job.compact.prefix(500))")
                #expect(job["done"] == .integer(5000) && job["total"] == .integer(5000))
                #expect(job["result"]["runs"] == .integer(5000))
                let list = try await client.send(.get, "/v1/simulations", token: one).json["jobs"].elements
                #expect(list.map { $0["id"] } == [job["id"]])
                // The page of the same job.
                let id = try #require(job["id"].text)
                let page = try await client.send(
                    .get, Links.simulation(id), headers: [.cookie: "session=\(one)"])
                #expect(page.status == .ok && page.text.contains("5000 次"))
            }
        }
    }

    @Test("One node and three come to the same bits")
    func sameBits() async throws {
        var results: [JSONText] = []
        for nodes in [1, 3] {
            let city = try await TestCity()
            let token = try await city.token(of: "manager")
            let job = try await city.working(nodes: nodes) {
                try await city.test { client in
                    let path = try #require(try await Self.ask(client, token, key: "k").headers[.location])
                    return try await Self.ended(client, token, path)
                }
            }
            results.append(job["result"])
        }
        #expect(results[0] == results[1] && results[0] != .null)
    }

    @Test("A job that is stopped keeps what was done, marked partial; asked again it is a new one")
    func stopped() async throws {
        let city = try await TestCity()
        let token = try await city.token(of: "manager")
        let body = #"{"case":"\#(TestCity.caseID)","runs":400000,"seed":1}"#
        try await city.test { client in
            let path = try #require(try await Self.ask(client, token, key: "a", body).headers[.location])
            try await city.working {
                for _ in 0..<1200 {
                    if case .integer(let done) = try await client.send(.get, path, token: token).json["done"], done > 0
                    {
                        break
                    }
                    try await Task.sleep(for: .milliseconds(20))
                }
                #expect(
                    try await client.send(
                        .delete, path, token: token, headers: [.idempotencyKey: "d"]
                    ).status == .noContent)
            }
            let job = try await client.send(.get, path, token: token).json
            #expect(job["state"].text == "cancelled" && job["partial"] == .bool(true))
            guard case .integer(let runs) = job["result"]["runs"] else {
                Issue.record("no result: \(job.compact.prefix(300))")
                return
            }
            #expect(runs > 0 && runs < 400_000)
            // Nobody did anything of this one.
            let again = try await Self.ask(client, token, key: "b", body)
            #expect(again.json["id"] != job["id"] && again.json["state"].text == "waiting")
            let second = try #require(again.headers[.location])
            #expect(
                try await client.send(
                    .delete, second, token: token, headers: [.idempotencyKey: "e"]
                ).status == .noContent)
            let nothing = try await client.send(.get, second, token: token).json
            #expect(nothing["state"].text == "cancelled" && nothing["result"] == .null)
            #expect(nothing["problem"]["code"].text == "cancelled")
        }
    }

    @Test("A comparison is its two simulations, and shares the plain one with whoever asks for it alone")
    func comparison() async throws {
        let city = try await TestCity()
        let snapshot = try await city.here.snapshot(of: TestCity.caseID)
        let governing = try #require(snapshot.state.governing)
        let account = try #require(try await city.here.accounts.account("manager"))
        let person = Person(
            tenant: "here", account: account.id, name: account.name, posts: account.posts, post: account.posts[0],
            session: nil)
        let lever = try #require(
            snapshot.machine.plan.workflow.availableLevers(facts: snapshot.machine.plan.facts).first {
                $0.requires.isEmpty
            })
        let subject = JobSubject(governing, start: TestCity.today)
        let plain = SimulationJob(subject, seed: 3, runs: 1000)
        var request = SimulationRequest(.caseFile(TestCity.caseID), start: TestCity.today)
        (request.runs, request.seed) = (1000, 3)
        let title = LocalizedText(zh: "样例", en: "Sample")
        let chances = try await city.here.jobs.submit(
            request, .simulation(plain), publication: nil, subject: title, by: person)
        request.question = .comparison
        request.levers = [lever.id]
        let both = try await city.here.jobs.submit(
            request, .comparison(plain, SimulationJob(subject, levers: [lever.id], seed: 3, runs: 1000)),
            publication: nil, subject: title, by: person)
        #expect(both.card.jobs.count == 2 && both.card.jobs[0] == chances.card.jobs[0])
        // Stopping one leaves the other its part.
        try await city.here.jobs.cancel(both)
        let outcome = try await city.working {
            for _ in 0..<1200 {
                if let now = try await city.here.jobs.standing(chances.id), now.state == .done {
                    return try await city.here.jobs.outcome(of: now)
                }
                try await Task.sleep(for: .milliseconds(20))
            }
            return nil
        }
        guard case .chances(let report)? = outcome?.result else {
            Issue.record("no report")
            return
        }
        #expect(report.runs == 1000 && !report.isPartial)
    }

    @Test("Advice is found by a node, and every service reports the same")
    func advice() async throws {
        let city = try await TestCity()
        let token = try await city.token(of: "manager")
        let body = #"{"case":"\#(TestCity.caseID)","limit":"30wd","seconds":5}"#
        try await city.working {
            let (path, job) = try await city.test { client in
                let asked = try await Self.ask(client, token, key: "a", path: "/v1/advice", body)
                #expect(asked.status == .accepted, "\(asked.text)")
                let path = try #require(asked.headers[.location])
                return (path, try await Self.ended(client, token, path))
            }
            #expect(job["state"].text == "done" && job["kind"].text == "advice")
            #expect(job["result"]["chosen"] != .null || job["result"]["outcome"] != .null, "\(job.compact.prefix(300))")
            let elsewhere = try await city.again().test { client in
                try await client.send(.get, path, token: token).json
            }
            #expect(elsewhere["result"] == job["result"])
        }
    }

    @Test("A person has eight jobs open at most; what cannot be computed is not even begun")
    func bounded() async throws {
        let city = try await TestCity()
        let token = try await city.token(of: "manager")
        let other = try await city.token(of: "supervisor")
        try await city.test { client in
            func body(_ seed: Int) -> String { #"{"case":"\#(TestCity.caseID)","runs":100,"seed":\#(seed)}"# }
            for seed in 0..<JobDesk.mostOpenOfPerson {
                #expect(try await Self.ask(client, token, key: "k\(seed)", body(seed)).status == .accepted)
            }
            let refused = try await Self.ask(client, token, key: "more", body(100))
            #expect(refused.status == .tooManyRequests && refused.json["code"].text == "tooManyJobs")
            #expect(refused.headers[.retryAfter] != nil)
            #expect(try await Self.ask(client, other, key: "o", body(100)).status == .accepted)
            #expect(try await Self.ask(client, token, key: "same", body(3)).status == .accepted, "it is there already")
            let unknown = try await Self.ask(client, token, key: "u", #"{"case":"none","runs":100}"#)
            #expect(unknown.status == .notFound)
        }
    }

    @Test("People start one from a page, see it go on, and stop it")
    func pages() async throws {
        let city = try await TestCity()
        let cookie = try await city.token(of: "manager")
        try await city.test { client in
            let path = Links.simulation(of: TestCity.caseID)
            let form = try await client.send(.get, path, headers: [.cookie: "session=\(cookie)"])
            let token = try #require(form.text.split(separator: #"name="_token" value=""#).dropFirst().first)
                .prefix { $0 != "\"" }
            let begun = try await client.send(
                .post, path, form: "_token=\(token)&question=chances&start=2026-03-09&runs=300&seed=2",
                headers: [.cookie: "session=\(cookie)"])
            #expect(begun.status == .seeOther, "\(begun.text)")
            let job = try #require(begun.headers[.location])
            let waiting = try await client.send(.get, job, headers: [.cookie: "session=\(cookie)"])
            #expect(waiting.text.contains("<progress"))
            let wrong = try await client.send(
                .post, path, form: "_token=\(token)&question=comparison&start=2026-03-09&lever=none",
                headers: [.cookie: "session=\(cookie)"])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("none"))
            let stopped = try await client.send(
                .post, job + "/cancel", form: "_token=\(token)", headers: [.cookie: "session=\(cookie)"])
            #expect(stopped.status == .seeOther)
            let after = try await client.send(.get, job, headers: [.cookie: "session=\(cookie)"])
            #expect(after.text.contains("已停止"))
        }
    }
}

import Logging
import Synchronization
import Testing
import WorkCalendar

@testable import Orchestrator

@Suite("Parts of a node")
struct NodePartTests {
    @Test("Work has one owner among nodes, and changes hands only to or from a node that came or went")
    func shares() {
        let nodes = ["a", "b", "c", "d"]
        let work = (0..<200).map { "work/\($0)" }
        func owner(_ name: String, among nodes: [String]) -> [String] {
            nodes.filter { WorkShare(alive: nodes, own: $0).isOwn(name) }
        }
        var counts: [String: Int] = [:]
        for name in work {
            let owners = owner(name, among: nodes)
            #expect(owners.count == 1)
            counts[owners[0], default: 0] += 1
            let without = owner(name, among: nodes.filter { $0 != "c" })
            if owners != ["c"] { #expect(without == owners) }
        }
        #expect(nodes.allSatisfy { counts[$0, default: 0] > 25 }, "\(counts)")
        #expect(WorkShare(alive: [], own: "new").isOwn("anything"))
    }

    @Test("The breaker opens after so many failures in a row, lets one call try, and opens for longer when that fails")
    func breaker() {
        let start = Instant(milliseconds: 0)
        func after(_ seconds: Int64) -> Instant { start.adding(milliseconds: seconds * 1000) }
        var breaker = CircuitBreaker(threshold: 3, rest: Backoff(first: .seconds(5), longest: .seconds(8)))
        func allows(_ seconds: Int64) -> Bool { breaker.allows(at: after(seconds)) }
        for _ in 0..<2 {
            #expect(allows(0))
            breaker.fail(at: start)
        }
        breaker.succeed()
        for _ in 0..<3 { breaker.fail(at: start) }
        #expect(!allows(4))
        #expect(allows(5))
        #expect(!allows(5), "one call tries")
        breaker.fail(at: after(5))
        #expect(!allows(12))
        #expect(allows(13), "the longest rest is 8 s")
        breaker.succeed()
        #expect(allows(13))
        #expect(breaker.state == .closed(failures: 0))
    }

    @Test("What is waited grows with failures up to a bound, and by chance lies anywhere below")
    func backoff() {
        let backoff = Backoff(first: .milliseconds(100), longest: .seconds(2))
        #expect((1...7).map { backoff.bound(after: $0).milliseconds } == [100, 200, 400, 800, 1600, 2000, 2000])
        #expect(backoff.bound(after: .max) == .seconds(2))
        let delays = (0..<200).map { _ in backoff.delay(after: 5) }
        #expect(delays.allSatisfy { $0 >= .zero && $0 <= .milliseconds(1600) })
        #expect((delays.min() ?? .zero) < .milliseconds(400))
        #expect((delays.max() ?? .zero) > .milliseconds(1200))
    }

    @Test("Meters read as Prometheus reads them, and their series are bounded")
    func meters() {
        let registry = MeterRegistry()
        let requests = registry.counter("requests_total", "Requests.", labels: ["route", "status"])
        requests.add(2, "/cases", "200")
        requests.add(1, "/a\"b\\\n", "500")
        registry.gauge("leases", "Leases.").set(1.5)
        let seconds = registry.histogram("wait_seconds", "Waiting.", bounds: [0.1, 1])
        for value in [0.05, 0.1, 0.5, 3] { seconds.observe(value) }
        #expect(
            registry.text == """
                # HELP leases Leases.
                # TYPE leases gauge
                leases 1.5
                # HELP requests_total Requests.
                # TYPE requests_total counter
                requests_total{route="/a\\"b\\\\\\n",status="500"} 1
                requests_total{route="/cases",status="200"} 2
                # HELP wait_seconds Waiting.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{le="0.1"} 2
                wait_seconds_bucket{le="1"} 3
                wait_seconds_bucket{le="+Inf"} 4
                wait_seconds_sum 3.65
                wait_seconds_count 4

                """)
        #expect(registry.counter("requests_total", "", labels: ["route", "status"]) === requests)
        for number in 0..<1000 { requests.add(1, "/\(number)", "200") }
        #expect(registry.text.split(separator: "\n").count < 220)
        #expect(requests.value("other", "other") > 700)
    }

    @Test("A line of the log is one JSON object, whatever somebody puts in")
    func logLines() throws {
        let lines = Mutex<[String]>([])
        var logger = Logger(label: "l") { label in
            JSONLogHandler(label: label) { line in lines.withLock { $0.append(line) } }
        }
        logger[metadataKey: "case"] = "c-1"
        logger.info("one\n{\"level\":\"x\"} \u{2028}", metadata: ["message": "two", "a": "\u{0}"])
        logger.debug("not said")
        let said = lines.withLock { $0 }
        #expect(said.count == 1)
        let line = try #require(said.first)
        #expect(line.hasSuffix("}\n"))
        #expect(line.count { $0.isNewline } == 1)
        #expect(line.contains("\"message\":\"one\\u000a{\\\"level\\\":\\\"x\\\"} \\u2028\""))
        #expect(line.contains("\"_message\":\"two\""))
        #expect(line.contains("\"a\":\"\\u0000\""))
        #expect(line.contains("\"case\":\"c-1\""))
    }

    @Test("An accelerated office begins on its date and passes its days at its pace")
    func acceleratedClock() async throws {
        let start = Office.start
        let clock = AcceleratedClock(from: start, day: .milliseconds(40))
        #expect(clock.untilTomorrow <= .milliseconds(40))
        try await Task.sleep(for: .milliseconds(130))
        #expect(clock.today >= start.adding(days: 3))
        let slow = AcceleratedClock(from: start, day: .seconds(86_400))
        #expect(slow.today == start)
    }
}

import Orchestrator
import TestSupport
import Testing
import WorkCalendar

@testable import PostgresStore

@Suite("Segments of the log")
struct SegmentTests {
    private static let caseID = CaseID(sample: "c-1")

    private static func entry(_ random: inout SeededGenerator, like before: LogSegment.Entry?) -> LogSegment.Entry {
        func text(_ length: Int) -> String {
            String((0..<length).map { _ in "abc.定-x1".randomElement(using: &random) ?? "a" })
        }
        func key() -> CommandKey {
            CommandKey((0..<Int.random(in: 1...20, using: &random)).map { _ in "k" }.joined()) ?? CommandKey("k")!
        }
        let isLike = before != nil && Bool.random(using: &random)
        let length = Int.random(in: 0...3, using: &random) == 0 ? 0 : Int.random(in: 0...600, using: &random)
        let event = NewEvent(
            kind: ["becameReady", "completed", "x"].randomElement(using: &random) ?? "x",
            schema: Bool.random(using: &random) ? 1 : Int.random(in: 2...900, using: &random),
            on: isLike
                ? before?.event.on ?? .earliest
                : LocalDate(dayNumber: Int.random(in: -700_000...900_000, using: &random)),
            at: isLike
                ? before?.event.at ?? .now : Instant(milliseconds: Int64.random(in: .min ... .max, using: &random)),
            actor: isLike ? before?.event.actor ?? "a" : text(Int.random(in: 1...40, using: &random)),
            payload: (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) })
        return (event, isLike ? before?.key ?? key() : key())
    }

    private static func entries(_ count: Int, _ random: inout SeededGenerator) -> [LogSegment.Entry] {
        var entries: [LogSegment.Entry] = []
        for _ in 0..<count { entries.append(entry(&random, like: entries.last)) }
        return entries
    }

    @Test("Events come out as they went in, whatever they are", arguments: 0..<200)
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let entries = Self.entries(Int.random(in: 1...30, using: &random), &random)
        let back = try #require(LogSegment.unpack(LogSegment.pack(entries)))
        #expect(back.map(\.event) == entries.map(\.event))
        #expect(back.map(\.key) == entries.map(\.key))
    }

    @Test("A row that was changed in any byte, or cut anywhere, is never taken for whole")
    func damage() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<10 {
            let entries = Self.entries(4, &random)
            var sealer = HashChain.Sealer()
            var hash = ChainHash.zero
            for (offset, entry) in entries.enumerated() {
                hash = sealer.hash(entry.event, of: Self.caseID, sequence: offset + 1, key: entry.key, after: hash)
            }
            let head = Head(version: 4, hash: hash)
            func read(_ body: [UInt8], count: Int = 4) -> [EventRecord] {
                LogSegment.records(of: Self.caseID, last: 4, count: count, hash: hash, previous: nil, body: body)
            }
            let body = LogSegment.pack(entries)
            #expect(try HashChain.verify(read(body), of: Self.caseID, expecting: head) == head)
            for place in body.indices {
                var changed = body
                changed[place] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &random)
                // Deflated text has bits that mean nothing: what reads the same is the same.
                if let same = LogSegment.unpack(changed), same.map(\.event) == entries.map(\.event),
                    same.map(\.key) == entries.map(\.key)
                {
                    continue
                }
                #expect(throws: HashChain.Flaw.changed(1)) {
                    try HashChain.verify(read(changed), of: Self.caseID, expecting: head)
                }
            }
            for length in body.indices {
                #expect(throws: HashChain.Flaw.self) {
                    try HashChain.verify(read(Array(body[..<length])), of: Self.caseID, expecting: head)
                }
            }
            for count in [-1, 0, 1, 3, 5, 1 << 40] {
                #expect(throws: HashChain.Flaw.self) {
                    try HashChain.verify(read(body, count: count), of: Self.caseID, expecting: head)
                }
            }
        }
    }

    @Test("The dictionary is the one that stored rows were packed with")
    func dictionary() {
        // Another text needs another number, or what was stored under this one cannot be read.
        var sum: UInt64 = 14_695_981_039_346_656_037
        for byte in LogSegment.dictionary { sum = (sum ^ UInt64(byte)) &* 1_099_511_628_211 }
        #expect(LogSegment.dictionary.count == 2_020 && sum == 13_775_125_944_690_186_216)
    }

    @Test("What an earlier version wrote, an event a row, is read and verified with what came after", .needsPostgreSQL)
    func earlierRows() async throws {
        try await TestDatabase.with { database in
            let store = try await database.open()
            // As version 1 left a case: the events in rows of their own, the position with the command.
            var head = Head.empty
            for version in 0..<3 {
                let request = AppendRequest.sample("c-1", at: version)
                let record = HashChain.seal(request.events[0], of: Self.caseID, key: request.key, after: head)
                let event = record.event
                if version == 0 {
                    try await database.execute(
                        """
                        INSERT INTO cases (id, version, hash, status, workflow, workflow_version, title, opened_on, updated_on,
                            body) VALUES ('c-1', 1, '\\x\(record.hash)', 'open', 'w', '1', 'c-1', 20000, 20000, '')
                        """)
                }
                let payload = event.payload.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                try await database.execute(
                    """
                    INSERT INTO events (case_number, sequence, kind, schema, on_day, at_ms, actor, key, payload,
                        previous_hash, hash)
                    SELECT number, \(version + 1), '\(event.kind)', 1, \(event.on.dayNumber), \(event.at.milliseconds),
                        '\(event.actor)', '\(record.key)', '\\x\(payload)', '\\x\(record.previousHash)', '\\x\(record.hash)'
                    FROM cases WHERE id = 'c-1'
                    """,
                    """
                    INSERT INTO commands (case_number, key, version, answer, position, event_count)
                    SELECT number, '\(record.key)', \(version + 1), '', (pg_current_xact_id()::text::bigint << 20) + 1, 1
                    FROM cases WHERE id = 'c-1'
                    """, "UPDATE cases SET version = \(version + 1), hash = '\\x\(record.hash)' WHERE id = 'c-1'")
                head = Head(version: version + 1, hash: record.hash)
            }
            let before = try await store.latestPosition()
            #expect(try await store.changedCases(after: 0, limit: 10).map(\.version) == [3])
            for version in 3..<6 {
                let outcome = try await store.append([.sample("c-1", at: version, on: head.hash)]).first
                guard case .appended(let new)? = outcome else {
                    Issue.record("\(String(describing: outcome))")
                    return
                }
                head = new
            }
            let log = try await store.events(of: Self.caseID, after: 0, limit: .max)
            #expect(log.map(\.sequence) == Array(1...6))
            #expect(try HashChain.verify(log, of: Self.caseID, expecting: head) == head)
            for after in 0...6 {
                let page = try await store.events(of: Self.caseID, after: after, limit: 2)
                #expect(page == Array(log.dropFirst(after).prefix(2)))
            }
            #expect(try await store.changedCases(after: before, limit: 10).map(\.version) == [6])
            #expect(try await store.latestPosition() > before)
            #expect(
                try await store.append([.sample("c-1", at: 1)]) == [.repeated(StoredAnswer(answer: [], version: 2))])
            #expect(try await store.inspect().events == 6)
            try await store.close()
        }
    }

    @Test("Many events of many cases in one transaction are followed page by page, each once", .needsPostgreSQL)
    func pages() async throws {
        try await TestDatabase.with { database in
            let store = try await database.open()
            let batch = (0..<5).flatMap { number in
                (0..<4).map { step -> AppendRequest in
                    var request = AppendRequest.sample("c-\(number)", at: step * 3)
                    request.events = Array(repeating: request.events[0], count: 3)
                    return request
                }
            }
            _ = try await store.append(batch)
            for limit in [1, 2, 5, 7, 100] {
                var (position, versions): (Int64, [CaseID: Int]) = (0, [:])
                while true {
                    let page = try await store.changedCases(after: position, limit: limit)
                    guard let last = page.last else { break }
                    for change in page {
                        #expect(change.version > versions[change.caseID, default: 0])
                        versions[change.caseID] = change.version
                    }
                    position = last.position
                }
                #expect(versions.values.allSatisfy { $0 == 12 } && versions.count == 5, "\(limit)")
                #expect(try await store.latestPosition() == position)
            }
            for number in 0..<5 {
                let id = CaseID(sample: "c-\(number)")
                let log = try await store.events(of: id, after: 0, limit: .max)
                #expect(log.count == 12)
                try HashChain.verify(log, of: id, expecting: try await store.head(of: id))
            }
            #expect(try await database.integer("SELECT count(*) FROM segments") == 5)
            try await store.close()
        }
    }
}

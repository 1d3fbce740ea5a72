import Orchestrator
import Testing
import WorkCalendar

extension StoreRule {
    static let appending: [StoreRule] = [
        StoreRule("An appended event is read back exactly as it was given") { store async throws in
            let given = NewEvent(
                kind: "opinion.given", schema: 3, on: firstDay, at: Instant(milliseconds: -1), actor: "张三 👩🏽‍💼",
                payload: [0x00, 0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80, 0x00])
            let request = AppendRequest(
                caseID: caseID("c-1"), expectedVersion: 0, key: key("k:1"), events: [given], summary: summary())
            #expect(try await store.append(request)?.version == 1)
            let record = try #require(try await store.log(of: "c-1").first)
            #expect(record.event == given)
            #expect(record.sequence == 1)
            #expect(record.caseID == request.caseID)
            #expect(record.key == request.key)
        },
        StoreRule("Events of a case are numbered from 1 without gaps, in the order given, and read in pages") {
            store async throws in
            _ = try await store.append(request("c-1", at: 0, key: "a", events: ["1", "2", "3"]))
            _ = try await store.append(request("c-2", at: 0, key: "a", events: ["other"]))
            _ = try await store.append(request("c-1", at: 3, key: "b", events: ["4", "5"]))
            let log = try await store.log(of: "c-1")
            #expect(log.map(\.sequence) == [1, 2, 3, 4, 5])
            #expect(log.map { String(decoding: $0.event.payload, as: UTF8.self) } == ["1", "2", "3", "4", "5"])
            let page = try await store.events(of: caseID("c-1"), after: 2, limit: 2)
            #expect(page.map(\.sequence) == [3, 4])
            #expect(try await store.events(of: caseID("c-1"), after: 5, limit: 9).isEmpty)
            #expect(try await store.events(of: caseID("c-1"), after: 0, limit: 0).isEmpty)
        },
        StoreRule("A command decided on another version is a conflict and leaves nothing") { store async throws in
            let timer = StoredTimer(name: "limit", due: firstDay)
            _ = try await store.append(request("c-1", at: 0, key: "a", timers: [timer]))
            let before = try await store.summary(of: caseID("c-1"))
            for version in [0, 2, 99] {
                let late = request(
                    "c-1", at: version, key: "late", summary: summary("changed", status: "closed"),
                    timers: [], messages: [message("m")])
                #expect(try await store.append(late) == .conflict(current: 1))
            }
            #expect(try await store.log(of: "c-1").count == 1)
            #expect(try await store.summary(of: caseID("c-1")) == before)
            #expect(try await store.answer(of: caseID("c-1"), to: key("late")) == nil)
            #expect(try await store.dueTimers(through: firstDay, after: nil, limit: 9).map(\.timer) == [timer])
            #expect(try await store.waitingReceivers().isEmpty)
            #expect(try await store.append(request("c-1", at: 1, key: "late"))?.version == 2)
        },
        StoreRule("A command for a case that was never opened is a conflict at version 0") { store async throws in
            #expect(try await store.append(request("none", at: 1, key: "a")) == .conflict(current: 0))
            #expect(try await store.head(of: caseID("none")) == nil)
            #expect(try await store.summary(of: caseID("none")) == nil)
            #expect(try await store.log(of: "none").isEmpty)
        },
        StoreRule("Every request of a batch is judged on its own, and sees those before it") { store async throws in
            _ = try await store.append(request("old", at: 0, key: "a", answer: "first"))
            let outcomes = try await store.append([
                request("new", at: 0, key: "a"),
                request("old", at: 0, key: "a", answer: "second"),
                request("new", at: 1, key: "b", events: ["x", "y"]),
                request("old", at: 7, key: "b"),
                request("new", at: 2, key: "c"),
                request("new", at: 3, key: "a"),
                request("new", at: 3, key: "c"),
                request("new", at: 9, key: "b"),
            ])
            #expect(outcomes.map(\.version) == [1, nil, 3, nil, nil, nil, 4, nil])
            #expect(outcomes[1] == .repeated(StoredAnswer(answer: Array("first".utf8), version: 1)))
            #expect(outcomes[3] == .conflict(current: 1))
            #expect(outcomes[4] == .conflict(current: 3))
            #expect(outcomes[5] == .repeated(StoredAnswer(answer: Array("done".utf8), version: 1)))
            #expect(outcomes[7] == .repeated(StoredAnswer(answer: Array("done".utf8), version: 3)))
            #expect(try await store.log(of: "new").map(\.key.text) == ["a", "b", "b", "c"])
            #expect(try await store.head(of: caseID("new"))?.version == 4)
            #expect(try await store.append([]).isEmpty)
        },
        StoreRule("A command that changes nothing keeps its answer and the version") { store async throws in
            _ = try await store.append(request("c-1", at: 0, key: "a"))
            let head = try #require(try await store.head(of: caseID("c-1")))
            #expect(try await store.append(request("c-1", at: 1, key: "b", events: [])) == .appended(head))
            #expect(try await store.answer(of: caseID("c-1"), to: key("b"))?.version == 1)
        },
        StoreRule("A request decided on other events than those stored is a conflict, though their number agrees") {
            store async throws in
            _ = try await store.append(request("c-1", at: 0, key: "a"))
            let head = try #require(try await store.head(of: caseID("c-1")))
            var mine = request("c-1", at: 1, key: "b", events: ["mine"])
            mine.expectedHash = head.hash
            var onMine = request("c-1", at: 2, key: "c", events: ["on mine"])
            onMine.expectedHash = HashChain.seal(mine.events[0], of: mine.caseID, key: mine.key, after: head).hash
            // Another writer is faster with as many events; one batch, and then one by one.
            let outcomes = try await store.append([request("c-1", at: 1, key: "x"), mine, onMine])
            #expect(outcomes.map(\.version) == [2, nil, nil])
            #expect(Array(outcomes.dropFirst()) == [.conflict(current: 2), .conflict(current: 2)])
            #expect(try await store.append(onMine) == .conflict(current: 2))
            #expect(try await store.log(of: "c-1").map(\.key.text) == ["a", "x"])
            // On its own events it is stored, in one batch too.
            var alone = mine
            var after = onMine
            (alone.caseID, after.caseID) = (caseID("c-2"), caseID("c-2"))
            alone.expectedVersion = 0
            alone.expectedHash = .zero
            after.expectedVersion = 1
            after.expectedHash = HashChain.seal(alone.events[0], of: alone.caseID, key: alone.key, after: .empty).hash
            #expect(try await store.append([alone, after]).map(\.version) == [1, 2])
        },
        StoreRule("Events sealed in advance stand in the log as those that the store seals") { store async throws in
            var sealer = HashChain.Sealer()
            var first = request("c-1", at: 0, key: "a", events: ["1", "2"])
            let end = first.seal(after: .empty, with: &sealer)
            #expect(try await store.append(first) == .appended(end))
            #expect(try await store.append(request("c-2", at: 0, key: "a", events: ["1", "2"]))?.version == 2)
            var second = request("c-1", at: 2, key: "b", events: ["3"])
            second.expectedHash = end.hash
            let last = second.seal(after: end, with: &sealer)
            #expect(try await store.append(second) == .appended(last))
            #expect(try await store.head(of: caseID("c-1")) == last)
            let log = try await store.log(of: "c-1")
            #expect(try HashChain.verify(log, of: caseID("c-1"), expecting: last) == last)
        },
        StoreRule("No seal is taken that was made over something else or on another log") { store async throws in
            var sealer = HashChain.Sealer()
            // Sealed, and then changed: one part after another.
            var spoiled: [AppendRequest] = []
            for change in 0..<3 {
                var request = request("s-\(change)", at: 0, key: "a")
                request.seal(after: .empty, with: &sealer)
                switch change {
                case 0: request.events[0].payload = Array("something else".utf8)
                case 1: request.key = key("other")
                default: request.caseID = caseID("s-other")
                }
                spoiled.append(request)
            }
            // Sealed as if the case had another log; only its version agrees.
            var foreign = request("c-1", at: 1, key: "b")
            foreign.seal(after: Head(version: 1, hash: .zero), with: &sealer)
            _ = try await store.append(request("c-1", at: 0, key: "a"))
            for request in spoiled + [foreign] {
                #expect(try await store.append(request)?.version != nil)
                let id = request.caseID
                let head = try #require(try await store.head(of: id))
                #expect(try HashChain.verify(try await store.log(of: id.text), of: id, expecting: head) == head)
            }
        },
        StoreRule("A request that names no timers leaves them as they are, also within a batch") {
            store async throws in
            func timers(_ names: String...) -> [StoredTimer] { names.map { StoredTimer(name: $0, due: firstDay) } }
            func stored() async throws -> [StoredTimer] {
                try await store.dueTimers(through: firstDay, after: nil, limit: 9).map(\.timer)
            }
            func silent(_ version: Int, _ key: String) -> AppendRequest {
                var request = request("c-1", at: version, key: key)
                request.timers = .unchanged
                return request
            }
            _ = try await store.append([request("c-1", at: 0, key: "a", timers: timers("x", "y")), silent(1, "b")])
            #expect(try await stored() == timers("x", "y"))
            _ = try await store.append([
                silent(2, "c"), request("c-1", at: 3, key: "d", timers: timers("y", "z")), silent(4, "e"),
            ])
            #expect(try await stored() == timers("y", "z"))
            _ = try await store.append([silent(5, "f")])
            #expect(try await stored() == timers("y", "z"))
            var different = request("c-1", at: 6, key: "g")
            different.timers = .differences(gone: ["y", "never"], put: timers("a"))
            _ = try await store.append([different])
            #expect(try await stored() == timers("a", "z"))
            _ = try await store.append([request("c-1", at: 7, key: "h")])
            #expect(try await stored().isEmpty)
        },
        StoreRule("A request that no store may keep is refused, and nothing of its batch is stored") {
            store async throws in
            var bad: [AppendRequest] = []
            func spoiled(_ change: (inout AppendRequest) -> Void) {
                var request = request("c-1", at: 0, key: "a")
                change(&request)
                bad.append(request)
            }
            spoiled { $0.events[0].actor = "cut\u{0}off" }
            spoiled { $0.events[0].kind = "" }
            spoiled { $0.events[0].schema = 0 }
            spoiled { $0.events = [] }
            spoiled { $0.summary.title = "cut\u{0}off" }
            spoiled { $0.timers = [StoredTimer(name: "t", due: firstDay), StoredTimer(name: "t", due: firstDay)] }
            spoiled { $0.timers = .differences(gone: ["t"], put: [StoredTimer(name: "t", due: firstDay)]) }
            spoiled { $0.messages = [message("é")] }
            spoiled { $0.events[0].payload = [UInt8](repeating: 0, count: AppendRequest.byteLimit) }
            for request in bad {
                let error = await #expect(throws: StoreError.self) {
                    try await store.append([AppendRequest.sample, request])
                }
                #expect(error?.code == .rejected)
            }
            #expect(try await store.head(of: AppendRequest.sample.caseID) == nil)
            #expect(try await store.head(of: caseID("c-1")) == nil)
        },
        StoreRule("Payloads of nothing and of megabytes are kept byte for byte") { store async throws in
            let large = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
            var request = request("c-1", at: 0, key: "a", events: ["", "large"], answer: "")
            request.events[1].payload = large
            request.summary.body = []
            _ = try await store.append(request)
            let log = try await store.log(of: "c-1")
            #expect(log.map(\.event.payload.count) == [0, large.count])
            #expect(log.last?.event.payload == large)
            #expect(try await store.answer(of: caseID("c-1"), to: key("a"))?.answer == [])
            #expect(try await store.summary(of: caseID("c-1"))?.summary == request.summary)
            try HashChain.verify(log, of: caseID("c-1"))
        },
    ]
}

extension AppendRequest {
    fileprivate static let sample = request("sample", at: 0, key: "a")
}

extension StoreRule {
    static let commandKeys: [StoreRule] = [
        StoreRule("A command sent again is answered as the first time and has no second effect") { store async throws in
            let first = request("c-1", at: 0, key: "k", messages: [message("m")], answer: "number 7")
            _ = try await store.append(first)
            _ = try await store.append(request("c-1", at: 1, key: "l"))
            let repeated = AppendOutcome.repeated(StoredAnswer(answer: Array("number 7".utf8), version: 1))
            #expect(try await store.append(first) == repeated)
            // Decided anew on the current version, as after a lost answer.
            #expect(try await store.append(request("c-1", at: 2, key: "k", answer: "number 8")) == repeated)
            #expect(try await store.log(of: "c-1").count == 2)
            #expect(try await store.waitingMessages(for: "fire", at: Instant(milliseconds: 0), limit: 9).count == 1)
        },
        StoreRule("A command sent twice at once has one effect") { store async throws in
            let twice = [AppendRequest](repeating: request("c-1", at: 0, key: "k"), count: 2)
            let outcomes = try await store.append(twice)
            #expect(outcomes.first?.version == 1)
            #expect(outcomes.last == .repeated(StoredAnswer(answer: Array("done".utf8), version: 1)))
            #expect(try await store.log(of: "c-1").count == 1)
        },
        StoreRule("The same key in another case is another command") { store async throws in
            #expect(try await store.append(request("c-1", at: 0, key: "k"))?.version == 1)
            #expect(try await store.append(request("c-2", at: 0, key: "k"))?.version == 1)
            #expect(try await store.append(request("c-2", at: 1, key: "K"))?.version == 2)
        },
        StoreRule("Whoever got no answer can ask by key") { store async throws in
            #expect(try await store.answer(of: caseID("c-1"), to: key("k")) == nil)
            _ = try await store.append(request("c-1", at: 0, key: "k", answer: "yes"))
            let answer = StoredAnswer(answer: Array("yes".utf8), version: 1)
            #expect(try await store.answer(of: caseID("c-1"), to: key("k")) == answer)
            #expect(try await store.answer(of: caseID("c-1"), to: key("l")) == nil)
            #expect(try await store.answer(of: caseID("c-2"), to: key("k")) == nil)
        },
    ]
}

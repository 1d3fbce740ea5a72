import Orchestrator
import Testing

extension OfficeStoreRule {
    static let leases: [OfficeStoreRule] = [
        OfficeStoreRule("A lease has one holder, who renews it and keeps the token") { store async throws in
            let first = try #require(try await store.claim("timers/0", by: "a", for: long))
            #expect(first.name == "timers/0")
            #expect(first.holder == "a")
            #expect(try await store.claim("timers/0", by: "b", for: long) == nil)
            #expect(try await store.claim("timers/0", by: "a", for: long) == first)
            let both = try await store.claim(["timers/0", "timers/1", "timers/2"], by: "b", for: long)
            #expect(both.map(\.name) == ["timers/1", "timers/2"])
            let held = try await store.leases()
            #expect(held.map(\.lease.holder) == ["a", "b", "b"])
            #expect(held.allSatisfy { $0.remaining > .seconds(60) && $0.remaining <= long })
        },
        OfficeStoreRule("A lease whose time is over is taken over under a higher token") { store async throws in
            let first = try #require(try await store.claim("x", by: "a", for: short))
            try await untilOver()
            #expect(try await store.leases().map(\.remaining) == [.zero])
            let second = try #require(try await store.claim("x", by: "b", for: long))
            #expect(second.token > first.token)
            #expect(try await store.claim("x", by: "a", for: long) == nil)
        },
        OfficeStoreRule("A lease that was let go is free at once; a stale holder lets nothing go") {
            store async throws in
            let first = try #require(try await store.claim("x", by: "a", for: long))
            try await store.release(first)
            let second = try #require(try await store.claim("x", by: "b", for: long))
            #expect(second.token > first.token)
            try await store.release(first)
            #expect(try await store.claim("x", by: "c", for: long) == nil)
        },
        OfficeStoreRule("What was decided under a lease that somebody else has is not stored") { store async throws in
            let old = try #require(try await store.claim("x", by: "a", for: short))
            var opening = request("c-1", at: 0, key: "a")
            opening.lease = old
            #expect(try await store.append(opening)?.version == 1)
            try await untilOver()
            // Nobody took it over: late, and still alone.
            var next = request("c-1", at: 1, key: "b", messages: [message("m"), message("n")])
            next.lease = old
            #expect(try await store.append(next)?.version == 2)
            let new = try #require(try await store.claim("x", by: "b", for: long))
            var late = request("c-1", at: 2, key: "c")
            late.lease = old
            #expect(try await store.append(late) == .fenced)
            #expect(try await store.log(of: "c-1").count == 2)
            guard case .repeated = try await store.append(next) else {
                Issue.record("what was stored is answered, whoever asks")
                return
            }
            late.lease = new
            #expect(try await store.append(late)?.version == 3)

            let moment = Instant(milliseconds: 0)
            let ids = try await store.waitingMessages(for: "fire", at: moment, limit: 9).map(\.id)
            #expect(try await store.markDelivered([ids[0]], under: old) == false)
            #expect(try await store.markFailed(ids[1], reason: "late", retryAt: nil, under: old) == false)
            #expect(try await store.waitingMessages(for: "fire", at: moment, limit: 9).map(\.id) == ids)
            #expect(try await store.markDelivered([ids[0]], under: new))
            #expect(try await store.markFailed(ids[1], reason: "410", retryAt: nil, under: new))
            #expect(try await store.deadLetters(after: nil, limit: 9).map(\.id) == [ids[1]])
        },
        OfficeStoreRule("Of many who claim at once, one gets the lease") { store async throws in
            let won = try await withThrowingTaskGroup(of: Lease?.self) { group in
                for holder in 0..<24 { group.addTask { try await store.claim("x", by: "h\(holder)", for: long) } }
                var won: [Lease] = []
                for try await lease in group { if let lease { won.append(lease) } }
                return won
            }
            #expect(won.count == 1)
        },
        OfficeStoreRule("A lease without name, holder or time is refused") { store async throws in
            await expectRejected { _ = try await store.claim("two words", by: "a", for: long) }
            await expectRejected { _ = try await store.claim("x", by: "", for: long) }
            await expectRejected { _ = try await store.claim("x", by: "a", for: .zero) }
            #expect(try await store.leases().isEmpty)
        },
    ]
}

import Orchestrator
import Testing

extension OfficeStoreRule {
    private static func job(_ id: String, kind: String = "simulate", shards: Int = 3) -> JobRecord {
        JobRecord(
            id: id, kind: kind, spec: Array("spec of \(id)".utf8), shards: shards,
            createdAt: Instant(milliseconds: 1_800_000_000_123))
    }

    private static func claim(
        in store: any OfficeStore, _ kinds: [String] = ["simulate"], by holder: String = "a", limit: Int = 99,
        for duration: Duration = long
    ) async throws -> [ClaimedShard] {
        try await store.claimShards(of: kinds, by: holder, limit: limit, for: duration)
    }

    static let jobs: [OfficeStoreRule] = [
        OfficeStoreRule("A job is taken once, whoever asks again") { store async throws in
            #expect(try await store.submit(job("j")))
            #expect(try await store.submit(job("j", kind: "advise", shards: 9)) == false)
            #expect(try await store.job("j") == job("j"))
            #expect(try await store.job("k") == nil)
            #expect(
                try await store.progress(of: "j") == JobProgress(done: 0, parked: 0, total: 3, isCancelled: false))
            #expect(try await store.progress(of: "k") == nil)
            await expectRejected { _ = try await store.submit(job("x", shards: 0)) }
            await expectRejected { _ = try await store.submit(job("two words")) }
        },
        OfficeStoreRule("Parts are claimed once each, the oldest job's first, of the kinds asked for") {
            store async throws in
            for (id, kind) in [("b", "simulate"), ("a", "simulate"), ("c", "advise")] {
                _ = try await store.submit(job(id, kind: kind))
            }
            func names(_ shards: [ClaimedShard]) -> [String] { shards.map { "\($0.job)\($0.index)" } }
            #expect(try await names(claim(in: store, limit: 4)) == ["b0", "b1", "b2", "a0"])
            #expect(try await names(claim(in: store, ["advise", "simulate"], limit: 3)) == ["a1", "a2", "c0"])
            #expect(try await names(claim(in: store)).isEmpty)
            #expect(try await claim(in: store, []).isEmpty)
            #expect(try await names(claim(in: store, ["advise"])) == ["c1", "c2"])
        },
        OfficeStoreRule("A part is finished once, and results are read in order of index") { store async throws in
            _ = try await store.submit(job("j"))
            let shards = try await claim(in: store)
            #expect(shards.map(\.attempts) == [1, 1, 1])
            #expect(try await store.finish(shards[2], result: [2]))
            #expect(try await store.finish(shards[0], result: []))
            #expect(try await store.finish(shards[0], result: [9]) == false)
            #expect(
                try await store.results(of: "j", after: nil, limit: 9)
                    == [ShardResult(index: 0, result: []), ShardResult(index: 2, result: [2])])
            #expect(try await store.results(of: "j", after: 0, limit: 9).map(\.index) == [2])
            #expect(try await store.results(of: "j", after: nil, limit: 1).map(\.index) == [0])
            #expect(try await store.progress(of: "j")?.done == 2)
        },
        OfficeStoreRule("Jobs go a week after their end, and a month after their beginning if they have none") {
            store async throws in
            for id in ["done", "stopped", "open", "half"] { _ = try await store.submit(job(id, shards: 2)) }
            for shard in try await claim(in: store)
            where shard.job == "done" || (shard.job == "half" && shard.index == 0) {
                #expect(try await store.finish(shard, result: [1]))
            }
            #expect(try await store.cancel("stopped"))
            let begun = job("open").createdAt
            let week = JobRecord.keptAfterEnd
            func left() async throws -> [String] {
                var found: [String] = []
                for id in ["done", "stopped", "open", "half"] where try await store.job(id) != nil { found.append(id) }
                return found
            }
            #expect(try await store.sweep(at: begun) == 0)
            #expect(try await store.sweep(at: begun.adding(week - .milliseconds(1))) == 0)
            #expect(try await left().count == 4)
            #expect(try await store.sweep(at: begun.adding(week)) == 2)
            #expect(try await left() == ["open", "half"])
            #expect(try await store.results(of: "done", after: nil, limit: 9).isEmpty)
            #expect(try await store.submit(job("done", shards: 1)), "its name is free again")
            #expect(try await store.sweep(at: begun.adding(JobRecord.keptOpen)) == 3)
            #expect(try await left().isEmpty)
        },
        OfficeStoreRule("A part whose worker died is claimed again after its time; the dead one's result is refused") {
            store async throws in
            _ = try await store.submit(job("j", shards: 2))
            let dead = try await claim(in: store, for: short)
            #expect(try await store.finish(dead[1], result: [1]))
            try await untilOver()
            let taken = try await claim(in: store, by: "b")
            #expect(taken.map(\.index) == [0])
            #expect(taken[0].token > dead[0].token)
            #expect(taken[0].attempts == 2)
            #expect(try await store.finish(dead[0], result: [6]) == false)
            #expect(try await store.renew(dead[0], for: long) == false)
            #expect(try await store.finish(taken[0], result: [7]))
            #expect(try await store.results(of: "j", after: nil, limit: 9).map(\.result) == [[7], [1]])
        },
        OfficeStoreRule("A part whose worker renews it is not claimed by others") { store async throws in
            _ = try await store.submit(job("j", shards: 1))
            let mine = try await claim(in: store, for: short)
            #expect(try await store.renew(mine[0], for: long))
            try await untilOver()
            #expect(try await claim(in: store, by: "b").isEmpty)
        },
        OfficeStoreRule("A part that failed is claimed again at once, or parked with its cause until it is replayed") {
            store async throws in
            _ = try await store.submit(job("j", shards: 1))
            let first = try await claim(in: store)
            #expect(try await store.fail(first[0], cause: "no memory", parks: false))
            #expect(try await store.fail(first[0], cause: "again", parks: true))
            #expect(try await claim(in: store).isEmpty)
            #expect(
                try await store.parkedShards(limit: 9)
                    == [ParkedShard(job: "j", index: 0, attempts: 1, cause: "again")])
            #expect(try await store.progress(of: "j")?.parked == 1)
            #expect(try await store.replay("j") == 1)
            #expect(try await store.replay("j") == 0)
            let second = try await claim(in: store)
            #expect(second.map(\.attempts) == [1])
            #expect(try await store.fail(first[0], cause: "late", parks: true) == false)
            #expect(try await store.finish(second[0], result: [1]))
            #expect(try await store.fail(second[0], cause: "late", parks: true) == false)
        },
        OfficeStoreRule("No part of a cancelled job is claimed or renewed") { store async throws in
            _ = try await store.submit(job("j"))
            let one = try await claim(in: store, limit: 1)
            #expect(try await store.cancel("j"))
            #expect(try await store.cancel("j") == false)
            #expect(try await store.cancel("none") == false)
            #expect(try await claim(in: store).isEmpty)
            #expect(try await store.renew(one[0], for: long) == false)
            #expect(try await store.progress(of: "j")?.isCancelled == true)
        },
        OfficeStoreRule("Many workers do every part exactly once") { store async throws in
            _ = try await store.submit(job("j", shards: 60))
            let done = try await withThrowingTaskGroup(of: [Int].self) { group in
                for worker in 0..<6 {
                    group.addTask {
                        var done: [Int] = []
                        while true {
                            let shards = try await store.claimShards(
                                of: ["simulate"], by: "w\(worker)", limit: 3, for: long)
                            if shards.isEmpty { return done }
                            for shard in shards where try await store.finish(shard, result: [UInt8(shard.index)]) {
                                done.append(shard.index)
                            }
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(done.sorted() == Array(0..<60))
            #expect(
                try await store.results(of: "j", after: nil, limit: 99).map(\.result) == (0..<60).map { [UInt8($0)] })
        },
    ]
}

import Orchestrator
import Testing

extension StoreRule {
    static let concurrency: [StoreRule] = [
        StoreRule("Of 32 writers that contend for a case exactly one wins each version") { store async throws in
            let writers = 32
            let rounds = 10
            _ = try await store.append(request("c-1", at: 0, key: "open"))
            let wins = try await withThrowingTaskGroup(of: [Int].self) { group in
                for writer in 0..<writers {
                    group.addTask { () async throws in
                        var won: [Int] = []
                        for version in 1...rounds {
                            let attempt = request("c-1", at: version, key: "w\(writer):v\(version)")
                            // A writer ahead of the others waits for nobody: it asks until the case is there.
                            asking: while true {
                                switch try await store.append(attempt) {
                                case .appended: won.append(version)
                                case .conflict(let current) where current < version: continue asking
                                default: break
                                }
                                break asking
                            }
                        }
                        return won
                    }
                }
                var wins: [Int] = []
                for try await won in group { wins += won }
                return wins
            }
            #expect(wins.sorted() == Array(1...rounds))
            let log = try await store.log(of: "c-1")
            #expect(log.count == rounds + 1)
            #expect(Set(log.map(\.key)).count == rounds + 1)
            try HashChain.verify(log, of: caseID("c-1"), expecting: try await store.head(of: caseID("c-1")))
        },
        StoreRule("Writers of different cases do not disturb each other") { store async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<32 {
                    group.addTask { () async throws in
                        for version in 0..<8 {
                            let outcome = try await store.append(
                                request("c-\(writer)", at: version, key: "v\(version)"))
                            #expect(outcome?.version == version + 1)
                        }
                    }
                }
                try await group.waitForAll()
            }
            for writer in 0..<32 {
                let log = try await store.log(of: "c-\(writer)")
                #expect(log.map(\.key.text) == (0..<8).map { "v\($0)" })
            }
        },
        StoreRule("A commit goes on when its caller is cancelled") { store async throws in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await store.append(request("c-1", at: 0, key: "k"))
            }
            #expect(try await task.value?.version == 1)
            #expect(try await store.log(of: "c-1").count == 1)
        },
        StoreRule("A reader never sees part of a batch") { store async throws in
            _ = try await store.append([request("c-1", at: 0, key: "0"), request("c-2", at: 0, key: "0")])
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { () async throws in
                    for version in stride(from: 1, to: 121, by: 3) {
                        _ = try await store.append([
                            request("c-1", at: version, key: "\(version)", events: ["a", "b"]),
                            request("c-1", at: version + 2, key: "\(version):2", events: ["c"]),
                        ])
                    }
                }
                group.addTask { () async throws in
                    for _ in 0..<40 {
                        let log = try await store.log(of: "c-1")
                        #expect(log.count % 3 == 1)
                        let row = try #require(try await store.summary(of: caseID("c-1")))
                        #expect(row.version % 3 == 1 && row.version >= log.count)
                    }
                }
                try await group.waitForAll()
            }
        },
    ]

    static let chain: [StoreRule] = [
        StoreRule("The hash chain verifies up to the stored head, over batches and pages") { store async throws in
            let id = caseID("c-1")
            _ = try await store.append([
                request("c-1", at: 0, key: "a", events: ["1", "2"]), request("c-2", at: 0, key: "a"),
                request("c-1", at: 2, key: "b", events: ["3"]),
            ])
            _ = try await store.append(request("c-1", at: 3, key: "c", events: ["4", "5"]))
            let head = try #require(try await store.head(of: id))
            #expect(head.version == 5)
            let log = try await store.log(of: "c-1")
            #expect(try HashChain.verify(log, of: id, expecting: head) == head)
            let first = try HashChain.verify(Array(log.prefix(2)), of: id)
            #expect(try HashChain.verify(Array(log.dropFirst(2)), of: id, from: first, expecting: head) == head)
            #expect(log.first?.previousHash == .zero)
        },
        StoreRule("Every store seals an event with the same hash") { store async throws in
            _ = try await store.append(request("c-1", at: 0, key: "k", events: ["开工"]))
            #expect(
                try await store.head(of: caseID("c-1"))?.hash.description
                    == "0f7ef6916cdcb211fed15fd9ccdbfe70549a82852443784e3fd45135f83bbfbd")
        },
    ]
}

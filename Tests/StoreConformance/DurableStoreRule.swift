import Orchestrator
import Testing
import WorkCalendar

extension DurableStoreRule {
    /// The rules for stores that outlive their process.
    public static let all: [DurableStoreRule] = [
        DurableStoreRule(sentence: "Everything is there after closing and opening again") { open async throws in
            let timer = StoredTimer(name: "limit", due: firstDay)
            var store = try await open()
            _ = try await store.append([
                request(
                    "c-1", at: 0, key: "a", timers: [timer], messages: [message("1"), message("2")], answer: "yes"),
                request("c-2", at: 0, key: "a"),
            ])
            let definition = StoredDefinition(id: "w", version: "1", contentHash: .zero, bytes: [1])
            try await store.putDefinition(definition)
            let first = try #require(
                try await store.waitingMessages(for: "fire", at: Instant(milliseconds: 0), limit: 1).first)
            try await store.markFailed(first.id, reason: "503", retryAt: nil)
            let log = try await store.log(of: "c-1")
            try await store.close()

            store = try await open()
            #expect(try await store.log(of: "c-1") == log)
            #expect(try await store.answer(of: caseID("c-1"), to: key("a"))?.answer == Array("yes".utf8))
            #expect(try await store.summaries(matching: SummaryFilter(), after: nil, limit: 9).count == 2)
            #expect(try await store.dueTimers(through: firstDay, after: nil, limit: 9).map(\.timer) == [timer])
            #expect(try await store.deadLetters(after: nil, limit: 9).map(\.id) == [first.id])
            #expect(try await store.waitingMessages(for: "fire", at: Instant(milliseconds: 0), limit: 9).count == 1)
            #expect(try await store.definition("w", version: "1") == definition)
            try await store.close()
        },
        DurableStoreRule(sentence: "Versions, keys and the chain go on where they ended") { open async throws in
            var store = try await open()
            _ = try await store.append(request("c-1", at: 0, key: "a", events: ["1", "2"]))
            try await store.close()

            store = try await open()
            #expect(try await store.append(request("c-1", at: 0, key: "b")) == .conflict(current: 2))
            #expect(try await store.append(request("c-1", at: 2, key: "b"))?.version == 3)
            guard case .repeated = try await store.append(request("c-1", at: 3, key: "a")) else {
                Issue.record("the key was forgotten")
                return
            }
            let head = try await store.head(of: caseID("c-1"))
            #expect(try HashChain.verify(try await store.log(of: "c-1"), of: caseID("c-1"), expecting: head) == head)
            try await store.close()
        },
        DurableStoreRule(sentence: "Two that opened the same place share versions, keys and order") {
            open async throws in
            let stores = [try await open(), try await open()]
            _ = try await stores[0].append(request("c-1", at: 0, key: "open"))
            let wins = try await withThrowingTaskGroup(of: [Int].self) { group in
                for (writer, store) in stores.enumerated() {
                    group.addTask { () async throws in
                        var won: [Int] = []
                        var version = 1
                        while version <= 20 {
                            switch try await store.append(request("c-1", at: version, key: "\(writer):\(version)")) {
                            case .appended(let head): won.append(head.version)
                            default: break
                            }
                            version = try await store.head(of: caseID("c-1"))?.version ?? version
                        }
                        return won
                    }
                }
                var wins: [Int] = []
                for try await won in group { wins += won }
                return wins
            }
            #expect(wins.sorted() == Array(2...21))
            let log = try await stores[1].log(of: "c-1")
            #expect(try await stores[0].log(of: "c-1") == log)
            try HashChain.verify(log, of: caseID("c-1"))
            for store in stores { try await store.close() }
        },
    ]
}

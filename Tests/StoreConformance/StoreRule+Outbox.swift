import Orchestrator
import Testing

extension StoreRule {
    private static let morning = Instant(milliseconds: 1_800_000_000_000)

    private static func waiting(
        in store: any EventStore, for receiver: String = "fire", at moment: Instant = morning, limit: Int = 99
    ) async throws -> [OutboxMessage] {
        try await store.waitingMessages(for: receiver, at: moment, limit: limit)
    }

    static let outbox: [StoreRule] = [
        StoreRule("Messages wait for each receiver in the order in which they were appended") { store async throws in
            _ = try await store.append([
                request("c-1", at: 0, key: "a", messages: [message("1"), message("x", to: "planning"), message("2")]),
                request("c-2", at: 0, key: "a", messages: [message("3")]),
                request("c-1", at: 1, key: "b", messages: [message("4")]),
            ])
            let fire = try await waiting(in: store)
            #expect(fire.map(\.message.dedupKey) == ["1", "2", "3", "4"])
            #expect(fire.map(\.caseID.text) == ["c-1", "c-1", "c-2", "c-1"])
            #expect(fire.map(\.id) == fire.map(\.id).sorted())
            #expect(fire.first?.message == message("1"))
            #expect(fire.first?.attempts == 0)
            #expect(try await waiting(in: store, limit: 2).map(\.message.dedupKey) == ["1", "2"])
            #expect(try await waiting(in: store, for: "planning").map(\.message.dedupKey) == ["x"])
            #expect(try await store.waitingReceivers() == ["fire", "planning"])
        },
        StoreRule("A delivered message waits no more") { store async throws in
            _ = try await store.append(request("c-1", at: 0, key: "a", messages: ["1", "2", "3"].map { message($0) }))
            let ids = try await waiting(in: store).map(\.id)
            try await store.markDelivered([ids[0], ids[1], ids[0], 999])
            try await store.markFailed(ids[0], reason: "too late to fail", retryAt: nil)
            #expect(try await waiting(in: store).map(\.message.dedupKey) == ["3"])
            try await store.markDelivered([ids[2]])
            #expect(try await store.waitingReceivers().isEmpty)
            #expect(try await store.deadLetters(after: nil, limit: 9).isEmpty)
        },
        StoreRule("A failed message holds back its case at this receiver and nobody else") { store async throws in
            _ = try await store.append([
                request("c-1", at: 0, key: "a", messages: [message("1"), message("2"), message("x", to: "planning")]),
                request("c-2", at: 0, key: "a", messages: [message("3")]),
            ])
            let first = try #require(try await waiting(in: store).first)
            let later = morning.adding(milliseconds: 1000)
            try await store.markFailed(first.id, reason: "503 服务不可用", retryAt: later)
            #expect(try await waiting(in: store).map(\.message.dedupKey) == ["3"])
            #expect(try await waiting(in: store, for: "planning").count == 1)
            let retried = try await waiting(in: store, at: later)
            #expect(retried.map(\.message.dedupKey) == ["1", "2", "3"])
            #expect(retried.map(\.attempts) == [1, 0, 0])
            #expect(retried.first?.lastFailure == "503 服务不可用")
            try await store.markFailed(first.id, reason: "again", retryAt: later.adding(milliseconds: 1))
            #expect(try await waiting(in: store, at: later).map(\.message.dedupKey) == ["3"])
            #expect(try await store.waitingReceivers() == ["fire", "planning"])
        },
        StoreRule("A message that was given up is a dead letter until it is queued again") { store async throws in
            _ = try await store.append(request("c-1", at: 0, key: "a", messages: ["1", "2"].map { message($0) }))
            let ids = try await waiting(in: store).map(\.id)
            try await store.markFailed(ids[0], reason: "410", retryAt: nil)
            #expect(try await waiting(in: store).map(\.message.dedupKey) == ["2"])
            let dead = try await store.deadLetters(after: nil, limit: 9)
            #expect(dead.map(\.id) == [ids[0]])
            #expect(dead.first?.attempts == 1)
            #expect(dead.first?.lastFailure == "410")
            #expect(try await store.deadLetters(after: ids[0], limit: 9).isEmpty)
            #expect(try await store.requeue(ids[0]))
            #expect(try await store.requeue(ids[0]) == false)
            #expect(try await store.requeue(ids[1]) == false)
            let waiting = try await waiting(in: store)
            #expect(waiting.map(\.id) == ids)
            #expect(waiting.first?.attempts == 0)
        },
        StoreRule("A message that a receiver's queue has had is not queued again") { store async throws in
            _ = try await store.append(request("c-1", at: 0, key: "a", messages: [message("1"), message("1")]))
            let first = try #require(try await waiting(in: store).first)
            try await store.markDelivered([first.id])
            let again = request("c-1", at: 1, key: "b", messages: [message("1"), message("1", to: "planning")])
            #expect(try await store.append(again)?.version == 2)
            #expect(try await waiting(in: store).isEmpty)
            #expect(try await waiting(in: store, for: "planning").count == 1)
        },
    ]

    static let definitions: [StoreRule] = [
        StoreRule("A published workflow is read back as it was; publishing it again changes nothing") {
            store async throws in
            let hash = try #require(ChainHash(Array(0..<32)))
            let definition = StoredDefinition(
                id: "房建 housing", version: "2026.1", contentHash: hash, bytes: [0, 0xFF, 10])
            #expect(try await store.definition(definition.id, version: "2026.1") == nil)
            #expect(try await store.putDefinition(definition))
            #expect(try await store.putDefinition(definition) == false)
            #expect(try await store.definition(definition.id, version: "2026.1") == definition)
            #expect(try await store.definition(definition.id, version: "2026.2") == nil)
        },
        StoreRule("A published version never changes its content; another version may differ") { store async throws in
            let definition = StoredDefinition(id: "w", version: "1", contentHash: .zero, bytes: [1])
            try await store.putDefinition(definition)
            var changed = definition
            changed.bytes = [2]
            let error = await #expect(throws: StoreError.self) { try await store.putDefinition(changed) }
            #expect(error?.code == .definitionConflict)
            #expect(try await store.definition("w", version: "1") == definition)
            changed.version = "2"
            #expect(try await store.putDefinition(changed))
        },
        StoreRule("A closed store says so") { store async throws in
            try await store.close()
            try await store.close()
            let attempts: [@Sendable () async throws -> Void] = [
                { _ = try await store.append(request("c-1", at: 0, key: "a")) },
                { _ = try await store.head(of: caseID("c-1")) },
                { _ = try await store.requeue(1) },
            ]
            for attempt in attempts {
                let error = await #expect(throws: StoreError.self) { try await attempt() }
                #expect(error?.code == .closed)
            }
        },
    ]
}

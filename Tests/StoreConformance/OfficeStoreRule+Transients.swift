import Orchestrator
import Testing

extension OfficeStoreRule {
    private static let noon = Instant(milliseconds: 1_800_000_000_000)

    private static func record(_ key: String, _ value: String = "v", space: String = "session", for ms: Int64 = 1000)
        -> TransientRecord
    {
        TransientRecord(space: space, key: key, value: Array(value.utf8), expires: noon.adding(milliseconds: ms))
    }

    static let transients: [OfficeStoreRule] = [
        OfficeStoreRule("A record is there until its end, and then as if it had never been") { store async throws in
            let given = TransientRecord(space: "s", key: "!~", value: [0, 0xFF], expires: noon.adding(milliseconds: 5))
            #expect(try await store.put(given, ifAbsent: false, at: noon))
            #expect(try await store.transient("s", "!~", at: noon) == given)
            #expect(try await store.transient("s", "!~", at: noon.adding(milliseconds: 4)) == given)
            #expect(try await store.transient("s", "!~", at: given.expires) == nil)
            #expect(try await store.transient("t", "!~", at: noon) == nil)
            #expect(try await store.put(record("!~", space: "s"), ifAbsent: true, at: given.expires))
        },
        OfficeStoreRule("A record that is there stays when another is only put if absent, and is replaced otherwise") {
            store async throws in
            #expect(try await store.put(record("k", "1"), ifAbsent: true, at: noon))
            #expect(try await store.put(record("k", "2"), ifAbsent: true, at: noon) == false)
            #expect(try await store.transient("session", "k", at: noon)?.value == Array("1".utf8))
            #expect(try await store.put(record("k", "3"), ifAbsent: false, at: noon))
            #expect(try await store.transient("session", "k", at: noon)?.value == Array("3".utf8))
            #expect(try await store.remove("session", "k"))
            #expect(try await store.remove("session", "k") == false)
            #expect(try await store.transient("session", "k", at: noon) == nil)
        },
        OfficeStoreRule("Records put together are all there, whatever was there, or none") { store async throws in
            try await store.put(record("k", "old"), ifAbsent: true, at: noon)
            try await store.put([record("k", "new"), record("l"), record("k", "other", space: "t")])
            try await store.put([])
            #expect(try await store.transient("session", "k", at: noon)?.value == Array("new".utf8))
            #expect(try await store.transient("session", "l", at: noon) == record("l"))
            #expect(try await store.transient("t", "k", at: noon)?.value == Array("other".utf8))
            let error = await #expect(throws: StoreError.self) {
                try await store.put([record("m"), record("two words")])
            }
            #expect(error?.code == .rejected)
            #expect(try await store.transient("session", "m", at: noon) == nil)
        },
        OfficeStoreRule("Of many who put the same record if absent, one does") { store async throws in
            let done = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<24 {
                    group.addTask { try await store.put(record("k", "\(number)"), ifAbsent: true, at: noon) }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(done == 1)
        },
        OfficeStoreRule("Records of a space are listed by the beginning of their keys, page by page") {
            store async throws in
            for key in ["ab", "a%", "a_", "b", "a", "a~", "A"] {
                try await store.put(record(key), ifAbsent: true, at: noon)
            }
            try await store.put(record("a-", space: "other"), ifAbsent: true, at: noon)
            try await store.put(record("a0", for: 1), ifAbsent: true, at: noon)
            func keys(_ prefix: String, after cursor: String? = nil, limit: Int = 99, at ms: Int64 = 2) async throws
                -> [String]
            {
                try await store.transients(
                    "session", prefix: prefix, after: cursor, limit: limit, at: noon.adding(milliseconds: ms)
                ).map(\.key)
            }
            #expect(try await keys("a") == ["a", "a%", "a_", "ab", "a~"])
            #expect(try await keys("a", at: 0) == ["a", "a%", "a0", "a_", "ab", "a~"])
            #expect(try await keys("a", after: "a%", limit: 2) == ["a_", "ab"])
            #expect(try await keys("a_") == ["a_"])
            #expect(try await keys("") == ["A", "a", "a%", "a_", "ab", "a~", "b"])
        },
        OfficeStoreRule("What has expired is swept away, and nothing else") { store async throws in
            for ms in 1...5 { try await store.put(record("k\(ms)", for: Int64(ms)), ifAbsent: true, at: noon) }
            #expect(try await store.sweep(at: noon.adding(milliseconds: 3)) == 3)
            #expect(try await store.sweep(at: noon.adding(milliseconds: 3)) == 0)
            #expect(try await store.transients("session", prefix: "", after: nil, limit: 9, at: noon).count == 2)
        },
        OfficeStoreRule("A record without space or key, or with too much in it, is refused") { store async throws in
            let long = TransientRecord(
                space: "s", key: "k", value: Array(repeating: 0, count: TransientRecord.valueLimit + 1), expires: noon)
            for bad in [record(""), record("k", space: "空"), record("two words"), long] {
                await expectRejected { try await store.put(bad, ifAbsent: false, at: noon) }
            }
        },
    ]
}

import Foundation
import TestSupport
import Testing

/// What this store may not use, so that poolers and other servers of the same protocol do. A grep over its sources.
@Suite("SQL that poolers and other servers take")
struct CompatibilityTests {
    private static let forbidden: [(pattern: String, why: String)] = [
        (#"pg_(try_)?advisory_"#, "a pooler keeps the lock when the client has left"),
        (#"\bPREPARE\b|PQsendPrepare|PQprepare|PQsendQueryPrepared"#, "named statements belong to a session"),
        (#""\s*SET (?!LOCAL)|PQsetClientEncoding"#, "settings of the session leak to others"),
        (#"\bDEFERRABLE\b|\bLOCK TABLE\b|\bEXCLUDE USING\b"#, "other servers have none"),
        (#"CREATE (UNIQUE )?INDEX CONCURRENTLY"#, "not within a transaction"),
        (#"\bDECLARE\b.*\bCURSOR\b|WITH HOLD"#, "cursors belong to a session"),
        (#"CREATE TEMP"#, "temporary tables belong to a session"),
        (#"PQexec\b|PQexecParams\b|PQgetResult\(.*block"#, "no call that blocks the thread of sockets"),
    ]

    @Test("The sources keep to the rules")
    func rules() throws {
        let folder = ProjectFiles.root.appendingPathComponent("Sources/PostgresStore")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
            .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        #expect(files.count >= 10)
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8)
            for (pattern, why) in Self.forbidden {
                let found = text.range(of: pattern, options: .regularExpression)
                #expect(found == nil, "\(file.lastPathComponent): \(pattern): \(why)")
            }
        }
    }

    @Test("The rules find what they forbid")
    func rulesWork() {
        let samples = [
            "SELECT pg_advisory_lock(1)", "PREPARE x AS SELECT 1", "\"SET search_path = x\"", "LOCK TABLE cases",
            "CREATE INDEX CONCURRENTLY i", "DECLARE c CURSOR FOR", "CREATE TEMP TABLE t", "PQexec(c, s)",
        ]
        for (sample, rule) in zip(samples, Self.forbidden) {
            #expect(sample.range(of: rule.pattern, options: .regularExpression) != nil, "\(rule.pattern)")
        }
    }
}

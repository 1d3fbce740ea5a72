import GRDB
import Orchestrator

extension SQLiteStore {
    @discardableResult
    public func putDefinition(_ definition: StoredDefinition) async throws(StoreError) -> Bool {
        if let defect = definition.defect {
            throw StoreError(.rejected, operation: "putDefinition", underlying: defect)
        }
        return try await write("putDefinition") { db in
            if let published = try Self.definition(definition.id, version: definition.version, in: db) {
                guard published == definition else {
                    throw StoreError(
                        .definitionConflict, operation: "putDefinition",
                        underlying: "\(definition.id) \(definition.version) is published with other content")
                }
                return false
            }
            let insert = try PreparedStatement(
                db, "INSERT INTO definitions (id, version, content_hash, bytes) VALUES (?, ?, ?, ?)")
            try insert.run {
                $0.add(definition.id)
                $0.add(definition.version)
                $0.add(definition.contentHash)
                $0.add(definition.bytes)
            }
            return true
        }
    }

    public func definition(_ id: String, version: String) async throws(StoreError) -> StoredDefinition? {
        try await read("definition") { db in try Self.definition(id, version: version, in: db) }
    }

    private static func definition(_ id: String, version: String, in db: Database) throws -> StoredDefinition? {
        try PreparedStatement(db, "SELECT content_hash, bytes FROM definitions WHERE id = ? AND version = ?")
            .first({
                $0.add(id)
                $0.add(version)
            }) { StoredDefinition(id: id, version: version, contentHash: $0.hash(0), bytes: $0.bytes(1)) }
    }
}

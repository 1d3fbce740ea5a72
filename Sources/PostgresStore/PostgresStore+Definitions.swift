import Orchestrator

extension PostgresStore {
    @discardableResult
    public func putDefinition(_ definition: StoredDefinition) async throws(StoreError) -> Bool {
        if let defect = definition.defect {
            throw StoreError(.rejected, operation: "putDefinition", underlying: defect)
        }
        var insert = Statement(
            """
            INSERT INTO definitions (id, version, content_hash, bytes) VALUES ($1, $2, $3, $4)
            ON CONFLICT (id, version) DO NOTHING
            """)
        insert.add(definition.id)
        insert.add(definition.version)
        insert.add(definition.contentHash)
        insert.add(definition.bytes)
        if try await write("putDefinition", [insert])[0].changes == 1 { return true }
        guard try await self.definition(definition.id, version: definition.version) == definition else {
            throw StoreError(
                .definitionConflict, operation: "putDefinition",
                underlying: "\(definition.id) \(definition.version) is published with other content")
        }
        return false
    }

    public func definition(_ id: String, version: String) async throws(StoreError) -> StoredDefinition? {
        var select = Statement("SELECT content_hash, bytes FROM definitions WHERE id = $1 AND version = $2")
        select.add(id)
        select.add(version)
        return try await read("definition", select) { rows in
            rows.first { StoredDefinition(id: id, version: version, contentHash: $0.hash(0), bytes: $0.bytes(1)) }
        }
    }

    public func definitions(after cursor: DefinitionEntry?, limit: Int) async throws(StoreError) -> [DefinitionEntry] {
        var select = Statement(
            """
            SELECT id, version, content_hash FROM definitions WHERE (id, version) > ($1, $2)
            ORDER BY id, version LIMIT $3
            """)
        select.add(cursor?.id ?? "")
        select.add(cursor?.version ?? "")
        select.add(max(0, limit))
        return try await read("definitions", select) { rows in
            rows.all { DefinitionEntry(id: $0.text(0), version: $0.text(1), contentHash: $0.hash(2)) }
        }
    }
}

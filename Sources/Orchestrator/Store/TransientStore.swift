/// Something that is kept for a while and then forgotten (临时记录): a session, an answer to be given again, a token.
public struct TransientRecord: Hashable, Sendable {
    /// Most bytes of a value: 1 MiB.
    public static let valueLimit = 1 << 20

    /// What kind of record, for example `session`: 1 to 128 characters from `!` to `~` of ASCII.
    public var space: String
    /// Unique in its space: 1 to 128 characters from `!` to `~` of ASCII.
    public var key: String
    public var value: [UInt8]
    /// From then on it is as if it had never been.
    public var expires: Instant

    public init(space: String, key: String, value: [UInt8], expires: Instant) {
        self.space = space
        self.key = key
        self.value = value
        self.expires = expires
    }

    /// Why no store may take this record, or `nil`.
    public var defect: String? {
        func isName(_ text: String) -> Bool {
            (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        }
        if !isName(space) { return "the space is empty, too long or has other characters than ! to ~" }
        if !isName(key) { return "the key is empty, too long or has other characters than ! to ~" }
        if value.count > Self.valueLimit { return "the value has more than \(Self.valueLimit) bytes" }
        return nil
    }
}

/// Records that expire.
///
/// The caller says what time it is, so that a node with an accelerated clock sees its own sessions end.
public protocol TransientStore: Sendable {
    /// Keeps a record, durably.
    ///
    /// - Parameter ifAbsent: whether one that is there already, and has not expired, stays as it is.
    /// - Returns: `false` if such a record was there and stayed.
    /// - Throws: `rejected` if the record has a ``TransientRecord/defect``.
    @discardableResult
    func put(_ record: TransientRecord, ifAbsent: Bool, at now: Instant) async throws(StoreError) -> Bool

    /// Keeps records in one transaction, durably, whatever was there; no two with one name.
    ///
    /// - Throws: `rejected` if one of them has a ``TransientRecord/defect``; none is kept then.
    func put(_ records: [TransientRecord]) async throws(StoreError)

    /// A record that has not expired.
    func transient(_ space: String, _ key: String, at now: Instant) async throws(StoreError) -> TransientRecord?

    /// Records of a space whose key begins so and that have not expired, by key, those after `cursor`, at most `limit`.
    func transients(
        _ space: String, prefix: String, after cursor: String?, limit: Int, at now: Instant
    ) async throws(StoreError) -> [TransientRecord]

    /// Forgets a record before its time.
    ///
    /// - Returns: `false` if there was none.
    @discardableResult
    func remove(_ space: String, _ key: String) async throws(StoreError) -> Bool

    /// Frees the room of everything that has expired, jobs too: see ``JobStore``.
    ///
    /// - Returns: how many records and jobs that were.
    @discardableResult
    func sweep(at now: Instant) async throws(StoreError) -> Int
}

/// Records that expire, in the plainest form: the reference for all stores.
struct TransientContents {
    private struct Name: Hashable {
        let space: String
        let key: String
    }

    private var records: [Name: TransientRecord] = [:]

    mutating func put(_ record: TransientRecord, ifAbsent: Bool, at now: Instant) throws(StoreError) -> Bool {
        if let defect = record.defect { throw StoreError(.rejected, operation: "put", underlying: defect) }
        if ifAbsent, find(record.space, record.key, at: now) != nil { return false }
        records[Name(space: record.space, key: record.key)] = record
        return true
    }

    mutating func put(_ all: [TransientRecord]) throws(StoreError) {
        if let defect = all.lazy.compactMap(\.defect).first {
            throw StoreError(.rejected, operation: "put", underlying: defect)
        }
        for record in all { records[Name(space: record.space, key: record.key)] = record }
    }

    func find(_ space: String, _ key: String, at now: Instant) -> TransientRecord? {
        records[Name(space: space, key: key)].flatMap { $0.expires > now ? $0 : nil }
    }

    func list(_ space: String, prefix: String, after cursor: String?, limit: Int, at now: Instant) -> [TransientRecord]
    {
        func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
        let found = records.values.filter { record in
            record.space == space && record.key.hasPrefix(prefix) && record.expires > now
                && cursor.map { precedes($0, record.key) } ?? true
        }
        return Array(found.sorted { precedes($0.key, $1.key) }.prefix(max(0, limit)))
    }

    mutating func remove(_ space: String, _ key: String) -> Bool {
        records.removeValue(forKey: Name(space: space, key: key)) != nil
    }

    mutating func sweep(at now: Instant) -> Int {
        let before = records.count
        records = records.filter { $0.value.expires > now }
        return before - records.count
    }
}

import CLibPQ
import Orchestrator
import WorkCalendar

/// One SQL statement with its arguments in PostgreSQL's binary form (语句): `$1` is the first that was added.
///
/// It is sent as an unnamed statement, so that a pooler may give every transaction another session.
struct Statement: Sendable {
    private(set) var sql: String
    private(set) var types: [Oid] = []
    private(set) var lengths: [CInt] = []
    /// Where each argument begins; -1 for NULL.
    private var starts: [Int] = []
    private var bytes: [UInt8] = []

    init(_ sql: String) { self.sql = sql }

    /// The same arguments for a text that was put together after them.
    func with(_ sql: String) -> Statement {
        var statement = self
        statement.sql = sql
        return statement
    }

    /// The numbers of types in `pg_type`, which never change.
    enum Kind {
        static let bytes: Oid = 17
        static let int8: Oid = 20
        static let text: Oid = 25
    }

    // MARK: Single arguments

    mutating func add(_ value: Int64) { add(Kind.int8) { $0.append(bigEndian: value) } }
    mutating func add(_ value: Int) { add(Int64(value)) }
    mutating func add(_ value: LocalDate) { add(Int64(value.dayNumber)) }
    mutating func add(_ value: Instant) { add(value.milliseconds) }
    mutating func add(_ value: String) { add(Kind.text) { $0.append(contentsOf: value.utf8) } }
    mutating func add(_ value: [UInt8]) { add(Kind.bytes) { $0.append(contentsOf: value) } }
    mutating func add(_ value: ChainHash) { add(value.bytes) }

    mutating func add(_ value: String?) {
        if let value { add(value) } else { addNull(Kind.text) }
    }

    mutating func add(_ value: Int64?) {
        if let value { add(value) } else { addNull(Kind.int8) }
    }

    // MARK: Lists

    mutating func add(_ values: [Int64]) {
        add(list: values, 1016, Kind.int8) { bytes, value in bytes.append(sized: 8) { $0.append(bigEndian: value) } }
    }

    mutating func add(_ values: [Int]) { add(values.map { Int64($0) }) }

    mutating func add(_ values: [Int64?]) {
        add(list: values, 1016, Kind.int8) { bytes, value in
            guard let value else { return bytes.append(bigEndian: Int32(-1)) }
            bytes.append(sized: 8) { $0.append(bigEndian: value) }
        }
    }

    mutating func add(_ values: [String]) {
        add(list: values, 1009, Kind.text) { bytes, value in
            bytes.append(sized: value.utf8.count) { $0.append(contentsOf: value.utf8) }
        }
    }

    mutating func add(_ values: [String?]) {
        add(list: values, 1009, Kind.text) { bytes, value in
            guard let value else { return bytes.append(bigEndian: Int32(-1)) }
            bytes.append(sized: value.utf8.count) { $0.append(contentsOf: value.utf8) }
        }
    }

    mutating func add(_ values: [[UInt8]]) {
        add(list: values, 1001, Kind.bytes) { bytes, value in
            bytes.append(sized: value.count) { $0.append(contentsOf: value) }
        }
    }

    mutating func add(_ values: [ChainHash]) {
        add(list: values, 1001, Kind.bytes) { bytes, value in
            bytes.append(sized: 32) { bytes in value.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        }
    }

    private mutating func add<Value>(
        list values: [Value], _ type: Oid, _ element: Oid, _ write: (inout [UInt8], Value) -> Void
    ) {
        add(type) { bytes in
            // Dimensions, whether there may be NULLs, type; then length and first index of the only dimension.
            bytes.append(bigEndian: Int32(values.isEmpty ? 0 : 1))
            bytes.append(bigEndian: Int32(1))
            bytes.append(bigEndian: element)
            if values.isEmpty { return }
            bytes.append(bigEndian: Int32(values.count))
            bytes.append(bigEndian: Int32(1))
            for value in values { write(&bytes, value) }
        }
    }

    private mutating func add(_ type: Oid, _ write: (inout [UInt8]) -> Void) {
        types.append(type)
        starts.append(bytes.count)
        write(&bytes)
        lengths.append(CInt(bytes.count - starts[starts.count - 1]))
    }

    private mutating func addNull(_ type: Oid) {
        types.append(type)
        starts.append(-1)
        lengths.append(0)
    }

    /// Puts the statement into a connection's output, in pipeline mode.
    ///
    /// - Returns: whether the connection took it.
    func send(on connection: OpaquePointer) -> Bool {
        bytes.withUnsafeBytes { buffer in
            let places: [UnsafePointer<CChar>?] = starts.map { start in
                if start < 0 { return nil }
                // An argument of no bytes is not NULL, and an empty buffer has no address.
                guard let base = buffer.baseAddress else { return Self.nothing }
                return (base + start).assumingMemoryBound(to: CChar.self)
            }
            let formats = [CInt](repeating: 1, count: starts.count)
            return PQsendQueryParams(connection, sql, CInt(starts.count), types, places, lengths, formats, 1) == 1
        }
    }

    nonisolated(unsafe) private static let nothing: UnsafePointer<CChar> = {
        let byte = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
        byte.initialize(to: 0)
        return UnsafePointer(byte)
    }()
}

extension [UInt8] {
    fileprivate mutating func append<Value: FixedWidthInteger>(bigEndian value: Value) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    fileprivate mutating func append(sized count: Int, _ write: (inout [UInt8]) -> Void) {
        append(bigEndian: Int32(count))
        write(&self)
    }
}

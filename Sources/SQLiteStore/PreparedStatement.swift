import GRDB
import GRDBSQLite
import Orchestrator
import WorkCalendar

/// A cached statement that is bound and read through SQLite's own interface.
///
/// GRDB ends a text at its first NUL and copies every argument into a value of its own first. Here texts go in and
/// come out with their length, and bytes are copied once. Used within one database access, on its queue.
struct PreparedStatement {
    private let statement: Statement
    private var handle: SQLiteStatement { statement.sqliteStatement }

    init(_ db: Database, _ sql: String) throws {
        statement = try db.cachedStatement(sql: sql)
    }

    /// Runs a statement that gives no rows.
    ///
    /// - Parameter scratch: where the arguments lie meanwhile; without one, SQLite makes copies of its own.
    func run(in scratch: Scratch? = nil, _ bind: (inout Binder) -> Void = { _ in }) throws {
        let isLarge = try start(in: scratch, bind)
        defer { end(isLarge) }
        guard try !step() else { preconditionFailure("a statement without rows gave one") }
    }

    /// The first row, or `nil`.
    func first<Value>(_ bind: (inout Binder) -> Void = { _ in }, _ read: (Columns) throws -> Value) throws -> Value? {
        let isLarge = try start(bind)
        defer { end(isLarge) }
        return try step() ? read(Columns(handle: handle)) : nil
    }

    /// All rows.
    func all<Value>(_ bind: (inout Binder) -> Void = { _ in }, _ read: (Columns) throws -> Value) throws -> [Value] {
        let isLarge = try start(bind)
        defer { end(isLarge) }
        var values: [Value] = []
        while try step() { values.append(try read(Columns(handle: handle))) }
        return values
    }

    /// - Returns: whether the statement holds copies that are worth freeing.
    private func start(in scratch: Scratch? = nil, _ bind: (inout Binder) -> Void) throws -> Bool {
        scratch?.clear()
        var binder = Binder(handle: handle, scratch: scratch)
        bind(&binder)
        guard binder.code == SQLITE_OK else { throw failure(binder.code) }
        return binder.byteCount > 65_536
    }

    /// Lets go of the arguments, before the memory that they lie in goes.
    func forgetArguments() { sqlite3_clear_bindings(handle) }

    private func end(_ isLarge: Bool) {
        sqlite3_reset(handle)
        if isLarge { sqlite3_clear_bindings(handle) }
    }

    private func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code)
        }
    }

    private func failure(_ code: CInt) -> DatabaseError {
        let connection = sqlite3_db_handle(handle)
        let message = sqlite3_errmsg(connection).map { String(cString: $0) }
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: statement.sql)
    }
}

/// Memory for the arguments of one execution at a time: SQLite asks its allocator, under a lock, for every argument
/// that it has to copy.
///
/// What is bound from here must stay until the statement has run. It does: the memory is this object's and never moves,
/// it is written over only when the next execution binds all of its arguments anew, and whoever made it calls
/// ``PreparedStatement/forgetArguments()`` before letting go of it.
final class Scratch {
    private let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 16_384, alignment: 16)
    private var used = 0

    deinit { bytes.deallocate() }

    fileprivate func clear() { used = 0 }

    /// A copy of bytes that stays where it is; `nil` when there is no room.
    fileprivate func copy(_ source: UnsafeRawBufferPointer) -> UnsafeRawPointer? {
        guard let start = bytes.baseAddress, source.count <= bytes.count - used else { return nil }
        let place = start + used
        if let from = source.baseAddress { place.copyMemory(from: from, byteCount: source.count) }
        used += source.count
        return UnsafeRawPointer(place)
    }
}

/// Gives a statement its arguments, from left to right.
struct Binder {
    fileprivate let handle: SQLiteStatement
    private let scratch: Scratch?
    private var index: CInt = 0
    /// The first failure, `SQLITE_OK` if there was none.
    fileprivate private(set) var code = SQLITE_OK
    /// Bytes of the texts and blobs given.
    fileprivate private(set) var byteCount = 0

    /// Asks SQLite to copy what it is given before the call returns.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// Tells SQLite that what it is given stays where it is until it has been used.
    private static let unmoved: sqlite3_destructor_type? = nil

    fileprivate init(handle: SQLiteStatement, scratch: Scratch?) {
        self.handle = handle
        self.scratch = scratch
    }

    mutating func add(_ integer: Int64) {
        index += 1
        note(sqlite3_bind_int64(handle, index, integer))
    }

    mutating func add(_ integer: Int) { add(Int64(integer)) }

    mutating func add(_ date: LocalDate) { add(Int64(date.dayNumber)) }

    mutating func add(_ instant: Instant) { add(instant.milliseconds) }

    mutating func add(_ text: String) {
        index += 1
        var text = text
        byteCount += text.utf8.count
        let code = text.withUTF8 { utf8 in
            if let copy = scratch?.copy(UnsafeRawBufferPointer(utf8)) {
                return sqlite3_bind_text(
                    handle, index, copy.assumingMemoryBound(to: CChar.self), CInt(utf8.count), Self.unmoved)
            }
            return utf8.withMemoryRebound(to: CChar.self) { bytes in
                // A null pointer would bind NULL, and an empty text may have one.
                bytes.isEmpty
                    ? sqlite3_bind_text(handle, index, "", 0, Self.transient)
                    : sqlite3_bind_text(handle, index, bytes.baseAddress, CInt(bytes.count), Self.transient)
            }
        }
        note(code)
    }

    mutating func add(_ text: String?) {
        guard let text else {
            index += 1
            return note(sqlite3_bind_null(handle, index))
        }
        add(text)
    }

    mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }

    mutating func add(_ hash: ChainHash) { hash.withUnsafeBytes { add($0) } }

    private mutating func add(_ bytes: UnsafeRawBufferPointer) {
        index += 1
        byteCount += bytes.count
        if !bytes.isEmpty, let copy = scratch?.copy(bytes) {
            return note(sqlite3_bind_blob64(handle, index, copy, UInt64(bytes.count), Self.unmoved))
        }
        note(
            bytes.isEmpty
                ? sqlite3_bind_zeroblob(handle, index, 0)
                : sqlite3_bind_blob64(handle, index, bytes.baseAddress, UInt64(bytes.count), Self.transient))
    }

    private mutating func note(_ code: CInt) {
        if self.code == SQLITE_OK { self.code = code }
    }
}

/// Reads the columns of the current row; 0 is the leftmost. Valid until the statement moves on.
struct Columns {
    fileprivate let handle: SQLiteStatement

    func int64(_ column: CInt) -> Int64 { sqlite3_column_int64(handle, column) }

    func int(_ column: CInt) -> Int { Int(int64(column)) }

    func date(_ column: CInt) -> LocalDate { LocalDate(dayNumber: int(column)) }

    /// Bytes that are no UTF-8 read as U+FFFD.
    func text(_ column: CInt) -> String {
        guard let start = sqlite3_column_text(handle, column) else { return "" }
        let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
        return String(decoding: bytes, as: UTF8.self)
    }

    func optionalText(_ column: CInt) -> String? {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : text(column)
    }

    func bytes(_ column: CInt) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    /// 32 bytes; anything else reads as zeros, which no event has, so that the chain names the row.
    func hash(_ column: CInt) -> ChainHash {
        guard let start = sqlite3_column_blob(handle, column) else { return .zero }
        let count = Int(sqlite3_column_bytes(handle, column))
        return ChainHash(UnsafeRawBufferPointer(start: start, count: count)) ?? .zero
    }

    func caseID(_ column: CInt) throws -> CaseID {
        let text = text(column)
        guard let caseID = CaseID(text) else { throw DamagedRow("'\(text)' is no case id") }
        return caseID
    }
}

/// A row that this program cannot have written.
struct DamagedRow: Error {
    let text: String

    init(_ text: String) { self.text = text }
}

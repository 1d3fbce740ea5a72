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
    func run(_ bind: (inout Binder) -> Void = { _ in }) throws {
        let isLarge = try start(bind)
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
    private func start(_ bind: (inout Binder) -> Void) throws -> Bool {
        var binder = Binder(handle: handle)
        bind(&binder)
        guard binder.code == SQLITE_OK else { throw failure(binder.code) }
        return binder.byteCount > 65_536
    }

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

/// Gives a statement its arguments, from left to right.
struct Binder {
    fileprivate let handle: SQLiteStatement
    private var index: CInt = 0
    /// The first failure, `SQLITE_OK` if there was none.
    fileprivate private(set) var code = SQLITE_OK
    /// Bytes of the texts and blobs given.
    fileprivate private(set) var byteCount = 0

    /// Asks SQLite to copy what it is given before the call returns.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    fileprivate init(handle: SQLiteStatement) { self.handle = handle }

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
            utf8.withMemoryRebound(to: CChar.self) { bytes in
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

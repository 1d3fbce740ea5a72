import CLibPQ
import Orchestrator
import WorkCalendar

/// What one statement gave: rows of columns in binary form (结果集).
///
/// libpq does not change a result after it is made, so that any thread may read it.
final class ResultSet: @unchecked Sendable {
    private let result: OpaquePointer

    /// Takes over a result, to free it.
    init(_ result: OpaquePointer) { self.result = result }

    deinit { PQclear(result) }

    var count: Int { Int(PQntuples(result)) }

    /// How many rows an INSERT, UPDATE or DELETE touched.
    var changes: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    /// All rows.
    func all<Value, Failure: Error>(_ read: (Columns) throws(Failure) -> Value) throws(Failure) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for row in 0..<count { values.append(try read(Columns(result: result, row: CInt(row)))) }
        return values
    }

    /// The first row, or `nil`.
    func first<Value, Failure: Error>(_ read: (Columns) throws(Failure) -> Value) throws(Failure) -> Value? {
        count == 0 ? nil : try read(Columns(result: result, row: 0))
    }
}

/// Reads the columns of a row; 0 is the leftmost. Valid as long as its result.
struct Columns {
    fileprivate let result: OpaquePointer
    fileprivate let row: CInt

    private func value(_ column: CInt) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
    }

    func isNull(_ column: CInt) -> Bool { PQgetisnull(result, row, column) == 1 }

    /// An integer of 2, 4 or 8 bytes, or a truth value as 0 or 1.
    func int64(_ column: CInt) -> Int64 {
        let bytes = value(column)
        guard let first = bytes.first else { return 0 }
        var integer: Int64 = bytes.count > 1 && first >= 0x80 ? -1 : 0
        for byte in bytes { integer = integer << 8 | Int64(byte) }
        return integer
    }

    func int(_ column: CInt) -> Int { Int(int64(column)) }

    func bool(_ column: CInt) -> Bool { int64(column) != 0 }

    func optionalInt64(_ column: CInt) -> Int64? { isNull(column) ? nil : int64(column) }

    func date(_ column: CInt) -> LocalDate { LocalDate(dayNumber: int(column)) }

    func instant(_ column: CInt) -> Instant { Instant(milliseconds: int64(column)) }

    func text(_ column: CInt) -> String { String(decoding: value(column), as: UTF8.self) }

    func optionalText(_ column: CInt) -> String? { isNull(column) ? nil : text(column) }

    func bytes(_ column: CInt) -> [UInt8] { Array(value(column)) }

    /// 32 bytes; anything else reads as zeros, which no event has, so that the chain names the row.
    func hash(_ column: CInt) -> ChainHash { ChainHash(value(column)) ?? .zero }

    func caseID(_ column: CInt) throws(PostgresFailure) -> CaseID {
        let text = text(column)
        guard let caseID = CaseID(text) else { throw .damaged("'\(text)' is no case id") }
        return caseID
    }
}

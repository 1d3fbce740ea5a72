import GRDB
import Orchestrator

extension StoreError {
    /// What an error of the database means to a caller.
    init(_ error: any Error, operation: String) {
        switch error {
        case let error as StoreError:
            self = error
        case let error as DamagedRow:
            self.init(.corrupt, operation: operation, underlying: error.text)
        case let error as DatabaseError:
            // The description would carry arguments, which are other people's data.
            let text = "SQLite \(error.extendedResultCode.rawValue): \(error.message ?? "no message")"
            let (code, isTransient) = Self.meaning(of: error.resultCode)
            self.init(code, operation: operation, underlying: text, isTransient: isTransient)
        default:
            self.init(.unavailable, operation: operation, underlying: "\(error)")
        }
    }

    private static func meaning(of result: ResultCode) -> (Code, isTransient: Bool) {
        switch result {
        case .SQLITE_BUSY, .SQLITE_LOCKED: (.unavailable, true)
        case .SQLITE_FULL: (.full, false)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: (.corrupt, false)
        case .SQLITE_IOERR: (.diskFailed, false)
        case .SQLITE_TOOBIG, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_RANGE: (.rejected, false)
        case .SQLITE_MISUSE: (.closed, false)
        default: (.unavailable, false)
        }
    }
}

import Orchestrator

extension StoreError {
    /// What a failure of the database means to a caller.
    init(_ failure: PostgresFailure, operation: String) {
        let (code, isTransient) = failure.isUncertain ? (.outcomeUnknown, true) : Self.meaning(of: failure.cause)
        self.init(code, operation: operation, underlying: "PostgreSQL: \(failure.message)", isTransient: isTransient)
    }

    private static func meaning(of cause: PostgresFailure.Cause) -> (Code, isTransient: Bool) {
        switch cause {
        case .unreachable, .lost: (.unavailable, true)
        case .overloaded: (.overloaded, true)
        case .closed: (.closed, false)
        case .damaged: (.corrupt, false)
        case .newerSchema: (.newerSchema, false)
        case .server(let state): meaning(ofState: state)
        }
    }

    /// Classes and codes: https://www.postgresql.org/docs/15/errcodes-appendix.html
    private static func meaning(ofState state: String) -> (Code, isTransient: Bool) {
        switch state {
        case "53100": return (.full, false)
        case "53300", "53200": return (.overloaded, true)
        case "25006", "40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "25P03":
            return (.unavailable, true)
        case "42P01", "42703", "XX001", "XX002": return (.corrupt, false)
        case "58030": return (.diskFailed, false)
        default: break
        }
        switch state.prefix(2) {
        case "22", "23": return (.rejected, false)
        case "08": return (.unavailable, true)
        default: return (.unavailable, false)
        }
    }
}

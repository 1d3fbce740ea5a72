import CaseEngine
import Orchestrator
import Planning
import Synchronization
import WorkCalendar
import WorkflowModel

/// What the rest of cases may bring (预测), found once for each version of a case and day: two pages show it.
final class Forecasts: Sendable {
    private struct Key: Hashable {
        let tenant: String
        let caseID: CaseID
        let version: Int
        let day: LocalDate
        let runs: Int
    }

    private struct Kept {
        var forecasts: [Key: Forecast] = [:]
        /// Oldest first.
        var order: [Key] = []
    }

    private let kept = Mutex(Kept())
    private let limit: Int

    /// - Parameter limit: so many are kept, those found last.
    init(limit: Int = 200) { self.limit = limit }

    var count: Int { kept.withLock { $0.forecasts.count } }

    /// - Parameter runs: samples drawn; as many as the workflow says where nobody says.
    /// - Throws: `NetworkError` when the plan is no network.
    func forecast(
        of snapshot: CaseSnapshot, in tenant: String, on day: LocalDate, runs: Int? = nil
    ) throws -> Forecast {
        let key = Key(
            tenant: tenant, caseID: snapshot.id, version: snapshot.state.version, day: day, runs: runs ?? 0)
        if let known = kept.withLock({ $0.forecasts[key] }) { return known }
        let forecaster =
            if let runs {
                Forecaster(
                    snapshot.machine, assumptions: ForecastAssumptions(of: snapshot.machine.plan.workflow, runs: runs))
            } else { Forecaster(snapshot.machine) }
        let forecast = try forecaster.forecast(snapshot.state, on: day)
        kept.withLock { kept in
            if kept.forecasts.updateValue(forecast, forKey: key) == nil { kept.order.append(key) }
            if kept.order.count > limit { kept.forecasts[kept.order.removeFirst()] = nil }
        }
        return forecast
    }
}

/// Forecasts for programs that were made lately (近期预测).
final class KeptForecasts: Sendable {
    private let kept = Mutex<[(key: String, json: JSONText)]>([])
    private static let limit = 8

    func known(_ key: String) -> JSONText? { kept.withLock { $0.first { $0.key == key }?.json } }

    func keep(_ json: JSONText, _ key: String) {
        kept.withLock { kept in
            if kept.count >= Self.limit { kept.removeFirst() }
            kept.append((key, json))
        }
    }
}

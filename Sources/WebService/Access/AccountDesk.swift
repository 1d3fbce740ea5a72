import CaseEngine
import Orchestrator
import Synchronization
import WorkCalendar

/// The accounts of a city in its store, kept in memory and looked at again from time to time.
final class AccountDesk: Sendable {
    private let stream: OfficeStream<AccountLedger>
    private let kept = Mutex<(ledger: AccountLedger, asOf: ContinuousClock.Instant)?>(nil)
    /// How old what is known may be: another process's change is seen after that.
    private let maximumAge: Duration

    init(store: any EventStore, maximumAge: Duration = .seconds(1)) {
        stream = OfficeStream(store: store)
        self.maximumAge = maximumAge
    }

    func ledger() async throws -> AccountLedger {
        let known = kept.withLock { kept in
            kept.flatMap { ContinuousClock.now - $0.asOf < maximumAge ? $0.ledger : nil }
        }
        if let known { return known }
        let ledger = try await stream.ledger()
        kept.withLock { $0 = (ledger, .now) }
        return ledger
    }

    func account(_ id: String) async throws -> Account? { try await ledger()[id] }

    func perform(
        _ command: AccountCommand, key: CommandKey, by actor: Actor, on date: LocalDate, at: Instant
    ) async throws {
        try await stream.perform(command, key: key, in: CaseContext(today: date, actor: actor), at: at)
        kept.withLock { $0 = nil }
    }

    /// Everything that was done with accounts, in order.
    func events() async throws -> [AccountEvent] { try await stream.events() }
}

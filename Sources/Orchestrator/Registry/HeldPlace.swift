import CaseEngine
import WorkCalendar

/// The time that a booking asks for.
struct WantedPlace: Sendable {
    let date: LocalDate
    let at: TimeOfDay
    /// The case and the item, as `case.item`.
    let subject: String

    /// `nil` if the command books nothing.
    init?(_ command: CaseCommand, of id: CaseID) {
        guard case .item(let item, let step) = command else { return nil }
        switch step {
        case .book(_, let date, let at, _), .rebook(let date, let at): (self.date, self.at) = (date, at)
        default: return nil
        }
        subject = "\(id).\(item)"
    }
}

/// One of the places of a time, held while a booking is decided (占号): in the store, so that it holds against other processes.
///
/// The places of a time are numbered. As many as the registry knows to be booked are taken, and each booking under way has one
/// of the others to itself; it lies there for a minute, by which time the registry has the booking or the place is free.
/// So never are more booked than there are places. For that minute a time may seem full that is not quite.
struct HeldPlace: Sendable {
    private static let space = "appointment"
    private static let lasting = Duration.seconds(60)

    private let key: String
    private let store: any TransientStore

    /// - Returns: `nil` if all are booked: the rules say so themselves.
    /// - Throws: `CaseRejection.slotFull` if the last ones are held by others; `StoreError`.
    static func hold(
        _ wanted: WantedPlace, for command: CommandKey, in registry: Registry, _ store: any TransientStore
    ) async throws -> HeldPlace? {
        let (slot, booked, capacity) = registry.places(on: wanted.date, at: wanted.at, without: wanted.subject)
        if booked >= capacity { return nil }
        let prefix = "\(wanted.date).\(slot)."
        let own = Array("\(wanted.subject) \(command)".utf8)
        let held = try await store.transients(space, prefix: prefix, after: nil, limit: capacity, at: .now)
        if let before = held.first(where: { $0.value == own }) { return HeldPlace(key: before.key, store: store) }
        let taken = Set(held.map(\.key))
        for number in booked..<capacity where !taken.contains(prefix + String(number)) {
            let record = TransientRecord(
                space: space, key: prefix + String(number), value: own, expires: Instant.now.adding(lasting))
            if try await store.put(record, ifAbsent: true, at: .now) { return HeldPlace(key: record.key, store: store) }
        }
        throw CaseRejection.slotFull(wanted.date, at: wanted.at, next: nil)
    }

    /// Nothing was booked. A place that cannot be given back is free in a minute.
    func giveBack() async { _ = try? await store.remove(Self.space, key) }
}

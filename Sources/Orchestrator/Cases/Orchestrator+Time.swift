import CaseEngine
import WorkCalendar

extension Orchestrator {
    /// Lets time pass in a case up to the closing of a date: everything that was due by then happens, each on its own day.
    ///
    /// A deadline that has passed cannot be met by a late command, so whoever acts on a day lets the days before it pass
    /// first.
    ///
    /// - Throws: as ``perform(_:on:key:by:on:at:looksUp:)``.
    @discardableResult
    public func passTime(on id: CaseID, through date: LocalDate, at: Instant) async throws -> Performed {
        let snapshot = try await snapshot(of: id)
        guard let due = snapshot.machine.nextDue(in: snapshot.state), due <= date,
            let key = CommandKey("time.\(snapshot.state.version)")
        else { return Performed(events: [], version: snapshot.state.version, isRepeat: false) }
        return try await perform(.passTime, on: id, key: key, by: .system, on: date, at: at)
    }
}

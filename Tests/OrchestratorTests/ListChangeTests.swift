import Orchestrator
import TestSupport
import Testing
import WorkCalendar

@Suite("Changes of lists")
struct ListChangeTests {
    private typealias Change = ListChange<StoredTimer>

    /// A list of some of eight names, each on one of two days, in an order that stays.
    private static func list(_ random: inout SeededGenerator) -> [StoredTimer] {
        (0..<8).compactMap { number in
            guard Bool.random(using: &random) else { return nil }
            return StoredTimer(
                name: "t\(number)", due: LocalDate(dayNumber: 20_000 + Int.random(in: 0...1, using: &random)))
        }
    }

    private static func sorted(_ list: [StoredTimer]) -> [StoredTimer] { list.sorted { $0.name < $1.name } }

    @Test("What leads from one list to another does so, and names no row that is as it was", arguments: UInt64(0)..<20)
    func difference(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let (old, new) = (Self.list(&random), Self.list(&random))
            let change = Change.from(old, to: new)
            #expect(Self.sorted(change.applied(to: old)) == new, "seed \(seed): \(old) to \(new)")
            #expect(change.rows.allSatisfy { !old.contains($0) })
            if case .all = change { Issue.record("all of the list was told") }
            #expect((change == .unchanged) == (old == new))
        }
    }

    @Test("Changes taken together do what they do one after another", arguments: UInt64(0)..<20)
    func together(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let first = Self.list(&random)
            var (list, last) = (first, first)
            var change = Change.unchanged
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let new = Self.list(&random)
                let next: Change =
                    switch Int.random(in: 0...3, using: &random) {
                    case 0: .unchanged
                    case 1: .all(new)
                    default: .from(last, to: new)
                    }
                if next != .unchanged { last = new }
                list = next.applied(to: list)
                change.append(next)
            }
            #expect(Self.sorted(change.applied(to: first)) == Self.sorted(list), "seed \(seed)")
            #expect(Self.sorted(list) == last, "seed \(seed)")
        }
    }
}

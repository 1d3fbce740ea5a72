import WorkCalendar

/// Whose turn is when: the earliest date first, on one date the lowest number (日程). Who is noted twice has one turn.
struct DatedQueue {
    private var heap: [UInt64] = []

    /// Bits that hold a number; dates are shifted above them, past any that is negative.
    private static let bits: UInt64 = 32
    private static let shift = 1 << 30

    private static func key(_ date: LocalDate, _ number: Int) -> UInt64 {
        UInt64(date.dayNumber + shift) << bits | UInt64(number)
    }

    private static func date(_ key: UInt64) -> LocalDate { LocalDate(dayNumber: Int(key >> bits) - shift) }

    var firstDate: LocalDate? { heap.first.map(Self.date) }

    /// - Complexity: O(log n).
    mutating func insert(_ date: LocalDate, _ number: Int) {
        heap.append(Self.key(date, number))
        var place = heap.count - 1
        while place > 0, heap[(place - 1) / 2] > heap[place] {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    /// The next number on that date; `nil` when there is none.
    /// - Complexity: O(log n).
    mutating func removeFirst(on date: LocalDate) -> Int? {
        guard let first = heap.first, Self.date(first) <= date else { return nil }
        repeat { removeRoot() } while heap.first == first
        return Int(first & (1 << Self.bits - 1))
    }

    private mutating func removeRoot() {
        let last = heap.removeLast()
        guard !heap.isEmpty else { return }
        heap[0] = last
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            guard least != place else { return }
            heap.swapAt(place, least)
            place = least
        }
    }
}

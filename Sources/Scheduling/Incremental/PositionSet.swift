/// A set of places in an order, for taking out the first or the last again and again while others come in.
///
/// A bitmap with a second one that says where it is not empty; a sweep over n places costs n / 4096 steps besides its
/// members.
struct PositionSet: Sendable {
    private var words: [UInt64]
    /// Bit w is set when word w is not 0.
    private var summary: [UInt64]
    /// Nothing lies in summary words outside.
    private var low: Int
    private var high = -1

    init(count: Int) {
        words = Array(repeating: 0, count: count / 64 + 1)
        summary = Array(repeating: 0, count: count / 4096 + 1)
        low = summary.count
    }

    mutating func insert(_ place: Int) {
        words[place >> 6] |= 1 << UInt64(place & 63)
        summary[place >> 12] |= 1 << UInt64(place >> 6 & 63)
        low = min(low, place >> 12)
        high = max(high, place >> 12)
    }

    mutating func popFirst() -> Int? {
        while low <= high {
            if summary[low] != 0 {
                let word = low << 6 + summary[low].trailingZeroBitCount
                return take(bit: words[word].trailingZeroBitCount, of: word)
            }
            low += 1
        }
        reset()
        return nil
    }

    mutating func popLast() -> Int? {
        while low <= high {
            if summary[high] != 0 {
                let word = high << 6 + 63 - summary[high].leadingZeroBitCount
                return take(bit: 63 - words[word].leadingZeroBitCount, of: word)
            }
            high -= 1
        }
        reset()
        return nil
    }

    /// - Complexity: O(members' range / 64).
    mutating func removeAll() {
        guard low <= high else { return }
        for word in low << 6..<min(words.count, (high + 1) << 6) { words[word] = 0 }
        for word in low...high { summary[word] = 0 }
        reset()
    }

    private mutating func take(bit: Int, of word: Int) -> Int {
        words[word] &= ~(1 << UInt64(bit))
        if words[word] == 0 { summary[word >> 6] &= ~(1 << UInt64(word & 63)) }
        return word << 6 + bit
    }

    private mutating func reset() {
        low = summary.count
        high = -1
    }
}

/// Sets of activities that were started before, with what of them was still running: a later branch with the same set that
/// leaves no more room cannot lead to a shorter schedule.
///
/// Of two sets in one place the later stays.
struct CutsetTable {
    private var sets: [UInt64]
    private var times: [Int32]
    /// `width` pairs a set, of an activity and its finish; −1 ends them.
    private var running: [Int32]
    private let bits: Int
    private static let width = 6

    init(bits: Int = 14) {
        self.bits = bits
        sets = Array(repeating: 0, count: 1 << bits)
        times = Array(repeating: 0, count: 1 << bits)
        running = Array(repeating: -1, count: 2 * Self.width << bits)
    }

    private func place(of set: UInt64) -> Int {
        Int(truncatingIfNeeded: (set &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - bits))
    }

    /// Whether the same set is known to have been started by `time`, each of it finished by then or by its finish here.
    func dominates(_ set: UInt64, _ time: Int32, _ finish: [Int32]) -> Bool {
        let place = place(of: set)
        guard set != 0, sets[place] == set, times[place] <= time else { return false }
        for pair in place * Self.width..<(place + 1) * Self.width {
            let activity = Int(running[2 * pair])
            if activity < 0 { break }
            if running[2 * pair + 1] > max(time, finish[activity]) { return false }
        }
        return true
    }

    /// Remembers a set whose branch was gone through to its end.
    mutating func insert(_ set: UInt64, _ time: Int32, _ active: UInt64, _ finish: [Int32]) {
        guard active.nonzeroBitCount <= Self.width else { return }
        let place = place(of: set)
        sets[place] = set
        times[place] = time
        var at = 2 * place * Self.width
        var rest = active
        while rest != 0 {
            let activity = rest.trailingZeroBitCount
            rest &= rest - 1
            running[at] = Int32(activity)
            running[at + 1] = finish[activity]
            at += 2
        }
        if active.nonzeroBitCount < Self.width { running[at] = -1 }
    }
}

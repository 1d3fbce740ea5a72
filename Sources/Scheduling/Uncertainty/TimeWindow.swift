/// A stretch of a project between the ends of two groups of activities, and what counts in it (时间窗口).
public struct TimeWindow: Sendable, Hashable {
    /// By index in the network's input: the window opens when the last of `from` has finished and ends with the last of
    /// `to`; chains begin with `begins`.
    public var from: [Int]
    public var begins: [Int]
    public var to: [Int]
    /// The activities whose time counts.
    public var counted: Set<Int>
    /// Index of the calendar whose minutes are counted.
    public var calendar: Int
    /// Which of its measures drivers are sought for.
    public var measure: WindowMeasure
    /// Minutes that count already, before the project's start, on the chains that lead to an activity: there they begin
    /// with as much (预计时).
    public var leads: [Int: Int]

    public init(
        from: [Int], begins: [Int], to: [Int], counted: Set<Int>, calendar: Int, measure: WindowMeasure = .union,
        leads: [Int: Int] = [:]
    ) {
        self.from = from
        self.begins = begins
        self.to = to
        self.counted = counted
        self.calendar = calendar
        self.measure = measure
        self.leads = leads
    }
}

/// How the time in a window is measured, always in this order.
public enum WindowMeasure: Int, Sendable, Hashable, CaseIterable {
    /// Minutes on which at least one counted activity runs, 并集.
    case union
    /// Minutes from the window's start to its end, 跨度.
    case span
    /// Minutes of all counted activities, 累计.
    case sum
    /// Counted minutes along the chain that has most of them 计时关键路径.
    case path
}

/// Measures a window on the dates of a sample.
struct WindowPass: Sendable {
    private let from: [Int]
    private let to: [Int]
    private let calendar: Int
    private let counted: [Int]
    /// By position: the index in `counted`, or −1.
    private let countedIndex: [Int]
    /// By position: what a chain that begins there has counted already; −1 when none begins.
    private let leads: [Int]
    private let network: ActivityNetwork

    init(_ window: TimeWindow, _ network: ActivityNetwork) {
        func positions(_ indices: some Sequence<Int>) -> [Int] { indices.map { Int(network.position[$0]) } }
        self.network = network
        from = positions(window.from)
        to = positions(window.to)
        calendar = window.calendar
        counted = positions(window.counted).sorted()
        var countedIndex = [Int](repeating: -1, count: network.order.count)
        for (index, position) in counted.enumerated() { countedIndex[position] = index }
        self.countedIndex = countedIndex
        var leads = [Int](repeating: -1, count: network.order.count)
        for position in positions(window.begins) { leads[position] = 0 }
        for (index, minutes) in window.leads { leads[Int(network.position[index])] = minutes }
        self.leads = leads
    }

    var goals: [Int] { to }

    /// Room for a sample's periods.
    struct Room {
        fileprivate var begin: [Int]
        fileprivate var end: [Int]
        /// The periods by their beginning, nearly so already from the sample before.
        fileprivate var order: [Int]
        fileprivate var best: [Int]
    }

    func room() -> Room {
        let none = [Int](repeating: 0, count: counted.count)
        return Room(
            begin: none, end: none, order: Array(counted.indices), best: Array(repeating: 0, count: leads.count))
    }

    /// The four measures in the order of `WindowMeasure`.
    func measure(_ dates: DayPass.Dates, _ axis: DayAxis, _ room: inout Room) -> SIMD4<Int32> {
        let open = from.reduce(Int.min) { max($0, dates.finish[$1]) }
        let close = to.reduce(open) { max($0, dates.finish[$1]) }
        let first = axis.rank(open, calendar)
        let last = axis.rank(close, calendar)
        var sum = 0
        for (index, position) in counted.enumerated() {
            let finish = dates.finish[position]
            // From when it may begin on, also when the next working time comes later.
            let ready = min(dates.ready[position], finish)
            let begin = ready <= open ? first : ready >= close ? last : axis.rank(ready, calendar)
            let end = finish <= open ? first : finish >= close ? last : axis.rank(finish, calendar)
            room.begin[index] = begin
            room.end[index] = end
            sum += end - begin
        }
        return SIMD4(Int32(union(&room)), Int32(last - first), Int32(sum), Int32(path(&room)))
    }

    private func union(_ room: inout Room) -> Int {
        for place in room.order.indices.dropFirst() {
            let period = room.order[place]
            var free = place
            while free > 0, room.begin[room.order[free - 1]] > room.begin[period] {
                room.order[free] = room.order[free - 1]
                free -= 1
            }
            room.order[free] = period
        }
        var covered = 0
        var reached = Int.min
        for period in room.order where room.end[period] > reached {
            covered += room.end[period] - max(reached, room.begin[period])
            reached = room.end[period]
        }
        return covered
    }

    private func path(_ room: inout Room) -> Int {
        var longest = 0
        guard let last = to.max() else { return 0 }
        for position in 0...last {
            var before = leads[position]
            for link in network.links(into: position) {
                before = max(before, room.best[Int(network.linkPredecessor[link])])
            }
            let index = countedIndex[position]
            room.best[position] = before < 0 ? -1 : before + (index < 0 ? 0 : room.end[index] - room.begin[index])
        }
        for position in to { longest = max(longest, room.best[position]) }
        return longest
    }
}

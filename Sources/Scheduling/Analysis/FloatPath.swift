/// A chain of activities through the project with the time that is left on it (线路).
public struct FloatPath: Sendable, Hashable {
    public let path: NetworkPath
    /// Working minutes that the chain's relations leave unused, with those from its last finish to the project's, each
    /// counted on the calendar of what waits: 0 for the longest path.
    public let gap: Int

    /// Sum of the durations of its activities.
    public func work(in network: ActivityNetwork) -> Int {
        path.activities.reduce(0) { $0 + network.activities[$1].duration }
    }
}

/// The longest paths of a schedule, one after the other (最长的若干条线路).
///
/// A path begins where nothing drives any more, the project's start or a constraint, and ends with an activity that
/// nothing waits for the finish of. On one calendar and without constraints a path's length is the project's less its
/// gap, so the paths come longest first. Under constraints or several calendars the gap is what still tells how near a
/// path is to delaying the project.
///
/// A path is known by its *sidetracks*, the relations on it that do not drive: between them it follows the first driving
/// relation. Each path taken off the heap adds those that leave it by one sidetrack more, further up.
/// - Complexity: O(k · (length of a path + sidetracks along it) · log) for k paths, after O(activities + relations).
/// - Source: D. Eppstein, *Finding the k Shortest Paths*, SIAM J. Comput. 28 (1998), doi:10.1137/S0097539795290477,
///   with the tree of driving relations as that of shortest paths.
public struct LongestPaths: Sequence, IteratorProtocol {
    private let schedule: Schedule
    private let gaps: LinkGaps
    private var heap = PathHeap<Candidate>()
    /// Sidetracks of the paths found, each with the path it continues; −1 is none.
    private var sidetracks: [(link: Int, previous: Int)] = []

    private struct Candidate: Comparable {
        let gap: Int
        /// In order of being found, to break ties.
        let number: Int
        let end: Int
        /// The last of its sidetracks in `sidetracks`; −1 without any.
        let last: Int

        static func < (a: Self, b: Self) -> Bool { (a.gap, a.number) < (b.gap, b.number) }
        static func == (a: Self, b: Self) -> Bool { a.number == b.number }
    }

    public init(_ schedule: Schedule) {
        self.schedule = schedule
        let network = schedule.network
        gaps = LinkGaps(schedule)
        let outgoing = OutgoingRelations(network)
        for activity in network.activities.indices {
            let position = Int(network.position[activity])
            let isEnd = !outgoing.links(outOf: position).contains { network.leavesFromFinish($0.link) }
            guard isEnd else { continue }
            let time = network.workingTime(at: position)
            push(
                gap: Swift.max(0, time.work(from: schedule.earlyFinish[activity], to: schedule.projectFinish)),
                end: position, last: -1)
        }
    }

    private mutating func push(gap: Int, end: Int, last: Int) {
        heap.push(Candidate(gap: gap, number: pushed, end: end, last: last))
        pushed += 1
    }
    private var pushed = 0

    public mutating func next() -> FloatPath? {
        guard let found = heap.pop() else { return nil }
        var taken: [Int] = []
        var previous = found.last
        while previous >= 0 {
            taken.append(sidetracks[previous].link)
            previous = sidetracks[previous].previous
        }
        // From the end upwards; the sidetrack nearest to the end was taken first.
        var rest = taken[...]
        var position = found.end
        var positions = [position]
        var links: [Int] = []
        while true {
            let chosen = rest.last.flatMap { schedule.network.links(into: position).contains($0) ? $0 : nil }
            if chosen != nil { rest = rest.dropLast() }
            if rest.isEmpty, chosen == nil { branch(off: found, at: position) }
            guard let link = chosen ?? gaps.driver[position] else { break }
            position = Int(schedule.network.linkPredecessor[link])
            links.append(link)
            positions.append(position)
        }
        return FloatPath(path: NetworkPath(in: schedule.network, positions: positions, links: links), gap: found.gap)
    }

    /// Adds the paths that leave this one at a position above its last sidetrack.
    private mutating func branch(off path: Candidate, at position: Int) {
        for link in schedule.network.links(into: position) where link != gaps.driver[position] {
            guard let gap = gaps.gap[link] else { continue }
            sidetracks.append((link, path.last))
            push(gap: path.gap + gap, end: path.end, last: sidetracks.count - 1)
        }
    }
}

/// How much each link leaves unused.
struct LinkGaps {
    /// Link → working minutes, of its successor's calendar, from the start it asks for to the successor's; `nil` when the
    /// link does not bind what has started or finished.
    private(set) var gap: [Int?]
    /// Position → the link that drives it first.
    private(set) var driver: [Int?]

    init(_ schedule: Schedule) {
        let network = schedule.network
        gap = Array(repeating: nil, count: network.linkPredecessor.count)
        driver = Array(repeating: nil, count: network.durations.count)
        for position in network.durations.indices {
            let activity = Int(network.order[position])
            guard network.activities[activity].progress?.finish == nil else { continue }
            let time = network.workingTime(at: position)
            let begin = schedule.beginOfWork(activity)
            for link in network.links(into: position) {
                gap[link] = Swift.max(0, time.work(from: schedule.start(through: link, into: position), to: begin))
            }
            driver[position] = schedule.drivingLinks(into: position).first
        }
    }
}

/// A binary heap, least first.
struct PathHeap<Element: Comparable> {
    private var elements: [Element] = []

    mutating func push(_ element: Element) {
        elements.append(element)
        var child = elements.count - 1
        while child > 0, elements[child] < elements[(child - 1) / 2] {
            elements.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> Element? {
        guard let first = elements.first else { return nil }
        let last = elements.removeLast()
        guard !elements.isEmpty else { return first }
        elements[0] = last
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < elements.count else { return first }
            if child + 1 < elements.count, elements[child + 1] < elements[child] { child += 1 }
            guard elements[child] < elements[parent] else { return first }
            elements.swapAt(child, parent)
            parent = child
        }
    }
}

/// The links of every activity on one side of it, in order of their numbers; lists in one array that grow where they are
/// or move to its end.
struct LinkPool: Sendable {
    /// A link as its activity sees it.
    struct Entry: Sendable {
        /// The activity at the other end.
        var node: Int32
        /// Working minutes from the start of the predecessor to that of the successor.
        var offset: Int32
        /// The number of its relation.
        var link: Int32
    }

    private(set) var entries: [Entry]
    private var first: [Int32]
    private var counts: [Int32]
    private var rooms: [Int32]

    /// - Parameter lists: how many links each activity has; `fill` is asked for them in turn.
    init(counts: [Int32], _ fill: (Int) -> Entry) {
        self.counts = counts
        rooms = counts
        var next: Int32 = 0
        first = counts.map { count in
            defer { next += count }
            return next
        }
        entries = (0..<Int(next)).map(fill)
    }

    func range(_ node: Int) -> Range<Int> { Int(first[node])..<Int(first[node] + counts[node]) }

    func isEmpty(_ node: Int) -> Bool { counts[node] == 0 }

    mutating func setOffset(_ offset: Int32, of link: Int32, at node: Int) {
        for index in range(node) where entries[index].link == link { entries[index].offset = offset }
    }

    /// - Complexity: O(links of the activity); amortized over insertions.
    mutating func insert(_ entry: Entry, at node: Int) {
        if counts[node] == rooms[node] { move(node) }
        var index = range(node).upperBound
        while index > Int(first[node]), entries[index - 1].link > entry.link {
            entries[index] = entries[index - 1]
            index -= 1
        }
        entries[index] = entry
        counts[node] += 1
    }

    private mutating func move(_ node: Int) {
        let old = range(node)
        first[node] = Int32(entries.count)
        entries.append(contentsOf: entries[old])
        rooms[node] = max(4, 2 * rooms[node])
        let blank = Entry(node: 0, offset: 0, link: 0)
        entries.append(contentsOf: repeatElement(blank, count: Int(rooms[node]) - old.count))
    }

    mutating func remove(_ link: Int32, at node: Int) {
        let range = range(node)
        guard let index = range.first(where: { entries[$0].link == link }) else { return }
        for later in index..<range.upperBound - 1 { entries[later] = entries[later + 1] }
        counts[node] -= 1
    }
}

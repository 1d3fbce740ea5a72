/// A topological order that is kept while links come and go.
///
/// A link that already leads forward costs nothing, and none costs anything when it goes. Another one only moves what
/// lies between its ends and hangs on one of them.
/// - Source: D. J. Pearce, P. H. J. Kelly, *A dynamic topological sort algorithm for directed acyclic graphs*, ACM JEA 11
///   (2007), doi:10.1145/1187436.1210590.
struct DynamicOrder: Sendable {
    private(set) var place: [Int32]
    private(set) var node: [Int32]

    init(count: Int) {
        place = Array(0..<Int32(count))
        node = place
    }

    /// Makes room for a link between two nodes.
    /// - Returns: the links that lead from `successor` back to `predecessor`, when there are any; then nothing moves.
    /// - Complexity: O(k log k + their links), k = nodes between the two that one of them leads to or comes from.
    mutating func admit(
        from predecessor: Int, to successor: Int, into: LinkPool, outOf: LinkPool
    ) -> [Int32]? {
        let (low, high) = (place[successor], place[predecessor])
        guard high > low else { return nil }
        // What hangs on the successor, with the link by which each was met.
        var after: [Int32] = [Int32(successor)]
        var cameBy: [Int32: (link: Int32, from: Int32)] = [:]
        var next = 0
        while next < after.count {
            let node = after[next]
            next += 1
            for entry in outOf.entries[outOf.range(Int(node))] where place[Int(entry.node)] <= high {
                guard entry.node != successor, cameBy[entry.node] == nil else { continue }
                cameBy[entry.node] = (entry.link, node)
                if entry.node == predecessor { return Self.trace(back: predecessor, to: successor, cameBy) }
                after.append(entry.node)
            }
        }
        var before: [Int32] = [Int32(predecessor)]
        var isKnown: Set<Int32> = [Int32(predecessor)]
        next = 0
        while next < before.count {
            let node = Int(before[next])
            next += 1
            for entry in into.entries[into.range(node)] where place[Int(entry.node)] >= low {
                if isKnown.insert(entry.node).inserted { before.append(entry.node) }
            }
        }
        // Together they keep the places that they had: first what comes before, each group in its order.
        let inOrder = { (a: Int32, b: Int32) in self.place[Int(a)] < self.place[Int(b)] }
        let moved = before.sorted(by: inOrder) + after.sorted(by: inOrder)
        let places = moved.map { place[Int($0)] }.sorted()
        for (node, place) in zip(moved, places) {
            self.place[Int(node)] = place
            self.node[Int(place)] = node
        }
        return nil
    }

    private static func trace(
        back end: Int, to start: Int, _ cameBy: [Int32: (link: Int32, from: Int32)]
    ) -> [Int32] {
        var links: [Int32] = []
        var node = Int32(end)
        while node != start, let step = cameBy[node] {
            links.append(step.link)
            node = step.from
        }
        return links.reversed()
    }
}

extension Schedule {
    /// The project's activities in order of how near they are to driving its finish: the longest path, then the chain that
    /// joins what is numbered already with the least gap, and so on (多条浮时路径).
    ///
    /// Unlike `LongestPaths` no activity is on two of them.
    /// - Parameter count: at most so many paths.
    /// - Complexity: O((activities + relations) log relations).
    /// - Source: the multiple float paths of Primavera P6, by the gaps of relations.
    public func floatPaths(to end: Int? = nil, count: Int) -> [FloatPath] {
        guard let end = end ?? lastActivity else { return [] }
        let gaps = LinkGaps(self)
        var isNumbered = [Bool](repeating: false, count: network.durations.count)
        var heap = PathHeap<Join>()
        var paths: [FloatPath] = []
        var next: Join? = Join(gap: 0, link: -1, position: Int(network.position[end]))
        while let join = next, paths.count < count {
            defer { next = heap.pop() }
            guard !isNumbered[join.position] else { continue }
            var position = join.position
            var positions: [Int] = []
            var links: [Int] = []
            while !isNumbered[position] {
                isNumbered[position] = true
                positions.append(position)
                let driver = gaps.driver[position]
                for link in network.links(into: position) where link != driver {
                    guard let gap = gaps.gap[link] else { continue }
                    heap.push(Join(gap: join.gap + gap, link: link, position: Int(network.linkPredecessor[link])))
                }
                guard let driver else { break }
                position = Int(network.linkPredecessor[driver])
                if !isNumbered[position] { links.append(driver) }
            }
            paths.append(FloatPath(path: NetworkPath(in: network, positions: positions, links: links), gap: join.gap))
        }
        return paths
    }

    /// A chain that can join the numbered ones.
    private struct Join: Comparable {
        let gap: Int
        let link: Int
        let position: Int

        static func < (a: Self, b: Self) -> Bool { (a.gap, a.link) < (b.gap, b.link) }
    }
}

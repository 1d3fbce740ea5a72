extension ActivityNetwork {
    /// The activities that each relation joins, by their indices; in order of input.
    /// - Complexity: O(relations).
    public var relationEnds: [(predecessor: Int, successor: Int)] {
        var ends = [(predecessor: Int, successor: Int)](repeating: (0, 0), count: linkRelation.count)
        for position in durations.indices {
            for link in links(into: position) {
                ends[Int(linkRelation[link])] = (Int(order[Int(linkPredecessor[link])]), Int(order[position]))
            }
        }
        return ends
    }
}

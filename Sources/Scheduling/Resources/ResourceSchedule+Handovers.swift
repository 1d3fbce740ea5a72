extension ResourceSchedule {
    /// Which activity leaves units to which: pairs of indices, the second begins with what the first held (资源流).
    ///
    /// Any dates in which the second of each pair starts no earlier than the first finishes keep within the capacities
    /// outside windows, so that a schedule can be moved to real calendars without breaking them.
    /// - Source: Artigues, Michelon, Reusser, *Insertion techniques for static and dynamic resource-constrained project
    ///   scheduling*, EJOR 149 (2003) 249–267, doi:10.1016/S0377-2217(02)00758-0: resource flow networks.
    /// - Complexity: O(activities · units).
    public var handovers: [(Int, Int)] {
        let order = starts.indices.sorted {
            (starts[$0], problem.packed.rank[$0]) < (starts[$1], problem.packed.rank[$1])
        }
        var pairs: Set<[Int]> = []
        for (number, resource) in problem.resources.enumerated() {
            var lastUser = [Int?](repeating: nil, count: resource.capacity)
            var freeFrom = [Int](repeating: 0, count: resource.capacity)
            for activity in order {
                guard let units = problem.activities[activity].needs[number] else { continue }
                // Of the free units those that were left last: fewer pairs, and none that is not needed soon.
                let free = freeFrom.indices.filter { freeFrom[$0] <= starts[activity] }
                    .sorted { (freeFrom[$1], $0) < (freeFrom[$0], $1) }
                for unit in free.prefix(units) {
                    if let last = lastUser[unit] { pairs.insert([last, activity]) }
                    lastUser[unit] = activity
                    freeFrom[unit] = finish(of: activity)
                }
            }
        }
        return pairs.map { ($0[0], $0[1]) }.sorted { $0 < $1 }
    }
}

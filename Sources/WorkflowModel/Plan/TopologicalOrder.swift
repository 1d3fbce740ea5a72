extension Plan {
    /// The positions of items, predecessors before successors; among those that could come next, the file's order.
    ///
    /// Every relation type counts as an arrow. Items on a circle, and behind one, come last in the file's order;
    /// checked files have none.
    ///
    /// - Complexity: O((n + d) log n), d = dependencies.
    /// - Source: A. B. Kahn, *Topological sorting of large networks*, CACM 5 (11), 1962, with a heap for the choice.
    static func topologicalOrder(of items: [PlannedItem], positions: [String: Int]) -> [Int] {
        var successors: [[Int]] = Array(repeating: [], count: items.count)
        var waitingFor = Array(repeating: 0, count: items.count)
        for (index, item) in items.enumerated() {
            for dependency in item.after {
                guard let predecessor = positions[dependency.item] else { continue }
                successors[predecessor].append(index)
                waitingFor[index] += 1
            }
        }
        var ready = SmallestFirst()
        for index in items.indices where waitingFor[index] == 0 { ready.insert(index) }
        var order: [Int] = []
        order.reserveCapacity(items.count)
        while let index = ready.removeSmallest() {
            order.append(index)
            for successor in successors[index] {
                waitingFor[successor] -= 1
                if waitingFor[successor] == 0 { ready.insert(successor) }
            }
        }
        if order.count < items.count { order += items.indices.filter { waitingFor[$0] > 0 } }
        return order
    }
}

/// A binary heap of positions.
private struct SmallestFirst {
    private var heap: [Int] = []

    mutating func insert(_ value: Int) {
        var child = heap.count
        heap.append(value)
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeSmallest() -> Int? {
        guard let smallest = heap.first, let last = heap.popLast() else { return nil }
        if heap.isEmpty { return smallest }
        heap[0] = last
        var parent = 0
        while 2 * parent + 1 < heap.count {
            var child = 2 * parent + 1
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            if heap[parent] <= heap[child] { break }
            heap.swapAt(parent, child)
            parent = child
        }
        return smallest
    }
}

/// The bare graph of a network: arcs between activity numbers, in order of input.
struct Arcs {
    let count: Int
    let predecessors: [Int32]
    let successors: [Int32]

    /// Arcs grouped by one of their ends, each group in order of input.
    struct Groups {
        let first: [Int32]
        let arcs: [Int32]

        func range(of node: Int) -> Range<Int> { Int(first[node])..<Int(first[node + 1]) }
    }

    var relationsIntoEach: Groups { grouped(by: successors) }
    var relationsOutOfEach: Groups { grouped(by: predecessors) }

    private func grouped(by ends: [Int32]) -> Groups {
        var first = [Int32](repeating: 0, count: count + 1)
        for end in ends { first[Int(end) + 1] += 1 }
        for node in 0..<count { first[node + 1] += first[node] }
        var next = first
        var arcs = [Int32](repeating: 0, count: ends.count)
        for (arc, end) in ends.enumerated() {
            arcs[Int(next[Int(end)])] = Int32(arc)
            next[Int(end)] += 1
        }
        return Groups(first: first, arcs: arcs)
    }

    /// The nodes in an order in which every arc leads forward, or `nil` when there is none.
    ///
    /// Input that is already in such an order keeps it, as people write plans roughly in order of time and the passes
    /// then read memory in order.
    /// - Complexity: O(nodes + arcs); no recursion.
    /// - Source: A. B. Kahn, *Topological sorting of large networks*, CACM 5 (1962), doi:10.1145/368996.369025.
    func topologicalOrder() -> [Int32]? {
        if zip(predecessors, successors).allSatisfy({ $0 < $1 }) { return Array(0..<Int32(count)) }
        let order = nodesFreedInTurn()
        return order.count == count ? order : nil
    }

    /// Each node after all its predecessors; what lies in or behind a cycle never gets its turn.
    private func nodesFreedInTurn() -> [Int32] {
        var waitingFor = [Int32](repeating: 0, count: count)
        for successor in successors { waitingFor[Int(successor)] += 1 }
        let outOfEach = relationsOutOfEach
        var order = (0..<Int32(count)).filter { waitingFor[Int($0)] == 0 }
        order.reserveCapacity(count)
        var done = 0
        while done < order.count {
            for arc in outOfEach.arcs[outOfEach.range(of: Int(order[done]))] {
                let successor = successors[Int(arc)]
                waitingFor[Int(successor)] -= 1
                if waitingFor[Int(successor)] == 0 { order.append(successor) }
            }
            done += 1
        }
        return order
    }

    /// Arcs that form a cycle, each leading to where the next begins; begins at the cycle's first node in the input.
    ///
    /// A node that never gets its turn waits for another that never does, so walking back among them comes round.
    /// - Precondition: there is a cycle.
    /// - Complexity: O(nodes + arcs); no recursion.
    func cycle() -> [Int] {
        var left = [Bool](repeating: true, count: count)
        for node in nodesFreedInTurn() { left[Int(node)] = false }
        let into = relationsIntoEach
        var cameBy = [Int32](repeating: -1, count: count)
        var node = left.firstIndex(of: true)!  // there is a cycle
        while cameBy[node] < 0 {
            let arc = into.arcs[into.range(of: node)].first { left[Int(predecessors[Int($0)])] }!
            cameBy[node] = arc
            node = Int(predecessors[Int(arc)])
        }
        var backwards: [Int] = []
        let end = node
        repeat {
            backwards.append(Int(cameBy[node]))
            node = Int(predecessors[Int(cameBy[node])])
        } while node != end
        let cycle = Array(backwards.reversed())
        let first = cycle.indices.min { predecessors[cycle[$0]] < predecessors[cycle[$1]] }!  // not empty
        return Array(cycle[first...] + cycle[..<first])
    }
}

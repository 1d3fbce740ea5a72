/// What waits for what, down to the phases of joint items.
///
/// A node is an item, or a phase of a joint one; a dependency is an edge from the node that waits to the one waited
/// for. A joint item is entered at its admission and left at its conclusion, with its participants side by side
/// between them. Relations count between whole nodes: a pair of items tied both ways, even if only by start and
/// finish, is a cycle, because no solver of networks gives it dates.
struct WaitingGraph {
    struct Edge {
        /// The node waited for.
        let node: Int
        /// The position in the waiting item's `after`; `nil` between the phases of one joint item.
        let dependency: Int?
    }

    /// The item of each node.
    let item: [Int]
    /// What each node waits for.
    let waitsFor: [[Edge]]
    /// Where each item starts and where it ends.
    let entry: [Int]
    let exit: [Int]

    /// - Parameter itemIndex: the position of each item, by id.
    init(_ items: [Item], _ itemIndex: [String: Int]) {
        var nodes = NodeList()
        for (index, item) in items.enumerated() { nodes.add(item, at: index) }
        for (index, item) in items.enumerated() {
            for (position, dependency) in item.after.enumerated() {
                guard let other = itemIndex[dependency.item], other != index else { continue }
                let isIntoStart = [.finishToStart, .startToStart].contains(dependency.type)
                let waiting = isIntoStart ? nodes.entry[index] : nodes.exit[index]
                let isFromStart = [.startToStart, .startToFinish].contains(dependency.type)
                let whole = isFromStart ? nodes.entry[other] : nodes.exit[other]
                let node = dependency.phase.flatMap { nodes.phases[other]?[$0.name] } ?? whole
                nodes.waitsFor[waiting].append(Edge(node: node, dependency: position))
            }
        }
        self.item = nodes.item
        self.waitsFor = nodes.waitsFor
        self.entry = nodes.entry
        self.exit = nodes.exit
    }

    private struct NodeList {
        var item: [Int] = []
        var waitsFor: [[Edge]] = []
        var entry: [Int] = []
        var exit: [Int] = []
        var phases: [Int: [String: Int]] = [:]

        mutating func add(_ item: Item, at index: Int) {
            let first = node(of: index, after: [])
            entry.append(first)
            guard let joint = item.joint else {
                exit.append(first)
                return
            }
            var named = [JointPhase.admission.name: first]
            var participants: [Int] = []
            for participant in joint.participants {
                participants.append(node(of: index, after: [first]))
                named[participant.id] = participants[participants.count - 1]
            }
            let merge = node(of: index, after: participants.isEmpty ? [first] : participants)
            let conclusion = node(of: index, after: [merge])
            // In a session all act together: it is over when the merged notice may be written.
            named[JointPhase.session.name] = participants.first ?? merge
            named[JointPhase.merge.name] = merge
            named[JointPhase.conclusion.name] = conclusion
            phases[index] = named
            exit.append(conclusion)
        }

        private mutating func node(of index: Int, after nodes: [Int]) -> Int {
            item.append(index)
            waitsFor.append(nodes.map { Edge(node: $0, dependency: nil) })
            return item.count - 1
        }
    }

    /// The nodes that can be reached from one by following edges, itself included.
    static func reached(from start: Int, by edges: [[Int]]) -> [Bool] {
        var isReached = [Bool](repeating: false, count: edges.count)
        isReached[start] = true
        var open = [start]
        while let node = open.popLast() {
            for next in edges[node] where !isReached[next] {
                isReached[next] = true
                open.append(next)
            }
        }
        return isReached
    }

    /// For each node those that wait for it.
    func waiters() -> [[Int]] {
        var waiters = [[Int]](repeating: [], count: item.count)
        for (node, edges) in waitsFor.enumerated() {
            for edge in edges { waiters[edge.node].append(node) }
        }
        return waiters
    }
}

extension WaitingGraph {
    /// The groups of nodes that wait for each other, each in ascending order, in order of their first node.
    ///
    /// - Complexity: O(nodes + edges); iterative, so that the depth of a workflow does not matter.
    /// - Source: R. Tarjan, *Depth-first search and linear graph algorithms*, SIAM J. Comput. 1 (1972),
    ///   https://doi.org/10.1137/0201010.
    func knots() -> [[Int]] {
        var knots: [[Int]] = []
        var number = [Int](repeating: 0, count: item.count)
        var low = number
        var isOnStack = [Bool](repeating: false, count: item.count)
        var stack: [Int] = []
        var path: [(node: Int, next: Int)] = []
        var counter = 0
        for root in item.indices where number[root] == 0 {
            path.append((root, 0))
            while let (node, next) = path.last {
                if next == 0 {
                    counter += 1
                    number[node] = counter
                    low[node] = counter
                    stack.append(node)
                    isOnStack[node] = true
                }
                if next < waitsFor[node].count {
                    path[path.count - 1].next += 1
                    let other = waitsFor[node][next].node
                    if number[other] == 0 {
                        path.append((other, 0))
                    } else if isOnStack[other] {
                        low[node] = min(low[node], number[other])
                    }
                    continue
                }
                path.removeLast()
                if let parent = path.last?.node { low[parent] = min(low[parent], low[node]) }
                guard low[node] == number[node] else { continue }
                var knot: [Int] = []
                while let member = stack.popLast() {
                    isOnStack[member] = false
                    knot.append(member)
                    if member == node { break }
                }
                if knot.count > 1 { knots.append(knot.sorted()) }
            }
        }
        return knots.sorted { $0[0] < $1[0] }
    }

    /// One shortest way from a node back to itself within its knot: the edges in order, each with the node it leaves.
    func shortestCycle(from start: Int, within knot: [Int]) -> [(node: Int, edge: Edge)] {
        let members = Set(knot)
        var arrival: [Int: (node: Int, edge: Edge)] = [:]
        var open = [start]
        var position = 0
        while position < open.count, arrival[start] == nil {
            let node = open[position]
            position += 1
            for edge in waitsFor[node] where members.contains(edge.node) && arrival[edge.node] == nil {
                arrival[edge.node] = (node, edge)
                open.append(edge.node)
            }
        }
        var cycle: [(node: Int, edge: Edge)] = []
        var node = start
        while let step = arrival[node] {
            cycle.append(step)
            node = step.node
            if node == start { break }
        }
        return cycle.reversed()
    }
}

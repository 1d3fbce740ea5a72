/// The tree of arcs whose flow is between two steps: each node hangs by one of them, and its time follows from it.
extension CrashingFlow {
    /// Starts with no flow and the tree of the longest ways to the finish, in which all but the last arc is optimal.
    /// - Parameter order: nodes, each after those that its arcs lead from.
    mutating func plantTree(order: [Int]) {
        var arcsFrom = [[Int]](repeating: [], count: nodeCount)
        for arc in 0..<tail.count - 1 { arcsFrom[tail[arc]].append(arc) }
        for node in order.reversed() where node != root {
            var best: (arc: Int, time: Int)?
            for arc in arcsFrom[node] {
                let reached = time[head[arc]] - length[arc * stride]
                if reached < best?.time ?? Int.max { best = (arc, reached) }
            }
            guard let best else { preconditionFailure("every event leads to the finish") }
            time[node] = best.time
            isInTree[best.arc] = true
            parentArc[node] = best.arc
            attach(node, to: head[best.arc])
        }
        updateSubtree(of: root)
    }

    mutating func refreshTimes(below arc: Int) {
        let child = parentArc[head[arc]] == arc ? head[arc] : tail[arc]
        let up = parent[child]
        let own = length[arc * stride + segment[arc]]
        let reached = head[arc] == child ? time[up] + own : time[up] - own
        let shift = reached - time[child]
        guard shift != 0 else { return }
        stack.append(child)
        while let node = stack.popLast() {
            time[node] += shift
            var next = firstChild[node]
            while next >= 0 {
                stack.append(next)
                next = nextSibling[next]
            }
        }
    }

    /// Hangs the part of the tree below `cutAt`, turned over to hang by `inner`, onto `outer`.
    mutating func regraft(from inner: Int, to outer: Int, arc: Int, cutAt: Int) {
        var node = inner
        var newParent = outer
        var newArc = arc
        while true {
            let oldParent = parent[node]
            let oldArc = parentArc[node]
            detach(node)
            parentArc[node] = newArc
            attach(node, to: newParent)
            if node == cutAt { break }
            newParent = node
            newArc = oldArc
            node = oldParent
        }
        updateSubtree(of: inner)
    }

    private mutating func attach(_ node: Int, to newParent: Int) {
        parent[node] = newParent
        let next = firstChild[newParent]
        nextSibling[node] = next
        previousSibling[node] = -1
        if next >= 0 { previousSibling[next] = node }
        firstChild[newParent] = node
    }

    private mutating func detach(_ node: Int) {
        let before = previousSibling[node]
        let after = nextSibling[node]
        if before >= 0 { nextSibling[before] = after } else { firstChild[parent[node]] = after }
        if after >= 0 { previousSibling[after] = before }
    }

    private mutating func updateSubtree(of top: Int) {
        stack.append(top)
        while let node = stack.popLast() {
            if parent[node] >= 0 {
                let arc = parentArc[node]
                let own = length[arc * stride + segment[arc]]
                time[node] = head[arc] == node ? time[parent[node]] + own : time[parent[node]] - own
                depth[node] = depth[parent[node]] + 1
            }
            var next = firstChild[node]
            while next >= 0 {
                stack.append(next)
                next = nextSibling[next]
            }
        }
    }
}

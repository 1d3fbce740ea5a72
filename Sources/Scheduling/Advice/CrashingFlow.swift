/// The linear bound of a trade-off: activities may be shortened in part, along the convex hull of their modes.
///
/// Its dual is a flow through the network from start to finish. The flow through an activity is what a day of it is worth; the
/// more flows, the shorter the mode that pays. For *any* flow y of strength φ and any modes that meet the deadline D,
/// cost ≥ Σ over activities of min over modes (cost + y·duration) − φ·D: that is the bound which is reported, in whole
/// numbers, and the simplex below only looks for the flow that makes it greatest. So slopes may be rounded, and the
/// simplex be cut short, without the bound ever being wrong.
///
/// A primal network simplex on arcs whose gain falls in steps. A flow stays feasible when the modes of an activity change, so
/// the search goes on from wherever it stands. Trees are kept strongly feasible against cycling.
///
/// - Source: D. R. Fulkerson, *A network flow computation for project cost curves*, Management Science 7 (1961),
///   doi:10.1287/mnsc.7.2.167; J. E. Kelley, *Critical-path planning and scheduling: mathematical basis*, Operations Research 9
///   (1961), doi:10.1287/opre.9.3.296; W. H. Cunningham, *A network simplex method*, Mathematical Programming 11 (1976),
///   doi:10.1007/BF01580379.
struct CrashingFlow {
    /// Costs are counted in this part of a unit, so that slopes are nearly whole.
    let scale: Int
    private let deadline: Int
    private let activityCount: Int
    private let nodeCount: Int
    private let root: Int

    /// Arcs: the activities first, then precedences, last the arc from finish to start.
    private let tail: [Int]
    private let head: [Int]
    private(set) var flow: [Int]
    /// The step that a tree arc lies in; for other arcs the one that its flow would grow in.
    private var segment: [Int]
    /// Steps of arc a are `a * stride ..< a * stride + segmentCount[a]`: length while the flow is at most the limit.
    private var segmentCount: [Int]
    private var length: [Int]
    private var limit: [Int]
    private let stride: Int

    /// Tree: the root's parent is −1.
    private var parent: [Int]
    private var parentArc: [Int]
    private var depth: [Int]
    private var firstChild: [Int]
    private var nextSibling: [Int]
    private var previousSibling: [Int]
    private(set) var time: [Int]
    private var isInTree: [Bool]
    private var stack: [Int] = []
    private var nextPriced = 0
    private(set) var pivots = 0

    private static let unlimited = Int.max / 4

    init(network: EventNetwork, deadline: Int, scale: Int, longestSteps: Int) {
        self.scale = scale
        self.deadline = deadline
        activityCount = network.activityTail.count
        nodeCount = network.nodeCount
        root = network.finish
        tail = network.activityTail + network.links.map(\.tail) + [network.finish]
        head = network.activityHead + network.links.map(\.head) + [network.start]
        stride = longestSteps
        let arcs = tail.count
        flow = Array(repeating: 0, count: arcs)
        segment = flow
        segmentCount = Array(repeating: 1, count: arcs)
        length = Array(repeating: 0, count: arcs * stride)
        limit = Array(repeating: Self.unlimited, count: arcs * stride)
        length[(arcs - 1) * stride] = -deadline
        parent = Array(repeating: -1, count: nodeCount)
        parentArc = parent
        depth = Array(repeating: 0, count: nodeCount)
        firstChild = parent
        nextSibling = parent
        previousSibling = parent
        time = depth
        isInTree = Array(repeating: false, count: arcs)
    }

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

    // MARK: Modes

    /// Sets the steps of an activity: its modes on the convex hull, the longest first.
    mutating func setSteps(of activity: Int, hull: [TradeoffMode]) {
        let base = activity * stride
        segmentCount[activity] = hull.count
        for (step, mode) in hull.enumerated() {
            length[base + step] = mode.duration
            limit[base + step] =
                step + 1 < hull.count
                ? (hull[step + 1].cost - mode.cost) * scale / (mode.duration - hull[step + 1].duration) : Self.unlimited
        }
        var step = 0
        while flow[activity] >= limit[base + step] { step += 1 }
        // A tree arc that leads away from the root must be able to lose flow, or the tree may cycle.
        if isInTree[activity], parentArc[head[activity]] == activity, parent[head[activity]] == tail[activity],
            step > 0,
            flow[activity] == limit[base + step - 1]
        {
            step -= 1
        }
        segment[activity] = step
        if isInTree[activity] { refreshTimes(below: activity) }
    }

    private mutating func refreshTimes(below arc: Int) {
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

    // MARK: Simplex

    /// Pivots until the flow is best, or `pivotLimit` is reached.
    mutating func solve(pivotLimit: Int) {
        var left = pivotLimit
        while left > 0, let (arc, isUp) = entering() {
            pivot(arc, isUp: isUp)
            left -= 1
        }
        pivots += pivotLimit - left
    }

    /// The most profitable arc of a block of arcs, with its direction; blocks take turns.
    private mutating func entering() -> (arc: Int, isUp: Bool)? {
        let count = tail.count
        var best = 0
        var found: (arc: Int, isUp: Bool)?
        var arc = nextPriced
        var inBlock = 0
        for _ in 0..<count {
            if !isInTree[arc] {
                let window = time[head[arc]] - time[tail[arc]]
                let step = segment[arc]
                let up = length[arc * stride + step] - window
                if up > best {
                    best = up
                    found = (arc, true)
                } else if up < 0 && flow[arc] > 0 {
                    let isInside = step == 0 || flow[arc] > limit[arc * stride + step - 1]
                    let down = window - length[arc * stride + (isInside ? step : step - 1)]
                    if down > best {
                        best = down
                        found = (arc, false)
                    }
                }
            }
            arc += 1
            if arc == count { arc = 0 }
            inBlock += 1
            if inBlock >= 64, found != nil {
                nextPriced = arc
                return found
            }
        }
        nextPriced = arc
        return found
    }

    private mutating func pivot(_ arc: Int, isUp: Bool) {
        if !isUp, segment[arc] > 0, flow[arc] == limit[arc * stride + segment[arc] - 1] { segment[arc] -= 1 }
        let base = arc * stride
        let from = isUp ? tail[arc] : head[arc]
        let to = isUp ? head[arc] : tail[arc]
        // Flow runs from → to on the entering arc and back through the tree: up from `to` to the join, then down to `from`.
        var left = to
        var right = from
        while left != right {
            if depth[left] >= depth[right] { left = parent[left] } else { right = parent[right] }
        }
        let join = left
        var amount =
            isUp
            ? limit[base + segment[arc]] - flow[arc]
            : flow[arc] - (segment[arc] == 0 ? 0 : limit[base + segment[arc] - 1])
        var leavingNode = -1
        var leavesOnFromSide = false
        // Down from the join to `from`, walked upwards: the first met is the last of the cycle, so only less replaces it.
        var node = from
        while node != join {
            let room = room(on: parentArc[node], grows: head[parentArc[node]] == node)
            if room < amount {
                amount = room
                leavingNode = node
                leavesOnFromSide = true
            }
            node = parent[node]
        }
        node = to
        while node != join {
            let room = room(on: parentArc[node], grows: tail[parentArc[node]] == node)
            if room <= amount {
                amount = room
                leavingNode = node
                leavesOnFromSide = false
            }
            node = parent[node]
        }
        if amount > 0 {
            flow[arc] += isUp ? amount : -amount
            node = from
            while node != join {
                flow[parentArc[node]] += head[parentArc[node]] == node ? amount : -amount
                node = parent[node]
            }
            node = to
            while node != join {
                flow[parentArc[node]] += tail[parentArc[node]] == node ? amount : -amount
                node = parent[node]
            }
        }
        if leavingNode < 0 {
            rest(arc)
            return
        }
        let leaving = parentArc[leavingNode]
        isInTree[leaving] = false
        rest(leaving)
        isInTree[arc] = true
        regraft(from: leavesOnFromSide ? from : to, to: leavesOnFromSide ? to : from, arc: arc, cutAt: leavingNode)
    }

    private func room(on arc: Int, grows: Bool) -> Int {
        let at = arc * stride + segment[arc]
        return grows ? limit[at] - flow[arc] : flow[arc] - (segment[arc] == 0 ? 0 : limit[at - 1])
    }

    /// Puts an arc outside the tree into the step that its flow would grow in.
    private mutating func rest(_ arc: Int) {
        while flow[arc] >= limit[arc * stride + segment[arc]] { segment[arc] += 1 }
    }

    // MARK: Tree

    /// Hangs the part of the tree below `cutAt`, turned over to hang by `inner`, onto `outer`.
    private mutating func regraft(from inner: Int, to outer: Int, arc: Int, cutAt: Int) {
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

    // MARK: Results

    /// The strength of the flow: what a day of the deadline is worth.
    var strength: Int { flow[flow.count - 1] }

    /// What an activity may take when everything meets the deadline at the bound's cost.
    func window(of activity: Int) -> Int { time[head[activity]] - time[tail[activity]] }
}

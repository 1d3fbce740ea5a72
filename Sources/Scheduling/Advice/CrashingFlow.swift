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
    let nodeCount: Int
    let root: Int

    /// Arcs: the activities first, then precedences, last the arc from finish to start.
    let tail: [Int]
    let head: [Int]
    var flow: [Int]
    /// The step that a tree arc lies in; for other arcs the one that its flow would grow in.
    var segment: [Int]
    /// The steps of arc a begin at `a * stride`: the length while the flow is at most the limit; the last has none.
    var length: [Int]
    var limit: [Int]
    let stride: Int

    /// Tree: the root's parent is −1.
    var parent: [Int]
    var parentArc: [Int]
    var depth: [Int]
    var firstChild: [Int]
    var nextSibling: [Int]
    var previousSibling: [Int]
    var time: [Int]
    var isInTree: [Bool]
    var stack: [Int] = []
    var nextPriced = 0
    var pivots = 0

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

    // MARK: Modes

    /// Sets the steps of an activity: its modes on the convex hull, the longest first.
    mutating func setSteps(of activity: Int, hull: [TradeoffMode]) {
        let base = activity * stride
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

    // MARK: Results

    /// The strength of the flow: what a day of the deadline is worth.
    var strength: Int { flow[flow.count - 1] }

    /// What an activity may take when everything meets the deadline at the bound's cost.
    func window(of activity: Int) -> Int { time[head[activity]] - time[tail[activity]] }
}

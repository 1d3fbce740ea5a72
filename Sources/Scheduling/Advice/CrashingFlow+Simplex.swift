/// Pivots: an arc that gains enters the tree, and the first that its cycle exhausts leaves it.
extension CrashingFlow {
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
}

/// How a miss becomes a row.
extension LeverTree {
    /// What levers require and exclude, as rows; levers of which at most one can be pulled share a row, as that is the
    /// tighter relaxation.
    mutating func appendRules() {
        var excluded = [LeverSet](repeating: .none, count: problem.options.count)
        for (lever, option) in problem.options.enumerated() {
            for required in option.requires where required != lever {
                rows.appendClause(anyOf: [required], notAll: [lever])
            }
            for other in option.excludes {
                excluded[lever].insert(other)
                excluded[other].insert(lever)
            }
        }
        var covered = [LeverSet](repeating: .none, count: problem.options.count)
        for lever in problem.levers {
            while let other = excluded[lever].subtracting(covered[lever]).first(where: { $0 > lever }) {
                var clique: LeverSet = [lever, other]
                var common = excluded[lever].intersection(excluded[other])
                while let next = common.first(where: { _ in true }) {
                    clique.insert(next)
                    common = common.intersection(excluded[next])
                }
                for member in clique { covered[member] = covered[member].union(clique) }
                rows.append(
                    (0..<problem.options.count).map { clique.contains($0) ? -1 : 0 }, least: -1)
            }
        }
    }

    /// An admissible set missed the limit: rows that it does not fulfil and every set which meets the limit does.
    mutating func learn(from missed: LeverSet, _ relaxed: Relaxed) throws(Stopped) {
        if learnFloor(of: missed) { return }
        try learn(pulled: missed, open: .none, preferring: relaxed.reducedCosts)
    }

    /// Keeps the line below a set that missed the limit.
    /// - Returns: whether it says by itself that the set misses it.
    mutating func learnFloor(of missed: LeverSet) -> Bool {
        guard let floor = problem.floor?(missed) else { return false }
        precondition(floor.saved.count == rows.width, "a floor says what each lever saves")
        floors.append(floor)
        guard let row = appendRow(of: floor) else { return false }
        var x = [Double](repeating: 0, count: rows.width)
        for lever in missed { x[lever] = 1 }
        return rows.shortfall(row, at: x) > LeverRows.tolerance
    }

    /// The line's row for the present limit: Σ saved ≥ base − limit, each lever counted no further than the most
    /// that can be needed.
    @discardableResult
    mutating func appendRow(of floor: LeverFloor) -> Int? {
        let size = floor.saved.reduce(abs(floor.base) + abs(limit)) { $0 + abs($1) }
        let need = floor.base - limit - 1e-9 * size
        guard need > 0 else { return nil }
        let most = usable.reduce(need) { $0 + max(0, -floor.saved[$1]) }
        let scale = 1 / most
        rows.append(
            (0..<rows.width).map { usable.contains($0) ? min(most, floor.saved[$0]) * scale : 0 }, least: need * scale)
        return rows.count - 1
    }

    /// No set between `pulled` and `pulled ∪ open` meets the limit: the clause that one of `pulled` must go or one of the
    /// rest must come, with as few levers on both sides as the evaluator's bound allows.
    ///
    /// First `pulled` shrinks, as a clause without it holds everywhere. Then levers join `open`, those first that cost
    /// little beyond what rows already ask for: what remains is dear, and lifts the bound most.
    mutating func learn(
        pulled: LeverSet, open: LeverSet, preferring reducedCosts: [Int: Double]
    ) throws(Stopped) {
        var pulled = pulled
        var open = open
        if try fails(.none, pulled.union(open)) {
            open = pulled.union(open)
            pulled = .none
        }
        for lever in pulled where try fails(pulled.removing(lever), open.inserting(lever)) {
            pulled.remove(lever)
            open.insert(lever)
        }
        var rest = usable.subtracting(pulled).subtracting(open).sorted {
            (price($0, reducedCosts), $0) < (price($1, reducedCosts), $1)
        }
        // Several at once while that works, fewer when it does not.
        var stride = 1
        var needed = LeverSet.none
        while !rest.isEmpty {
            let next = LeverSet(rest.prefix(stride))
            if try fails(pulled, open.union(next)) {
                open = open.union(next)
                rest.removeFirst(min(stride, rest.count))
                stride *= 2
            } else if stride == 1 {
                needed.insert(rest.removeFirst())
            } else {
                stride = max(1, stride / 4)
            }
        }
        rows.appendClause(anyOf: needed, notAll: pulled)
    }

    private func price(_ lever: Int, _ reducedCosts: [Int: Double]) -> Double {
        reducedCosts[lever] ?? Double(problem.options[lever].cost)
    }

    private mutating func fails(_ pulled: LeverSet, _ open: LeverSet) throws(Stopped) -> Bool {
        try evaluator.lowerBound(pulled: pulled, open: open) > limit
    }
}

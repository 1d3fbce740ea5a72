/// The cheapest way to fulfil rows when a lever may also be pulled in part: a linear program over the levers that are still
/// open, whose value no whole choice can undercut.
///
/// A dual simplex with bounded variables on a dense tableau: rows are added one by one while the reduced costs stay
/// non-negative, and pivots restore the rows that fall short. The bound that it reports is worked out afterwards from the
/// rows' prices alone, so it holds whatever rounding did to the tableau.
///
/// - Source: C. E. Lemke, *The dual method of solving the linear programming problem*, Naval Research Logistics Quarterly 1
///   (1954), doi:10.1002/nav.3800010107; H. M. Wagner, *The dual simplex algorithm for bounded variables*, the same 5 (1958).
struct LeverRelaxation {
    /// The open levers, by column.
    private let columns: [Int]
    private let costs: [Double]
    private let pulled: LeverSet

    /// Nonbasic column → what it stands for: 0..<columns.count a lever, above a row's slack.
    private var nonbasic: [Int]
    private var isAtUpper: [Bool]
    private var reducedCost: [Double]
    /// Basic variables, their values and their rows of the tableau: x = constant − tableau · nonbasic.
    private var basic: [Int] = []
    private var basicValue: [Double] = []
    private var tableau: [[Double]] = []
    /// Rows of the pool that are in the program, in order of slacks.
    private(set) var rows: [Int] = []

    private static let pivotTolerance = 1e-9
    private static let valueTolerance = 1e-9

    init(open: LeverSet, pulled: LeverSet, costs: [Double]) {
        columns = Array(open)
        self.costs = columns.map { costs[$0] }
        self.pulled = pulled
        nonbasic = Array(columns.indices)
        isAtUpper = Array(repeating: false, count: columns.count)
        reducedCost = self.costs
    }

    mutating func add(_ row: Int, of pool: LeverRows) {
        let own = columns.map { pool.coefficient(row, $0) }
        var value = -pool.least[row]
        for lever in pulled { value += pool.coefficient(row, lever) }
        var line = [Double](repeating: 0, count: nonbasic.count)
        for (place, variable) in nonbasic.enumerated() where variable < columns.count {
            line[place] = -own[variable]
            if isAtUpper[place] { value += own[variable] }
        }
        for (place, variable) in basic.enumerated() where variable < columns.count && own[variable] != 0 {
            value += own[variable] * basicValue[place]
            for column in line.indices { line[column] += own[variable] * tableau[place][column] }
        }
        basic.append(columns.count + rows.count)
        basicValue.append(value)
        tableau.append(line)
        rows.append(row)
    }

    /// - Returns: `false` when the rows cannot be fulfilled even in parts.
    mutating func solve() -> Bool {
        var left = 200 + 20 * (columns.count + rows.count)
        while left > 0, let (place, shortfall) = worst() {
            guard let column = entering(for: place, rising: shortfall > 0) else { return abs(shortfall) < 1e-6 }
            pivot(place, column, to: shortfall > 0 ? 0 : 1)
            left -= 1
        }
        return true
    }

    /// The basic variable furthest outside its bounds: positive when it must rise to 0, negative when it must fall to 1.
    private func worst() -> (place: Int, shortfall: Double)? {
        var found: (place: Int, shortfall: Double)?
        var size = Self.valueTolerance
        for place in basic.indices {
            let value = basicValue[place]
            if -value > size {
                found = (place, -value)
                size = -value
            } else if basic[place] < columns.count, value - 1 > size {
                found = (place, 1 - value)
                size = value - 1
            }
        }
        return found
    }

    private func entering(for place: Int, rising: Bool) -> Int? {
        var best: (column: Int, ratio: Double, size: Double)?
        for column in nonbasic.indices {
            let entry = rising ? tableau[place][column] : -tableau[place][column]
            guard isAtUpper[column] ? entry > Self.pivotTolerance : entry < -Self.pivotTolerance else { continue }
            let ratio = abs(reducedCost[column]) / abs(entry)
            if let best, (ratio, -abs(entry)) >= (best.ratio, -best.size) { continue }
            best = (column, ratio, abs(entry))
        }
        return best?.column
    }

    private mutating func pivot(_ place: Int, _ column: Int, to bound: Double) {
        let pivot = tableau[place][column]
        let step = (basicValue[place] - bound) / pivot
        for other in basic.indices where other != place { basicValue[other] -= tableau[other][column] * step }
        basicValue[place] = (isAtUpper[column] ? 1 : 0) + step

        var line = tableau[place]
        for entry in line.indices { line[entry] /= pivot }
        line[column] = 1 / pivot
        for other in basic.indices where other != place {
            let factor = tableau[other][column]
            guard factor != 0 else { continue }
            tableau[other][column] = 0
            for entry in line.indices { tableau[other][entry] -= factor * line[entry] }
        }
        tableau[place] = line
        let price = reducedCost[column]
        reducedCost[column] = 0
        for entry in line.indices { reducedCost[entry] -= price * line[entry] }
        swap(&basic[place], &nonbasic[column])
        isAtUpper[column] = bound == 1
    }

    /// By lever: the part pulled, 1 and 0 for those that are not open.
    func parts(width: Int) -> [Double] {
        var x = [Double](repeating: 0, count: width)
        for lever in pulled { x[lever] = 1 }
        for (place, variable) in nonbasic.enumerated() where variable < columns.count && isAtUpper[place] {
            x[columns[variable]] = 1
        }
        for (place, variable) in basic.enumerated() where variable < columns.count {
            x[columns[variable]] = min(1, max(0, basicValue[place]))
        }
        return x
    }

    /// The rows that hold the solution where it is.
    var bindingRows: [Int] { nonbasic.filter { $0 >= columns.count }.map { rows[$0 - columns.count] } }

    /// What no whole choice undercuts, from the rows' prices y ≥ 0: Σ y·b + Σ over open levers of min(0, c − y·a), less what
    /// rounding may have added; with the levers' own reduced costs c − y·a.
    func bound(_ pool: LeverRows, fixedCost: Double) -> (bound: Double, reducedCosts: [Int: Double]) {
        var rest = costs
        var sum = fixedCost
        var size = abs(fixedCost)
        for (place, variable) in nonbasic.enumerated() where variable >= columns.count && reducedCost[place] > 0 {
            let row = rows[variable - columns.count]
            let price = reducedCost[place]
            var least = pool.least[row]
            for lever in pulled { least -= pool.coefficient(row, lever) }
            sum += price * least
            size += abs(price * least)
            for column in columns.indices { rest[column] -= price * pool.coefficient(row, columns[column]) }
        }
        for value in rest where value < 0 {
            sum += value
            size -= value
        }
        return (sum - 1e-9 * size, Dictionary(uniqueKeysWithValues: zip(columns, rest)))
    }
}

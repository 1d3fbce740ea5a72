/// Demands that every set which meets the limit fulfils: Σ a·x ≥ b, where x is 1 for a lever that is pulled, else 0.
///
/// A clause "at least one of these" is one of them, and so are what a lever requires and excludes.
struct LeverRows {
    let width: Int
    /// Row after row, `width` each.
    private var coefficients: [Double] = []
    private(set) var least: [Double] = []
    /// The levers of the row with positive and with negative coefficients.
    private(set) var rising: [LeverSet] = []
    private(set) var falling: [LeverSet] = []

    init(width: Int) { self.width = width }

    var count: Int { least.count }

    /// What float arithmetic may blur in a row whose coefficients are about 1.
    static let tolerance = 1e-7

    func coefficient(_ row: Int, _ lever: Int) -> Double { coefficients[row * width + lever] }

    mutating func append(_ row: [Double], least: Double) {
        coefficients.append(contentsOf: row)
        self.least.append(least)
        rising.append(LeverSet(row.indices.filter { row[$0] > 0 }))
        falling.append(LeverSet(row.indices.filter { row[$0] < 0 }))
    }

    /// At least one of `anyOf` is pulled or one of `notAll` is not.
    mutating func appendClause(anyOf: LeverSet, notAll: LeverSet = .none) {
        var row = [Double](repeating: 0, count: width)
        for lever in anyOf { row[lever] = 1 }
        for lever in notAll { row[lever] = -1 }
        append(row, least: 1 - Double(notAll.count))
    }

    /// By how much `x` falls short of the row; negative when it fulfils it with room.
    func shortfall(_ row: Int, at x: [Double]) -> Double {
        var sum = least[row]
        for lever in rising[row] { sum -= coefficients[row * width + lever] * x[lever] }
        for lever in falling[row] { sum -= coefficients[row * width + lever] * x[lever] }
        return sum
    }

    /// Fixes what the rows force once some levers are pulled and others dropped, until nothing more follows.
    /// - Returns: `false` when the rows cannot all be fulfilled.
    func propagate(pulled: inout LeverSet, dropped: inout LeverSet) -> Bool {
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for row in 0..<count {
                // The most that the row can still reach.
                var most = -least[row]
                for lever in rising[row].subtracting(dropped) { most += coefficients[row * width + lever] }
                for lever in falling[row].intersection(pulled) { most += coefficients[row * width + lever] }
                if most < -Self.tolerance { return false }
                let support = rising[row].union(falling[row])
                for lever in support.subtracting(pulled).subtracting(dropped) {
                    let size = coefficients[row * width + lever]
                    guard most - abs(size) < -Self.tolerance else { continue }
                    if size > 0 { pulled.insert(lever) } else { dropped.insert(lever) }
                    hasChanged = true
                }
            }
        }
        return true
    }
}

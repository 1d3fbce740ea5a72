/// Periods that no schedule can do without (下界).
struct ResourceBounds: Sendable {
    let criticalPath: Int
    var best: Int
    init(_ problem: PackedProblem) {
        criticalPath = problem.criticalPathLength
        best = criticalPath
    }
}

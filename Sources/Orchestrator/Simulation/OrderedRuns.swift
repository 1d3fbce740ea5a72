/// Work on ranges of numbered things, shared among tasks and taken in order (并行分块、按序汇总): who is faster decides
/// nothing about the result.
public struct OrderedRuns: Sendable {
    /// How many ranges are worked on at once, ≥ 1.
    public let tasks: Int
    /// How many things a range holds, ≥ 1; choose work of at least 100 µs.
    public let rangeSize: Int

    public init(tasks: Int, rangeSize: Int) {
        precondition(tasks >= 1 && rangeSize >= 1)
        self.tasks = tasks
        self.rangeSize = rangeSize
    }

    /// Runs the ranges of 0..<count, each of `rangeSize` but the last.
    ///
    /// - Parameters:
    ///   - run: pure work; called on other threads, in any order.
    ///   - take: gets the parts in order of their ranges, without gaps, one at a time; `false` asks for no more.
    /// - Returns: whether every range was taken or `take` had enough; `false` when the task was cancelled before.
    @discardableResult
    public func run<Part: Sendable>(
        count: Int, run: @escaping @Sendable (Range<Int>) -> Part, take: (Part) -> Bool
    ) async -> Bool {
        let ranges = stride(from: 0, to: count, by: rangeSize).map { $0..<min(count, $0 + rangeSize) }
        return await withTaskGroup(of: (Int, Part).self) { group in
            var next = 0
            func start() {
                guard next < ranges.count, !Task.isCancelled else { return }
                let (number, range) = (next, ranges[next])
                group.addTask { (number, run(range)) }
                next += 1
            }
            for _ in 0..<tasks { start() }
            var early: [Int: Part] = [:]
            var taken = 0
            while let (number, part) = await group.next() {
                start()
                early[number] = part
                while let part = early.removeValue(forKey: taken) {
                    taken += 1
                    guard take(part) else {
                        group.cancelAll()
                        return true
                    }
                }
            }
            return taken == ranges.count
        }
    }
}

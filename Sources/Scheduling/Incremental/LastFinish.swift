/// The greatest of many finishes that change one at a time: maxima of blocks, and of those.
struct LastFinish: Sendable {
    private static let block = 256

    private var maxima: [Int32]
    private var staleBlocks: PositionSet
    private(set) var value = Int32.min

    init(starts: [Int32], durations: [Int32]) {
        let count = (starts.count + Self.block - 1) / Self.block
        maxima = Array(repeating: 0, count: count)
        staleBlocks = PositionSet(count: count)
        for block in 0..<count { staleBlocks.insert(block) }
        settle(starts: starts, durations: durations)
    }

    /// Notes that a finish changed.
    mutating func change(at node: Int, from old: Int32, to new: Int32) {
        let block = node / Self.block
        if new >= maxima[block] {
            guard new > maxima[block] else { return }
            maxima[block] = new
            value = max(value, new)
        } else if old >= maxima[block] {
            staleBlocks.insert(block)
        }
    }

    /// Notes that any finish may have changed.
    mutating func changeAll() {
        for block in maxima.indices { staleBlocks.insert(block) }
    }

    /// Looks again at blocks that may have lost their greatest.
    /// - Complexity: O(256 a block + n / 256), nothing when none has.
    mutating func settle(starts: [Int32], durations: [Int32]) {
        var hasLost = false
        while let block = staleBlocks.popFirst() {
            var greatest = Int32.min
            for node in nodes(of: block, count: starts.count) {
                greatest = max(greatest, starts[node] &+ durations[node])
            }
            maxima[block] = greatest
            hasLost = true
        }
        if hasLost { value = maxima.max() ?? Int32.min }
    }

    private func nodes(of block: Int, count: Int) -> Range<Int> {
        block * Self.block..<min(count, (block + 1) * Self.block)
    }

    /// The nodes that finish last.
    /// - Complexity: O(n / 256 + 256 a block that has one).
    func nodes(starts: [Int32], durations: [Int32]) -> [Int] {
        maxima.indices.filter { maxima[$0] == value }.flatMap { block in
            nodes(of: block, count: starts.count).filter { starts[$0] &+ durations[$0] == value }
        }
    }
}

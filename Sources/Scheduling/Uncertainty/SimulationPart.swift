/// What a range of samples gave: integers only, so that parts add up to the same bits however samples are divided.
public struct SimulationPart: Sendable {
    /// The samples that it holds, without gaps.
    public private(set) var samples: Range<Int>
    public let detail: SimulationDetail
    /// Of each sample, when everything has finished: see `NetworkSimulation.instant(ofFinish:)`.
    public internal(set) var finishes: [Int32] = []
    /// Of each window and sample, the four measures in the order of `WindowMeasure`, in minutes of its calendar.
    public internal(set) var measures: [[SIMD4<Int32>]]
    /// Of the finish and then of each window, by position: in how many samples there was no float.
    var critical: [[Int]]
    var tally: DriverTally

    init(of simulation: NetworkSimulation, from first: Int, detail: SimulationDetail) {
        samples = first..<first
        self.detail = detail
        let count = simulation.network.order.count
        measures = Array(repeating: [], count: simulation.windows.count)
        critical = Array(
            repeating: detail > .outcomes ? Array(repeating: 0, count: count) : [], count: simulation.windows.count + 1)
        tally = DriverTally(
            uncertain: detail == .drivers
                ? simulation.sampler.isUncertain.indices.filter { simulation.sampler.isUncertain[$0] } : [],
            outcomes: simulation.windows.count + 1)
    }

    /// How many samples have been drawn.
    public var count: Int { finishes.count }

    /// Adds the part that follows.
    /// - Precondition: of the same simulation and detail, and it begins where this one ends.
    public mutating func append(_ next: SimulationPart) {
        precondition(next.samples.lowerBound == samples.upperBound && next.detail == detail, "parts in order")
        samples = samples.lowerBound..<next.samples.upperBound
        finishes += next.finishes
        for window in measures.indices { measures[window] += next.measures[window] }
        for outcome in critical.indices {
            for position in critical[outcome].indices {
                critical[outcome][position] += next.critical[outcome][position]
            }
        }
        tally.append(next.tally)
    }

    mutating func close(at end: Int) { samples = samples.lowerBound..<end }

    /// What drivers are sought for: the finish, or the measure that a window names.
    func values(ofOutcome outcome: Int, in simulation: NetworkSimulation) -> [Int] {
        if outcome == 0 { return finishes.map { Int($0) } }
        let measure = simulation.windows[outcome - 1].measure.rawValue
        return measures[outcome - 1].map { Int($0[measure]) }
    }

    /// Counts how the durations of a block, just solved, go with its outcomes.
    mutating func note(_ durations: [SampleLanes], first: Int, count: Int, in simulation: NetworkSimulation) {
        let outcomes = critical.indices.map { outcome in
            let measure = outcome == 0 ? 0 : simulation.windows[outcome - 1].measure.rawValue
            return (finishes.count - count..<finishes.count).map { sample in
                outcome == 0 ? Int(finishes[sample]) : Int(measures[outcome - 1][sample][measure])
            }
        }
        tally.note(durations, outcomes, first: first, simulation.thresholds)
    }
}

/// Sums over samples from which the drivers of outcomes are found.
struct DriverTally: Sendable {
    /// Positions of the activities that vary.
    let uncertain: [Int]
    private let outcomes: Int
    // By activity; products of two durations by activity and outcome. 128 bits, as 2²² minutes times 2²⁴ in 2²⁰ samples
    // are too much for 64.
    private(set) var durations: [Int128]
    private(set) var squares: [Int128]
    private(set) var products: [Int128]
    /// Sums of outcomes where the activity was short, and long, and how often it was.
    private(set) var short: [Tail]
    private(set) var long: [Tail]
    /// The durations of the first samples, for rank correlations.
    private(set) var kept: [[Float]]

    /// At most so many durations are kept: 32 MiB.
    static let keptAtMost = 1 << 23

    struct Tail: Sendable {
        var samples = 0
        var sum: Int128 = 0
    }

    /// When an activity counts as short or long: in the lowest or highest tenth of what it may take. Where it rarely
    /// happens, that it happens is long; where it nearly always does, that it does not is short.
    struct Thresholds: Sendable {
        let low: Float
        let high: Float
    }

    init(uncertain: [Int], outcomes: Int) {
        self.uncertain = uncertain
        self.outcomes = outcomes
        durations = Array(repeating: 0, count: uncertain.count)
        squares = durations
        products = Array(repeating: 0, count: uncertain.count * outcomes)
        short = Array(repeating: Tail(), count: uncertain.count * outcomes)
        long = short
        kept = Array(repeating: [], count: uncertain.count)
    }

    /// Samples whose durations are kept.
    var keptSamples: Int { Self.keptAtMost / max(1, uncertain.count) }

    mutating func append(_ next: DriverTally) {
        for index in uncertain.indices {
            durations[index] += next.durations[index]
            squares[index] += next.squares[index]
            kept[index] += next.kept[index]
        }
        for index in products.indices {
            products[index] += next.products[index]
            short[index].samples += next.short[index].samples
            short[index].sum += next.short[index].sum
            long[index].samples += next.long[index].samples
            long[index].sum += next.long[index].sum
        }
    }

    mutating func note(_ block: [SampleLanes], _ values: [[Int]], first: Int, _ thresholds: [Thresholds]) {
        let count = values[0].count
        var drawn = [Float](repeating: 0, count: count)
        for (index, position) in uncertain.enumerated() {
            var sum = 0
            var square = 0
            for sample in 0..<count {
                let duration = block[position * SampleBlock.vectors + sample / 8][sample % 8]
                drawn[sample] = duration
                sum += Int(duration)
                square += Int(duration) * Int(duration)
            }
            durations[index] += Int128(sum)
            squares[index] += Int128(square)
            let limits = thresholds[position]
            for outcome in 0..<outcomes {
                var product = 0
                var low = (samples: 0, sum: 0)
                var high = (samples: 0, sum: 0)
                for sample in 0..<count {
                    let value = values[outcome][sample]
                    product += Int(drawn[sample]) * value
                    if drawn[sample] <= limits.low { low = (low.samples + 1, low.sum + value) }
                    if drawn[sample] >= limits.high { high = (high.samples + 1, high.sum + value) }
                }
                let cell = index * outcomes + outcome
                products[cell] += Int128(product)
                short[cell].samples += low.samples
                short[cell].sum += Int128(low.sum)
                long[cell].samples += high.samples
                long[cell].sum += Int128(high.sum)
            }
            let keeps = min(count, max(0, keptSamples - first))
            kept[index] += drawn[..<keeps]
        }
    }
}

extension DriverTally.Thresholds {
    init(_ uncertainty: Uncertainty) {
        func rounded(_ value: Double) -> Float {
            Float((value / Double(uncertainty.unit)).rounded(.toNearestOrEven) * Double(uncertainty.unit))
        }
        let absence = 1 - uncertainty.chance
        let distribution = uncertainty.duration
        let happensSometimes = absence > 0 || uncertainty.onlyAfter != nil
        if !happensSometimes {
            low = rounded(distribution.quantile(0.1))
            high = rounded(distribution.quantile(0.9))
        } else {
            low =
                absence >= 0.1 || uncertainty.onlyAfter != nil
                ? 0 : rounded(distribution.quantile((0.1 - absence) / uncertainty.chance))
            // A minute is the least that something which happens can take.
            high =
                uncertainty.chance <= 0.1 || uncertainty.onlyAfter != nil
                ? 1 : max(1, rounded(distribution.quantile((0.9 - absence) / uncertainty.chance)))
        }
    }
}

extension DriverTally {
    func write(to writer: inout PartWriter) {
        for number in durations + squares + products { writer.add(number) }
        for tail in short + long {
            writer.add(tail.samples)
            writer.add(tail.sum)
        }
        for row in kept { writer.add(row) }
    }

    /// - Returns: whether what was read is a tally of the same simulation.
    mutating func read(from reader: inout PartReader) -> Bool {
        func fill(_ column: inout [Int128]) -> Bool {
            for index in column.indices {
                guard let number = reader.wide() else { return false }
                column[index] = number
            }
            return true
        }
        func fill(_ column: inout [Tail]) -> Bool {
            for index in column.indices {
                guard let samples = reader.number(), let sum = reader.wide() else { return false }
                column[index] = Tail(samples: samples, sum: sum)
            }
            return true
        }
        guard fill(&durations), fill(&squares), fill(&products), fill(&short), fill(&long) else { return false }
        for index in kept.indices {
            guard let row = reader.floats() else { return false }
            kept[index] = row
        }
        return true
    }
}

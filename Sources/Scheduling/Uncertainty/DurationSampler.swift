/// Draws the durations of a network's activities, a block of samples at a time.
///
/// Every duration comes from one uniform number through the inverse of its distribution, so that even spreading and
/// correlation work on all alike. The number depends on the seed, the activity's id and the sample alone: with other
/// activities, or another network around it, an activity takes the same time in the same sample (common random numbers).
struct DurationSampler: Sendable {
    /// One for every activity that is not certain, in topological order.
    private let draws: [Draw]
    private let factors: [Philox]
    private let tables: [QuantileTable]
    private let latinHypercube: Bool
    /// √ρ and √(1 − ρ).
    private let weights: (common: Float, own: Float)
    /// By position: the greatest duration in minutes.
    let longest: [Int]
    /// By position: whether it may take no time.
    let mayBeEmpty: [Bool]
    /// By position: whether it may not happen at all.
    let mayBeAbsent: [Bool]
    /// By position: whether it varies.
    let isUncertain: [Bool]
    private let constants: [Float]

    private struct Draw: Sendable {
        let position: Int
        let philox: Philox
        let shape: Shape
        let unit: Float
        let bounds: ClosedRange<Float>
        let clamps: Bool
        /// The chance that it does not happen.
        let absence: Float
        /// Slots of who must happen for it to, and where to note that it did; −1 for none.
        let onlyAfter: Int
        let slot: Int
        let factor: Int
    }

    /// Figures in units of rounding.
    private enum Shape: Sendable {
        case fixed(Float)
        case uniform(low: Float, width: Float)
        case triangular(low: Float, high: Float, split: Float, rise: Float, fall: Float)
        case table(Int, low: Float, width: Float)
        case observed([Float])
    }

    /// - Parameter uncertainties: of the activities in order of input.
    init(_ network: ActivityNetwork, _ uncertainties: [Uncertainty], _ settings: SimulationSettings)
        throws(SimulationError)
    {
        guard uncertainties.count == network.activities.count else {
            throw .count(uncertainties: uncertainties.count, activities: network.activities.count)
        }
        guard (0..<1).contains(settings.correlation) else { throw .correlation(settings.correlation) }
        var builder = Builder(seed: settings.seed)
        var slots: [Int32: Int] = [:]
        for (index, uncertainty) in uncertainties.enumerated() {
            let id = network.activities[index].id
            guard uncertainty.duration.isValid, (0...1).contains(uncertainty.chance), uncertainty.unit >= 1,
                uncertainty.duration.bounds.upperBound < 0x1p22
            else { throw .badFigures(activity: id) }
            guard let parent = uncertainty.onlyAfter else { continue }
            guard let before = network.index(of: parent), network.position[before] < network.position[index] else {
                throw .notBefore(parent, activity: id)
            }
            let slot = slots.count
            slots[network.position[before], default: slot] = slots[network.position[before]] ?? slot
        }
        var draws: [Draw] = []
        var constants = [Float](repeating: 0, count: network.order.count)
        var isUncertain = [Bool](repeating: false, count: network.order.count)
        for (position, index) in network.order.enumerated() {
            let uncertainty = uncertainties[Int(index)]
            let bounds = uncertainty.duration.bounds
            let slot = slots[Int32(position)] ?? -1
            if bounds.lowerBound == bounds.upperBound, uncertainty.chance == 1, uncertainty.onlyAfter == nil, slot < 0 {
                constants[position] = Float(bounds.lowerBound.rounded())
                continue
            }
            isUncertain[position] = true
            let parent = uncertainty.onlyAfter.flatMap { network.index(of: $0) }
            draws.append(
                Draw(
                    position: position, philox: Philox(seed: settings.seed, name: network.activities[Int(index)].id),
                    shape: builder.shape(of: uncertainty), unit: Float(uncertainty.unit),
                    bounds: Float(bounds.lowerBound.rounded())...Float(bounds.upperBound.rounded()),
                    clamps: [bounds.lowerBound, bounds.upperBound].contains {
                        $0.truncatingRemainder(dividingBy: Double(uncertainty.unit)) != 0
                    },
                    absence: Float(1 - uncertainty.chance),
                    onlyAfter: parent.flatMap { slots[network.position[$0]] } ?? -1, slot: slot,
                    factor: settings.correlation > 0 ? builder.factor(uncertainty.factor) : -1))
        }
        self.draws = draws
        self.constants = constants
        self.isUncertain = isUncertain
        factors = builder.factors
        tables = builder.tables
        latinHypercube = settings.latinHypercube
        weights = (Float(settings.correlation.squareRoot()), Float((1 - settings.correlation).squareRoot()))
        longest = network.order.map { Int(uncertainties[Int($0)].duration.bounds.upperBound.rounded()) }
        mayBeAbsent = network.order.map { uncertainties[Int($0)].chance < 1 || uncertainties[Int($0)].onlyAfter != nil }
        let mayBeAbsent = mayBeAbsent
        mayBeEmpty = network.order.enumerated().map {
            mayBeAbsent[$0.offset] || uncertainties[Int($0.element)].duration.bounds.lowerBound < 0.5
        }
        slotCount = slots.count
    }

    private let slotCount: Int

    private struct Builder {
        let seed: UInt64
        var tables: [QuantileTable] = []
        private var tableOf: [SIMD2<Double>: Int] = [:]
        var factors: [Philox] = []
        private var factorOf: [String: Int] = [:]

        init(seed: UInt64) { self.seed = seed }

        mutating func factor(_ name: String?) -> Int {
            guard let name else { return -1 }
            if let known = factorOf[name] { return known }
            // No activity's id holds a line break, so no activity draws the same numbers.
            factors.append(Philox(seed: seed, name: "\nfactor \(name)"))
            factorOf[name] = factors.count - 1
            return factors.count - 1
        }

        mutating func shape(of uncertainty: Uncertainty) -> Shape {
            let unit = Double(uncertainty.unit)
            let bounds = uncertainty.duration.bounds
            guard bounds.lowerBound < bounds.upperBound else {
                return .fixed(Float(bounds.lowerBound.rounded() / unit))
            }
            switch uncertainty.duration {
            case .fixed(let value): return .fixed(Float(value / unit))
            case .uniform(let min, let max): return .uniform(low: Float(min / unit), width: Float((max - min) / unit))
            case .triangular(let min, let likely, let max):
                let (low, mode, high) = (min / unit, likely / unit, max / unit)
                return .triangular(
                    low: Float(low), high: Float(high), split: Float((mode - low) / (high - low)),
                    rise: Float((high - low) * (mode - low)), fall: Float((high - low) * (high - mode)))
            case .pert(let min, _, let max, _):
                let (a, b) = uncertainty.duration.betaShape
                // Equal shapes share a table, whatever their ends.
                let table = tableOf[SIMD2(a, b)] ?? tables.count
                if table == tables.count { tables.append(QuantileTable(betaShape: a, b)) }
                tableOf[SIMD2(a, b)] = table
                return .table(table, low: Float(min / unit), width: Float((max - min) / unit))
            case .observed(let values): return .observed(values.sorted().map { Float($0 / unit) })
            case .quantiles:
                tables.append(QuantileTable(uncertainty.duration))
                return .table(tables.count - 1, low: 0, width: Float(1 / unit))
            }
        }
    }

    // MARK: Drawing

    /// Room for a block's durations, by position, and for what is needed on the way.
    struct Room {
        var durations: [SampleLanes]
        fileprivate var unit: [SampleLanes]
        fileprivate var happened: [SampleLanes]
        fileprivate var common: [Float]
        fileprivate var places: [UInt16]
    }

    func room() -> Room {
        var room = Room(
            durations: constants.flatMap { Array(repeating: SampleLanes(repeating: $0), count: SampleBlock.vectors) },
            unit: Array(repeating: .zero, count: SampleBlock.vectors),
            happened: Array(repeating: .zero, count: slotCount * SampleBlock.vectors),
            common: Array(repeating: 0, count: factors.count * SampleBlock.size),
            places: Array(repeating: 0, count: SampleBlock.size))
        room.durations.reserveCapacity(room.durations.count)
        return room
    }

    /// Draws a block: whole minutes, exact as floats.
    func draw(block: Int, into room: inout Room) {
        for (factor, philox) in factors.enumerated() {
            uniforms(philox, block: block, &room)
            for sample in 0..<SampleBlock.size {
                room.common[factor * SampleBlock.size + sample] =
                    weights.common * Self.normalScore(room.unit[sample / 8][sample % 8])
            }
        }
        for draw in draws {
            uniforms(draw.philox, block: block, &room)
            if draw.factor >= 0 { correlate(with: draw.factor, &room) }
            take(draw, &room)
        }
    }

    @inline(__always)
    private func uniforms(_ philox: Philox, block: Int, _ room: inout Room) {
        philox.fillUnit(&room.unit, block: block)
        if latinHypercube { spread(philox, block: block, &room) }
    }

    /// One number in each of as many equal steps as there are samples, in random order.
    private func spread(_ philox: Philox, block: Int, _ room: inout Room) {
        var order = room.unit
        philox.fillUnit(&order, block: block, use: .shuffle)
        for sample in 0..<SampleBlock.size { room.places[sample] = UInt16(sample) }
        for sample in (1..<SampleBlock.size).reversed() {
            room.places.swapAt(sample, Int(order[sample / 8][sample % 8] * Float(sample + 1)))
        }
        for sample in 0..<SampleBlock.size {
            let number = (Float(room.places[sample]) + room.unit[sample / 8][sample % 8]) / Float(SampleBlock.size)
            // The last step's end may round to 1.
            room.unit[sample / 8][sample % 8] = min(number, 1 - 0x1p-24)
        }
    }

    private func correlate(with factor: Int, _ room: inout Room) {
        for sample in 0..<SampleBlock.size {
            let own = weights.own * Self.normalScore(room.unit[sample / 8][sample % 8])
            let score = own + room.common[factor * SampleBlock.size + sample]
            let unit = Float(SpecialFunctions.normal(Double(score)))
            room.unit[sample / 8][sample % 8] = min(max(unit, 0x1p-24), 1 - 0x1p-24)
        }
    }

    private static func normalScore(_ unit: Float) -> Float { Float(SpecialFunctions.normalQuantile(Double(unit))) }

    @inline(__always)
    private func take(_ draw: Draw, _ room: inout Room) {
        let first = draw.position * SampleBlock.vectors
        if draw.absence > 0 || draw.onlyAfter >= 0 || draw.slot >= 0 {
            let chance = 1 - draw.absence
            for vector in 0..<SampleBlock.vectors {
                let unit = room.unit[vector]
                var happens = unit .>= draw.absence
                if draw.onlyAfter >= 0 {
                    happens .&= room.happened[draw.onlyAfter * SampleBlock.vectors + vector] .> 0
                }
                if draw.slot >= 0 {
                    room.happened[draw.slot * SampleBlock.vectors + vector] = SampleLanes.zero
                        .replacing(with: 1, where: happens)
                }
                let within = SampleLanes(repeating: 0.5).replacing(with: (unit - draw.absence) / chance, where: happens)
                room.durations[first + vector] = SampleLanes.zero
                    .replacing(with: duration(draw, of: within), where: happens)
            }
            return
        }
        switch draw.shape {
        case .triangular(let low, let high, let split, let rise, let fall):
            fill(&room.durations, draw, room.unit) { Self.triangular($0, low, high, split, rise, fall) }
        case .table(let table, let low, let width):
            let table = tables[table]
            fill(&room.durations, draw, room.unit) { low + width * table.value($0) }
        default:
            for vector in 0..<SampleBlock.vectors {
                room.durations[first + vector] = duration(draw, of: room.unit[vector])
            }
        }
    }

    /// The loop of each shape by itself.
    @inline(never)
    private func fill(
        _ durations: inout [SampleLanes], _ draw: Draw, _ unit: [SampleLanes],
        _ value: (SampleLanes) -> SampleLanes
    ) {
        let first = draw.position * SampleBlock.vectors
        let unit = unit.span
        var durations = durations.mutableSpan
        for vector in 0..<SampleBlock.vectors { durations[first + vector] = rounded(value(unit[vector]), draw) }
    }

    private func duration(_ draw: Draw, of unit: SampleLanes) -> SampleLanes {
        let value: SampleLanes
        switch draw.shape {
        case .fixed(let minutes): value = SampleLanes(repeating: minutes)
        case .uniform(let low, let width): value = low + width * unit
        case .triangular(let low, let high, let split, let rise, let fall):
            value = Self.triangular(unit, low, high, split, rise, fall)
        case .table(let table, let low, let width): value = low + width * tables[table].value(unit)
        case .observed(let values):
            var found = SampleLanes.zero
            for lane in 0..<SampleLanes.scalarCount {
                found[lane] = values[min(values.count - 1, Int(unit[lane] * Float(values.count)))]
            }
            value = found
        }
        return rounded(value, draw)
    }

    @inline(__always)
    private static func triangular(
        _ unit: SampleLanes, _ low: Float, _ high: Float, _ split: Float, _ rise: Float, _ fall: Float
    ) -> SampleLanes {
        let isRising = unit .< split
        let area = ((1 - unit) * fall).replacing(with: unit * rise, where: isRising)
        let root = area.root
        return (high - root).replacing(with: low + root, where: isRising)
    }

    /// To the nearest whole unit, ties to even, in minutes.
    @inline(__always)
    private func rounded(_ value: SampleLanes, _ draw: Draw) -> SampleLanes {
        let whole = value.nearestWhole * draw.unit
        guard draw.clamps else { return whole }
        let raised = whole.replacing(with: draw.bounds.lowerBound, where: whole .< draw.bounds.lowerBound)
        return raised.replacing(with: draw.bounds.upperBound, where: raised .> draw.bounds.upperBound)
    }
}

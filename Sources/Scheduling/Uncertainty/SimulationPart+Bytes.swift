// The bytes of a part, for whoever puts parts from other machines together: numbers of eight bytes, least first.

extension SimulationPart {
    /// The part in bytes that any machine reads as the same part.
    public var bytes: [UInt8] {
        var writer = PartWriter()
        for number in [samples.lowerBound, samples.upperBound, detail.rawValue] { writer.add(number) }
        writer.add(finishes.map { Int($0) })
        for window in measures {
            writer.add(window.flatMap { vector in (0..<4).map { Int(vector[$0]) } })
        }
        for row in critical { writer.add(row) }
        tally.write(to: &writer)
        return writer.bytes
    }

    /// The part that was written; `nil` when the bytes are none of that simulation.
    public init?(bytes: [UInt8], of simulation: NetworkSimulation) {
        var reader = PartReader(bytes)
        guard let first = reader.number(), let end = reader.number(), first >= 0, first <= end,
            let detail = reader.number().flatMap({ SimulationDetail(rawValue: $0) })
        else { return nil }
        self.init(of: simulation, from: first, detail: detail)
        guard let finishes = reader.numbers(), finishes.count == end - first else { return nil }
        self.finishes = finishes.map { Int32(truncatingIfNeeded: $0) }
        for window in measures.indices {
            guard let numbers = reader.numbers(), numbers.count % 4 == 0 else { return nil }
            measures[window] = stride(from: 0, to: numbers.count, by: 4).map { place in
                SIMD4((0..<4).map { Int32(truncatingIfNeeded: numbers[place + $0]) })
            }
        }
        for row in critical.indices {
            guard let numbers = reader.numbers(), numbers.count == critical[row].count else { return nil }
            critical[row] = numbers
        }
        guard tally.read(from: &reader), reader.isAtEnd else { return nil }
        close(at: end)
    }
}

struct PartWriter {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ number: Int) { withUnsafeBytes(of: Int64(number).littleEndian) { bytes += $0 } }

    mutating func add(_ number: Int128) {
        add(Int(truncatingIfNeeded: number))
        add(Int(truncatingIfNeeded: number >> 64))
    }

    mutating func add(_ numbers: [Int]) {
        add(numbers.count)
        for number in numbers { add(number) }
    }

    mutating func add(_ numbers: [Float]) {
        add(numbers.count)
        for number in numbers { withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes += $0 } }
    }
}

struct PartReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    mutating func number() -> Int? {
        guard bytes.count - place >= 8 else { return nil }
        defer { place += 8 }
        return bytes.withUnsafeBytes {
            Int(Int64(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: Int64.self)))
        }
    }

    mutating func wide() -> Int128? {
        guard let low = number(), let high = number() else { return nil }
        return Int128(high) << 64 | Int128(UInt64(bitPattern: Int64(low)))
    }

    mutating func numbers() -> [Int]? {
        guard let count = number(), count >= 0, count <= (bytes.count - place) / 8 else { return nil }
        return (0..<count).compactMap { _ in number() }
    }

    mutating func floats() -> [Float]? {
        guard let count = number(), count >= 0, count <= (bytes.count - place) / 4 else { return nil }
        defer { place += 4 * count }
        return bytes.withUnsafeBytes { bytes in
            (0..<count).map {
                Float(
                    bitPattern: UInt32(
                        littleEndian: bytes.loadUnaligned(fromByteOffset: place + 4 * $0, as: UInt32.self)))
            }
        }
    }
}

/// A draw of what is checked, and by whom (双随机抽查): from a list of objects and a list of inspectors, by a seed that is
/// recorded, so that anybody can draw again and find the same.
///
/// The order in which the lists are given changes nothing. Every set of that many objects is as likely as any other.
///
/// - Source: partial shuffle after R. Durstenfeld, CACM 7 (1964) 420; SplitMix64 (Steele, Lea, Flood, OOPSLA 2014);
///   bounded numbers without bias after D. Lemire, ACM TOMACS 29 (2019) 3. 国办发〔2015〕58号 asks for both draws.
public struct SpotCheck: Hashable, Sendable {
    public let seed: String
    /// How many there were to draw from.
    public let population: Int
    /// In the order of their names.
    public let drawn: [Assignment]

    public struct Assignment: Hashable, Sendable {
        public let object: String
        /// In the order of their names.
        public let inspectors: [String]
    }

    /// - Parameters:
    ///   - share: per cent of the objects, 1…100; at least one is drawn.
    ///   - perObject: how many inspectors look at one object, 2 at least.
    /// - Returns: `nil` when there are fewer inspectors than that.
    public init?(seed: String, share: Int, objects: [String], inspectors: [String], perObject: Int = 2) {
        let objects = Set(objects).sorted()
        let inspectors = Set(inspectors).sorted()
        guard (1...100).contains(share), perObject >= 2, inspectors.count >= perObject else { return nil }
        var random = SeededDraw(seed: seed)
        let count = (objects.count * share + 99) / 100
        self.seed = seed
        population = objects.count
        // Every object's inspectors come from a stream of their own: who checks one does not hang on what else was drawn.
        drawn = random.draw(count, of: objects).sorted().map { object in
            var own = SeededDraw(seed: "\(seed)/\(object)")
            return Assignment(object: object, inspectors: own.draw(perObject, of: inspectors).sorted())
        }
    }
}

/// Draws that anybody can repeat from the seed.
struct SeededDraw {
    private var state: UInt64

    init(seed: String) {
        state = seed.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    private mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    private mutating func index(below count: Int) -> Int {
        let bound = UInt64(count)
        var product = bits().multipliedFullWidth(by: bound)
        while product.low < (0 &- bound) % bound { product = bits().multipliedFullWidth(by: bound) }
        return Int(product.high)
    }

    mutating func draw<T>(_ count: Int, of values: [T]) -> [T] {
        var values = values
        for position in 0..<min(count, values.count) {
            values.swapAt(position, position + index(below: values.count - position))
        }
        return Array(values.prefix(count))
    }
}

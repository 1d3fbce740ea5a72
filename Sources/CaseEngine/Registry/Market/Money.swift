/// A sum of money 金额 in whole fen, so that sums and comparisons are exact.
public struct Money: Hashable, Sendable, Codable, Comparable {
    /// Hundredths of a yuan.
    public let fen: Int

    public init(fen: Int) { self.fen = fen }

    /// The largest sum: a hundred billion yuan.
    public static let maximum = Money(fen: 10_000_000_000_000)

    /// Whether it is a price: more than nothing, at most ``maximum``.
    public var isPrice: Bool { fen > 0 && self <= .maximum }

    public static func < (a: Money, b: Money) -> Bool { a.fen < b.fen }
}

extension Money: LosslessStringConvertible {
    /// Reads yuan such as `86000` or `86000.50`: ASCII digits, two at most after the point, no more than ``maximum``.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            (1...12).contains(parts[0].utf8.count), let yuan = Int(parts[0])
        else { return nil }
        var cents = 0
        if parts.count == 2 {
            guard (1...2).contains(parts[1].utf8.count), let fraction = Int(parts[1]) else { return nil }
            cents = parts[1].utf8.count == 1 ? fraction * 10 : fraction
        }
        self.init(fen: yuan * 100 + cents)
        guard self <= .maximum else { return nil }
    }

    /// Yuan: `86000` or `86000.50`.
    public var description: String {
        let (yuan, cents) = abs(fen).quotientAndRemainder(dividingBy: 100)
        let fraction = cents == 0 ? "" : "." + (cents < 10 ? "0" : "") + String(cents)
        return (fen < 0 ? "-" : "") + String(yuan) + fraction
    }
}

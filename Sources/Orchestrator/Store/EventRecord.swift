import WorkCalendar

/// What happened to a case, before it has a place in the log.
public struct NewEvent: Hashable, Sendable {
    /// What kind of fact, for example `itemAdmitted`: 1 to 64 characters of `[A-Za-z0-9._:-]`.
    public var kind: String
    /// Version of the payload's schema for this kind, from 1.
    public var schema: Int
    /// The office's civil date on which it counts.
    public var on: LocalDate
    /// When it was recorded.
    public var at: Instant
    /// Who did it: 1 to 256 bytes of UTF-8 without control characters.
    public var actor: String
    /// The fact itself in its canonical bytes; the store never looks inside.
    public var payload: [UInt8]

    public init(kind: String, schema: Int = 1, on: LocalDate, at: Instant, actor: String, payload: [UInt8]) {
        self.kind = kind
        self.schema = schema
        self.on = on
        self.at = at
        self.actor = actor
        self.payload = payload
    }
}

/// One row of a case's log (事件): a fact, its place, the command that caused it, and its seal.
public struct EventRecord: Hashable, Sendable {
    public var caseID: CaseID
    /// Place in the case's log, from 1, without gaps.
    public var sequence: Int
    public var event: NewEvent
    /// Key of the command that caused it.
    public var key: CommandKey
    /// Hash of the event before; `ChainHash.zero` for the first.
    public var previousHash: ChainHash
    /// Hash over all of the above; see ``HashChain``.
    public var hash: ChainHash

    public init(
        caseID: CaseID, sequence: Int, event: NewEvent, key: CommandKey, previousHash: ChainHash, hash: ChainHash
    ) {
        self.caseID = caseID
        self.sequence = sequence
        self.event = event
        self.key = key
        self.previousHash = previousHash
        self.hash = hash
    }
}

/// Where a case's log ends: how many events it has and the hash of the last.
///
/// Whoever keeps a head can later show that nothing up to it was changed.
public struct Head: Hashable, Sendable {
    /// Number of events, which is the sequence of the last; 0 before the first.
    public var version: Int
    public var hash: ChainHash

    public init(version: Int, hash: ChainHash) {
        self.version = version
        self.hash = hash
    }

    /// The head of a log without events.
    public static let empty = Head(version: 0, hash: .zero)
}

/// A SHA-256 digest (杂凑值): 32 bytes, printed as 64 hexadecimal digits.
public struct ChainHash: Hashable, Sendable {
    // Words and no vector: that would have to lie at multiples of 32 bytes, and the frames of tasks lie at multiples of 16.
    private let a: UInt64
    private let b: UInt64
    private let c: UInt64
    private let d: UInt64

    /// 32 zero bytes: what the first event of a case has before it.
    public static let zero = ChainHash()

    private init() { (a, b, c, d) = (0, 0, 0, 0) }

    /// `nil` unless there are exactly 32 bytes.
    public init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 32 else { return nil }
        func word(_ number: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: 8 * number, as: UInt64.self) }
        (a, b, c, d) = (word(0), word(1), word(2), word(3))
    }

    /// `nil` unless there are exactly 32 bytes.
    public init?(_ bytes: [UInt8]) {
        guard let hash = bytes.withUnsafeBytes({ ChainHash($0) }) else { return nil }
        self = hash
    }

    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// The 32 bytes in order, without a copy.
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try Swift.withUnsafeBytes(of: self) { try body($0) }
    }
}

extension ChainHash: LosslessStringConvertible {
    public var description: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Reads 64 hexadecimal digits.
    public init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 64 else { return nil }
        func value(_ digit: UInt8) -> UInt8? {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
            default: nil
            }
        }
        var bytes: [UInt8] = []
        for position in stride(from: 0, to: 64, by: 2) {
            guard let high = value(digits[position]), let low = value(digits[position + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self.init(bytes)
    }
}

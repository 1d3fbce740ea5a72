import Crypto

/// The name of a case (办件号): 1 to 64 characters of `[A-Za-z0-9._:-]`, case-sensitive.
public struct CaseID: Hashable, Sendable {
    public let text: String

    /// `nil` if the text is empty, too long or has another character.
    public init?(_ text: String) {
        guard Token.isValid(text, limit: 64) else { return nil }
        self.text = text
    }
}

/// The key that a sender gives a command so that sending it again does nothing twice (幂等键).
///
/// 1 to 128 characters of `[A-Za-z0-9._:-]`; unique within its case.
public struct CommandKey: Hashable, Sendable {
    public let text: String

    /// `nil` if the text is empty, too long or has another character.
    public init?(_ text: String) {
        guard Token.isValid(text, limit: 128) else { return nil }
        self.text = text
    }
}

extension CommandKey {
    /// Whether the key is of those that Binglian gives its own commands: the opening, the passing of time, the answers of
    /// a run, the report of a breach. A key that a person chooses is none of them.
    public var isReserved: Bool {
        text == "open"
            || ["time.", "run.", "rules.", "breach.", "refused.", "documents."].contains { text.hasPrefix($0) }
    }
}

extension CommandKey {
    /// The key under which the refusal of a command with this one is written down.
    var ofRefusal: CommandKey {
        if let key = CommandKey("refused.\(text)") { return key }
        // A long key by its hash.
        let digest = SHA256.hash(data: Array(text.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count < 2 ? "0\(digits)" : digits
        }.joined()
        guard let key = CommandKey("refused.\(digest)") else { preconditionFailure("letters and digits, and few") }
        return key
    }
}

extension CaseID: CustomStringConvertible, LosslessStringConvertible {
    public var description: String { text }
}

extension CommandKey: CustomStringConvertible, LosslessStringConvertible {
    public var description: String { text }
}

/// The alphabet of identifiers. ASCII only, so that look-alikes, invisible characters and Unicode's equal spellings
/// cannot make two names of one or one of two.
enum Token {
    /// - Parameter extra: one more character that is allowed.
    static func isValid(_ text: String, limit: Int, and extra: UInt8 = UInt8(ascii: "-")) -> Bool {
        let bytes = text.utf8
        guard !bytes.isEmpty, bytes.count <= limit else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"),
                UInt8(ascii: "-"):
                true
            default: byte == extra
            }
        }
    }

    /// Text without controls, of so many bytes.
    static func isPlain(_ text: String, limit: ClosedRange<Int>) -> Bool {
        limit.contains(text.utf8.count) && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}

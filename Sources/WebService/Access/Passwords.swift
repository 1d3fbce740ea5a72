import CaseEngine
import Crypto
import CryptoExtras
import Dispatch
import Foundation

/// A password as it is kept (口令散列): PBKDF2 with HMAC-SHA-256, its own salt and its own number of rounds.
///
/// - Source: RFC 8018 §5.2; OWASP Password Storage: 600,000 rounds of SHA-256 or more.
struct PasswordHash: Sendable, Hashable, Codable {
    var rounds: Int
    var salt: [UInt8]
    var hash: [UInt8]

    static let rounds = 600_000
    static let shortest = 8
    static let longest = 256

    /// Hashing takes a processor for a good part of a second: one at a time, on a thread of its own, so that signing in
    /// never holds other requests up.
    private static let queue = DispatchQueue(label: "binglian.passwords", qos: .userInitiated)

    static func make(_ password: String, rounds: Int = rounds) async -> PasswordHash {
        let salt = SecretText.randomBytes(16)
        return PasswordHash(rounds: rounds, salt: salt, hash: await derive(password, salt, rounds))
    }

    func matches(_ password: String) async -> Bool {
        SecretText.areEqual(await Self.derive(password, salt, rounds), hash)
    }

    /// Takes as long as a real comparison, for names that nobody has.
    static func compareWithNothing(_ password: String, rounds: Int = rounds) async {
        _ = await derive(password, [UInt8](repeating: 0, count: 16), rounds)
    }

    private static func derive(_ password: String, _ salt: [UInt8], _ rounds: Int) async -> [UInt8] {
        await withCheckedContinuation { done in
            queue.async {
                let key = try? KDF.Insecure.PBKDF2.deriveKey(
                    from: Data(password.precomposedStringWithCompatibilityMapping.utf8), salt: Data(salt),
                    using: .sha256, outputByteCount: 32, unsafeUncheckedRounds: rounds)
                // Nothing equals 32 random bytes.
                done.resume(returning: key?.withUnsafeBytes { Array($0) } ?? SecretText.randomBytes(32))
            }
        }
    }
}

/// Random texts that nobody guesses, and comparisons that do not tell how far they got.
enum SecretText {
    static func randomBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 7)
        while bytes.count < count {
            let word: UInt64 = generator.next()
            withUnsafeBytes(of: word) { bytes.append(contentsOf: $0) }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// Base64 for addresses (RFC 4648 §5), without padding.
    static func random(bytes count: Int = 24) -> String { encode(randomBytes(count)) }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 4 / 3 + 4)
        var position = 0
        while position < bytes.count {
            let rest = bytes.count - position
            let triple =
                UInt32(bytes[position]) << 16 | (rest > 1 ? UInt32(bytes[position + 1]) << 8 : 0)
                | (rest > 2 ? UInt32(bytes[position + 2]) : 0)
            for digit in 0..<min(4, rest + 1) { out.append(alphabet[Int(triple >> (18 - 6 * digit)) & 63]) }
            position += 3
        }
        return String(decoding: out, as: UTF8.self)
    }

    static func decode(_ text: String) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let text = text.replacing("-", with: "+").replacing("_", with: "/") + padding
        return Data(base64Encoded: text).map { Array($0) }
    }

    static func hash(_ text: String) -> String { encode(Array(SHA256.hash(data: Array(text.utf8)))) }

    static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    static func areEqual(_ a: String, _ b: String) -> Bool { areEqual(Array(a.utf8), Array(b.utf8)) }
}

import Crypto
import Foundation
import Orchestrator

/// Signatures of messages between this office and departments' systems (消息签名), as Standard Webhooks has them.
///
/// The header `webhook-signature` is a list, parted by spaces, of `v1,` and the Base64 of the HMAC-SHA256 of
/// `ID.TIMESTAMP.BODY`. Several secrets sign side by side while one is replaced by another.
///
/// Source: Standard Webhooks specification 1.0, "Signature scheme"; RFC 2104.
public struct WebhookSigner: Sendable {
    /// How far the time of a message may lie from ours, either way: five minutes.
    public static let tolerance = Duration.seconds(300)

    private let keys: [SymmetricKey]

    /// - Parameter secrets: the newest first; see ``WebhookSecret``.
    public init(_ secrets: [WebhookSecret]) {
        keys = secrets.map { SymmetricKey(data: $0.bytes) }
    }

    /// The headers of a message.
    public func headers(id: String, body: [UInt8], at now: Instant) -> [(name: String, value: String)] {
        let seconds = String(now.milliseconds / 1000)
        let signatures = keys.map { key in
            "v1,"
                + Data(HMAC<SHA256>.authenticationCode(for: Self.signed(id, seconds, body), using: key))
                .base64EncodedString()
        }
        return [
            ("webhook-id", id), ("webhook-timestamp", seconds),
            ("webhook-signature", signatures.joined(separator: " ")),
        ]
    }

    /// Whether a message is from somebody who has one of the secrets, and is new.
    public func verify(id: String, timestamp: String, signature: String, body: [UInt8], at now: Instant)
        throws(CallbackFlaw)
    {
        guard let seconds = Int64(timestamp), timestamp.utf8.count <= 12,
            timestamp.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { throw .timestamp }
        guard abs(now.milliseconds / 1000 - seconds) <= Self.tolerance.components.seconds else { throw .stale }
        guard (1...128).contains(id.utf8.count) else { throw .id }
        let signed = Self.signed(id, timestamp, body)
        for candidate in signature.split(separator: " ").prefix(10) where candidate.hasPrefix("v1,") {
            guard let code = Data(base64Encoded: String(candidate.dropFirst(3))) else { continue }
            // Takes the same time wherever they differ.
            if keys.contains(where: { HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: signed, using: $0) })
            {
                return
            }
        }
        throw .signature
    }

    private static func signed(_ id: String, _ timestamp: String, _ body: [UInt8]) -> [UInt8] {
        Array("\(id).\(timestamp).".utf8) + body
    }
}

/// What only this office and one department know: 24 to 64 bytes, written `whsec_` and Base64.
public struct WebhookSecret: Sendable, Hashable {
    let bytes: [UInt8]

    /// `nil` unless it is `whsec_` and the Base64 of 24 to 64 bytes.
    public init?(_ text: String) {
        guard text.hasPrefix("whsec_"), let data = Data(base64Encoded: String(text.dropFirst(6))),
            (24...64).contains(data.count)
        else { return nil }
        bytes = Array(data)
    }
}

extension WebhookSecret: CustomStringConvertible {
    /// Never the secret.
    public var description: String { "whsec_…" }
}

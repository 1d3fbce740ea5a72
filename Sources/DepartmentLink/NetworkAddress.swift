import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// An address of the Internet, and whether one of ours may be called there (网络地址).
public struct NetworkAddress: Hashable, Sendable {
    /// 16 bytes; IPv4 as `::ffff:a.b.c.d`.
    let bytes: [UInt8]

    /// `nil` unless it is an address in numbers.
    public init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] + withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            bytes = withUnsafeBytes(of: &six) { Array($0) }
        } else {
            return nil
        }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    var isFour: Bool { bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) }

    /// Whether it belongs to the public Internet: none of this machine's, of a local network's, of a cloud's metadata or
    /// of what is kept for special purposes.
    ///
    /// Source: the IANA registries of special-purpose addresses, RFC 6890 and its updates.
    public var isPublic: Bool {
        // An IPv4 address in other clothes counts as what it is: 6to4, NAT64, IPv4-compatible.
        if bytes.starts(with: [0x20, 0x02]) { return Self.four(bytes[2..<6]).isPublic }
        if bytes.starts(with: [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) {
            return Self.four(bytes[12...]).isPublic
        }
        return !Self.special.contains { $0.contains(self) }
    }

    private static func four(_ bytes: ArraySlice<UInt8>) -> NetworkAddress {
        NetworkAddress(bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] + bytes)
    }

    private static let special: [NetworkRange] = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20",
        "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    ].compactMap { NetworkRange($0) }

    /// The addresses of a host, in the order in which to try them.
    ///
    /// - Complexity: asks the resolver, and blocks meanwhile.
    static func resolve(_ host: String) throws -> [NetworkAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &list)
        guard code == 0 else { throw LinkFailure.unresolved(host) }
        defer { freeaddrinfo(list) }
        var found: [NetworkAddress] = []
        var next = list
        while let entry = next {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let length = socklen_t(text.count)
            if getnameinfo(entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, length, nil, 0, NI_NUMERICHOST) == 0
            {
                let end = text.firstIndex(of: 0) ?? text.endIndex
                let name = String(decoding: text[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
                // A zone of a link-local address is cut off.
                if let address = NetworkAddress(String(name.prefix { $0 != "%" })), !found.contains(address) {
                    found.append(address)
                }
            }
            next = entry.pointee.ai_next
        }
        return found
    }
}

extension NetworkAddress: CustomStringConvertible {
    public var description: String {
        if isFour { return bytes[12...].map { String($0) }.joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2).map {
            String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
        }.joined(separator: ":")
    }
}

/// A range of addresses as `10.0.0.0/8` (地址段).
public struct NetworkRange: Hashable, Sendable {
    private let start: NetworkAddress
    private let bits: Int

    /// `nil` unless it is an address in numbers, alone or with a slash and a length.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let start = NetworkAddress(String(parts[0])) else { return nil }
        let most = start.isFour ? 32 : 128
        guard let bits = parts.count == 2 ? Int(parts[1]) : most, (0...most).contains(bits) else { return nil }
        self.start = start
        self.bits = bits + (128 - most)
    }

    public func contains(_ address: NetworkAddress) -> Bool {
        let whole = bits / 8
        guard address.bytes[..<whole] == start.bytes[..<whole] else { return false }
        let rest = bits % 8
        if rest == 0 { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - rest))
        return address.bytes[whole] & mask == start.bytes[whole] & mask
    }
}

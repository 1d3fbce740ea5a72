import Testing

@testable import WebService

/// Held against codes that another encoder (segno 1.6, level M, byte mode) makes of the same texts.
@Suite("QR codes")
struct QRCodeTests {
    /// Text, version, mask, and FNV-1a of the modules row by row as digits 0 and 1.
    static let known: [(text: String, version: Int, mask: Int, hash: UInt64)] = [
        (String(repeating: "x", count: 26), 2, 0, 0x99f607cc3c2f3a31),
        (String(repeating: "x", count: 62), 4, 0, 0x3cdb5bb6424304e7),
        (String(repeating: "x", count: 106), 6, 3, 0xae6ead75e674a32f),
        (String(repeating: "x", count: 122), 7, 0, 0x46b81557d24a19ab),
        (String(repeating: "x", count: 152), 8, 2, 0xb80744d1c1bb1df1),
        (String(repeating: "x", count: 180), 9, 0, 0xa2947dbf50fbc70d),
        (String(repeating: "x", count: 213), 10, 0, 0x3562a6df119dff93),
    ]

    @Test("Every module is as another encoder sets it, in codes that are full", arguments: known.indices)
    func modules(index: Int) throws {
        let known = Self.known[index]
        let code = try #require(QRCode(known.text))
        #expect(code.version == known.version)
        #expect(code.size == 17 + 4 * code.version)
        #expect(code.mask == known.mask)
        // FNV-1a, 64 bits.
        let hash = code.modules.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, isDark in
            (hash ^ (isDark ? 0x31 : 0x30)) &* 0x100_0000_01b3
        }
        #expect(hash == known.hash)
    }

    @Test("What is too long is no code")
    func tooLong() {
        #expect(QRCode(String(repeating: "x", count: 213)) != nil)
        #expect(QRCode(String(repeating: "x", count: 214)) == nil)
    }

    @Test("Codewords of a message are divisible by the generator")
    func correction() {
        // ISO/IEC 18004:2015 annex I: "01234567" as version 1-M.
        let data: [UInt8] = [
            0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11,
        ]
        #expect(
            GaloisField.remainder(of: data, degree: 10)
                == [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55])
    }
}

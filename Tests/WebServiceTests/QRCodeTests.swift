import Testing

@testable import WebService

/// Held against codes that another encoder (qrcodegen 1.8, level M, byte mode) makes of the same texts under the same mask.
/// Which mask is best is a matter of taste among encoders: they read clause 7.8.3 differently at the border.
@Suite("QR codes")
struct QRCodeTests {
    /// Text, version, mask, and FNV-1a of the modules row by row as digits 0 and 1.
    static let known: [(text: String, version: Int, mask: Int, hash: UInt64)] = [
        ("A", 1, 4, 0x189e55d8eed0759f),
        ("二维码项目进度", 2, 1, 0x3607d9cfa943b73b),
        ("https://example.org/progress/2403-500112-04-01-230517", 4, 2, 0xd3a2ee39b2f2ad46),
        (String(repeating: "x", count: 14), 1, 0, 0xa7de0f5bc02973df),
        (String(repeating: "x", count: 26), 2, 1, 0xc5fd0a68c0dfc65b),
        (String(repeating: "x", count: 30), 3, 2, 0x4d0a8b75608fc432),
        (String(repeating: "x", count: 42), 3, 3, 0xd11ebb5639306d9),
        (String(repeating: "x", count: 57), 4, 4, 0xb885504f4510492b),
        (String(repeating: "x", count: 84), 5, 5, 0xe2ddd6ad5445b9a6),
        (String(repeating: "x", count: 106), 6, 6, 0x65e728ada252a143),
        (String(repeating: "x", count: 122), 7, 7, 0xc27fbdd877a2025d),
        (String(repeating: "x", count: 133), 8, 0, 0xc736750c234bc343),
        (String(repeating: "x", count: 152), 8, 1, 0xd69567eca45832e4),
        (String(repeating: "x", count: 180), 9, 2, 0x33955b0896137f3),
        (String(repeating: "x", count: 213), 10, 3, 0x1bc665bd007d0437),
    ]

    @Test("Every module is as another encoder sets it, in every version and under every mask", arguments: known.indices)
    func modules(index: Int) throws {
        let known = Self.known[index]
        let code = try #require(QRCode(known.text, mask: known.mask))
        #expect(code.version == known.version)
        #expect(code.size == 17 + 4 * code.version)
        // FNV-1a, 64 bits.
        let hash = code.modules.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, isDark in
            (hash ^ (isDark ? 0x31 : 0x30)) &* 0x100_0000_01b3
        }
        #expect(hash == known.hash)
    }

    @Test("The mask is one of those, and the code the same as under it")
    func mask() throws {
        let chosen = try #require(QRCode("2403-500112-04-01-230517"))
        #expect(QRCode("2403-500112-04-01-230517", mask: chosen.mask) == chosen)
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

/// A QR code (二维码) of a short text: byte mode, error correction level M, versions 1 to 10.
///
/// - Source: ISO/IEC 18004:2015; the numbers of tables and clauses below are its own.
struct QRCode: Sendable, Hashable {
    /// Modules on a side, without the quiet zone.
    let size: Int
    /// Dark modules, row by row.
    let modules: [Bool]
    let version: Int
    let mask: Int

    subscript(row: Int, column: Int) -> Bool { modules[row * size + column] }

    /// - Parameter wanted: the mask, 0 to 7; without one the mask with the least penalty.
    /// - Returns: `nil` when the text has more than 213 bytes in UTF-8, the most that version 10-M holds.
    /// - Complexity: O(size²), eight times for the masks.
    init?(_ text: String, mask wanted: Int? = nil) {
        let bytes = Array(text.utf8)
        guard let layout = QRLayout.all.first(where: { $0.capacity >= bytes.count }) else { return nil }
        let codewords = Self.interleaved(Self.dataCodewords(bytes, layout), layout)
        var grid = QRGrid(layout)
        grid.place(codewords)
        let masked = (0..<8).map { grid.masked($0) }
        // Clause 7.8.3: the mask with the least penalty, the first of those.
        let best = wanted ?? masked.indices.min { (masked[$0].penalty, $0) < (masked[$1].penalty, $1) } ?? 0
        size = layout.size
        version = layout.version
        mask = best
        modules = masked[best].dark
    }

    /// Mode, length, bytes, terminator and padding (clause 7.4).
    private static func dataCodewords(_ bytes: [UInt8], _ layout: QRLayout) -> [UInt8] {
        var bits: [Bool] = []
        func append(_ value: Int, _ count: Int) {
            for bit in (0..<count).reversed() { bits.append(value >> bit & 1 == 1) }
        }
        append(0b0100, 4)
        append(bytes.count, layout.version < 10 ? 8 : 16)
        for byte in bytes { append(Int(byte), 8) }
        let capacity = layout.dataCodewords * 8
        append(0, min(4, capacity - bits.count))
        while !bits.count.isMultiple(of: 8) { bits.append(false) }
        var codewords = stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
        }
        var pads: [UInt8] = [0xEC, 0x11]
        while codewords.count < layout.dataCodewords {
            codewords.append(pads[0])
            pads.swapAt(0, 1)
        }
        return codewords
    }

    /// Blocks, their error correction, and both interleaved (clauses 7.5 and 7.6).
    private static func interleaved(_ data: [UInt8], _ layout: QRLayout) -> [UInt8] {
        var blocks: [[UInt8]] = []
        var start = 0
        for length in layout.blocks {
            blocks.append(Array(data[start..<start + length]))
            start += length
        }
        let corrections = blocks.map { GaloisField.remainder(of: $0, degree: layout.correction) }
        var out: [UInt8] = []
        for position in 0..<(layout.blocks.max() ?? 0) {
            for block in blocks where position < block.count { out.append(block[position]) }
        }
        for position in 0..<layout.correction { for correction in corrections { out.append(correction[position]) } }
        return out
    }
}

/// What a version has at level M (tables 7 and 9, annex E).
struct QRLayout: Sendable {
    let version: Int
    /// Error correction codewords a block.
    let correction: Int
    /// Data codewords of each block.
    let blocks: [Int]
    /// Centres of alignment patterns.
    let alignment: [Int]

    var size: Int { 17 + 4 * version }
    var dataCodewords: Int { blocks.reduce(0, +) }
    /// Bytes that fit: the mode takes four bits, the length eight or sixteen.
    var capacity: Int { dataCodewords - (version < 10 ? 2 : 3) }

    static let all: [QRLayout] = [
        QRLayout(version: 1, correction: 10, blocks: [16], alignment: []),
        QRLayout(version: 2, correction: 16, blocks: [28], alignment: [6, 18]),
        QRLayout(version: 3, correction: 26, blocks: [44], alignment: [6, 22]),
        QRLayout(version: 4, correction: 18, blocks: [32, 32], alignment: [6, 26]),
        QRLayout(version: 5, correction: 24, blocks: [43, 43], alignment: [6, 30]),
        QRLayout(version: 6, correction: 16, blocks: [27, 27, 27, 27], alignment: [6, 34]),
        QRLayout(version: 7, correction: 18, blocks: [31, 31, 31, 31], alignment: [6, 22, 38]),
        QRLayout(version: 8, correction: 22, blocks: [38, 38, 39, 39], alignment: [6, 24, 42]),
        QRLayout(version: 9, correction: 22, blocks: [36, 36, 36, 37, 37], alignment: [6, 26, 46]),
        QRLayout(version: 10, correction: 26, blocks: [43, 43, 43, 43, 44], alignment: [6, 28, 50]),
    ]
}

/// The field of 256 elements with x⁸+x⁴+x³+x²+1 (clause 7.5.2).
enum GaloisField {
    private static let powers: [Int] = {
        var powers = [1]
        while powers.count < 255 {
            let next = powers[powers.count - 1] << 1
            powers.append(next > 255 ? next ^ 0x11D : next)
        }
        return powers
    }()
    private static let logarithms: [Int] = {
        var table = Array(repeating: 0, count: 256)
        for (exponent, value) in powers.enumerated() { table[value] = exponent }
        return table
    }()

    static func product(_ a: UInt8, _ b: UInt8) -> UInt8 {
        guard a != 0, b != 0 else { return 0 }
        return UInt8(powers[(logarithms[Int(a)] + logarithms[Int(b)]) % 255])
    }

    /// The Reed–Solomon codewords of a message.
    static func remainder(of message: [UInt8], degree: Int) -> [UInt8] {
        // (x − 1)(x − α)…, without its first coefficient, which is 1.
        var divisor = Array(repeating: UInt8(0), count: degree)
        divisor[degree - 1] = 1
        for exponent in 0..<degree {
            let root = UInt8(powers[exponent])
            for position in 0..<degree {
                divisor[position] =
                    product(divisor[position], root) ^ (position + 1 < degree ? divisor[position + 1] : 0)
            }
        }
        var remainder = Array(repeating: UInt8(0), count: degree)
        for byte in message {
            let factor = byte ^ remainder.removeFirst()
            remainder.append(0)
            for position in 0..<degree { remainder[position] ^= product(divisor[position], factor) }
        }
        return remainder
    }
}

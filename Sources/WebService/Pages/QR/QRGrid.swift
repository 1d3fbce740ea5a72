/// The square on which a QR code is laid out: what is fixed, and where the data go.
struct QRGrid {
    private let layout: QRLayout
    private(set) var dark: [Bool]
    /// Finders, timing, alignment, format and version: no data, no mask.
    private var isFixed: [Bool]

    private var size: Int { layout.size }

    init(_ layout: QRLayout) {
        self.layout = layout
        dark = Array(repeating: false, count: layout.size * layout.size)
        isFixed = dark
        for position in 0..<size {
            fix(6, position, position.isMultiple(of: 2))
            fix(position, 6, position.isMultiple(of: 2))
        }
        for (row, column) in [(3, 3), (3, size - 4), (size - 4, 3)] { finder(row, column) }
        let last = layout.alignment.last
        for row in layout.alignment {
            for column in layout.alignment {
                let isFinder = (row == 6 && column == 6) || (row == 6 && column == last) || (row == last && column == 6)
                if !isFinder { square(row, column) }
            }
        }
        format(0)
        versionBits()
    }

    private mutating func fix(_ row: Int, _ column: Int, _ isDark: Bool) {
        guard (0..<size).contains(row), (0..<size).contains(column) else { return }
        dark[row * size + column] = isDark
        isFixed[row * size + column] = true
    }

    /// With its separator.
    private mutating func finder(_ row: Int, _ column: Int) {
        for y in -4...4 {
            for x in -4...4 {
                let distance = max(abs(x), abs(y))
                fix(row + y, column + x, distance != 2 && distance != 4)
            }
        }
    }

    private mutating func square(_ row: Int, _ column: Int) {
        for y in -2...2 { for x in -2...2 { fix(row + y, column + x, max(abs(x), abs(y)) != 1) } }
    }

    /// Level M and the mask, twice (clause 7.9).
    private mutating func format(_ mask: Int) {
        var rest = mask
        for _ in 0..<10 { rest = rest << 1 ^ (rest >> 9) * 0x537 }
        let bits = (mask << 10 | rest) ^ 0x5412
        func bit(_ number: Int) -> Bool { bits >> number & 1 == 1 }
        for number in 0...5 { fix(number, 8, bit(number)) }
        fix(7, 8, bit(6))
        fix(8, 8, bit(7))
        fix(8, 7, bit(8))
        for number in 9..<15 { fix(8, 14 - number, bit(number)) }
        for number in 0..<8 { fix(8, size - 1 - number, bit(number)) }
        for number in 8..<15 { fix(size - 15 + number, 8, bit(number)) }
        fix(size - 8, 8, true)
    }

    /// From version 7 on (clause 7.10).
    private mutating func versionBits() {
        guard layout.version >= 7 else { return }
        var rest = layout.version
        for _ in 0..<12 { rest = rest << 1 ^ (rest >> 11) * 0x1F25 }
        let bits = layout.version << 12 | rest
        for number in 0..<18 {
            let isDark = bits >> number & 1 == 1
            let (a, b) = (size - 11 + number % 3, number / 3)
            fix(b, a, isDark)
            fix(a, b, isDark)
        }
    }

    /// In pairs of columns from the right, up and down (clause 7.7.3).
    mutating func place(_ codewords: [UInt8]) {
        var number = 0
        var right = size - 1
        while right >= 1 {
            if right == 6 { right = 5 }
            for step in 0..<size {
                for column in [right, right - 1] {
                    let isUpward = (right + 1) & 2 == 0
                    let row = isUpward ? size - 1 - step : step
                    guard !isFixed[row * size + column], number < codewords.count * 8 else { continue }
                    dark[row * size + column] = codewords[number >> 3] >> (7 - number & 7) & 1 == 1
                    number += 1
                }
            }
            right -= 2
        }
    }

    /// With a mask over the data (table 10).
    func masked(_ mask: Int) -> QRGrid {
        var grid = self
        grid.format(mask)
        for row in 0..<size {
            for column in 0..<size where !isFixed[row * size + column] {
                let inverts: Bool =
                    switch mask {
                    case 0: (row + column) % 2 == 0
                    case 1: row % 2 == 0
                    case 2: column % 3 == 0
                    case 3: (row + column) % 3 == 0
                    case 4: (row / 2 + column / 3) % 2 == 0
                    case 5: row * column % 2 + row * column % 3 == 0
                    case 6: (row * column % 2 + row * column % 3) % 2 == 0
                    default: ((row + column) % 2 + row * column % 3) % 2 == 0
                    }
                if inverts { grid.dark[row * size + column].toggle() }
            }
        }
        return grid
    }

    /// How hard it is to read (table 11).
    var penalty: Int {
        var penalty = 0
        for line in 0..<size {
            penalty += Self.penalty(ofLine: (0..<size).map { dark[line * size + $0] })
            penalty += Self.penalty(ofLine: (0..<size).map { dark[$0 * size + line] })
        }
        for row in 0..<size - 1 {
            for column in 0..<size - 1 {
                let first = dark[row * size + column]
                let isBlock =
                    first == dark[row * size + column + 1] && first == dark[(row + 1) * size + column]
                    && first == dark[(row + 1) * size + column + 1]
                if isBlock { penalty += 3 }
            }
        }
        let share = dark.count(where: { $0 }) * 20
        let half = size * size * 10
        return penalty + abs(share - half) / (size * size) * 10
    }

    private static func penalty(ofLine line: [Bool]) -> Int {
        var penalty = 0
        var run = 1
        for position in 1...line.count {
            if position < line.count, line[position] == line[position - 1] {
                run += 1
            } else {
                if run >= 5 { penalty += run - 2 }
                run = 1
            }
        }
        let core = [true, false, true, true, true, false, true]
        let light = [false, false, false, false]
        guard line.count >= 11 else { return penalty }
        for start in 0...line.count - 11 {
            let part = Array(line[start..<start + 11])
            if part == core + light || part == light + core { penalty += 40 }
        }
        return penalty
    }
}

import WorkCalendar

/// Writes what is kept beside logs: whole numbers in seven bits a byte, texts with their lengths before them, a tenth of what
/// JSON takes to read.
struct TallyWriter {
    var bytes: [UInt8] = []

    /// The sign goes into the lowest bit.
    mutating func put(_ value: Int) {
        var rest = UInt64(bitPattern: Int64(value << 1 ^ value >> 63))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func put(_ flag: Bool) { put(flag ? 1 : 0) }
    mutating func put(_ date: LocalDate) { put(date.dayNumber) }

    mutating func put(_ text: String) {
        put(text.utf8.count)
        bytes += text.utf8
    }

    mutating func put(_ text: String?) {
        put(text != nil)
        if let text { put(text) }
    }

    mutating func put(_ date: LocalDate?) {
        put(date != nil)
        if let date { put(date) }
    }

    mutating func put(_ value: Int?) {
        put(value != nil)
        if let value { put(value) }
    }

    mutating func put<Value>(_ values: [Value], _ write: (inout TallyWriter, Value) -> Void) {
        put(values.count)
        for value in values { write(&self, value) }
    }
}

/// Reads to the end whatever comes, and says at the end whether it was whole.
struct TallyReader {
    private let bytes: [UInt8]
    private var place = 0
    private var isDamaged = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isWhole: Bool { !isDamaged && place == bytes.count }

    mutating func int() -> Int {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while place < bytes.count, shift < 64 {
            let byte = bytes[place]
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 {
                let signed = Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
                return Int(signed)
            }
            shift += 7
        }
        isDamaged = true
        return 0
    }

    mutating func flag() -> Bool { int() != 0 }

    mutating func date() -> LocalDate {
        let day = int()
        guard (LocalDate.earliest.dayNumber...LocalDate.latest.dayNumber).contains(day) else {
            isDamaged = true
            return LocalDate(dayNumber: 0)
        }
        return LocalDate(dayNumber: day)
    }

    mutating func text() -> String {
        let count = int()
        guard count >= 0, count <= bytes.count - place else {
            isDamaged = true
            return ""
        }
        defer { place += count }
        return String(decoding: bytes[place..<place + count], as: UTF8.self)
    }

    mutating func optionalText() -> String? { flag() ? text() : nil }
    mutating func optionalDate() -> LocalDate? { flag() ? date() : nil }

    mutating func optionalInt() -> Int? { flag() ? int() : nil }

    /// What a place of a list says, or that the bytes are not ours.
    mutating func choice<Value>(of all: [Value], _ first: Value) -> Value {
        let place = int()
        guard all.indices.contains(place) else {
            isDamaged = true
            return first
        }
        return all[place]
    }

    mutating func list<Value>(_ read: (inout TallyReader) -> Value) -> [Value] {
        let count = int()
        var values: [Value] = []
        // Every value takes a byte at least.
        guard count >= 0, count <= bytes.count - place else {
            isDamaged = true
            return []
        }
        for _ in 0..<count where !isDamaged { values.append(read(&self)) }
        return values
    }
}

import WorkCalendar

/// Writes JSON in its one canonical form (规范 JSON): no white space, members in order of their keys' UTF-8 bytes, only
/// quotes, backslashes and controls escaped.
///
/// An event is written for every step of every case, and `JSONEncoder` with sorted keys takes some 30 times as long:
/// it builds a tree of boxes first. What is written here are the same bytes, which the tests hold it to.
///
/// The order of members is the writer's affair, except in ``CanonicalJSON/value(_:)`` of a dictionary.
struct CanonicalJSON {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func object(_ members: (inout CanonicalJSON) -> Void) {
        begin(UInt8(ascii: "{"))
        members(&self)
        end(UInt8(ascii: "}"))
    }

    mutating func array<Element: CanonicallyWritten>(_ elements: [Element]) {
        begin(UInt8(ascii: "["))
        for element in elements { value(element) }
        end(UInt8(ascii: "]"))
    }

    /// A member; its key needs no escapes.
    mutating func member<Value: CanonicallyWritten>(_ key: StaticString, _ value: Value) {
        self.key(key)
        value.write(to: &self)
        needsComma = true
    }

    /// A member that is left out when there is no value.
    mutating func member<Value: CanonicallyWritten>(_ key: StaticString, _ value: Value?) {
        if let value { member(key, value) }
    }

    mutating func member<Element: CanonicallyWritten>(_ key: StaticString, _ elements: [Element]) {
        self.key(key)
        array(elements)
    }

    /// A list that is left out when there is none.
    mutating func member<Element: CanonicallyWritten>(_ key: StaticString, _ elements: [Element]?) {
        if let elements { member(key, elements) }
    }

    /// A member that is an object.
    mutating func member(_ key: String, object members: (inout CanonicalJSON) -> Void) {
        value(key)
        colon()
        object(members)
    }

    mutating func member<Value: CanonicallyWritten>(_ key: StaticString, _ dictionary: [String: Value]) {
        self.key(key)
        let sorted = dictionary.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        object { json in
            for (key, value) in sorted {
                json.value(key)
                json.colon()
                json.value(value)
            }
        }
    }

    mutating func value<Value: CanonicallyWritten>(_ value: Value) {
        separate()
        value.write(to: &self)
        needsComma = true
    }

    // MARK: Bytes

    mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Text without quotes, backslashes and controls, as it is.
    mutating func plain(_ text: String) {
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    mutating func quoted(_ body: (inout CanonicalJSON) -> Void) {
        bytes.append(UInt8(ascii: "\""))
        body(&self)
        bytes.append(UInt8(ascii: "\""))
    }

    /// A number ≥ 0 with at least so many digits.
    mutating func digits(_ value: Int, width: Int = 1) {
        var divisor = 1
        var places = 1
        while places < width || value / divisor >= 10 {
            divisor *= 10
            places += 1
        }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }

    mutating func text(_ text: String) {
        quoted { json in
            var text = text
            text.withUTF8 { utf8 in
                var start = 0
                for (position, byte) in utf8.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
                    json.bytes.append(contentsOf: utf8[start..<position])
                    json.escape(byte)
                    start = position + 1
                }
                json.bytes.append(contentsOf: utf8[start...])
            }
        }
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): raw("\\\"")
        case UInt8(ascii: "\\"): raw("\\\\")
        case 0x08: raw("\\b")
        case 0x09: raw("\\t")
        case 0x0A: raw("\\n")
        case 0x0C: raw("\\f")
        case 0x0D: raw("\\r")
        default:
            raw(byte < 0x10 ? "\\u000" : "\\u001")
            bytes.append((byte & 15 < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10) + (byte & 15))
        }
    }

    private mutating func key(_ key: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        raw(key)
        bytes.append(UInt8(ascii: "\""))
        colon()
    }

    private mutating func colon() {
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func begin(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }
}

/// What knows its canonical JSON.
protocol CanonicallyWritten {
    /// Writes one value, without a comma before it.
    func write(to json: inout CanonicalJSON)
}

extension String: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) { json.text(self) }
}

extension Bool: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) { json.raw(self ? "true" : "false") }
}

extension Int: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        self < 0 ? json.plain(String(self)) : json.digits(self)
    }
}

extension Double: CanonicallyWritten {
    /// The shortest digits that read back as the same number, whole ones without a fraction.
    func write(to json: inout CanonicalJSON) {
        precondition(isFinite, "JSON has no infinities")
        let text = description
        json.plain(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }
}

extension LocalDate: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        let (year, month, day) = components
        guard (0...9999).contains(year) else { return json.text(description) }
        json.quoted { json in
            json.digits(year, width: 4)
            json.raw("-")
            json.digits(month, width: 2)
            json.raw("-")
            json.digits(day, width: 2)
        }
    }
}

extension CanonicallyWritten where Self: RawRepresentable, RawValue == String {
    func write(to json: inout CanonicalJSON) { json.text(rawValue) }
}

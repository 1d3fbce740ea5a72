import CZlib
import Orchestrator
import WorkCalendar

/// Consecutive events of one case that one transaction appended, as one row holds them (日志段).
///
/// The row has the hash of the last event; those before it follow from the events and are computed when they are read, with the
/// hash of the event before the first. If they do not lead to the hash that the row has, something in the row was changed: then
/// the first of its events is given out with a hash that none has, so that whoever verifies the chain stops there.
///
/// The body is a byte for the form, the length of the plain text as a variable-length number, and the text: plain (form 0), or
/// deflated (RFC 1951) with the dictionary of that number. The plain text has the number of events and then, of each, what differs
/// from the one before it; see ``pack(_:)``.
enum LogSegment {
    typealias Entry = (event: NewEvent, key: CommandKey)

    /// More than any batch holds.
    private static let lengthLimit = 256 << 20

    private struct Same: OptionSet {
        let rawValue: UInt8
        static let key = Same(rawValue: 1)
        static let actor = Same(rawValue: 2)
        static let date = Same(rawValue: 4)
        static let moment = Same(rawValue: 8)
        static let schemaOne = Same(rawValue: 16)
    }

    // MARK: Writing

    static func pack(_ entries: [Entry]) -> [UInt8] {
        var text = ByteWriter()
        text.append(entries.count)
        var before: Entry?
        for (event, key) in entries {
            var same: Same = []
            if before?.key == key { same.insert(.key) }
            if before?.event.actor == event.actor { same.insert(.actor) }
            if before?.event.on == event.on { same.insert(.date) }
            if before?.event.at == event.at { same.insert(.moment) }
            if event.schema == 1 { same.insert(.schemaOne) }
            text.bytes.append(same.rawValue)
            if !same.contains(.key) { text.append(key.text.utf8) }
            if !same.contains(.actor) { text.append(event.actor.utf8) }
            if !same.contains(.date) { text.append(signed: Int64(event.on.dayNumber)) }
            if !same.contains(.moment) { text.append(signed: event.at.milliseconds) }
            if !same.contains(.schemaOne) { text.append(event.schema) }
            text.append(event.kind.utf8)
            text.append(event.payload)
            before = (event, key)
        }
        var body = ByteWriter()
        let deflated = deflated(text.bytes)
        let isSmaller = deflated.count < text.bytes.count
        body.bytes.append(isSmaller ? 1 : 0)
        body.append(text.bytes.count)
        body.bytes += isSmaller ? deflated : text.bytes
        return body.bytes
    }

    // MARK: Reading

    /// The records that a row stands for.
    ///
    /// - Parameter previous: the hash of the event before the first; `nil` if that is not there.
    static func records(
        of caseID: CaseID, last: Int, count: Int, hash: ChainHash, previous: ChainHash?, body: [UInt8]
    ) -> [EventRecord] {
        let first = max(1, last - max(1, min(count, last)) + 1)
        guard let entries = unpack(body), entries.count == count, first == last - count + 1 else {
            let nothing = NewEvent(
                kind: "damaged", on: LocalDate(dayNumber: 0), at: Instant(milliseconds: 0), actor: "damaged",
                payload: [])
            return [
                EventRecord(
                    caseID: caseID, sequence: first, event: nothing, key: damagedKey, previousHash: previous ?? .zero,
                    hash: .zero)
            ]
        }
        var sealer = HashChain.Sealer()
        var records: [EventRecord] = []
        records.reserveCapacity(count)
        var before = previous ?? .zero
        for (offset, entry) in entries.enumerated() {
            let own = sealer.hash(entry.event, of: caseID, sequence: first + offset, key: entry.key, after: before)
            records.append(
                EventRecord(
                    caseID: caseID, sequence: first + offset, event: entry.event, key: entry.key, previousHash: before,
                    hash: own))
            before = own
        }
        if before != hash { records[0].hash = .zero }
        return records
    }

    private static let damagedKey = CommandKey("damaged")!  // a valid key

    /// `nil` if it is damaged.
    static func unpack(_ body: [UInt8]) -> [Entry]? {
        var reader = ByteReader(body[...])
        guard let form = reader.byte(), let length = reader.count(), length <= lengthLimit else { return nil }
        let text: [UInt8]
        switch form {
        case 0: text = Array(reader.rest)
        case 1:
            guard let inflated = inflated(Array(reader.rest), length: length) else { return nil }
            text = inflated
        default: return nil
        }
        guard text.count == length else { return nil }
        reader = ByteReader(text[...])
        // An event takes three bytes at least.
        guard let count = reader.count(), count <= length / 3 else { return nil }
        var entries: [Entry] = []
        entries.reserveCapacity(count)
        for _ in 0..<count {
            guard let entry = entry(&reader, after: entries.last) else { return nil }
            entries.append(entry)
        }
        return reader.rest.isEmpty ? entries : nil
    }

    private static func entry(_ reader: inout ByteReader, after before: Entry?) -> Entry? {
        guard let same = reader.byte().map(Same.init(rawValue:)) else { return nil }
        guard let key = same.contains(.key) ? before?.key : reader.text().flatMap({ CommandKey($0) }),
            let actor = same.contains(.actor) ? before?.event.actor : reader.text(),
            let on = same.contains(.date)
                ? before?.event.on
                : reader.signed().flatMap({ Int32(exactly: $0) }).map({ LocalDate(dayNumber: Int($0)) }),
            let at = same.contains(.moment) ? before?.event.at : reader.signed().map({ Instant(milliseconds: $0) }),
            let schema = same.contains(.schemaOne) ? 1 : reader.count(), let kind = reader.text(),
            let payload = reader.bytes()
        else { return nil }
        return (NewEvent(kind: kind, schema: schema, on: on, at: at, actor: actor, payload: Array(payload)), key)
    }

    // MARK: Deflating

    private static func deflated(_ text: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        // A window of 16 KiB holds the dictionary and most texts, and makes it cheap to begin.
        guard
            deflateInit2_(
                &stream, 6, Z_DEFLATED, -14, 6, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
                == Z_OK
        else { preconditionFailure("zlib has no memory") }
        defer { deflateEnd(&stream) }
        var dictionary = dictionary
        let isSet = dictionary.withUnsafeMutableBufferPointer {
            deflateSetDictionary(&stream, $0.baseAddress, UInt32($0.count))
        }
        precondition(isSet == Z_OK, "a dictionary may be set at the beginning")
        var out = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(text.count))))
        var text = text
        let made = text.withUnsafeMutableBufferPointer { text in
            out.withUnsafeMutableBufferPointer { out in
                stream.next_in = text.baseAddress
                stream.avail_in = UInt32(text.count)
                stream.next_out = out.baseAddress
                stream.avail_out = UInt32(out.count)
                let status = deflate(&stream, Z_FINISH)
                precondition(status == Z_STREAM_END, "deflateBound is enough")
                return Int(stream.total_out)
            }
        }
        out.removeLast(out.count - made)
        return out
    }

    /// `nil` unless it is exactly so long.
    private static func inflated(_ bytes: [UInt8], length: Int) -> [UInt8]? {
        var stream = z_stream()
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            preconditionFailure("zlib has no memory")
        }
        defer { inflateEnd(&stream) }
        var (dictionary, bytes) = (dictionary, bytes)
        let isSet = dictionary.withUnsafeMutableBufferPointer {
            inflateSetDictionary(&stream, $0.baseAddress, UInt32($0.count))
        }
        guard isSet == Z_OK else { return nil }
        var out = [UInt8](repeating: 0, count: length)
        let isWhole = bytes.withUnsafeMutableBufferPointer { bytes in
            out.withUnsafeMutableBufferPointer { out in
                stream.next_in = bytes.baseAddress
                stream.avail_in = UInt32(bytes.count)
                stream.next_out = out.baseAddress
                stream.avail_out = UInt32(out.count)
                return inflate(&stream, Z_FINISH) == Z_STREAM_END && Int(stream.total_out) == length
            }
        }
        return isWhole ? out : nil
    }

    /// Dictionary 1: what payloads begin and end with, the rarest first. Rows that were packed with it are read with it for ever:
    /// another one gets another number.
    static let dictionary = Array(
        """
        {"promiseBroken":{"missing":["gapsReminded":{}}}"breachRecorded":{"kind":"tolerance"}}}"grantedWithGaps":{}}}\
        "opinionDeemed":{"participant":"","round":0}}}"rectified":{"note":"","resumes":"","round":1,"supplied":[]}}}\
        "sessionHeld":{"seen":1,"votes":[{"participant":"","signer":"","verdict":{"pass":{}}},{"participant":"\
        "opinionsClosed":{"released":[],"round":0}}}"gapsSupplied":{"supplied":[{"hash":"","material":""}]}}}\
        "merged":{"note":"","passed":true,"points":[],"rectify":false,"round":0}}}"deemedAdmitted":{}}}\
        "caseOpened":{"opening":{"calendar":"cn","calendarVersion":"2026.1","definition":"","facts":{"floorArea":\
        "investment":"social","projectClass":"building","size":"general"},"owner":{"en":"","zh":""},"ownerCode":"",\
        "project":"","title":{"en":"","zh":""},"version":"1","workflow":""}}}}"calendar":"weekdays"\
        "cardRaised":{"card":":1.0:statutoryRed","department":"planning","level":"red","round":0}}}:1.0:yellow:1.0:blue\
        "opinionGiven":{"participant":"","round":0,"seen":1,"verdict":{"pass":{}}}}}\
        "issued":{"outputs":[{"hash":"/1","material":""}]}}}"signed":{"link":0,"opinion":"同意"}}}\
        "filed":{"attempt":1,"missing":[],"received":"2026-","reused":[],"supplied":[{"hash":"","material":""}]}}}\
        "admitted":{"gaps":[]}}}caseCompleted","what":{"caseCompleted":{}}}stageStarted","what":{"stageStarted":{"stage":"\
        stageClosed","what":{"stageClosed":{"stage":""}}}milestoneReached","what":{"milestoneReached":{}}}\
        cardRaisedopinionGivenissuedsignedfiledadmittedgranted"granted":{}}}begun"what":{"begun":{"since":"2026-\
        department:agent:window:{"by":{"department":"housing","name":"","role":"department"},"grounds":{"registry":1},\
        "item":"","on":"2024-2025-2026-01-02-03-04-05-06-07-08-09-10-11-12-"{"by":{"name":"","role":"applicant"},"item":"\
        "role":"agent"},"role":"window"},"what":{"completed":{}}}{"by":{"department":"office","name":"","role":"department"},\
        "item":"system\u{9}completed","on":"2026-03-","what":{"completed":{}}}\u{0B}becameReady\
        {"by":{"name":"","role":"system"},"item":"","on":"2026-","what":{"becameReady":{}}}
        """.utf8)
}

/// Numbers and texts one after another: numbers of 7 bits a byte, the lowest first; texts with their length before.
private struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func append(_ value: Int) { append(UInt64(bitPattern: Int64(value))) }

    /// The sign goes to the end, so that small numbers are short either way.
    mutating func append(signed value: Int64) { append(UInt64(bitPattern: value << 1 ^ value >> 63)) }

    mutating func append(_ value: UInt64) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(value & 0x7F) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }

    mutating func append(_ text: some Collection<UInt8>) {
        append(text.count)
        bytes.append(contentsOf: text)
    }
}

/// Reads what ``ByteWriter`` wrote; `nil` at whatever it cannot have written.
private struct ByteReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func byte() -> UInt8? { rest.popFirst() }

    mutating func number() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 64, by: 7) {
            guard let byte = byte() else { return nil }
            if shift == 63, byte > 1 { return nil }
            value |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte < 0x80 { return value }
        }
        return nil
    }

    mutating func count() -> Int? { number().flatMap { Int(exactly: $0) } }

    mutating func signed() -> Int64? { number().map { Int64(bitPattern: $0 >> 1) ^ -Int64(bitPattern: $0 & 1) } }

    mutating func bytes() -> ArraySlice<UInt8>? {
        guard let count = count(), count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func text() -> String? { bytes().flatMap { String(validating: $0, as: UTF8.self) } }
}

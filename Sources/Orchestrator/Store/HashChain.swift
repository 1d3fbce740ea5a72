import Crypto
import WorkCalendar

/// The seal on a case's log: each event holds the hash of the one before (哈希链).
///
/// ```
/// hash  = SHA-256(previous ‖ field 1 ‖ … ‖ field 10)
/// field = length in bytes, 4 bytes big-endian ‖ bytes
/// ```
///
/// `previous` is the 32-byte hash of the event before, without a length; 32 zero bytes for the first event. Texts are
/// UTF-8; integers are 8 bytes, big-endian, two's complement. The fields, in order:
///
/// | | field | form |
/// |---|---|---|
/// | 1 | `binglian-event-1`, the name of this format | text |
/// | 2 | case id | text |
/// | 3 | sequence, from 1 | integer |
/// | 4 | kind | text |
/// | 5 | schema version | integer |
/// | 6 | date on which it counts: days since 1970-01-01 | integer |
/// | 7 | moment of recording: milliseconds since 1970-01-01T00:00:00Z | integer |
/// | 8 | actor | text |
/// | 9 | command key | text |
/// | 10 | payload | bytes |
///
/// The chain shows any change to whoever holds a later ``Head``. Without one, somebody who may write the database can
/// seal a whole new log: heads must be handed to a second party from time to time.
public enum HashChain {
    /// The event with its place and seal, after an event (or none) that ended at `head`.
    public static func seal(_ event: NewEvent, of caseID: CaseID, key: CommandKey, after head: Head) -> EventRecord {
        var sealer = Sealer()
        let hash = sealer.hash(event, of: caseID, sequence: head.version + 1, key: key, after: head.hash)
        return EventRecord(
            caseID: caseID, sequence: head.version + 1, event: event, key: key, previousHash: head.hash, hash: hash)
    }

    /// The seals of consecutive events (封签).
    public struct Seals: Sendable {
        /// Where the log ends before the first of them.
        public let start: Head
        /// The hash of each event, in order.
        public let hashes: [ChainHash]

        fileprivate init(start: Head, hashes: [ChainHash]) {
            self.start = start
            self.hashes = hashes
        }

        /// Where the log ends after the last of them.
        public var end: Head { Head(version: start.version + hashes.count, hash: hashes.last ?? start.hash) }
    }

    /// Computes hashes one after another in one buffer.
    public struct Sealer {
        private var buffer: [UInt8] = []

        public init() {}

        /// The seals of a request's events, as its case's log goes on after `head`.
        mutating func seals(of request: AppendRequest, after head: Head) -> Seals {
            var hashes: [ChainHash] = []
            hashes.reserveCapacity(request.events.count)
            for (offset, event) in request.events.enumerated() {
                hashes.append(
                    hash(
                        event, of: request.caseID, sequence: head.version + 1 + offset, key: request.key,
                        after: hashes.last ?? head.hash))
            }
            return Seals(start: head, hashes: hashes)
        }

        /// The hash of an event at a place in a case's log.
        public mutating func hash(
            _ event: NewEvent, of caseID: CaseID, sequence: Int, key: CommandKey, after previous: ChainHash
        ) -> ChainHash {
            buffer.removeAll(keepingCapacity: buffer.capacity <= 65_536)
            previous.withUnsafeBytes { buffer.append(contentsOf: $0) }
            append("binglian-event-1")
            append(caseID.text)
            append(sequence)
            append(event.kind)
            append(event.schema)
            append(event.on.dayNumber)
            append(Int(event.at.milliseconds))
            append(event.actor)
            append(key.text)
            append(event.payload)
            var digest = SHA256()
            buffer.withUnsafeBytes { digest.update(bufferPointer: $0) }
            return digest.finalize().withUnsafeBytes { digest in
                guard let hash = ChainHash(digest) else { preconditionFailure("SHA-256 gives 32 bytes") }
                return hash
            }
        }

        private mutating func append(length: Int) {
            withUnsafeBytes(of: UInt32(length).bigEndian) { buffer.append(contentsOf: $0) }
        }

        private mutating func append(_ text: String) {
            append(length: text.utf8.count)
            buffer.append(contentsOf: text.utf8)
        }

        private mutating func append(_ bytes: [UInt8]) {
            append(length: bytes.count)
            buffer.append(contentsOf: bytes)
        }

        private mutating func append(_ integer: Int) {
            append(length: 8)
            withUnsafeBytes(of: Int64(integer).bigEndian) { buffer.append(contentsOf: $0) }
        }
    }
}

extension HashChain.Seals: Hashable {
    /// Seals follow from what they are over, so two requests that are equal otherwise are equal.
    public static func == (a: Self, b: Self) -> Bool { true }
    public func hash(into hasher: inout Hasher) {}
}

extension HashChain {
    /// Where a log stops being what was sealed. Every case names the first bad sequence.
    public enum Flaw: Error, Hashable, Sendable {
        /// A field of the event, or its hash, is not what was sealed.
        case changed(Int)
        /// The log goes on, but this event is not in it.
        case missing(Int)
        /// A genuine event of this log, sealed for the place `from`, stands here.
        case misplaced(Int, from: Int)
        /// The event is sealed in itself but does not follow the one before: that one was replaced and sealed anew.
        case unlinked(Int)
        /// The event belongs to another case.
        case foreign(Int)
        /// The log ends here, before the expected head.
        case cut(Int)
        /// The whole log up to the expected head holds together, but it is not the log that had this head.
        case rewritten(Int)

        /// The first bad sequence.
        public var sequence: Int {
            switch self {
            case .changed(let sequence), .missing(let sequence), .misplaced(let sequence, _), .unlinked(let sequence),
                .foreign(let sequence), .cut(let sequence), .rewritten(let sequence):
                sequence
            }
        }
    }

    /// Checks the events of one case that follow `start`, in the order in which they are stored.
    ///
    /// - Parameters:
    ///   - records: consecutive events; pages may be checked one after another, each from the head the last one gave.
    ///   - start: the head before the first of them.
    ///   - expected: a head that somebody kept, or the store's own, if it is at or after `start`. Events after it are
    ///     welcome. `nil` finds changes, gaps and swaps, but no cut tail.
    /// - Returns: the head after the last record.
    /// - Throws: the first flaw.
    /// - Complexity: one hash a record; after a bad hash one more for each record, to tell a swap from a change.
    @discardableResult
    public static func verify(
        _ records: [EventRecord], of caseID: CaseID, from start: Head = .empty, expecting expected: Head? = nil
    ) throws(Flaw) -> Head {
        var sealer = Sealer()
        var head = start
        for record in records {
            let sequence = head.version + 1
            guard record.caseID == caseID else { throw .foreign(sequence) }
            if record.sequence > sequence { throw .missing(sequence) }
            func hash(at place: Int) -> ChainHash {
                sealer.hash(record.event, of: caseID, sequence: place, key: record.key, after: record.previousHash)
            }
            guard record.sequence == sequence, hash(at: sequence) == record.hash else {
                let home = records.first { $0.sequence != sequence && hash(at: $0.sequence) == record.hash }
                throw home.map { .misplaced(sequence, from: $0.sequence) } ?? .changed(sequence)
            }
            guard record.previousHash == head.hash else { throw .unlinked(sequence) }
            head = Head(version: sequence, hash: record.hash)
            if let expected, expected.version == sequence, expected.hash != head.hash { throw .rewritten(sequence) }
        }
        if let expected, expected.version > head.version { throw .cut(head.version + 1) }
        return head
    }
}

extension HashChain.Flaw: CustomStringConvertible {
    public var description: String {
        switch self {
        case .changed(let sequence): "event \(sequence) was changed"
        case .missing(let sequence): "event \(sequence) is missing"
        case .misplaced(let sequence, let home): "event \(home) stands in the place of event \(sequence)"
        case .unlinked(let sequence): "event \(sequence) does not follow the event before it"
        case .foreign(let sequence): "event \(sequence) belongs to another case"
        case .cut(let sequence): "the log was cut before event \(sequence)"
        case .rewritten(let sequence): "the log was written anew: event \(sequence) is not the one that was sealed"
        }
    }
}

import Foundation
import HTTPTypes
import NIOCore
import Orchestrator
import Synchronization
import WorkCalendar

/// Answers to writes, by their keys (已答复的写请求), so that a write sent again has the same answer and no second effect,
/// on whatever node and after a restart.
///
/// They are kept in the city's own store for a day. What a case was told is kept in its log besides, and for good.
///
/// - Source: draft-ietf-httpapi-idempotency-key-header.
final class AnsweredWrites: Sendable {
    enum Standing: Sendable {
        /// Nobody has sent it: do it, and say what came of it.
        case new(Claim)
        case underWay
        case answered(Written)
        /// The key came with something else.
        case otherRequest
    }

    /// A write that is this request's to do.
    struct Claim: Sendable {
        fileprivate let name: String
        fileprivate let fingerprint: String
        fileprivate let hasOwnKey: Bool
    }

    private struct Entry {
        let fingerprint: String
        var answer: Written?
    }

    /// What the store keeps: before a line end what is known of it, then the body.
    private struct Kept: Codable {
        let fingerprint: String
        var status: Int?
        var headers: [[String]] = []
        /// Whether the answer was too long to be kept.
        var isTooLong = false
    }

    static let space = "answered"
    static let lasting = Duration.seconds(24 * 3600)
    /// After that long a write whose node was killed can be sent again; longer than any write takes.
    static let claimLasting = Duration.seconds(15 * 60)

    private struct Outgoing {
        var waiting: [TransientRecord] = []
        var isWriting = false
    }

    private let store: any TransientStore
    /// Those under way in this process, and answers on their way to the store.
    private let entries = Mutex<[String: Entry]>([:])
    /// Answers that nobody waits for are written together.
    private let outgoing = Mutex(Outgoing())

    init(store: any TransientStore) { self.store = store }

    /// Finds out whether a write was sent before, and claims it when not.
    ///
    /// - Parameters:
    ///   - hasOwnKey: whether what it does is kept under its key elsewhere, as commands are in a case's log: then two nodes
    ///     that are asked at once do it once, and no claim has to be durable first.
    func begin(
        _ key: String, _ fingerprint: String, hasOwnKey: Bool, at now: Instant = .now
    ) async throws -> Standing {
        let name = SecretText.hash(key)
        let known = entries.withLock { entries -> Entry? in
            if let entry = entries[name] { return entry }
            entries[name] = Entry(fingerprint: fingerprint)
            return nil
        }
        if let known {
            guard known.fingerprint == fingerprint else { return .otherRequest }
            return known.answer.map { .answered($0) } ?? .underWay
        }
        do {
            let standing = try await kept(name, fingerprint, hasOwnKey, now)
            if case .new = standing { return standing }
            forget(name)
            return standing
        } catch {
            forget(name)
            throw error
        }
    }

    private func kept(
        _ name: String, _ fingerprint: String, _ hasOwnKey: Bool, _ now: Instant
    ) async throws -> Standing {
        let claim = Claim(name: name, fingerprint: fingerprint, hasOwnKey: hasOwnKey)
        if !hasOwnKey {
            let record = TransientRecord(
                space: Self.space, key: name, value: try StoredJSON.bytes(Kept(fingerprint: fingerprint)),
                expires: now.adding(Self.claimLasting))
            if try await store.put(record, ifAbsent: true, at: now) { return .new(claim) }
        }
        guard let record = try await store.transient(Self.space, name, at: now) else {
            // Claimed by another node, and given up since: whoever asks again may have it.
            return hasOwnKey ? .new(claim) : .underWay
        }
        let parts = record.value.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        let kept = try StoredJSON.value(Kept.self, Array(parts[0]))
        guard kept.fingerprint == fingerprint else { return .otherRequest }
        guard let status = kept.status else { return .underWay }
        guard !kept.isTooLong else { throw Problem.answerNotKept }
        var written = Written(status: HTTPResponse.Status(code: status))
        for field in kept.headers where field.count == 2 {
            if let name = HTTPField.Name(field[0]) { written.headers.append(HTTPField(name: name, value: field[1])) }
        }
        if parts.count > 1 { written.body = ByteBuffer(bytes: parts[1]) }
        return .answered(written)
    }

    private func forget(_ name: String) { entries.withLock { $0[name] = nil } }

    /// Keeps what was answered. Where the store is away just then, the answer is given all the same; sent again meanwhile, it
    /// is under way.
    func end(_ claim: Claim, _ answer: Written, at now: Instant = .now) async {
        guard answer.stream == nil else { return await giveUp(claim) }
        var kept = Kept(fingerprint: claim.fingerprint)
        kept.status = answer.status.code
        kept.headers = answer.headers.map { [$0.name.rawName, $0.value] }
        let body = Array(buffer: answer.body)
        guard var value = try? StoredJSON.bytes(kept) else { return await giveUp(claim) }
        value += [UInt8(ascii: "\n")] + body
        if value.count > TransientRecord.valueLimit {
            kept.isTooLong = true
            value = (try? StoredJSON.bytes(kept)) ?? []
        }
        let record = TransientRecord(
            space: Self.space, key: claim.name, value: value, expires: now.adding(Self.lasting))
        guard claim.hasOwnKey else {
            _ = try? await store.put(record, ifAbsent: false, at: now)
            return forget(claim.name)
        }
        // The log has it already: nobody waits until it is here too.
        entries.withLock { $0[claim.name]?.answer = answer }
        let starts = outgoing.withLock { outgoing in
            outgoing.waiting.append(record)
            defer { outgoing.isWriting = true }
            return !outgoing.isWriting
        }
        if starts { Task { await writeAll() } }
    }

    /// One transaction at a time takes what gathered during the one before.
    private func writeAll() async {
        while true {
            let records = outgoing.withLock { outgoing in
                defer { outgoing.waiting = [] }
                outgoing.isWriting = !outgoing.waiting.isEmpty
                return outgoing.waiting
            }
            if records.isEmpty { return }
            _ = try? await store.put(records)
            entries.withLock { entries in
                for record in records { entries[record.key] = nil }
            }
        }
    }

    /// Nothing came of it: the key is free.
    func giveUp(_ claim: Claim) async {
        if !claim.hasOwnKey { _ = try? await store.remove(Self.space, claim.name) }
        forget(claim.name)
    }
}

extension Problem {
    fileprivate static let answerNotKept = conflict(
        "answerNotKept", "这个请求已经执行过，它的答复太长，没有留存。请直接读取结果。",
        "This was done already; its answer was too long to be kept. Read the result instead.")
}

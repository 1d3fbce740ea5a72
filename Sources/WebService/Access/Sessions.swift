import Foundation
import Orchestrator
import Synchronization
import WorkCalendar

/// Somebody's stay after signing in (会话).
struct Session: Sendable, Hashable, Codable {
    var tenant: String
    var account: String
    /// Which of the account's posts is used.
    var post: Int
    /// The account's epoch at sign-in: another one now, and the stay is over.
    var epoch: Int
    /// What a form must bring back.
    var formToken: String
    var since: Instant
    var lastSeen: Instant
    /// Said once on the next page.
    var notice: PageContext.Notice?

    /// Where stores keep them.
    static let space = "session"

    /// After so long without a request it is over; and after so long in any case.
    static let idle: Int64 = 4 * 3_600_000
    static let longest: Int64 = 12 * 3_600_000

    var ends: Instant {
        min(lastSeen.adding(milliseconds: Self.idle), since.adding(milliseconds: Self.longest))
    }
}

/// The stays that last, in a store, so that they outlive the process and every node knows them.
///
/// Only hashes of their names are kept: whoever reads the memory or the store cannot take one over.
final class Sessions: Sendable {
    private struct Known {
        var session: Session
        var asOf: ContinuousClock.Instant
    }

    private let store: any TransientStore
    private let known = Mutex<[String: Known]>([:])
    /// How old what is known may be: a stay that another node ended is over after that.
    private static let age = Duration.seconds(1)
    private static let limit = 20_000
    /// So seldom it is noted that somebody is still there.
    private static let noted: Int64 = 60_000

    init(store: any TransientStore) { self.store = store }

    /// Begins one under a new name, whatever name came with the request.
    ///
    /// - Returns: the name, for the cookie; it is not kept.
    func begin(_ session: Session) async throws -> String {
        let name = SecretText.random()
        try await keep(session, SecretText.hash(name))
        return name
    }

    /// The stay of that name, and notes that it was seen; `nil` when it is over or was none.
    func session(_ name: String, at now: Instant) async throws -> Session? {
        let key = SecretText.hash(name)
        guard var session = try await find(key, at: now), session.ends > now else { return nil }
        if now.milliseconds - session.lastSeen.milliseconds > Self.noted {
            session.lastSeen = now
            try await keep(session, key)
        }
        return session
    }

    private func find(_ key: String, at now: Instant) async throws -> Session? {
        let found = known.withLock { known in
            known[key].flatMap { ContinuousClock.now - $0.asOf < Self.age ? $0.session : nil }
        }
        if let found { return found }
        guard let record = try await store.transient(Session.space, key, at: now),
            let session = try? JSONDecoder().decode(Session.self, from: Data(record.value))
        else {
            known.withLock { $0[key] = nil }
            return nil
        }
        remember(session, key)
        return session
    }

    private func keep(_ session: Session, _ key: String) async throws {
        let value = [UInt8](try JSONEncoder().encode(session))
        let record = TransientRecord(space: Session.space, key: key, value: value, expires: session.ends)
        try await store.put(record, ifAbsent: false, at: session.lastSeen)
        remember(session, key)
    }

    private func remember(_ session: Session, _ key: String) {
        known.withLock { known in
            if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
            known[key] = Known(session: session, asOf: .now)
        }
    }

    func change(_ name: String, at now: Instant, _ change: (inout Session) -> Void) async throws {
        let key = SecretText.hash(name)
        guard var session = try await find(key, at: now) else { return }
        change(&session)
        try await keep(session, key)
    }

    /// What is to be said once.
    func takeNotice(_ name: String, _ session: Session, at now: Instant) async throws -> PageContext.Notice? {
        guard let notice = session.notice else { return nil }
        try await change(name, at: now) { $0.notice = nil }
        return notice
    }

    func end(_ name: String) async throws {
        let key = SecretText.hash(name)
        known.withLock { $0[key] = nil }
        try await store.remove(Session.space, key)
    }
}

extension PageContext.Notice: Codable {
    private enum CodingKeys: String, CodingKey { case text, title, link }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let title = try values.decodeIfPresent(String.self, forKey: .title)
        let link = try values.decodeIfPresent(String.self, forKey: .link)
        self.init(
            text: try values.decode(String.self, forKey: .text),
            link: link.map { Crumb(title: title ?? $0, link: $0) })
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(text, forKey: .text)
        try values.encodeIfPresent(link?.title, forKey: .title)
        try values.encodeIfPresent(link?.link, forKey: .link)
    }
}

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

    /// After so long without a request it is over; and after so long in any case.
    static let idle: Int64 = 4 * 3_600_000
    static let longest: Int64 = 12 * 3_600_000

    func isOver(at now: Instant) -> Bool {
        now.milliseconds - lastSeen.milliseconds > Self.idle || now.milliseconds - since.milliseconds > Self.longest
    }
}

extension PageContext.Notice: Codable, Hashable {
    private enum CodingKeys: String, CodingKey { case text, title, link }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        text = try values.decode(String.self, forKey: .text)
        if let link = try values.decodeIfPresent(String.self, forKey: .link) {
            self.link = Crumb(title: try values.decode(String.self, forKey: .title), link: link)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(text, forKey: .text)
        try values.encodeIfPresent(link?.title, forKey: .title)
        try values.encodeIfPresent(link?.link, forKey: .link)
    }
}

/// The stays that last. Only hashes of their names are kept, so that whoever reads the memory or the store cannot take
/// one over.
final class Sessions: Sendable {
    private let kept = Mutex<[String: Session]>([:])
    /// More than that never at once; those not seen for longest end first.
    private static let limit = 100_000

    /// Begins one under a new name, whatever name came with the request.
    ///
    /// - Returns: the name, for the cookie; it is not kept.
    func begin(_ session: Session) -> String {
        let name = SecretText.random()
        kept.withLock { kept in
            if kept.count >= Self.limit {
                let oldest = kept.sorted { $0.value.lastSeen < $1.value.lastSeen }.prefix(Self.limit / 10)
                for (key, _) in oldest { kept[key] = nil }
            }
            kept[SecretText.hash(name)] = session
        }
        return name
    }

    /// The stay of that name, and notes that it was seen; `nil` when it is over or was none.
    func session(_ name: String, at now: Instant) -> Session? {
        let key = SecretText.hash(name)
        return kept.withLock { kept in
            guard var session = kept[key] else { return nil }
            guard !session.isOver(at: now) else {
                kept[key] = nil
                return nil
            }
            if now.milliseconds - session.lastSeen.milliseconds > 10_000 {
                session.lastSeen = now
                kept[key] = session
            }
            return session
        }
    }

    func change(_ name: String, _ change: (inout Session) -> Void) {
        kept.withLock { kept in
            let key = SecretText.hash(name)
            guard var session = kept[key] else { return }
            change(&session)
            kept[key] = session
        }
    }

    /// What is to be said once.
    func takeNotice(_ name: String) -> PageContext.Notice? {
        kept.withLock { kept in
            let key = SecretText.hash(name)
            let notice = kept[key]?.notice
            if notice != nil { kept[key]?.notice = nil }
            return notice
        }
    }

    func end(_ name: String) { kept.withLock { $0[SecretText.hash(name)] = nil } }

    /// Ends all stays of an account.
    func endAll(of account: String, in tenant: String) {
        kept.withLock { kept in
            kept = kept.filter { $0.value.account != account || $0.value.tenant != tenant }
        }
    }

    var count: Int { kept.withLock { $0.count } }
}

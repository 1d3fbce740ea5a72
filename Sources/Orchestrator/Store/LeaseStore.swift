/// The right to do something alone for a while (租约), with a number by which the store tells who has it now.
public struct Lease: Hashable, Sendable {
    /// What it is about: 1 to 128 characters of `[A-Za-z0-9._:/-]`.
    public var name: String
    /// Who has it: 1 to 128 characters of the same.
    public var holder: String
    /// Grows by one whenever another holder takes the lease over: the fencing token (令牌).
    public var token: Int64

    public init(name: String, holder: String, token: Int64) {
        self.name = name
        self.holder = holder
        self.token = token
    }
}

/// A lease and how long it runs yet, by the store's clock.
public struct HeldLease: Hashable, Sendable {
    public var lease: Lease
    /// Zero when it has run out or was let go.
    public var remaining: Duration

    public init(lease: Lease, remaining: Duration) {
        self.lease = lease
        self.remaining = remaining
    }
}

/// Leases with fencing tokens.
///
/// Ends of leases are compared in the store's own time, whatever the clocks of those who claim. A lease keeps two from
/// doing the same at once most of the time; what keeps it always is the token, checked by the store in the transaction
/// of whatever was done under it: see ``AppendRequest/lease``.
public protocol LeaseStore: Sendable {
    /// Takes leases that nobody holds or whose time is over, and renews one's own, all in one transaction.
    ///
    /// - Returns: those that the holder has now, from now for `duration`, in the order of the names; those that run for
    ///   another holder are left out. Whoever held one last keeps its token; a takeover raises it.
    /// - Throws: `rejected` if a name or the holder is none, or the duration is not above zero.
    func claim(_ names: [String], by holder: String, for duration: Duration) async throws(StoreError) -> [Lease]

    /// Lets a lease go before its time. One that somebody else has taken over is left alone.
    func release(_ lease: Lease) async throws(StoreError)

    /// All leases that were ever claimed, by name.
    func leases() async throws(StoreError) -> [HeldLease]
}

extension LeaseStore {
    /// Takes or renews one lease; `nil` while another holder's runs.
    public func claim(_ name: String, by holder: String, for duration: Duration) async throws(StoreError) -> Lease? {
        try await claim([name], by: holder, for: duration).first
    }
}

extension Lease {
    /// Why no store may give this lease, or `nil`.
    public static func defect(of name: String, by holder: String, for duration: Duration) -> String? {
        if !Token.isValid(name, limit: 128, and: UInt8(ascii: "/")) { return "'\(name)' is no name of a lease" }
        if !Token.isValid(holder, limit: 128, and: UInt8(ascii: "/")) { return "'\(holder)' is no holder" }
        if duration <= .zero || duration > .seconds(86_400) { return "a lease runs longer than 0 and at most a day" }
        return nil
    }
}

/// Leases in the plainest form: the reference for all stores.
struct LeaseContents {
    private struct Held {
        var lease: Lease
        var ends: Instant
    }

    private var held: [String: Held] = [:]

    mutating func claim(_ name: String, by holder: String, for duration: Duration, at now: Instant)
        throws(StoreError) -> Lease?
    {
        if let defect = Lease.defect(of: name, by: holder, for: duration) {
            throw StoreError(.rejected, operation: "claim", underlying: defect)
        }
        var lease = held[name]?.lease ?? Lease(name: name, holder: holder, token: 1)
        if let before = held[name], lease.holder != holder {
            if before.ends > now { return nil }
            lease = Lease(name: name, holder: holder, token: lease.token + 1)
        }
        held[name] = Held(lease: lease, ends: now.adding(duration))
        return lease
    }

    mutating func release(_ lease: Lease) {
        if isCurrent(lease) { held[lease.name]?.ends = Instant(milliseconds: .min) }
    }

    func leases(at now: Instant) -> [HeldLease] {
        held.values.sorted { $0.lease.name.utf8.lexicographicallyPrecedes($1.lease.name.utf8) }.map {
            HeldLease(lease: $0.lease, remaining: $0.ends > now ? now.duration(to: $0.ends) : .zero)
        }
    }

    /// Whether nobody has taken the lease over; one that has run out meanwhile still counts.
    func isCurrent(_ lease: Lease) -> Bool { held[lease.name]?.lease == lease }
}

/// Whether it is worth calling somebody who keeps failing (熔断器): a step machine without a clock of its own.
///
/// ```
/// closed ──failures──▶ open ──time──▶ half-open ──success──▶ closed
///                       ▲─────────────────┘ failure
/// ```
public struct CircuitBreaker: Hashable, Sendable {
    public enum State: Hashable, Sendable {
        /// Calls go out; so many failed in a row.
        case closed(failures: Int)
        /// No call goes out before then; opened so many times in a row.
        case open(until: Instant, times: Int)
        /// One call is out to see whether it works again.
        case halfOpen(times: Int)
    }

    public private(set) var state = State.closed(failures: 0)
    /// Failures in a row that open it.
    public let threshold: Int
    /// How long it stays open; longer each time that the probe fails.
    public let rest: Backoff

    public init(threshold: Int = 5, rest: Backoff = Backoff(first: .seconds(5), longest: .seconds(300))) {
        precondition(threshold >= 1, "one failure at least")
        self.threshold = threshold
        self.rest = rest
    }

    /// Whether a call may go out now; when it was open for long enough, this is the one call that tries.
    public mutating func allows(at now: Instant) -> Bool {
        switch state {
        case .closed: return true
        case .halfOpen: return false
        case .open(let until, let times):
            guard now >= until else { return false }
            state = .halfOpen(times: times)
            return true
        }
    }

    public mutating func succeed() { state = .closed(failures: 0) }

    public mutating func fail(at now: Instant) {
        switch state {
        case .closed(let failures) where failures + 1 < threshold: state = .closed(failures: failures + 1)
        case .closed: open(times: 1, now)
        case .halfOpen(let times): open(times: times + 1, now)
        case .open: break  // a call that was out before it opened
        }
    }

    private mutating func open(times: Int, _ now: Instant) {
        state = .open(until: now.adding(rest.bound(after: times)), times: times)
    }

    public var isOpen: Bool {
        if case .closed = state { false } else { true }
    }
}

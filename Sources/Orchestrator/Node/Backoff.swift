/// How long to wait after so many failures (退避): exponentially longer, and by chance anything up to that, so that those
/// who failed together do not come back together.
public struct Backoff: Hashable, Sendable {
    public var first: Duration
    public var longest: Duration

    public init(first: Duration = .milliseconds(200), longest: Duration = .seconds(30)) {
        self.first = first
        self.longest = longest
    }

    /// The most that is waited after the n-th failure in a row, n from 1.
    public func bound(after failures: Int) -> Duration {
        min(longest, first * (1 << min(30, max(0, failures - 1))))
    }

    /// How long to wait after the n-th failure in a row.
    public func delay(after failures: Int, using random: inout some RandomNumberGenerator) -> Duration {
        bound(after: failures) * Double.random(in: 0...1, using: &random)
    }

    /// The same with the machine's randomness.
    public func delay(after failures: Int) -> Duration {
        var random = SystemRandomNumberGenerator()
        return delay(after: failures, using: &random)
    }
}

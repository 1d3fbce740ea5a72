import Foundation

extension Instant {
    /// What the machine's clock says.
    public static var now: Instant {
        Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    /// The moment so much later; parts of a millisecond are cut off.
    public func adding(_ duration: Duration) -> Instant { adding(milliseconds: duration.milliseconds) }

    /// How much later another moment is; below zero when it is earlier.
    public func duration(to other: Instant) -> Duration { .milliseconds(other.milliseconds - milliseconds) }
}

extension Duration {
    /// Whole milliseconds.
    public var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}

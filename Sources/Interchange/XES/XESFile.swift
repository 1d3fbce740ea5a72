import WorkCalendar

/// Event logs as other systems exchange them (XES 事件日志).
///
/// Of an event we keep activity, instance, life cycle, time, resource and group; what else there is gets counted in
/// ``XESReading/ignored``, so that an import can say what it leaves behind.
///
/// - Source: IEEE 1849-2016, *Standard for eXtensible Event Stream (XES)*.
public enum XESFile {
    /// Largest file that is read: 256 MiB.
    public static let largestSize = 256 << 20
    /// Most events of one case.
    public static let longestCase = 100_000

    /// Reads a log.
    ///
    /// A case without a name is called by its number, from 1. Events without time are refused, as their order is unknown.
    ///
    /// - Throws: the first problem with its place.
    /// - Complexity: O(bytes), and O(n log n) for the events of a case that are not in order.
    public static func read(_ bytes: [UInt8], largest: Int = largestSize) throws(ForeignFileError) -> XESReading {
        var reader = XESReader()
        try reader.read(try XMLGuard.checked(bytes, largest: largest))
        return XESReading(
            log: EventLog(name: reader.name, cases: reader.cases),
            ignored: reader.ignored.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                .init(attribute: $0.key, count: $0.value)
            })
    }
}

/// A log that was read, and what the file says besides.
public struct XESReading: Sendable {
    public let log: EventLog
    /// Attributes of cases and events that are not kept, the most frequent first.
    public let ignored: [Ignored]

    public struct Ignored: Sendable, Hashable {
        public let attribute: String
        public let count: Int
    }
}

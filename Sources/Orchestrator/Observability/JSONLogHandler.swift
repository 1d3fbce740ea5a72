import Foundation
import Logging
import Synchronization

/// A log of one JSON object a line (结构化日志), for machines that collect it.
///
/// It carries ids of requests, cases and messages, kinds and causes; whoever logs puts in no names, texts or answers of
/// people. Whatever is put in, a line stays a line.
public struct JSONLogHandler: LogHandler {
    public var logLevel: Logger.Level = .info
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let write: @Sendable (String) -> Void

    /// - Parameter write: takes a whole line with its end.
    public init(label: String, write: @escaping @Sendable (String) -> Void = JSONLogHandler.toStandardError) {
        self.label = label
        self.write = write
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var members = [
            ("at", Instant.now.description), ("level", event.level.rawValue), ("logger", label),
            ("message", event.message.description),
        ]
        var all = metadata
        all.merge(metadataProvider?.get() ?? [:]) { $1 }
        all.merge(event.metadata ?? [:]) { $1 }
        let known = Set(members.map(\.0))
        members += all.sorted { $0.key < $1.key }.map {
            (known.contains($0.key) ? "_\($0.key)" : $0.key, "\($0.value)")
        }
        let body = members.map { "\(Self.quoted($0.0)):\(Self.quoted($0.1))" }.joined(separator: ",")
        write("{\(body)}\n")
    }

    /// A JSON text: controls, and the separators that some readers take for ends of lines, are escaped; a long one is cut.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars.prefix(2000) {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case _
            where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                || scalar.value == 0x2028 || scalar.value == 0x2029:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    private static let standardError = Mutex(())

    @Sendable public static func toStandardError(_ line: String) {
        standardError.withLock { _ in FileHandle.standardError.write(Data(line.utf8)) }
    }
}

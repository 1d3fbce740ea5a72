import Foundation
import WorkCalendar

/// That a store was backed up, and when (备份记录): what the system's page goes by.
public struct BackupNote: Codable, Hashable, Sendable {
    public let at: Instant
    /// The file, or in words where else it is.
    public let place: String

    public init(at: Instant, place: String) {
        self.at = at
        self.place = place
    }

    private static let space = "backup"
    private static let key = "latest"
    /// Older, and somebody should see to it.
    public static let oldest = Duration.seconds(48 * 3600)
    /// As good as for ever.
    private static let kept = Duration.seconds(10 * 365 * 86_400)

    /// Leaves a note in the store that was backed up.
    public func leave(in store: any TransientStore) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try await store.put(
            TransientRecord(
                space: Self.space, key: Self.key, value: Array(try encoder.encode(self)),
                expires: at.adding(Self.kept)), ifAbsent: false, at: at)
    }

    /// The latest; `nil` when none was noted.
    public static func latest(in store: any TransientStore, at now: Instant) async throws -> BackupNote? {
        guard let record = try await store.transient(space, key, at: now) else { return nil }
        return try JSONDecoder().decode(BackupNote.self, from: Data(record.value))
    }

    /// Whether it is too long ago.
    public func isOld(at now: Instant) -> Bool { at.adding(Self.oldest) < now }
}

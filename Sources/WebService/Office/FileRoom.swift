import Crypto
import Dispatch
import Foundation
import HummingbirdCore
import NIOCore
import WorkCalendar
import WorkflowModel

/// Files that were handed in (材料文件), in a folder, each under the hash of its content in the folder of its case.
///
/// No name that anybody typed becomes a path; the names people gave stand beside the files.
struct FileRoom: Sendable {
    let folder: String

    static let limit = 200 << 20
    private static let queue = DispatchQueue(label: "binglian.files", qos: .userInitiated, attributes: .concurrent)

    /// What is known of a file besides its content.
    struct Entry: Sendable, Codable {
        let hash: String
        let size: Int
        /// As it was called where it came from.
        let name: String
        let by: String
        let on: LocalDate

        var document: JSONText {
            .members([
                "hash": .string(hash), "size": .integer(size), "name": .string(name), "by": .string(by),
                "on": .string(on.description),
            ])
        }
    }

    /// A file on its way in (在途文件): in the city's folder under a name of ours, gone unless it is kept.
    final class Incoming: @unchecked Sendable {
        // One task at a time uses it.
        fileprivate let place: URL
        private let handle: FileHandle
        private var hash = SHA256()
        fileprivate private(set) var digest = ""
        private(set) var size = 0
        private let limit: Int

        fileprivate init(_ place: URL, limit: Int) throws {
            self.place = place
            self.limit = limit
            guard FileManager.default.createFile(atPath: place.path, contents: nil) else {
                throw Problem.ours(cause: "the folder of files cannot be written")
            }
            handle = try FileHandle(forWritingTo: place)
        }

        deinit { try? FileManager.default.removeItem(at: place) }

        /// Takes the next piece.
        ///
        /// - Throws: `Problem` when it is too long.
        func take(_ bytes: [UInt8]) async throws {
            size += bytes.count
            guard size <= limit else { throw Problem.tooLarge(limit: limit) }
            hash.update(data: bytes)
            try await FileRoom.run { try self.handle.write(contentsOf: Data(bytes)) }
        }

        /// Nothing comes any more.
        func end() async throws {
            digest = Array(hash.finalize()).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            try await FileRoom.run {
                try self.handle.synchronize()
                try self.handle.close()
            }
        }
    }

    /// Begins to take a file in.
    func begin(in tenant: String, limit: Int) async throws -> Incoming {
        let folder = URL(fileURLWithPath: folder).appendingPathComponent(tenant)
        return try await Self.run {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            return try Incoming(folder.appendingPathComponent("incoming-\(SecretText.random(bytes: 12))"), limit: limit)
        }
    }

    /// Takes a file in, piece by piece, and keeps it once it is whole.
    ///
    /// - Throws: `Problem` when it is too long or empty, or is not what its sender said it is.
    func keep(
        _ body: RequestBody, of caseID: String, in tenant: String, name: String, by: String, on: LocalDate,
        expected: String?
    ) async throws -> Entry {
        let file = try await begin(in: tenant, limit: Self.limit)
        for try await buffer in body { try await file.take(Array(buffer: buffer)) }
        try await file.end()
        if let expected, file.size > 0, expected.lowercased() != file.digest {
            throw Problem.unprocessable(
                "hashDiffers", "收到的内容与所给的哈希不符，请重新上传。",
                "What arrived differs from the hash that was given; upload it again.")
        }
        return try await keep(file, of: caseID, in: tenant, name: name, by: by, on: on)
    }

    /// Keeps a file that has come in whole.
    ///
    /// - Throws: `Problem` when it is empty.
    func keep(
        _ file: Incoming, of caseID: String, in tenant: String, name: String, by: String, on: LocalDate
    ) async throws -> Entry {
        guard file.size > 0 else { throw Problem.unprocessable("fileEmpty", "文件是空的。", "The file is empty.") }
        let place = place(of: caseID, in: tenant)
        let entry = Entry(hash: file.digest, size: file.size, name: Self.shown(name), by: by, on: on)
        let note = try JSONEncoder().encode(entry)
        try await Self.run {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            let end = place.appendingPathComponent(entry.hash)
            // The same content a second time is the file that is there.
            guard !FileManager.default.fileExists(atPath: end.path) else { return }
            try note.write(to: end.appendingPathExtension("json"), options: .atomic)
            try FileManager.default.moveItem(at: file.place, to: end)
        }
        return entry
    }

    /// What is known of a file; `nil` when the case has none of that hash.
    func entry(_ hash: String, of caseID: String, in tenant: String) async throws -> Entry? {
        guard let file = file(hash, of: caseID, in: tenant) else { return nil }
        return try await Self.run {
            guard let note = try? Data(contentsOf: file.appendingPathExtension("json")),
                let entry = try? JSONDecoder().decode(Entry.self, from: note),
                FileManager.default.fileExists(atPath: file.path)
            else { return nil }
            return entry
        }
    }

    /// Those of a case's files that are there.
    func entries(_ hashes: [String], of caseID: String, in tenant: String) async throws -> [String: Entry] {
        var found: [String: Entry] = [:]
        for hash in hashes where found[hash] == nil {
            found[hash] = try await entry(hash, of: caseID, in: tenant)
        }
        return found
    }

    /// A file's content, piece by piece; `nil` when the case has none of that hash.
    func content(_ hash: String, of caseID: String, in tenant: String) async throws -> Content? {
        guard let file = file(hash, of: caseID, in: tenant) else { return nil }
        return try await Self.run { (try? FileHandle(forReadingFrom: file)).map { Content($0) } }
    }

    /// A file that is read.
    final class Content: @unchecked Sendable {
        // One task at a time uses it.
        private let handle: FileHandle

        fileprivate init(_ handle: FileHandle) { self.handle = handle }

        deinit { try? handle.close() }

        /// The next piece; `nil` at the end.
        func next() async throws -> ByteBuffer? {
            return try await FileRoom.run {
                try self.handle.read(upToCount: 256 << 10).flatMap { $0.isEmpty ? nil : ByteBuffer(bytes: $0) }
            }
        }
    }

    private func file(_ hash: String, of caseID: String, in tenant: String) -> URL? {
        guard hash.utf8.count == 64, hash.utf8.allSatisfy({ $0.hexValue != nil }) else { return nil }
        return place(of: caseID, in: tenant).appendingPathComponent(hash.lowercased())
    }

    private func place(of caseID: String, in tenant: String) -> URL {
        URL(fileURLWithPath: folder).appendingPathComponent(tenant)
            .appendingPathComponent(String(SecretText.hash(caseID).prefix(32)))
    }

    /// The name without folders and without what could deceive a reader.
    private static func shown(_ name: String) -> String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        let plain = LogText.plain(last).unicodeScalars.filter { scalar in
            !(0x200B...0x200F).contains(scalar.value) && !(0x202A...0x202E).contains(scalar.value)
                && !(0x2066...0x2069).contains(scalar.value)
        }
        let text = String(String.UnicodeScalarView(plain)).prefix(200)
        return text.isEmpty ? "file" : String(text)
    }

    fileprivate static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { done in
            queue.async { done.resume(with: Result { try work() }) }
        }
    }
}

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

    /// Takes a file in, piece by piece, and keeps it once it is whole.
    ///
    /// - Throws: `Problem` when it is too long or empty, or is not what its sender said it is.
    func keep(
        _ body: RequestBody, of caseID: String, in tenant: String, name: String, by: String, on: LocalDate,
        expected: String?
    ) async throws -> Entry {
        let place = place(of: caseID, in: tenant)
        let temporary = place.appendingPathComponent("incoming-\(SecretText.random(bytes: 12))")
        let handle = try await Self.run {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            guard FileManager.default.createFile(atPath: temporary.path, contents: nil) else {
                throw Problem.ours(cause: "the folder of files cannot be written")
            }
            return Handle(try FileHandle(forWritingTo: temporary))
        }
        do {
            var hash = SHA256()
            var size = 0
            for try await buffer in body {
                size += buffer.readableBytes
                guard size <= Self.limit else { throw Problem.tooLarge(limit: Self.limit) }
                let bytes = Array(buffer: buffer)
                hash.update(data: bytes)
                try await Self.run { try handle.file.write(contentsOf: Data(bytes)) }
            }
            guard size > 0 else { throw Problem.unprocessable("fileEmpty", "文件是空的。", "The file is empty.") }
            let digest = Array(hash.finalize()).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            if let expected, expected.lowercased() != digest {
                throw Problem.unprocessable(
                    "hashDiffers", "收到的内容与所给的哈希不符，请重新上传。",
                    "What arrived differs from the hash that was given; upload it again.")
            }
            let entry = Entry(hash: digest, size: size, name: Self.shown(name), by: by, on: on)
            let note = try JSONEncoder().encode(entry)
            try await Self.run {
                try handle.file.synchronize()
                try handle.file.close()
                let end = place.appendingPathComponent(digest)
                if FileManager.default.fileExists(atPath: end.path) {
                    try FileManager.default.removeItem(at: temporary)
                } else {
                    try note.write(to: end.appendingPathExtension("json"), options: .atomic)
                    try FileManager.default.moveItem(at: temporary, to: end)
                }
            }
            return entry
        } catch {
            try? await Self.run {
                try? handle.file.close()
                try FileManager.default.removeItem(at: temporary)
            }
            throw error
        }
    }

    /// A file with its content; `nil` when the case has none of that hash.
    func find(_ hash: String, of caseID: String, in tenant: String) async throws -> (entry: Entry, bytes: [UInt8])? {
        guard hash.utf8.count == 64, hash.utf8.allSatisfy({ $0.hexValue != nil }) else { return nil }
        let file = place(of: caseID, in: tenant).appendingPathComponent(hash.lowercased())
        return try await Self.run {
            guard let note = try? Data(contentsOf: file.appendingPathExtension("json")),
                let entry = try? JSONDecoder().decode(Entry.self, from: note), let bytes = try? Data(contentsOf: file)
            else { return nil }
            return (entry, [UInt8](bytes))
        }
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

    /// One task at a time uses it.
    private final class Handle: @unchecked Sendable {
        let file: FileHandle
        init(_ file: FileHandle) { self.file = file }
    }

    private static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { done in
            queue.async { done.resume(with: Result { try work() }) }
        }
    }
}

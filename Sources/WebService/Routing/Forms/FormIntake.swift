import HTTPTypes
import Hummingbird
import NIOCore
import WorkCalendar
import WorkflowModel

/// A file that came with a form (随表文件).
struct FormFile: Sendable {
    enum Content: Sendable {
        case bytes([UInt8])
        /// In the folder of files, gone unless it is kept.
        case incoming(FileRoom.Incoming)
    }

    /// The field of the form.
    let field: String
    /// As its sender calls it.
    let name: String
    var content: Content

    /// In memory; empty for one that is in the folder of files.
    var bytes: [UInt8] { if case .bytes(let bytes) = content { bytes } else { [] } }
}

/// Reads a form with files while it comes in (随表文件的接收): fields into memory, files to where they are kept.
struct FormIntake {
    /// Most bytes of all files together.
    let limit: Int
    /// Where files go; `nil` for memory. Without a folder there no files are taken.
    let keeping: (room: FileRoom?, tenant: String)?

    /// Most bytes of all fields together.
    static let fieldLimit = WebResponder.bodyLimit
    /// More files than anybody hands in at once.
    static let mostFiles = 100

    private var fields: [(name: String, value: String)] = []
    private var files: [FormFile] = []
    private var part: MultipartReader.Part?
    private var text: [UInt8] = []
    private var fieldSize = 0
    private var fileSize = 0

    init(limit: Int, keeping: (room: FileRoom?, tenant: String)?) {
        self.limit = limit
        self.keeping = keeping
    }

    /// Reads the whole form.
    ///
    /// - Parameter admit: is asked before the first file is taken, with the fields that came before it.
    /// - Throws: `Problem` when it is no form, or too large, or not admitted.
    mutating func read(
        _ request: Request, admit: (FormFields) throws -> Void
    ) async throws -> (fields: FormFields, files: [FormFile]) {
        guard let boundary = Self.boundary(request.headers[.contentType] ?? "") else { throw Problem.unreadableForm }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit + 2 * Self.fieldLimit {
            throw Problem.filesTooLarge(limit: limit)
        }
        var reader = MultipartReader(boundary: boundary)
        do {
            for try await buffer in request.body {
                for found in try reader.take(buffer.readableBytesView) { try await take(found, admit) }
                guard !reader.isOver else { break }
            }
            try reader.finish()
        } catch let defect as MultipartReader.Defect {
            throw Problem.badForm(defect)
        }
        return (FormFields(all: fields), files)
    }

    /// The parameter of the content type: 1 to 70 characters (RFC 2046 §5.1.1).
    static func boundary(_ type: String) -> String? {
        for parameter in type.split(separator: ";").dropFirst() {
            let halves = parameter.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0].trimmedOfSpaces.lowercased() == "boundary" else { continue }
            var text = halves[1].trimmedOfSpaces
            if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") {
                text = String(text.dropFirst().dropLast())
            }
            let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") }
            return isPlain && (1...70).contains(text.utf8.count) && !text.hasSuffix(" ") ? text : nil
        }
        return nil
    }

    private mutating func take(_ found: MultipartReader.Found, _ admit: (FormFields) throws -> Void) async throws {
        switch found {
        case .part(let new):
            part = new
            text = []
            fieldSize += new.name.utf8.count
            // A field for a file that was left empty comes with no name of one.
            guard let name = new.fileName, !name.isEmpty else { return }
            guard files.count < Self.mostFiles else { throw Problem.tooManyFiles }
            if files.isEmpty { try admit(FormFields(all: fields)) }
            var content = FormFile.Content.bytes([])
            if let keeping {
                guard let room = keeping.room else { throw Problem.noFiles }
                content = .incoming(try await room.begin(in: keeping.tenant, limit: limit))
            }
            files.append(FormFile(field: new.name, name: name, content: content))
        case .content(let bytes):
            guard let fileName = part?.fileName else {
                fieldSize += bytes.count
                guard fieldSize <= Self.fieldLimit else { throw Problem.tooLarge(limit: Self.fieldLimit) }
                text += bytes
                return
            }
            guard !fileName.isEmpty, let last = files.indices.last else { return }
            fileSize += bytes.count
            guard fileSize <= limit else { throw Problem.filesTooLarge(limit: limit) }
            switch files[last].content {
            case .incoming(let file): try await file.take(bytes)
            case .bytes(var all):
                files[last].content = .bytes([])
                all += bytes
                files[last].content = .bytes(all)
            }
        case .partEnd:
            guard let ended = part else { return }
            part = nil
            if ended.fileName == nil {
                guard let value = String(validating: text, as: UTF8.self) else { throw Problem.unreadableForm }
                fields.append((ended.name, value))
            } else if ended.fileName?.isEmpty == false, case .incoming(let file)? = files.last?.content {
                try await file.end()
            }
        case .end: break
        }
    }
}

extension Substring {
    fileprivate var trimmedOfSpaces: String {
        var text = drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}

extension Problem {
    static let unreadableForm = badRequest(
        "unreadableForm", "表单内容读不懂。请重新填写。", "The form cannot be read. Fill it in again.")

    fileprivate static func badForm(_ defect: MultipartReader.Defect) -> Problem {
        switch defect {
        case .incomplete:
            badRequest(
                "formIncomplete", "表单没有传完，什么也没有收下。请检查网络后重新提交。",
                "The form broke off on its way and nothing was taken in. Check the connection and send it again.")
        case .tooManyParts:
            badRequest(
                "formTooLong", "表单超过 \(MultipartReader.partLimit) 项。请分几次提交。",
                "The form has more than \(MultipartReader.partLimit) parts. Send it in several goes.")
        case .headersTooLong:
            badRequest(
                "formHeadersTooLong", "文件名或字段名太长。请把文件名改短后重新提交。",
                "The name of a file or a field is too long. Give the file a shorter name and send it again.")
        case .noDelimiter, .delimiterMalformed, .headersMalformed: unreadableForm
        }
    }

    static let tooManyFiles = badRequest(
        "tooManyFiles", "一次最多交 \(FormIntake.mostFiles) 个文件。请分几次提交。",
        "At most \(FormIntake.mostFiles) files are taken at once. Send them in several goes.")

    static let noFiles = Problem(
        .serviceUnavailable, "noFileRoom", LocalizedText(zh: "本服务不收文件", en: "This service takes no files"),
        LocalizedText(zh: "请管理员用 --files 指定文件夹。", en: "The administrator names a folder with --files."))

    static func filesTooLarge(limit: Int) -> Problem {
        var problem = tooLarge(limit: limit)
        let size = limit >= 1 << 20 ? "\(limit >> 20) MiB" : "\(limit >> 10) KiB"
        problem.detail = LocalizedText(
            zh: "一次提交的文件合计最多 \(size)，这次什么也没有收下。请压缩或分几次提交。",
            en:
                "The files of one form may have \(size) together, and nothing was taken in. Compress them, or send them in several goes."
        )
        return problem
    }
}

import HTTPTypes
import HummingbirdCore
import Orchestrator
import WorkCalendar
import WorkflowModel

extension API {
    /// Documents as files: handed in, then named by their hash in the commands that supply materials.
    static let files: [Endpoint] = [
        .post(
            "/v1/cases/{case}/files", .handInMaterial, "上传材料文件", "Hand a file in",
            [
                .required("name", "文件名", "What the file is called", .text(longest: 200)),
                .query(
                    "sha256", "内容的 SHA-256，十六进制", "The hash of its content, in hexadecimal",
                    .text(pattern: "^[0-9A-Fa-f]{64}$")),
            ], body: .file(limit: FileRoom.limit), .json(.named("File"), status: .created)
        ) { call in
            let snapshot = try call.caseFile()
            let entry = try await room(call).keep(
                call.request.body, of: snapshot.id.text, in: call.office.id, name: call.query["name"] ?? "",
                by: try call.reader().name, on: call.today, expected: call.query["sha256"])
            return .created(entry.document, at: "/v1/cases/\(Links.escaped(snapshot.id.text))/files/\(entry.hash)")
        },
        .get(
            "/v1/cases/{case}/files/{hash}", .readMaterials, "下载材料文件", "A file", [],
            .document(type: "application/octet-stream")
        ) { call in
            try await call.materialFile()
        },
    ]

    private static func room(_ call: Call) throws -> FileRoom {
        guard let room = call.service.files else { throw Problem.noFiles }
        return room
    }
}

extension Call {
    /// The file of the case that the address names, for pages and programs.
    ///
    /// Never shown by a browser, whatever it holds: it is kept, its type is not guessed, and it may do nothing.
    func materialFile() async throws -> Answer {
        let snapshot = try caseFile()
        guard let room = service.files,
            let entry = try await room.entry(parameter("hash"), of: snapshot.id.text, in: office.id),
            let content = try await room.content(entry.hash, of: snapshot.id.text, in: office.id)
        else { throw Problem.notFound("没有这个文件", "There is no such file") }
        var answer = Answer.stream(type: "application/octet-stream") { writer in
            while let piece = try await content.next() { try await writer.write(piece) }
            try await writer.finish(nil)
        }
        answer.etag = entry.hash
        answer.headers = [
            (.contentDisposition, ContentDisposition.attachment(entry.name)),
            (.contentSecurityPolicy, "default-src 'none'; sandbox"),
        ]
        return answer
    }
}

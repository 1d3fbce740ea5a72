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
            let snapshot = try call.caseFile()
            guard
                let found = try await room(call).find(
                    call.parameter("hash"), of: snapshot.id.text, in: call.office.id)
            else { throw Problem.notFound("没有这个文件", "There is no such file") }
            // Never shown by a browser, whatever it holds.
            return .document(
                found.bytes, type: "application/octet-stream", fileName: found.entry.name, etag: found.entry.hash)
        },
    ]

    private static func room(_ call: Call) throws -> FileRoom {
        guard let folder = call.service.configuration.files else {
            throw Problem(
                .serviceUnavailable, "noFileRoom", LocalizedText(zh: "本服务不收文件", en: "This service takes no files"),
                LocalizedText(zh: "请管理员用 --files 指定文件夹。", en: "The administrator names a folder with --files."))
        }
        return FileRoom(folder: folder)
    }
}

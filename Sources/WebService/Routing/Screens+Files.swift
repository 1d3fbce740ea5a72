import CaseEngine
import Orchestrator
import WorkCalendar
import WorkflowModel

/// Files that come with the forms of work.
extension Desk {
    /// Keeps the files that came for documents that a form asks for, and puts their hashes among the answers, where the
    /// command finds them as a program's.
    ///
    /// - Returns: what is wrong with files, at their fields.
    /// - Throws: `Problem` when whoever sent them may hand nothing in.
    static func takeFiles(
        _ call: Call, for inputs: [Input], into answers: inout FormAnswers
    ) async throws -> [PageContext.Mistake] {
        var mistakes: [PageContext.Mistake] = []
        let caseID = try call.caseFile().id.text
        for input in inputs {
            for document in input.documents {
                let field = HandedFile.field(input, document)
                let (hash, name) = (HandedFile.hash(input, document), HandedFile.name(input, document))
                func note(_ zh: String, _ en: String) {
                    mistakes.append(.init(field: field, text: call.say(zh, en)))
                }
                let sent = call.files.filter { $0.field == field }
                // A form of ours names only what this case has.
                let known = answers[hash]
                let kept =
                    known.isEmpty
                    ? nil : try await call.service.files?.entry(known, of: caseID, in: call.office.id)
                answers.set(hash, kept?.hash)
                answers.set(name, kept?.name)
                if !known.isEmpty, kept == nil, sent.isEmpty {
                    note("这个文件不在了，请重新选择", "This file is not there any more; choose it again")
                }
                guard let file = sent.first, case .incoming(let incoming) = file.content else { continue }
                guard sent.count == 1 else {
                    note(
                        "“\(document.label.zh)”只收一个文件，请合并成一个 PDF 或压缩包",
                        "“\(document.label.en)” takes one file; put them into one PDF or archive")
                    continue
                }
                guard incoming.size > 0 else {
                    note("文件是空的，请重新选择", "The file is empty; choose it again")
                    continue
                }
                try call.require(.handInMaterial)
                guard let room = call.service.files else { throw Problem.noFiles }
                let entry = try await room.keep(
                    incoming, of: caseID, in: call.office.id, name: file.name, by: try call.reader().name,
                    on: call.today)
                answers.set(hash, entry.hash)
                answers.set(name, entry.name)
            }
        }
        return mistakes
    }

    /// The files of a case's materials that whoever asks may open.
    static func files(_ call: Call, _ view: CaseView) async throws -> [String: FileRoom.Entry] {
        guard call.may(.readMaterials), let room = call.service.files else { return [:] }
        return try await room.entries(view.state.materials.map(\.hash), of: view.id, in: call.office.id)
    }
}

extension FormAnswers {
    /// Puts one value in the place of all of that name; `nil` takes them away.
    mutating func set(_ name: String, _ value: String?) { values[name] = value.map { [$0] } }
}

import ArgumentParser
import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

extension CaseCommandGroup {
    struct Dossier: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The file of a case in its fixed order, with the hash of every document and of every entry 案卷.",
            discussion:
                "Items in the order of the plan, their documents in the order in which they came, then the record.")

        @Argument(help: "The case.") var caseID: String
        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let snapshot = try await office.snapshot(of: caseID)
                    let records = try await office.orchestrator.log(of: try CaseOffice.id(caseID))
                    let dossier = DossierText(snapshot: snapshot, records: records, terminal: terminal)
                    printOut(store.format == .json ? dossier.json.pretty : dossier.text)
                }
            }
        }
    }
}

/// The file of a case: its documents item by item, and its record.
private struct DossierText {
    let snapshot: CaseSnapshot
    let records: [EventRecord]
    let terminal: Terminal

    private struct Document {
        let number: Int
        let item: Item
        let held: HeldMaterial
    }

    private var documents: [Document] {
        let numbered = Array(snapshot.state.materials.enumerated())
        return snapshot.machine.plan.items.flatMap { planned in
            numbered.filter { $0.element.origin == planned.item.id }.map {
                Document(number: $0.offset + 1, item: planned.item, held: $0.element)
            }
        }
    }

    private func title(of material: String) -> LocalizedText {
        snapshot.machine.plan.workflow.materials.first { $0.id == material }?.title
            ?? LocalizedText(zh: material, en: material)
    }

    var text: String {
        let language = terminal.language
        var files = TextTable([
            .init("#", .right), .init(terminal.say("事项", "item"), limit: 32),
            .init(terminal.say("材料", "document"), limit: 40), .init(terminal.say("收发", "way")),
            .init(terminal.say("日期", "date")), .init(terminal.say("哈希", "hash"), limit: 80),
        ])
        for document in documents {
            files.add([
                "\(document.number)", document.item.id, title(of: document.held.material)[language],
                document.held.isOutput ? terminal.say("发出", "issued") : terminal.say("收到", "received"),
                document.held.since.description, document.held.hash,
            ])
        }
        var entries = TextTable([
            .init("#", .right), .init(terminal.say("日期", "date")), .init(terminal.say("事件", "event"), limit: 32),
            .init(terminal.say("封签", "seal"), limit: 80),
        ])
        for record in records {
            entries.add([
                "\(record.sequence)", record.event.on.description, record.event.kind, record.hash.description,
            ])
        }
        let title = snapshot.state.opening?.title[language] ?? ""
        return [
            terminal.styled(terminal.say("案卷  \(title)  \(snapshot.id)", "File of \(title)  \(snapshot.id)"), .bold),
            files.text, entries.text,
        ].joined(separator: "\n\n")
    }

    /// As documented in `docs/json.md#dossier`.
    var json: JSONText {
        .members([
            "case": .string(snapshot.id.text), "project": .optional(snapshot.state.opening?.project),
            "documents": .array(
                documents.map { document in
                    .members([
                        "number": .integer(document.number), "item": .string(document.item.id),
                        "material": .string(document.held.material), "title": title(of: document.held.material).json,
                        "issued": .bool(document.held.isOutput), "date": .string(document.held.since.description),
                        "hash": .string(document.held.hash),
                    ])
                }),
            "record": .array(
                records.map { record in
                    .members([
                        "sequence": .integer(record.sequence), "date": .string(record.event.on.description),
                        "kind": .string(record.event.kind), "hash": .string(record.hash.description),
                    ])
                }),
        ])
    }
}

import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// The documents of a case with where they come from (材料台账).
struct MaterialList {
    let snapshot: CaseSnapshot
    let on: LocalDate

    init(_ snapshot: CaseSnapshot, on: LocalDate) {
        self.snapshot = snapshot
        self.on = on
    }

    private var state: CaseState { snapshot.state }

    /// The items that use a document, in plan order.
    private func users(of number: Int) -> [String] {
        state.items.filter { item in item.documents.contains { $0.number == number } }.map(\.id)
    }

    func text(_ terminal: Terminal) -> String {
        guard !state.materials.isEmpty else { return terminal.say("还没有材料。", "No documents yet.") }
        var table = TextTable([
            .init("#", .right), .init(terminal.say("材料", "material"), limit: 36), .init(terminal.say("到库", "since")),
            .init(terminal.say("有效至", "valid until")), .init(terminal.say("来源", "from"), limit: 48),
            .init(terminal.say("用于", "used by"), limit: 60),
        ])
        for (position, document) in state.materials.enumerated() {
            let until = document.validUntil?.description ?? "—"
            table.add([
                String(position + 1), document.material, document.since.description,
                document.isValid(on: on) ? until : terminal.styled("\(until) ✗", .red),
                source(of: document)[terminal.language], users(of: position + 1).joined(separator: " "),
            ])
        }
        let notes = state.materialNotes.map { "\($0.on)  " + $0.words[terminal.language] }
        let later = laterVersions.map { $0.words[terminal.language] }
        return table.text
            + (notes + later).map { "\n" + $0 }.joined()
    }

    private func source(of document: HeldMaterial) -> LocalizedText {
        if let source = document.source { return source.words }
        return document.isOutput
            ? LocalizedText(zh: "\(document.origin) 发放", en: "issued by \(document.origin)")
            : LocalizedText(zh: "\(document.origin) 收取", en: "handed in for \(document.origin)")
    }

    private var laterVersions: [(item: String, seen: SeenDocument, words: LocalizedText)] {
        state.items.indices.flatMap { index in
            snapshot.machine.documentsSeen(byItemAt: index, in: state).compactMap { seen in
                seen.later.map { later in
                    let item = state.items[index].id
                    return (
                        item, seen,
                        LocalizedText(
                            zh: "\(later.since)  \(item) 依据 \(seen.material) 第 \(seen.number) 号，第 \(later.number) 号在其后",
                            en:
                                "\(later.since)  \(item) rests on document \(seen.number) of \(seen.material); document \(later.number) came later"
                        )
                    )
                }
            }
        }
    }

    /// As documented in `docs/json.md#materials`.
    var json: JSONText {
        .members([
            "case": .string(snapshot.id.text), "asOf": .string(on.description),
            "documents": .array(
                state.materials.enumerated().map { position, document in
                    .members([
                        "number": .integer(position + 1), "material": .string(document.material),
                        "hash": .string(document.hash), "since": .string(document.since.description),
                        "issuedOn": .optional(document.issuedOn?.description),
                        "validUntil": .optional(document.validUntil?.description),
                        "isValid": .bool(document.isValid(on: on)), "origin": .string(document.origin),
                        "isOutput": .bool(document.isOutput),
                        "source": document.source.map { $0.json } ?? .null,
                        "usedBy": .strings(users(of: position + 1)),
                    ])
                }),
            "notes": .array(state.materialNotes.map(\.json)),
            "seenLater": .array(
                laterVersions.map { item, seen, _ in
                    .members([
                        "item": .string(item), "material": .string(seen.material), "seen": .integer(seen.number),
                        "later": .integer(seen.later?.number ?? seen.number),
                        "since": .optional(seen.later?.since.description),
                    ])
                }),
        ])
    }
}

extension MaterialSource {
    /// As documented in `docs/json.md#materials`.
    var json: JSONText {
        switch self {
        case .anotherCase(let id, let number, let holder):
            .members([
                "kind": .string("anotherCase"), "case": .string(id), "number": .integer(number),
                "holder": .string(holder),
            ])
        case .sharedData(let register, let asked, let answer):
            .members([
                "kind": .string("sharedData"), "register": .string(register), "asked": .string(asked),
                "answer": .string(answer),
            ])
        case .regionalAssessment(let id, let document):
            .members([
                "kind": .string("regionalAssessment"), "id": .string(id), "document": .string(document),
            ])
        }
    }
}

extension MaterialNote {
    var words: LocalizedText {
        switch what {
        case .repeatAvoided(let number, _):
            LocalizedText(
                zh: "\(by.name) 为 \(item) 索要 \(material) 被拒绝，用在库第 \(number) 号",
                en: "\(by.name) was refused \(material) for \(item): document \(number) serves")
        case .lookupFailed(let register, let reason):
            LocalizedText(
                zh: "\(register) 查询 \(material) 未果：\(reason)", en: "\(register) did not give \(material): \(reason)")
        }
    }

    /// As documented in `docs/json.md#materials`.
    fileprivate var json: JSONText {
        var (kind, number, request, register, reason) = ("repeatAvoided", JSONText.null, "", "", "")
        switch what {
        case .repeatAvoided(let serving, let command): (number, request) = (.integer(serving), command)
        case .lookupFailed(let name, let why): (kind, register, reason) = ("lookupFailed", name, why)
        }
        func optional(_ text: String) -> JSONText { text.isEmpty ? .null : .string(text) }
        return .members([
            "kind": .string(kind), "on": .string(on.description), "by": .string(by.name),
            "department": .optional(by.department), "item": .string(item), "material": .string(material),
            "number": number, "request": optional(request), "register": optional(register),
            "reason": optional(reason),
        ])
    }
}

/// The receipt of a form (受理凭证).
struct FormReceipt {
    let intake: StageIntake
    let snapshot: CaseSnapshot
    let on: LocalDate

    init(_ intake: StageIntake, of snapshot: CaseSnapshot, on: LocalDate) {
        self.intake = intake
        self.snapshot = snapshot
        self.on = on
    }

    private var workflow: WorkflowDefinition { snapshot.machine.plan.workflow }

    private var rows: [(item: Item, state: ItemState, missing: [String])] {
        intake.items.compactMap { id in
            guard let index = snapshot.machine.plan.index(of: id) else { return nil }
            return (
                snapshot.machine.plan.items[index].item, snapshot.state.items[index],
                intake.waiting.contains(id) ? intake.missing(of: id, in: snapshot.state, on: on) : []
            )
        }
    }

    private var lead: LocalizedText? {
        intake.lead.flatMap { id in workflow.departments.first { $0.id == id }?.title }
    }

    func text(_ terminal: Terminal) -> String {
        let stage = workflow.stages.first { $0.id == intake.stage }?.title[terminal.language] ?? intake.stage
        let heading =
            terminal.styled(terminal.say("表单 \(intake.id)", "Form \(intake.id)"), .bold) + "  \(stage)  \(intake.on)"
            + (lead.map { terminal.say("  牵头：\($0.zh)", "  lead: \($0.en)") } ?? "")
        var table = TextTable([
            .init(terminal.say("事项", "item"), limit: 36), .init(terminal.say("状态", "status"), limit: 24),
            .init(terminal.say("承诺时限", "limit"), .right), .init(terminal.say("受理", "admitted")),
            .init(terminal.say("期限", "due")), .init(terminal.say("还缺", "missing"), limit: 60),
        ])
        for (item, state, missing) in rows {
            table.add([
                item.title[terminal.language], state.status.title[terminal.language], item.limit?.description ?? "—",
                state.admittedOn?.description ?? "", state.limits?.promised?.description ?? "",
                missing.joined(separator: " "),
            ])
        }
        let notice = intake.noticedOn.map { terminal.say("\n\($0) 一口告知", "\none notice on \($0)") } ?? ""
        return heading + "\n" + table.text + notice
    }

    /// As documented in `docs/json.md#receipt`.
    var json: JSONText {
        .members([
            "case": .string(snapshot.id.text), "form": .string(intake.id), "stage": .string(intake.stage),
            "lead": .optional(intake.lead), "on": .string(intake.on.description),
            "noticedOn": .optional(intake.noticedOn?.description),
            "items": .array(
                rows.map { item, state, missing in
                    .members([
                        "id": .string(item.id), "title": item.title.json, "status": .string(state.status.rawValue),
                        "isFiled": .bool(!intake.waiting.contains(item.id)),
                        "department": .optional(item.department),
                        "limit": item.limit?.json ?? .null, "admittedOn": .optional(state.admittedOn?.description),
                        "due": .optional(state.limits?.promised?.description), "missing": .strings(missing),
                    ])
                }),
        ])
    }
}

/// What an owner has handed in (建设单位材料库).
struct OwnerDocumentList {
    let documents: [OwnerDocument]

    func text(_ terminal: Terminal) -> String {
        guard !documents.isEmpty else { return terminal.say("没有材料。", "No documents.") }
        var table = TextTable([
            .init(terminal.say("材料", "material"), limit: 36), .init(terminal.say("名称", "title"), limit: 36),
            .init(terminal.say("办件", "case"), limit: 64), .init("#", .right), .init(terminal.say("到库", "since")),
            .init(terminal.say("有效至", "valid until")),
        ])
        for one in documents {
            table.add([
                one.material, one.title, one.caseID, String(one.number), one.on.description,
                one.validUntil?.description ?? "—",
            ])
        }
        return table.text
    }

    /// As documented in `docs/json.md#documents`.
    var json: JSONText {
        .array(
            documents.map { one in
                .members([
                    "material": .string(one.material), "title": .string(one.title), "case": .string(one.caseID),
                    "number": .integer(one.number), "hash": .string(one.hash), "on": .string(one.on.description),
                    "validUntil": .optional(one.validUntil?.description),
                ])
            })
    }
}

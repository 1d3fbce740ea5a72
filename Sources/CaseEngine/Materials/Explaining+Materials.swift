import WorkCalendar
import WorkflowModel

extension Explaining {
    /// Where the documents of the item come from, and what was not asked for.
    var materials: [Reason] { served + notes + laterVersions + form }

    private var served: [Reason] {
        item.documents.compactMap { use in
            guard state.materials.indices.contains(use.number - 1) else { return nil }
            let document = state.materials[use.number - 1]
            let name = use.material
            if let source = document.source {
                return Reason(
                    source.rule, on: document.since, zh: "材料 \(name) 取自\(source.words.zh)，不必提交",
                    en: "\(name) is taken from \(source.words.en) and need not be handed in")
            }
            guard document.origin != item.id else { return nil }
            let (zh, en) = document.isOutput ? ("发放", "issued by") : ("收取", "collected by")
            return Reason(
                .materialsOnce, on: document.since, zh: "材料 \(name) 用 \(document.origin) \(zh)的第 \(use.number) 号，不再提交",
                en: "\(name) is document \(use.number), \(en) \(document.origin); it is not handed in again")
        }
    }

    private var notes: [Reason] {
        state.materialNotes.lazy.filter { $0.item == item.id }.map { note in
            switch note.what {
            case .repeatAvoided(let number, _):
                Reason(
                    .materialsOnce, on: note.on,
                    zh: "\(note.on) \(note.by.name) 索要 \(note.material) 被拒绝：在库第 \(number) 号有效，已登记",
                    en:
                        "\(note.by.name) asked for \(note.material) on \(note.on) and was refused: document \(number) is valid; noted"
                )
            case .lookupFailed(let register, let reason):
                Reason(
                    .materialsLookedUp, on: note.on,
                    zh: "\(note.on) 向 \(register) 查询 \(note.material) 未果（\(reason)），由申请人提交",
                    en:
                        "\(register) did not give \(note.material) on \(note.on) (\(reason)); the applicant handed it in"
                )
            }
        }
    }

    /// What came after the last signature or decision.
    private var laterVersions: [Reason] {
        machine.documentsSeen(byItemAt: index, in: state).compactMap { seen in
            guard let later = seen.later else { return nil }
            return Reason(
                .versionsSeen, on: later.since,
                zh: "依据的是 \(seen.material) 第 \(seen.number) 号；第 \(later.number) 号 \(later.since) 到库，在其后",
                en:
                    "it rests on document \(seen.number) of \(seen.material); document \(later.number) came later, on \(later.since)"
            )
        }
    }

    private var form: [Reason] {
        state.intakes.compactMap { intake in
            if intake.filings[item.id] == item.attempt, item.attempt > 0 {
                return Reason(
                    .stageIntake, on: intake.on, zh: "随阶段表单 \(intake.id) 一并申报，计时各自进行",
                    en: "filed with form \(intake.id) of the stage; its clock is its own")
            }
            guard intake.waiting.contains(item.id) else { return nil }
            let missing = intake.missing(of: item.id, in: state, on: date)
            let (zh, en) =
                missing.isEmpty
                ? ("轮到时自动申报", "it is filed by itself when its turn comes")
                : ("还缺 \(missing.joined(separator: "、"))", "\(missing.joined(separator: ", ")) still missing")
            return Reason(
                .stageIntake, on: intake.on, zh: "在阶段表单 \(intake.id) 中，\(zh)",
                en: "on form \(intake.id) of the stage; \(en)")
        }
    }
}

extension MaterialSource {
    /// By which rule it is taken over.
    var rule: LawRule {
        switch self {
        case .anotherCase: .materialsReused
        case .sharedData: .materialsLookedUp
        case .regionalAssessment: .regionalAssessment
        }
    }
}

import WorkCalendar
import WorkflowModel

// Members stand in the order of their names; `Codable` reads what is written here.

extension Happening {
    func writeMembersOfMaterials(to json: inout CanonicalJSON) {
        switch self {
        case .materialsLookedUp(let served, let failed):
            json.member("failed", failed)
            json.member("served", served)
        case .repeatRequestAvoided(let material, let number, let request):
            json.member("material", material)
            json.member("number", number)
            json.member("request", request)
        case .intakeReceived(let intake): json.member("intake", intake)
        case .intakeSupplied(let intake, let supplied):
            json.member("intake", intake)
            json.member("supplied", supplied)
        case .intakeNoticed(let intake, let points):
            json.member("intake", intake)
            json.member("points", points)
        case .intakeAdmitted(let intake, let items):
            json.member("intake", intake)
            json.member("items", items)
        default: break
        }
    }

    /// What happened to materials and forms, in one short sentence; `nil` for everything else.
    var wordsOfMaterials: LocalizedText? {
        func text(_ zh: String, _ en: String) -> LocalizedText { LocalizedText(zh: zh, en: en) }
        switch self {
        case .materialsLookedUp(let served, let failed):
            let zh =
                served.map { "\($0.document.material)（\($0.source.words.zh)）" }
                + failed.map { "\($0.material) 查询未果（\($0.register)：\($0.reason)）" }
            let en =
                served.map { "\($0.document.material) (\($0.source.words.en))" }
                + failed.map { "\($0.material) not found (\($0.register): \($0.reason))" }
            return text("调取材料：\(zh.joined(separator: "、"))", "looked up: \(en.joined(separator: ", "))")
        case .repeatRequestAvoided(let material, let number, _):
            return text(
                "避免重复索要 \(material)：用在库第 \(number) 号", "\(material) not asked for again: document \(number) serves")
        case .intakeReceived(let intake):
            let missing = intake.missing.reduce(0) { $0 + $1.materials.count }
            let taken = intake.served.count
            return text(
                "阶段表单 \(intake.id)：\(intake.items.count) 个事项，材料 \(intake.supplied.count) 份，"
                    + (taken == 0 ? "" : "调取 \(taken) 份，")
                    + (missing == 0 ? "齐全" : "一次告知缺 \(missing) 份"),
                "form \(intake.id): \(intake.items.count) items, \(intake.supplied.count) documents, "
                    + (taken == 0 ? "" : "\(taken) taken over, ")
                    + (missing == 0 ? "complete" : "\(missing) missing, told at once"))
        case .intakeSupplied(let intake, let supplied):
            return text(
                "表单 \(intake) 补交材料 \(supplied.count) 份", "form \(intake): documents supplied: \(supplied.count)")
        case .intakeNoticed(let intake, let points):
            let count = points.reduce(0) { $0 + $1.points.count }
            return text(
                "表单 \(intake) 一口告知：\(points.count) 个事项 \(count) 项补正",
                "form \(intake): one notice of \(count) point(s) over \(points.count) item(s)")
        case .intakeAdmitted(let intake, let items):
            return text(
                "表单 \(intake) 综合受理：\(items.joined(separator: "、"))",
                "form \(intake): admitted \(items.joined(separator: ", "))")
        default: return nil
        }
    }
}

extension MaterialSource {
    /// Where it is from, in few words.
    public var words: LocalizedText {
        switch self {
        case .anotherCase(let id, let number, _):
            LocalizedText(zh: "办件 \(id) 第 \(number) 号", en: "case \(id), document \(number)")
        case .sharedData(let register, _, _): LocalizedText(zh: "共享数据 \(register)", en: "register \(register)")
        case .regionalAssessment(let id, let document):
            LocalizedText(zh: "区域评估 \(id)，\(document)", en: "regional assessment \(id), \(document)")
        }
    }
}

extension MaterialSource: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object { json in
            switch self {
            case .anotherCase(let id, let number, let holder):
                json.member("anotherCase") {
                    $0.member("holder", holder)
                    $0.member("id", id)
                    $0.member("number", number)
                }
            case .sharedData(let register, let asked, let answer):
                json.member("sharedData") {
                    $0.member("answer", answer)
                    $0.member("asked", asked)
                    $0.member("register", register)
                }
            case .regionalAssessment(let id, let document):
                json.member("regionalAssessment") {
                    $0.member("document", document)
                    $0.member("id", id)
                }
            }
        }
    }
}

extension ServedMaterial: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("document", document)
            $0.member("source", source)
        }
    }
}

extension FailedLookup: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("material", material)
            $0.member("reason", reason)
            $0.member("register", register)
        }
    }
}

extension CaseRejection {
    /// Why not, and what to do, where materials from outside the case and forms of stages are concerned.
    var textOfMaterials: LocalizedText {
        switch self {
        case .nothingAtHand(let materials):
            LocalizedText(
                zh: "机关没有也查不到 \(materials.joined(separator: "、"))。请申请人提交。",
                en: "The office neither has nor finds \(materials.joined(separator: ", ")). Ask the applicant for it.")
        case .unknownStage(let stage):
            LocalizedText(
                zh: "流程没有阶段 \(stage)。用 binglian case show 查看阶段编号。",
                en: "The workflow has no stage \(stage). See the stages with binglian case show.")
        case .nothingToFile(let stage):
            LocalizedText(
                zh: "阶段 \(stage) 现在没有可以申报的事项。等前置事项办结，或者指明要再次申报的事项。",
                en:
                    "Nothing of stage \(stage) can be filed now. Wait for what comes before, or name the items to file again."
            )
        case .unknownIntake(let intake):
            LocalizedText(
                zh: "没有编号为 \(intake) 的阶段表单。用 binglian case receipt 查看编号。",
                en: "There is no form \(intake). See the forms with binglian case receipt.")
        case .notInIntake(let item, let intake):
            LocalizedText(
                zh: "事项 \(item) 不在表单 \(intake) 的在办申报中。单独办理该事项。",
                en: "Item \(item) has no application under form \(intake). Handle the item by itself.")
        case .noticeThroughIntake(let item, let intake):
            LocalizedText(
                zh: "事项 \(item) 由表单 \(intake) 申报，全部事项的补正一次告知。用 binglian case notice 一并告知。",
                en:
                    "Item \(item) was filed with form \(intake), and one notice tells everything for all its items. Use binglian case notice."
            )
        case .intakeAlreadyNoticed(let intake):
            LocalizedText(
                zh: "表单 \(intake) 已经一次告知，不得再次告知。按现有材料受理，或者由部门决定不予受理。",
                en:
                    "Form \(intake) has had its one notice. Admit on what there is, or let the department refuse admission."
            )
        default: LocalizedText(zh: "", en: "")
        }
    }
}

import WorkCalendar

/// What somebody wants to do with the library (版本库指令).
public enum LibraryCommand: Hashable, Sendable, Codable {
    /// An editor hands a draft in.
    case submit(draft: LibraryDraft)
    /// Another person releases it, naming the text that was read.
    case release(workflow: String, version: String, definition: String)
    /// A draft is given up, or a version is taken out of force.
    case withdraw(workflow: String, version: String, reason: String)
}

/// Something that happened in the library (版本库事件).
public struct LibraryEvent: Hashable, Sendable, Codable {
    public let on: LocalDate
    public let by: Actor
    public let what: What

    public enum What: Hashable, Sendable, Codable {
        case submitted(draft: LibraryDraft)
        case released(workflow: String, version: String, definition: String)
        case withdrawn(workflow: String, version: String, reason: String)
    }

    public init(on: LocalDate, by: Actor, what: What) {
        self.on = on
        self.by = by
        self.what = what
    }

    /// The stable name of what happened.
    public var kind: String {
        switch what {
        case .submitted: "definitionSubmitted"
        case .released: "definitionReleased"
        case .withdrawn: "definitionWithdrawn"
        }
    }

    /// Which version of which workflow.
    public var version: (workflow: String, version: String) {
        switch what {
        case .submitted(let draft): (draft.workflow, draft.version)
        case .released(let workflow, let version, _), .withdrawn(let workflow, let version, _): (workflow, version)
        }
    }

    public var words: LocalizedText {
        switch what {
        case .submitted(let draft):
            LocalizedText(
                zh:
                    "提交草案，\(draft.effective) 起施行\(draft.means.isEmpty ? "" : "（\(draft.means.map(\.title.zh).joined(separator: "、"))）")：\(draft.note)",
                en: "draft submitted, in force from \(draft.effective)"
                    + (draft.means.isEmpty ? "" : " (\(draft.means.map(\.title.en).joined(separator: ", ")))")
                    + ": \(draft.note)")
        case .released: LocalizedText(zh: "发布", en: "released")
        case .withdrawn(_, _, let reason): LocalizedText(zh: "撤回：\(reason)", en: "withdrawn: \(reason)")
        }
    }
}

/// Why the library does not allow something (版本库拒绝).
public enum LibraryRejection: Error, Hashable, Sendable {
    case designersOnly
    case nameMissing
    case reasonMissing
    case dateBeforeLast(LocalDate)
    case unknownVersion(workflow: String, version: String)
    case alreadyReleased(String)
    case alreadyWithdrawn(String)
    case otherText(String)
    case sameHand(String)
    case notInForce(workflow: String, version: String, on: LocalDate)
    case noneInForce(workflow: String, on: LocalDate)

    /// The stable name of the rejection; never reused for another.
    public var code: String {
        switch self {
        case .designersOnly: "designersOnly"
        case .nameMissing: "nameMissing"
        case .reasonMissing: "reasonMissing"
        case .dateBeforeLast: "dateBeforeLast"
        case .unknownVersion: "unknownVersion"
        case .alreadyReleased: "alreadyReleased"
        case .alreadyWithdrawn: "alreadyWithdrawn"
        case .otherText: "otherText"
        case .sameHand: "sameHand"
        case .notInForce: "notInForce"
        case .noneInForce: "noneInForce"
        }
    }

    /// Why not, and what to do.
    public var text: LocalizedText {
        switch self {
        case .designersOnly:
            LocalizedText(
                zh: "流程版本由流程管理员提交和发布。换流程管理员办理。",
                en: "Versions are submitted and released by designers of workflows. Let one of them do it.")
        case .nameMissing:
            LocalizedText(zh: "没有写明办理人。写明姓名。", en: "Nobody is named. Name the person who does it.")
        case .reasonMissing:
            LocalizedText(zh: "没有写明理由。补写后再提交。", en: "No reason is given. State it and try again.")
        case .dateBeforeLast(let last):
            LocalizedText(
                zh: "日期早于版本库最近的记录（\(last)）。用该日或之后的日期。",
                en: "The date is before the library's last event (\(last)). Use that date or a later one.")
        case .unknownVersion(let workflow, let version):
            LocalizedText(
                zh: "版本库中没有流程 \(workflow) 的版本 \(version)。先提交草案。",
                en: "The library has no version \(version) of workflow \(workflow). Submit the draft first.")
        case .alreadyReleased(let version):
            LocalizedText(
                zh: "版本 \(version) 已发布，内容不再改变。修改后请用新的版本号。",
                en: "Version \(version) is released and never changes. Give the edited one a new version.")
        case .alreadyWithdrawn(let version):
            LocalizedText(zh: "版本 \(version) 已撤回。重新提交草案。", en: "Version \(version) was withdrawn. Submit it anew.")
        case .otherText(let version):
            LocalizedText(
                zh: "版本 \(version) 的草案已改，与所审阅的文本不同。重新审阅后再发布。",
                en: "The draft of version \(version) is not the text that was read. Read it again, then release it.")
        case .sameHand(let name):
            LocalizedText(
                zh: "草案由 \(name) 提交，须由另一人发布。换人办理。",
                en: "The draft was submitted by \(name), and somebody else has to release it. Let another person act.")
        case .notInForce(let workflow, let version, let date):
            LocalizedText(
                zh: "流程 \(workflow) 的版本 \(version) 在 \(date) 不是现行版本。用现行版本立案，试办用 --trial。",
                en:
                    "Version \(version) of workflow \(workflow) is not in force on \(date). Open the case on the one that "
                    + "is, or try it out with --trial.")
        case .noneInForce(let workflow, let date):
            LocalizedText(
                zh: "流程 \(workflow) 在 \(date) 没有现行版本。先发布一个版本。",
                en: "No version of workflow \(workflow) is in force on \(date). Release one first.")
        }
    }
}

extension ReformMeans {
    public var title: LocalizedText {
        switch self {
        case .reduce: LocalizedText(zh: "减", en: "reduce")
        case .delegate: LocalizedText(zh: "放", en: "delegate")
        case .merge: LocalizedText(zh: "并", en: "merge")
        case .transfer: LocalizedText(zh: "转", en: "transfer")
        case .adjust: LocalizedText(zh: "调", en: "adjust")
        }
    }
}

extension LibraryVersion.Standing {
    public var title: LocalizedText {
        switch self {
        case .draft: LocalizedText(zh: "草案", en: "draft")
        case .upcoming: LocalizedText(zh: "待生效", en: "upcoming")
        case .inForce: LocalizedText(zh: "现行", en: "in force")
        case .superseded: LocalizedText(zh: "被替代", en: "superseded")
        case .withdrawn: LocalizedText(zh: "已撤回", en: "withdrawn")
        }
    }
}

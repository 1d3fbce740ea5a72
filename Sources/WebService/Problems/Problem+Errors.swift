import CaseEngine
import HTTPTypes
import NIOCore
import Orchestrator
import WorkCalendar
import WorkflowModel

extension Problem {
    /// What an error means to whoever asked.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let rejection as CaseRejection: self.init(rejection)
        case let rejection as RegistryRejection:
            self.init(
                .conflict, rejection.code, LocalizedText(zh: "不能登记", en: "This cannot be entered"), rejection.text)
        case let rejection as LibraryRejection:
            self.init(
                .conflict, rejection.code, LocalizedText(zh: "现在不能办理", en: "This cannot be done now"), rejection.text)
        case let rejection as AccountRejection:
            self.init(
                .conflict, rejection.code, LocalizedText(zh: "账号不能这样改", en: "The account cannot be changed like this"),
                rejection.text)
        case let error as OrchestratorError: self.init(error)
        case let error as StoreError: self.init(error)
        case is NIOTooManyBytesError: self = .tooLarge(limit: 1 << 20)
        default: self = .ours(cause: "\(type(of: error)): \(error)")
        }
    }

    static func ours(cause: String) -> Problem {
        Problem(
            .internalServerError, "internal",
            LocalizedText(zh: "系统出错，没有保存", en: "Something of ours failed; nothing was saved"),
            LocalizedText(
                zh: "请稍后重试；仍不行，请把编号告诉管理员。",
                en: "Try again soon; if it fails again, give the administrator the reference."),
            cause: cause)
    }

    private init(_ rejection: CaseRejection) {
        let status: HTTPResponse.Status =
            switch rejection {
            case .notYours: .forbidden
            case .unknownItem, .unknownParticipant, .unknownMaterial, .unknownCard, .unknownStage, .unknownIntake:
                .notFound
            case .reasonMissing, .pointsMissing, .appealMissing, .lengthMissing, .factNotFinite: .unprocessableContent
            default: .conflict
            }
        self.init(
            status, rejection.code, LocalizedText(zh: "现在不能办理", en: "This cannot be done now"), rejection.text,
            rule: rejection.rule)
    }

    private init(_ error: OrchestratorError) {
        switch error {
        case .unknownCase(let id): self = .notFound("没有办件 \(id)", "There is no case \(id)")
        case .keyReused:
            self.init(
                .unprocessableContent, "keyReused",
                LocalizedText(zh: "幂等键已用于别的指令", en: "This key belongs to another command"), error.text)
        case .otherTextPublished, .officeName:
            self.init(.conflict, "alreadyPublished", LocalizedText(zh: "与现状冲突", en: "This conflicts"), error.text)
        case .contended:
            self.init(
                .serviceUnavailable, "contended", LocalizedText(zh: "正忙，没有保存", en: "Busy; nothing was saved"),
                error.text,
                headers: [(.retryAfter, "1")])
        case .unknownDefinition, .unreadableDefinition, .definitionChanged, .unreadableLog:
            self = .ours(cause: error.text.en)
        }
    }

    private init(_ error: StoreError) {
        let isFull = error.code == .full
        if error.code == .outcomeUnknown {
            self.init(
                .serviceUnavailable, "store.\(error.code.rawValue)",
                LocalizedText(zh: "还不知道是否已保存", en: "It is not known yet whether this was saved"),
                LocalizedText(
                    zh: "数据库没有答复。请用同一个幂等键重发：已保存的会得到同样的答复，不会办两次。",
                    en:
                        "The database did not answer. Send it again under the same key: what was saved is answered the same way, and nothing happens twice."
                ),
                headers: [(.retryAfter, "5")], cause: "\(error)")
            return
        }
        self.init(
            error.isTransient ? .serviceUnavailable : isFull ? .insufficientStorage : .internalServerError,
            "store.\(error.code.rawValue)",
            LocalizedText(zh: "没有保存：数据库没有响应", en: "Nothing was saved: the database did not answer"),
            isFull
                ? LocalizedText(zh: "磁盘已满。请管理员腾出空间后重试。", en: "The disk is full. Ask the administrator to make room.")
                : LocalizedText(zh: "请在 1 分钟后重试。", en: "Try again in a minute."),
            headers: error.isTransient ? [(.retryAfter, "5")] : [], cause: "\(error)")
    }
}

extension HTTPResponse.Status {
    /// RFC 4918 §11.5.
    static let insufficientStorage = HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
}

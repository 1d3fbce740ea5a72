import CaseEngine
import Foundation
import WorkCalendar

/// Why the orchestrator cannot do what it was asked; nothing happened.
public enum OrchestratorError: Error, Sendable, Hashable {
    case unknownCase(CaseID)
    /// The text that a case was opened with is not in the store.
    case unknownDefinition(String)
    case unreadableDefinition(String)
    /// This id and version are published with another text, and a published version never changes.
    case otherTextPublished(String)
    /// The text in the store is not the one that the case was opened with.
    case definitionChanged(String)
    /// The log holds something that this version cannot read.
    case unreadableLog(CaseID, String)
    /// A name that is kept for the streams of the office, so no case can have it.
    case officeName(CaseID)
    /// Other processes were faster every time.
    case contended(CaseID)
    /// The key came with another command, or from somebody else, before.
    case keyReused(CommandKey)

    /// The error in words, with what to do about it where there is something.
    public var text: LocalizedText {
        switch self {
        case .unknownCase(let id): LocalizedText(zh: "没有办件 \(id)", en: "there is no case \(id)")
        case .unknownDefinition(let name):
            LocalizedText(zh: "库中没有“\(name)”的文本", en: "the store lacks the text of '\(name)'")
        case .unreadableDefinition(let name):
            LocalizedText(
                zh: "库中“\(name)”的文本无法读取", en: "the text of '\(name)' in the store cannot be read")
        case .otherTextPublished(let name):
            LocalizedText(
                zh: "“\(name)”已发布且内容不同；修改后请使用新的版本号",
                en: "'\(name)' is published with another text; give the edited one a new version")
        case .definitionChanged(let name):
            LocalizedText(
                zh: "库中“\(name)”的文本与立案时不符",
                en: "the text of '\(name)' in the store is not the one that the case was opened with")
        case .unreadableLog(let id, let reason):
            LocalizedText(
                zh: "办件 \(id) 的事件日志无法读取：\(reason)", en: "the log of case \(id) cannot be read: \(reason)")
        case .keyReused(let key):
            LocalizedText(
                zh: "幂等键“\(key)”在本办件中已用于另一指令或另一办理人；什么也没有发生。新的指令请用新的键",
                en: "the key '\(key)' was used in this case for another command or by somebody else; nothing happened. "
                    + "Give a new command a key of its own")
        case .officeName(let id):
            LocalizedText(
                zh: "“\(id)”是机关自己的台账，不能用作办件编号；请另取编号",
                en: "'\(id)' is a log of the office itself and cannot name a case; choose another id")
        case .contended(let id):
            LocalizedText(
                zh: "办件 \(id) 正被其他进程频繁修改，请稍后重试", en: "other processes keep changing case \(id); try again later")
        }
    }
}

extension CaseEvent {
    /// The event that a record of the log holds.
    ///
    /// - Throws: `OrchestratorError.unreadableLog`.
    public init(record: EventRecord) throws {
        do {
            try self.init(kind: record.event.kind, schema: record.event.schema, payload: record.event.payload)
        } catch {
            throw OrchestratorError.unreadableLog(record.caseID, "event \(record.sequence): \(error)")
        }
    }
}

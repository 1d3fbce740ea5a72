import CaseEngine
import Foundation
import Orchestrator
import WorkCalendar
import WorkflowModel

/// Why a callback was not taken.
public enum CallbackFlaw: Error, Sendable, Hashable {
    /// A header of the signature is missing.
    case unsigned
    case id
    case timestamp
    /// Older or newer than ``WebhookSigner/tolerance``.
    case stale
    case signature
    /// More than ``Callback/bodyLimit`` bytes.
    case tooLong
    /// No JSON, a key twice, or not of the form that is asked for; says where.
    case body(String)

    /// 401 for what cannot be from the department, 413 and 400 for the rest.
    public var status: Int {
        switch self {
        case .unsigned, .id, .timestamp, .stale, .signature: 401
        case .tooLong: 413
        case .body: 400
        }
    }

    public var code: String {
        switch self {
        case .unsigned: "unsigned"
        case .id: "badId"
        case .timestamp: "badTimestamp"
        case .stale: "stale"
        case .signature: "badSignature"
        case .tooLong: "tooLong"
        case .body: "badBody"
        }
    }

    public var text: LocalizedText {
        switch self {
        case .unsigned:
            LocalizedText(
                zh: "缺少 webhook-id、webhook-timestamp 或 webhook-signature",
                en: "webhook-id, webhook-timestamp or webhook-signature is missing")
        case .id: LocalizedText(zh: "webhook-id 不是 1 至 128 字节", en: "webhook-id is not of 1 to 128 bytes")
        case .timestamp: LocalizedText(zh: "webhook-timestamp 不是秒数", en: "webhook-timestamp is no number of seconds")
        case .stale:
            LocalizedText(zh: "时间相差超过 5 分钟；请校时后重新签名", en: "more than 5 minutes off; set the clock and sign anew")
        case .signature: LocalizedText(zh: "签名不符", en: "no signature agrees")
        case .tooLong: LocalizedText(zh: "正文超过 64 KiB", en: "the body has more than 64 KiB")
        case .body(let place): LocalizedText(zh: "正文有误：\(place)", en: "the body is wrong: \(place)")
        }
    }
}

/// What a department's system answers to a request (部门回调): a command for the item that the request asked for.
///
/// ```json
/// {"case": "2024-117", "request": "land-survey:1.0:complete", "item": "land-survey", "officer": "survey-03",
///  "command": {"complete": {}}}
/// ```
///
/// `command` is a command of the item, in the JSON form of docs/json.md. `webhook-id` is the idempotency key: sent again, it has the same
/// answer and no second effect.
public struct Callback: Sendable, Hashable {
    /// Most bytes of a body: 64 KiB.
    public static let bodyLimit = 64 << 10

    public let caseID: CaseID
    /// The request that it answers: ``WorkRequest/id``.
    public let request: String
    /// The person of the department, as the registry knows them.
    public let officer: String
    public let key: CommandKey
    public let command: CaseCommand
    public let actor: Actor

    /// Reads and verifies a callback of a department.
    ///
    /// - Parameter header: the value of a header by its name in lower case.
    public init(
        from connector: Connector, header: (String) -> String?, body: [UInt8], at now: Instant
    ) throws(CallbackFlaw) {
        guard body.count <= Self.bodyLimit else { throw .tooLong }
        guard let id = header("webhook-id"), let timestamp = header("webhook-timestamp"),
            let signature = header("webhook-signature")
        else { throw .unsigned }
        try WebhookSigner(connector.secrets).verify(
            id: id, timestamp: timestamp, signature: signature, body: body, at: now)
        // Nobody else's keys can be met: they have the department's name.
        guard let key = CommandKey("callback.\(connector.receiver).\(id)") else { throw .id }
        let object = try StrictJSON.object(body)
        func text(_ key: String) throws(CallbackFlaw) -> String {
            guard case .scalar(let value, isPlain: false)? = object[key]?.content, (1...128).contains(value.utf8.count)
            else { throw .body("\(key): a text of 1 to 128 bytes") }
            return value
        }
        guard let caseID = CaseID(try text("case")), !caseID.isOffice else { throw .body("case: no id of a case") }
        let request = try text("request")
        let item = try text("item")
        let officer = try text("officer")
        for key in object.keys.sorted() where !["case", "request", "item", "officer", "command"].contains(key) {
            throw .body("\(key.prefix(40)): nobody knows this key")
        }
        guard let command = object["command"] else { throw .body("command: missing") }
        do {
            let action = try JSONDecoder().decode(ItemCommand.self, from: Data(command.json.compact.utf8))
            self.command = .item(item, action)
        } catch {
            throw .body("command: no command of an item")
        }
        self.caseID = caseID
        self.request = request
        self.officer = officer
        self.key = key
        actor = Actor(role: .department, department: connector.department, name: officer)
    }
}

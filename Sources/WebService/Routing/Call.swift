import CaseEngine
import Crypto
import HTTPTypes
import Hummingbird
import NIOCore
import Orchestrator
import WorkCalendar
import WorkflowModel

/// One request, with everything that is known of whoever sent it (一次请求).
struct Call: Sendable {
    /// The number to quote when something goes wrong.
    let id: String
    let endpoint: Endpoint
    let request: Request
    /// Where it comes from.
    let address: String
    /// The values of the names in the path.
    let parameters: [String: String]
    let query: FormFields
    /// Of a form that was sent; empty for anything else.
    var fields: FormFields = .none
    /// What came with a form, in order; gone with the call unless it is kept.
    var files: [FormFile] = []
    /// The body, where the endpoint takes JSON or text.
    var body: [UInt8] = []
    let language: Language
    /// Whose office answers: that of the session, else the service's first.
    let office: CityOffice
    /// `nil` where nobody signed in.
    let person: Person?
    /// The name in the session's cookie.
    let sessionName: String?
    let session: Session?
    /// The case that the address names, when whoever asks may know of it.
    var subject: CaseSnapshot?
    /// How the person is related to it.
    var relation: Relation?
    /// What the whole service has.
    let service: ServiceParts

    var method: HTTPRequest.Method { request.method }
    var path: String { request.uri.path }
    /// Path and query.
    var location: String { request.head.path ?? path }
    var today: LocalDate { office.clock.today }
    var now: Instant { office.clock.now }

    func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    /// A value of the path.
    ///
    /// - Precondition: the endpoint's path has that name.
    func parameter(_ name: String) -> String {
        guard let value = parameters[name] else { preconditionFailure("\(endpoint.path) has no {\(name)}") }
        return value
    }

    /// Who asks; endpoints that are not public have one.
    func reader() throws -> Person {
        guard let person else { throw Problem.notSignedIn }
        return person
    }

    /// The case that the address names.
    func caseFile() throws -> CaseSnapshot {
        guard let subject else { throw Problem.notFound("没有这个办件", "There is no such case") }
        return subject
    }

    /// Whether whoever asks may do that too, in the case that this is about.
    func may(_ action: Action) -> Bool { Permissions.allows(action, to: person?.role, relation) }

    /// Refuses unless they may.
    func require(_ action: Action) throws {
        guard person != nil || Permissions.grant(action).isPublic else { throw Problem.notSignedIn }
        guard may(action) else { throw Problem.forbidden(Permissions.roles(for: action)) }
    }

    // MARK: What was sent

    /// The JSON that was sent.
    func json() throws -> JSONText { try JSONReading.read(body) }

    /// What was sent as a value; members that it does not know are refused.
    func value<Value: Codable>(_ type: Value.Type) throws -> Value { try StrictDecoding.value(type, from: try json()) }

    /// The key under which what is asked for happens once.
    func commandKey() throws -> CommandKey {
        guard let text = request.headers[.idempotencyKey] ?? fields["key"] else {
            guard !endpoint.isForPrograms else { throw Problem.keyMissing }
            return CommandKey("web.\(SecretText.random(bytes: 12).replacing("_", with: "."))")!  // of its alphabet
        }
        guard let key = CommandKey(text), !key.isReserved else { throw Problem.keyNotPlain }
        return key
    }

    /// Refuses when the case is at another version than the one that whoever asks saw.
    func requireMatch(_ etag: String) throws {
        guard let wanted = request.headers[.ifMatch] else { return }
        guard wanted == "*" || ETag.list(wanted).contains(etag) else {
            throw Problem(
                .preconditionFailed, "changedMeanwhile",
                LocalizedText(zh: "内容已被他人修改", en: "Somebody changed it meanwhile"),
                LocalizedText(
                    zh: "现在的版本是 \(etag)。请重新读取，核对后再提交。",
                    en: "It is at version \(etag) now. Read it again, check, and send once more."))
        }
    }
}

extension HTTPField.Name {
    /// draft-ietf-httpapi-idempotency-key-header.
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
    static let requestID = HTTPField.Name("X-Request-ID")!
    static let formToken = HTTPField.Name("X-CSRF-Token")!
    static let fetchSite = HTTPField.Name("Sec-Fetch-Site")!
    static let lastEventID = HTTPField.Name("Last-Event-ID")!
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
}

extension Problem {
    static let keyMissing = badRequest(
        "idempotencyKeyMissing", "写入请求须带 Idempotency-Key 头：重发时用同一个键，只会执行一次。",
        "A write needs an Idempotency-Key header: sent again under the same key, it happens once.")
    static let keyNotPlain = badRequest(
        "idempotencyKeyNotPlain", "Idempotency-Key 为 1 至 128 个字母、数字或 . _ : -，且不以系统保留的词开头。",
        "An Idempotency-Key is 1 to 128 letters, digits or . _ : -, and does not begin with a reserved word.")
}

/// Entity tags (RFC 9110 §8.8.3).
enum ETag {
    static func quoted(_ tag: String) -> String { "\"\(tag)\"" }

    /// The tags in a header, without quotes and marks of weakness.
    static func list(_ header: String) -> [String] {
        header.split(separator: ",").map { part in
            var tag = part.drop { $0 == " " }
            if tag.hasPrefix("W/") { tag = tag.dropFirst(2) }
            return tag.split(separator: "\"").first.map(String.init) ?? ""
        }
    }
}

import HTTPTypes
import WorkCalendar
import WorkflowModel

/// One thing that can be asked of the service (接口): where it is, who may ask, what comes back, and what is done.
///
/// Router, OpenAPI document, permission test and documentation are all read from the one table of these.
struct Endpoint: Sendable {
    var method: HTTPRequest.Method
    /// Literal parts and `{name}`s, such as `/v1/cases/{case}`; a part may go on after its name, as in `{token}.ics`.
    var path: String
    /// What one must be allowed to do.
    var action: Action
    var summary: LocalizedText
    /// Beyond those of the path.
    var parameters: [Parameter] = []
    var body: Body = .none
    /// What it answers when it does as asked.
    var answer: Form
    var handle: @Sendable (Call) async throws -> Answer

    /// A parameter of the query or a header.
    struct Parameter: Sendable {
        enum Place: String, Sendable { case query, header }
        var name: String
        var place: Place = .query
        var isRequired = false
        var summary: LocalizedText
        var schema: Schema
    }

    /// What a request carries.
    enum Body: Sendable {
        case none
        /// The fields of a form; the page's own affair.
        case form
        /// The fields of a form with files, all files together at most so many bytes.
        case formWithFiles(limit: Int, FileKeeping)
        case json(Schema, optional: Bool = false)
        /// A file, streamed; at most so many bytes.
        case file(limit: Int)
        /// A text, such as a workflow file.
        case text(type: String, limit: Int)
    }

    /// Where the files of a form are while it is read.
    enum FileKeeping: Sendable { case inMemory, inFileRoom }

    /// What an answer carries.
    enum Form: Sendable {
        case page
        case json(Schema, status: HTTPResponse.Status = .ok)
        case document(type: String)
        case events
        case none
        case redirect
    }

    /// Whether it is part of the interface for programs.
    var isForPrograms: Bool { path == "/v1" || path.hasPrefix("/v1/") }
    /// Whether asking changes anything.
    var isWrite: Bool { !HTTPRequest.Method.harmless.contains(method) }
    /// The names in the path, in order.
    var names: [String] {
        path.split(separator: "/").compactMap { part in
            guard part.first == "{", let end = part.firstIndex(of: "}") else { return nil }
            return String(part[part.index(after: part.startIndex)..<end])
        }
    }
    /// Whether it is about one case, whose relation to the person decides.
    var isAboutCase: Bool { names.contains("case") }
}

extension HTTPRequest.Method {
    /// Methods that change nothing (RFC 9110 §9.2.1).
    static let harmless: [HTTPRequest.Method] = [.get, .head, .options]
}

extension Endpoint {
    static func get(
        _ path: String, _ action: Action, _ zh: String, _ en: String, _ parameters: [Parameter] = [], _ answer: Form,
        _ handle: @escaping @Sendable (Call) async throws -> Answer
    ) -> Endpoint {
        Endpoint(
            method: .get, path: path, action: action, summary: LocalizedText(zh: zh, en: en), parameters: parameters,
            answer: answer, handle: handle)
    }

    static func post(
        _ path: String, _ action: Action, _ zh: String, _ en: String, _ parameters: [Parameter] = [],
        body: Body = .form, _ answer: Form = .redirect,
        _ handle: @escaping @Sendable (Call) async throws -> Answer
    ) -> Endpoint {
        Endpoint(
            method: .post, path: path, action: action, summary: LocalizedText(zh: zh, en: en), parameters: parameters,
            body: body, answer: answer, handle: handle)
    }
}

extension Endpoint.Parameter {
    static func query(_ name: String, _ zh: String, _ en: String, _ schema: Schema = .text()) -> Endpoint.Parameter {
        Endpoint.Parameter(name: name, summary: LocalizedText(zh: zh, en: en), schema: schema)
    }

    static func required(_ name: String, _ zh: String, _ en: String, _ schema: Schema = .text()) -> Endpoint.Parameter {
        Endpoint.Parameter(name: name, isRequired: true, summary: LocalizedText(zh: zh, en: en), schema: schema)
    }
}

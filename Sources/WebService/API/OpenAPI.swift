import HTTPTypes
import WorkCalendar
import WorkflowModel

/// The description of the interface, made from the table of endpoints (接口描述).
///
/// - Source: OpenAPI Specification 3.1.1.
enum OpenAPI {
    /// Those of the interface for programs.
    static func document(of endpoints: [Endpoint], version: String) -> JSONText {
        var paths: [(path: String, methods: [JSONText.Member])] = []
        for endpoint in endpoints where endpoint.isForPrograms {
            let member = JSONText.Member(endpoint.method.rawValue.lowercased(), operation(endpoint))
            if let place = paths.firstIndex(where: { $0.path == endpoint.path }) {
                paths[place].methods.append(member)
            } else {
                paths.append((endpoint.path, [member]))
            }
        }
        return .members([
            "openapi": .string("3.1.0"),
            "info": .members([
                "title": .string("Binglian 并联"), "version": .string(version),
                "description": .string(
                    "Parallel approval of construction projects. Errors are application/problem+json (RFC 9457); "
                        + "every write carries an Idempotency-Key; lists go on at the address in Link; rel=next."),
                "license": .members(["name": .string("Apache 2.0"), "identifier": .string("Apache-2.0")]),
            ]),
            "security": .array([.members(["token": .array([])])]),
            "paths": .object(paths.map { .init($0.path, .object($0.methods)) }),
            "components": .members([
                "schemas": .object(APISchemas.all.map { .init($0.name, $0.schema.json) }),
                "securitySchemes": .members([
                    "token": .members(["type": .string("http"), "scheme": .string("bearer")])
                ]),
            ]),
        ])
    }

    private static func operation(_ endpoint: Endpoint) -> JSONText {
        var members: [JSONText.Member] = [
            .init("operationId", .string(id(of: endpoint))),
            .init("summary", .string(endpoint.summary.en)), .init("description", .string(endpoint.summary.zh)),
        ]
        if Permissions.grant(endpoint.action).isPublic { members.append(.init("security", .array([]))) }
        let parameters = parameters(of: endpoint)
        if !parameters.isEmpty { members.append(.init("parameters", .array(parameters))) }
        if let body = body(of: endpoint) { members.append(.init("requestBody", body)) }
        members.append(.init("responses", .object(answers(of: endpoint))))
        return .object(members)
    }

    /// `get_v1_cases_case`.
    private static func id(of endpoint: Endpoint) -> String {
        let path = endpoint.path.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
        return endpoint.method.rawValue.lowercased()
            + path.split(separator: "_").dropFirst().map { "_" + $0 }.joined()
    }

    private static func parameters(of endpoint: Endpoint) -> [JSONText] {
        var parameters: [JSONText] = endpoint.names.map { name in
            .members([
                "name": .string(name), "in": .string("path"), "required": .bool(true),
                "schema": Schema.text(longest: 200).json,
            ])
        }
        if endpoint.isWrite, endpoint.action != .signIn {
            parameters.append(
                .members([
                    "name": .string("Idempotency-Key"), "in": .string("header"), "required": .bool(true),
                    "description": .string("Sent again under it, the request has the same answer and happens once."),
                    "schema": .members([
                        "type": .string("string"), "minLength": .integer(1), "maxLength": .integer(128),
                        "pattern": .string("^[A-Za-z0-9._:-]+$"),
                    ]),
                ]))
        }
        return parameters
            + endpoint.parameters.map { parameter in
                .members([
                    "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
                    "required": .bool(parameter.isRequired),
                    "description": .string("\(parameter.summary.en) \(parameter.summary.zh)"),
                    "schema": parameter.schema.json,
                ])
            }
    }

    private static func body(of endpoint: Endpoint) -> JSONText? {
        func content(_ type: String, _ schema: Schema, required: Bool = true) -> JSONText {
            .members([
                "required": .bool(required), "content": .object([.init(type, .members(["schema": schema.json]))]),
            ])
        }
        switch endpoint.body {
        case .none, .form, .formWithFiles: return nil
        case .json(let schema, let isOptional):
            return content("application/json", schema, required: !isOptional)
        case .file: return content("application/octet-stream", .text(format: "binary"))
        case .text(let type, _): return content(type, .text())
        }
    }

    private static func answers(of endpoint: Endpoint) -> [JSONText.Member] {
        func content(_ type: String, _ schema: Schema) -> JSONText.Member {
            .init("content", .object([.init(type, .members(["schema": schema.json]))]))
        }
        func answer(_ status: HTTPResponse.Status, _ words: String, _ content: JSONText.Member?) -> JSONText.Member {
            .init(
                String(status.code),
                .object([.init("description", .string(words))] + (content.map { [$0] } ?? [])))
        }
        var answers: [JSONText.Member] = []
        switch endpoint.answer {
        case .json(let schema, let status):
            answers.append(answer(status, "As asked.", content("application/json", schema)))
        case .document(let type):
            // Whoever reads these types gets a value, not a text.
            let isRead = type.contains("json") || type.contains("yaml")
            answers.append(answer(.ok, "The file.", content(type, isRead ? .anything : .text(format: "binary"))))
        case .events: answers.append(answer(.ok, "Events.", content("text/event-stream", .text())))
        case .none: answers.append(answer(.noContent, "Done.", nil))
        case .page: answers.append(answer(.ok, "The page.", content("text/html", .text())))
        case .redirect: answers.append(answer(.seeOther, "On to another page.", nil))
        }
        let problem = content("application/problem+json", .named("Problem"))
        if !endpoint.isWrite { answers.append(answer(.notModified, "Unchanged.", nil)) }
        var statuses: [(HTTPResponse.Status, String)] = [
            (.badRequest, "The request cannot be read."), (.unauthorized, "Nobody is signed in."),
            (.tooManyRequests, "Too many requests."), (.internalServerError, "Something of ours failed."),
            (.serviceUnavailable, "Busy."),
        ]
        if !Permissions.grant(endpoint.action).isPublic {
            statuses.append((.forbidden, "The role cannot do this."))
        }
        if !endpoint.names.isEmpty { statuses.append((.notFound, "There is none.")) }
        if endpoint.isWrite {
            statuses += [
                (.notFound, "There is none."), (.conflict, "Rules or the state of things forbid it now."),
                (.preconditionFailed, "Somebody changed it meanwhile."), (.contentTooLarge, "Too large."),
                (.unsupportedMediaType, "Another type is wanted."),
                (.unprocessableContent, "It does not hold together."),
                (.forbidden, "The role cannot do this."), (.insufficientStorage, "The disk is full."),
            ]
        } else {
            statuses += [(.conflict, "Rules or the state of things forbid it now."), (.notFound, "There is none.")]
        }
        var seen: Set<Int> = []
        for (status, words) in statuses.sorted(by: { $0.0.code < $1.0.code }) where seen.insert(status.code).inserted {
            answers.append(answer(status, words, problem))
        }
        return answers
    }
}

extension API {
    static let description: [Endpoint] = [
        .get(
            "/v1/openapi.json", .readPublic, "接口描述（OpenAPI 3.1）", "This description", [], .json(.openObject([:]))
        ) { call in
            .json(
                OpenAPI.document(of: call.service.endpoints, version: call.service.configuration.version),
                etag: "openapi-\(call.service.configuration.version)")
        }
    ]
}

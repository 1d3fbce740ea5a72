import Orchestrator
import Crypto
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import WorkCalendar
import WorkflowModel

/// What Hummingbird knows of a request's way here.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let address: String

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? "local"
    }
}

/// Answers requests (应答): who asks, whether they may, what was sent, what is done, and how it is written.
///
/// Every refusal and failure leaves here as a ``Problem`` in the reader's language.
struct WebResponder: HTTPResponder {
    let parts: ServiceParts

    static let bodyLimit = 1 << 20

    func respond(to request: Request, context: WebContext) async throws -> Response {
        var visit = Visit(request, address: address(of: request, context), parts)
        var written: Written
        do {
            written = try await answer(&visit)
        } catch {
            written = await refusal(error, visit)
        }
        Gzip.pack(&written, accepting: request.headers[.acceptEncoding])
        finish(&written.headers, visit)
        let response = written.response
        return request.method == .head ? response.createHeadResponse() : response
    }

    /// The last proxy's word where one is trusted, else the other end of the connection.
    private func address(of request: Request, _ context: WebContext) -> String {
        guard parts.configuration.isBehindProxy,
            let last = request.headers[.forwardedFor]?.split(separator: ",").last
        else { return context.address }
        return String(last.filter { $0 != " " }.prefix(64))
    }

    // MARK: The way of a request

    private func answer(_ visit: inout Visit) async throws -> Written {
        try await parts.identify(&visit)
        if let wait = parts.requests?.take(visit.person.map { "\($0.tenant)/\($0.account)" } ?? visit.address) {
            throw Problem.tooOften(wait: wait)
        }
        switch parts.table.find(visit.request.method, visit.path) {
        case .nothing: throw Problem.noSuchPage
        case .otherMethods(let methods):
            guard visit.request.method == .options else { throw Problem.methodNotAllowed(methods) }
            return options(methods, visit)
        case .endpoint(let endpoint, let parameters):
            return try await answer(endpoint, parameters, visit)
        }
    }

    private func answer(_ endpoint: Endpoint, _ parameters: [String: String], _ visit: Visit) async throws -> Written {
        let (subject, relation) = try await parts.admit(visit, to: endpoint, parameters)
        var call = Call(
            id: visit.id, endpoint: endpoint, request: visit.request, address: visit.address, parameters: parameters,
            query: visit.query, language: visit.language, office: visit.office, person: visit.person,
            sessionName: visit.sessionName,
            session: visit.session, subject: subject, relation: relation, service: parts)
        try checkQuery(endpoint, visit)
        try await readBody(into: &call, visit)
        if endpoint.isWrite {
            try parts.requireOwnOrigin(visit, token: call.fields["_token"] ?? visit.request.headers[.formToken])
        }
        // Neither a sign-in nor a department's answer, which has a key of its own, is kept here.
        guard endpoint.isForPrograms, endpoint.isWrite, endpoint.action != .signIn, endpoint.action != .callBack else {
            return try await perform(call, visit)
        }
        let key = try call.commandKey()
        let place = "\(visit.office.id)/\(visit.person?.account ?? visit.address)/\(key)"
        let print = Self.fingerprint(of: call)
        // A repeat that comes while the first is being answered waits for that answer, a moment.
        for _ in 0..<Self.patience {
            switch try await visit.office.answered.begin(place, print, hasOwnKey: endpoint.action == .command) {
            case .new(let claim): return try await perform(call, visit, under: claim)
            case .underWay: try await Task.sleep(for: .milliseconds(100))
            case .otherRequest:
                throw Problem.unprocessable(
                    "keyReused", "这个幂等键已用于另一个请求。新的请求请用新的键。",
                    "This key came with another request. Give a new request a key of its own.")
            case .answered(var recorded):
                recorded.headers[HTTPField.Name("Idempotent-Replayed")!] = "true"
                return recorded
            }
        }
        throw Problem.conflict(
            "keyUnderWay", "同一个键的请求正在处理，请稍后再问。", "A request with this key is under way; ask again soon.")
    }

    /// Tenths of a second.
    private static let patience = 20

    private func perform(_ call: Call, _ visit: Visit, under claim: AnsweredWrites.Claim) async throws -> Written {
        let answered = visit.office.answered
        do {
            let written = try await perform(call, visit)
            if (200..<300).contains(written.status.code) {
                await answered.end(claim, written)
            } else {
                await answered.giveUp(claim)
            }
            return written
        } catch {
            await answered.giveUp(claim)
            throw error
        }
    }

    private static func fingerprint(of call: Call) -> String {
        var hash = SHA256()
        hash.update(
            data: Array("\(call.method) \(call.location)\n\(call.request.headers[.contentLength] ?? "")\n".utf8))
        hash.update(data: Array((call.request.headers[HTTPField.Name("Content-Digest")!] ?? "").utf8))
        hash.update(data: call.body)
        return SecretText.encode(Array(hash.finalize()))
    }

    /// Parameters that nobody asked for are refused: a misspelt filter must not answer as if there were none.
    private func checkQuery(_ endpoint: Endpoint, _ visit: Visit) throws {
        guard endpoint.isForPrograms else { return }
        let known = Set(endpoint.parameters.filter { $0.place == .query }.map(\.name))
        for (name, _) in visit.query.all where name != "lang" && !known.contains(name) {
            throw Problem.badRequest(
                "unknownParameter", "不认识参数 \(name)。", "The parameter \(name) is unknown.")
        }
        for parameter in endpoint.parameters where parameter.isRequired && parameter.place == .query {
            guard visit.query[parameter.name] != nil else {
                throw Problem.badRequest(
                    "parameterMissing", "缺少参数 \(parameter.name)。", "The parameter \(parameter.name) is missing.")
            }
        }
    }

    private func readBody(into call: inout Call, _ visit: Visit) async throws {
        let type = call.request.headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() }
        switch call.endpoint.body {
        case .none, .file: break
        case .formWithFiles(let limit, let keeping) where type == "multipart/form-data":
            var intake = FormIntake(
                limit: keeping == .inMemory ? limit : min(limit, parts.configuration.largestFile),
                keeping: keeping == .inMemory ? nil : (parts.files, call.office.id))
            (call.fields, call.files) = try await intake.read(call.request) { fields in
                // Nothing is taken in for another site.
                try parts.requireOwnOrigin(visit, token: fields["_token"] ?? visit.request.headers[.formToken])
            }
        case .form, .formWithFiles:
            guard type == nil || type == "application/x-www-form-urlencoded" else { break }
            let bytes = try await collect(call.request, limit: Self.bodyLimit)
            guard let text = String(validating: bytes, as: UTF8.self), let fields = FormFields(text) else {
                throw Problem.unreadableForm
            }
            call.fields = fields
        case .json(_, let isOptional):
            call.body = try await collect(call.request, limit: Self.bodyLimit)
            if call.body.isEmpty, isOptional { break }
            guard type == "application/json" else { throw Problem.otherMediaType("application/json") }
        case .text(let wanted, let limit):
            call.body = try await collect(call.request, limit: limit)
            guard type == wanted || type == "text/plain" else { throw Problem.otherMediaType(wanted) }
        }
    }

    private func collect(_ request: Request, limit: Int) async throws -> [UInt8] {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw Problem.tooLarge(limit: limit)
        }
        do {
            return Array(buffer: try await request.body.collect(upTo: limit))
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(limit: limit)
        }
    }

    // MARK: Answers

    private func perform(_ call: Call, _ visit: Visit) async throws -> Written {
        let answer = try await call.endpoint.handle(call)
        if let notice = answer.notice, let name = call.sessionName {
            try await parts.sessions.change(name, at: Instant.now) { $0.notice = notice }
        }
        return await write(answer, visit)
    }

    private func write(_ answer: Answer, _ visit: Visit) async -> Written {
        var written = Written(status: answer.status)
        for (name, value) in answer.headers { written.headers.append(HTTPField(name: name, value: value)) }
        if let etag = answer.etag {
            written.headers[.eTag] = ETag.quoted(etag)
            if let known = visit.request.headers[.ifNoneMatch], !Endpoint.changes(visit.request.method),
                known == "*" || ETag.list(known).contains(etag)
            {
                written.status = .notModified
                return written
            }
        }
        switch answer.content {
        case .none: break
        case .page(let page):
            written.headers[.contentType] = "text/html; charset=utf-8"
            let context = await context(for: visit, mistakes: answer.mistakes)
            written.body = ByteBuffer(string: PageWriter.html(page, in: context))
        case .json(let json):
            written.headers[.contentType] = "application/json"
            written.body = ByteBuffer(string: json.compact)
        case .bytes(let bytes, let type):
            written.headers[.contentType] = type
            written.body = bytes
        case .document(let bytes, let type, let name):
            written.headers[.contentType] = type
            if let name { written.headers[.contentDisposition] = ContentDisposition.attachment(name) }
            written.body = ByteBuffer(bytes: bytes)
        case .seeOther(let link): written.headers[.location] = link
        case .stream(let type, let write):
            written.headers[.contentType] = type
            written.stream = write
        }
        return written
    }

    func context(for visit: Visit, mistakes: [PageContext.Mistake] = []) async -> PageContext {
        let person = visit.person
        var notice: PageContext.Notice?
        if let name = visit.sessionName, let session = visit.session {
            // What cannot be said once is not worth a failure.
            notice = try? await parts.sessions.takeNotice(name, session, at: Instant.now)
        }
        return PageContext(
            language: visit.language,
            reader: person.map {
                PageContext.Reader(name: $0.name, role: $0.post.title, hasOtherRoles: $0.posts.count > 1)
            },
            tenant: visit.office.name, today: visit.office.clock.today, location: visit.request.head.path ?? "/",
            formToken: visit.session.map { SecretText.masked($0.formToken) } ?? "",
            fileLimit: parts.files == nil ? nil : parts.configuration.largestFile,
            notice: notice, mistakes: mistakes,
            places: Place.allCases.filter { Permissions.allows($0.action, to: person?.role, nil) })
    }

    private func options(_ methods: [String], _ visit: Visit) -> Written {
        var written = Written(status: .noContent, headers: [.allow: methods.joined(separator: ", ")])
        if let origin = visit.request.headers[.origin], parts.configuration.allowedOrigins.contains(origin) {
            written.headers[.accessControlAllowMethods] = methods.joined(separator: ", ")
            written.headers[.accessControlAllowHeaders] =
                "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID"
            written.headers[.accessControlMaxAge] = "600"
        }
        return written
    }

    private func refusal(_ error: any Error, _ visit: Visit) async -> Written {
        let problem = Problem(error)
        if problem.status.code >= 500 {
            parts.logger.error(
                "request failed",
                metadata: [
                    "request": "\(visit.id)", "method": "\(visit.request.method)",
                    "path": "\(LogText.plain(visit.path))",
                    "cause": "\(LogText.plain(problem.cause ?? problem.code))",
                ])
        }
        var answer: Answer
        if visit.wantsJSON {
            answer = .json(problem.json(in: visit.language, request: visit.id), status: problem.status)
        } else if problem.status == .unauthorized, Endpoint.changes(visit.request.method) == false {
            // A person is asked to sign in and comes back to where they wanted to go.
            answer = .seeOther(Links.signIn + "?then=" + Links.escaped(visit.request.head.path ?? "/"))
        } else {
            answer = .page(ErrorPage(problem: problem, request: visit.id), status: problem.status)
        }
        answer.headers += problem.headers
        var written = await write(answer, visit)
        if visit.wantsJSON { written.headers[.contentType] = "application/problem+json" }
        return written
    }

    private func finish(_ headers: inout HTTPFields, _ visit: Visit) {
        headers[.requestID] = visit.id
        headers[.xContentTypeOptions] = "nosniff"
        if headers[.contentSecurityPolicy] == nil { headers[.contentSecurityPolicy] = SecurityHeaders.contentPolicy }
        for (name, value) in SecurityHeaders.always { headers[name] = value }
        if parts.configuration.isSecure { headers[.strictTransportSecurity] = "max-age=31536000" }
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
        headers[.contentLanguage] = visit.language == .zh ? "zh-CN" : "en"
        if let asked = visit.query["lang"], Language(rawValue: asked) != nil {
            headers.append(
                HTTPField(name: .setCookie, value: "lang=\(asked); Path=/; Max-Age=31536000; SameSite=Lax"))
        }
        if !parts.configuration.allowedOrigins.isEmpty {
            headers.append(HTTPField(name: .vary, value: "Origin"))
            if let origin = visit.request.headers[.origin], parts.configuration.allowedOrigins.contains(origin) {
                headers[.accessControlAllowOrigin] = origin
                headers[.accessControlExposeHeaders] = "ETag, Link, Location, Retry-After, X-Request-ID"
            }
        }
    }
}

/// An answer as it goes out, before it is packed.
struct Written: Sendable {
    var status: HTTPResponse.Status
    var headers = HTTPFields()
    var body = ByteBuffer()
    /// Written as it comes, in place of the body.
    var stream: (@Sendable (inout any ResponseBodyWriter) async throws -> Void)?

    var response: Response {
        Response(
            status: status, headers: headers, body: stream.map { ResponseBody($0) } ?? ResponseBody(byteBuffer: body))
    }
}

/// Headers of every answer.
///
/// - Source: OWASP HTTP Headers Cheat Sheet.
enum SecurityHeaders {
    static let contentPolicy =
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    static let always: [(HTTPField.Name, String)] = [
        (HTTPField.Name("Referrer-Policy")!, "same-origin"),
        (HTTPField.Name("Cross-Origin-Opener-Policy")!, "same-origin"),
        (HTTPField.Name("Cross-Origin-Resource-Policy")!, "same-origin"),
        (HTTPField.Name("Permissions-Policy")!, "camera=(), geolocation=(), microphone=()"),
    ]
}

extension Endpoint {
    static func changes(_ method: HTTPRequest.Method) -> Bool { !HTTPRequest.Method.harmless.contains(method) }
}

extension Problem {
    static func tooOften(wait: Int) -> Problem {
        Problem(
            .tooManyRequests, "tooOften", LocalizedText(zh: "请求太频繁", en: "Too many requests"),
            LocalizedText(zh: "请在 \(wait) 秒后重试。", en: "Try again in \(wait) second\(wait == 1 ? "" : "s")."),
            headers: [(.retryAfter, String(wait))])
    }

    static func methodNotAllowed(_ methods: [String]) -> Problem {
        Problem(
            .methodNotAllowed, "methodNotAllowed", LocalizedText(zh: "这里不接受这种方法", en: "This method is not taken here"),
            LocalizedText(
                zh: "可用的方法：\(methods.joined(separator: "、"))。", en: "Methods taken: \(methods.joined(separator: ", "))."
            ),
            headers: [(.allow, methods.joined(separator: ", "))])
    }

    static func otherMediaType(_ wanted: String) -> Problem {
        Problem(
            .unsupportedMediaType, "otherMediaType",
            LocalizedText(zh: "内容类型不对", en: "This type of content is not taken"),
            LocalizedText(zh: "请用 Content-Type: \(wanted)。", en: "Send it as Content-Type: \(wanted)."))
    }
}

/// Text for a line of the log: other people's line ends and colours do not get into it.
enum LogText {
    static func plain(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars.prefix(500) {
            let isPlain =
                scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && scalar.value != 0x2028
                && scalar.value != 0x2029
            out.unicodeScalars.append(isPlain ? scalar : " ")
        }
        return out
    }
}

/// Names of files that are to be kept.
enum ContentDisposition {
    /// - Source: RFC 6266 §4.3, RFC 8187.
    static func attachment(_ name: String) -> String {
        let plain = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "_" })
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(Links.escaped(name))"
    }
}

extension Place {
    /// What one must be allowed to do to open it.
    var action: Action {
        switch self {
        case .work, .cases: .listCases
        case .workflows: .readWorkflows
        case .simulation: .simulate
        case .supervision: .readFigures
        case .calendar: .readCalendars
        case .exchange: .exportAll
        case .system: .readSystem
        }
    }
}

import CaseEngine
import HTTPTypes
import WorkCalendar
import WorkflowModel

/// Why a request cannot be answered as asked (问题), in the words that screens, interface and terminal share.
///
/// Programs get it as `application/problem+json`, people as a page; both have the same sentences.
///
/// - Source: RFC 9457.
struct Problem: Error, Sendable {
    var status: HTTPResponse.Status
    /// The stable name.
    var code: String
    /// What is wrong, in a few words.
    var title: LocalizedText
    /// What is wrong with your thing, and what to do.
    var detail: LocalizedText
    /// The rule that forbids it.
    var rule: LawRule?
    /// Members beyond those of every problem.
    var more: [JSONText.Member] = []
    var headers: [(name: HTTPField.Name, value: String)] = []
    /// For the log alone.
    var cause: String?

    init(
        _ status: HTTPResponse.Status, _ code: String, _ title: LocalizedText, _ detail: LocalizedText,
        rule: LawRule? = nil, more: [JSONText.Member] = [], headers: [(name: HTTPField.Name, value: String)] = [],
        cause: String? = nil
    ) {
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.rule = rule
        self.more = more
        self.headers = headers
        self.cause = cause
    }

    /// - Parameter request: the number to quote.
    func json(in language: Language, request: String) -> JSONText {
        var members: [JSONText.Member] = [
            .init("type", .string("about:blank")), .init("status", .integer(status.code)), .init("code", .string(code)),
            .init("title", .string(title[language])), .init("detail", .string(detail[language])),
            .init("request", .string(request)),
        ]
        if let rule {
            members.append(
                .init(
                    "rule",
                    .members([
                        "id": .string(rule.id), "title": .string(rule.title[language]), "source": .string(rule.source),
                    ])))
        }
        return .object(members + more)
    }
}

extension Problem {
    static func notFound(_ zh: String, _ en: String) -> Problem {
        Problem(
            .notFound, "notFound", LocalizedText(zh: "找不到", en: "Not found"),
            LocalizedText(zh: "\(zh)。请核对编号，或从列表中查找。", en: "\(en). Check the number, or look it up in the list."))
    }

    static let noSuchPage = Problem(
        .notFound, "notFound", LocalizedText(zh: "找不到这个页面", en: "There is no such page"),
        LocalizedText(zh: "地址可能已经改变。请从导航或搜索进入。", en: "The address may have changed. Use the navigation or the search."))

    static func badRequest(_ code: String, _ zh: String, _ en: String) -> Problem {
        Problem(
            .badRequest, code, LocalizedText(zh: "请求读不懂", en: "The request cannot be read"),
            LocalizedText(zh: zh, en: en))
    }

    static func unprocessable(_ code: String, _ zh: String, _ en: String) -> Problem {
        Problem(
            .unprocessableContent, code, LocalizedText(zh: "还不能处理", en: "This cannot be processed yet"),
            LocalizedText(zh: zh, en: en))
    }

    static func conflict(_ code: String, _ zh: String, _ en: String) -> Problem {
        Problem(
            .conflict, code, LocalizedText(zh: "与现状冲突", en: "This conflicts with how things stand"),
            LocalizedText(zh: zh, en: en))
    }

    static let notSignedIn = Problem(
        .unauthorized, "notSignedIn", LocalizedText(zh: "请先登录", en: "Sign in first"),
        LocalizedText(zh: "登录后可以继续；填写的内容不会提交。", en: "You can go on after you have signed in; nothing was sent."),
        headers: [(.wwwAuthenticate, "Bearer realm=\"binglian\"")])

    static func tooLarge(limit: Int) -> Problem {
        let size = limit >= 1 << 20 ? "\(limit >> 20) MiB" : "\(limit >> 10) KiB"
        return Problem(
            .contentTooLarge, "tooLarge", LocalizedText(zh: "内容太大", en: "This is too large"),
            LocalizedText(zh: "最多 \(size)。请缩小后再发。", en: "At most \(size) are taken. Make it smaller and send it again.")
        )
    }

    /// - Parameter roles: which roles could.
    static func forbidden(_ roles: [ServiceRole]) -> Problem {
        let zh = roles.map(\.title.zh).joined(separator: "、")
        let en = roles.map(\.title.en).joined(separator: ", ")
        return Problem(
            .forbidden, "roleMissing", LocalizedText(zh: "您的岗位不能做这件事", en: "Your role cannot do this"),
            roles.isEmpty
                ? LocalizedText(zh: "没有岗位可以这样做。", en: "No role can do this.")
                : LocalizedText(
                    zh: "可以办理的岗位：\(zh)。可切换岗位，或请他们办理。", en: "Roles that can: \(en). Switch roles, or ask one of them."))
    }
}

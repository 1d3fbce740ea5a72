import HTTPTypes
import Hummingbird
import WorkCalendar

/// What is known of a request before anything is done for it (来访).
struct Visit: Sendable {
    let id: String
    let request: Request
    let path: String
    let query: FormFields
    let cookies: [String: String]
    /// Where it comes from.
    let address: String
    let language: Language
    var office: CityOffice
    var person: Person?
    var sessionName: String?
    var session: Session?
    /// Whether a cookie said who it is, which a browser sends along whoever made the request.
    var isByCookie = false

    init(_ request: Request, address: String, _ parts: ServiceParts) {
        self.request = request
        id = SecretText.random(bytes: 6)
        let target = request.head.path ?? "/"
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = halves[0].hasPrefix("/") ? String(halves[0]) : "/"
        query = halves.count > 1 ? FormFields(String(halves[1])) ?? .none : .none
        cookies = Self.cookies(of: request)
        self.address = address
        language = Self.language(of: request, query: query, cookies: cookies)
        office = parts.offices.first
    }

    /// Whether the interface for programs is asked, or a page's content for programs.
    var wantsJSON: Bool {
        if path == "/v1" || path.hasPrefix("/v1/") { return true }
        guard let accepted = request.headers[.accept] else { return false }
        return accepted.contains("json") && !accepted.contains("text/html")
    }

    private static func cookies(of request: Request) -> [String: String] {
        var cookies: [String: String] = [:]
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";").prefix(50) {
                let halves = pair.split(separator: "=", maxSplits: 1)
                guard halves.count == 2 else { continue }
                let name = String(halves[0].drop { $0 == " " })
                // Of two of one name the first is ours or nobody's.
                if cookies[name] == nil { cookies[name] = String(halves[1]) }
            }
        }
        return cookies
    }

    /// `?lang=`, else the cookie, else what the browser prefers, else Chinese.
    private static func language(of request: Request, query: FormFields, cookies: [String: String]) -> Language {
        if let asked = query["lang"].flatMap({ Language(rawValue: $0) }) { return asked }
        if let kept = cookies["lang"].flatMap({ Language(rawValue: $0) }) { return kept }
        guard let accepted = request.headers[.acceptLanguage] else { return .zh }
        let ranges = accepted.split(separator: ",").prefix(20).enumerated().compactMap {
            position, range -> (Language, Double, Int)? in
            let parts = range.split(separator: ";")
            guard let tag = parts.first?.lowercased().split(separator: " ").first else { return nil }
            let quality = parts.dropFirst().lazy.compactMap { part -> Double? in
                let part = part.filter { $0 != " " }
                return part.hasPrefix("q=") ? Double(part.dropFirst(2)) : nil
            }.first
            if tag == "zh" || tag.hasPrefix("zh-") { return (.zh, quality ?? 1, position) }
            if tag == "en" || tag.hasPrefix("en-") { return (.en, quality ?? 1, position) }
            return nil
        }
        return ranges.filter { $0.1 > 0 }.max { ($0.1, -$0.2) < ($1.1, -$1.2) }?.0 ?? .zh
    }
}

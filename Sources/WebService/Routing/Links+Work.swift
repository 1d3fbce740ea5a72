import Planning
import WorkCalendar

extension Links {
    static let stylesheet = "/assets/binglian.css"
    static let script = "/assets/binglian.js"

    /// Where roles are changed, and where to go back to.
    static func role(returning location: String) -> String { role + "?then=" + escaped(location) }

    /// Where to sign in, and where to go on from there.
    static func signIn(returning location: String) -> String { signIn + "?then=" + escaped(location) }

    /// The same path and query in another language.
    static func location(_ location: String, in language: Language) -> String {
        let parts = location.split(separator: "?", maxSplits: 1).map(String.init)
        let kept = (parts.count > 1 ? parts[1] : "").split(separator: "&").filter { !$0.hasPrefix("lang=") }
        return (parts.first ?? "/") + "?"
            + (kept.map(String.init) + ["lang=\(language.rawValue)"]).joined(separator: "&")
    }

    /// A list of cases by what it is filtered by.
    static func caseList(
        matching text: String = "", status: String = "", light: String = "", sort: String = "", page: Int = 1,
        after: String = ""
    )
        -> String
    {
        let pairs = [
            ("q", text), ("status", status), ("light", light), ("sort", sort), ("page", page > 1 ? "\(page)" : ""),
            ("after", after),
        ].filter { !$0.1.isEmpty }
        return pairs.isEmpty ? cases : cases + "?" + pairs.map { "\($0)=\(escaped($1))" }.joined(separator: "&")
    }

    /// Where the form of one thing to do with a whole case is, and where it is sent.
    static func act(_ id: String, _ verb: String) -> String { caseFile(id) + "/acts/" + escaped(verb) }

    /// One event of a case's history.
    static func event(_ id: String, _ number: Int) -> String { history(id) + "#e\(number)" }
}

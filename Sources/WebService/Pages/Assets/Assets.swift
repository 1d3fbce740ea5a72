/// What pages load besides themselves (静态资源): one style sheet, one script, one icon, all in the program.
struct Asset: Sendable {
    let name: String
    let type: String
    let bytes: [UInt8]
    /// Changes with the content.
    let etag: String

    init(_ name: String, type: String, _ text: String) {
        self.name = name
        self.type = type
        bytes = Array(text.utf8)
        etag = String(SecretText.hash(text).prefix(16))
    }
}

enum Assets {
    static let all: [Asset] = [
        Asset("binglian.css", type: "text/css; charset=utf-8", stylesheet),
        Asset("binglian.js", type: "text/javascript; charset=utf-8", script),
        Asset("icon.svg", type: "image/svg+xml", icon),
    ]

    static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M4 8h10M4 16h10M4 24h10M14 8c6 0 6 8 14 8M14 16h14\
        M14 24c6 0 6-8 14-8" fill="none" stroke="#0b5cad" stroke-width="3" stroke-linecap="round"/></svg>
        """
}

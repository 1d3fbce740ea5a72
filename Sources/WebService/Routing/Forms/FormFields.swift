/// The fields of a form or a query, in order (表单字段).
struct FormFields: Sendable {
    let all: [(name: String, value: String)]

    static let none = FormFields(all: [])
    /// More fields than any form of ours has.
    private static let limit = 2000

    init(all: [(name: String, value: String)]) { self.all = all }

    /// Reads `application/x-www-form-urlencoded`; `nil` when it is none.
    init?(_ text: String) {
        var all: [(name: String, value: String)] = []
        for pair in text.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard all.count < Self.limit, let name = halves[0].formDecoded,
                let value = halves.count > 1 ? halves[1].formDecoded : ""
            else { return nil }
            all.append((name, value))
        }
        self.all = all
    }

    /// The first value of that name.
    subscript(name: String) -> String? { all.first { $0.name == name }?.value }

    /// All values of that name: of boxes that can be ticked together.
    func values(_ name: String) -> [String] { all.filter { $0.name == name }.map(\.value) }

    /// The value without white space around it; `nil` when nothing is left.
    func text(_ name: String) -> String? {
        guard let value = self[name] else { return nil }
        let parts = value.split(omittingEmptySubsequences: false) { !$0.isWhitespace }
        guard parts.count > 1 else { return nil }
        let start = value.firstIndex { !$0.isWhitespace } ?? value.startIndex
        let end = value.lastIndex { !$0.isWhitespace } ?? value.startIndex
        return String(value[start...end])
    }
}

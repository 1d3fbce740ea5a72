import WorkCalendar

/// A plan from another program (外来计划), and what was lost on the way.
///
/// It becomes a workflow file that somebody goes on with: what a plan of another program cannot say, such as legal bases, is
/// left to them and told in the losses.
public struct ForeignPlan: Sendable, Hashable {
    public var id: String
    public var title: String
    public var items: [ForeignItem]
    /// Names by id, in the order in which they came.
    public var departments: [(id: String, title: String)] {
        get { zip(departmentIDs, departmentTitles).map { ($0, $1) } }
        set {
            departmentIDs = newValue.map(\.id)
            departmentTitles = newValue.map(\.title)
        }
    }
    private var departmentIDs: [String] = []
    private var departmentTitles: [String] = []
    /// What changes or is left out.
    public var losses: [LocalizedText]

    public init(id: String, title: String, items: [ForeignItem] = [], losses: [LocalizedText] = []) {
        self.id = id
        self.title = title
        self.items = items
        self.losses = losses
    }

    /// The most items that are taken in.
    public static let mostItems = 2_000
    /// The largest file, in bytes.
    public static let largestFile = 10 << 20

    /// Reads a BPMN process or a schedule of Microsoft Project, whichever it is.
    ///
    /// - Throws: ``ForeignFileError`` with the place.
    public static func read(_ bytes: [UInt8]) throws(ForeignFileError) -> ForeignPlan {
        isProcess(bytes) ? try ProcessFile.read(bytes) : try ProjectFile.read(bytes)
    }

    /// Whether a file begins as a BPMN process does.
    public static func isProcess(_ bytes: [UInt8]) -> Bool {
        let start = String(decoding: bytes.prefix(4096), as: UTF8.self)
        return start.contains("definitions") && !start.contains("schemas.microsoft.com/project")
    }

    /// One task.
    public struct ForeignItem: Sendable, Hashable {
        public var id: String
        public var title: String
        public var department: String?
        public var isMilestone: Bool
        /// `1/3/5 wd`; empty when the file does not say.
        public var takes: String
        /// The kind of item, as workflow files call it; `nil` when the file does not say.
        public var kind: String?
        public var limit: String?
        public var after: [Link]

        public init(
            id: String, title: String, department: String? = nil, isMilestone: Bool = false, takes: String = "",
            kind: String? = nil, limit: String? = nil, after: [Link] = []
        ) {
            self.id = id
            self.title = title
            self.department = department
            self.isMilestone = isMilestone
            self.takes = takes
            self.kind = kind
            self.limit = limit
            self.after = after
        }
    }

    public struct Link: Sendable, Hashable {
        public var item: String
        /// `FS`, `SS`, `FF` or `SF`.
        public var type: String
        /// `3 wd`; empty for none.
        public var lag: String

        public init(item: String, type: String = "FS", lag: String = "") {
            self.item = item
            self.type = type
            self.lag = lag
        }
    }

    /// The plan as a workflow file.
    ///
    /// - Complexity: O(items + links).
    public var workflowText: String {
        let source = "imported from another program"
        var lines = [
            "# Imported 导入: say which stage, kind and legal basis each item has, and what the limits are.",
            "workflow: \(id)", "version: \"1\"", "title: \(Self.text(title))", "processType: 10",
            "source: \(source)", "calendar: cn", "facts: {}", "departments:",
        ]
        let known = departments.isEmpty ? [("office", "部门")] : departments
        for (id, title) in known { lines.append("  \(id): \(Self.text(title))") }
        lines += [
            "targets: []", "stages:", "  - id: imported", "    title: {zh: 导入, en: Imported}", "    national: 5",
            "    items:",
        ]
        for item in items {
            lines.append("      - id: \(item.id)")
            lines.append("        title: \(Self.text(item.title))")
            lines.append("        kind: \(item.isMilestone ? "milestone" : item.kind ?? "approval")")
            if !item.isMilestone {
                lines.append("        department: \(item.department ?? known[0].0)")
                lines.append("        takes: \(item.takes.isEmpty ? "1 wd" : item.takes)")
                if let limit = item.limit { lines.append("        limit: \(limit)") }
                lines.append("        source: \(source)")
            }
            guard !item.after.isEmpty else { continue }
            let links = item.after.map { link in
                link.type == "FS" && link.lag.isEmpty
                    ? link.item
                    : "{item: \(link.item), type: \(link.type)" + (link.lag.isEmpty ? "}" : ", lag: \(link.lag)}")
            }
            lines.append("        after: [\(links.joined(separator: ", "))]")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(_ text: String) -> String { "{zh: \(quoted(text)), en: \(quoted(text))}" }

    /// As a YAML scalar between double quotes.
    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\t", "\n", "\r": out += " "
            default: out.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
            }
        }
        return out + "\""
    }
}

/// Gives out ids that workflow files allow: small letters, digits and `-`, no two alike.
struct PlainIDs {
    private var used: Set<String> = []

    /// An id like a name; `prefix` and a number where the name has nothing to make one of.
    mutating func id(like name: String, prefix: String) -> String {
        var plain = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9": plain.unicodeScalars.append(scalar)
            case "A"..."Z": plain.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value + 0x20)))
            default: if !plain.isEmpty, !plain.hasSuffix("-") { plain += "-" }
            }
            if plain.utf8.count >= 48 { break }
        }
        while plain.hasSuffix("-") { plain.removeLast() }
        // Neither a number nor a word that YAML takes for something else.
        let isWord = ["null", "true", "false", "yes", "no", "on", "off"].contains(plain)
        if plain.first?.isNumber == true || plain.isEmpty || isWord {
            plain = plain.isEmpty ? prefix : "\(prefix)-\(plain)"
        }
        var id = plain
        var number = 2
        while !used.insert(id).inserted {
            id = "\(plain)-\(number)"
            number += 1
        }
        return id
    }
}

import WorkCalendar

/// A department's register as it hands it over in a file (共享数据目录): who has which document.
///
/// CSV with a line of headings `material,holder,hash,issuedOn,validUntil,answer` in any order, of which the first three are
/// needed; `holder` is a project code or a unified social credit code.
public struct RegisterFile: Sendable {
    /// One document of the register.
    public struct Entry: Hashable, Sendable {
        public let material: String
        public let holder: String
        public let hash: String
        public let issuedOn: LocalDate?
        public let validUntil: LocalDate?
        /// What the register says in words.
        public let answer: String

        public init(
            material: String, holder: String, hash: String, issuedOn: LocalDate?, validUntil: LocalDate?,
            answer: String
        ) {
            self.material = material
            self.holder = holder
            self.hash = hash
            self.issuedOn = issuedOn
            self.validUntil = validUntil
            self.answer = answer
        }
    }

    /// The latest entry of each material and holder, as the file has them in order.
    private var entries: [[String]: Entry] = [:]

    public var count: Int { entries.count }

    /// The most lines that are read.
    public static let limit = 1_000_000

    /// Reads a register.
    ///
    /// - Throws: ``ForeignFileError`` with the line.
    /// - Complexity: O(n), n = characters.
    public init(_ text: String) throws(ForeignFileError) {
        var lines = CSVLines(text)
        guard let heading = try lines.next() else {
            throw ForeignFileError(
                LocalizedText(zh: "文件是空的", en: "the file is empty"), advice: Self.headings)
        }
        let names = heading.fields.map { $0.trimmedOfBlanks }
        for needed in ["material", "holder", "hash"] where !names.contains(needed) {
            throw ForeignFileError(
                line: 1, LocalizedText(zh: "标题行没有 \(needed)", en: "the line of headings lacks \(needed)"),
                advice: Self.headings)
        }
        while let line = try lines.next() {
            guard line.number <= Self.limit else {
                throw ForeignFileError(
                    line: line.number, LocalizedText(zh: "超过 \(Self.limit) 行", en: "more than \(Self.limit) lines"),
                    advice: LocalizedText(zh: "拆分文件。", en: "Divide the file."))
            }
            let entry = try Self.entry(line, names)
            entries[[entry.material, entry.holder]] = entry
        }
    }

    /// What the register has of a material for one of several holders, the first of them that has it.
    public func entry(of material: String, for holders: [String]) -> Entry? {
        holders.lazy.compactMap { entries[[material, $0]] }.first
    }

    private static let headings = LocalizedText(
        zh: "第一行写 material,holder,hash,issuedOn,validUntil,answer。",
        en: "Begin with the line material,holder,hash,issuedOn,validUntil,answer.")

    private static func entry(_ line: CSVLines.Line, _ names: [String]) throws(ForeignFileError) -> Entry {
        guard line.fields.count == names.count else {
            throw ForeignFileError(
                line: line.number,
                LocalizedText(
                    zh: "有 \(line.fields.count) 列，标题行有 \(names.count) 列",
                    en: "\(line.fields.count) columns where the headings have \(names.count)"),
                advice: LocalizedText(zh: "补齐各列；含逗号的内容用双引号括起。", en: "Fill every column, and quote what has a comma."))
        }
        func value(_ name: String) -> String {
            names.firstIndex(of: name).map { line.fields[$0].trimmedOfBlanks } ?? ""
        }
        func date(_ name: String) throws(ForeignFileError) -> LocalDate? {
            let text = value(name)
            if text.isEmpty { return nil }
            guard let date = LocalDate(text) else {
                throw ForeignFileError(
                    line: line.number, LocalizedText(zh: "\(name) “\(text)”不是日期", en: "\(name) '\(text)' is no date"),
                    advice: LocalizedText(zh: "写作 2026-03-02。", en: "Write it like 2026-03-02."))
            }
            return date
        }
        for needed in ["material", "holder", "hash"] where value(needed).isEmpty {
            throw ForeignFileError(
                line: line.number, LocalizedText(zh: "\(needed) 为空", en: "\(needed) is empty"),
                advice: LocalizedText(zh: "补上，或者删去这一行。", en: "Fill it in, or take the line out."))
        }
        return Entry(
            material: value("material"), holder: value("holder"), hash: value("hash"), issuedOn: try date("issuedOn"),
            validUntil: try date("validUntil"), answer: value("answer"))
    }
}

/// The lines of a CSV text (RFC 4180): fields between commas, quoted where they have commas, quotes or line ends.
struct CSVLines {
    struct Line {
        /// From 1, where it begins.
        let number: Int
        let fields: [String]
    }

    private var rest: Substring.UnicodeScalarView
    private var number = 1

    init(_ text: String) {
        rest = text.unicodeScalars[...]
        if rest.first == "\u{FEFF}" { rest.removeFirst() }
    }

    /// The next line that is not empty; `nil` at the end.
    mutating func next() throws(ForeignFileError) -> Line? {
        while let first = rest.first, first == "\n" || first == "\r" {
            if first == "\n" { number += 1 }
            rest.removeFirst()
        }
        guard !rest.isEmpty else { return nil }
        let start = number
        var fields: [String] = []
        while true {
            fields.append(try field(from: start))
            guard rest.first == "," else { break }
            rest.removeFirst()
        }
        return Line(number: start, fields: fields)
    }

    private mutating func field(from start: Int) throws(ForeignFileError) -> String {
        var text = String.UnicodeScalarView()
        guard rest.first == "\"" else {
            while let next = rest.first, next != ",", next != "\n", next != "\r" {
                text.append(next)
                rest.removeFirst()
            }
            return String(text)
        }
        rest.removeFirst()
        while let next = rest.popFirst() {
            if next == "\n" { number += 1 }
            if next != "\"" {
                text.append(next)
            } else if rest.first == "\"" {
                text.append(next)
                rest.removeFirst()
            } else {
                return String(text)
            }
        }
        throw ForeignFileError(
            line: start, LocalizedText(zh: "引号没有结束", en: "a quotation mark is not closed"),
            advice: LocalizedText(zh: "补上结尾的双引号。", en: "Close it."))
    }
}

extension String {
    fileprivate var trimmedOfBlanks: String {
        var text = self[...]
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }
}

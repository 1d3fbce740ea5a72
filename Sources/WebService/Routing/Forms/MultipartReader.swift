/// Takes a form with files apart while it comes in (带文件的表单), whatever pieces it comes in: one pass, bounded memory.
///
/// It keeps at most what could be the beginning of a delimiter, or one part's headers; content is handed on at once.
///
/// - Source: RFC 7578 (multipart/form-data), RFC 2046 §5.1.1 (delimiters).
struct MultipartReader: Sendable {
    /// What a part says of itself.
    struct Part: Hashable, Sendable {
        /// The field of the form.
        var name: String
        /// Where it is a file: as its sender calls it, which becomes no path.
        var fileName: String?
    }

    /// What was found, in order.
    enum Found: Hashable, Sendable {
        case part(Part)
        /// A piece of the content of the part that began last; never empty.
        case content([UInt8])
        case partEnd
        /// The form is whole; what follows is nothing.
        case end
    }

    /// Why it is no form.
    enum Defect: Error, Hashable, Sendable {
        /// It ends before its last delimiter.
        case incomplete
        case noDelimiter, delimiterMalformed
        case headersTooLong, headersMalformed
        case tooManyParts
    }

    /// Most bytes of a part's headers.
    static let headerLimit = 8 << 10
    /// Most bytes before the first delimiter.
    static let preambleLimit = 1 << 10
    /// More parts than any form of ours has.
    static let partLimit = 2000

    private enum State { case preamble, delimiter, headers, content, over }

    /// CR LF, two hyphens and the boundary.
    private let delimiter: [UInt8]
    private var state = State.preamble
    /// What is not handed on yet. The line end before the first delimiter is the beginning of the body.
    private var rest: [UInt8] = [cr, lf]
    private var passed = 0
    private var parts = 0

    private static let cr = UInt8(ascii: "\r")
    private static let lf = UInt8(ascii: "\n")
    private static let hyphen = UInt8(ascii: "-")

    /// - Parameter boundary: of the content type.
    init(boundary: String) { delimiter = [Self.cr, Self.lf, Self.hyphen, Self.hyphen] + Array(boundary.utf8) }

    /// Whether the last delimiter has come.
    var isOver: Bool { state == .over }

    /// Takes the next piece.
    ///
    /// - Returns: what it holds; how content is cut depends on the pieces, its bytes and everything else do not.
    mutating func take(_ piece: some Collection<UInt8>) throws(Defect) -> [Found] {
        guard state != .over else { return [] }
        rest += piece
        var found: [Found] = []
        var at = 0
        loop: while true {
            switch state {
            case .over: break loop
            case .preamble:
                let (end, isDelimiter) = search(from: at)
                passed += end - at
                guard passed <= Self.preambleLimit else { throw .noDelimiter }
                at = end
                guard isDelimiter else { break loop }
                at += delimiter.count
                state = .delimiter
            case .content:
                let (end, isDelimiter) = search(from: at)
                if end > at { found.append(.content(Array(rest[at..<end]))) }
                at = end
                guard isDelimiter else { break loop }
                at += delimiter.count
                found.append(.partEnd)
                state = .delimiter
            case .delimiter:
                guard try passDelimiterEnd(&at, &found) else { break loop }
            case .headers:
                guard let end = headersEnd(from: at) else {
                    // With the four bytes of the end that may still be on their way.
                    guard rest.count - at <= Self.headerLimit + 4 else { throw .headersTooLong }
                    break loop
                }
                guard end - at <= Self.headerLimit else { throw .headersTooLong }
                parts += 1
                guard parts <= Self.partLimit else { throw .tooManyParts }
                found.append(.part(try PartHeaders.read(rest[at..<end])))
                at = end + 2
                state = .content
            }
        }
        rest.removeFirst(at)
        return found
    }

    /// - Throws: when what came is no whole form.
    func finish() throws(Defect) {
        guard state == .over else { throw state == .preamble ? .noDelimiter : .incomplete }
    }

    /// Where the delimiter begins, or else where it still could.
    private func search(from start: Int) -> (end: Int, isDelimiter: Bool) {
        var at = start
        // A boundary has no line ends, so no delimiter begins inside of another.
        while let next = rest[at...].firstIndex(of: Self.cr) {
            let length = min(delimiter.count, rest.count - next)
            if rest[next..<next + length].elementsEqual(delimiter[..<length]) {
                return (next, length == delimiter.count)
            }
            at = next + 1
        }
        return (rest.count, false)
    }

    /// What stands between a delimiter and the next part's headers.
    ///
    /// - Returns: `false` when more has to come.
    private mutating func passDelimiterEnd(_ at: inout Int, _ found: inout [Found]) throws(Defect) -> Bool {
        let left = rest.count - at
        guard left >= 2 else { return false }
        if rest[at] == Self.hyphen, rest[at + 1] == Self.hyphen {
            found.append(.end)
            at = rest.count
            state = .over
            return true
        }
        // Spaces may pad a delimiter; nobody sends more than a few.
        guard let end = rest[at...].firstIndex(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }),
            end + 1 < rest.count
        else {
            guard left <= 64 else { throw .delimiterMalformed }
            return false
        }
        guard end - at <= 62, rest[end] == Self.cr, rest[end + 1] == Self.lf else { throw .delimiterMalformed }
        at = end + 2
        state = .headers
        return true
    }

    /// Where the headers' last line ends, without its line end; the empty line follows.
    private func headersEnd(from start: Int) -> Int? {
        var at = start
        while let next = rest[at...].firstIndex(of: Self.cr) {
            guard next + 3 < rest.count else { return nil }
            if rest[next + 1] == Self.lf, rest[next + 2] == Self.cr, rest[next + 3] == Self.lf { return next + 2 }
            at = next + 1
        }
        return nil
    }
}

/// The headers of a part.
private enum PartHeaders {
    static func read(_ bytes: ArraySlice<UInt8>) throws(MultipartReader.Defect) -> MultipartReader.Part {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .headersMalformed }
        var part: MultipartReader.Part?
        for line in text.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { throw .headersMalformed }
            guard line[..<colon].lowercased() == "content-disposition" else { continue }
            guard part == nil, let read = disposition(line[line.index(after: colon)...]) else {
                throw .headersMalformed
            }
            part = read
        }
        guard let part else { throw .headersMalformed }
        return part
    }

    /// `form-data; name="…"; filename="…"`. Other parameters mean nothing here, `filename*` among them (RFC 7578 §4.2).
    private static func disposition(_ text: Substring) -> MultipartReader.Part? {
        var rest = text
        skipSpace(&rest)
        guard rest.lowercased().hasPrefix("form-data") else { return nil }
        rest = rest.dropFirst("form-data".count)
        var name: String?
        var fileName: String?
        while true {
            skipSpace(&rest)
            guard let next = rest.first else { break }
            guard next == ";" else { return nil }
            rest.removeFirst()
            skipSpace(&rest)
            let key = rest.prefix { $0 != "=" && $0 != ";" }.lowercased()
            rest = rest.drop { $0 != "=" && $0 != ";" }
            guard rest.first == "=" else { continue }
            rest.removeFirst()
            guard let value = value(&rest) else { return nil }
            switch key {
            case "name":
                guard name == nil else { return nil }
                name = value
            case "filename":
                guard fileName == nil else { return nil }
                fileName = value
            default: break
            }
        }
        return name.map { MultipartReader.Part(name: $0, fileName: fileName) }
    }

    private static func skipSpace(_ text: inout Substring) { text = text.drop { $0 == " " || $0 == "\t" } }

    /// A word, or text in quotes: browsers write a quote as `%22` and line ends as `%0D%0A` (HTML Standard, "Multipart form
    /// data"), other programs put a backslash before a quote.
    private static func value(_ rest: inout Substring) -> String? {
        guard rest.first == "\"" else {
            let word = rest.prefix { $0 != ";" && $0 != " " && $0 != "\t" }
            rest = rest.dropFirst(word.count)
            return String(word)
        }
        rest.removeFirst()
        var value = ""
        while let next = rest.popFirst() {
            if next == "\"" {
                return value.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
            }
            if next == "\\", rest.first == "\"" || rest.first == "\\" {
                value.append(rest.removeFirst())
            } else {
                value.append(next)
            }
        }
        return nil
    }
}

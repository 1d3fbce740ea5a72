import Foundation
import FoundationXML
import WorkCalendar

/// What a reader of some XML vocabulary does with its elements.
protocol XMLElementReader {
    /// - Parameter name: without a namespace's prefix.
    mutating func begin(_ name: String, attributes: [String: String]) throws(ForeignFileError)
    /// Text between tags, in pieces; to many vocabularies it means nothing.
    mutating func text(_ piece: String)
    mutating func end(_ name: String) throws(ForeignFileError)
}

extension XMLElementReader {
    mutating func text(_ piece: String) {}

    /// Has the reader walk a document.
    ///
    /// - Parameter bytes: as ``XMLGuard/checked(_:largest:)`` lets them pass.
    /// - Throws: what the reader throws, with the place where it threw it; malformed XML.
    mutating func read(_ bytes: [UInt8]) throws(ForeignFileError) {
        let walk = Walk(self)
        let parser = XMLParser(data: Data(bytes))
        parser.shouldResolveExternalEntities = false
        parser.delegate = walk
        // The parser takes nothing at all for a whole document.
        let isWhole = parser.parse() && walk.hasBegun
        if let error = walk.error { throw error }
        guard isWhole else {
            throw ForeignFileError(
                line: parser.lineNumber, column: parser.columnNumber,
                LocalizedText(zh: "不是合格的 XML", en: "this is not well-formed XML"),
                advice: LocalizedText(
                    zh: "请检查此处的标签是否成对、引号是否齐全", en: "see whether tags pair up and quotes are closed here"))
        }
        self = walk.reader
    }
}

/// Hands what the parser finds on to the reader, until that throws.
private final class Walk<Reader: XMLElementReader>: NSObject, XMLParserDelegate {
    var reader: Reader
    var error: ForeignFileError?
    private(set) var hasBegun = false

    init(_ reader: Reader) { self.reader = reader }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        hasBegun = true
        attempt(parser) { () throws(ForeignFileError) in try reader.begin(local(name), attributes: attributes) }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        attempt(parser) { () throws(ForeignFileError) in try reader.end(local(name)) }
    }

    func parser(_ parser: XMLParser, foundCharacters piece: String) {
        if error == nil { reader.text(piece) }
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        if error == nil { reader.text(String(decoding: block, as: UTF8.self)) }
    }

    private func attempt(_ parser: XMLParser, _ step: () throws(ForeignFileError) -> Void) {
        guard error == nil else { return }
        do throws(ForeignFileError) { try step() } catch {
            self.error = ForeignFileError(
                line: error.line ?? parser.lineNumber, column: error.column ?? parser.columnNumber, error.message,
                advice: error.advice)
            parser.abortParsing()
        }
    }

    private func local(_ name: String) -> String {
        name.utf8.lastIndex(of: UInt8(ascii: ":")).map { String(name[name.index(after: $0)...]) } ?? name
    }
}

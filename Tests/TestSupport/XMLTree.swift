import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// An XML document as a tree, read by a parser that is not ours: what it accepts is well-formed.
public final class XMLTree: CustomStringConvertible {
    public let name: String
    public let attributes: [String: String]
    public private(set) var children: [XMLTree] = []
    /// All characters in it and in what it holds.
    public private(set) var text = ""

    private init(_ name: String, _ attributes: [String: String]) {
        self.name = name
        self.attributes = attributes
    }

    /// - Throws: `Malformed` with the line of the first mistake.
    public static func read(_ document: String) throws -> XMLTree {
        let parser = XMLParser(data: Data(document.utf8))
        let reader = Reader()
        parser.delegate = reader
        guard parser.parse(), let root = reader.root else {
            throw Malformed(line: parser.lineNumber, reason: "\(String(describing: parser.parserError))")
        }
        return root
    }

    public struct Malformed: Error {
        public let line: Int
        public let reason: String
    }

    public subscript(attribute: String) -> String? { attributes[attribute] }

    public func number(_ attribute: String) -> Double? { attributes[attribute].flatMap { Double($0) } }

    /// It and everything in it, in order of the document.
    public var all: [XMLTree] { [self] + children.flatMap(\.all) }

    public func all(_ name: String) -> [XMLTree] { all.filter { $0.name == name } }

    public func has(class wanted: String) -> Bool {
        (attributes["class"] ?? "").split(separator: " ").contains { $0 == wanted }
    }

    public var description: String { "<\(name) \(attributes)>" }

    private final class Reader: NSObject, XMLParserDelegate {
        var root: XMLTree?
        private var open: [XMLTree] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String] = [:]
        ) {
            let element = XMLTree(name, attributes)
            open.last?.children.append(element)
            if open.isEmpty { root = element }
            open.append(element)
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) { open.removeLast() }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            for element in open { element.text += text }
        }
    }
}

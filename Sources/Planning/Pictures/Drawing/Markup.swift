/// A piece of SVG or HTML (标记): elements, attributes and text, escaped when it is written.
///
/// What is written is well-formed XML and HTML at once. Text from files may hold anything: what XML cannot hold, what is
/// invisible and what reverses the reading direction is shown as `�`.
public indirect enum Markup: Sendable, Hashable {
    case element(name: String, attributes: [Attribute], children: [Markup])
    case text(String)
    /// A style sheet, written as it is.
    case style(String)

    public struct Attribute: Sendable, Hashable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// An element; attributes without a value are left out.
    public static func tag(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: [Markup] = []
    ) -> Markup {
        .element(
            name: name,
            attributes: attributes.compactMap { name, value in value.map { Attribute(name: name, value: $0) } },
            children: children)
    }

    /// An element that holds only text.
    public static func tag(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ text: String) -> Markup
    {
        tag(name, attributes, [.text(text)])
    }

    /// The markup as text; elements that `breaking` names begin on a line of their own.
    public var written: String {
        var out = ""
        write(into: &out)
        return out
    }

    private func write(into out: inout String) {
        switch self {
        case .text(let text): Self.escape(text, into: &out)
        case .element("textarea", let attributes, let children):
            // What somebody typed keeps its lines; the first line break after the tag is not part of it.
            out += "<textarea"
            for attribute in attributes {
                out += " \(attribute.name)=\""
                Self.escape(attribute.value, into: &out)
                out += "\""
            }
            out += ">\n"
            for case .text(let text) in children { Self.escape(text, keepingLines: true, into: &out) }
            out += "</textarea>"
        case .style(let sheet):
            precondition(!sheet.contains("<") && !sheet.contains("&"), "a style sheet is written as it is")
            out += "<style>\(sheet)</style>"
        case .element(let name, let attributes, let children):
            if Self.onLinesOfTheirOwn.contains(name), !out.isEmpty { out += "\n" }
            out += "<" + name
            for attribute in attributes {
                out += " \(attribute.name)=\""
                Self.escape(attribute.value, into: &out)
                out += "\""
            }
            if children.isEmpty, Self.empty.contains(name) {
                out += "/>"
            } else {
                out += ">"
                for child in children { child.write(into: &out) }
                out += "</\(name)>"
            }
        }
    }

    /// HTML's void elements and SVG's shapes; everything else is closed by a tag of its own, as HTML wants it.
    private static let empty: Set = [
        "meta", "br", "col", "hr", "img", "input", "link", "rect", "circle", "line", "path", "polygon", "polyline",
        "use", "ellipse",
    ]
    /// One line for each thing that a person would look for in a diff.
    private static let onLinesOfTheirOwn: Set = [
        "g", "svg", "style", "defs", "pattern", "text", "tr", "table", "thead", "tbody", "section", "main", "header",
        "footer", "h1", "h2", "figure", "ol", "ul", "li", "p", "head", "body", "meta", "title", "div", "dl", "dt",
    ]

    private static func escape(_ text: String, keepingLines: Bool = false, into out: inout String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            case "\n" where keepingLines: out += "\n"
            case "\r" where keepingLines: break
            case "\t", "\n", "\r": out += " "
            default: out.unicodeScalars.append(isShown(scalar) ? scalar : "\u{FFFD}")
            }
        }
    }

    /// Neither a control character nor one that changes the direction of reading (UAX #9) nor a non-character.
    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: false
        case 0xFDD0...0xFDEF: false
        default: scalar.value & 0xFFFE != 0xFFFE
        }
    }
}

extension Double {
    /// The number as it stands in a picture: at most two decimals, the same on every machine.
    package var px: String {
        let hundredths = Int((self * 100).rounded())
        let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
        let sign = hundredths < 0 ? "-" : ""
        guard rest > 0 else { return sign + String(whole) }
        return sign + "\(whole)." + (rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)")
    }
}

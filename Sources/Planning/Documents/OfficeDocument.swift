import WorkCalendar
import WorkflowModel

/// What an office hands to applicants, in one language (办事文书): a guide, a notice or a form as headings with lines,
/// lists and tables, from which text and pages are made alike.
public struct OfficeDocument: Sendable {
    public let title: String
    public let subtitle: String
    public let language: Language
    public let sections: [Section]
    /// Sentences below everything.
    public let notes: [String]

    public struct Section: Sendable {
        public let title: String
        public let blocks: [Block]
    }

    public enum Block: Sendable {
        /// Names with their values.
        case pairs([Pair])
        case list([String])
        case steps([String])
        case table(PageTable)
    }

    public struct Pair: Sendable {
        public let name: String
        public let value: String
    }

    /// The document as one self-contained page.
    public var page: PicturePage {
        PicturePage(
            title: title, subtitle: subtitle, language: language,
            sections: sections.map { .init(title: $0.title, content: $0.blocks.map(\.markup)) }, notes: notes,
            style: Self.sheet)
    }

    private static let sheet = """
        .texts{margin:12px 0;font-size:14px;border-collapse:collapse}
        .texts caption{text-align:start;color:var(--muted);font-size:13px;padding:4px 0}
        .texts th,.texts td{text-align:start;vertical-align:top;padding:5px 16px 5px 0;border-bottom:1px solid var(--rule);\
        font-weight:400;white-space:normal;min-width:5em;max-width:28em;overflow-wrap:break-word}
        .texts thead th{color:var(--muted)}
        .pairs{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:8px 0}
        .pairs dt{color:var(--muted)}.pairs dd{margin:0;overflow-wrap:anywhere}
        @media (max-width:599px){.pairs{grid-template-columns:1fr}.pairs dd{margin-bottom:6px}}
        @media print{@page{size:A4;margin:18mm}section{break-inside:auto}.texts tr{break-inside:avoid}}
        """
}

extension OfficeDocument.Block {
    fileprivate var markup: Markup {
        switch self {
        case .pairs(let pairs):
            .tag("dl", ["class": "pairs"], pairs.flatMap { [.tag("dt", [:], $0.name), .tag("dd", [:], $0.value)] })
        case .list(let lines): .tag("ul", [:], lines.map { .tag("li", [:], $0) })
        case .steps(let lines): .tag("ol", [:], lines.map { .tag("li", [:], $0) })
        case .table(let table): table.markup(class: "texts")
        }
    }
}

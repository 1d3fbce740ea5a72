/// The colours of all pictures (配色), light and dark.
///
/// No colour carries a meaning alone: criticality has an outline and a word, clocks have patterns, lights have shapes.
public enum Theme {
    /// A colour by what it is for.
    public enum Colour: String, CaseIterable, Sendable {
        case ink, muted, ground, surface, dayOff = "off", rule
        case red, redTint = "red-tint", steel, steelTint = "steel-tint", slate, float, blue, teal, amber, purple

        /// `#rrggbb` on a white ground.
        public var light: String {
            switch self {
            case .ink: "#1b1f24"
            case .muted: "#57606a"
            case .ground: "#ffffff"
            case .surface: "#f6f8fa"
            case .dayOff: "#eef1f4"
            case .rule: "#d0d7de"
            case .red: "#b3261e"
            case .redTint: "#f3d2cf"
            case .steel: "#3f6c9b"
            case .steelTint: "#cfdbe8"
            case .slate: "#3d4752"
            case .float: "#6e7781"
            case .blue: "#0b5cad"
            case .teal: "#00695c"
            case .amber: "#a86400"
            case .purple: "#6f42c1"
            }
        }

        /// `#rrggbb` on a dark ground.
        public var dark: String {
            switch self {
            case .ink: "#e6edf3"
            case .muted: "#9da7b1"
            case .ground: "#0d1117"
            case .surface: "#161b22"
            case .dayOff: "#1b222b"
            case .rule: "#30363d"
            case .red: "#ff8a80"
            case .redTint: "#5a2521"
            case .steel: "#8fb3d9"
            case .steelTint: "#243a52"
            case .slate: "#b6c2cf"
            case .float: "#9da7b1"
            case .blue: "#79b8ff"
            case .teal: "#4fd1bd"
            case .amber: "#f2b84b"
            case .purple: "#c4a7ff"
            }
        }

        /// What takes its place where the reader has chosen the system's own colours.
        fileprivate var system: String {
            switch self {
            case .ground, .surface, .dayOff, .redTint, .steelTint: "Canvas"
            case .red: "Highlight"
            default: "CanvasText"
            }
        }
    }

    /// Fonts that have Chinese, by the names that systems know them by.
    public static let fonts = """
        "Noto Sans SC","Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif
        """

    /// The sheet that every SVG carries: `.f-red` fills and `.s-red` strokes, and so on for every colour.
    ///
    /// Without variables, which some programs that show SVG do not know. Paper is always light.
    public static let marks: String = {
        func rules(_ value: (Colour) -> String) -> String {
            Colour.allCases.map { ".f-\($0.rawValue){fill:\(value($0))}.s-\($0.rawValue){stroke:\(value($0))}" }
                .joined()
        }
        return """
            svg text{font-family:\(fonts);font-size:13px}\
            svg .small{font-size:11px}svg .label{font-size:12px}svg .large{font-size:15px;font-weight:600}svg .title{font-size:20px;font-weight:600}\
            svg .strong{font-weight:600}svg .figure{font-variant-numeric:tabular-nums}\
            svg text{unicode-bidi:isolate;white-space:pre}
            .end{text-anchor:end}.middle{text-anchor:middle}.none{fill:none}.halo{stroke-width:4;stroke-linejoin:round;paint-order:stroke}
            \(rules(\.light))
            @media screen and (prefers-color-scheme:dark){\(rules(\.dark))}
            @media (forced-colors:active){svg{forced-color-adjust:none}\(rules(\.system))}
            """
    }()

    /// The sheet of HTML pages: the same colours as variables, and the layout of pages and tables.
    static let page: String = variables + "\n" + PageStyle.sheet

    /// The colours as CSS variables, `--ink` and so on.
    public static let variables: String = {
        func variables(_ value: (Colour) -> String) -> String {
            Colour.allCases.map { "--\($0.rawValue):\(value($0))" }.joined(separator: ";")
        }
        return """
            :root{color-scheme:light dark;\(variables(\.light))}
            @media screen and (prefers-color-scheme:dark){:root{\(variables(\.dark))}}
            @media (forced-colors:active){:root{\(variables(\.system))}}
            """
    }()
}

import Foundation
import WorkCalendar
import WorkflowModel

/// What the terminal can show, and in which language its user reads.
struct Terminal {
    let language: Language
    let hasColour: Bool
    let columns: Int

    /// From the environment: `BINGLIAN_LANG`, else `LC_ALL`, `LC_MESSAGES`, `LANG`; colour only on a terminal and
    /// without `NO_COLOR`.
    static func current(language chosen: Language? = nil) -> Terminal {
        let environment = ProcessInfo.processInfo.environment
        let locale = ["BINGLIAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }
            .first { !$0.isEmpty }
        let isTerminal = isatty(STDOUT_FILENO) == 1
        return Terminal(
            language: chosen ?? (locale?.hasPrefix("zh") == true ? .zh : .en),
            hasColour: isTerminal && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb",
            columns: isTerminal ? Self.windowColumns() ?? 120 : 120)
    }

    private static func windowColumns() -> Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Renders diagnostics for this terminal.
    var diagnostics: DiagnosticRenderer { DiagnosticRenderer(language: language, isColoured: hasColour) }

    func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    enum Style: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case blue = "34"
    }

    func styled(_ text: String, _ style: Style) -> String {
        hasColour ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}

/// Writes text to standard output as it is, without waiting for a buffer.
func printOut(_ text: String, terminator: String = "\n") {
    FileHandle.standardOutput.write(Data((text + terminator).utf8))
}

/// Writes text to standard error: progress and complaints.
func printError(_ text: String, terminator: String = "\n") {
    FileHandle.standardError.write(Data((text + terminator).utf8))
}

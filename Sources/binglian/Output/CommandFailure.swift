import ArgumentParser
import WorkCalendar

/// Why a command could not be carried out, and what to do, for the person at the terminal.
struct CommandFailure: Error {
    let text: LocalizedText
    let exitCode: Int32

    init(zh: String, en: String, exitCode: Int32 = 1) {
        text = LocalizedText(zh: zh, en: en)
        self.exitCode = exitCode
    }
}

let languageHelp: ArgumentHelp = "Language of the output, zh or en; default: from the environment."

/// Options that every command understands.
struct CommonOptions: ParsableArguments {
    @Option(help: languageHelp)
    var lang: LanguageChoice?

    var terminal: Terminal { Terminal.current(language: lang?.language) }
}

extension Terminal {
    /// Runs a command's body and turns its failure into words and an exit code.
    func run(_ body: (Terminal) async throws -> Void) async throws {
        do {
            try await body(self)
        } catch let failure as CommandFailure {
            printError("\(say("错误：", "error: "))\(failure.text[language])")
            throw ExitCode(failure.exitCode)
        }
    }
}

enum LanguageChoice: String, ExpressibleByArgument, CaseIterable {
    case zh, en

    var language: Language { self == .zh ? .zh : .en }
}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

extension LocalDate: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension DayAmount: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

import ArgumentParser
import Planning
import WorkCalendar
import WorkflowModel

struct IdentifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identify",
        abstract: "What codes are, and why one is not what it should be: credit codes, divisions, projects. 识别代码。",
        discussion: "Exit status 0: every code is one that is known; 1: some code is none.")

    @Argument(help: "Codes, as they are written.")
    var codes: [String]

    @Option(help: "text or json; the JSON is described in docs/json.md.")
    var format: OutputFormat = .text

    @OptionGroup var common: CommonOptions

    private static let kinds: [any Identifier.Type] = [
        CreditCode.self, ResidentID.self, ProjectCode.self, CaseNumber.self, OrganisationCode.self, DivisionCode.self,
    ]

    func run() async throws {
        try await common.terminal.run { terminal in
            var unknown = 0
            var found: [JSONText] = []
            for code in codes {
                let tries = Self.kinds.map { ($0, $0.problem(in: $0.canonical(code))) }
                if !tries.contains(where: { $0.1 == nil }) { unknown += 1 }
                if format == .text { printOut(text(of: code, tries, terminal)) }
                found.append(json(of: code, tries))
            }
            if format == .json { printOut(JSONText.array(found).pretty) }
            if unknown > 0 { throw ExitCode(1) }
        }
    }

    private typealias Tries = [(kind: any Identifier.Type, problem: IdentifierProblem?)]

    /// What it is; or, where it is nothing, what is wrong with it as each kind of its length.
    private func text(of code: String, _ tries: Tries, _ terminal: Terminal) -> String {
        let language = terminal.language
        let names = tries.filter { $0.problem == nil }.map { $0.kind.title[language] }
        guard names.isEmpty else {
            return "\(code): " + terminal.styled(names.joined(separator: terminal.say("、", ", ")), .green)
        }
        let near = tries.compactMap { kind, problem -> String? in
            guard let problem else { return nil }
            if case .length = problem { return nil }
            return terminal.say("不是\(kind.title.zh)：\(problem.words.zh)", "no \(kind.title.en): \(problem.words.en)")
        }
        let reasons = near.isEmpty ? [terminal.say("没有这样长的代码", "no code has that length")] : near
        return "\(code): " + terminal.styled(reasons.joined(separator: "\n  "), .red)
    }

    private func json(of code: String, _ tries: Tries) -> JSONText {
        .members([
            "code": .string(code),
            "kinds": .array(tries.filter { $0.problem == nil }.map { $0.kind.title.json }),
            "problems": .array(
                tries.compactMap { kind, problem in
                    problem.map { .members(["kind": kind.title.json, "problem": $0.words.json]) }
                }),
        ])
    }
}

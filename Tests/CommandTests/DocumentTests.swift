import Foundation
import TestSupport
import Testing

@Suite("Documents")
struct DocumentTests {
    @Test(
        "Every command that a document shows can be typed in order and answers as shown",
        arguments: [
            "README.md", "README.zh-CN.md", "docs/tutorial.md", "docs/cli.md", "docs/studies/one-city.md",
            "docs/stories/chongqing.md", "docs/stories/rushan.md", "docs/stories/guangdong.md",
            "docs/stories/hengyang.md", "docs/stories/yingkou.md",
        ])
    func replays(path: String) async throws { try await Transcript(path).replay() }

    @Test("The tutorial takes a case to completion past a correction, a pause, a failed participant and refusals")
    func tutorialIsComplete() throws {
        let tutorial = try ProjectFiles.text("docs/tutorial.md")
        for word in [
            "request-correction", "pause", "resume", "rectify", "merge", "recheck", "error: not now", "case completed",
            "task why", "audit verify",
        ] {
            #expect(tutorial.contains(word), "\(word)")
        }
    }

    @Test("docs/cli.md has every command and every option of the program")
    func everyCommandIsDescribed() async throws {
        let binglian = try Binglian()
        let text = try ProjectFiles.text("docs/cli.md")
        let dump = try JSONDecoder().decode(
            ToolInfo.self, from: Data(try await binglian("--experimental-dump-help").succeeded().utf8))
        for command in dump.command.leaves(under: "") where !command.path.contains("help") {
            let heading = "### \(command.path)\n"
            guard let start = text.range(of: heading)?.upperBound else {
                Issue.record("docs/cli.md lacks ‘\(heading.dropLast())’")
                continue
            }
            let section = text[start...].prefix { $0 != "\u{0}" }
            let body = section[..<(section.range(of: "\n##")?.lowerBound ?? section.endIndex)]
            let hasExample = body.contains("$ \(command.path)")
            #expect(hasExample, "\(command.path) has no example")
            let elsewhere =
                ["--lang", "--help", "--version"]
                + (body.contains("(#who-acts-and-when)")
                    ? ["--as", "--name", "--on", "--key", "--store", "--format"] : [])
            for option in command.options where !elsewhere.contains(option) {
                let isDescribed = body.contains("`\(option)")
                #expect(isDescribed, "\(command.path) \(option)")
            }
        }
    }

    private struct ToolInfo: Decodable {
        let command: Command

        struct Command: Decodable {
            let commandName: String
            let subcommands: [Command]?
            let arguments: [Argument]?

            func leaves(under parent: String) -> [(path: String, options: [String])] {
                let path = parent.isEmpty ? commandName : "\(parent) \(commandName)"
                guard let subcommands, subcommands.contains(where: { $0.commandName != "help" }) else {
                    return [(path, (arguments ?? []).compactMap { $0.preferredName.map { "--\($0.name)" } })]
                }
                return subcommands.filter { $0.commandName != "help" }.flatMap { $0.leaves(under: path) }
            }
        }

        struct Argument: Decodable {
            let kind: String
            let preferredName: Name?

            struct Name: Decodable {
                let name: String
            }
        }
    }
}

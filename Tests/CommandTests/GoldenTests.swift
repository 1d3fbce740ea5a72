import Foundation
import TestSupport
import Testing

/// Texts that people read, word for word. `RECORD=1 swift test --filter GoldenTests` records them anew; read the diff.
@Suite("Texts as people read them")
struct GoldenTests {
    struct Text: CustomTestStringConvertible, Sendable {
        let name: String
        /// Commands before it, and the one whose output is kept.
        let commands: [String]

        var testDescription: String { name }
    }

    private static let open =
        "case open Workflows/wf-09-rushan-low-risk.yaml --facts Fixtures/projects/wf-09.yaml"
        + " --start 2024-03-01 --id c"
    private static let papers =
        "--material one-form-application --material land-contract --material site-boundary --material scheme-drawings"

    static let texts = [
        Text(
            name: "plan",
            commands: [
                "plan Workflows/wf-02-cq-social-general.yaml --facts Fixtures/projects/wf-02.yaml --start 2024-03-01"
            ]),
        Text(
            name: "case-show",
            commands: [
                open, "task file c one-form-permits --as agent --on 2024-03-01 \(papers)",
                "task begin c design-commitment --as applicant --on 2024-03-04",
                "task admit c one-form-permits --as natural-resources --name 王敏 --on 2024-03-04",
                "case pass-time c --on 2024-03-15", "case show c --on 2024-03-15",
            ]),
        Text(
            name: "run",
            commands: [
                "run Workflows/wf-09-rushan-low-risk.yaml --facts Fixtures/projects/wf-09.yaml --start 2024-03-01"
                    + " --seed 3 --id c"
            ]),
        Text(
            name: "simulate",
            commands: [
                "simulate Workflows/wf-02-cq-social-general.yaml --facts Fixtures/projects/wf-02.yaml"
                    + " --start 2024-03-01 --runs 2000 --threads 2"
            ]),
        Text(name: "help", commands: ["--help"]),
    ]

    @Test("Plans, cases and runs read as recorded, in Chinese and in English", arguments: texts, ["zh", "en"])
    func asRecorded(_ text: Text, language: String) async throws {
        let binglian = try Binglian(language: language == "zh" ? "zh_CN.UTF-8" : "en_US.UTF-8")
        for name in ["Workflows", "Fixtures"] {
            try FileManager.default.createSymbolicLink(
                at: binglian.folder.appendingPathComponent(name), withDestinationURL: ProjectFiles.url(name))
        }
        var shown = ""
        for command in text.commands {
            shown = try await binglian.run(command.split(separator: " ").map(String.init)).succeeded()
        }
        let file = ProjectFiles.url("Fixtures/golden/\(text.name).\(language).txt")
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try shown.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == shown)
    }
}

import Foundation
import TestSupport
import Testing

/// The commands of a document and what it shows of their output: its ```` ```console ```` blocks, in order.
struct Transcript {
    struct Step {
        let line: Int
        let command: String
        /// Lines as they appear; `…` alone stands for lines left out, at the end of a line for the rest of it.
        var shown: [String] = []
    }

    let path: String
    private(set) var steps: [Step] = []

    init(_ path: String) throws {
        self.path = path
        var isInside = false
        for (index, line) in try ProjectFiles.text(path).split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if line.hasPrefix("```") {
                isInside = line == "```console"
            } else if isInside, line.hasPrefix("$ ") {
                steps.append(Step(line: index + 1, command: String(line.dropFirst(2))))
            } else if isInside, !steps.isEmpty {
                steps[steps.count - 1].shown.append(String(line))
            }
        }
    }

    /// Runs every command in one folder as a reader would, in the shell, and looks for what the document shows.
    func replay() async throws {
        let binglian = try Binglian(language: path.contains("zh-CN") ? "zh_CN.UTF-8" : "en_US.UTF-8")
        for name in ["Workflows", "Fixtures", "docs"] {
            try FileManager.default.createSymbolicLink(
                at: binglian.folder.appendingPathComponent(name), withDestinationURL: ProjectFiles.url(name))
        }
        try #require(!steps.isEmpty, "\(path) shows no command")
        for step in steps {
            let output = try await binglian.start(
                ["-c", step.command], executable: URL(fileURLWithPath: "/bin/bash")
            ).output()
            let real = (output.out + output.err).split(separator: "\n", omittingEmptySubsequences: false)
            var rest = real[...]
            for shown in step.shown where shown != "…" {
                guard let place = rest.firstIndex(where: { Self.matches(shown, $0) }) else {
                    Issue.record(
                        """
                        \(path):\(step.line): $ \(step.command)
                        does not show: \(shown)
                        but: \(real.joined(separator: "\n").prefix(4000))
                        """)
                    return
                }
                rest = rest[(place + 1)...]
            }
            let isRefused = step.shown.contains { $0.hasPrefix("error: ") || $0.hasPrefix("错误：") }
            #expect((output.exitCode != 0) == isRefused, "\(path):\(step.line): \(output.exitCode)\n\(output.err)")
        }
    }

    private static func matches(_ shown: String, _ real: Substring) -> Bool {
        shown.hasSuffix("…") ? real.hasPrefix(shown.dropLast()) : real == shown
    }
}

import Foundation
import Synchronization
import TestSupport
import Testing

/// The built command in a folder of its own, with an environment that does not depend on who runs the tests.
final class Binglian: Sendable {
    /// Made for one test and removed with it.
    let folder: URL
    private let environment: [String: String]

    /// - Parameter language: what `LANG` says.
    init(language: String = "en_US.UTF-8") throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("binglian-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        environment = [
            "LANG": language,
            "PATH": Self.executable.deletingLastPathComponent().path + ":"
                + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"),
            "BINGLIAN_WORKFLOWS": ProjectFiles.url("Workflows").path, "TZ": "UTC",
        ]
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Beside the test bundle, where the package manager puts it.
    static let executable: URL = {
        let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let beside = bundle.appendingPathComponent("binglian")
        return FileManager.default.isExecutableFile(atPath: beside.path)
            ? beside : ProjectFiles.url(".build/debug/binglian")
    }()

    /// Runs a command to its end, in the scratch folder.
    ///
    /// - Parameter deadline: after so many seconds the process is killed and the test fails; only a hang takes so long.
    @discardableResult
    func callAsFunction(_ arguments: String..., deadline: Double = 120) async throws -> Output {
        try await run(arguments, deadline: deadline)
    }

    func run(_ arguments: [String], deadline: Double = 120) async throws -> Output {
        try await start(arguments).output(deadline: deadline)
    }

    /// Starts a command and does not wait for it.
    func start(_ arguments: [String], executable: URL = Binglian.executable) throws -> Running {
        try Running(executable: executable, arguments: arguments, environment: environment, folder: folder)
    }

    /// What a command left behind.
    struct Output {
        let arguments: [String]
        let exitCode: Int32
        let out: String
        let err: String

        /// Whether it was ended by a signal.
        let wasKilled: Bool

        /// Standard output, after making sure that the command did what it was asked.
        func succeeded(sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
            try #require(
                exitCode == 0 && !wasKilled, "binglian \(arguments.joined(separator: " ")): \(exitCode)\n\(err)",
                sourceLocation: sourceLocation)
            return out
        }

        /// Standard output as JSON.
        func json(sourceLocation: SourceLocation = #_sourceLocation) throws -> Any {
            try JSONSerialization.jsonObject(
                with: Data(try succeeded(sourceLocation: sourceLocation).utf8), options: .fragmentsAllowed)
        }
    }

    /// A command under way. Its output goes to files, so that it never waits for a reader.
    final class Running: Sendable {
        private let arguments: [String]
        private let process: Process
        private let ended: AsyncStream<Void>
        let out: URL
        let err: URL

        init(executable: URL, arguments: [String], environment: [String: String], folder: URL) throws {
            self.arguments = arguments
            let name = UUID().uuidString
            out = folder.appendingPathComponent(".\(name).out")
            err = folder.appendingPathComponent(".\(name).err")
            process = Process()
            process.executableURL = executable
            process.arguments = arguments
            process.environment = environment
            process.currentDirectoryURL = folder
            process.standardInput = FileHandle.nullDevice
            for (url, keyPath) in [(out, \Process.standardOutput), (err, \Process.standardError)] {
                try Data().write(to: url)
                process[keyPath: keyPath] = try FileHandle(forWritingTo: url)
            }
            let (stream, end) = AsyncStream<Void>.makeStream()
            ended = stream
            process.terminationHandler = { _ in end.finish() }
            try process.run()
        }

        var isRunning: Bool { process.isRunning }

        /// Ends it as a power cut would: nothing of it runs any more.
        func kill() {
            if process.isRunning { _ = Glibc.kill(process.processIdentifier, SIGKILL) }
        }

        /// Complete lines written to standard error so far.
        var progress: [String] {
            let text = (try? String(contentsOf: err, encoding: .utf8)) ?? ""
            return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        }

        /// Waits for its end.
        func output(deadline: Double = 120) async throws -> Output {
            let overdue = Mutex(false)
            let timer = DispatchWorkItem { [self] in
                // Other tests may keep the one who waits below from hearing of an end that came in time.
                guard process.isRunning else { return }
                overdue.withLock { $0 = true }
                kill()
            }
            DispatchQueue.global().asyncAfter(deadline: .now() + deadline, execute: timer)
            for await _ in ended {}
            timer.cancel()
            if overdue.withLock(\.self) {
                Issue.record("binglian \(arguments.joined(separator: " ")) did not end within \(deadline) s")
            }
            return Output(
                arguments: arguments, exitCode: process.terminationStatus,
                out: try String(contentsOf: out, encoding: .utf8), err: try String(contentsOf: err, encoding: .utf8),
                wasKilled: process.terminationReason == .uncaughtSignal)
        }
    }
}

import Foundation
import TestSupport
import Testing

@Suite("What the command refuses")
struct RefusalTests {
    private static let wf = Shipped("wf-09")

    /// A command line that cannot work, what it says, and how it exits: 1 for the world, 64 for the way it was written.
    struct Mistake: CustomTestStringConvertible, Sendable {
        let arguments: [String]
        let says: String
        let exitCode: Int32
        /// Runs before it, in the same folder.
        let given: @Sendable (Binglian) async throws -> Void

        init(
            _ arguments: String..., says: String, exitCode: Int32 = 1,
            given: @escaping @Sendable (Binglian) async throws -> Void = { _ in }
        ) {
            self.arguments = arguments
            self.says = says
            self.exitCode = exitCode
            self.given = given
        }

        var testDescription: String {
            String(arguments.map { $0.split(separator: "/").last ?? "''" }.joined(separator: " ").prefix(100))
        }
    }

    private static func plan(_ more: String...) -> [String] { ["plan", wf.workflow, "--facts", wf.project] + more }

    private static func write(_ bytes: [UInt8], _ name: String) -> @Sendable (Binglian) async throws -> Void {
        { try Data(bytes).write(to: $0.folder.appendingPathComponent(name)) }
    }

    private static let garbage: [UInt8] = {
        var random = SeededGenerator(seed: 5)
        return (0..<5000).map { _ in UInt8.random(in: 0...255, using: &random) }
    }()

    private static let open: @Sendable (Binglian) async throws -> Void = { binglian in
        _ = try await binglian(
            "case", "open", wf.workflow, "--facts", wf.project, "--start", "2024-03-01", "--id", "c", "--store", "a.db"
        ).succeeded()
    }

    static let files: [Mistake] = [
        Mistake("check", "nowhere.yaml", says: "there is no file 'nowhere.yaml'"),
        Mistake("check", "", says: "there is no file ''"),
        Mistake("check", "/", says: "is a folder"),
        Mistake("check", "x.yaml", says: "not UTF-8", given: write(garbage, "x.yaml")),
        Mistake("check", "x.yaml", says: "YML003", given: write([0, 0, 0], "x.yaml")),
        Mistake("check", says: "Missing expected argument", exitCode: 64),
        Mistake("plan", wf.project, "--facts", wf.project, "--start", "2024-03-01", says: "[YML015]"),
        Mistake("plan", wf.workflow, "--facts", wf.workflow, "--start", "2024-03-01", says: "[YML015]"),
        Mistake("plan", wf.workflow, "--start", "2024-03-01", says: "--facts", exitCode: 64),
        Mistake(
            "advise", wf.workflow, "--facts", wf.project, "--probability", "1",
            says: "--probability is more than 0 and less than 1", exitCode: 64),
        Mistake(
            "advise", wf.workflow, "--facts", wf.project, "--probability", "0.9", "--runs", "99",
            says: "--runs takes 100 to 20000", exitCode: 64),
        Mistake(
            "advise", wf.workflow, "--facts", wf.project, "--runs", "500",
            says: "--runs and --seed go with --probability", exitCode: 64),
        Mistake(
            "plan", wf.workflow, "--facts", wf.project, "--start", "2024-02-30", says: "'2024-02-30' is invalid",
            exitCode: 64),
        Mistake("plan", wf.workflow, "--facts", wf.project, "--start", "yesterday", says: "invalid", exitCode: 64),
        Mistake(
            "plan", wf.workflow, "--facts", wf.project, "--start", "2024-03-01", "--calendar", "mars",
            says: "there is no calendar 'mars'"),
        Mistake(
            "plan", wf.workflow, "--facts", wf.project, "--start", "2024-03-01", "--rectify", "6", says: "0 to 5",
            exitCode: 64),
        Mistake(
            "compare", wf.workflow, Shipped("wf-12").workflow, "--from", "nothing", says: "has no item 'nothing'"),
        Mistake("calendar", "add", "2024-01-01", "5 days", says: "invalid", exitCode: 64),
        Mistake("calendar", "add", "2024-01-01", "99999999999999999999wd", says: "invalid", exitCode: 64),
        Mistake("calendar", "show", "0", says: "1 to 9999", exitCode: 64),
        Mistake("dance", says: "Unexpected argument 'dance'", exitCode: 64),
    ]

    static let stores: [Mistake] = [
        Mistake("case", "list", "--store", "nowhere.db", says: "there is no store 'nowhere.db'"),
        Mistake("case", "list", "--store", "", says: "there is no store ''"),
        Mistake("case", "list", "--store", "/", says: "cannot be opened now"),
        Mistake("case", "list", "--store", "x.db", says: "no store of cases", given: write(garbage, "x.db")),
        Mistake(
            "run", wf.workflow, "--facts", wf.project, "--start", "2024-03-01", "--store", "/nowhere/x.db",
            says: "cannot be opened now"),
        Mistake(
            "run", wf.workflow, "--facts", wf.project, "--start", "2024-03-01", "--store", "x.db", "--id", "a b",
            says: "is no case id"),
        Mistake(
            "run", wf.workflow, "--facts", wf.project, "--start", "2024-03-01", "--store", "x.db", "--id",
            String(repeating: "9", count: 100_000), says: "is no case id"),
        Mistake(
            "run", wf.workflow, "--facts", wf.project, "--start", "2024-03-01", "--pace", "1d=fast", says: "invalid",
            exitCode: 64),
        Mistake(
            "run", wf.workflow, "--facts", wf.project, "--start", "2024-03-01", "--seed", "one", says: "invalid",
            exitCode: 64),
        Mistake("case", "show", "nobody", "--store", "a.db", says: "there is no case nobody", given: open),
        Mistake("log", "nobody", "--store", "a.db", says: "there is no case nobody", given: open),
        Mistake("audit", "verify", "nobody", "--store", "a.db", says: "there is no case nobody", given: open),
        Mistake("audit", "verify", "c", "--head", "1:2", "--store", "a.db", says: "VERSION:HASH", exitCode: 64),
        Mistake("task", "why", "c", "nothing", "--store", "a.db", says: "has no item 'nothing'", given: open),
    ]

    @Test("A mistake in a file's name or content is said in one place, without a trace", arguments: files)
    func refusesFiles(_ mistake: Mistake) async throws { try await expect(mistake) }

    @Test("A mistake in a store or an id is said in one place, without a trace", arguments: stores)
    func refusesStores(_ mistake: Mistake) async throws { try await expect(mistake) }

    private func expect(_ mistake: Mistake) async throws {
        let binglian = try Binglian()
        try await mistake.given(binglian)
        let before = try await contents(of: binglian)
        let output = try await binglian.run(mistake.arguments)
        #expect(!output.wasKilled)
        #expect(output.exitCode == mistake.exitCode, "\(output.out)\(output.err)")
        #expect((output.out + output.err).contains(mistake.says), "\(output.err.prefix(1000))")
        #expect((output.out + output.err).utf8.count < 10_000)
        #expect(!output.err.contains("Fatal error"))
        #expect(try await contents(of: binglian) == before, "something was left behind")
    }

    /// The files of a folder; a store's bytes differ each time it is opened, so its cases stand for them.
    private func contents(of binglian: Binglian) async throws -> [String: Data] {
        var contents: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: binglian.folder.path)
        where !name.hasPrefix(".") {
            contents[name] = try Data(contentsOf: binglian.folder.appendingPathComponent(name))
        }
        if contents["a.db"] != nil {
            contents["a.db"] = Data(try await binglian("audit", "verify", "--store", "a.db").succeeded().utf8)
        }
        return contents
    }

    /// A command at the wrong moment, and its reason in two languages.
    struct Untimely: CustomTestStringConvertible, Sendable {
        let arguments: [String]
        let code: String
        let zh: String
        let en: String

        init(_ arguments: String, _ code: String, zh: String, en: String) {
            self.arguments = arguments.split(separator: " ").map(String.init)
            self.code = code
            self.zh = zh
            self.en = en
        }

        var testDescription: String { code }
    }

    static let untimely: [Untimely] = [
        Untimely(
            "admit c one-form-permits --as natural-resources --on 2024-03-01", "notNow", zh: "此时不能这样办",
            en: "cannot take this now"),
        Untimely(
            "file c one-form-permits --as applicant --on 2024-03-01", "materialsMissing",
            zh: "缺少材料：one-form-application",
            en: "Materials are missing: one-form-application"),
        Untimely(
            "file c one-form-permits --as housing --on 2024-03-01", "notYours", zh: "此操作由建设单位或代办员或综合窗口办理",
            en: "This is for the applicant or the agent or the window to do"),
        Untimely(
            "begin c design-commitment --as applicant --on 2024-02-28", "dateBeforeLast", zh: "日期早于办件最近的记录（2024-03-01）",
            en: "before the case's last event (2024-03-01)"),
        Untimely(
            "opine c joint-acceptance --as housing --participant gas --verdict pass --on 2024-03-01",
            "unknownParticipant", zh: "没有参与方 gas", en: "has no participant gas"),
        Untimely(
            "opine c joint-acceptance --as housing --participant fire --verdict pass --on 2024-03-01", "notNow",
            zh: "现为“未到”", en: "is “planned”"),
        Untimely(
            "file c one-form-permits --as applicant --material moon-rock --on 2024-03-01", "unknownMaterial",
            zh: "没有列出材料 moon-rock", en: "lists no material moon-rock"),
        Untimely(
            "request-correction c one-form-permits --as natural-resources --point x --on 2024-03-01", "notNow",
            zh: "此时不能这样办", en: "cannot take this now"),
    ]

    @Test("A command at the wrong moment is refused with its rule, in Chinese and in English", arguments: untimely)
    func refusesNow(_ untimely: Untimely) async throws {
        let binglian = try Binglian()
        try await Self.open(binglian)
        let log = try await binglian("log", "c", "--store", "a.db", "--format", "jsonl").succeeded()
        let task = ["task"] + untimely.arguments + ["--store", "a.db"]
        for (language, words) in [("zh", untimely.zh), ("en", untimely.en)] {
            let output = try await binglian.run(task + ["--lang", language])
            #expect(output.exitCode == 1)
            #expect(output.out == "")
            #expect(output.err.contains(words), "\(output.err)")
            #expect(output.err.contains(untimely.code))
        }
        #expect(try await binglian("log", "c", "--store", "a.db", "--format", "jsonl").succeeded() == log)
    }

    @Test("Chinese is chosen by the environment or by the command line")
    func languages() async throws {
        for (environment, arguments, word) in [
            ("zh_CN.UTF-8", [], "错误"), ("en_US.UTF-8", ["--lang", "zh"], "错误"),
            ("zh_CN.UTF-8", ["--lang", "en"], "error"), ("C", [], "error"),
        ] {
            let output = try await Binglian(language: environment).run(["check", "nowhere.yaml"] + arguments)
            #expect(output.err.hasPrefix(word), "\(environment) \(arguments)")
        }
    }

    @Test("A very long argument and hundreds of files are taken as they come")
    func enormous() async throws {
        let binglian = try Binglian()
        try await Self.open(binglian)
        let advice = String(repeating: "长", count: 40_000)
        let refused = try await binglian(
            "task", "withdraw", "c", "one-form-permits", "--as", "applicant", "--reason", advice, "--on", "2024-03-01",
            "--store", "a.db")
        #expect(refused.exitCode == 1)
        #expect(refused.err.count < 2000)
        let many = try await binglian.run(["check"] + Array(repeating: Self.wf.workflow, count: 200))
        #expect(many.exitCode == 0)
    }
}

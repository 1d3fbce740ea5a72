import Foundation
import TestSupport
import Testing

@Suite("Pictures that commands draw")
struct PictureTests {
    /// The commands of `docs/pictures.md` that draw the documents' pictures, and these pictures.
    static let documented = ((try? ProjectFiles.text("docs/pictures.md")) ?? "").split(separator: "\n")
        .map { $0.split(separator: " ").map(String.init) }
        .compactMap { words -> Drawn? in
            guard words.first == "binglian", let last = words.last, last.hasPrefix("docs/images/") else { return nil }
            return Drawn(arguments: Array(words.dropFirst()), image: last)
        }

    struct Drawn: CustomTestStringConvertible, Sendable {
        let arguments: [String]
        let image: String

        var testDescription: String { image }
    }

    private func office(language: String = "en_US.UTF-8") throws -> Binglian {
        let binglian = try Binglian(language: language)
        for name in ["Workflows", "Fixtures"] {
            try FileManager.default.createSymbolicLink(
                at: binglian.folder.appendingPathComponent(name), withDestinationURL: ProjectFiles.url(name))
        }
        return binglian
    }

    private let plan = [
        "plan", "Workflows/wf-09-rushan-low-risk.yaml", "--facts", "Fixtures/projects/wf-09.yaml", "--start",
        "2024-03-01",
    ]

    /// `RECORD=1 swift test --filter PictureTests` draws the documents' pictures anew; look at them.
    @Test("The documents' pictures are what their commands draw", arguments: documented)
    func documentPictures(drawn: Drawn) async throws {
        let binglian = try office()
        let folder = binglian.folder.appendingPathComponent("docs/images")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        _ = try await binglian.run(drawn.arguments).succeeded()
        let text = try String(contentsOfFile: binglian.path(drawn.image), encoding: .utf8)
        let image = ProjectFiles.url(drawn.image)
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try FileManager.default.createDirectory(
                at: image.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: image, atomically: true, encoding: .utf8)
        }
        let isSame = try String(contentsOf: image, encoding: .utf8) == text
        #expect(isSame, "\(drawn.image) is not what its command draws")
        _ = try XMLTree.read(text)
    }

    @Test("Every picture of the documents has its command")
    func everyPictureIsDocumented() throws {
        let images = try ProjectFiles.files(in: "docs/images", extension: "svg").map {
            "docs/images/\($0.lastPathComponent)"
        }
        #expect(images == Self.documented.map(\.image).sorted())
    }

    @Test("Drawing changes nothing in what is printed, as text or as JSON", arguments: ["text", "json"])
    func printsTheSame(format: String) async throws {
        let binglian = try office()
        let plain = try await binglian.run(plan + ["--format", format]).succeeded()
        let drawn = try await binglian.run(plan + ["--format", format, "--svg", "a.svg", "--html", "a.html"])
        #expect(try drawn.succeeded() == plain)
        #expect(drawn.err.contains("written: a.svg") && drawn.err.contains("written: a.html"))
        #expect(try XMLTree.read(String(contentsOfFile: binglian.path("a.svg"), encoding: .utf8)).name == "svg")
        #expect(try XMLTree.read(String(contentsOfFile: binglian.path("a.html"), encoding: .utf8))["lang"] == "en")
    }

    @Test(
        "A simulation draws its target or what drives it, and a page, and prints the same",
        arguments: ["histogram", "tornado"])
    func simulation(picture: String) async throws {
        let binglian = try office()
        let simulate = ["simulate"] + plan.dropFirst() + ["--runs", "200"]
        let plain = try await binglian.run(simulate).succeeded()
        let drawn = try await binglian.run(simulate + ["--picture", picture, "--svg", "a.svg", "--html", "a.html"])
        #expect(try drawn.succeeded() == plain)
        let svg = try XMLTree.read(String(contentsOfFile: binglian.path("a.svg"), encoding: .utf8))
        #expect(svg.text.contains("line: share so far") == (picture == "histogram"))
        let page = try XMLTree.read(String(contentsOfFile: binglian.path("a.html"), encoding: .utf8))
        #expect(page["lang"] == "en" && page.text.contains("200 runs") && page.all("figure").count >= 4)
    }

    @Test("Advice draws its levers and a page, whether or not they meet the target", arguments: ["180wd", "20wd"])
    func advice(limit: String) async throws {
        let binglian = try office()
        let advise = [
            "advise", "Workflows/wf-12-serial-before.yaml", "--facts", "Fixtures/projects/wf-12.yaml", "--target",
            "whole-process", "--limit", limit, "--time", "1m",
        ]
        let drawn = try await binglian.run(advise + ["--svg", "a.svg", "--html", "a.html"])
        #expect(drawn.exitCode == (limit == "180wd" ? 0 : 1))
        let svg = try XMLTree.read(String(contentsOfFile: binglian.path("a.svg"), encoding: .utf8))
        #expect(svg.text.contains("limit \(limit.dropLast(2))") && svg.text.contains("advised together"))
        let page = try XMLTree.read(String(contentsOfFile: binglian.path("a.html"), encoding: .utf8))
        #expect(page.all("figure").count == 2 && page.text.contains(limit == "180wd" ? "proven" : "cannot be met"))
    }

    @Test("The page is in the language that was asked for")
    func language() async throws {
        let binglian = try office(language: "zh_CN.UTF-8")
        let output = try await binglian.run(plan + ["--html", "计划.html"])
        _ = try output.succeeded()
        #expect(output.err.contains("已写入 计划.html"))
        let page = try XMLTree.read(String(contentsOfFile: binglian.path("计划.html"), encoding: .utf8))
        #expect(page["lang"] == "zh-CN" && page.text.contains("关键"))
    }

    @Test(
        "A file that cannot be written is refused with what to do, and nothing is printed as if it had been",
        arguments: [("en_US.UTF-8", "check that its folder exists"), ("zh_CN.UTF-8", "请检查目录是否存在")])
    func unwritable(language: String, words: String) async throws {
        let binglian = try office(language: language)
        for option in ["--svg", "--html"] {
            let output = try await binglian.run(plan + [option, "no/such/folder/a.svg"])
            #expect(output.exitCode == 1 && output.out.isEmpty)
            #expect(output.err.contains(words))
        }
    }
}

import CaseEngine
import Foundation
import Planning
import TestSupport
import Testing
import WorkCalendar

@testable import WebService

/// Every page with sample data. `PREVIEW=folder swift test --filter PreviewTests` writes them as files to look at.
@Suite("Pages on sample cases")
struct PreviewTests {
    private func check(_ page: any Page, _ name: String, _ context: PageContext) throws {
        let html = Frame(page: page, context: context).html
        if let folder = ProcessInfo.processInfo.environment["PREVIEW"] {
            let url = URL(fileURLWithPath: folder, isDirectory: true)
            try FileManager.default.createDirectory(
                at: url.appendingPathComponent("assets"), withIntermediateDirectories: true)
            try html.replacing("\"/assets/", with: "\"assets/")
                .write(
                    to: url.appendingPathComponent("\(name).\(context.language.rawValue).html"), atomically: true,
                    encoding: .utf8)
            try Stylesheet.text.write(
                to: url.appendingPathComponent("assets/binglian.css"), atomically: true, encoding: .utf8)
            try Script.text.write(
                to: url.appendingPathComponent("assets/binglian.js"), atomically: true, encoding: .utf8)
        }
        for word in ["无效", "非法", "操作失败", "Invalid", "Oops", "undefined", "NaN", "1970-"] {
            #expect(!html.contains(word), "\(name) says \(word)")
        }
        #expect(html.components(separatedBy: "<h1").count == 2, "\(name) has one heading of the first order")
        #expect(!html.contains(" style=") && !html.contains("<style"), "\(name) has styles of its own")
        #expect(html.utf8.count < 200_000, "\(name) is \(html.utf8.count) bytes")
        let tree = try XMLTree.read(html.replacing("<!DOCTYPE html>", with: ""))
        let ids = tree.all.compactMap { $0["id"] }
        #expect(Set(ids).count == ids.count, "\(name): an id twice")
    }

    @Test("Every page is whole, has one heading, no style of its own and none of the words we do not use")
    func pages() async throws {
        let (view, entries) = try await SampleOffice.reference(forecasts: true)
        for language in Language.allCases {
            let context = SampleOffice.context(language)
            for (name, page) in SamplePages.all(view, entries) { try check(page, name, context) }
            for (name, page) in SamplePages.public(view) {
                var context = context
                context.reader = nil
                try check(page, name, context)
            }
        }
    }

    @Test("Style and script together stay small")
    func assets() {
        #expect(Stylesheet.text.utf8.count + Script.text.utf8.count < 60_000)
        #expect(Script.text.utf8.count <= 20_000)
        #expect(!Stylesheet.text.contains("http"))
    }
}

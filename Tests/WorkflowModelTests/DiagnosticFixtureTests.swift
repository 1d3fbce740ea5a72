import Foundation
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Diagnostics of files")
struct DiagnosticFixtureTests {
    @Test(
        "A file with a mistake gives exactly the diagnostics that it announces",
        arguments: try DiagnosticFixture.readHere())
    func fixture(_ fixture: DiagnosticFixture) throws {
        let diagnostics = try fixture.diagnostics()
        #expect(diagnostics.map(\.summary) == (try fixture.expectations()))
        for diagnostic in diagnostics {
            #expect(!diagnostic.hints.isEmpty)
            #expect(!diagnostic.message.zh.isEmpty && !diagnostic.message.en.isEmpty)
            #expect(diagnostic.place.span.start <= diagnostic.place.span.end)
        }
    }

    @Test("Every code has a file that produces it and a paragraph that explains it, and there are no others")
    func codes() throws {
        let codes = DiagnosticCode.allCases.map(\.rawValue)
        var announced: Set<String> = []
        for line in try DiagnosticFixture.all().flatMap({ try $0.expectations() }) {
            announced.insert(String(line.split(separator: " ")[1]))
        }
        #expect(announced == Set(codes))
        let explained = try ProjectFiles.text("docs/diagnostics.md").split(separator: "\n")
            .filter { $0.hasPrefix("## ") }.map { $0.dropFirst(3) }
        #expect(explained.map(String.init) == codes)
    }
}

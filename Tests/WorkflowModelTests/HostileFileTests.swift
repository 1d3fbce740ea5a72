import Foundation
import Testing
import WorkCalendar
import WorkflowModel

/// Files that were made to harm, and files that are merely enormous: they end, with the right answer.
@Suite("Hostile and enormous files")
struct HostileFileTests {
    private func codes(_ text: String) -> [DiagnosticCode] {
        WorkflowFile.read(text, path: "hostile.yaml").diagnostics.map(\.code)
    }

    @Test("An alias bomb is refused at its first anchor, before anything is expanded")
    func aliasBomb() {
        var text = "workflow: bomb\na0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let aliases = [String](repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        let reading = WorkflowFile.read(text, path: "bomb.yaml")
        #expect(reading.diagnostics.map(\.code) == [.anchorOrAlias])
        #expect(reading.diagnostics.first?.place.span.start == TextPosition(line: 2, column: 5))
    }

    @Test("Aliases as keys are refused as well, where a reader that hashes keys would expand them")
    func aliasKeys() {
        #expect(codes("workflow: &a x\n? [*a, *a]\n: 1\n").first == .anchorOrAlias)
        #expect(codes("base: &b {c: d}\nworkflow:\n  <<: *b\n") == [.anchorOrAlias, .mergeKey])
    }

    @Test("Fifty thousand brackets end at the greatest depth", arguments: ["[", "{a: ", "- ", "? "])
    func nesting(opening: String) {
        let text = "workflow: deep\nfacts:\n  " + String(repeating: opening, count: 50_000)
        #expect(codes(text) == [.nestedTooDeep])
    }

    /// With `LONG=1` twenty thousand, as many as fit into 4 MiB.
    private static let items = ProcessInfo.processInfo.environment["LONG"] == nil ? 4_000 : 20_000

    @Test("A list of thousands of items that wait for each other is read without a word")
    func enormous() {
        let reading = WorkflowFile.read(EnormousWorkflow.text(items: Self.items), path: "enormous.yaml")
        #expect(reading.diagnostics.isEmpty)
        #expect(reading.value?.items.count == Self.items)
    }

    @Test("A circle through thousands of items is found without running out of stack")
    func enormousCycle() {
        let text = EnormousWorkflow.text(items: Self.items, firstWaitsForLast: true)
        let reading = WorkflowFile.read(text, path: "circle.yaml")
        #expect(reading.diagnostics.map(\.code) == [.cycle])
        #expect((reading.diagnostics.first?.message.en.count ?? 0) < 500)
    }

    @Test("Of thousands of mistakes the first two hundred are listed and the rest is counted")
    func manyMistakes() {
        let facts = (0..<5_000).map { "  fact\($0): {type: bolean, values: 1}\n" }.joined()
        let reading = WorkflowFile.read("workflow: mistakes\nfacts:\n\(facts)", path: "mistakes.yaml")
        #expect(reading.value == nil)
        #expect(reading.diagnostics.count == 200)
        #expect(reading.omitted > 4_500)
    }

    @Test("A line of half a million characters is read, and its mistakes are placed without showing it")
    func oneLine() {
        let facts = (0..<10_000).map { "fact\($0): {type: bolean, title: {zh: 甲, en: A}}" }.joined(separator: ", ")
        let reading = WorkflowFile.read("{workflow: line, facts: {\(facts)}}", path: "line.yaml")
        #expect(reading.diagnostics.count == 200)
        #expect(reading.diagnostics.allSatisfy { $0.place.excerpt.text.count <= 160 })
    }

    @Test(
        "Nothing that is no text gets through",
        arguments: [
            ("workflow: a\u{0}b", DiagnosticCode.forbiddenCharacter), ("workflow: a\u{202E}b", .forbiddenCharacter),
            ("workflow: a\u{2028}b: c", .forbiddenCharacter), ("\u{FEFF}\u{FEFF}workflow: a", .forbiddenCharacter),
            ("", .emptyFile), ("# only a comment", .emptyFile), ("just text", .emptyFile), ("{}", .emptyFile),
            ("workflow: !!binary x", .tag), ("!<tag:yaml.org,2002:map> {workflow: a}", .tag),
            ("workflow: a\n...\nworkflow: b", .severalDocuments), ("workflow: \"\\xZZ\"", .syntax),
            ("workflow: @a", .syntax), ("workflow: 'a", .syntax), ("a: b: c", .syntax), ("- a\nb: c", .syntax),
        ])
    func noText(text: String, code: DiagnosticCode) {
        #expect(codes(text) == [code])
    }

    @Test("Places are counted alike whatever ends the lines, and with or without a byte order mark")
    func lineEnds() {
        for text in ["a: 1\nworkflow: [}", "\u{FEFF}a: 1\r\nworkflow: [}", "a: 1\rworkflow: [}"] {
            let found = WorkflowFile.read(text, path: "ends.yaml").diagnostics
            #expect(found.map(\.place.span.start) == [TextPosition(line: 2, column: 12)])
            #expect(found.first?.place.excerpt.text == "workflow: [}")
        }
    }

    @Test("Bytes that are no UTF-8 are refused where they start, in files of any length")
    func bytes() {
        let sound = Array("workflow: 规划\nversion: ".utf8)
        for broken: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE8, 0xA7]] {
            let reading = DefinitionFile.text(of: sound + broken, path: "bytes.yaml")
            #expect(reading.diagnostics.map(\.code) == [.notUTF8])
            #expect(reading.diagnostics.first?.place.span.start == TextPosition(line: 2, column: 10))
        }
        #expect(DefinitionFile.text(of: sound, path: "bytes.yaml").value == "workflow: 规划\nversion: ")
    }
}

/// A workflow of any size that is in order.
enum EnormousWorkflow {
    static func text(items: Int, firstWaitsForLast: Bool = false) -> String {
        var text = """
            workflow: enormous
            version: "1"
            title: {zh: 巨大, en: Enormous}
            processType: 10
            source: generated
            calendar: cn
            facts: {large: {type: boolean}}
            departments: {office: {zh: 窗口, en: Office}}
            targets:
              - {id: all, from: i0, to: i\(items - 1), counts: [gov], source: generated}
            stages:
              - id: works
                title: {zh: 施工许可, en: Construction permit}
                national: 3
                lead: office
                items:

            """
        for index in 0..<items {
            let near = (1...5).map { index - $0 * $0 }.filter { $0 >= 0 }
            let after = index == 0 && firstWaitsForLast ? ["i\(items - 1)"] : near.map { "i\($0)" }
            text +=
                "      - {id: i\(index), title: {zh: 事项, en: Item}, kind: approval, department: office, takes: 1/2/3 wd, "
            text += "after: [\(after.joined(separator: ", "))], milestone: true, source: generated}\n"
        }
        return text
    }
}

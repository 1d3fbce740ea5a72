import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Figures changed in a workflow file")
struct FigureEditTests {
    private func edited(_ text: String, _ edits: [FigureEdit]) throws -> EditedWorkflow {
        try #require(WorkflowFile.edited(text, path: "a.yaml", edits).value)
    }

    private func example() throws -> String { try ProjectFiles.text("docs/examples/one-of-each.yaml") }

    @Test("A figure changes, its comment stands above, and no other character does")
    func oneFigure() throws {
        let text = try example()
        let result = try edited(
            text,
            [
                FigureEdit(item: "permit", path: ["takes"], value: "2/4/9 wd", note: "log, n = 40"),
                FigureEdit(item: "permit", path: ["distribution"], value: "pert", after: "takes"),
                FigureEdit(
                    item: "acceptance", path: ["participants", "archive", "takes"], value: "1/2/4 wd", note: "n = 7"),
                FigureEdit(item: "acceptance", path: ["rectification", "chance"], value: "0.25"),
            ])
        let wanted =
            text
            .replacingOne(
                "        takes: 3/5/8 wd\n",
                "        \(WorkflowFile.noteMark)log, n = 40\n        takes: 2/4/9 wd\n        distribution: pert\n"
            )
            .replacingOne(
                "          - {id: archive, title: {zh: 档案, en: Archive}, department: archive, takes: 2/3/5 wd",
                "          \(WorkflowFile.noteMark)n = 7\n"
                    + "          - {id: archive, title: {zh: 档案, en: Archive}, department: archive, takes: 1/2/4 wd"
            )
            .replacingOne("chance: 0.4", "chance: 0.25")
        #expect(result.text == wanted && result.unplaced.isEmpty)
        let permit = try #require(result.definition.items.first { $0.id == "permit" })
        #expect(permit.takes?.max == .working(9) && permit.distribution == .pert)
    }

    @Test("The same edits again change nothing; another note takes the place of the first")
    func again() throws {
        func edit(_ note: String) -> [FigureEdit] {
            [
                FigureEdit(item: "permit", path: ["takes"], value: "2/4/9 wd", note: note),
                FigureEdit(item: "permit", path: ["distribution"], value: "pert", after: "takes"),
            ]
        }
        let first = try edited(try example(), edit("one"))
        #expect(try edited(first.text, edit("one")).text == first.text)
        let second = try edited(first.text, edit("two"))
        #expect(second.text == first.text.replacingOne("拟合: one", "拟合: two"))
    }

    @Test("Flow style on one line, Windows line ends and a byte order mark are kept")
    func styles() throws {
        let text = try example().replacingOne(
            """
                  - id: works
                    title: {zh: 施工, en: Works}
                    kind: applicant
                    department: housing
                    after: [entered]
                    takes: 10/20/40 wd
                    source: assumed
            """,
            """
                  - {id: works, title: {zh: 施工, en: Works}, kind: applicant, department: housing, after: [entered],
                     takes: "10/20/40 wd", source: assumed}
            """)
        let edits = [
            FigureEdit(item: "works", path: ["takes"], value: "11 wd"),
            FigureEdit(item: "works", path: ["distribution"], value: "uniform", after: "takes"),
        ]
        let wanted = text.replacingOne("\"10/20/40 wd\"", "11 wd, distribution: uniform")
        #expect(try edited(text, edits).text == wanted)
        func windows(_ text: String) -> String {
            "\u{FEFF}" + text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        }
        #expect(Array(try edited(windows(text), edits).text.utf8) == Array(windows(wanted).utf8))
    }

    @Test("What the file has no place for is handed back; what makes the file wrong is said")
    func unplaced() throws {
        let nowhere = [
            FigureEdit(item: "nobody", path: ["takes"], value: "1 wd"),
            FigureEdit(item: "permit", path: ["correction", "chance"], value: "0.1"),
            FigureEdit(item: "permit", path: ["materials"], value: "x"),
        ]
        let text = try example()
        let result = try edited(text, nowhere)
        #expect(result.unplaced == nowhere && result.text == text)
        let wrong = WorkflowFile.edited(
            text, path: "a.yaml", [FigureEdit(item: "permit", path: ["takes"], value: "9/4/2 wd")])
        #expect(wrong.value == nil && !wrong.diagnostics.isEmpty)
    }
}

extension String {
    /// - Precondition: it occurs once.
    fileprivate func replacingOne(_ old: String, _ new: String) -> String {
        let parts = split(separator: old, omittingEmptySubsequences: false)
        precondition(parts.count == 2, "occurs \(parts.count - 1) times: \(old)")
        return parts.joined(separator: new)
    }
}

import Foundation
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Wording of diagnostics")
struct DiagnosticWordingTests {
    /// What a fixture says on a terminal.
    private func text(_ name: String, _ language: Language) throws -> String {
        let fixture = DiagnosticFixture(url: ProjectFiles.url("\(DiagnosticFixture.folder)/\(name)"))
        let renderer = DiagnosticRenderer(language: language)
        return try fixture.diagnostics().map { renderer.text(for: $0) }.joined(separator: "\n")
    }

    @Test("A circle of dependencies is named in the order in which its items wait for each other")
    func cycle() throws {
        #expect(
            try text("wf031-cycle.yaml", .en) == """
                wf031-cycle.yaml:24:17: error[WF031]: “permit” waits for itself: permit → check → filing → permit
                   24 |         after: [check]
                      |                 ^^^^^ this dependency closes the loop
                  hint: remove one of these dependencies, or wait for an earlier phase of a joint item
                  note: wf031-cycle.yaml:38:17: “check” waits for “filing”
                  note: wf031-cycle.yaml:31:17: “filing” waits for “permit”

                """)
        #expect(
            try text("wf031-cycle.yaml", .zh) == """
                wf031-cycle.yaml:24:17: 错误[WF031]: “permit”最终等的是自己：permit → check → filing → permit
                   24 |         after: [check]
                      |                 ^^^^^ 这个依赖让它成了环
                  提示: 去掉其中一个依赖，或让它等联合事项中更早的环节
                  参见: wf031-cycle.yaml:38:17: “check”等“filing”
                  参见: wf031-cycle.yaml:31:17: “filing”等“permit”

                """)
    }

    @Test("Carets stand under Chinese text, whose characters are two columns wide")
    func carets() throws {
        #expect(
            try text("yml021-one-language-only.yaml", .en) == """
                yml021-one-language-only.yaml:19:16: error[YML021]: the text has no English
                   19 |         title: 施工许可证
                      |                ^^^^^^^^^^ en: is missing
                  hint: write {zh: 施工许可, en: Construction permit}

                """)
        #expect(
            try text("wf060-vague-material.yaml", .zh) == """
                wf060-vague-material.yaml:12:17: 错误[WF060]: 材料名称“法律规定的其他材料”含糊，申请人不知道要交什么
                   12 |   plan: {title: {zh: 法律规定的其他材料, en: Documents}, basis: 城乡规划法 art.40}
                      |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ “其他材料”不是具体的材料
                  提示: 逐项写出材料；兜底性材料要求不能写进清单

                """)
        #expect(
            try text("cal001-unreadable-date.yaml", .en) == """
                cal001-unreadable-date.yaml:12:53: error[CAL001]: “2026-02-30” is no date
                   12 |       - {name: {zh: 春节, en: Spring Festival}, from: 2026-02-30}
                      |                                                       ^^^^^^^^^^ there is no such day
                  hint: write it as 2026-02-17

                """)
    }

    @Test("A misspelt name is answered with the one that was meant")
    func nearest() throws {
        #expect(
            try text("wf002-unknown-department.yaml", .en) == """
                wf002-unknown-department.yaml:21:21: error[WF002]: there is no department “housin”
                   21 |         department: housin
                      |                     ^^^^^^ not among the departments
                  hint: did you mean “housing”?
                  hint: declare it under departments:

                """)
    }

    @Test("What is wrong in a condition is shown where it stands in the condition")
    func condition() throws {
        #expect(
            try text("wf043-unknown-fact-value.yaml", .zh) == """
                wf043-unknown-fact-value.yaml:27:22: 错误[WF043]: “eia”没有值“table”
                   27 |         when: 'eia = "table"'
                      |                      ^^^^^^^ 没有这个值
                  提示: 它的值有：report、form、none

                """)
    }

    @Test("What cannot be seen in a file is shown escaped")
    func invisible() throws {
        let text = "workflow: a\nversion: \"1\"\n\u{200B}source: x\n"
        let found = WorkflowFile.read(text, path: "a.yaml").diagnostics.first { $0.code == .unknownKey }
        #expect(found?.message.en == "there is no key “\\u{200B}source” here")
    }

    @Test("Colours are ANSI escapes and stand only where they are asked for")
    func colours() throws {
        let reading = WorkflowFile.read("workflow: [\n", path: "a.yaml")
        #expect(DiagnosticRenderer(language: .en, isColoured: true).text(for: reading).contains("\u{1B}[1;31m"))
        #expect(!DiagnosticRenderer(language: .en).text(for: reading).contains("\u{1B}"))
    }

    @Test("As JSON a diagnostic has its code, both ends, both languages and the place where it is explained")
    func json() throws {
        let diagnostics = WorkflowFile.read("worflow: a\n", path: "a.yaml").diagnostics
        #expect(
            Diagnostic.json(diagnostics) == """
                [
                  {
                    "code" : "YML014",
                    "end" : {
                      "column" : 8,
                      "line" : 1
                    },
                    "file" : "a.yaml",
                    "hints" : [
                      {
                        "en" : "did you mean “workflow”?",
                        "zh" : "是不是“workflow”？"
                      },
                      {
                        "en" : "one of the keys workflow:, city:, calendar:, project:, catalogue:, itemCatalogue:, form: and network: is needed",
                        "zh" : "需要 workflow:、city:、calendar:、project:、catalogue:、itemCatalogue:、form: 或 network: 其中之一"
                      }
                    ],
                    "label" : {
                      "en" : "no key says what the file is",
                      "zh" : "没有一个键说明文件种类"
                    },
                    "line" : "worflow: a",
                    "link" : "docs/diagnostics.md#yml014",
                    "message" : {
                      "en" : "this is no kind of file that is known here",
                      "zh" : "看不出这是哪种文件"
                    },
                    "notes" : [

                    ],
                    "severity" : "error",
                    "start" : {
                      "column" : 1,
                      "line" : 1
                    }
                  }
                ]
                """)
    }
}

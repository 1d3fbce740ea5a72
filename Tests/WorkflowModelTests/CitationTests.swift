import Testing
import WorkCalendar
import WorkflowModel

@Suite("Citations as readers of a language write them")
struct CitationTests {
    @Test(
        "Articles, years, several laws and what is assumed",
        arguments: [
            ("城乡规划法 art.38", "城乡规划法第38条"),
            ("行政许可法 (2019) art. 45", "行政许可法（2019）第45条"),
            ("行政许可法 (2019) arts. 42, 82", "行政许可法（2019）第42、82条"),
            ("施工图设计文件审查管理办法 arts.10-13", "施工图设计文件审查管理办法第10至13条"),
            ("行政许可法 (2019) arts. 22–26", "行政许可法（2019）第22至26条"),
            ("土地管理法 art.52; 城乡规划法 arts.36, 38", "土地管理法第52条；城乡规划法第36、38条"),
            ("乳山规划 四章三节二; assumed", "乳山规划 四章三节二；假定"),
            ("住建部令第51号 art.27", "住建部令第51号第27条"),
            ("乳山“十四五”行政审批规划 (2021) 四章二节一", "乳山“十四五”行政审批规划（2021）四章二节一"),
            ("流程定义 / the workflow", "流程定义"), ("assumed", "假定"), ("", ""), ("; ", "；"),
            ("Code 7 art. 5", "Code 7 art. 5"), ("重庆方案 二(四)", "重庆方案 二(四)"),
        ])
    func chinese(text: String, words: String) {
        #expect(Citation.words(text, in: .zh) == words)
    }

    @Test(
        "In English they stand as they are, but for the side that is English",
        arguments: ["城乡规划法 art.38; assumed", "行政许可法 (2019) arts. 42, 82", "", "a / b", "甲 / 乙"])
    func english(text: String) {
        #expect(Citation.words(text, in: .en) == text)
        #expect(Citation.words("流程定义 / the workflow", in: .en) == "the workflow")
    }
}

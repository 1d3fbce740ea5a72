import Orchestrator
import WorkCalendar
import WorkflowModel

/// The case that engines are compared on: four stages, each fans out to six items side by side and joins.
struct StageWorkflow {
    static let stages = 4
    static let items = 6
    /// What a case leaves in its log: its opening, three events an item, start and closing of each stage, completion.
    static let events = 1 + stages * items * 3 + stages * 2 + 1

    let publication: Publication
    let project = Project(
        code: "2403-500112-04-01-230517", title: LocalizedText(zh: "基准项目", en: "Benchmark project"), owner: nil,
        facts: [:])

    init(stages: Int = stages, items: Int = items) {
        let text = Self.text(stages, items)
        let reading = WorkflowFile.read(text, path: "stages.yaml")
        guard let workflow = reading.value else { fatalError("\(reading.diagnostics)") }
        publication = Publication(workflow: workflow, text: text, calendar: .weekdays, calendarText: nil)
    }

    static func item(_ stage: Int, _ item: Int) -> String { "s\(stage)-t\(item)" }

    /// Every item of a stage waits for all items of the stage before.
    private static func text(_ stages: Int, _ items: Int) -> String {
        var text = """
            workflow: four-stages
            version: "1"
            title: {zh: 四阶段, en: Four stages}
            processType: 10
            source: benchmark
            calendar: weekdays
            facts: {}
            departments:
              office: {zh: 部门, en: Office}
            targets:
              - {id: whole, title: {zh: 全程, en: Whole}, from: s0-t0, to: \(item(stages - 1, items - 1)), counts: [gov], source: benchmark}
            stages:

            """
        for stage in 0..<stages {
            text += """
                  - id: stage-\(stage)
                    title: {zh: 阶段 \(stage), en: Stage \(stage)}
                    national: \(min(stage, 4) + 1)
                    lead: office
                    items:

                """
            let before = stage == 0 ? "" : (0..<items).map { Self.item(stage - 1, $0) }.joined(separator: ", ")
            for item in 0..<items {
                text += """
                          - {id: \(Self.item(stage, item)), title: {zh: 事项, en: Item}, kind: utility, department: office,
                             takes: 1 wd, milestone: true, after: [\(before)], source: benchmark}

                    """
            }
        }
        return text
    }
}

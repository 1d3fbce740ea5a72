import Foundation
import Interchange
import Planning
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Plans of other programs")
struct ForeignPlanTests {
    private static let start = LocalDate(year: 2024, month: 3, day: 1)!  // a date that exists

    private static func shipped(_ number: Int) throws -> WorkflowDefinition {
        let prefix = "wf-\(number < 10 ? "0" : "")\(number)-"
        let file = try #require(
            try ProjectFiles.files(in: "Workflows", extension: "yaml").first { $0.lastPathComponent.hasPrefix(prefix) })
        let text = try ProjectFiles.text("Workflows/" + file.lastPathComponent)
        return try #require(WorkflowFile.read(text, path: file.lastPathComponent).value)
    }

    private func plan(_ workflow: WorkflowDefinition) throws -> PlanReport {
        try Planner(plan: Plan.resolve(workflow, facts: workflow.resolvedFacts([:])), calendar: .weekdays)
            .report(start: Self.start)
    }

    // MARK: Microsoft Project

    @Test("A schedule that was written is read again with its tasks, durations and links", arguments: [1, 2, 9, 12])
    func project(number: Int) throws {
        let workflow = try Self.shipped(number)
        let report = try plan(workflow)
        let text = ProjectFile.text(
            title: workflow.title.zh, rows: report.activities.map { ScheduledRow($0) }, workflow: workflow,
            calendar: .weekdays, language: .zh)
        let read = try ProjectFile.read(Array(text.utf8))
        #expect(read.title == workflow.title.zh)
        #expect(
            read.items.map(\.title) == report.activities.map(\.activity.title.zh).inOrder(of: read.items.map(\.title)))
        #expect(read.items.count == report.activities.count)
        let links = read.items.reduce(0) { $0 + $1.after.count }
        #expect(links == report.activities.reduce(0) { $0 + $1.predecessors.count })
        let milestones = report.activities.count { $0.earlyStart == $0.earlyFinish }
        #expect(read.items.count(where: \.isMilestone) == milestones)
    }

    @Test("What is read becomes a workflow file without mistakes", arguments: [1, 2, 9, 12])
    func becomesWorkflow(number: Int) throws {
        let workflow = try Self.shipped(number)
        let report = try plan(workflow)
        let text = ProjectFile.text(
            title: "x", rows: report.activities.map { ScheduledRow($0) }, workflow: workflow, calendar: .weekdays,
            language: .en)
        let imported = try ProjectFile.read(Array(text.utf8))
        let reading = WorkflowFile.read(imported.workflowText, path: "imported.yaml")
        #expect(reading.errors.map { "\($0.code) \($0.message.en) \($0.place.excerpt.text)" } == [])
        #expect(reading.value?.items.count == imported.items.count)
        #expect(!imported.losses.isEmpty)
    }

    @Test("What a workflow cannot say is counted in the losses")
    func losses() throws {
        let text = """
            <Project xmlns="http://schemas.microsoft.com/project"><Title>P</Title><Tasks>
            <Task><UID>0</UID><Name>P</Name></Task>
            <Task><UID>1</UID><Name>Phase</Name><Summary>1</Summary><OutlineLevel>1</OutlineLevel></Task>
            <Task><UID>2</UID><Name>A &amp; B</Name><Duration>PT40H0M0S</Duration><DurationFormat>7</DurationFormat>
            <ConstraintType>4</ConstraintType><PercentComplete>50</PercentComplete></Task>
            <Task><UID>3</UID><Name>C</Name><Duration>PT4H0M0S</Duration><Deadline>2024-03-01T17:00:00</Deadline>
            <PredecessorLink><PredecessorUID>2</PredecessorUID><Type>1</Type><LinkLag>-4800</LinkLag></PredecessorLink>
            <PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type></PredecessorLink></Task>
            </Tasks><Resources><Resource><UID>1</UID></Resource></Resources></Project>
            """
        let plan = try ProjectFile.read(Array(text.utf8))
        #expect(plan.items.map(\.title) == ["A & B", "C"])
        #expect(plan.items.map(\.takes) == ["5 wd", "1 wd"])
        #expect(plan.items[1].after == [.init(item: "a-b")])
        let words = plan.losses.map(\.en).joined(separator: "\n")
        for word in ["summary", "links to summary tasks", "leads", "constraints", "deadlines", "per cent", "resources"]
        {
            #expect(words.contains(word), "\(word) in \(words)")
        }
    }

    // MARK: BPMN

    @Test("A workflow that was written as a process is read again with what waits for what", arguments: 1...12)
    func process(number: Int) throws {
        let workflow = try Self.shipped(number)
        let read = try ProcessFile.read(Array(ProcessFile.text(of: workflow, language: .zh).utf8))
        #expect(Set(read.items.map(\.id)) == Set(workflow.items.map(\.id)))
        for item in workflow.items {
            let found = try #require(read.items.first { $0.id == item.id })
            #expect(found.title == item.title.zh)
            #expect(Set(found.after.map(\.item)) == Set(item.after.map(\.item)), "\(item.id)")
            #expect(found.isMilestone == (item.kind == .milestone))
        }
        let reading = WorkflowFile.read(read.workflowText, path: "imported.yaml")
        #expect(reading.errors.map { "\($0.code) \($0.message.en) \($0.place.excerpt.text)" } == [])
    }

    @Test(
        "Tokens find their way: one start, one end, and what lies between follows the one and leads to the other",
        arguments: 1...12)
    func tokens(number: Int) throws {
        let tree = try XMLTree.read(ProcessFile.text(of: try Self.shipped(number), language: .en))
        let process = try #require(tree.all("bpmn:process").first)
        for scope in [process] + tree.all("bpmn:subProcess") {
            let flows = scope.children.filter { $0.name == "bpmn:sequenceFlow" }
            let nodes = scope.children.filter {
                ["Task", "Event", "Gateway", "subProcess"].contains(where: $0.name.hasSuffix)
            }
            #expect(nodes.count { $0.name == "bpmn:startEvent" } == 1)
            #expect(nodes.count { $0.name == "bpmn:endEvent" } == 1)
            for node in nodes {
                let id = try #require(node["id"])
                #expect(flows.contains { $0["targetRef"] == id } == (node.name != "bpmn:startEvent"), "\(id)")
                #expect(flows.contains { $0["sourceRef"] == id } == (node.name != "bpmn:endEvent"), "\(id)")
            }
            let ids = Set(nodes.compactMap { $0["id"] })
            #expect(flows.allSatisfy { ids.contains($0["sourceRef"] ?? "") && ids.contains($0["targetRef"] ?? "") })
        }
    }

    @Test("Every part of a process is drawn, inside its lane and apart from the others", arguments: 1...12)
    func drawing(number: Int) throws {
        let workflow = try Self.shipped(number)
        let tree = try XMLTree.read(ProcessFile.text(of: workflow, language: .en))
        let shapes = tree.all("bpmndi:BPMNShape")
        var boxes: [String: (x: Int, y: Int, width: Int, height: Int)] = [:]
        for shape in shapes {
            let bounds = try #require(shape.all("dc:Bounds").first)
            func number(_ name: String) throws -> Int { try #require(bounds[name].flatMap { Int($0) }) }
            boxes[try #require(shape["bpmnElement"])] = (
                try number("x"), try number("y"), try number("width"), try number("height")
            )
        }
        let nodes = tree.all("bpmn:lane").flatMap { lane in
            lane.all("bpmn:flowNodeRef").map { (lane: lane["id"] ?? "", node: $0.text) }
        }
        #expect(nodes.count == Set(nodes.map(\.node)).count)
        for (lane, node) in nodes {
            let inner = try #require(boxes[node]), outer = try #require(boxes[lane])
            #expect(outer.x <= inner.x && inner.x + inner.width <= outer.x + outer.width, "\(node)")
            #expect(outer.y <= inner.y && inner.y + inner.height <= outer.y + outer.height, "\(node)")
        }
        let placed = nodes.compactMap { boxes[$0.node] }
        for (position, a) in placed.enumerated() {
            for b in placed[(position + 1)...] {
                let isApart =
                    a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
                #expect(isApart)
            }
        }
        // What lies inside a joint item is not drawn: it is shown closed.
        let process = try #require(tree.all("bpmn:process").first)
        #expect(tree.all("bpmndi:BPMNEdge").count == process.children.count { $0.name == "bpmn:sequenceFlow" })
    }

    @Test("Choices and loops are taken as far as a workflow can, and told")
    func choices() throws {
        let text = """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" name="P">
            <startEvent id="s"/><task id="a" name="A"/><exclusiveGateway id="g"/><task id="b" name="B"/>
            <task id="c" name="C"/><endEvent id="e"/><dataObject id="d"/>
            <sequenceFlow id="1" sourceRef="s" targetRef="a"/><sequenceFlow id="2" sourceRef="a" targetRef="g"/>
            <sequenceFlow id="3" sourceRef="g" targetRef="b"><conditionExpression>x</conditionExpression></sequenceFlow>
            <sequenceFlow id="4" sourceRef="g" targetRef="c"/><sequenceFlow id="5" sourceRef="c" targetRef="a"/>
            <sequenceFlow id="6" sourceRef="b" targetRef="e"/></process></definitions>
            """
        let plan = try ProcessFile.read(Array(text.utf8))
        #expect(plan.items.map(\.title) == ["A", "B", "C"])
        #expect(plan.items[1].after == [.init(item: "a")])
        #expect(WorkflowFile.read(plan.workflowText, path: "x").errors.isEmpty)
        let words = plan.losses.map(\.en).joined(separator: "\n")
        for word in ["choose", "conditions on flows", "loop", "dataObject", "no duration"] {
            #expect(words.contains(word), "\(word) in \(words)")
        }
    }

    // MARK: Hostile files

    private static let hostile: [String] = [
        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><Project>&a;</Project>",
        "<Project><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\"/></Project>",
        String(repeating: "<Project>", count: 200) + String(repeating: "</Project>", count: 200),
        "<Project><Tasks>" + String(repeating: "<Task><UID>1</UID></Task>", count: 2_001) + "</Tasks></Project>",
        "<Project \(String(repeating: "a=\"1\" ", count: 20_000))/>", "<Project><Tasks>", "PK\u{3}\u{4}", "",
        "<html/>",
    ]

    @Test("Hostile files are refused as schedules, with a place or a reason", arguments: hostile)
    func refusedAsSchedules(_ text: String) {
        #expect(throws: ForeignFileError.self) { try ProjectFile.read(Array(text.utf8)) }
    }

    @Test("Hostile files are refused as processes", arguments: hostile)
    func refusedAsProcesses(_ text: String) {
        let own = text.replacing("Project", with: "definitions").replacing("Task", with: "task")
        #expect(throws: ForeignFileError.self) { try ProcessFile.read(Array(own.utf8)) }
    }

    @Test("Names that YAML would take for something else come back as they were")
    func quoting() throws {
        let names = ["yes", "1.5", "a: b", "# x", "\"q\" \\ '", "{a}", "- x", "null", "规划：许可"]
        let tasks = names.enumerated().map { number, name in
            "<Task><UID>\(number + 1)</UID><Name>\(name.replacing("\"", with: "&quot;"))</Name><Duration>PT8H0M0S</Duration></Task>"
        }
        let text = "<Project><Tasks>\(tasks.joined())</Tasks></Project>"
        let plan = try ProjectFile.read(Array(text.utf8))
        let reading = WorkflowFile.read(plan.workflowText, path: "x")
        #expect(reading.errors.map(\.message.en) == [])
        #expect(reading.value?.items.map(\.title.zh) == names)
    }
}

extension [String] {
    /// These in the order of others that are the same.
    fileprivate func inOrder(of others: [String]) -> [String] {
        sorted() == others.sorted() ? others : self
    }
}

import WorkCalendar
import WorkflowModel

/// Workflows as BPMN 2.0 processes.
///
/// - Source: OMG Business Process Model and Notation 2.0.2, formal/2013-12-09; DI in clause 12.
public enum ProcessFile {
    static let extensionNamespace = "urn:binglian:bpmn:1"

    /// A workflow as a BPMN document that draws: lanes are departments, forks and joins are parallel gateways.
    ///
    /// What BPMN cannot say (relations other than finish to start, lags, conditions, limits) stands in extension elements,
    /// which ``read(_:)`` takes back.
    /// - Complexity: O(items × depth + dependencies).
    public static func text(of workflow: WorkflowDefinition, language: Language) -> String {
        ProcessWriter(workflow: workflow, language: language).document
    }
}

private struct ProcessWriter {
    let workflow: WorkflowDefinition
    let language: Language
    private let drawing: ProcessDrawing

    init(workflow: WorkflowDefinition, language: Language) {
        self.workflow = workflow
        self.language = language
        drawing = ProcessDrawing(workflow, language)
    }

    var document: String {
        var xml = XMLText()
        xml.element(
            "bpmn:definitions",
            [
                "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
                "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
                "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
                "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
                "xmlns:binglian": ProcessFile.extensionNamespace, "id": "definitions",
                "targetNamespace": "urn:binglian:\(workflow.id)", "exporter": "Binglian",
            ]
        ) { xml in
            xml.element("bpmn:collaboration", ["id": "collaboration"]) { xml in
                xml.empty(
                    "bpmn:participant",
                    ["id": "pool", "name": workflow.title[language], "processRef": Self.name(workflow.id)])
            }
            xml.element(
                "bpmn:process",
                ["id": Self.name(workflow.id), "name": workflow.title[language], "isExecutable": "true"]
            ) { xml in
                xml.element("bpmn:extensionElements") { xml in
                    xml.empty("binglian:workflow", ["id": workflow.id, "version": workflow.version])
                }
                lanes(&xml)
                for node in drawing.nodes { element(&xml, node) }
                for flow in drawing.flows {
                    xml.empty(
                        "bpmn:sequenceFlow",
                        ["id": flow.id, "sourceRef": flow.from.id, "targetRef": flow.to.id])
                }
            }
            diagram(&xml)
        }
        return xml.text
    }

    /// An XML name of an id that may begin with a figure.
    static func name(_ id: String) -> String { "w-\(id)" }

    private func lanes(_ xml: inout XMLText) {
        xml.element("bpmn:laneSet", ["id": "lanes"]) { xml in
            for lane in drawing.lanes {
                xml.element("bpmn:lane", ["id": lane.id, "name": lane.title]) { xml in
                    for node in drawing.nodes where node.lane == lane.id { xml.element("bpmn:flowNodeRef", node.id) }
                }
            }
        }
    }

    private func element(_ xml: inout XMLText, _ node: ProcessDrawing.Node) {
        let incoming = drawing.flows.filter { $0.to.id == node.id }.map(\.id)
        let outgoing = drawing.flows.filter { $0.from.id == node.id }.map(\.id)
        func ends(_ xml: inout XMLText) {
            for flow in incoming { xml.element("bpmn:incoming", flow) }
            for flow in outgoing { xml.element("bpmn:outgoing", flow) }
        }
        switch node.kind {
        case .start: xml.element("bpmn:startEvent", ["id": node.id], ends)
        case .end: xml.element("bpmn:endEvent", ["id": node.id], ends)
        case .fork, .join: xml.element("bpmn:parallelGateway", ["id": node.id], ends)
        case .item(let item):
            let tag =
                item.kind == .milestone
                ? "bpmn:intermediateThrowEvent" : item.joint == nil ? "bpmn:userTask" : "bpmn:subProcess"
            xml.element(tag, ["id": node.id, "name": item.title[language]]) { xml in
                xml.element("bpmn:extensionElements") { xml in extra(&xml, item) }
                ends(&xml)
                if let joint = item.joint { parts(&xml, joint.participants, of: node.id) }
            }
        }
    }

    /// What the departments of a joint item do, side by side from one start to one end: many engines refuse a subprocess
    /// without them, although the standard lets every task without a predecessor begin (clause 13.3.4).
    private func parts(_ xml: inout XMLText, _ participants: [Participant], of id: String) {
        // No participant's id begins with a hyphen, so these are nobody's.
        let (start, fork, join, end) = ("\(id)--start", "\(id)--fork", "\(id)--join", "\(id)--end")
        let tasks = participants.map { "\(id)-\($0.id)" }
        xml.empty("bpmn:startEvent", ["id": start])
        xml.empty("bpmn:parallelGateway", ["id": fork])
        for (task, participant) in zip(tasks, participants) {
            xml.empty("bpmn:userTask", ["id": task, "name": participant.title[language]])
        }
        xml.empty("bpmn:parallelGateway", ["id": join])
        xml.empty("bpmn:endEvent", ["id": end])
        let flows = [(start, fork)] + tasks.map { (fork, $0) } + tasks.map { ($0, join) } + [(join, end)]
        for (number, flow) in flows.enumerated() {
            xml.empty(
                "bpmn:sequenceFlow", ["id": "\(id)--flow-\(number + 1)", "sourceRef": flow.0, "targetRef": flow.1])
        }
    }

    /// What BPMN has no place for.
    private func extra(_ xml: inout XMLText, _ item: Item) {
        xml.empty(
            "binglian:item",
            [
                "id": item.id, "kind": item.joint == nil ? item.kind.rawValue : nil,
                "department": item.department, "takes": item.takes.map(Self.amount),
                "limit": item.limit?.description, "when": item.when?.description, "basis": item.basis,
            ])
        for after in item.after where after.type != .finishToStart || after.lag.minutes != 0 {
            xml.empty(
                "binglian:after",
                [
                    "item": after.item, "type": after.type.rawValue,
                    "lag": after.lag.minutes == 0 ? nil : after.lag.description,
                ])
        }
    }

    /// `1/3/5 wd`.
    private static func amount(_ estimate: DurationEstimate) -> String {
        let numbers = [estimate.min, estimate.likely, estimate.max].map { DayAmount.number(minutes: $0.minutes) }
        let unit = estimate.unit == .working ? "wd" : "cd"
        return Set(numbers).count == 1 ? "\(numbers[0]) \(unit)" : "\(numbers.joined(separator: "/")) \(unit)"
    }

    // MARK: The drawing

    private func diagram(_ xml: inout XMLText) {
        xml.element("bpmndi:BPMNDiagram", ["id": "diagram"]) { xml in
            xml.element("bpmndi:BPMNPlane", ["id": "plane", "bpmnElement": "collaboration"]) { xml in
                shape(&xml, "pool", drawing.pool, isHorizontal: true)
                for lane in drawing.lanes { shape(&xml, lane.id, lane.box, isHorizontal: true) }
                for node in drawing.nodes {
                    var isSub = false
                    if case .item(let item) = node.kind { isSub = item.joint != nil }
                    shape(&xml, node.id, node.box, isExpanded: isSub ? false : nil)
                }
                for flow in drawing.flows {
                    xml.element("bpmndi:BPMNEdge", ["id": "\(flow.id)-edge", "bpmnElement": flow.id]) { xml in
                        for point in flow.points { xml.empty("di:waypoint", ["x": "\(point.x)", "y": "\(point.y)"]) }
                    }
                }
            }
        }
    }

    private func shape(
        _ xml: inout XMLText, _ id: String, _ box: ProcessDrawing.Box, isHorizontal: Bool? = nil,
        isExpanded: Bool? = nil
    ) {
        xml.element(
            "bpmndi:BPMNShape",
            [
                "id": "\(id)-shape", "bpmnElement": id, "isHorizontal": isHorizontal.map { "\($0)" },
                "isExpanded": isExpanded.map { "\($0)" },
            ]
        ) { xml in
            xml.empty(
                "dc:Bounds",
                ["x": "\(box.x)", "y": "\(box.y)", "width": "\(box.width)", "height": "\(box.height)"])
        }
    }
}

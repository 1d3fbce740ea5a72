import WorkCalendar

extension ProcessFile {
    /// Reads a BPMN 2.0 process.
    ///
    /// Tasks become items, lanes departments; gateways and events between tasks only say what waits for what. What a
    /// workflow cannot say, such as choices by condition and loops, is told in the losses.
    /// - Throws: ``ForeignFileError`` with the place: not well-formed, a DTD, too large, too deep, too many elements.
    /// - Complexity: O(bytes + flows × gateways).
    public static func read(_ bytes: [UInt8]) throws(ForeignFileError) -> ForeignPlan {
        var reader = ProcessReader()
        try reader.read(try XMLGuard.checked(bytes, largest: ForeignPlan.largestFile))
        return try reader.plan()
    }
}

/// Walks the elements of a BPMN document.
private struct ProcessReader: XMLElementReader {
    private var path: [(name: String, id: String?)] = []
    private var value = ""
    private var process: (id: String, name: String)?
    private var isInOtherProcess = false
    private var otherProcesses = 0
    private var nodes: [String: Node] = [:]
    private var order: [String] = []
    private var flows: [(from: String, to: String, hasCondition: Bool)] = []
    private var lanes: [(id: String, name: String)] = []
    private var laneOf: [String: String] = [:]
    private var lane: String?
    private var ignored: [String: Int] = [:]
    private var workflowID: String?

    private struct Node {
        enum Kind { case task, milestone, end, gateway(isParallel: Bool) }
        var kind: Kind
        var name: String
        var tag: String
        var item: [String: String] = [:]
        var after: [[String: String]] = []
        /// Tasks inside that are not taken over.
        var inside = 0
    }

    private static let tasks: Set<String> = [
        "task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask",
        "callActivity", "subProcess", "transaction", "adHocSubProcess",
    ]
    private static let gateways: Set<String> = [
        "parallelGateway", "exclusiveGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway",
    ]
    private static let harmless: Set<String> = [
        "definitions", "process", "collaboration", "participant", "laneSet", "lane", "flowNodeRef", "incoming",
        "outgoing", "extensionElements", "sequenceFlow", "conditionExpression", "BPMNDiagram", "BPMNPlane", "BPMNShape",
        "BPMNEdge", "BPMNLabel", "BPMNLabelStyle", "Bounds", "waypoint", "Font", "workflow", "item", "after",
        "childLaneSet",
    ]

    mutating func begin(_ name: String, attributes: [String: String]) throws(ForeignFileError) {
        if path.isEmpty, name != "definitions" {
            throw ForeignFileError(
                LocalizedText(
                    zh: "根元素是 <\(name)>，不是 BPMN 的 <definitions>", en: "the root is <\(name)>, not BPMN's <definitions>"),
                advice: LocalizedText(zh: "请导出为 BPMN 2.0 XML", en: "export it as BPMN 2.0 XML"))
        }
        if name == "include" {
            throw ForeignFileError(
                LocalizedText(
                    zh: "文件要求引入别的文件（XInclude），不予读取",
                    en: "the file wants another file included (XInclude), which is refused"),
                advice: LocalizedText(zh: "请删去 include 元素", en: "remove the include element"))
        }
        let id = attributes["id"]
        defer { path.append((name, id)) }
        value = ""
        if name == "process" {
            if process == nil {
                process = (id ?? "process", attributes["name"] ?? "")
            } else {
                isInOtherProcess = true
                otherProcesses += 1
            }
        }
        guard !isInOtherProcess else { return }
        try read(name, id, attributes)
    }

    private mutating func read(
        _ name: String, _ id: String?, _ attributes: [String: String]
    ) throws(ForeignFileError) {
        if let outer = path.last(where: { Self.tasks.contains($0.name) })?.id {
            switch name {
            case "item": nodes[outer]?.item = attributes
            case "after": nodes[outer]?.after.append(attributes)
            case _ where Self.tasks.contains(name): nodes[outer]?.inside += 1
            default: break
            }
            return
        }
        if let event = path.last(where: { $0.name == "intermediateThrowEvent" })?.id {
            if name == "item" { nodes[event]?.item = attributes }
            return
        }
        switch name {
        case "workflow": workflowID = attributes["id"]
        case "sequenceFlow":
            guard let from = attributes["sourceRef"], let to = attributes["targetRef"] else { return }
            flows.append((from, to, false))
        case "conditionExpression": if !flows.isEmpty { flows[flows.count - 1].hasCondition = true }
        case "lane":
            if let id {
                lanes.append((id, attributes["name"] ?? id))
                lane = id
            }
        case _ where Self.tasks.contains(name): try add(id, .task, name, attributes)
        case _ where Self.gateways.contains(name):
            try add(id, .gateway(isParallel: name == "parallelGateway"), name, attributes)
        case "startEvent", "intermediateThrowEvent", "intermediateCatchEvent":
            try add(id, .milestone, name, attributes)
        case "endEvent": try add(id, .end, name, attributes)
        case _ where Self.harmless.contains(name): break
        default: ignored[name, default: 0] += 1
        }
    }

    private mutating func add(
        _ id: String?, _ kind: Node.Kind, _ tag: String, _ attributes: [String: String]
    ) throws(ForeignFileError) {
        guard let id else { return }
        guard nodes[id] == nil else {
            throw ForeignFileError(
                LocalizedText(zh: "编号“\(id)”重复", en: "the id '\(id)' occurs twice"),
                advice: LocalizedText(zh: "每个元素用自己的编号", en: "give every element an id of its own"))
        }
        // Gateways and events are more than tasks, but not without end.
        guard order.count < 4 * ForeignPlan.mostItems else {
            throw ForeignFileError(
                LocalizedText(
                    zh: "元素超过 \(4 * ForeignPlan.mostItems) 个",
                    en: "there are more than \(4 * ForeignPlan.mostItems) elements"),
                advice: LocalizedText(zh: "请拆分流程后再导入", en: "divide the process"))
        }
        nodes[id] = Node(kind: kind, name: attributes["name"] ?? "", tag: tag)
        order.append(id)
    }

    mutating func text(_ piece: String) {
        if value.utf8.count < 4096 { value += piece }
    }

    mutating func end(_ name: String) throws(ForeignFileError) {
        path.removeLast()
        switch name {
        case "process": isInOtherProcess = false
        case "lane": lane = nil
        case "flowNodeRef":
            let node = value.split(whereSeparator: \.isWhitespace).joined()
            if let lane, !node.isEmpty { laneOf[node] = lane }
        default: break
        }
    }

    // MARK: The plan

    func plan() throws(ForeignFileError) -> ForeignPlan {
        guard let process else {
            throw ForeignFileError(
                LocalizedText(zh: "文件里没有流程（process）", en: "the file has no process"),
                advice: LocalizedText(zh: "请导出含有流程的图", en: "export a diagram that has a process"))
        }
        let items = order.filter { isItem($0) }
        guard items.count <= ForeignPlan.mostItems else {
            throw ForeignFileError(
                LocalizedText(
                    zh: "事项超过 \(ForeignPlan.mostItems) 个", en: "there are more than \(ForeignPlan.mostItems) items"),
                advice: LocalizedText(zh: "请拆分流程后再导入", en: "divide the process"))
        }
        var ids = PlainIDs()
        var names: [String: String] = [:]
        for id in items {
            guard let node = nodes[id] else { continue }
            names[id] = ids.id(like: node.item["id"] ?? (node.name.isEmpty ? id : node.name), prefix: "item")
        }
        var offices = PlainIDs()
        var departments: [String: String] = [:]
        var listed: [(id: String, title: String)] = []
        for lane in lanes where Set(laneOf.values).contains(lane.id) {
            let plain = lane.id.hasPrefix("lane-") ? String(lane.id.dropFirst(5)) : lane.name
            let id = offices.id(like: plain, prefix: "office")
            departments[lane.id] = id
            if items.contains(where: { laneOf[$0] == lane.id && !isMilestone($0) }) { listed.append((id, lane.name)) }
        }
        var search = FlowSearch(flows.map { ($0.from, $0.to) }, isItem: { self.isItem($0) })
        var plan = ForeignPlan(
            id: PlainIDs.one(like: workflowID ?? process.name, or: "imported-process"),
            title: process.name.isEmpty ? "导入的流程" : process.name)
        plan.departments = listed
        var loops = 0
        plan.items = items.compactMap { id in
            guard let node = nodes[id], let name = names[id] else { return nil }
            let given = Dictionary(
                node.after.compactMap { link in link["item"].map { ($0, link) } },
                uniquingKeysWith: { first, _ in first })
            let before = search.before(id).compactMap { names[$0] }
            loops += search.isOnLoop(id) ? 1 : 0
            let isMoment = isMilestone(id)
            return ForeignPlan.ForeignItem(
                id: name, title: node.name.isEmpty ? id : node.name,
                department: isMoment ? nil : laneOf[id].flatMap { departments[$0] }, isMilestone: isMoment,
                takes: isMoment ? "" : node.item["takes"] ?? "", kind: node.item["kind"], limit: node.item["limit"],
                after: search.isOnLoop(id)
                    ? []
                    : before.map { .init(item: $0, type: given[$0]?["type"] ?? "FS", lag: given[$0]?["lag"] ?? "") })
        }
        plan.losses = losses(items, loops: loops)
        return plan
    }

    private func isItem(_ id: String) -> Bool {
        guard let node = nodes[id] else { return false }
        switch node.kind {
        case .task: return true
        // A start without a name is no milestone but the beginning.
        case .milestone: return node.item["id"] != nil || !node.name.isEmpty
        case .end, .gateway: return false
        }
    }

    private func isMilestone(_ id: String) -> Bool {
        if case .milestone = nodes[id]?.kind { return true }
        return false
    }

    private func losses(_ items: [String], loops: Int) -> [LocalizedText] {
        func loss(_ count: Int, _ zh: String, _ en: String) -> LocalizedText? {
            count == 0 ? nil : LocalizedText(zh: "\(zh)：\(count) 处", en: "\(en): \(count)")
        }
        let tasks = items.filter { !isMilestone($0) }.compactMap { nodes[$0] }
        let choices = order.compactMap { nodes[$0] }.count { node in
            if case .gateway(false) = node.kind { return true }
            return false
        }
        return [
            loss(
                tasks.count { $0.item["takes"] == nil }, "没有用时，暂记 1 个工作日",
                "no duration is given, so 1 working day is assumed"),
            loss(tasks.count { $0.item["kind"] == nil }, "没有事项类别，暂记为审批", "no kind is given, so approval is assumed"),
            loss(
                tasks.count { $0.item["when"] != nil }, "适用条件，未导入；属性须在流程中写明",
                "conditions are left out; facts have to be declared"),
            loss(choices, "按条件选择的网关，改为全部都办", "gateways that choose; all branches are taken"),
            loss(flows.count(where: \.hasCondition), "顺序流上的条件，未导入", "conditions on flows are left out"),
            loss(loops, "处在回路上的事项，其前置关系未导入", "items on a loop lose what they wait for"),
            loss(tasks.count { $0.inside > 0 }, "子流程，只保留为一个事项", "subprocesses become one item each"),
            loss(otherProcesses, "另外的流程，未导入", "further processes are left out"),
        ].compactMap(\.self)
            + ignored.sorted { $0.key < $1.key }.compactMap {
                loss($0.value, "元素 \($0.key)，未导入", "elements \($0.key) are left out")
            }
    }
}

/// Finds which items lead to an item, through gateways and events.
private struct FlowSearch {
    private var incoming: [String: [String]] = [:]
    private let isItem: (String) -> Bool
    private var found: [String: [String]] = [:]
    private var looping: Set<String> = []

    init(_ flows: [(String, String)], isItem: @escaping (String) -> Bool) {
        self.isItem = isItem
        var outgoing: [String: [String]] = [:]
        for (from, to) in flows {
            incoming[to, default: []].append(from)
            outgoing[from, default: []].append(to)
        }
        looping = Self.loops(incoming, outgoing)
    }

    /// The items just before one, in the order of the flows.
    mutating func before(_ id: String) -> [String] {
        var seen: Set<String> = []
        var items: [String] = []
        var waiting = incoming[id] ?? []
        var next = 0
        while next < waiting.count {
            let node = waiting[next]
            next += 1
            guard seen.insert(node).inserted else { continue }
            if isItem(node) { items.append(node) } else { waiting += incoming[node] ?? [] }
        }
        return items
    }

    func isOnLoop(_ id: String) -> Bool { looping.contains(id) }

    /// Nodes that are left when those that wait for nothing, and those that nothing waits for, are taken away again and
    /// again.
    private static func loops(_ incoming: [String: [String]], _ outgoing: [String: [String]]) -> Set<String> {
        var left = Set(incoming.keys).union(outgoing.keys)
        func strip(_ before: [String: [String]], _ after: [String: [String]]) {
            var counts = Dictionary(
                uniqueKeysWithValues: left.map { id in (id, (before[id] ?? []).count { left.contains($0) }) })
            var ready = left.filter { counts[$0] == 0 }
            while let id = ready.popFirst() {
                left.remove(id)
                for next in after[id] ?? [] where left.contains(next) {
                    counts[next, default: 0] -= 1
                    if counts[next] == 0 { ready.insert(next) }
                }
            }
        }
        strip(incoming, outgoing)
        strip(outgoing, incoming)
        return left
    }
}

extension PlainIDs {
    static func one(like name: String, or other: String) -> String {
        var ids = PlainIDs()
        let id = ids.id(like: name, prefix: other)
        return id
    }
}
